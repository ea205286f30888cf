import { expect, test } from "vitest";
import type { Answer } from "../../src/app/ports.ts";
import { DAY, HOUR, MINUTE } from "../../src/core/place.ts";
import { openStore } from "../../src/store/index.ts";
import { earnedIn } from "../kit/board.ts";
import { describeOnDatabases, freshPostgres } from "../kit/database.ts";
import { addGroup, channel, instant, WHY } from "./fixtures.ts";

const NOW = instant("2026-05-05T07:00:00Z");
const REF = { group: "a", date: "2026-05-05", edition: 1 };
const SECOND = { ...REF, edition: 2 };

const answer = (member: string, nth: number, over: Partial<Answer> = {}): Answer => ({
  ...REF,
  member,
  nth,
  text: `answer ${nth} of ${member}`,
  at: NOW + nth * MINUTE,
  standing: nth === 1 ? "scored" : "improved",
  coverage: 0.375,
  grades: [],
  points: 0,
  ...over,
});

describeOnDatabases("drills", (open) => {
  test("a post from due to revealed", async () => {
    const { store } = await open();
    await store.transaction(async (tx) => {
      await addGroup(tx, "a", NOW);
      await tx.posts.add(REF, NOW);
    });
    const bare = { ...REF, state: "due", dueAt: NOW, drill: undefined, revealAt: undefined, deliveredAt: undefined, why: undefined };
    expect(await store.read.posts.find(REF)).toEqual(bare);
    expect(await store.read.posts.newest("a")).toBeUndefined();

    await store.transaction(async (tx) => {
      expect(await tx.posts.claimDue(["web"], 10)).toEqual([{ ...REF, dueAt: NOW }]);
      await tx.posts.open([{ ...REF, drill: "open/ad-click/data", why: WHY, revealAt: NOW + HOUR, remindAt: NOW + HOUR / 2 }]);
      // Nobody has seen it: the day is free again, and so is the drill.
      await tx.posts.skip(REF);
      expect(await tx.posts.find(REF)).toEqual({ ...bare, state: "skipped" });
      // Answers given to it stay with it: what comes in its place is another edition.
      expect(await tx.posts.add(REF, NOW)).toBe(false);
      expect(await tx.posts.add(SECOND, NOW)).toBe(true);
      await tx.posts.open([{ ...SECOND, drill: "open/ad-click/data", why: WHY, revealAt: NOW + HOUR, remindAt: NOW + HOUR / 2 }]);
    });
    // What nobody has seen is not revealed.
    expect(await store.transaction((tx) => tx.posts.claimReveals(NOW + HOUR, 10))).toEqual([]);
    await store.transaction(async (tx) => {
      await tx.posts.delivered(SECOND, NOW + 1, undefined);
      // What was seen stays.
      await tx.posts.skip(SECOND);
    });
    expect(await store.read.posts.openDrills(channel("a"))).toEqual(["open/ad-click/data"]);
    expect(await store.read.posts.openDrills({ ...channel("a"), space: "elsewhere" })).toEqual([]);
    const opened = {
      ...bare,
      edition: 2,
      state: "open",
      drill: "open/ad-click/data",
      revealAt: NOW + HOUR,
      deliveredAt: NOW + 1,
      why: WHY,
    };
    expect(await store.read.posts.newest("a")).toEqual(opened);
    expect(await store.nextDue(NOW)).toBe(NOW + HOUR / 2);
    expect(await store.nextDue(NOW + HOUR / 2)).toBe(NOW + HOUR);

    expect(await store.transaction((tx) => tx.posts.claimReveals(NOW + HOUR - 1, 10))).toEqual([]);
    expect(await store.transaction((tx) => tx.posts.claimReveals(NOW + HOUR, 10))).toEqual([{ ...opened, state: "revealed" }]);
    expect(await store.transaction((tx) => tx.posts.claimReveals(NOW + HOUR, 10))).toEqual([]);
    expect(await store.nextDue(NOW)).toBeUndefined();
  });

  test("a bare post that is skipped is not claimed again", async () => {
    const { store } = await open();
    await store.transaction(async (tx) => {
      await addGroup(tx, "a", NOW);
      await tx.posts.add(REF, NOW);
      await tx.posts.skip(REF);
    });
    expect(await store.transaction((tx) => tx.posts.claimDue(["web"], 10))).toEqual([]);
    expect((await store.read.posts.find(REF))?.state).toBe("skipped");
  });

  test("the newest edition of a day, and a reveal that moves with a late delivery", async () => {
    const { store } = await open();
    await store.transaction(async (tx) => {
      await addGroup(tx, "a", NOW);
      expect(await tx.posts.latest("a", REF.date)).toBeUndefined();
      await tx.posts.add(REF, NOW);
      await tx.posts.skip(REF);
      await tx.posts.add(SECOND, NOW + HOUR);
      await tx.posts.open([{ ...SECOND, drill: "drill", why: WHY, revealAt: NOW + DAY, remindAt: NOW + DAY }]);
      await tx.posts.delivered(SECOND, NOW + 3 * HOUR, NOW + DAY + 3 * HOUR);
    });
    expect(await store.read.posts.latest("a", REF.date)).toMatchObject({ edition: 2, revealAt: NOW + DAY + 3 * HOUR });
    expect(await store.transaction((tx) => tx.posts.claimReveals(NOW + DAY, 10))).toEqual([]);
  });

  test("the drills a group has had, oldest first, and its newest post", async () => {
    const { store } = await open();
    await store.transaction(async (tx) => {
      await addGroup(tx, "a", NOW);
      await addGroup(tx, "b", NOW);
      for (const [group, date, drill] of [
        ["a", "2026-05-07", "third"],
        ["a", "2026-05-05", "first"],
        ["b", "2026-05-08", "of b"],
        ["a", "2026-05-06", "second"],
      ] as const) {
        await tx.posts.add({ group, date, edition: 1 }, NOW);
        await tx.posts.open([{ group, date, edition: 1, drill, why: WHY, revealAt: NOW + DAY, remindAt: NOW + DAY }]);
      }
      await tx.posts.add({ group: "a", date: "2026-05-09", edition: 1 }, NOW);
    });
    expect(await store.read.posts.drillsSeen("a")).toEqual(["first", "second", "third"]);
    expect((await store.read.posts.newest("a"))?.drill).toBe("third");
  });

  test("answers come back as they were given, even what PostgreSQL cannot store", async () => {
    const { store } = await open();
    const grades = [{ point: "p", state: "covered", evidence: "half an emoji \ud83d and a \0" }] as unknown as Answer["grades"];
    const first = answer("ann", 1, { text: "'; drop table ledger; -- \0 \ud83d 🙂", grades });
    await store.transaction(async (tx) => {
      await addGroup(tx, "a", NOW);
      await tx.posts.add(REF, NOW);
      await tx.answers.add(answer("bob", 1, { at: NOW }));
      await tx.answers.add(first);
      await tx.answers.add(answer("ann", 2));
      await tx.answers.add(answer("cas", 1, { standing: "practice" }));
    });
    const readable = {
      ...first,
      text: "'; drop table ledger; -- \uFFFD \uFFFD 🙂",
      grades: [{ point: "p", state: "covered", evidence: "half an emoji \uFFFD and a \uFFFD" }],
    };
    expect(await store.read.answers.of(REF, "ann")).toEqual([readable, answer("ann", 2)]);
    expect((await store.read.answers.scored(REF)).map(({ member }) => member)).toEqual(["bob", "ann"]);
    await expect(store.transaction((tx) => tx.answers.add(answer("ann", 1)))).rejects.toThrow(/duplicate key/);
  });

  test("a board sums the ledger by member since an instant", async () => {
    const { store } = await open();
    const award = (key: string, member: string, points: number, at: number, group = "a") =>
      ({ key, group, member, kind: "drill", points, at }) as const;
    await store.transaction(async (tx) => {
      await addGroup(tx, "a", NOW);
      await addGroup(tx, "b", NOW);
      for (const [id, name] of [
        ["1", "Zoe"],
        ["2", "ann"],
        ["3", "Bob"],
        ["4", "none"],
      ] as const)
        await tx.members.remember({ ...channel("a"), id, name, manager: false }, NOW);
      await tx.ledger.award([
        award("k1", "1", 10, NOW - DAY),
        award("k2", "1", 5, NOW),
        award("k3", "2", 7, NOW),
        award("k4", "3", 7, NOW),
        award("k5", "4", 0, NOW),
        award("k6", "unseen", 1, NOW),
        award("k7", "1", 100, NOW, "b"),
      ]);
      await tx.ledger.award([award("k3", "2", 7, NOW)]);
      await tx.ledger.award([]);
    });
    const { earnedOn } = store.read.ledger;
    expect(await earnedIn(store, "a")).toEqual([
      { member: "1", name: "Zoe", points: 15 },
      { member: "3", name: "Bob", points: 7 },
      { member: "2", name: "ann", points: 7 },
      { member: "unseen", name: "unseen", points: 1 },
    ]);
    const here = { kind: "group", platform: "web", space: "space", group: "a" } as const;
    const days = await store.read.boards.days(here, ["1", "2", "4"], "2026-05-05");
    expect(Object.fromEntries(days)).toEqual({ 1: [0, 0, 0, 0, 0, 10, 5], 2: [0, 0, 0, 0, 0, 0, 7], 4: [0, 0, 0, 0, 0, 0, 0] });
    expect((await store.read.boards.points({ ...here, group: "nobody" }, { kind: "all" }, "1")).top).toEqual([]);
    expect(await earnedOn("a", "1", NOW - DAY)).toEqual({ day: "2026-05-04", points: 10 });
    expect(await earnedOn("a", "1", NOW)).toEqual({ day: "2026-05-05", points: 5 });
    expect(await earnedOn("a", "4", NOW)).toEqual({ day: "2026-05-05", points: 0 });
  });

  test("members are called what they were last called, in their own space", async () => {
    const { store } = await open();
    const ann = { ...channel("a"), id: "ann", name: "Ann", manager: true };
    await store.transaction(async (tx) => {
      await tx.members.remember(ann, NOW);
      await tx.members.remember({ ...ann, name: "Ann B." }, NOW + 1);
      await tx.members.remember({ ...ann, space: "elsewhere", name: "Another" }, NOW + 1);
    });
    expect(await store.read.members.names(channel("a"), ["ann", "unseen"])).toEqual(new Map([["ann", "Ann B."]]));
    expect(await store.read.members.names(channel("a"), [])).toEqual(new Map());
  });

  test("the groups of one space pause together, and go on if it was for that", async () => {
    const { store } = await open();
    const place = (space: string, channel: string) => ({ platform: "discord", space, channel }) as const;
    await store.transaction(async (tx) => {
      for (const [id, space] of [
        ["a", "s1"],
        ["b", "s1"],
        ["c", "s2"],
      ] as const)
        await tx.groups.ensure(place(space, id), id, NOW);
      await tx.groups.pause("b", "by an organizer", NOW);
    });
    const paused = async () => Promise.all(["a", "b", "c"].map(async (id) => (await store.read.groups.find(id))?.paused?.reason));
    expect(await store.transaction((tx) => tx.groups.pauseSpace("discord", "s1", "removed", NOW))).toBe(1);
    expect(await paused()).toEqual(["removed", "by an organizer", undefined]);
    expect(await store.transaction((tx) => tx.groups.resumeSpaces("discord", ["s1"], "removed", NOW))).toBe(1);
    expect(await paused()).toEqual([undefined, "by an organizer", undefined]);
    expect(await store.transaction((tx) => tx.groups.pauseSpace("slack", "s1", "removed", NOW))).toBe(0);
  });

  test("a group is one per channel, found from its threads, and paused once", async () => {
    const { store } = await open();
    const made = await store.transaction((tx) => tx.groups.ensure(channel("a"), "first", NOW));
    const again = await store.transaction((tx) => tx.groups.ensure(channel("a"), "second", NOW + 1));
    expect(again).toEqual(made);
    expect(made).toEqual({
      id: "first",
      place: channel("a"),
      schedule: undefined,
      organizers: [],
      sealedHours: 20,
      catchUpHours: 6,
      kinds: [],
      plan: undefined,
      paused: undefined,
    });
    expect(await store.read.groups.at({ ...channel("a"), thread: "t" })).toEqual(made);
    expect(await store.read.groups.at({ ...channel("a"), platform: "slack" })).toBeUndefined();
    expect(await store.read.groups.at({ platform: "web", space: "space" })).toBeUndefined();
    expect(await store.transaction((tx) => tx.groups.pause("first", "the channel is gone", NOW))).toBe(true);
    expect(await store.transaction((tx) => tx.groups.pause("first", "again", NOW + 1))).toBe(false);
    expect((await store.read.groups.find("first"))?.paused).toEqual({ at: NOW, reason: "the channel is gone" });
  });
});

