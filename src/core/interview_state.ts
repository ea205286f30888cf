/** What a mock round is, and what can be read off it. The rules that change it are in interview.ts. */
import { STEPS } from "./content.ts";
import type { Instant, Place } from "./place.ts";

export const SEATS = ["candidate", "interviewer", "scorer"] as const;
export type Seat = (typeof SEATS)[number];

/** How long a lobby waits for its seats to be taken. */
export const LOBBY_MINUTES = 30;
/** How long scorers have after the last step. */
export const SCORING_MINUTES = 15;
/** Levels of the framework, from 1 (weakest) to 4. */
export const LEVELS = [1, 2, 3, 4] as const;

export interface Interview {
  readonly id: string;
  readonly group: string;
  /** The channel it was started in. */
  readonly place: Place & { readonly channel: string };
  /** Slug of the case. */
  readonly case: string;
  readonly host: string;
  /** Minutes per step, in the order of the framework. */
  readonly minutes: readonly number[];
  readonly phase: Phase;
  /** The platform's id of its thread, once that was delivered. */
  readonly thread: string | undefined;
  readonly candidate: string | undefined;
  readonly interviewer: string | undefined;
  readonly scorers: readonly string[];
  /** One per step, in the order of the framework. */
  readonly steps: readonly StepRecord[];
  readonly scores: readonly StepScore[];
}

export type Phase =
  | { readonly name: "lobby"; readonly until: Instant }
  /** `until` is undefined while the prompt is on its way: the clock starts when it was delivered. */
  | { readonly name: "step"; readonly step: number; readonly until: Instant | undefined }
  | { readonly name: "scoring"; readonly until: Instant }
  | { readonly name: "ended"; readonly how: Ending };

export type Ending = "finished" | "cancelled" | "expired" | "undeliverable";

export interface StepRecord {
  readonly openedAt: Instant | undefined;
  readonly closedAt: Instant | undefined;
  readonly answers: readonly StepAnswer[];
}

export interface StepAnswer {
  readonly text: string;
  readonly at: Instant;
  /** Came after its step had closed: kept for the candidate, scored by nobody. */
  readonly late: boolean;
}

export interface StepScore {
  readonly by: string;
  readonly step: number;
  readonly level: number;
  readonly worked: string | undefined;
  readonly change: string | undefined;
}

/** Index of the last step. */
export const LAST_STEP = STEPS.length - 1;

/** Grows with every phase and step, so that a button of an earlier one can be told apart. */
export function turnOf({ phase }: Interview): number {
  if (phase.name === "lobby") return 0;
  if (phase.name === "step") return phase.step + 1;
  return phase.name === "scoring" ? STEPS.length + 1 : STEPS.length + 2;
}

export function seatOf(round: Interview, who: string): Seat | undefined {
  if (round.candidate === who) return "candidate";
  if (round.interviewer === who) return "interviewer";
  return round.scorers.includes(who) ? "scorer" : undefined;
}

/** Everybody who scores the candidate: the interviewer, and who only watches. */
export const scorersOf = (round: Interview): readonly string[] =>
  round.interviewer === undefined ? round.scorers : [round.interviewer, ...round.scorers];

/** How many steps can be scored by now: those that have closed. */
export function closedSteps({ phase }: Interview): number {
  if (phase.name === "lobby") return 0;
  return phase.name === "step" ? phase.step : STEPS.length;
}

/** The step that an answer given at that turn belongs to; by default the open one. */
export const stepAt = (round: Interview, turn: number | undefined): number =>
  turn === undefined ? Math.min(turnOf(round) - 1, LAST_STEP) : turn - 1;

export const hasScoredAll = (round: Interview, who: string): boolean =>
  STEPS.every((_, step) => round.scores.some((score) => score.by === who && score.step === step));
