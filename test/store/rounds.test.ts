import { expect, test } from "vitest";
import { advance } from "../../src/core/interview.ts";
import type { Interview } from "../../src/core/interview_state.ts";
import { HOUR, MINUTE } from "../../src/core/place.ts";
import { describeOnDatabases } from "../kit/database.ts";
import { addGroup, channel, instant, round } from "./fixtures.ts";

const NOW = instant("2026-05-01T10:00:00Z");
/** An older version's round: what save() itself needs to know of it is not written. */
const asWritten = (old: object): Interview =>
  Object.assign(Object.create({ mode: "peer", waiting: { candidate: undefined, interviewer: undefined } }), old);
const ended = { name: "ended", how: "finished" } as const;

describeOnDatabases("rounds", (open) => {
  test("a round comes back as it was saved last", async () => {
    const { store } = await open();
    const answered = (text: string) => [
      { openedAt: NOW, closedAt: undefined, extended: false, asks: [], answers: [{ by: "ann", text, at: NOW, late: false }] },
    ];
    const lobby = round("r", "a");
    const begun = round("r", "a", {
      phase: { name: "step", step: 2, prompt: 1, until: undefined, warnAt: undefined },
      thread: "t1",
      scorers: ["bob", "cas"],
      steps: answered("It \0 depends"),
    });
    await store.transaction(async (tx) => {
      await addGroup(tx, "a", NOW);
      await tx.rounds.save(lobby);
    });
    expect(await store.read.rounds.find("r")).toEqual(lobby);
    await store.transaction((tx) => tx.rounds.save(begun));
    expect(await store.read.rounds.find("r")).toEqual({ ...begun, steps: answered("It \uFFFD depends") });
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
    expect((await store.read.rounds.last("a"))?.id).toBe("y");
    expect((await store.read.rounds.inThread({ ...channel("a"), thread: "t1" }))?.id).toBe("y");
    expect(await store.read.rounds.inThread({ ...channel("b"), thread: "t1" })).toBeUndefined();
    expect(await store.read.rounds.inThread({ ...channel("a"), space: "other", thread: "t1" })).toBeUndefined();
    expect(await store.read.rounds.inThread(channel("a"))).toBeUndefined();
  });

  test("what is due first in a round is its deadline: a warning, or somebody who is missed", async () => {
    const { store } = await open();
    const phase = { name: "step", step: 1, prompt: 1, until: NOW + HOUR, warnAt: NOW + 50 * MINUTE } as const;
    await store.transaction(async (tx) => {
      await addGroup(tx, "a", NOW);
      await tx.rounds.save(round("r", "a", { phase }));
    });
    expect(await store.nextDue(NOW)).toBe(NOW + 50 * MINUTE);
    const waiting = { candidate: NOW + MINUTE, interviewer: undefined };
    await store.transaction((tx) => tx.rounds.save(round("r", "a", { phase, waiting })));
    expect(await store.nextDue(NOW)).toBe(NOW + 11 * MINUTE);
  });

  test("a round that the first version wrote is read as one of today's", async () => {
    const { store } = await open();
    const { interviewers, mode, line, pace, turnHours, waiting, curveballs, ...kept } = round("r", "a", { scorers: ["cas"], thread: "t1" });
    const steps = [{ openedAt: NOW, answers: [{ text: "Half a million", at: NOW, late: false }] }];
    const phase = { name: "step", step: 0, until: NOW + MINUTE } as const;
    const old = asWritten({ ...kept, interviewer: "bob", steps, phase });
    await store.transaction(async (tx) => {
      await addGroup(tx, "a", NOW);
      await tx.rounds.save(old);
    });
    const read = (await store.read.rounds.find("r")) ?? expect.fail("it was not found");
    expect(read).toEqual({
      ...kept,
      interviewers: ["bob"],
      mode: "peer",
      line: [],
      pace: "live",
      turnHours: 24,
      waiting,
      curveballs: [],
      phase: { name: "step", step: 0, prompt: 1, until: NOW + MINUTE, warnAt: undefined },
      steps: [{ openedAt: NOW, extended: false, asks: [], answers: [{ by: "ann", text: "Half a million", at: NOW, late: false }] }],
    });
    expect(await store.read.rounds.last("a")).toBeUndefined();
    expect(await store.read.rounds.inThread({ ...channel("a"), thread: "t1" })).toEqual(read);
    expect(await store.read.rounds.active("a")).toEqual([read]);
    expect(advance(read, { kind: "time" }, NOW + MINUTE)).toMatchObject({ ok: true, state: { phase: { step: 1 } } });
  });

  test("a round from before there were modes is one of peers", async () => {
    const { store } = await open();
    const { mode, line, ...kept } = round("r", "a", { interviewers: ["bob"] });
    await store.transaction(async (tx) => {
      await addGroup(tx, "a", NOW);
      await tx.rounds.save(asWritten(kept));
    });
    expect(await store.read.rounds.find("r")).toEqual({ ...kept, mode: "peer", line: [] });
  });

  test("deadlines: the earliest is next, those that have passed are claimed, an ended round has none", async () => {
    const { store } = await open();
    const waiting = (id: string, until: number | undefined) =>
      round(id, "a", { phase: { name: "step", step: 1, prompt: 1, until, warnAt: undefined } });
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
