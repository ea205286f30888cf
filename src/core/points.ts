/** What effort is worth on the leaderboard. Whole points only, so that sums never drift. */
import { type DrillKind, STEPS } from "./content.ts";
import { botInterviews, hasAnswered, hasScoredAll, type Interview, takesTurns } from "./interview_state.ts";

/** An open drill or a drawing that covers everything. */
export const COVERED_POINTS = 10;
/** A choice, an estimate or an order. */
export const RIGHT_POINTS = 10;
export const TRIED_POINTS = 3;
export const QUESTION_POINTS = 5;
export const CANDIDATE_POINTS = 20;
/** On top, for the candidate: none at a median of level 1, all at level 4. */
export const CANDIDATE_MEDIAN_POINTS = 20;
/** In place of those, where nobody watched a round with the bot: none for no point of the rubrics, all for all. */
export const CANDIDATE_COVERAGE_POINTS = 10;
/** For each step that somebody answered in turn. */
export const TURN_POINTS = 6;
export const INTERVIEWER_POINTS = 15;
export const SCORER_POINTS = 10;
/** One point for so many different cards reviewed on a day, and at most so many a day. */
export const RECALL_CARDS = 5;
export const RECALL_POINTS = 4;
/** What one member can earn in one local day of a group. */
export const DAILY_CAP = 80;
/** A round earns points when at least this many of its seven steps were answered in time, by whoever is paid for it. */
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

/** The median of the steps' medians, 1 to 4; steps that only an earlier candidate answered are not this one's. In turns it is the group's. */
export const roundMedian = (round: Interview): number | undefined =>
  median(round.steps.flatMap((_, step) => (isTheirs(round, step) ? (stepMedian(round, step) ?? []) : [])));

const isTheirs = (round: Interview, step: number): boolean =>
  takesTurns(round) ||
  (round.candidate !== undefined && hasAnswered(round, round.candidate, step)) ||
  !round.steps[step]?.answers.some(({ by, late }) => by !== round.candidate && !late);

export interface RoundPoints {
  readonly member: string;
  readonly kind: "candidate" | "interviewer" | "scorer";
  readonly points: number;
}

/** Nothing for a round that did not finish or that was sat out. `earned`: the share of each step's rubric, 0 to 1. */
export function roundPoints(round: Interview, earned: readonly number[]): readonly RoundPoints[] {
  if (round.phase.name !== "ended" || round.phase.how !== "finished") return [];
  const answered = STEPS.filter((_, step) => counts(round, step, earned));
  if (answered.length < ANSWERED_STEPS) return [];
  // A second one who neither asked nor scored only held the seat.
  const took = (who: string) =>
    round.interviewers.length === 1 ||
    round.scores.some(({ by }) => by === who) ||
    round.steps.some(({ asks }) => asks.some(({ by }) => by === who));
  return [
    ...(takesTurns(round) ? turnPoints(round, earned) : candidatePoints(round, earned)),
    ...round.interviewers.filter(took).map((member) => ({ member, kind: "interviewer", points: INTERVIEWER_POINTS }) as const),
    ...round.scorers
      .filter((who) => hasScoredAll(round, who))
      .map((member) => ({ member, kind: "scorer", points: SCORER_POINTS }) as const),
  ];
}

/** Whether a step was answered; without an interviewer who heard it, by something that its rubric knows. */
function counts(round: Interview, step: number, earned: readonly number[]): boolean {
  if (botInterviews(round) && !earned[step]) return false;
  return takesTurns(round) ? hasAnswers(round, step) : round.candidate !== undefined && hasAnswered(round, round.candidate, step);
}

const hasAnswers = (round: Interview, step: number): boolean => round.steps[step]?.answers.some(({ late }) => !late) ?? false;

/** The median decides on the bonus. Where the bot interviewed and nobody scored, its reading does, for half as much (ADR 0014). */
function candidatePoints(round: Interview, earned: readonly number[]): readonly RoundPoints[] {
  const { candidate } = round;
  if (candidate === undefined) return [];
  const level = roundMedian(round);
  const read = earned.reduce((sum, share) => sum + share, 0) / STEPS.length;
  const bonus =
    level !== undefined ? (CANDIDATE_MEDIAN_POINTS * (level - 1)) / 3 : botInterviews(round) ? CANDIDATE_COVERAGE_POINTS * read : 0;
  return [{ member: candidate, kind: "candidate", points: CANDIDATE_POINTS + Math.round(bonus) }];
}

/** Of everybody who answered in turn, also of who had to leave. */
function turnPoints(round: Interview, earned: readonly number[]): readonly RoundPoints[] {
  const steps = [...STEPS.keys()].filter((step) => counts(round, step, earned));
  const members = new Set(round.steps.flatMap(({ answers }) => answers.map(({ by }) => by)));
  return [...members]
    .map(
      (member) =>
        ({ member, kind: "candidate", points: TURN_POINTS * steps.filter((step) => hasAnswered(round, member, step)).length }) as const,
    )
    .filter(({ points }) => points > 0);
}
