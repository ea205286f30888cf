/** What the bot finds it may do in a channel, and the address that invites it with that and no more. */
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NEEDED } from "../../../src/platforms/discord/permissions.ts";
import { RecordingDispatcher } from "../../contract/receiver.ts";
import { adapterFor } from "./harness.ts";
import { type DiscordStandIn, startDiscordStandIn } from "./stand_in/index.ts";

let standIn: DiscordStandIn;
beforeAll(async () => {
  standIn = await startDiscordStandIn({ people: [{ id: "1001", name: "Ada", manager: true }] });
});
afterAll(() => standIn.stop());

describe("the bot's permissions on Discord", () => {
  it("are read for a channel, each with its reason and the way to grant it", async () => {
    const { world, guildId, channelId } = standIn;
    world.channels.get(channelId)?.denied.add("create threads");
    const adapter = adapterFor(standIn, new RecordingDispatcher());
    await adapter.start();
    try {
      const found = await adapter.messenger.inspect({ platform: "discord", space: guildId, channel: channelId });
      expect(found.filter(({ granted }) => !granted)).toEqual([
        {
          name: "Create Public Threads",
          granted: false,
          fix: "to open the thread of a reveal or a round. Channel settings → Permissions → Drillroom → allow Create Public Threads.",
        },
      ]);
      // A channel that the bot may not see is told as one where it may do nothing.
      const gone = await adapter.messenger.inspect({ platform: "discord", space: guildId, channel: "99999" });
      expect(gone.every(({ granted }) => !granted)).toBe(true);
    } finally {
      await adapter.stop();
    }
  });

  it("are those that the README's invite asks for, and all are named there", async () => {
    const readme = await readFile(new URL("../../../README.md", import.meta.url), "utf8");
    const asked = BigInt(/permissions=(\d+)/.exec(readme)?.[1] ?? 0);
    expect(asked).toBe(NEEDED.reduce((bits, { flag }) => bits | flag, 0n));
    for (const { name } of NEEDED) expect(readme.replace("View Channels", "View Channel")).toContain(name);
  });
});
