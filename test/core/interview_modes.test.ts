/** What differs between the modes: whose turn it is, who moves on, who scores, what is paid. */
import { describe, expect, it } from "vitest";
import { STEPS } from "../../src/core/content.ts";
import { advance, openLobby } from "../../src/core/interview.ts";
import { BOT, type Mode } from "../../src/core/interview_modes.ts";
import { turnedSeats } from "../../src/core/interview_seats.ts";
import { answerersOf, type Interview, scorersOf } from "../../src/core/interview_state.ts";
import { MINUTE } from "../../src/core/place.ts";
import { roundPoints } from "../../src/core/points.ts";
import { pseudonyms } from "../../src/core/transcript.ts";
import { PLAN, played, refusal, says } from "../kit/interview.ts";

const opened = (mode: Mode, who: readonly string[], id = "r1") =>
  openLobby(
    { ...PLAN, id, mode },
    who.map((one) => ({ who: one, seat: "candidate" })),
    0,
  );
const answer = (who: string, text = "words", turn?: number) => ({ kind: "answer", who, text, turn }) as const;
const next = (who: string) => ({ kind: "next", who, turn: undefined }) as const;
const leave = (who: string) => ({ kind: "leave", who }) as const;
const take = (who: string, seat: "candidate" | "interviewer" | "scorer") => ({ kind: "take", who, seat }) as const;
const time = { kind: "time" } as const;
const arrived = (round: Interview, now: number): Interview =>
  round.phase.name === "step" && round.phase.until === undefined
    ? played(round, [{ kind: "prompted", step: round.phase.step, prompt: round.phase.prompt }, now])
    : round;
const onTurn = ({ candidate }: Interview): string => candidate ?? expect.fail("nobody is on turn");

describe("a relay", () => {
  const begun = (who: readonly string[] = ["ada", "ben", "chen"], id = "r1") =>
    arrived(played(opened("relay", who, id).state, [{ kind: "begin", who: "ada" }, 0]), 0);
  const afterStep = (round: Interview) => arrived(played(round, [answer(onTurn(round)), 1], [next(onTurn(round)), 2]), 2);

  it("takes two to begin, and no interviewer", () => {
    const alone = opened("relay", ["ada"]).state;
    expect(refusal(alone, { kind: "begin", who: "ada" })).toBe("It takes 2 to answer in turn");
    expect(refusal(alone, take("zoe", "interviewer"))).toBe("The bot interviews in this round");
    const full = opened("relay", ["ada", "b", "c", "d", "e", "f", "g"]).state;
    expect(refusal(full, take("zoe", "candidate"))).toBe("The candidate's seat is taken");
  });

  it("draws lots for who begins, not the same for every round", () => {
    const firsts = Array.from({ length: 30 }, (_, nth) => begun(undefined, `r${nth}`).candidate);
    expect(new Set(firsts)).toEqual(new Set(["ada", "ben", "chen"]));
  });

  it("gives each a step in turn, so that nobody answers twice as often", () => {
    let round = begun();
    const turns = STEPS.map(() => {
      const who = onTurn(round);
      round = afterStep(round);
      return who;
    });
    expect(turns.slice(3, 6)).toEqual(turns.slice(0, 3));
    expect(new Set(turns.slice(0, 3)).size).toBe(3);
    expect(round.phase.name).toBe("scoring");
  });

  it("lets only who is on turn answer and move on", () => {
    const round = begun();
    const [second = ""] = round.line;
    expect(refusal(round, answer(second))).toBe("It is not your turn");
    expect(refusal(round, next(second))).toBe("It is not your turn");
    expect(refusal(round, next("zoe"))).toBe("Only the candidate moves on");
    const closed = afterStep(round);
    const late = played(closed, [answer(round.candidate ?? "", "one more thing", 1), 3]);
    expect(late.steps[0]?.answers.at(-1)).toMatchObject({ by: round.candidate, late: true });
  });

  it("skips who says nothing in their step, and gives the next one the whole time", () => {
    const round = begun();
    const [second] = round.line;
    const warned = played(round, [time, 6 * MINUTE]);
    expect(says(warned, time, 8 * MINUTE)).toContainEqual({ say: "prompt", step: 0, prompt: 2, lost: round.candidate });
    const passed = arrived(played(warned, [time, 8 * MINUTE]), 8 * MINUTE);
    expect(answerersOf(passed)).not.toContain(round.candidate);
    expect(passed).toMatchObject({ candidate: second, phase: { name: "step", step: 0, until: 16 * MINUTE } });
  });

  it("skips nobody for a time in which we were down", () => {
    const round = begun();
    const back = played(round, [time, 6 * MINUTE], [time, 30 * MINUTE]);
    expect(answerersOf(back)).toContain(round.candidate);
    expect(back.phase).toMatchObject({ name: "step", step: 1 });
  });

  it("goes on without who leaves, and with who comes late, after the others", () => {
    const round = begun();
    const [second = "", third = ""] = round.line;
    const shorter = played(round, [leave(third), 1], [leave(onTurn(round)), 1]);
    expect(shorter).toMatchObject({ candidate: second, line: [], phase: { name: "step", step: 0, prompt: 2 } });
    expect(refusal(shorter, leave(second))).toBe("The round has begun");
    expect(played(shorter, [take("zoe", "candidate"), 2])).toMatchObject({ candidate: second, line: ["zoe"] });
  });

  it("stops when the last one is gone, until somebody takes the seat or its time is up", () => {
    const round = begun();
    const alone = arrived(played(round, ...round.line.map((who) => [leave(who), 1] as const)), 1);
    const gone = played(alone, [time, 6 * MINUTE], [time, 8 * MINUTE]);
    const silent = played(arrived(gone, 8 * MINUTE), [time, 10 * MINUTE]);
    expect(silent.phase).toMatchObject({ name: "vacant" });
    expect(played(silent, [time, 20 * MINUTE]).phase).toEqual({ name: "ended", how: "deserted" });
  });

  it("is scored by everybody but for their own steps, and pays six for each answered step", () => {
    let round = played(begun(), [take("dana", "scorer"), 0]);
    for (const _ of STEPS) round = afterStep(round);
    expect([...scorersOf(round)].sort()).toEqual(["ada", "ben", "chen", "dana"]);
    const first = round.steps[0]?.answers[0]?.by ?? "";
    expect(refusal(round, { kind: "score", who: first, step: 0, level: 4 })).toBe("You answered that step");
    for (const who of scorersOf(round))
      for (const step of STEPS.keys()) {
        const verdict = advance(round, { kind: "score", who, step, level: 3 }, 9);
        if (verdict.ok) round = verdict.state;
      }
    expect(round.phase).toEqual({ name: "ended", how: "finished" });
    const paid = roundPoints(round, [1, 1, 1, 1, 1, 1, 0]);
    expect(paid.filter(({ kind }) => kind === "candidate").reduce((sum, { points }) => sum + points, 0)).toBe(36);
    expect(paid).toContainEqual({ member: "dana", kind: "scorer", points: 10 });
    expect(roundPoints(round, [1, 1, 1, 0, 0, 0, 0])).toEqual([]);
    expect(turnedSeats(round, "ada").every(({ seat }) => seat === "candidate")).toBe(true);
    const crowd = turnedSeats({ ...round, scorers: ["d1", "d2", "d3", "d4", "d5", "d6"] }, "ada");
    expect(crowd.filter(({ seat }) => seat === "candidate")).toHaveLength(7);
    expect(crowd.filter(({ seat }) => seat === "scorer")).toHaveLength(2);
  });
});

