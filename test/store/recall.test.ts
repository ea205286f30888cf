import { expect, test } from "vitest";
import type { MemberResult } from "../../src/app/ports.ts";
import { DAY, HOUR, MINUTE } from "../../src/core/place.ts";
import { type Memory, reviewed } from "../../src/core/recall.ts";
import { describeOnDatabases } from "../kit/database.ts";
import { keptIn } from "../kit/kept.ts";
import { addGroup, berlin, instant, round, WHY } from "./fixtures.ts";

const NOW = instant("2026-05-05T07:00:00Z");
const ANN = { platform: "web", space: "space", id: "ann" } as const;
const card = (ref: string, place = 0) => ({ ref, origin: "drill", place }) as const;

describeOnDatabases("recall", (open) => {
  test("a card is added once for each member, and is not reset", async () => {
    const { store } = await open();
    const added = await store.transaction((tx) =>
      tx.recall.add(ANN, [card("tradeoff/b", 1), card("tradeoff/a"), card("weird \0 ref")], NOW),
    );
    expect(added).toBe(3);
    const [first] = await store.read.recall.cards(ANN);
    if (!first) return expect.fail("no card");
    const memory = reviewed(undefined, "good", NOW);
    await store.transaction((tx) => tx.recall.review(ANN, first, memory, "good", NOW));
    const before = await store.read.recall.cards(ANN);
    expect(await store.transaction((tx) => tx.recall.add(ANN, [card(first.ref), card("tradeoff/c")], NOW + DAY))).toBe(1);
    expect(await store.transaction((tx) => tx.recall.add(ANN, [], NOW))).toBe(0);
    expect((await store.read.recall.cards(ANN)).slice(0, 3)).toEqual(before);
    // Somebody else's, and the same name in another space, are others.
    expect(await store.read.recall.cards({ ...ANN, id: "ben" })).toEqual([]);
    expect(await store.read.recall.find({ ...ANN, space: "elsewhere" }, first.id)).toBeUndefined();
  });

  test("the same cards from eight transactions at once are there once", async () => {
    const { store } = await open();
    const refs = Array.from({ length: 20 }, (_, at) => card(`tradeoff/${at}`, at));
    const turned = (by: number) => [...refs.slice(by), ...refs.slice(0, by)];
    const added = await Promise.all(
      Array.from({ length: 8 }, (_, at) => store.transaction((tx) => tx.recall.add(ANN, turned(at * 2), NOW))),
    );
    expect(added.reduce((sum, one) => sum + one, 0)).toBe(20);
    expect(await store.read.recall.cards(ANN)).toHaveLength(20);
  });

  test("a review is kept and undone exactly, memory and log", async () => {
    const { store } = await open();
    await store.transaction((tx) => tx.recall.add(ANN, [card("tradeoff/a")], NOW));
    const cards = async () => (await store.read.recall.cards(ANN))[0] ?? expect.fail("no card");
    const fresh = await cards();
    const rate = async (rating: "good" | "again", at: number) => {
      const now = await cards();
      await store.transaction((tx) => tx.recall.review(ANN, now, reviewed(now.memory, rating, at), rating, at));
    };
    const undo = async () => {
      const last = (await store.read.recall.lastReview(ANN)) ?? expect.fail("no review");
      await store.transaction((tx) => tx.recall.undo(last));
    };
    await rate("good", NOW);
    const once = await cards();
    expect(once).toEqual({ ...fresh, memory: reviewed(undefined, "good", NOW), revision: 1 });
    await rate("again", NOW + 2 * DAY);
    expect(await store.read.recall.since(ANN, NOW)).toEqual({ cards: 1, introduced: 1 });
    expect(await store.read.recall.since(ANN, NOW + DAY)).toEqual({ cards: 1, introduced: 0 });
    expect(await store.read.recall.lastReview(ANN)).toMatchObject({ rating: "again", before: once.memory as Memory });
    await undo();
    expect(await cards()).toEqual({ ...once, revision: 3 });
    await undo();
    expect(await cards()).toEqual({ ...fresh, revision: 4 });
    expect(await store.read.recall.lastReview(ANN)).toBeUndefined();

    await store.transaction((tx) => tx.recall.setRemoved(fresh.id, NOW));
    expect(await cards()).toEqual({ ...fresh, removedAt: NOW, revision: 5 });
    await store.transaction((tx) => tx.recall.setRemoved(fresh.id, undefined));
    expect(await cards()).toEqual({ ...fresh, revision: 6 });
  });

  test("a member's groups are those they did something in, and one of them is home", async () => {
    const { store } = await open();
    await store.transaction(async (tx) => {
      for (const [at, id] of ["late", "answered", "earned", "played", "foreign"].entries()) await addGroup(tx, id, NOW - at * HOUR);
      await tx.posts.add({ group: "answered", date: "2026-05-05", edition: 1 }, NOW);
      await tx.answers.add({
        group: "answered",
        date: "2026-05-05",
        edition: 1,
        member: "ann",
        nth: 1,
        text: "x",
        at: NOW,
        standing: "scored",
        coverage: 0,
        grades: [],
        points: 0,
      });
      await tx.ledger.award([{ key: "k", group: "earned", member: "ann", kind: "recall", points: 1, at: NOW }]);
      await tx.rounds.save(round("r", "played"));
      await tx.progress.keep("played", "ann", result("r"));
    });
    expect((await store.read.homes.groups(ANN)).map(({ id }) => id)).toEqual(["played", "earned", "answered"]);
    expect(await store.read.homes.groups({ ...ANN, space: "elsewhere" })).toEqual([]);
    expect(await store.read.homes.of(ANN)).toBeUndefined();
    await store.transaction((tx) => tx.homes.choose(ANN, "earned", NOW));
    await store.transaction((tx) => tx.homes.choose(ANN, "answered", NOW + 1));
    expect(await store.read.homes.of(ANN)).toBe("answered");
  });

  const result = (id: string, over: Partial<MemberResult> = {}): MemberResult => ({
    round: id,
    at: NOW,
    level: 2.5,
    coverage: [0.5, null, 1, 0, 0, 0, 0],
    system: 3.5,
    ml: 1.5,
    ...over,
  });

  test("progress is counted by the group's own days, and kept once for each round", async () => {
    const { store } = await open();
    await store.transaction(async (tx) => {
      await addGroup(tx, "a", NOW, berlin("09:00"));
      await tx.rounds.save(round("r1", "a"));
      await tx.progress.keep("a", "ann", result("r1"));
      await tx.progress.keep("a", "ann", result("r1", { level: 4 }));
      await tx.progress.keep("a", "ben", result("r1", { level: undefined }));
      // Half past midnight in Berlin is the next day there.
      const late = instant("2026-05-05T22:30:00Z");
      await tx.ledger.award([{ key: "k", group: "a", member: "ann", kind: "candidate", points: 20, at: late }]);
      await tx.recall.add(ANN, [card("tradeoff/a"), card("tradeoff/b", 1)], NOW);
      for (const one of await tx.recall.cards(ANN)) await tx.recall.review(ANN, one, reviewed(undefined, "good", NOW), "good", NOW);
      for (const edition of [1, 2]) {
        await tx.posts.add({ group: "a", date: "2026-05-04", edition }, NOW);
        const opening = { group: "a", date: "2026-05-04", edition, drill: `open/x/${edition}`, why: WHY, revealAt: NOW, remindAt: NOW };
        await tx.posts.open([opening]);
        for (const nth of [1, 2])
          await tx.answers.add({
            group: "a",
            date: "2026-05-04",
            edition,
            member: "ann",
            nth,
            text: "x",
            at: NOW + nth * MINUTE,
            standing: nth === 1 ? "scored" : "improved",
            coverage: 0.5,
            grades: [{ id: "p", state: "mentioned", evidence: [] }],
            points: 0,
          });
      }
      await tx.posts.replace({ group: "a", date: "2026-05-04", edition: 1 });
    });
    const group = (await store.read.groups.find("a")) ?? expect.fail("no group");
    expect(await store.read.progress.activity(group, ANN, "2026-05-01")).toEqual([
      { date: "2026-05-04", done: 2, drills: 2 },
      { date: "2026-05-05", done: 1, drills: 0 },
      { date: "2026-05-06", done: 1, drills: 0 },
    ]);
    expect(await store.read.progress.activity(group, ANN, "2026-05-06")).toHaveLength(1);
    // The one that is open tells nothing yet.
    expect(await store.read.progress.answers("a", "ann", "2026-05-01")).toEqual([
      { drill: "open/x/1", coverage: 0.5, states: { p: "mentioned" } },
    ]);
    expect(await store.read.progress.rounds("a", "ann")).toEqual([result("r1")]);
    const timely = await store.read.answers.timely({ group: "a", date: "2026-05-04", edition: 2 });
    expect(timely.map(({ member, nth }) => [member, nth])).toEqual([["ann", 2]]);
  });

  test("all that is kept of a member can be given and forgotten, and nobody else's", async () => {
    const { store } = await open();
    const BEN = { ...ANN, id: "ben" };
    await store.transaction(async (tx) => {
      await addGroup(tx, "a", NOW);
      await tx.rounds.save(round("r1", "a"));
      for (const who of [ANN, BEN]) {
        await tx.recall.add(who, [card("tradeoff/a")], NOW);
        const [one] = await tx.recall.cards(who);
        if (one) await tx.recall.review(who, one, reviewed(undefined, "hard", NOW), "hard", NOW);
        await tx.homes.choose(who, "a", NOW);
        await tx.progress.keep("a", who.id, result("r1"));
      }
    });
    const kept = async (who: typeof ANN | typeof BEN) =>
      Promise.all(["recall_card", "recall_review", "home_group", "round_result"].map((table) => keptIn(store, table, who)));
    const bens = await kept(BEN);
    expect(await kept(ANN)).toMatchObject([
      [{ ref: "tradeoff/a" }],
      [{ rating: "hard" }],
      [{ group_id: "a" }],
      [{ round: "r1", level: result("r1").level }],
    ]);
    await store.transaction((tx) => tx.personal.forget({ ...ANN, as: "former:x", name: "Ann", words: [], rounds: [] }));
    expect(await kept(ANN)).toEqual([[], [], [], []]);
    expect(await kept(BEN)).toEqual(bens);
  });
});
