/**
 * What the application asks of the database. One noun, one interface; row types stay in the store.
 *
 * - group: a channel and its schedule.       - slot: all groups that share zone, time and weekdays.
 * - post: a group's drill of one local day; replaced by an organizer, it gets another edition.
 * - answer: what a member sent for a post.   - question: a drill that a group's members made themselves.
 * - round: a mock interview.                 - ledger: points, append-only.
 * - board: the ledger's sums by scope and period, ranked.  - season: a stretch of time that an organizer named.
 * - void: an entry of the ledger that takes back another.
 * - card: something a member should know by heart; its words are the bank's.
 * - plan: a round announced for an hour.     - match: who plays together this week, of those in the pairing.
 * - outbox: effects to deliver, once each.   - lane: the place whose order the outbox keeps.
 * - invocation: something a person did; its id is seen once.
 * - lease: for how long a worker may hold an outbox row; the server's clock counts it.
 */
import type { Effect } from "../core/effect.ts";
import type { Group, Schedule, Settings } from "../core/group.ts";
import type { Interview } from "../core/interview_state.ts";
import type { Instant, Member, Place, Platform, Who } from "../core/place.ts";
import type { View } from "../core/view.ts";
import type { BoardReads, BoardWrites, Entry } from "./board_ports.ts";
import type { DailyReads, DailyWrites, LocalDate } from "./daily_ports.ts";
import type { MockReads, MockWrites } from "./mock_ports.ts";
import type { PersonalWrites } from "./personal_ports.ts";
import type { RecallReads, RecallWrites } from "./recall_ports.ts";
import type { Spaces } from "./space_ports.ts";
import type { StudyReads, StudyWrites } from "./study_ports.ts";

export type * from "./board_ports.ts";
export type * from "./daily_ports.ts";
export type * from "./mock_ports.ts";
export type * from "./recall_ports.ts";

export interface Award {
  /** Unique for ever: the same award twice is one. */
  readonly key: string;
  readonly group: string;
  readonly member: string;
  readonly kind: "drill" | "question" | "candidate" | "interviewer" | "scorer" | "recall";
  readonly points: number;
  readonly at: Instant;
  /** The group's local day of `at`; the one of its zone now unless given. */
  readonly day?: LocalDate;
}

