/** The playground's clock: real time plus an offset that is stored and only ever grows. */
import type { Instant } from "../core/place.ts";
import type { ChatLog } from "./playground.ts";
import type { Store } from "./ports.ts";

export interface MovableClock {
  now(): Instant;
  /** Moves to `target`, stopping at every instant on the way at which something is due. */
  advanceTo(target: Instant): Promise<void>;
}

export function createClock(
  offset: number,
  parts: { chatLog: ChatLog; store: Store; beat: () => Promise<void>; realNow?: () => Instant },
): MovableClock {
  const realNow = parts.realNow ?? Date.now;
  let ahead = offset;
  let moving: Promise<void> = Promise.resolve();
  const now = () => realNow() + ahead;

  const moveTo = async (instant: Instant) => {
    ahead = Math.max(ahead, instant - realNow());
    await parts.chatLog.moveClock(ahead);
    await parts.beat();
  };
  const advance = async (target: Instant) => {
    await parts.beat();
    for (let due = await parts.store.nextDue(now()); due !== undefined && due < target; due = await parts.store.nextDue(now()))
      await moveTo(due);
    await moveTo(target);
  };

  return {
    now,
    advanceTo(target) {
      moving = moving.catch(() => undefined).then(() => advance(target));
      return moving;
    },
  };
}
