/** What is noted when the bot is removed from servers, comes back, or finds that it was removed unheard. */
import { beforeEach, expect, it } from "vitest";
import { type Comings, createComings } from "../../src/app/comings.ts";
import type { Store } from "../../src/app/ports.ts";
import { DAY } from "../../src/core/place.ts";
import { createLog } from "../../src/operations/log.ts";
import { describeOnDatabases } from "../kit/database.ts";

const NOW = Date.parse("2026-11-23T06:00:00Z");

describeOnDatabases("comings", (open) => {
  let store: Store;
  let comings: Comings;
  let now: number;
  beforeEach(async () => {
    now = NOW;
    ({ store } = await open());
    comings = createComings({ store, platform: "discord", now: () => now, log: createLog("silent", []) });
    for (const space of ["1", "2", "3"])
      await store.transaction(async (tx) => {
        await tx.members.remember({ platform: "discord", space, id: "ada", name: "Ada", manager: true }, NOW);
        await tx.groups.ensure({ platform: "discord", space, channel: "c" }, `group-${space}`, NOW);
      });
  });
  const leaving = async (at: number) => {
    const due = await store.transaction((tx) => tx.spaces.due(at, ["discord"]));
    return due.map(({ space }) => space);
  };
  const paused = async (space: string) => (await store.read.groups.find(`group-${space}`))?.paused !== undefined;

  it("are noted in the order in which they are told", async () => {
    await Promise.all([comings.removed("1"), comings.invited("1"), comings.invited("2"), comings.removed("2")]);
    expect(await leaving(NOW + 30 * DAY)).toEqual(["2"]);
    expect([await paused("1"), await paused("2")]).toEqual([false, true]);
  });

  it("start the thirty days when the bot finds that it was removed, once, and for its own servers alone", async () => {
    const told = () => comings.there(["1"], (space) => space !== "3");
    await told();
    now += DAY;
    await told();
    expect(await leaving(NOW + 30 * DAY - 1)).toEqual([]);
    expect(await leaving(NOW + 30 * DAY)).toEqual(["2"]);
    expect([await paused("1"), await paused("2"), await paused("3")]).toEqual([false, true, false]);
    await comings.there(["1", "2"], () => true);
    expect(await leaving(now + 30 * DAY)).toEqual(["3"]);
    expect(await paused("2")).toBe(false);
  });
});
