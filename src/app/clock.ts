/** The playground's clock: real time plus an offset that is stored and only ever grows. */
import type { Instant } from "../core/place.ts";
import type { ChatLog } from "./playground.ts";
import type { Store } from "./ports.ts";

export interface MovableClock {
  now(): Instant;
  /** When something falls due next; undefined when nothing is planned. */
  nextDue(): Promise<Instant | undefined>;
  /** Moves to `target`, stopping at every instant on the way at which something is due. Calls must not overlap. */
  advanceTo(target: Instant): Promise<void>;
}

export function createClock(offset: number, parts: { chatLog: ChatLog; store: Store; beat: () => Promise<void> }): MovableClock {
  let ahead = offset;
  const now = () => Date.now() + ahead;

  const moveTo = async (instant: Instant) => {
    ahead = Math.max(ahead, instant - Date.now());
    await parts.chatLog.moveClock(ahead);
    await parts.beat();
  };

  return {
    now,
    nextDue: () => parts.store.nextDue(now()),
    async advanceTo(target) {
      await parts.beat();
      for (let due = await parts.store.nextDue(now()); due !== undefined && due < target; due = await parts.store.nextDue(now()))
        await moveTo(due);
      await moveTo(target);
    },
  };
}

/** For a playground beside a real platform, whose members must not get tomorrow's drill today: nothing lies ahead. */
export const fixedClock = ({ now }: MovableClock): MovableClock => ({
  now,
  nextDue: async () => undefined,
  advanceTo: async () => undefined,
});
