/** What the daily drill asks of the database. The words are explained in ports.ts. */
import type { Why } from "../core/drill_choice.ts";
import type { PointGrade } from "../core/grading.ts";
import type { OwnQuestion } from "../core/own_question.ts";
import type { Instant, Place } from "../core/place.ts";
import type { Day } from "../core/streak.ts";

/** "YYYY-MM-DD", a day in a group's own zone. */
export type LocalDate = string;

export interface PostRef {
  readonly group: string;
  readonly date: LocalDate;
  /** 1 for the day's own; each replacement by an organizer is the next. */
  readonly edition: number;
}

/** Claimed from the schedule, without a drill yet. */
export interface BarePost extends PostRef {
  readonly dueAt: Instant;
}

export interface Post extends BarePost {
  /** due: a bare one. skipped: nobody saw it. replaced: by the next edition. */
  readonly state: "due" | "open" | "revealed" | "skipped" | "replaced";
  readonly drill: string | undefined;
  readonly revealAt: Instant | undefined;
  /** When the platform had it; undefined while it waits in the outbox. */
  readonly deliveredAt: Instant | undefined;
  /** Why this drill was chosen. */
  readonly why: Why | undefined;
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
  /** What it earns at the reveal; 0 where it was paid at once, or earns nothing. */
  readonly points: number;
}

/** A member says that their first answer earns a point that the grader did not see. */
export interface Dispute extends PostRef {
  readonly id: string;
  readonly member: string;
  readonly drill: string;
  /** Id of the rubric point. */
  readonly point: string;
  /** The member's words that say it. */
  readonly words: string;
  readonly state: "open" | "confirmed" | "rejected";
  readonly at: Instant;
}

export interface Vote {
  readonly voter: string;
  readonly agrees: boolean;
}

/** A member says that a drill is bad. */
export interface Report extends PostRef {
  readonly member: string;
  readonly drill: string;
  readonly reason: string;
  readonly note: string;
  readonly at: Instant;
}

/** A group's own question. */
export interface Question {
  readonly id: string;
  readonly group: string;
  readonly author: string;
  readonly state: "proposed" | "approved" | "declined" | "retired";
  readonly body: OwnQuestion;
  readonly at: Instant;
}

export interface DayOff {
  readonly first: LocalDate;
  readonly last: LocalDate;
}

/** What a group has had, as far as the choice of its next drill asks. */
export interface GroupPast {
  /** Its drills, oldest first. */
  readonly seen: readonly { readonly drill: string; readonly edition: number; readonly dueAt: Instant }[];
  /** Mean coverage of the scored answers to each, since an instant. */
  readonly answered: readonly { readonly drill: string; readonly coverage: number; readonly answers: number }[];
  /** Its own approved questions. */
  readonly own: readonly Question[];
  /** Cases of all rounds of its space that are open, or planned with a case of their own. */
  readonly playing: readonly string[];
}

/** A drill for a post that is due. */
export interface Opening extends PostRef {
  readonly drill: string;
  readonly why: Why;
  readonly revealAt: Instant;
  readonly remindAt: Instant;
}

export interface DailyReads {
  readonly posts: {
    find(ref: PostRef): Promise<Post | undefined>;
    /** The newest edition of a day. */
    latest(group: string, date: LocalDate): Promise<Post | undefined>;
    /** Ids of the drills that are open anywhere in a space. */
    openDrills(place: Place): Promise<readonly string[]>;
    /** The group's newest post that has a drill. */
    newest(group: string): Promise<Post | undefined>;
    /** Ids of the drills the group has had, oldest first. */
    drillsSeen(group: string): Promise<readonly string[]>;
    /** Of each group asked for; `answeredFrom`: the earliest answers that count. */
    pasts(groups: readonly string[], answeredFrom: Instant): Promise<ReadonlyMap<string, GroupPast>>;
    /** The days on which the group got a drill, from the member's first timely answer on, oldest first. */
    days(group: string, member: string): Promise<readonly Day[]>;
  };
  readonly answers: {
    /** A member's answers to a post, first to last. */
    of(ref: PostRef, member: string): Promise<readonly Answer[]>;
    /** Everybody's scored answers to a post. */
    scored(ref: PostRef): Promise<readonly Answer[]>;
    /** Everybody's last answer that came before the reveal. */
    timely(ref: PostRef): Promise<readonly Answer[]>;
  };
  readonly shares: {
    /** Members who agreed to show their answer and were not removed, in the order they agreed. */
    of(ref: PostRef): Promise<readonly string[]>;
    removed(ref: PostRef, member: string): Promise<boolean>;
    muted(group: string, member: string): Promise<boolean>;
  };
  readonly disputes: {
    find(id: string): Promise<Dispute | undefined>;
    of(ref: PostRef, member: string): Promise<readonly Dispute[]>;
    votes(id: string): Promise<readonly Vote[]>;
    /** Confirmed ones of all groups, oldest first: for the authors of rubrics. */
    confirmed(): Promise<readonly Dispute[]>;
  };
  readonly reports: {
    of(ref: PostRef): Promise<readonly Report[]>;
    all(): Promise<readonly Report[]>;
  };
  readonly questions: {
    find(id: string): Promise<Question | undefined>;
    /** Of a group, oldest first. */
    of(group: string, state: Question["state"]): Promise<readonly Question[]>;
  };
  readonly daysOff: {
    /** Those that end on or after a day, earliest first. */
    from(group: string, date: LocalDate): Promise<readonly DayOff[]>;
  };
  readonly reminders: { wants(group: string, member: string): Promise<boolean> };
}

