/** What recall and progress ask of the database. Cards belong to a member of a space, whatever the group. */
import type { Group } from "../core/group.ts";
import type { Instant, Who } from "../core/place.ts";
import type { Answered, RoundPlayed } from "../core/progress.ts";
import type { Memory, Rating } from "../core/recall.ts";
import type { SessionCard } from "../core/recall_session.ts";
import type { LocalDate } from "./daily_ports.ts";

export interface RecallCard extends SessionCard {
  /** "Not useful": it is not asked any more, until the member brings it back. */
  readonly removedAt: Instant | undefined;
}

export type NewCard = Pick<RecallCard, "ref" | "origin" | "place">;

export interface Review {
  readonly id: number;
  readonly card: number;
  readonly rating: Rating;
  readonly at: Instant;
  /** What it changed: undefined when the card was new. */
  readonly before: Memory | undefined;
}

/** What a finished round said of a member. */
export interface MemberResult extends RoundPlayed {
  readonly round: string;
}

export interface RecallReads {
  readonly recall: {
    /** All of a member's, removed ones too. */
    cards(who: Who): Promise<readonly RecallCard[]>;
    find(who: Who, id: number): Promise<RecallCard | undefined>;
    /** The member's newest review of any card. */
    lastReview(who: Who): Promise<Review | undefined>;
    /** Different cards reviewed since an instant, and those among them that were new. */
    since(who: Who, from: Instant): Promise<{ readonly cards: number; readonly introduced: number }>;
  };
  readonly homes: {
    /** The group that a member chose to be in where there is no channel. */
    of(who: Who): Promise<string | undefined>;
    /** Groups of the space that the member answered in, earned points in or played in; the oldest first. */
    groups(who: Who): Promise<readonly Group[]>;
  };
  readonly progress: {
    /** How much a member did on each local day since `from`: answers, rounds, and a day's recall as one. Days without are left out. */
    activity(
      group: Group,
      who: Who,
      from: LocalDate,
    ): Promise<readonly { readonly date: LocalDate; readonly done: number; readonly drills: number }[]>;
    /** A member's scored answers in a group since a day, newest first. */
    answers(group: string, member: string, from: LocalDate): Promise<readonly Answered[]>;
    /** What finished rounds of a group said of a member, oldest first. */
    rounds(group: string, member: string): Promise<readonly MemberResult[]>;
  };
}

export interface RecallWrites {
  readonly recall: RecallReads["recall"] & {
    /** Those that the member does not have yet; what is a card already is left as it is. Returns how many were new. */
    add(who: Who, cards: readonly NewCard[], now: Instant): Promise<number>;
    /** Stores what a review made of the card, and the review. */
    review(who: Who, card: RecallCard, memory: Memory, rating: Rating, now: Instant): Promise<void>;
    /** Takes a review back: the card is as it was before it, but for its revision. */
    undo(review: Review): Promise<void>;
    /** Takes a card out, or brings it back. */
    setRemoved(id: number, removedAt: Instant | undefined): Promise<void>;
  };
  readonly homes: RecallReads["homes"] & { choose(who: Who, group: string, now: Instant): Promise<void> };
  readonly progress: RecallReads["progress"] & {
    /** Once for each member of a round. */
    keep(group: string, member: string, result: MemberResult): Promise<void>;
  };
}