/** Reading only; a form and a completion get no more than this. */
export interface Reads extends DailyReads, BoardReads, MockReads, RecallReads, StudyReads {
  readonly groups: {
    /** By the channel of the place, whether or not it is a thread. */
    at(place: Place): Promise<Group | undefined>;
    find(id: string): Promise<Group | undefined>;
    /** Those of these ids that there are, by id. */
    these(ids: readonly string[]): Promise<ReadonlyMap<string, Group>>;
  };
  readonly calendar: {
    /** The next `count` instants of a schedule, strictly after `after`, without a group's days off. */
    upcoming(schedule: Schedule, after: Instant, count: number, group: string): Promise<readonly Instant[]>;
    localDate(zone: string, at: Instant): Promise<LocalDate>;
    /** The instant at which the local day, month, or week that begins on Monday, of `at` began. */
    startOf(unit: "day" | "week" | "month", zone: string, at: Instant): Promise<Instant>;
  };
  readonly rounds: {
    find(id: string): Promise<Interview | undefined>;
    /** Not yet ended, oldest first. */
    active(group: string): Promise<readonly Interview[]>;
    /** The round whose thread this place is in. */
    inThread(place: Place): Promise<Interview | undefined>;
    /** Of those that have ended, the one that was started last. */
    last(group: string): Promise<Interview | undefined>;
    /** Of those that have ended, the ones started last. */
    ended(group: string, limit: number): Promise<readonly Interview[]>;
  };
  readonly ledger: {
    /**
     * The group's local day of an instant, and what a member earned on it, voided or not: what was taken back
     * leaves no room under the day's cap.
     */
    earnedOn(group: string, member: string, at: Instant): Promise<{ readonly day: LocalDate; readonly points: number }>;
    /** A member's entries, newest first, without the first `skip`. */
    entries(group: string, member: string, limit: number, skip?: number): Promise<readonly Entry[]>;
    entry(group: string, id: number): Promise<Entry | undefined>;
  };
  readonly members: {
    /** Last seen display names; an id never seen is absent. */
    names(place: Place, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
    /** Those of the space with that id, or whose name contains what was typed; by name. */
    like(place: Place, typed: string, limit: number): Promise<readonly { readonly id: string; readonly name: string }[]>;
  };
}

/** One transaction: everything in it commits together or not at all. */
export interface Tx
  extends Omit<Reads, keyof DailyReads | keyof BoardReads | keyof MockReads | keyof RecallReads | keyof StudyReads>,
    DailyWrites,
    BoardWrites,
    MockWrites,
    RecallWrites,
    StudyWrites,
    PersonalWrites {
  /** Waits for, and holds until the end of the transaction, the right to change one aggregate. */
  lock(aggregate: `group/${string}` | `interview/${string}` | `post/${string}` | `member/${string}` | `plan/${string}`): Promise<void>;
  readonly invocations: {
    /** Whether an id is seen for the first time; nothing but the id is kept. */
    first(id: string, who: Who, now: Instant): Promise<boolean>;
    /** First sight of an id: `undefined`, and who acts is remembered. Seen before: the reply it got. */
    seen(id: string, who: Member, now: Instant): Promise<{ readonly reply: View } | undefined>;
    replied(id: string, reply: View): Promise<void>;
  };
  readonly outbox: {
    /** Keyed: what is there already is left as it is, unless it is dead: then it is tried anew. */
    put(effects: readonly Effect[], now: Instant): Promise<void>;
    /** Marks a leased row sent. False when it was settled already. */
    sent(key: string, remote: string): Promise<boolean>;
    /** The oldest notices to a member of a space that could not be delivered, at most `limit`; from now on they count as read. */
    unread(place: Place, member: string, limit: number): Promise<readonly View[]>;
    /** Whether an effect of that key was put before. */
    known(key: string): Promise<boolean>;
    /** Marks a row dead, and all that depended on it; returns the effects that died, this one first. */
    dead(key: string, reason: string): Promise<readonly Effect[]>;
  };
  readonly groups: Reads["groups"] & {
    /** The group of the place's channel, made with `id` when there is none. */
    ensure(place: Place & { readonly channel: string }, id: string, now: Instant): Promise<Group>;
    /** Sets or changes the schedule; due from `now` on. Ends a pause. */
    schedule(id: string, schedule: Schedule, now: Instant): Promise<void>;
    /** Changes what is given, leaves the rest. */
    set(id: string, settings: Partial<Settings>): Promise<void>;
    /** Due from `now` on. False when it was not paused. */
    resume(id: string, now: Instant): Promise<boolean>;
    /** False when it was paused already. */
    pause(id: string, reason: string, now: Instant): Promise<boolean>;
    /** Pauses all groups of a space that are not paused; how many. */
    pauseSpace(platform: Platform, space: string, reason: string, now: Instant): Promise<number>;
    /** Those of these spaces that were paused for that reason are due from `now` on; how many. */
    resumeSpaces(platform: Platform, spaces: readonly string[], reason: string, now: Instant): Promise<number>;
  };
  readonly rounds: Reads["rounds"] & {
    save(round: Interview): Promise<void>;
    /** Ids of rounds whose deadline has passed, locked for this transaction. */
    claimLate(now: Instant, limit: number, without?: readonly string[]): Promise<readonly string[]>;
  };
  readonly ledger: Reads["ledger"] & {
    award(awards: readonly Award[]): Promise<void>;
    /** Takes an entry back, or makes a voided one count again, by another entry of the same day. False when it stands so already. */
    setVoid(entry: number, voided: boolean, by: string, reason: string, now: Instant): Promise<boolean>;
  };
  /** Deletes at most `limit` rows of each kind that nobody will ask for again; returns how many of the kind with the most. */
  sweep(now: Instant, limit: number): Promise<number>;
  readonly modelCalls: {
    /** Counts a call of the language model on a UTC day; false when the member's or the whole budget is used up. */
    take(day: LocalDate, who: string, perMember: number, inAll: number): Promise<boolean>;
  };
  readonly members: Reads["members"] & { remember(who: Member, now: Instant): Promise<void> };
  readonly spaces: Spaces;
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

/** How much waits to be said, of a platform in a state: free to be claimed, leased by a worker, or waiting for another try. */
export interface Backlog {
  readonly platform: Platform;
  readonly state: "free" | "leased" | "retry";
  readonly messages: number;
  /** Since the oldest of them was put, in milliseconds. */
  readonly oldestMs: number;
}

/** The earliest instant at which there is something of a kind to do; undefined where there is nothing. */
export interface Agenda {
  /** Deadlines and warnings of rounds. */
  readonly rounds: Instant | undefined;
  /** Reminders and hours of planned rounds. */
  readonly plans: Instant | undefined;
  readonly pairings: Instant | undefined;
  readonly schedules: Instant | undefined;
  readonly reveals: Instant | undefined;
  readonly reminders: Instant | undefined;
  /** Posts that wait for their drill. */
  readonly drills: Instant | undefined;
  readonly digests: Instant | undefined;
  /** Counts of scores to put together. */
  readonly boards: Instant | undefined;
}

export interface Store {
  readonly read: Reads;
  readonly queue: OutboxQueue;
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  backlog(now: Instant): Promise<readonly Backlog[]>;
  /** Strictly after an instant, or at all. */
  agenda(after?: Instant): Promise<Agenda>;
  /** The earliest of the agenda. */
  nextDue(after: Instant): Promise<Instant | undefined>;
  /** One trip to the database; throws when it does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
