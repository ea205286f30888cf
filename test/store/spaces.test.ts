/** Servers and workspaces that the bot has left: when their day is, and whether it comes. */
import { beforeEach, expect, it } from "vitest";
import type { Store, Tx } from "../../src/app/ports.ts";
import { DAY } from "../../src/core/place.ts";
import { describeOnDatabases } from "../kit/database.ts";

const NOW = Date.parse("2026-11-23T06:00:00Z");
const LATER = NOW + 30 * DAY;
const GONE = { platform: "discord", space: "1" } as const;

describeOnDatabases("spaces", (open) => {
  let store: Store;
  const spaces = <T>(work: (spaces: Tx["spaces"]) => Promise<T>) => store.transaction((tx) => work(tx.spaces));
  const due = (now: number) => spaces((of) => of.due(now, ["discord"]));
  const forget = (now: number) => spaces((of) => of.forget(GONE, now));
  const remember = (platform: "discord" | "slack", space: string, id = "ada") =>
    store.transaction((tx) => tx.members.remember({ platform, space, id, name: id, manager: false }, NOW));

  beforeEach(async () => {
    ({ store } = await open());
  });

  it("are due on the day that was set first, on the platforms that are connected", async () => {
    await spaces((of) => of.leave(GONE, LATER));
    await spaces((of) => of.leave(GONE, LATER + DAY));
    await spaces((of) => of.leave({ platform: "discord", space: "2" }, LATER - DAY));
    expect(await due(LATER - DAY - 1)).toEqual([]);
    expect(await due(LATER)).toEqual([{ platform: "discord", space: "2" }, GONE]);
    expect(await spaces((of) => of.due(LATER, ["slack", "web"]))).toEqual([]);
  });

  it("stay when the bot is back before, and only those", async () => {
    for (const space of ["1", "2"]) await spaces((of) => of.leave({ platform: "discord", space }, LATER));
    await spaces((of) => of.stay("slack", ["1", "2"]));
    await spaces((of) => of.stay("discord", ["1", "3"]));
    expect(await due(LATER)).toEqual([{ platform: "discord", space: "2" }]);
    await remember("discord", "1");
    expect(await forget(LATER)).toBe(false);
    expect(await spaces((of) => of.staying("discord"))).toEqual(["1"]);
  });

  it("are forgotten once, on their day, and without others of the same id or platform", async () => {
    for (const id of ["ada", "ben"]) for (const space of ["1", "2", "@me"]) await remember("discord", space, id);
    await remember("slack", "1");
    await spaces((of) => of.leave(GONE, LATER));
    expect((await spaces((of) => of.staying("discord"))).toSorted()).toEqual(["2", "@me"]);
    expect(await forget(LATER - 1)).toBe(false);
    // One process after another, or both at once.
    expect((await Promise.all([forget(LATER), forget(LATER)])).toSorted()).toEqual([false, true]);
    expect(await due(LATER)).toEqual([]);
    const names = (platform: "discord" | "slack", space: string) => store.read.members.names({ platform, space }, ["ada", "ben"]);
    expect((await names("discord", "1")).size).toBe(0);
    expect((await names("discord", "2")).size).toBe(2);
    expect((await names("discord", "@me")).size).toBe(2);
    expect((await names("slack", "1")).size).toBe(1);
  });
});
