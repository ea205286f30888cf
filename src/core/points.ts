/** What effort is worth on the leaderboard. Whole points only, so that sums never drift. */
import type { DrillKind } from "./content.ts";
import { hasAnswered, hasScoredAll, type Interview } from "./interview_state.ts";

/** An open drill or a drawing that covers everything. */
export const COVERED_POINTS = 10;
/** A choice, an estimate or an order. */
export const RIGHT_POINTS = 10;
export const TRIED_POINTS = 3;
export const QUESTION_POINTS = 5;
export const CANDIDATE_POINTS = 20;
/** On top, for the candidate: none at a median of level 1, all at level 4. */
export const CANDIDATE_MEDIAN_POINTS = 20;
export const INTERVIEWER_POINTS = 15;
export const SCORER_POINTS = 10;
/** One point for so many different cards reviewed on a day, and at most so many a day. */
export const RECALL_CARDS = 5;
export const RECALL_POINTS = 4;
/** What one member can earn in one local day of a group. */
export const DAILY_CAP = 80;
/** A round earns points when the candidate answered at least this many of the seven steps in time. */
export const ANSWERED_STEPS = 4;

/** Kinds whose score would give the answer away before the reveal. */
export const isSealed = (kind: DrillKind): boolean => kind === "choice" || kind === "estimate" || kind === "order";

export function drillPoints(kind: DrillKind, coverage: number): number {
  if (!isSealed(kind)) return Math.round(COVERED_POINTS * coverage);
  return coverage === 1 ? RIGHT_POINTS : TRIED_POINTS;
}

/** `points`, cut to what is left of the day's cap after `already`. */
export const capped = (points: number, already: number): number => Math.max(0, Math.min(points, DAILY_CAP - already));

/** What a day's reviews earn: `cards` are different ones, so that nobody is paid for pressing one again and again. */
export const recallPoints = (cards: number): number => Math.min(RECALL_POINTS, Math.floor(cards / RECALL_CARDS));

export const median = (values: readonly number[]): number | undefined => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const high = sorted[Math.floor(middle)];
  const low = sorted[Math.ceil(middle) - 1];
  return high === undefined || low === undefined ? undefined : (high + low) / 2;
};

/** The median of one step's levels; undefined when nobody scored it. */
export const stepMedian = (round: Interview, step: number): number | undefined =>
  median(round.scores.filter((score) => score.step === step).map((score) => score.level));

/** The median of the steps' medians, 1 to 4; steps that only an earlier candidate answered are not this one's. */
export const roundMedian = (round: Interview): number | undefined =>
  median(round.steps.flatMap((_, step) => (isTheirs(round, step) ? (stepMedian(round, step) ?? []) : [])));

const isTheirs = (round: Interview, step: number): boolean =>
  (round.candidate !== undefined && hasAnswered(round, round.candidate, step)) ||
  !round.steps[step]?.answers.some(({ by, late }) => by !== round.candidate && !late);

export interface RoundPoints {
  readonly member: string;
  readonly kind: "candidate" | "interviewer" | "scorer";
  readonly points: number;
}

/** Nothing for a round that did not finish or that the candidate sat out. */
export function roundPoints(round: Interview): readonly RoundPoints[] {
  const { candidate, interviewers, phase } = round;
  const finished = phase.name === "ended" && phase.how === "finished";
  const answered = candidate === undefined ? 0 : round.steps.filter((_, step) => hasAnswered(round, candidate, step)).length;
  if (!finished || answered < ANSWERED_STEPS || candidate === undefined) return [];
  const level = roundMedian(round);
  const bonus = level === undefined ? 0 : Math.round((CANDIDATE_MEDIAN_POINTS * (level - 1)) / 3);
  // A second one who neither asked nor scored only held the seat.
  const took = (who: string) =>
    interviewers.length === 1 ||
    round.scores.some(({ by }) => by === who) ||
    round.steps.some(({ asks }) => asks.some(({ by }) => by === who));
  return [
    { member: candidate, kind: "candidate", points: CANDIDATE_POINTS + bonus },
    ...interviewers.filter(took).map((member) => ({ member, kind: "interviewer", points: INTERVIEWER_POINTS }) as const),
    ...round.scorers
      .filter((who) => hasScoredAll(round, who))
      .map((member) => ({ member, kind: "scorer", points: SCORER_POINTS }) as const),
  ];
}
