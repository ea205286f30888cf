/** Whatever anybody does, the bot included, in any order, at any time, and again: a round of any mode keeps its rules. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advance, openLobby } from "../../src/core/interview.ts";
import { BOT, MODE_RULES, MODES, type Mode } from "../../src/core/interview_modes.ts";
import type { Move, Say } from "../../src/core/interview_move.ts";
import {
  answerersOf,
  botInterviews,
  closedSteps,
  freeSeats,
  hasAnswered,
  type Interview,
  MAX_CURVEBALLS,
  PACES,
  type Pace,
  SEATS,
  type Seat,
  scorersOf,
  seatOf,
  turnOf,
} from "../../src/core/interview_state.ts";
import { dueOf } from "../../src/core/interview_time.ts";
import { HOUR, MINUTE } from "../../src/core/place.ts";
import { PLAN } from "../kit/interview.ts";

const PEOPLE = ["ada", "ben", "chen", "dana", "zoe"] as const;

/** Ben sits where the mode has a second seat that answers or asks. */
const BENS: { readonly [M in Mode]: readonly { readonly who: string; readonly seat: Seat }[] } = {
  peer: [{ who: "ben", seat: "interviewer" }],
  relay: [
    { who: "ben", seat: "candidate" },
    { who: "dana", seat: "candidate" },
  ],
  solo: [],
};

const lobby = (mode: Mode, pace: Pace): Interview =>
  openLobby({ ...PLAN, mode, pace }, [{ who: "ada", seat: "candidate" }, ...BENS[mode], { who: "chen", seat: "scorer" }], 0).state;

const running = (mode: Mode, pace: Pace): Interview => {
  const round = lobby(mode, pace);
  if (!MODE_RULES[mode].lobby) return round;
  const verdict = advance(round, { kind: "begin", who: "ada" }, 0);
  return verdict.ok ? verdict.state : expect.fail(verdict.refusal.title);
};

/** Anybody; or whoever holds a seat at that moment, so that most moves get somewhere. */
const HOLDERS: Readonly<Record<string, (round: Interview) => string | undefined>> = {
  "the candidate": (round) => round.candidate,
  "the next in line": (round) => round.line[0],
  "the interviewer": (round) => (botInterviews(round) ? BOT : round.interviewers[0]),
  "a scorer": (round) => round.scorers[0],
};
const who = fc.oneof(fc.constantFrom(...PEOPLE), fc.constantFrom(...Object.keys(HOLDERS)));
const madeBy = (made: Move, round: Interview): Move => ("who" in made ? { ...made, who: HOLDERS[made.who]?.(round) ?? made.who } : made);
const turn = fc.option(fc.integer({ min: -1, max: 10 }), { nil: undefined, freq: 2 });
const text = fc.constantFrom("one", "two", "three");
const record = fc.record;
const kind = <K extends Move["kind"]>(name: K) => fc.constant(name);

const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 2, arbitrary: record({ kind: kind("take"), who, seat: fc.constantFrom(...SEATS) }) },
  record({ kind: kind("leave"), who }),
  { weight: 2, arbitrary: record({ kind: kind("begin"), who }) },
  { weight: 2, arbitrary: record({ kind: kind("answer"), who, text, turn }) },
  { weight: 2, arbitrary: record({ kind: kind("ask"), who, text, probe: fc.option(fc.nat(2), { nil: undefined }), turn }) },
  record({ kind: kind("curveball"), who, id: text, change: text, turn }),
  record({ kind: kind("extend"), who, turn }),
  { weight: 2, arbitrary: record({ kind: kind("next"), who, turn }) },
  record({ kind: kind("here"), who }),
  {
    weight: 3,
    arbitrary: record({ kind: kind("score"), who, step: fc.integer({ min: -1, max: 8 }), level: fc.integer({ min: 0, max: 5 }) }),
  },
  fc.constant({ kind: "time" } as const),
  record({ kind: kind("prompted"), step: fc.nat(7), prompt: fc.integer({ min: 1, max: 3 }) }),
  record({ kind: kind("threaded"), thread: fc.constant("t1") }),
);

