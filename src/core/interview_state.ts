/** What a mock round is, and what can be read off it. The rules that change it begin in interview.ts. */
import { STEPS } from "./content.ts";
import { BOT, MODE_RULES, type Mode } from "./interview_modes.ts";
import { HOUR, type Instant, MINUTE, type Place } from "./place.ts";

export const SEATS = ["candidate", "interviewer", "scorer"] as const;
export type Seat = (typeof SEATS)[number];

/** Seats for people in a mode. */
export const seatsIn = (mode: Mode): readonly Seat[] => SEATS.filter((seat) => seat !== "interviewer" || MODE_RULES[mode].interviewers > 0);

/** Seats that a round cannot go on without. */
export type NeededSeat = Exclude<Seat, "scorer">;

export const PACES = ["live", "async"] as const;
/** `live`: a time box per step. `async`: hours per turn, for groups across time zones. */
export type Pace = (typeof PACES)[number];

/** How long a round waits, in milliseconds: for seats at first, for who is on turn, for who takes a free seat. */
export const WAITS: { readonly [P in Pace]: { readonly lobby: number; readonly noShow: number; readonly vacancy: number } } = {
  live: { lobby: 30 * MINUTE, noShow: 10 * MINUTE, vacancy: 10 * MINUTE },
  async: { lobby: 24 * HOUR, noShow: 24 * HOUR, vacancy: 24 * HOUR },
};
/** How long scorers have after the last step of a live round; in an async one it is a turn like the others. */
export const SCORING_MINUTES = 15;
/** So long before the end of a live step all are warned. */
export const WARNING_MINUTES = 2;
/** What a live step gains when candidate or interviewer ask, once. */
export const EXTENSION_MINUTES = 3;
/** Hours per turn of an async round, unless its host says otherwise. */
export const TURN_HOURS = 24;
/** Changed assumptions in one round. */
export const MAX_CURVEBALLS = 1;
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
  readonly mode: Mode;
  readonly pace: Pace;
  /** Minutes per step of a live round, in the order of the framework. */
  readonly minutes: readonly number[];
  /** Hours per turn of an async round. */
  readonly turnHours: number;
  readonly phase: Phase;
  /** The platform's id of its thread, once that was delivered. */
  readonly thread: string | undefined;
  /** Who is on turn to answer. */
  readonly candidate: string | undefined;
  /** Who answers after the candidate, step by step, in this order; then it is the candidate's turn again. */
  readonly line: readonly string[];
  /** The first leads. Nobody where the bot interviews. */
  readonly interviewers: readonly string[];
  readonly scorers: readonly string[];
  /** Since when the round waits for a sign of who holds a seat; undefined when it does not. */
  readonly waiting: { readonly [S in NeededSeat]: Instant | undefined };
  /** One per step, in the order of the framework. */
  readonly steps: readonly StepRecord[];
  readonly curveballs: readonly Thrown[];
  readonly scores: readonly StepScore[];
}

export type Phase =
  | { readonly name: "lobby"; readonly until: Instant }
  | StepPhase
  /** A seat that is needed is free; the step waits for whoever takes it. */
  | { readonly name: "vacant"; readonly step: number; readonly prompt: number; readonly until: Instant }
  | { readonly name: "scoring"; readonly until: Instant }
  | { readonly name: "ended"; readonly how: Ending };

export interface StepPhase {
  readonly name: "step";
  readonly step: number;
  /** Which prompt of this step it is: from 2 on somebody has taken a seat in the middle of it. */
  readonly prompt: number;
  /** Undefined while the prompt is on its way: the clock starts when it was delivered. */
  readonly until: Instant | undefined;
  /** When all are to be warned that the end is near; undefined when they were, or need not be. */
  readonly warnAt: Instant | undefined;
}

export type Ending = "finished" | "cancelled" | "expired" | "deserted" | "undeliverable";

export interface StepRecord {
  readonly openedAt: Instant | undefined;
  readonly closedAt: Instant | undefined;
  readonly extended: boolean;
  readonly answers: readonly StepAnswer[];
  readonly asks: readonly Ask[];
}

