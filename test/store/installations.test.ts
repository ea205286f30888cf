/** Who installed the app: one row of tokens each, taken away at once; what a space leaves behind, later. */
import { beforeEach, expect, it } from "vitest";
import { type Installations, REMOVED } from "../../src/app/installations.ts";
import type { Store } from "../../src/app/ports.ts";
import { DAY } from "../../src/core/place.ts";
import { describeOnDatabases } from "../kit/database.ts";

const NOW = Date.parse("2026-11-23T06:00:00Z");
const LATER = NOW + 30 * DAY;

describeOnDatabases("installations", (open) => {
  let installations: Installations;
  let store: Store;
  beforeEach(async () => {
    ({ installations, store } = await open());
  });
  const forget = (now: number) =>
    store.transaction(async (tx) => {
      const [left] = await tx.spaces.due(now, ["slack"]);
      return left && (await tx.spaces.forget(left, now)) ? left.space : undefined;
    });
  const install = (id: string, sealed = `sealed-${id}`) => installations.install({ id, sealed }, { space: id }, NOW);

  it("serve a space by its own tokens, or by its organization's", async () => {
    await installations.install({ id: "E1", sealed: "org" }, { organization: "E1" }, NOW);
    expect(await installations.serving("T1")).toBeUndefined();
    await installations.met("T1", "E1");
    expect(await installations.serving("T1")).toEqual({ id: "E1", sealed: "org" });
    await installations.install({ id: "T1", sealed: "own" }, { space: "T1", organization: "E1" }, NOW);
    expect(await installations.serving("T1")).toEqual({ id: "T1", sealed: "own" });
    expect(await installations.serving("T2")).toBeUndefined();
    expect(await installations.all()).toHaveLength(2);
  });

  it("replace tokens on a new installation, and only those that are still there on a refresh", async () => {
    await install("T1", "first");
    await install("T1", "second");
    await installations.reseal({ id: "T1", sealed: "first" }, "stale");
    expect(await installations.serving("T1")).toEqual({ id: "T1", sealed: "second" });
    await installations.reseal({ id: "T1", sealed: "second" }, "third");
    expect(await installations.serving("T1")).toEqual({ id: "T1", sealed: "third" });
  });

  it("lease the right to refresh to one at a time", async () => {
    await install("T1");
    const leases = await Promise.all(Array.from({ length: 5 }, () => installations.lease("T1", 60_000)));
    expect(leases.filter(Boolean)).toEqual([{ id: "T1", sealed: "sealed-T1" }]);
    await installations.reseal({ id: "T1", sealed: "sealed-T1" }, "fresh");
    expect(await installations.lease("T1", 0)).toEqual({ id: "T1", sealed: "fresh" });
    expect(await installations.lease("T1", 60_000)).toBeDefined();
    expect(await installations.lease("T2", 60_000)).toBeUndefined();
  });

  it("remove their tokens at once, and the space on its day", async () => {
    await install("T1");
    expect(await installations.remove("T1", LATER, { sealed: "other tokens" })).toBe(false);
    expect(await installations.remove("T1", LATER, { before: NOW - 1 })).toBe(false);
    expect(await installations.remove("T1", LATER, { sealed: "sealed-T1", before: NOW })).toBe(true);
    expect(await installations.remove("T1", LATER)).toBe(false);
    expect(await installations.serving("T1")).toBeUndefined();
    expect(await forget(LATER - 1)).toBeUndefined();
    expect(await forget(LATER)).toBe("T1");
    expect(await forget(LATER)).toBeUndefined();
  });

  it("keep the space when it is installed again in time", async () => {
    await install("T1");
    await installations.remove("T1", LATER);
    await install("T1", "again");
    expect(await forget(LATER)).toBeUndefined();
  });

  it("of an organization end for all of its spaces but those with tokens of their own", async () => {
    await installations.install({ id: "E1", sealed: "org" }, { organization: "E1" }, NOW);
    for (const space of ["T1", "T2", "T3"]) await installations.met(space, "E1");
    await installations.install({ id: "T2", sealed: "own" }, { space: "T2", organization: "E1" }, NOW);
    await installations.left(["T3"], LATER - DAY);
    expect(await installations.serving("T3")).toBeUndefined();
    expect(await forget(LATER - DAY)).toBe("T3");
    await installations.remove("E1", LATER);
    expect([await forget(LATER), await forget(LATER)]).toEqual(["T1", undefined]);
    expect(await installations.serving("T2")).toEqual({ id: "T2", sealed: "own" });
  });

  it("of an organization that ended are not kept by what arrives late", async () => {
    await installations.install({ id: "E1", sealed: "org" }, { organization: "E1" }, NOW);
    await installations.met("T1", "E1");
    await installations.remove("E1", LATER);
    await installations.met("T1", "E1");
    await installations.met("T2", "E1");
    expect([await forget(LATER), await forget(LATER)]).toEqual(["T1", undefined]);
  });

  it("of a space end under its organization's, which goes on serving it", async () => {
    await installations.install({ id: "E1", sealed: "org" }, { organization: "E1" }, NOW);
    await installations.install({ id: "T1", sealed: "own" }, { space: "T1", organization: "E1" }, NOW);
    await installations.remove("T1", LATER);
    expect(await installations.serving("T1")).toEqual({ id: "E1", sealed: "org" });
    expect(await forget(LATER)).toBeUndefined();
  });

  it("let schedules go on that paused for the removal, and no others", async () => {
    await install("T1");
    const paused = async (channel: string, reason: string, space = "T1") => {
      const { id } = await store.transaction((tx) => tx.groups.ensure({ platform: "slack", space, channel }, `${space}-${channel}`, NOW));
      await store.transaction((tx) => tx.groups.pause(id, reason, NOW));
      return id;
    };
    const [removed, archived, elsewhere] = [await paused("C1", REMOVED), await paused("C2", "archived"), await paused("C3", REMOVED, "T9")];
    await install("T1", "again");
    expect((await store.read.groups.find(removed))?.paused).toBeUndefined();
    expect((await store.read.groups.find(archived))?.paused).toMatchObject({ reason: "archived" });
    expect((await store.read.groups.find(elsewhere))?.paused).toBeDefined();
  });

  it("spend a mark once", async () => {
    expect(await installations.spend("m", NOW + 1_000, NOW)).toBe(true);
    expect(await installations.spend("m", NOW + 1_000, NOW)).toBe(false);
    expect(await installations.spend("other", NOW + 9_000, NOW + 2_000)).toBe(true);
  });
});
