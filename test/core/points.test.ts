import { describe, expect, it } from "vitest";
import { advance, openLobby } from "../../src/core/interview.ts";
import type { Interview } from "../../src/core/interview_state.ts";
import { capped, drillPoints, median, RECALL_POINTS, recallPoints, roundPoints } from "../../src/core/points.ts";

const finished = (answered: number, levels: readonly number[]): Interview => {
  const place = { platform: "web", space: "s", channel: "c" } as const;
  const plan = {
    id: "r",
    group: "g",
    place,
    case: "ads",
    host: "cand",
    mode: "peer",
    pace: "live",
    minutes: [1, 1, 1, 1, 1, 1, 1],
    turnHours: 24,
  } as const;
  const { state } = openLobby(plan, [{ who: "cand", seat: "candidate" }], 0);
  return {
    ...state,
    interviewers: ["int"],
    scorers: ["all", "some"],
    phase: { name: "ended", how: "finished" },
    steps: state.steps.map((step, at) => (at < answered ? { ...step, answers: [{ by: "cand", text: "x", at: 1, late: false }] } : step)),
    scores: levels.flatMap((level, step) => {
      const score = { by: "all", step, level, worked: undefined, change: undefined };
      return step === 0 ? [score, { ...score, by: "some" }] : [score];
    }),
  };
};

/** What the grader found does not matter among peers. */
const paid = (round: Interview) => roundPoints(round, []);

describe("points", () => {
  it.each([
    ["open", 1, 10],
    ["open", 0.44, 4],
    ["open", 0, 0],
    ["choice", 1, 10],
    ["choice", 0, 3],
  ] as const)("%s drill with coverage %d earns %d", (kind, coverage, points) => expect(drillPoints(kind, coverage)).toBe(points));

  it("cuts to the day's cap", () => {
    expect(capped(10, 0)).toBe(10);
    expect(capped(10, 75)).toBe(5);
    expect(capped(10, 80)).toBe(0);
    expect(capped(10, 200)).toBe(0);
  });

  it("takes medians of even and odd counts", () => {
    expect(median([])).toBeUndefined();
    expect(median([3])).toBe(3);
    expect(median([4, 1, 2])).toBe(2);
    expect(median([1, 4, 2, 3])).toBe(2.5);
  });

  it("pays every seat of a finished round", () => {
    expect(paid(finished(7, [4, 4, 4, 4, 4, 4, 4]))).toEqual([
      { member: "cand", kind: "candidate", points: 40 },
      { member: "int", kind: "interviewer", points: 15 },
      { member: "all", kind: "scorer", points: 10 },
    ]);
    expect(paid(finished(7, [1, 1, 1, 1, 1, 1, 1]))[0]?.points).toBe(20);
    expect(paid(finished(7, [2, 3, 2, 3, 2, 3, 2]))[0]?.points).toBe(27);
  });

  it("pays a second interviewer who asked or scored, not one who held the seat", () => {
    const round = { ...finished(7, [4]), interviewers: ["int", "idle"] };
    const asked = { by: "int", text: "Why?", probe: undefined, at: 1 };
    const given = paid({ ...round, steps: round.steps.map((step) => ({ ...step, asks: [asked] })) });
    expect(given.filter(({ kind }) => kind === "interviewer").map(({ member }) => member)).toEqual(["int"]);
  });

  it("pays a candidate who stepped in for their own steps alone", () => {
    const round = finished(7, [1, 1, 1, 4, 4, 4, 4]);
    const by = (who: string, from: number, to: number) => (at: number) => (at >= from && at < to ? who : "cand");
    const replaced = (from: number, to: number) => ({
      ...round,
      steps: round.steps.map((step, at) => ({ ...step, answers: step.answers.map((one) => ({ ...one, by: by("first", from, to)(at) })) })),
    });
    expect(paid(replaced(0, 3))[0]).toEqual({ member: "cand", kind: "candidate", points: 40 });
    expect(paid(replaced(0, 4))).toEqual([]);
  });

  it("pays a scorer for the others' steps: nobody scores, or is paid for, their own", () => {
    const round = finished(7, [3, 3, 3, 3, 3, 3, 3]);
    // "all" began as the candidate, answered the first step, and watches since.
    const own = { by: "all", text: "x", at: 1, late: false };
    const handedOver = { ...round, steps: round.steps.map((step, at) => (at === 0 ? { ...step, answers: [own] } : step)) };
    const scorers = (scores: Interview["scores"]) => paid({ ...handedOver, scores }).filter(({ kind }) => kind === "scorer");
    expect(scorers(round.scores.filter(({ by, step }) => by === "all" && step > 0)).map(({ member }) => member)).toEqual(["all"]);
    expect(scorers(round.scores.filter(({ by, step }) => by === "all" && step > 1))).toEqual([]);
  });

  it("pays nobody when the candidate sat it out, or when it was cancelled", () => {
    expect(paid(finished(3, [4, 4, 4, 4, 4, 4, 4]))).toEqual([]);
    const cancelled = advance(
      { ...finished(7, []), phase: { name: "scoring", until: 9 } },
      { kind: "cancel", who: "cand", organizer: false },
      1,
    );
    expect(cancelled.ok && paid(cancelled.state)).toEqual([]);
  });
});

describe("recall", () => {
  it("earns one point for every five cards, and four a day at most", () => {
    expect([0, 4, 5, 9, 10, 20, 500].map(recallPoints)).toEqual([0, 0, 1, 1, 2, RECALL_POINTS, RECALL_POINTS]);
  });
});