/** An event is a move by anybody; or the world as it mostly is: what is on its way arrives, and deadlines come. */
type Event =
  | { readonly do: "move"; readonly move: Move; readonly passed: number; readonly again: boolean }
  | { readonly do: "arrive" | "due" };
const event = (pace: Pace): fc.Arbitrary<Event> =>
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant("move" as const),
        move,
        passed: fc.nat(pace === "live" ? 2 * MINUTE : 4 * HOUR),
        again: fc.boolean(),
      }),
    },
    { weight: 2, arbitrary: fc.constant({ do: "arrive" } as const) },
    { weight: 1, arbitrary: fc.constant({ do: "due" } as const) },
  );

/** What the bot does after an answer, as far as the rules know it: any of its moves, at once. */
const REPLIES: readonly Move[] = [
  { kind: "ask", who: BOT, text: "And why?", probe: 0, turn: undefined },
  { kind: "ask", who: BOT, text: "And then?", probe: 1, turn: undefined },
  { kind: "curveball", who: BOT, id: "tenfold", change: "Ten times as many.", turn: undefined },
  { kind: "next", who: BOT, turn: undefined },
  { kind: "here", who: BOT },
];

const answersOf = (round: Interview) => round.steps.flatMap(({ answers }) => answers);
const asksOf = (round: Interview) => round.steps.flatMap(({ asks }) => asks);

function check(before: Interview, made: Move, after: Interview, says: readonly Say[]): void {
  expect(turnOf(after), "never goes back").toBeGreaterThanOrEqual(turnOf(before));
  expect(answersOf(after).length, "loses no answer").toBeGreaterThanOrEqual(answersOf(before).length);
  expect(asksOf(after).length, "loses no question").toBeGreaterThanOrEqual(asksOf(before).length);
  for (const { by, step } of before.scores)
    expect(
      after.scores.filter((one) => one.by === by && one.step === step),
      "loses no score",
    ).toHaveLength(1);
  const held = [...answerersOf(after), ...after.interviewers, ...after.scorers];
  expect(new Set(held).size, "one seat each").toBe(held.length);
  expect(held, "the bot is nobody's name").not.toContain(BOT);
  const room = MODE_RULES[after.mode];
  expect(answerersOf(after).length).toBeLessThanOrEqual(room.candidates);
  expect(after.interviewers.length).toBeLessThanOrEqual(room.interviewers);
  if (after.candidate === undefined) expect(after.line, "a line moves up").toEqual([]);
  expect(after.curveballs.length).toBeLessThanOrEqual(MAX_CURVEBALLS);
  for (const { asks } of after.steps) {
    const probes = asks.flatMap(({ probe }) => probe ?? []);
    expect(new Set(probes).size, "asks no probe twice").toBe(probes.length);
  }
  for (const { by, step, level } of after.scores) {
    expect(hasAnswered(after, by, step), "nobody scores themselves").toBe(false);
    expect(step).toBeLessThan(closedSteps(after));
    expect([1, 2, 3, 4]).toContain(level);
  }
  const { phase, waiting } = after;
  if (phase.name === "step" || phase.name === "scoring") expect(freeSeats(after), "nobody is on turn without the seat").toEqual([]);
  if (phase.name === "vacant") expect(freeSeats(after)).toHaveLength(1);
  if (waiting.candidate !== undefined || waiting.interviewer !== undefined)
    expect(phase.name, "only a step waits for somebody").toBe("step");
  const due = dueOf(after);
  expect(due === undefined, "something is always due but while a prompt is on its way").toBe(
    phase.name === "ended" || (phase.name === "step" && phase.until === undefined),
  );
  if (phase.name === "step" && phase.until === undefined && before.phase !== phase && before.phase.name !== "ended")
    expect(says, "a clock that waits for a prompt has one under way").toContainEqual(
      expect.objectContaining({ say: "prompt", step: phase.step, prompt: phase.prompt }),
    );
  checkActor(before, made, after);
}