export interface DailyWrites {
  readonly posts: DailyReads["posts"] & {
    /** A bare post for an edition of a day that has none yet; false when it has one. */
    add(ref: PostRef, dueAt: Instant): Promise<boolean>;
    /** Gives posts that are due their drills. */
    open(openings: readonly Opening[]): Promise<void>;
    /** `revealAt` moves the reveal of a post that came late. */
    delivered(ref: PostRef, at: Instant, revealAt: Instant | undefined): Promise<void>;
    /** A post that nobody has seen becomes skipped: there was nothing to post, or no way to. */
    skip(ref: PostRef): Promise<void>;
    /** An open post gives way to the next edition. False when it is not open. */
    replace(ref: PostRef): Promise<boolean>;
    /**
     * Slots due at `now`: inserts the bare posts of their groups and advances the slots, in one
     * statement. The newest missed day inside a group's catch-up window is due, older ones are
     * skipped; days off get none. Returns how many posts became due, and which newest days were skipped.
     */
    claimSlots(now: Instant): Promise<{ readonly due: number; readonly skipped: readonly PostRef[] }>;
    /** Bare posts to give a drill, of these platforms, locked for this transaction; other workers pass over them. */
    claimDue(platforms: readonly string[], limit: number, withoutGroups?: readonly string[]): Promise<readonly BarePost[]>;
    /** Open posts that were delivered and whose reveal is due, already marked revealed by this call. */
    claimReveals(now: Instant, limit: number, withoutGroups?: readonly string[]): Promise<readonly Post[]>;
    /** Open posts whose reminder is due, already marked reminded, with the members who wait for it unanswered. */
    claimReminders(
      now: Instant,
      limit: number,
      withoutGroups?: readonly string[],
    ): Promise<readonly { readonly post: Post; readonly members: readonly string[] }[]>;
  };
  readonly answers: DailyReads["answers"] & {
    add(answer: Answer): Promise<void>;
    /** A confirmed dispute, or the language model, changes what an answer earned. */
    regrade(answer: Answer): Promise<void>;
  };
  readonly shares: DailyReads["shares"] & {
    add(ref: PostRef, member: string, now: Instant): Promise<void>;
    /** False when it was not shared, or removed. */
    withdraw(ref: PostRef, member: string): Promise<boolean>;
    remove(ref: PostRef, member: string, by: string): Promise<void>;
    mute(group: string, member: string, by: string, now: Instant): Promise<void>;
    unmute(group: string, member: string): Promise<void>;
  };
  readonly disputes: DailyReads["disputes"] & {
    /** False when the point was disputed already. */
    open(dispute: Dispute): Promise<boolean>;
    /** A voter's last word counts. */
    vote(id: string, vote: Vote): Promise<void>;
    decide(id: string, state: "confirmed" | "rejected"): Promise<void>;
  };
  readonly reports: DailyReads["reports"] & { add(report: Report): Promise<void> };
  readonly questions: DailyReads["questions"] & {
    propose(question: Question): Promise<void>;
    /** False when it was decided already. */
    decide(id: string, from: Question["state"], to: Question["state"], by: string, now: Instant): Promise<boolean>;
  };
  readonly daysOff: DailyReads["daysOff"] & {
    add(group: string, dayOff: DayOff): Promise<void>;
    /** False when there was none that begins then. */
    remove(group: string, first: LocalDate): Promise<boolean>;
  };
  readonly reminders: DailyReads["reminders"] & { set(group: string, member: string, wanted: boolean): Promise<void> };
}
