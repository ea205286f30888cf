import pg from "pg";
import { expect, test } from "vitest";
import type { Store } from "../../src/app/ports.ts";
import { DAY, HOUR, MINUTE } from "../../src/core/place.ts";
import { openStore } from "../../src/store/index.ts";
import { describeOnDatabases, freshPostgres } from "../kit/database.ts";
import { addGroup, berlin, channel, instant, iso, WHY } from "./fixtures.ts";

/** Nine in the morning in Berlin, the day after SET_UP. */
const SET_UP = instant("2026-05-04T12:00:00Z");
const DUE = instant("2026-05-05T07:00:00Z");

const setUp = (store: Store, ...ids: string[]) =>
  store.transaction(async (tx) => {
    for (const id of ids) await addGroup(tx, id, SET_UP, berlin("09:00"));
  });
const claim = (store: Store, now: number) => store.transaction((tx) => tx.posts.claimSlots(now));
const due = (store: Store) => store.transaction((tx) => tx.posts.claimDue(["web"], 1_000));
const stateOf = async (store: Store, group: string, date: string) => (await store.read.posts.find({ group, date, edition: 1 }))?.state;

describeOnDatabases("slots", (open) => {
  test("a slot is due at its instant, once, for all its groups", async () => {
    const { store } = await open();
    await setUp(store, "a", "b");
    expect(await store.nextDue(SET_UP)).toBe(DUE);
    expect(await claim(store, DUE - 1)).toEqual({ due: 0, skipped: [] });
    expect(await claim(store, DUE)).toEqual({ due: 2, skipped: [] });
    expect(await claim(store, DUE + MINUTE)).toEqual({ due: 0, skipped: [] });
    expect((await due(store)).map(({ group, date, dueAt }) => [group, date, dueAt])).toEqual([
      ["a", "2026-05-05", DUE],
      ["b", "2026-05-05", DUE],
    ]);
    expect(await store.nextDue(DUE)).toBe(DUE + DAY);
  });

  test("inside the catch-up window a missed day is due, outside it is skipped and told", async () => {
    const { store } = await open();
    await setUp(store, "a");
    expect(await claim(store, DUE + 6 * HOUR)).toEqual({ due: 1, skipped: [] });
    expect(await claim(store, DUE + DAY + 6 * HOUR + 1)).toEqual({ due: 0, skipped: [{ group: "a", date: "2026-05-06", edition: 1 }] });
    expect(await stateOf(store, "a", "2026-05-06")).toBe("skipped");
    expect((await due(store)).map((post) => post.date)).toEqual(["2026-05-05"]);
  });

  test("after several days the newest alone is due, and the older ones are skipped in silence", async () => {
    const { store } = await open();
    await setUp(store, "a");
    expect(await claim(store, DUE + 3 * DAY + HOUR)).toEqual({ due: 1, skipped: [] });
    const states = await Promise.all([5, 6, 7, 8, 9].map((day) => stateOf(store, "a", `2026-05-0${day}`)));
    expect(states).toEqual(["skipped", "skipped", "skipped", "due", undefined]);
    expect(await store.nextDue(DUE + 3 * DAY + HOUR)).toBe(DUE + 4 * DAY);
  });

  test("after a year, forty days are written down and the next day is the next", async () => {
    const { store } = await open();
    await setUp(store, "a");
    const yearLater = DUE + 365 * DAY + 10 * HOUR;
    expect(await claim(store, yearLater)).toEqual({ due: 0, skipped: [{ group: "a", date: "2027-05-05", edition: 1 }] });
    expect(await stateOf(store, "a", "2027-03-27")).toBe("skipped");
    expect(await stateOf(store, "a", "2027-03-26")).toBeUndefined();
    expect(await store.nextDue(yearLater)).toBe(DUE + 366 * DAY);
  });

  test("days before a group had its schedule do not count, whoever else has the slot", async () => {
    const { store } = await open();
    await setUp(store, "a");
    const late = DUE + 2 * DAY + HOUR;
    await store.transaction((tx) => addGroup(tx, "b", late - 1, berlin("09:00")));
    expect(await claim(store, late)).toEqual({ due: 1, skipped: [] });
    expect(await stateOf(store, "a", "2026-05-07")).toBe("due");
    expect(await stateOf(store, "b", "2026-05-07")).toBeUndefined();
    expect(await claim(store, DUE + 3 * DAY)).toEqual({ due: 2, skipped: [] });
  });

  test("a paused group gets nothing, and no backlog when it goes on", async () => {
    const { store } = await open();
    await setUp(store, "a");
    await store.transaction((tx) => tx.groups.pause("a", "no channel", SET_UP));
    // Its weekly digest passes in silence.
    expect(await store.agenda(SET_UP)).toMatchObject({ schedules: undefined, digests: expect.any(Number) });
    expect(await store.transaction((tx) => tx.digests.claim(SET_UP + 7 * DAY, 10, []))).toEqual([]);
    expect(await claim(store, DUE + HOUR)).toEqual({ due: 0, skipped: [] });
    await store.transaction((tx) => tx.groups.schedule("a", berlin("09:00"), DUE + 2 * HOUR));
    expect(await claim(store, DUE + 3 * HOUR)).toEqual({ due: 0, skipped: [] });
    expect(await store.nextDue(DUE + 3 * HOUR)).toBe(DUE + DAY);
    expect(await claim(store, DUE + DAY)).toEqual({ due: 1, skipped: [] });
  });

  test("a day that has a post keeps it", async () => {
    const { store } = await open();
    await setUp(store, "a", "b");
    const ref = { group: "a", date: "2026-05-05", edition: 1 };
    expect(await store.transaction((tx) => tx.posts.add(ref, DUE - HOUR))).toBe(true);
    expect(await store.transaction((tx) => tx.posts.add(ref, DUE - HOUR))).toBe(false);
    expect(await claim(store, DUE + 7 * HOUR)).toEqual({ due: 0, skipped: [{ group: "b", date: "2026-05-05", edition: 1 }] });
    expect(await store.read.posts.find(ref)).toMatchObject({ state: "due", dueAt: DUE - HOUR });
  });

  test("the day in spring that moves by the gap is a day of its own", async () => {
    const { store } = await open();
    const before = instant("2026-03-28T12:00:00Z");
    await store.transaction((tx) => addGroup(tx, "a", before, berlin("02:30")));
    const moved = await store.nextDue(before);
    expect(iso(moved ?? 0)).toBe("2026-03-29T01:30:00.000Z");
    expect(await claim(store, moved ?? 0)).toEqual({ due: 1, skipped: [] });
    expect(await stateOf(store, "a", "2026-03-29")).toBe("due");
    expect(iso((await store.nextDue(moved ?? 0)) ?? 0)).toBe("2026-03-30T00:30:00.000Z");
  });

  test("the repeated hour in autumn posts once", async () => {
    const { store } = await open();
    const before = instant("2026-10-24T12:00:00Z");
    await store.transaction((tx) => addGroup(tx, "a", before, berlin("02:30")));
    expect(await claim(store, instant("2026-10-25T00:30:00Z"))).toEqual({ due: 1, skipped: [] });
    expect(await claim(store, instant("2026-10-25T01:30:00Z"))).toEqual({ due: 0, skipped: [] });
  });

  test("a slot goes with the last group that leaves it", async () => {
    const { store } = await open();
    await setUp(store, "a", "b");
    const move = (group: string) => store.transaction((tx) => tx.groups.schedule(group, berlin("10:00"), SET_UP));
    await move("a");
    expect(await store.nextDue(SET_UP)).toBe(DUE);
    await move("b");
    expect(await store.nextDue(SET_UP)).toBe(DUE + HOUR);
    expect(await claim(store, DUE)).toEqual({ due: 0, skipped: [] });
    expect(await store.read.groups.at(channel("b"))).toMatchObject({ schedule: berlin("10:00") });
  });
});

