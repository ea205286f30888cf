/**
 * What the application asks of the database. One noun, one interface; row types stay in the store.
 *
 * - group: a channel and its schedule.       - slot: all groups that share zone, time and weekdays.
 * - post: a group's drill of one local day.  - answer: what a member sent for a post.
 * - round: a mock interview.                 - ledger: points, append-only.
 * - outbox: effects to deliver, once each.   - lane: the place whose order the outbox keeps.
 * - invocation: something a person did; its id is seen once.
 * - lease: for how long a worker may hold an outbox row; the server's clock counts it.
 */
import type { Effect } from "../core/effect.ts";
import type { PointGrade } from "../core/grading.ts";
import type { Group, Schedule } from "../core/group.ts";
import type { Interview } from "../core/interview_state.ts";
import type { Instant, Member, Place, Platform } from "../core/place.ts";
import type { View } from "../core/view.ts";

/** "YYYY-MM-DD", a day in a group's own zone. */
export type LocalDate = string;

export interface PostRef {
  readonly group: string;
  readonly date: LocalDate;
}

export interface Post extends PostRef {
  /** due: claimed from the schedule, no drill yet. skipped: the bot was down past the window. */
  readonly state: "due" | "open" | "revealed" | "skipped";
  readonly dueAt: Instant;
  readonly drill: string | undefined;
  readonly revealAt: Instant | undefined;
  /** When the platform had it; undefined while it waits in the outbox. */
  readonly deliveredAt: Instant | undefined;
}

export interface Answer extends PostRef {
  readonly member: string;
  /** 1 for the first; only the first can score. */
  readonly nth: number;
  readonly text: string;
  readonly at: Instant;
  /** scored: first and on time. improved: later, before the reveal. practice: after the reveal. */
  readonly standing: "scored" | "improved" | "practice";
  /** Share of the drill's weight that was earned, 0 to 1. */
  readonly coverage: number;
  readonly grades: readonly PointGrade[];
}

export interface Award {
  /** Unique for ever: the same award twice is one. */
  readonly key: string;
  readonly group: string;
  readonly member: string;
  readonly kind: "drill" | "candidate" | "interviewer" | "scorer";
  readonly points: number;
  readonly at: Instant;
}

export interface Standing {
  readonly member: string;
  readonly name: string;
  readonly points: number;
}

