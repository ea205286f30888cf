/** A recall session: which card is next, how many are left, and when the next one comes. */
import { type Instant, MINUTE } from "./place.ts";
import { isShortTerm, type Memory } from "./recall.ts";
import type { Origin } from "./recall_card.ts";

/** Cards that a member sees for the first time, a day. Each comes back about four times in its first month. */
export const NEW_A_DAY = 8;
/** What comes back so soon is shown when nothing else is left, so that a session ends in one go. */
export const AHEAD = 20 * MINUTE;

export interface SessionCard {
  readonly id: number;
  readonly ref: string;
  readonly origin: Origin;
  readonly addedAt: Instant;
  /** Among those added together. */
  readonly place: number;
  /** Undefined while new. */
  readonly memory: Memory | undefined;
  /** Grows with everything that happens to the card, so that a button of an earlier state can be told apart. */
  readonly revision: number;
}

export interface Clock {
  readonly now: Instant;
  /** When the member's day ends: what is due on it is due already. */
  readonly dayEnds: Instant;
}

export interface Session<C extends SessionCard> {
  readonly next: C | undefined;
  /** Cards that were seen before and are due. */
  readonly due: number;
  /** New cards that today still has room for, those that the deck will give included. */
  readonly fresh: number;
  /** When there is something again; undefined while there is something now, or nothing at all. */
  readonly nextAt: Instant | undefined;
}

/**
 * `cards` are those that can be asked now; `introduced` counts those first shown today, `deckLeft` those of
 * the deck that the member does not have yet.
 */
export function sessionOf<C extends SessionCard>(cards: readonly C[], introduced: number, deckLeft: number, clock: Clock): Session<C> {
  const seen = cards.filter(({ memory }) => memory !== undefined).sort((a, b) => dueOf(a) - dueOf(b) || a.id - b.id);
  const fresh = freshIn(cards);
  const room = Math.max(0, NEW_A_DAY - introduced);
  const due = seen.filter((card) => dueBy(card, clock));
  const soon = seen.filter((card) => !dueBy(card, clock) && dueOf(card) <= clock.now + AHEAD && shortTerm(card));
  const next = due[0] ?? (room > 0 ? fresh[0] : undefined) ?? soon[0];
  const waiting = seen.find((card) => !dueBy(card, clock));
  const newTomorrow = fresh.length + deckLeft > 0 ? clock.dayEnds : undefined;
  const nextAt = next ? undefined : earliest(waiting && dueOf(waiting), newTomorrow);
  return { next, due: due.length + soon.length, fresh: Math.min(room, fresh.length + deckLeft), nextAt };
}

/** How many more new cards it takes until today's room for them is full. */
export const roomForNew = (cards: readonly SessionCard[], introduced: number): number =>
  Math.max(0, NEW_A_DAY - introduced - freshIn(cards).length);

/** What was missed comes before the deck, the latest first: it is what the member just ran into. */
function freshIn<C extends SessionCard>(cards: readonly C[]): readonly C[] {
  const fromDeck = ({ origin }: C) => (origin === "deck" ? 1 : 0);
  const order = (a: C, b: C) => fromDeck(a) - fromDeck(b) || (fromDeck(a) ? a.addedAt - b.addedAt : b.addedAt - a.addedAt);
  return cards.filter(({ memory }) => memory === undefined).sort((a, b) => order(a, b) || a.place - b.place || a.id - b.id);
}

const dueOf = ({ memory }: SessionCard): Instant => memory?.due ?? 0;
const shortTerm = ({ memory }: SessionCard): boolean => memory !== undefined && isShortTerm(memory);

/** By the minute within a session, by the day after it: a card of this evening is not asked for at noon only. */
const dueBy = (card: SessionCard, { now, dayEnds }: Clock): boolean => (shortTerm(card) ? dueOf(card) <= now : dueOf(card) < dayEnds);

const earliest = (...instants: readonly (Instant | undefined)[]): Instant | undefined => {
  const known = instants.filter((at) => at !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
};