it("an export names nobody: who answers in turn by the order of answers, and the bot", () => {
  const relay = played(opened("relay", ["ada", "ben"]).state, [{ kind: "begin", who: "ada" }, 0]);
  const first = onTurn(relay);
  const [second = ""] = relay.line;
  const later = played(relay, [answer(first), 1], [next(first), 1], [answer(second), 2], [next(second), 2]);
  expect([...pseudonyms(later)]).toEqual([
    [BOT, "The bot"],
    [first, "Candidate 1"],
    [second, "Candidate 2"],
  ]);
  expect([...pseudonyms(opened("solo", ["ada"]).state)]).toEqual([
    [BOT, "The bot"],
    ["ada", "Candidate"],
  ]);
});

describe("a round alone with the bot", () => {
  const begun = () => arrived(opened("solo", ["ada"]).state, 0);

  it("begins at once", () => {
    expect(opened("solo", ["ada"])).toMatchObject({
      state: { phase: { name: "step", step: 0, prompt: 1 } },
      says: [{ say: "lobby" }, { say: "prompt", step: 0, prompt: 1 }],
    });
  });

  it("is moved on by the bot or by who answers", () => {
    expect(refusal(begun(), next("zoe"))).toBe("Only the candidate moves on");
    expect(says(begun(), next("ada"))).toEqual([{ say: "prompt", step: 1, prompt: 1 }]);
    expect(says(begun(), next(BOT))).toEqual([{ say: "prompt", step: 1, prompt: 1, heard: true }]);
  });

  it("never misses its interviewer, however long the bot says nothing", () => {
    const answered = played(begun(), [answer("ada"), 1]);
    const later = played(answered, [time, 6 * MINUTE], [time, 8 * MINUTE]);
    expect(later.phase).toMatchObject({ name: "step", step: 1 });
    expect(played(arrived(later, 8 * MINUTE), [answer("ada"), 9 * MINUTE]).candidate).toBe("ada");
  });

  it("ends with its last step, or waits for the scores of who watched", () => {
    const through = (round: Interview) => STEPS.reduce((state) => played(arrived(state, 1), [answer("ada"), 1], [next("ada"), 2]), round);
    const alone = through(opened("solo", ["ada"]).state);
    expect(alone.phase).toEqual({ name: "ended", how: "finished" });
    const watched = through(played(begun(), [take("zoe", "scorer"), 0]));
    expect(watched.phase.name).toBe("scoring");
    const scored = STEPS.reduce((state, _, step) => played(state, [{ kind: "score", who: "zoe", step, level: 4 }, 3]), watched);
    expect(
      roundPoints(
        scored,
        STEPS.map(() => 0.5),
      ),
    ).toEqual([
      { member: "ada", kind: "candidate", points: 40 },
      { member: "zoe", kind: "scorer", points: 10 },
    ]);
    expect(
      roundPoints(
        alone,
        STEPS.map(() => 1),
      ),
    ).toEqual([{ member: "ada", kind: "candidate", points: 30 }]);
    expect(
      roundPoints(
        alone,
        STEPS.map(() => 0.5),
      ),
    ).toEqual([{ member: "ada", kind: "candidate", points: 25 }]);
    expect(roundPoints(alone, [0.2, 0.2, 0.2, 0, 0, 0, 0])).toEqual([]);
    expect(turnedSeats(watched, "zoe")).toEqual([{ who: "zoe", seat: "candidate" }]);
  });
});
