import { expect, test } from "vitest";
import { award } from "../../src/app/awards.ts";
import type { BoardScope, Store, Tx } from "../../src/app/ports.ts";
import { describeOnDatabases } from "../kit/database.ts";
import { addGroup, channel, instant } from "./fixtures.ts";

const NOW = instant("2026-05-06T10:00:00Z");
const SCOPE: BoardScope = { kind: "group", platform: "web", space: "space", group: "g" };
const ALL = { kind: "all" } as const;

/** Points of about 200 members, up to 40,000: dense where a bucket is one point wide, and where it is many. */
const POINTS: readonly number[] = Array.from({ length: 200 }, (_, nth) =>
  nth % 3 === 0 ? 20 + (nth % 40) : nth % 3 === 1 ? 250 + nth : 39_000 + nth * 5,
);

async function earnAll(store: Store): Promise<void> {
  await store.transaction(async (tx) => {
    await addGroup(tx, "g", NOW);
    await tx.ledger.award(POINTS.map((points, nth) => ({ key: `k${nth}`, group: "g", member: `m${nth}`, kind: "drill", points, at: NOW })));
  });
}
const above = (points: number) => POINTS.filter((other) => other > points).length;

describeOnDatabases("boards", (open) => {
  test("a rank counts whoever has more, in buckets of any width, before and after they are folded", async () => {
    const { store } = await open();
    await earnAll(store);
    for (const when of ["new", "folded"]) {
      for (const nth of [0, 1, 2, 3, 100, 101, 197, 198, 199]) {
        const page = await store.read.boards.points(SCOPE, ALL, `m${nth}`);
        const own = page.around.find(({ member }) => member === `m${nth}`);
        expect([when, nth, own?.rank]).toEqual([when, nth, 1 + above(POINTS[nth] ?? 0)]);
        for (const { value, rank } of [...page.top, ...page.around]) expect(rank).toBe(1 + above(value));
        expect(page.members).toBe(POINTS.length);
        expect(page.top).toHaveLength(11);
      }
      await store.transaction((tx) => tx.boards.fold());
    }
    expect((await store.agenda()).boards).toBeUndefined();
  });

  test("counts that are new are due, and no event", async () => {
    const { store } = await open();
    await earnAll(store);
    expect((await store.agenda()).boards).toBe(0);
    expect(await store.nextDue(NOW)).toBeUndefined();
  });

  test("who hides is counted above nobody, however many there are", async () => {
    const { store } = await open();
    await earnAll(store);
    const hidden = [2, 5, 8, 101, 1, 0];
    await store.transaction(async (tx) => {
      for (const nth of hidden) await tx.boards.hide(channel("g"), `m${nth}`, true, NOW);
    });
    const seen = POINTS.filter((_, nth) => !hidden.includes(nth));
    for (const nth of [199, 100, 1, 3, 101]) {
      const { around, members, top } = await store.read.boards.points(SCOPE, ALL, `m${nth}`);
      const points = POINTS[nth] ?? 0;
      expect(around.find(({ member }) => member === `m${nth}`)?.rank).toBe(1 + seen.filter((other) => other > points).length);
      expect(members).toBe(seen.length);
      for (const { member } of [...top, ...around]) if (member !== `m${nth}`) expect(hidden.map((one) => `m${one}`)).not.toContain(member);
    }
  });

  test("what is earned at once stays under the day's cap", async () => {
    const { store } = await open();
    await store.transaction((tx) => addGroup(tx, "g", NOW));
    await Promise.all(
      Array.from({ length: 12 }, (_, nth) =>
        store.transaction(async (tx) => {
          const group = (await tx.groups.find("g")) ?? expect.fail("no group");
          await award(tx, group, [{ key: `k${nth}`, member: "ann", kind: "drill", points: 15, at: NOW }]);
        }),
      ),
    );
    expect((await store.read.boards.points(SCOPE, ALL, "ann")).around.map(({ value }) => value)).toEqual([80]);
  });

  const PAGO_PAGO = { time: "09:00", zone: "Pacific/Pago_Pago", weekdays: 127 };
  const KIRITIMATI = { ...PAGO_PAGO, zone: "Pacific/Kiritimati" };
  /** What one earns for a drill each at these instants, while `moving` happens between asking for the cap and writing. */
  const earnings = async (store: Store, instants: readonly string[], moving: (tx: Tx, nth: number) => Promise<unknown>) => {
    const given: (number | undefined)[] = [];
    for (const [nth, at] of instants.entries())
      await store.transaction(async (tx) => {
        const group = (await tx.groups.find("g")) ?? expect.fail("no group");
        const earnedOn: Tx["ledger"]["earnedOn"] = async (...asked) => {
          const earned = await tx.ledger.earnedOn(...asked);
          await moving(tx, nth);
          return earned;
        };
        const beside = { ...tx, ledger: { ...tx.ledger, earnedOn } };
        given.push(
          (await award(beside, group, [{ key: `k${nth}`, member: "ann", kind: "drill", points: 60, at: instant(at) }])).get("ann"),
        );
      });
    return given;
  };

  test("the day's cap holds when the group moves to another zone in that moment", async () => {
    const { store } = await open();
    await store.transaction((tx) => addGroup(tx, "g", NOW, PAGO_PAGO));
    // The second is of the 5th in Pago Pago, whose cap it asks for, and of the 6th in Kiritimati.
    const given = await earnings(store, ["2026-05-05T22:00:00Z", "2026-05-05T12:00:00Z", "2026-05-05T23:00:00Z"], (tx, nth) =>
      tx.groups.schedule("g", nth === 0 ? PAGO_PAGO : KIRITIMATI, NOW),
    );
    expect(given).toEqual([60, 20, 60]);
    expect((await store.read.ledger.entries("g", "ann", 9)).map(({ day, points }) => [day, points])).toEqual([
      ["2026-05-06", 60],
      ["2026-05-05", 60],
      ["2026-05-05", 20],
    ]);
  });

  test("the day's cap holds over the 49 hours that a day may last", async () => {
    const { store } = await open();
    await store.transaction((tx) => addGroup(tx, "g", NOW, KIRITIMATI));
    // The first and the last minute of the 5th.
    const given = await earnings(store, ["2026-05-04T10:01:00Z", "2026-05-06T10:59:00Z"], (tx) => tx.groups.schedule("g", PAGO_PAGO, NOW));
    expect(given).toEqual([60, 20]);
  });

  test("days are the last seven of the group's own", async () => {
    const { store } = await open();
    await store.transaction(async (tx) => {
      await addGroup(tx, "g", NOW, { time: "09:00", zone: "Pacific/Kiritimati", weekdays: 127 });
      // It is the 7th there since ten in the morning of the 6th, UTC.
      const at = (hours: number) => NOW + hours * 3_600_000;
      for (const [nth, hours] of [-1, 1, -24 * 6, -24 * 7].entries())
        await tx.ledger.award([{ key: `k${nth}`, group: "g", member: "ann", kind: "drill", points: nth + 1, at: at(hours) }]);
    });
    const days = await store.read.boards.days(SCOPE, ["ann", "ben"], "2026-05-07");
    expect(days.get("ann")).toEqual([3, 0, 0, 0, 0, 1, 2]);
    expect(days.get("ben")).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });
});
