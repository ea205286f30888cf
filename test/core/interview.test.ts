import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { STEPS } from "../../src/core/content.ts";
import { advance, type Move, openLobby } from "../../src/core/interview.ts";
import {
  closedSteps,
  type Interview,
  LOBBY_MINUTES,
  SCORING_MINUTES,
  SEATS,
  scorersOf,
  seatOf,
  turnOf,
} from "../../src/core/interview_state.ts";
import { MINUTE } from "../../src/core/place.ts";

const place = { platform: "web", space: "s", channel: "c" } as const;
const lobby = (): Interview =>
  openLobby({ id: "r1", group: "g1", place, case: "ads", host: "ada", minutes: [8, 4, 6, 6, 8, 7, 6] }, "candidate", 0).state;

/** Plays moves that must be accepted. */
function played(round: Interview, ...moves: readonly (readonly [Move, number])[]): Interview {
  return moves.reduce((state, [move, now]) => {
    const verdict = advance(state, move, now);
    if (!verdict.ok) throw new Error(`${move.kind} was refused: ${verdict.refusal.title}`);
    return verdict.state;
  }, round);
}
const refusal = (round: Interview, move: Move, now = 0) => {
  const verdict = advance(round, move, now);
  return verdict.ok ? undefined : verdict.refusal.title;
};

const seated = () =>
  played(lobby(), [{ kind: "take", who: "ben", seat: "interviewer" }, 1], [{ kind: "take", who: "chen", seat: "scorer" }, 1]);
const running = () => played(seated(), [{ kind: "begin", who: "ada" }, 2]);
const next = { kind: "next", who: "ben", turn: undefined } as const;
const scoring = () => STEPS.reduce((state) => played(state, [next, 100]), running());

describe("lobby", () => {
  it("seats its host, and others where there is room", () => {
    expect(seatOf(lobby(), "ada")).toBe("candidate");
    expect(refusal(lobby(), { kind: "take", who: "ben", seat: "candidate" })).toBe("The candidate's seat is taken");
    expect(scorersOf(seated())).toEqual(["ben", "chen"]);
  });

  it("gives a person one seat at a time", () => {
    const moved = played(seated(), [{ kind: "take", who: "ada", seat: "scorer" }, 3]);
    expect(moved.candidate).toBeUndefined();
    expect(moved.scorers).toEqual(["chen", "ada"]);
  });

  it("needs a candidate and an interviewer to begin", () => {
    expect(refusal(lobby(), { kind: "begin", who: "ada" })).toBe("There is no interviewer yet");
    expect(refusal(seated(), { kind: "begin", who: "zoe" })).toBe("Only somebody with a seat can begin");
    expect(running().phase).toEqual({ name: "step", step: 0, until: undefined });
  });

  it("closes itself when nobody begins", () => {
    expect(refusal(lobby(), { kind: "time" }, LOBBY_MINUTES * MINUTE - 1)).toBe("Nothing is due");
    expect(played(lobby(), [{ kind: "time" }, LOBBY_MINUTES * MINUTE]).phase).toEqual({ name: "ended", how: "expired" });
  });
});

describe("a step", () => {
  it("starts its clock when its prompt was delivered, once", () => {
    const asked = played(running(), [{ kind: "prompted", step: 0 }, 5_000]);
    expect(asked.phase).toEqual({ name: "step", step: 0, until: 5_000 + 8 * MINUTE });
    expect(refusal(asked, { kind: "prompted", step: 0 }, 9_000)).toBe("That prompt is not awaited");
    expect(refusal(running(), { kind: "prompted", step: 1 }, 9_000)).toBe("That prompt is not awaited");
  });

  it("does not run out before its prompt was delivered", () => {
    expect(refusal(running(), { kind: "time" }, 1e12)).toBe("Nothing is due");
  });

  it("closes by itself when its time is up, and by the interviewer before", () => {
    const asked = played(running(), [{ kind: "prompted", step: 0 }, 0]);
    expect(refusal(asked, { kind: "time" }, 8 * MINUTE - 1)).toBe("Nothing is due");
    expect(played(asked, [{ kind: "time" }, 8 * MINUTE]).phase).toEqual({ name: "step", step: 1, until: undefined });
    expect(played(asked, [next, 10]).phase).toMatchObject({ name: "step", step: 1 });
    expect(refusal(asked, { kind: "next", who: "ada", turn: undefined })).toBe("Only the interviewer moves on");
  });

  it("refuses a second click of an old button", () => {
    const first = { kind: "next", who: "ben", turn: turnOf(running()) } as const;
    expect(refusal(played(running(), [first, 1]), first)).toBe("That step has closed already");
  });

  it("takes several answers from the candidate alone", () => {
    const answer = (who: string, text: string) => ({ kind: "answer", who, text, turn: undefined }) as const;
    expect(refusal(running(), answer("ben", "x"))).toBe("Only the candidate answers");
    const verdict = advance(played(running(), [answer("ada", "one"), 1]), answer("ada", "two"), 2);
    expect(verdict.ok && verdict.says).toEqual([{ say: "answer", step: 0, nth: 2 }]);
  });

  it("keeps a late answer without showing or counting it", () => {
    const late = { kind: "answer", who: "ada", text: "too late", turn: 1 } as const;
    const verdict = advance(played(running(), [next, 1]), late, 2);
    expect(verdict.ok && verdict.says).toEqual([]);
    expect(verdict.ok && verdict.state.steps[0]?.answers).toEqual([{ text: "too late", at: 2, late: true }]);
  });
});