test("eight workers claim slots and posts at once: each post once", async () => {
  const { store } = await openStore({ kind: "postgres", url: await freshPostgres() });
  try {
    const groups = Array.from({ length: 120 }, (_, index) => `g${index}`);
    await store.transaction(async (tx) => {
      for (const [index, id] of groups.entries()) await addGroup(tx, id, SET_UP, berlin(`09:${String(index % 20).padStart(2, "0")}`));
    });
    const eight = Array.from({ length: 8 });
    const claimed = await Promise.all(eight.map(() => claim(store, DUE + HOUR)));
    expect(claimed.reduce((sum, one) => sum + one.due, 0)).toBe(120);

    const given: string[] = [];
    const giveAll = async (): Promise<void> => {
      const more = await store.transaction(async (tx) => {
        const posts = await tx.posts.claimDue(["web"], 7);
        for (const post of posts) {
          await tx.posts.open([{ ...post, drill: `drill of ${post.group}`, why: WHY, revealAt: DUE + DAY, remindAt: DUE + DAY }]);
          await tx.posts.delivered(post, DUE + HOUR, undefined);
        }
        return posts.map((post) => post.group);
      });
      given.push(...more);
      if (more.length > 0) await giveAll();
    };
    await Promise.all(eight.map(giveAll));
    expect(given.toSorted()).toEqual(groups.toSorted());

    const reveals = await Promise.all(eight.map(() => store.transaction((tx) => tx.posts.claimReveals(DUE + DAY, 50))));
    expect(
      reveals
        .flat()
        .map((post) => post.group)
        .toSorted(),
    ).toEqual(groups.toSorted());
  } finally {
    await store.close();
  }
});