/** Reading only; a form and a completion get no more than this. */
export interface Reads {
  readonly groups: {
    /** By the channel of the place, whether or not it is a thread. */
    at(place: Place): Promise<Group | undefined>;
    find(id: string): Promise<Group | undefined>;
  };
  readonly calendar: {
    /** The next `count` instants of a schedule, strictly after `after`. */
    upcoming(schedule: Schedule, after: Instant, count: number): Promise<readonly Instant[]>;
    localDate(zone: string, at: Instant): Promise<LocalDate>;
    /** The instant at which the local day, or the week that begins on Monday, of `at` began. */
    startOf(unit: "day" | "week", zone: string, at: Instant): Promise<Instant>;
  };
  readonly posts: {
    find(ref: PostRef): Promise<Post | undefined>;
    /** The group's newest post that has a drill. */
    newest(group: string): Promise<Post | undefined>;
    /** Ids of the drills the group has had, oldest first. */
    drillsSeen(group: string): Promise<readonly string[]>;
  };
  readonly answers: {
    /** A member's answers to a post, first to last. */
    of(ref: PostRef, member: string): Promise<readonly Answer[]>;
    /** Everybody's scored answers to a post. */
    scored(ref: PostRef): Promise<readonly Answer[]>;
  };
  readonly rounds: {
    find(id: string): Promise<Interview | undefined>;
    /** Not yet ended, oldest first. */
    active(group: string): Promise<readonly Interview[]>;
    /** The round whose thread this place is in. */
    inThread(place: Place): Promise<Interview | undefined>;
  };
  readonly ledger: {
    /** Sums since `from` (undefined: all time), highest first, then by name. Nobody with 0 points. */
    board(group: string, from: Instant | undefined): Promise<readonly Standing[]>;
    /** What a member earned in [from, to). */
    earned(group: string, member: string, from: Instant, to: Instant): Promise<number>;
  };
  readonly members: {
    /** Last seen display names; an id never seen is absent. */
    names(place: Place, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  };
}

/** One transaction: everything in it commits together or not at all. */
export interface Tx extends Reads {
  /** Waits for, and holds until the end of the transaction, the right to change one aggregate. */
  lock(aggregate: `group/${string}` | `interview/${string}` | `post/${string}` | `member/${string}`): Promise<void>;
  readonly invocations: {
    /** First sight of an id: `undefined`. Seen before: the reply it got. */
    seen(id: string, now: Instant): Promise<{ readonly reply: View } | undefined>;
    replied(id: string, reply: View): Promise<void>;
  };
  readonly outbox: {
    /** Keyed: what is there already is left as it is, unless it is dead: then it is tried anew. */
    put(effects: readonly Effect[], now: Instant): Promise<void>;
    /** Marks a leased row sent. False when it was settled already. */
    sent(key: string, remote: string): Promise<boolean>;
    /** Marks a row dead, and all that depended on it; returns the effects that died, this one first. */
    dead(key: string, reason: string): Promise<readonly Effect[]>;
  };
  readonly groups: Reads["groups"] & {
    /** The group of the place's channel, made with `id` when there is none. */
    ensure(place: Place & { readonly channel: string }, id: string, now: Instant): Promise<Group>;
    /** Sets or changes the schedule; due from `now` on. Ends a pause. */
    schedule(id: string, schedule: Schedule, organizers: readonly string[], now: Instant): Promise<void>;
    /** False when it was paused already. */
    pause(id: string, reason: string, now: Instant): Promise<boolean>;
  };
  readonly posts: Reads["posts"] & {
    /** A bare post for a day that has none yet, or whose post was skipped; false when the day has one. */
    add(ref: PostRef, dueAt: Instant): Promise<boolean>;
    /** Gives a due post its drill. */
    open(ref: PostRef, drill: string, revealAt: Instant): Promise<void>;
    delivered(ref: PostRef, at: Instant): Promise<void>;
    /** A post that nobody has seen becomes skipped: there was nothing to post, or no way to. */
    skip(ref: PostRef): Promise<void>;
    /**
     * Slots due at `now`: inserts the bare posts of their groups and advances the slots, in one
     * statement. The newest missed day inside a group's catch-up window is due, older ones are
     * skipped. Returns how many posts became due, and which newest days were skipped.
     */
    claimSlots(now: Instant): Promise<{ readonly due: number; readonly skipped: readonly PostRef[] }>;
    /** Bare posts to give a drill, locked for this transaction; other workers pass over them. */
    claimDue(limit: number): Promise<readonly Post[]>;
    /** Open posts whose reveal is due, already marked revealed by this call. */
    claimReveals(now: Instant, limit: number): Promise<readonly Post[]>;
  };
  readonly answers: Reads["answers"] & { add(answer: Answer): Promise<void> };
  readonly rounds: Reads["rounds"] & {
    save(round: Interview): Promise<void>;
    /** Ids of rounds whose deadline has passed, locked for this transaction. */
    claimLate(now: Instant, limit: number): Promise<readonly string[]>;
  };
  readonly ledger: Reads["ledger"] & { award(awards: readonly Award[]): Promise<void> };
  readonly members: Reads["members"] & { remember(who: Member, now: Instant): Promise<void> };
}

/** An outbox row that this worker holds a lease on. Its places and messages are resolved. */
export interface Claimed {
  readonly effect: Effect;
  readonly attempt: number;
  /** Where it goes: the effect's place, with the thread that was created for it. */
  readonly to: Place;
  /** The platform's id of the message that an edit or a thread is about. */
  readonly message: string | undefined;
  /** The effect it needs will never be sent: to be given up, not delivered. */
  readonly orphaned?: true;
}

export interface OutboxQueue {
  /**
   * Leases up to `limit` effects of a platform, at most one per lane and each the oldest unsent
   * of its lane; those whose root or thread is not there yet wait.
   */
  claim(platform: Platform, limit: number, leaseMs: number): Promise<readonly Claimed[]>;
  /** Gives a leased row back, to be tried again after `afterMs` of real time. */
  retry(key: string, afterMs: number, reason: string): Promise<void>;
  /** Gives back every lease; only for a process that knows it is alone. */
  releaseLeases(): Promise<void>;
}

export interface Store {
  readonly read: Reads;
  readonly queue: OutboxQueue;
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** The earliest instant after `after` at which a slot, a reveal or a deadline is due. */
  nextDue(after: Instant): Promise<Instant | undefined>;
  /** One trip to the database; throws when it does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
