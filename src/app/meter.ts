/** What an operator's figures are made of: the application says what happened, src/operations/metrics.ts counts it. */
import type { Platform } from "../core/place.ts";

export interface Meter {
  /** An invocation, from when dispatch got it until its reply was committed. */
  replied(platform: Platform, path: string, ms: number): void;
  /** One try to deliver a message. */
  delivered(platform: Platform, outcome: "sent" | "retry" | "dead", ms: number): void;
  /** One stage of a tick. */
  ticked(stage: string, ms: number, failed: boolean): void;
}

/** Counts nothing: for tests and tools. */
export const unmetered: Meter = { replied: () => undefined, delivered: () => undefined, ticked: () => undefined };