test("a worker passes over slots and posts that another has under way", async () => {
  const { store } = await openStore({ kind: "postgres", url: await freshPostgres() });
  try {
    await setUp(store, "a");
    await store.transaction(async (tx) => {
      expect(await tx.posts.claimSlots(DUE)).toEqual({ due: 1, skipped: [] });
      expect(await claim(store, DUE)).toEqual({ due: 0, skipped: [] });
    });
    await store.transaction(async (tx) => {
      expect(await tx.posts.claimDue(["web"], 10)).toHaveLength(1);
      expect(await due(store)).toEqual([]);
      const ref = { group: "a", date: "2026-05-05", edition: 1 };
      await tx.posts.open([{ ...ref, drill: "drill", why: WHY, revealAt: DUE, remindAt: DUE }]);
      await tx.posts.delivered(ref, DUE, undefined);
    });
    await store.transaction(async (tx) => {
      expect(await tx.posts.claimReveals(DUE, 10)).toHaveLength(1);
      expect(await store.transaction((other) => other.posts.claimReveals(DUE, 10))).toEqual([]);
    });
  } finally {
    await store.close();
  }
});

test("groups that trade slots at once leave no slot that nobody has", async () => {
  const url = await freshPostgres();
  const { store } = await openStore({ kind: "postgres", url });
  try {
    const groups = ["a", "b", "c", "d", "e", "f", "g", "h"];
    await setUp(store, ...groups);
    const times = ["09:00", "10:00", "11:00"];
    for (let turn = 0; turn < 5; turn++)
      await Promise.all(
        groups.map((id, index) => store.transaction((tx) => tx.groups.schedule(id, berlin(times[(index + turn) % 3] as string), SET_UP))),
      );
    await Promise.all(groups.map((id) => store.transaction((tx) => tx.groups.schedule(id, berlin("12:00"), SET_UP))));
    expect(await claim(store, DUE + 3 * HOUR)).toEqual({ due: 8, skipped: [] });
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query("select to_char(wall_time, 'HH24:MI') as time from schedule_slot");
    await client.end();
    expect(rows).toEqual([{ time: "12:00" }]);
  } finally {
    await store.close();
  }
});
