/** How far a member has come: steps, balance, and what would help them most now. */
import { STEPS, type Step, type Tradeoff } from "./content.ts";
import type { Drills } from "./drill.ts";
import { type PointState, WORTH } from "./grading.ts";
import { hash } from "./hash.ts";
import { DAY, type Instant } from "./place.ts";

/** A member's scored answer to a drill. */
export interface Answered {
  readonly drill: string;
  /** 0 to 1. */
  readonly coverage: number;
  /** How each rubric point of an open drill was answered, by its id. */
  readonly states: Readonly<Record<string, PointState>>;
}

export interface RoundPlayed {
  readonly at: Instant;
  /** Median level; undefined when nobody scored, or for who was not the candidate. */
  readonly level: number | undefined;
  /** One for each step; null where somebody else answered. */
  readonly coverage: readonly (number | null)[];
  readonly system: number;
  readonly ml: number;
}

export interface StepProfile {
  readonly step: Step;
  /** Mean over the answers, 0 to 1; undefined before the first. */
  readonly coverage: number | undefined;
  /** Drills and steps of rounds. */
  readonly answers: number;
}

/** One for each step of the framework. A drill that practises several steps counts for each of them. */
export function profileOf(answered: readonly Answered[], rounds: readonly RoundPlayed[], drills: Drills): readonly StepProfile[] {
  return STEPS.map((step, at) => {
    const shares = [
      ...answered.filter(({ drill }) => drills.get(drill)?.steps.includes(step)).map(({ coverage }) => coverage),
      ...rounds.flatMap(({ coverage }) => coverage[at] ?? []),
    ];
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    return { step, coverage: shares.length === 0 ? undefined : mean, answers: shares.length };
  });
}

/** Share of the earned rubric weight on the system side, 0 to 1; undefined when nothing was earned. The aim is 0.7. */
export function systemShareOf(answered: readonly Answered[], rounds: readonly RoundPlayed[], drills: Drills): number | undefined {
  let system = rounds.reduce((sum, round) => sum + round.system, 0);
  let ml = rounds.reduce((sum, round) => sum + round.ml, 0);
  for (const { drill: id, states } of answered) {
    const drill = drills.get(id);
    // A group's own points have no side.
    if (drill?.kind !== "open" || drill.by !== undefined) continue;
    for (const { id: point, side, weight } of drill.rubric) {
      const earned = weight * WORTH[states[point] ?? "missed"];
      if (side === "system") system += earned;
      else ml += earned;
    }
  }
  return system + ml === 0 ? undefined : system / (system + ml);
}

/** Without a round for so long, a round is what is missing. */
const MOCK_DAYS = 14;
/** From fewer answers nobody can tell a weak step from a bad day. */
const FEWEST_ANSWERS = 2;

export interface Situation {
  readonly now: Instant;
  /** The group's newest drill is open and unanswered: until when. */
  readonly openUntil: Instant | undefined;
  /** Recall cards that wait now, new ones included. */
  readonly waiting: number;
  readonly profile: readonly StepProfile[];
  readonly lastRound: Instant | undefined;
  /** Decides between what is equally good, and is the same all day. */
  readonly seed: string;
}

export type Suggestion =
  | { readonly kind: "daily"; readonly until: Instant }
  | { readonly kind: "recall"; readonly waiting: number }
  | { readonly kind: "mock"; readonly days: number | undefined }
  | { readonly kind: "step"; readonly step: Step; readonly tradeoff: string }
  | { readonly kind: "rest" };

/** One thing: what closes first, then what is forgotten first, then what was not done for long, then what is weak. */
export function suggestionFor(situation: Situation, tradeoffs: ReadonlyMap<string, Tradeoff>): Suggestion {
  const { now, openUntil, waiting, profile, lastRound, seed } = situation;
  if (openUntil !== undefined) return { kind: "daily", until: openUntil };
  if (waiting > 0) return { kind: "recall", waiting };
  const days = lastRound === undefined ? undefined : Math.floor((now - lastRound) / DAY);
  if (days === undefined || days >= MOCK_DAYS) return { kind: "mock", days };
  const [weakest] = profile.filter(({ answers }) => answers >= FEWEST_ANSWERS).sort((a, b) => (a.coverage ?? 0) - (b.coverage ?? 0));
  const fitting = [...tradeoffs].filter(([, { steps }]) => weakest && steps.includes(weakest.step)).map(([slug]) => slug);
  const tradeoff = fitting[hash(seed) % Math.max(1, fitting.length)];
  return weakest && tradeoff !== undefined ? { kind: "step", step: weakest.step, tradeoff } : { kind: "rest" };
}
