/** What surrounds a mock round and is asked of the database: plans, the seat ledger, cases met, the weekly pairing. */
import type { CaseSeen, SeenHow } from "../core/case_seen.ts";
import type { MockPlan } from "../core/mock_plan.ts";
import type { PairMatch, PairMember } from "../core/pairing_views.ts";
import type { Instant, Place } from "../core/place.ts";
import type { LastCandidate } from "../core/seat_ledger.ts";
import type { LocalDate } from "./daily_ports.ts";

export interface MockReads {
  readonly plans: {
    find(id: string): Promise<MockPlan | undefined>;
    /** Those of a group that are not over, earliest first. */
    ahead(group: string): Promise<readonly MockPlan[]>;
    /** Slugs of the cases of all rounds of a space that are open, or planned with a case of their own. */
    casesInPlay(place: Place): Promise<{ readonly open: readonly string[]; readonly planned: readonly string[] }>;
    /** The instant of a local time, by the calendar's rules for gaps and repeated hours. */
    instantOf(zone: string, day: LocalDate, time: string): Promise<Instant>;
  };
  /** Read off the rounds themselves, so that it cannot differ from them. */
  readonly seats: { lastCandidate(group: string, members: readonly string[]): Promise<LastCandidate> };
  readonly seen: { by(place: Place, members: readonly string[]): Promise<readonly CaseSeen[]> };
  readonly pairing: {
    member(group: string, member: string): Promise<PairMember | undefined>;
    members(group: string): Promise<readonly PairMember[]>;
    /** Whom each member met in their last match. */
    lastPartners(group: string): Promise<ReadonlyMap<string, readonly string[]>>;
    match(id: string): Promise<PairMatch | undefined>;
  };
}

export interface MockWrites {
  readonly plans: MockReads["plans"] & {
    save(plan: MockPlan): Promise<void>;
    /** Ids of plans of which something is due, earliest first, none of `without`. */
    due(now: Instant, limit: number, without?: readonly string[]): Promise<readonly string[]>;
  };
  readonly seats: MockReads["seats"];
  readonly seen: MockReads["seen"] & {
    /** Who met a case before keeps the first time. */
    add(place: Place, slug: string, members: readonly string[], how: SeenHow, now: Instant): Promise<void>;
  };
  readonly pairing: MockReads["pairing"] & {
    /** Joins or changes; returns when the group is paired next. */
    join(group: string, member: PairMember, weekly: Weekly, now: Instant): Promise<Instant>;
    /** False when they had not joined. */
    leave(group: string, member: string): Promise<boolean>;
    /** Groups whose pairing is due, none of `without`, already moved on to the next week by this call. */
    claimDue(
      weekly: Omit<Weekly, "zone">,
      now: Instant,
      limit: number,
      without?: readonly string[],
    ): Promise<readonly { readonly group: string; readonly due: Instant }[]>;
    save(match: PairMatch): Promise<void>;
  };
}

/** A wall time once a week; Monday is 0. */
export interface Weekly {
  readonly zone: string;
  readonly weekday: number;
  readonly time: string;
}
