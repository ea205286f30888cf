/** Mock rounds of the core alone: where they begin, and moves on the way. */
import { expect } from "vitest";
import { advance } from "../../src/core/interview.ts";
import type { Move } from "../../src/core/interview_move.ts";
import type { Interview } from "../../src/core/interview_state.ts";

/** Ada's, among peers and live. */
export const PLAN = {
  id: "r1",
  group: "g1",
  place: { platform: "web", space: "s", channel: "c" },
  case: "ads",
  host: "ada",
  mode: "peer",
  pace: "live",
  minutes: [8, 4, 6, 6, 8, 7, 6],
  turnHours: 24,
} as const;

/** A move that must be accepted. */
function accepted(round: Interview, move: Move, now: number) {
  const verdict = advance(round, move, now);
  return verdict.ok ? verdict : expect.fail(`${move.kind} was refused: ${verdict.refusal.title}`);
}

/** The round after moves that must be accepted, each at its instant. */
export const played = (round: Interview, ...moves: readonly (readonly [Move, number])[]): Interview =>
  moves.reduce((state, [move, now]) => accepted(state, move, now).state, round);

/** What a move that must be accepted makes the bot say. */
export const says = (round: Interview, move: Move, now = 0) => accepted(round, move, now).says;

/** The title of the refusal; undefined when there is none. */
export function refusal(round: Interview, move: Move, now = 0): string | undefined {
  const verdict = advance(round, move, now);
  return verdict.ok ? undefined : verdict.refusal.title;
}