/** What was added was added by somebody in the seat for it. */
function checkActor(before: Interview, made: Move, after: Interview): void {
  if (!("who" in made)) return;
  const seat = seatOf(before, made.who);
  if (answersOf(after).length > answersOf(before).length) expect(seat).toBe("candidate");
  const inTime = (round: Interview) => answersOf(round).filter(({ late }) => !late).length;
  if (inTime(after) > inTime(before)) expect(made.who, "answers in time come from who is on turn").toBe(before.candidate);
  if (asksOf(after).length > asksOf(before).length || after.curveballs.length > before.curveballs.length) expect(seat).toBe("interviewer");
  if (made.kind !== "begin" && turnOf(after) > turnOf(before) && made.kind !== "cancel" && made.kind !== "score")
    expect(seat === "interviewer" || (botInterviews(before) && made.who === before.candidate), "moves on by right").toBe(true);
  if (before.candidate !== after.candidate && before.candidate !== undefined && after.phase.name === "step" && made.kind !== "begin")
    expect(after.phase.step > closedSteps(before) || made.who === before.candidate, "a turn passes with its step or with its holder").toBe(
      true,
    );
  if (after.scores.length > before.scores.length) expect(scorersOf(before)).toContain(made.who);
}

const ROUNDS = MODES.flatMap((mode) => PACES.map((pace) => [mode, pace] as const));

describe.each(ROUNDS)("whatever anybody does in a %s round, %s", (mode, pace) => {
  it("keeps the rules", () => {
    fc.assert(
      fc.property(fc.boolean(), fc.array(event(pace), { maxLength: 120, size: "max" }), (begun, events) => {
        let round = begun ? running(mode, pace) : lobby(mode, pace);
        let now = 0;
        const play = (made: Move) => {
          const verdict = advance(round, made, now);
          expect(advance(round, made, now), "is decided by round, move and time alone").toEqual(verdict);
          if (verdict.ok) check(round, made, verdict.state, verdict.says);
          else expect(verdict.refusal.title).not.toBe("");
          round = verdict.ok ? verdict.state : round;
        };
        for (const happened of events) {
          if (happened.do === "move") {
            now += happened.passed;
            const made = madeBy(happened.move, round);
            play(made);
            if (happened.again) play(made);
            const reply = made.kind === "answer" && botInterviews(round) ? REPLIES[happened.passed % REPLIES.length] : undefined;
            if (reply) play(reply);
          } else if (happened.do === "due") {
            now = Math.max(now, dueOf(round)?.at ?? now);
            play({ kind: "time" });
          } else if (round.phase.name === "step") play({ kind: "prompted", step: round.phase.step, prompt: round.phase.prompt });
        }
      }),
      { numRuns: 150 },
    );
  });

  it("ends by itself, however it was left", () => {
    fc.assert(
      fc.property(fc.boolean(), fc.array(event(pace), { maxLength: 40 }), (begun, events) => {
        let round = begun ? running(mode, pace) : lobby(mode, pace);
        let now = 0;
        for (const happened of events) {
          if (happened.do !== "move") continue;
          now += happened.passed;
          const verdict = advance(round, madeBy(happened.move, round), now);
          if (verdict.ok) round = verdict.state;
        }
        for (let beats = 0; round.phase.name !== "ended"; beats++) {
          expect(beats, "does not wait for ever").toBeLessThan(60);
          const { phase } = round;
          const awaited = phase.name === "step" && phase.until === undefined;
          now = awaited ? now : Math.max(now, dueOf(round)?.at ?? now);
          const made: Move = awaited ? { kind: "prompted", step: phase.step, prompt: phase.prompt } : { kind: "time" };
          const verdict = advance(round, made, now);
          round = verdict.ok ? verdict.state : expect.fail(verdict.refusal.title);
        }
      }),
      { numRuns: 100 },
    );
  });
});
