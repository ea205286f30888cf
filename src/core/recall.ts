/**
 * When a card comes back: FSRS-6 with its published weights, told the time and without chance, so that
 * the interval on a button is the one that pressing it gives. See docs/adr/0020.
 */
import { type Card, createEmptyCard, fsrs, Rating as Grade, State } from "ts-fsrs";
import { type Instant, MINUTE } from "./place.ts";

/** Worst to best. */
export const RATINGS = ["again", "hard", "good", "easy"] as const;
export type Rating = (typeof RATINGS)[number];

/** Chance of recall at which a card comes back. */
export const RETENTION = 0.9;
/** Days. An interview is months away, not decades. FSRS keeps the four apart, so "easy" may be 2 more. */
export const LONGEST_INTERVAL = 180;

const PHASES = ["new", "learning", "review", "relearning"] as const;

/** What is known of a member's memory of one card, as plain JSON. */
export interface Memory {
  /** `learning` and `relearning` come back within the session, `review` on a later day. */
  readonly phase: (typeof PHASES)[number];
  readonly due: Instant;
  /** Days after which the chance of recall is 90 %. */
  readonly stability: number;
  /** 1 to 10. */
  readonly difficulty: number;
  readonly reviews: number;
  readonly lapses: number;
  readonly reviewedAt: Instant | undefined;
  /** Of the steps of minutes, which one is next. */
  readonly step: number;
  /** Days, as it was scheduled; 0 within a session. */
  readonly interval: number;
}

// One step of ten minutes: a session takes ten minutes, and what was forgotten comes back at its end.
const scheduler = fsrs({
  request_retention: RETENTION,
  maximum_interval: LONGEST_INTERVAL,
  enable_fuzz: false,
  enable_short_term: true,
  learning_steps: ["10m"],
  relearning_steps: ["10m"],
});

const GRADES = { again: Grade.Again, hard: Grade.Hard, good: Grade.Good, easy: Grade.Easy } as const;

/** The memory after saying how well it went; `undefined` is a card that was never shown. */
export const reviewed = (memory: Memory | undefined, rating: Rating, now: Instant): Memory =>
  memoryOf(scheduler.next(cardOf(memory, now), now, GRADES[rating]).card);

/** When the card would come back, for each rating: grows from again to easy. */
export function previewed(memory: Memory | undefined, now: Instant): Readonly<Record<Rating, Instant>> {
  const next = scheduler.repeat(cardOf(memory, now), now);
  const due = (rating: Rating): Instant => next[GRADES[rating]].card.due.getTime();
  return { again: due("again"), hard: due("hard"), good: due("good"), easy: due("easy") };
}

/** "10 min", "3 d", "4 mo": as short as a button needs. */
export function intervalInWords(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / MINUTE));
  if (minutes < 60) return `${minutes} min`;
  const days = Math.round(minutes / 1_440);
  if (days < 1) return `${Math.round(minutes / 60)} h`;
  return days < 60 ? `${days} d` : `${Math.round(days / 30.4)} mo`;
}

/** Whether it comes back within the session, by the minute, and not on a later day. */
export const isShortTerm = ({ phase }: Memory): boolean => phase !== "review";

function cardOf(memory: Memory | undefined, now: Instant): Parameters<typeof scheduler.next>[0] {
  if (!memory) return createEmptyCard(now);
  return {
    due: memory.due,
    stability: memory.stability,
    difficulty: memory.difficulty,
    elapsed_days: 0,
    scheduled_days: memory.interval,
    learning_steps: memory.step,
    reps: memory.reviews,
    lapses: memory.lapses,
    state: STATES[memory.phase],
    last_review: memory.reviewedAt ?? null,
  };
}

const STATES = { new: State.New, learning: State.Learning, review: State.Review, relearning: State.Relearning } as const;

const memoryOf = (card: Card): Memory => ({
  phase: PHASES[card.state],
  due: card.due.getTime(),
  stability: card.stability,
  difficulty: card.difficulty,
  reviews: card.reps,
  lapses: card.lapses,
  reviewedAt: card.last_review?.getTime(),
  step: card.learning_steps,
  interval: card.scheduled_days,
});
