/** The playground's clock as the pages move it: forward only, one move after the other. */
import type { Instant } from "../../core/place.ts";
import { MOVE_MS } from "./wire.ts";

/** What main gives: time, and how to let it pass through everything that falls due. */
export interface PlaygroundClock {
  now(): Instant;
  /** Ticks through every due instant on the way. Never called with an instant that has passed. */
  advanceTo(target: Instant): Promise<void>;
  /** When something falls due next, for the button that goes there. */
  nextDue(): Promise<Instant | undefined>;
}

export type ClockMove = { readonly advanceMs: number } | { readonly to: Instant } | { readonly next: true };

export class WebClock {
  readonly #clock: PlaygroundClock;
  #last: Promise<unknown> = Promise.resolve();

  constructor(clock: PlaygroundClock) {
    this.#clock = clock;
  }

  now(): Instant {
    return this.#clock.now();
  }

  /** False when nothing is due, the instant has passed or lies too far ahead, or the clock is fixed: then nothing moved. */
  move(move: ClockMove): Promise<boolean> {
    const mine = this.#last.then(() => this.#move(move));
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  async #move(move: ClockMove): Promise<boolean> {
    const now = this.now();
    const target = "next" in move ? await this.#next(now) : "to" in move ? move.to : now + move.advanceMs;
    if (target === undefined || target < now || target > now + MOVE_MS) return false;
    await this.#clock.advanceTo(target);
    return this.now() >= target;
  }

  /** What is due already comes with the next heartbeat; moving to now brings it at once. */
  async #next(now: Instant): Promise<Instant | undefined> {
    const due = await this.#clock.nextDue();
    return due === undefined ? undefined : Math.max(due, now);
  }
}