describe("scores", () => {
  const score = (who: string, step: number, level = 3) => ({ kind: "score", who, step, level }) as const;

  it("come from interviewer and scorers, for steps that have closed", () => {
    expect(refusal(running(), score("ben", 0))).toBe("That step is not closed yet");
    expect(refusal(scoring(), score("ada", 0))).toBe("Only the interviewer and scorers score");
    expect(refusal(scoring(), score("ben", 7))).toBe("That step is not closed yet");
    expect(refusal(scoring(), score("ben", 0, 5))).toBe("That is not a level");
  });

  it("replace each other until the end", () => {
    const twice = played(scoring(), [score("ben", 0, 2), 1], [score("ben", 0, 4), 2]);
    expect(twice.scores.map(({ level }) => level)).toEqual([4]);
  });

  it("end the round when the last is in, or when their time is up", () => {
    const all = (state: Interview, who: string) => STEPS.reduce((given, _, step) => played(given, [score(who, step), 200]), state);
    expect(all(scoring(), "ben").phase.name).toBe("scoring");
    expect(all(all(scoring(), "ben"), "chen").phase).toEqual({ name: "ended", how: "finished" });
    expect(played(scoring(), [{ kind: "time" }, 100 + SCORING_MINUTES * MINUTE]).phase).toEqual({ name: "ended", how: "finished" });
  });
});

it("is cancelled by its host or an organizer alone", () => {
  expect(refusal(running(), { kind: "cancel", who: "ben", organizer: false })).toContain("Only its host");
  expect(played(running(), [{ kind: "cancel", who: "zoe", organizer: true }, 1]).phase).toEqual({ name: "ended", how: "cancelled" });
});

describe("whatever anybody does, in any order", () => {
  const who = fc.constantFrom("ada", "ben", "chen", "zoe");
  const turn = fc.option(fc.integer({ min: -1, max: 10 }), { nil: undefined });
  const move: fc.Arbitrary<Move> = fc.oneof(
    fc.record({ kind: fc.constant("take" as const), who, seat: fc.constantFrom(...SEATS) }),
    fc.record({ kind: fc.constant("leave" as const), who }),
    fc.record({ kind: fc.constant("begin" as const), who }),
    fc.record({ kind: fc.constant("answer" as const), who, text: fc.string({ maxLength: 5 }), turn }),
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("next" as const), who, turn }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant("score" as const),
        who,
        step: fc.integer({ min: -1, max: 8 }),
        level: fc.integer({ min: 0, max: 5 }),
      }),
    },
    fc.record({ kind: fc.constant("time" as const) }),
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("prompted" as const), step: fc.integer({ min: 0, max: 7 }) }) },
    fc.record({ kind: fc.constant("threaded" as const), thread: fc.constant("t1") }),
  );

  it("keeps the rules", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(move, fc.integer({ min: 0, max: 10 * MINUTE })), { maxLength: 60 }), (moves) => {
        let round = seated();
        let now = 0;
        for (const [next, passed] of moves) {
          now += passed;
          const verdict = advance(round, next, now);
          if (!verdict.ok) continue;
          const after = verdict.state;
          expect(turnOf(after), "never goes back").toBeGreaterThanOrEqual(turnOf(round));
          const answers = (state: Interview) => state.steps.flatMap((step) => step.answers).length;
          expect(answers(after), "loses no answer").toBeGreaterThanOrEqual(answers(round));
          expect(after.scores.length, "loses no score").toBeGreaterThanOrEqual(round.scores.length);
          const seats = [after.candidate, after.interviewer, ...after.scorers].filter((seat) => seat !== undefined);
          expect(new Set(seats).size, "one seat each").toBe(seats.length);
          for (const { by, step, level } of after.scores) {
            expect(by, "nobody scores themselves").not.toBe(after.candidate);
            expect(step).toBeLessThan(closedSteps(after));
            expect([1, 2, 3, 4]).toContain(level);
          }
          round = after;
        }
      }),
    );
  });
});
