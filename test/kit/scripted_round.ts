/** A mock round played out in memory by a seed: who does what in which minute, and what must come of it. */

import { STEPS } from "../../src/core/content.ts";
import { advance, openLobby } from "../../src/core/interview.ts";
import { botMove } from "../../src/core/interview_bot.ts";
import type { RoundMaterial } from "../../src/core/interview_material.ts";
import { MODE_RULES, type Mode } from "../../src/core/interview_modes.ts";
import type { Move, Say } from "../../src/core/interview_move.ts";
import {
  answerersOf,
  closedSteps,
  type Interview,
  LEVELS,
  type Pace,
  type Seat,
  scorersOf,
  turnOf,
} from "../../src/core/interview_state.ts";
import { dueOf } from "../../src/core/interview_time.ts";
import { deliveredMove, voice } from "../../src/core/interview_voice.ts";
import { HOUR, type Instant, MINUTE } from "../../src/core/place.ts";
import type { View } from "../../src/core/view.ts";

export interface ScriptedRound {
  readonly plan: Omit<Parameters<typeof openLobby>[0], "minutes">;
  readonly seats: Parameters<typeof openLobby>[1];
  /** At most one move a beat, by the number of the beat. */
  readonly moves: ReadonlyMap<number, Move>;
  /** How the round ends, and all that stands in its thread then, in order. */
  readonly end: Interview;
  readonly thread: readonly { readonly key: string; readonly view: View }[];
  readonly beats: number;
}

/** From one beat to the next: coarse, so that a round has few. */
export const BEAT: { readonly [P in Pace]: number } = { live: 2 * MINUTE, async: 3 * HOUR };

/** Mulberry32: small, and the same everywhere. Gives numbers in [0, 1). */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const SEATS: { readonly [M in Mode]: readonly { readonly who: string; readonly seat: Seat }[] } = {
  peer: [
    { who: "ada", seat: "candidate" },
    { who: "ben", seat: "interviewer" },
    { who: "chen", seat: "scorer" },
  ],
  relay: [
    { who: "ada", seat: "candidate" },
    { who: "ben", seat: "candidate" },
    { who: "chen", seat: "candidate" },
  ],
  solo: [{ who: "ada", seat: "candidate" }],
};

export function scriptedRound(
  plan: Omit<Parameters<typeof openLobby>[0], "minutes">,
  material: RoundMaterial,
  seed: number,
  from: Instant,
): ScriptedRound {
  const roll = dice(seed);
  const seats = SEATS[plan.mode];
  const minutes = material.framework.steps.map((step) => step.minutes);
  const opened = openLobby({ ...plan, minutes }, seats, from);
  const moves = new Map<number, Move>();
  const thread: { key: string; view: View }[] = [];
  let round = opened.state;
  let now = from;

  const play = (move: Move): boolean => {
    const moved = advance(round, move, now);
    if (!moved.ok) return false;
    const reply = botMove(moved.state, material);
    const heard = reply && advance(moved.state, reply, now);
    round = heard?.ok ? heard.state : moved.state;
    say([...moved.says, ...(heard?.ok ? heard.says : [])]);
    return true;
  };
  /** What is said is delivered at once: a round that nobody disturbs. */
  const say = (says: readonly Say[]) => {
    for (const effect of voice(round, says, material, "pure")) {
      if (effect.kind === "post" && effect.thread !== undefined) thread.push({ key: effect.key, view: effect.view });
      const delivered = effect.kind === "edit" ? undefined : deliveredMove(effect.key, `remote/${effect.key}`);
      if (delivered) arriving.push(delivered);
    }
  };
  const arriving: Move[] = [];
  const arrive = () => {
    for (let move = arriving.shift(); move; move = arriving.shift()) play(move);
  };

  say(opened.says);
  arrive();
  let beats = 0;
  while (round.phase.name !== "ended") {
    beats += 1;
    now = from + beats * BEAT[plan.pace];
    const move = chooseMove(round, material, roll);
    if (move && play(move)) moves.set(beats, move);
    arrive();
    while ((dueOf(round)?.at ?? Number.POSITIVE_INFINITY) <= now) {
      play({ kind: "time" });
      arrive();
    }
  }
  return { plan, seats, moves, end: round, thread, beats };
}

/** Something that somebody in that place might do now; often nothing. */
function chooseMove(round: Interview, material: RoundMaterial, roll: () => number): Move | undefined {
  const { phase, candidate } = round;
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(roll() * from.length)];
  const turn = turnOf(round);
  const luck = roll();
  if (phase.name === "lobby") return { kind: "begin", who: "ada" };
  if (phase.name === "vacant")
    return luck < 0.5 ? { kind: "take", who: pick(["ada", "ben", "zoe"]) ?? "zoe", seat: "candidate" } : undefined;
  const scorer = pick(scorersOf(round));
  const step = Math.floor(roll() * closedSteps(round));
  const score: Move | undefined =
    scorer === undefined ? undefined : { kind: "score", who: scorer, step, level: pick(LEVELS) ?? 1, worked: "the numbers" };
  if (phase.name !== "step") return score;
  const lead = MODE_RULES[round.mode].interviewers > 0 ? round.interviewers[0] : candidate;
  if (luck < 0.45 && candidate !== undefined)
    return { kind: "answer", who: candidate, text: sentences(material, phase.step, roll), turn: roll() < 0.8 ? turn : undefined };
  if (luck < 0.8 && lead !== undefined) return { kind: "next", who: lead, turn };
  if (luck < 0.83 && candidate !== undefined) return { kind: "extend", who: candidate, turn };
  if (luck < 0.86) return { kind: "leave", who: pick(answerersOf(round)) ?? "ada" };
  if (luck < 0.91 && lead !== undefined)
    return { kind: "ask", who: lead, text: `And why, ${Math.floor(roll() * 9)}?`, probe: undefined, turn };
  return luck < 0.97 ? score : undefined;
}

/** Some of the step's reference, so that there is something to quote and something to ask for; too long to be meant twice. */
function sentences(material: RoundMaterial, step: number, roll: () => number): string {
  const all = material.case.steps[STEPS[step] ?? "data"].reference.split(/(?<=[.!?]) /).filter((sentence) => sentence.length > 24);
  const at = Math.floor(roll() * all.length);
  return all[at] ?? "";
}
