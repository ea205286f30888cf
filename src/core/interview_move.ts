/** What can happen to a round, what it says to that, and the small changes that its rules are made of. */
import type { Ending, Interview, NeededSeat, Seat, StepRecord } from "./interview_state.ts";
import type { Refusal } from "./refusal.ts";

export type Move =
  | { readonly kind: "take"; readonly who: string; readonly seat: Seat }
  | { readonly kind: "leave"; readonly who: string }
  | { readonly kind: "begin"; readonly who: string }
  | { readonly kind: "answer"; readonly who: string; readonly text: string; readonly turn: number | undefined }
  /** A probe of the brief, by its place there, or the interviewer's own words. */
  | {
      readonly kind: "ask";
      readonly who: string;
      readonly text: string;
      readonly probe: number | undefined;
      readonly turn: number | undefined;
    }
  | { readonly kind: "curveball"; readonly who: string; readonly id: string; readonly change: string; readonly turn: number | undefined }
  | { readonly kind: "extend"; readonly who: string; readonly turn: number | undefined }
  | { readonly kind: "next"; readonly who: string; readonly turn: number | undefined }
  /** Somebody showed that they are there, without a word to the others: they read their brief. */
  | { readonly kind: "here"; readonly who: string }
  | {
      readonly kind: "score";
      readonly who: string;
      readonly step: number;
      readonly level: number;
      readonly worked?: string | undefined;
      readonly change?: string | undefined;
    }
  | { readonly kind: "cancel"; readonly who: string; readonly organizer: boolean }
  /** Something may be due. */
  | { readonly kind: "time" }
  /** The platform has the thread, or a prompt of a step, or never will have what the round needs. */
  | { readonly kind: "threaded"; readonly thread: string }
  | { readonly kind: "prompted"; readonly step: number; readonly prompt: number }
  | { readonly kind: "undeliverable" };

export type MoveOf<K extends Move["kind"]> = Extract<Move, { kind: K }>;

/** What the round wants said; interview_voice.ts finds the words and the places. */
export type Say =
  | { readonly say: "lobby" }
  | { readonly say: "seats" }
  /** `lost`: whose turn passed to somebody else. `heard`: the bot moved on after an answer in the step before. */
  | {
      readonly say: "prompt";
      readonly step: number;
      readonly prompt: number;
      readonly lost?: string | undefined;
      readonly heard?: true | undefined;
    }
  | { readonly say: "answer"; readonly step: number; readonly nth: number }
  | { readonly say: "ask"; readonly step: number; readonly nth: number }
  | { readonly say: "curveball"; readonly nth: number }
  | { readonly say: "warning"; readonly step: number; readonly prompt: number; readonly extended: boolean }
  | { readonly say: "extended"; readonly step: number; readonly prompt: number; readonly by: string }
  | { readonly say: "vacant"; readonly step: number; readonly prompt: number; readonly seat: NeededSeat; readonly lost: readonly string[] }
  | { readonly say: "scoring" }
  | { readonly say: "ended"; readonly how: Ending };

export type SayOf<K extends Say["say"]> = Extract<Say, { say: K }>;

export type Verdict =
  | { readonly ok: true; readonly state: Interview; readonly says: readonly Say[] }
  | { readonly ok: false; readonly refusal: Refusal };

export const allowed = (state: Interview, ...says: readonly Say[]): Verdict => ({ ok: true, state, says });

export const end = (round: Interview, how: Ending): Verdict =>
  allowed({ ...round, waiting: NOBODY, phase: { name: "ended", how } }, { say: "ended", how });

/** The round waits for no one. */
export const NOBODY = { candidate: undefined, interviewer: undefined } as const;

/** Opens a step for the prompt that is then on its way. */
export const opened = (round: Interview, step: number, prompt: number): Interview => ({
  ...round,
  phase: { name: "step", step, prompt, until: undefined, warnAt: undefined },
});

export function seated(round: Interview, who: string, seat: Seat): Interview {
  const free = unseated(round, who);
  if (seat === "candidate") return free.candidate === undefined ? { ...free, candidate: who } : { ...free, line: [...free.line, who] };
  return seat === "scorer" ? { ...free, scorers: [...free.scorers, who] } : { ...free, interviewers: [...free.interviewers, who] };
}

/** Where several answer in turn, the next one moves up. */
export const unseated = (round: Interview, who: string): Interview => ({
  ...round,
  candidate: round.candidate === who ? round.line[0] : round.candidate,
  line: round.candidate === who ? round.line.slice(1) : round.line.filter((other) => other !== who),
  interviewers: round.interviewers.filter((interviewer) => interviewer !== who),
  scorers: round.scorers.filter((scorer) => scorer !== who),
});

export const withStep = (round: Interview, step: number, record: Partial<StepRecord>): Interview => ({
  ...round,
  steps: round.steps.map((old, at) => (at === step ? { ...old, ...record } : old)),
});