export interface StepAnswer {
  readonly by: string;
  readonly text: string;
  readonly at: Instant;
  /** Came after its step had closed: kept for the candidate, scored by nobody. */
  readonly late: boolean;
}

/** What an interviewer, or the bot, asked. `probe` is its place among the probes of the step; undefined for own words. */
export interface Ask {
  readonly by: string;
  readonly text: string;
  readonly probe: number | undefined;
  readonly at: Instant;
}

/** A curveball, in the step it was thrown into. */
export interface Thrown {
  readonly id: string;
  readonly change: string;
  readonly step: number;
  readonly by: string;
  readonly at: Instant;
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

/** Grows with every step and phase but a vacancy, so that a button of an earlier one can be told apart. */
export function turnOf({ phase }: Interview): number {
  if (phase.name === "lobby") return 0;
  if (phase.name === "step" || phase.name === "vacant") return phase.step + 1;
  return phase.name === "scoring" ? STEPS.length + 1 : STEPS.length + 2;
}

export const botInterviews = ({ mode }: Interview): boolean => MODE_RULES[mode].interviewers === 0;

/** Whether several answer, in turn. */
export const takesTurns = ({ mode }: Interview): boolean => MODE_RULES[mode].candidates > 1;

/** Everybody in the candidate's seat, who is on turn first. */
export const answerersOf = ({ candidate, line }: Interview): readonly string[] => (candidate === undefined ? line : [candidate, ...line]);

export function seatOf(round: Interview, who: string): Seat | undefined {
  if (answerersOf(round).includes(who)) return "candidate";
  if (who === BOT) return botInterviews(round) ? "interviewer" : undefined;
  if (round.interviewers.includes(who)) return "interviewer";
  return round.scorers.includes(who) ? "scorer" : undefined;
}

/** Seats that a round needs and nobody holds. */
export const freeSeats = (round: Interview): readonly NeededSeat[] => [
  ...(round.candidate === undefined ? (["candidate"] as const) : []),
  ...(round.interviewers.length === 0 && !botInterviews(round) ? (["interviewer"] as const) : []),
];

/** Everybody who scores: the interviewers, who only watches, and in turns those who answer, for the steps of the others. */
export const scorersOf = (round: Interview): readonly string[] => [
  ...round.interviewers,
  ...round.scorers,
  ...(takesTurns(round) ? answerersOf(round) : []),
];

/** How many steps can be scored by now: those that have closed. */
export function closedSteps({ phase }: Interview): number {
  if (phase.name === "lobby") return 0;
  return phase.name === "step" || phase.name === "vacant" ? phase.step : STEPS.length;
}

/** The step that something said at that turn belongs to; by default the open one. */
export const stepAt = (round: Interview, turn: number | undefined): number =>
  turn === undefined ? Math.min(turnOf(round) - 1, LAST_STEP) : turn - 1;

/** Whether somebody was candidate in a step: nobody scores themselves, whatever their seat is now. */
export const hasAnswered = (round: Interview, who: string, step: number): boolean =>
  round.steps[step]?.answers.some(({ by, late }) => by === who && !late) ?? false;

export const hasScoredAll = (round: Interview, who: string): boolean =>
  STEPS.every((_, step) => hasAnswered(round, who, step) || round.scores.some((score) => score.by === who && score.step === step));

/** For how long a silent seat is kept: nobody loses theirs before the turn that was promised is over. */
export const noShowMs = ({ pace, turnHours }: Pick<Interview, "pace" | "turnHours">): number =>
  Math.max(WAITS[pace].noShow, pace === "async" ? turnHours * HOUR : 0);

/** How long a step is open from the delivery of its prompt, without an extension. */
export const stepMs = ({ pace, minutes, turnHours }: Interview, step: number): number =>
  pace === "async" ? turnHours * HOUR : (minutes[step] ?? 0) * MINUTE;

export const scoringMs = ({ pace, turnHours }: Interview): number => (pace === "async" ? turnHours * HOUR : SCORING_MINUTES * MINUTE);
