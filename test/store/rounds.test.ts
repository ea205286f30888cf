import { expect, test } from "vitest";
import { HOUR, MINUTE } from "../../src/core/place.ts";
import { describeOnDatabases } from "../kit/database.ts";
import { addGroup, channel, instant, round } from "./fixtures.ts";

const NOW = instant("2026-05-01T10:00:00Z");
const ended = { name: "ended", how: "finished" } as const;

describeOnDatabases("rounds", (open) => {
  test("a round comes back as it was saved last", async () => {
    const { store } = await open();
    const lobby = round("r", "a");
    const begun = round("r", "a", {
      phase: { name: "step", step: 2, until: undefined },
      thread: "t1",
      scorers: ["bob", "cas"],
      steps: [{ openedAt: NOW, closedAt: undefined, answers: [{ text: "It \0 depends", at: NOW, late: false }] }],
    });
    await store.transaction(async (tx) => {
      await addGroup(tx, "a", NOW);
      await tx.rounds.save(lobby);
    });
    expect(await store.read.rounds.find("r")).toEqual(lobby);
    await store.transaction((tx) => tx.rounds.save(begun));
    expect(await store.read.rounds.find("r")).toEqual({
      ...begun,
      steps: [{ openedAt: NOW, closedAt: undefined, answers: [{ text: "It \uFFFD depends", at: NOW, late: false }] }],
    });
    expect(await store.read.rounds.find("unknown")).toBeUndefined();
  });

  test("active rounds of a group, oldest first; an ended one is found by its thread all the same", async () => {
    const { store } = await open();
    await store.transaction(async (tx) => {
      await addGroup(tx, "a", NOW);
      await addGroup(tx, "b", NOW);
      for (const one of [round("z", "a"), round("y", "a", { thread: "t1" }), round("x", "b"), round("w", "a")]) await tx.rounds.save(one);
      await tx.rounds.save(round("y", "a", { thread: "t1", phase: ended }));
      await tx.rounds.save(round("z", "a", { candidate: "bob" }));
    });
    expect((await store.read.rounds.active("a")).map(({ id }) => id)).toEqual(["z", "w"]);
    expect((await store.read.rounds.inThread({ ...channel("a"), thread: "t1" }))?.id).toBe("y");
    expect(await store.read.rounds.inThread({ ...channel("b"), thread: "t1" })).toBeUndefined();
    expect(await store.read.rounds.inThread({ ...channel("a"), space: "other", thread: "t1" })).toBeUndefined();
    expect(await store.read.rounds.inThread(channel("a"))).toBeUndefined();
  });

  test("deadlines: the earliest is next, those that have passed are claimed, an ended round has none", async () => {
    const { store } = await open();
    const waiting = (id: string, until: number | undefined) => round(id, "a", { phase: { name: "step", step: 1, until } });
    await store.transaction(async (tx) => {
      await addGroup(tx, "a", NOW);
      await tx.rounds.save(waiting("later", NOW + HOUR));
      await tx.rounds.save(waiting("soon", NOW + MINUTE));
      await tx.rounds.save(waiting("on its way", undefined));
      await tx.rounds.save(waiting("over", NOW + MINUTE));
      await tx.rounds.save(round("over", "a", { phase: ended }));
    });
    expect(await store.nextDue(NOW)).toBe(NOW + MINUTE);
    expect(await store.nextDue(NOW + MINUTE)).toBe(NOW + HOUR);
    expect(await store.nextDue(NOW + HOUR)).toBeUndefined();
    const late = (now: number, limit: number) => store.transaction((tx) => tx.rounds.claimLate(now, limit));
    expect(await late(NOW + MINUTE - 1, 10)).toEqual([]);
    expect(await late(NOW + MINUTE, 10)).toEqual(["soon"]);
    expect(await late(NOW + HOUR, 10)).toEqual(["soon", "later"]);
    expect(await late(NOW + HOUR, 1)).toEqual(["soon"]);
  });
});
