/** What the bot finds it may do in a channel, and the address that invites it with that and no more. */
import { readFile } from "node:fs/promises";
import { type APIRole, OverwriteType, PermissionFlagsBits } from "discord.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { computed, inviteUrl, NEEDED, PERMISSIONS } from "../../../src/platforms/discord/permissions.ts";
import { RecordingDispatcher } from "../../contract/receiver.ts";
import { adapterFor } from "./harness.ts";
import { type DiscordStandIn, startDiscordStandIn } from "./stand_in/index.ts";

let standIn: DiscordStandIn;
beforeAll(async () => {
  standIn = await startDiscordStandIn({ people: [{ id: "1001", name: "Ada", manager: true }] });
});
afterAll(() => standIn.stop());

/** What a bot with the role "r1" holds of bits 1, 2 and 4: everybody has 1, "r1" has 2, "r2" has 4. */
const held = (
  overwrites: readonly [string, "role" | "member", allow: number, deny: number][],
  more: { owner?: string; admin?: true } = {},
) => {
  const role = (id: string, permissions: bigint | number) => ({ id, permissions: String(permissions) }) as APIRole;
  const roles = [role("g", 1), role("r1", more.admin ? PermissionFlagsBits.Administrator : 2), role("r2", 4)];
  return computed(
    { id: "g", owner_id: more.owner ?? "someone", roles },
    { id: "bot", roles: ["r1"] },
    overwrites.map(([id, kind, allow, deny]) => ({
      id,
      type: kind === "role" ? OverwriteType.Role : OverwriteType.Member,
      allow: String(allow),
      deny: String(deny),
    })),
  );
};

describe("permissions as Discord computes them", () => {
  it.each([
    ["roles add up, and others' do not count", [], 3n],
    ["a channel takes away from everybody", [["g", "role", 0, 3]], 0n],
    [
      "a role's exception stands above everybody's",
      [
        ["r1", "role", 1, 0],
        ["g", "role", 0, 3],
      ],
      1n,
    ],
    [
      "a role that is denied something stands above what everybody is allowed",
      [
        ["r1", "role", 0, 2],
        ["g", "role", 2, 0],
      ],
      1n,
    ],
    [
      "the member's own stands above all",
      [
        ["bot", "member", 4, 1],
        ["r1", "role", 1, 0],
      ],
      6n,
    ],
    [
      "strangers' exceptions mean nothing",
      [
        ["r2", "role", 4, 1],
        ["r1", "member", 4, 1],
        ["bot", "role", 4, 1],
      ],
      3n,
    ],
  ] as const)("%s", (_what, overwrites, bits) => {
    expect(held(overwrites as unknown as Parameters<typeof held>[0])).toBe(bits);
  });

  it("an administrator and an owner may do everything, whatever a channel says", () => {
    for (const more of [{ admin: true }, { owner: "bot" }] as const)
      expect(held([["g", "role", 0, 1]], more) & PERMISSIONS).toBe(PERMISSIONS);
  });
});

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
    expect(readme).toContain(inviteUrl("YOUR_APPLICATION_ID"));
    for (const { name } of NEEDED) expect(readme.replace("View Channels", "View Channel")).toContain(name);
  });
});
