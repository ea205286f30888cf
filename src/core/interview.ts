/**
 * The rules of a mock round. A round is told what somebody did and when; it answers with the
 * next round and what is to be said, or with a refusal. It knows no platform, no clock, no text
 * of a case.
 */
import type { Instant, Place } from "./place.ts";

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
  /** Grows whenever the buttons drawn so far lose their meaning. */
  readonly turn: number;
  /** The platform's id of its thread, once it was delivered. */
  readonly thread: string | undefined;
  readonly candidate: string | undefined;
  readonly interviewer: string | undefined;
  readonly scorers: readonly string[];
  readonly steps: readonly StepRecord[];
  readonly scores: readonly StepScore[];
}

export type Phase =
  | { readonly name: "lobby"; readonly until: Instant }
  /** `until` is undefined while the prompt is on its way: the clock starts when it was delivered. */
  | { readonly name: "step"; readonly step: number; readonly until: Instant | undefined }
  | { readonly name: "scoring"; readonly until: Instant }
  | { readonly name: "ended"; readonly how: "finished" | "cancelled" | "expired" | "undeliverable" };

export interface StepRecord {
  readonly openedAt: Instant | undefined;
  readonly closedAt: Instant | undefined;
  readonly answers: readonly { readonly text: string; readonly at: Instant }[];
}

export interface StepScore {
  readonly by: string;
  readonly step: number;
  /** 1 to 4, against the framework's descriptions. */
  readonly level: number;
  readonly worked: string | undefined;
  readonly change: string | undefined;
}