test("an answer and the reveal of its post do not lock each other out", async () => {
  const { store } = await openStore({ kind: "postgres", url: await freshPostgres() });
  try {
    await store.transaction(async (tx) => {
      await addGroup(tx, "a", NOW);
      await tx.posts.add(REF, NOW);
      await tx.posts.open([{ ...REF, drill: "drill", why: WHY, revealAt: NOW + HOUR, remindAt: NOW + HOUR }]);
      await tx.posts.delivered(REF, NOW, undefined);
    });
    // A deadlock would be broken by playing one of them again: each must need one run.
    const runs = { answer: 0, reveal: 0 };
    const revealed = Promise.withResolvers<readonly Answer[]>();
    await store.transaction(async (tx) => {
      runs.answer++;
      await tx.lock("post/a/2026-05-05");
      const claimed = Promise.withResolvers<void>();
      const reveal = store.transaction(async (other) => {
        runs.reveal++;
        await other.posts.claimReveals(NOW + HOUR, 1);
        claimed.resolve();
        await other.lock("post/a/2026-05-05");
        return other.answers.scored(REF);
      });
      reveal.then(revealed.resolve, revealed.reject);
      await claimed.promise;
      await tx.answers.add(answer("ann", 1));
    });
    expect(await revealed.promise).toHaveLength(1);
    expect(runs).toEqual({ answer: 1, reveal: 1 });
  } finally {
    await store.close();
  }
});
