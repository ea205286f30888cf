/** What leaderboards ask of the database. The words are explained in ports.ts. */
import type { Step } from "../core/content.ts";
import type { BoardPage, BoardPeriod } from "../core/leaderboard.ts";
import type { Instant, Place, Platform } from "../core/place.ts";
import type { LocalDate } from "./daily_ports.ts";
import type { Award } from "./ports.ts";

/** Whose board: a group's, or that of all groups of a server or workspace together. */
export type BoardScope =
  | { readonly kind: "group"; readonly platform: Platform; readonly space: string; readonly group: string }
  | { readonly kind: "server"; readonly platform: Platform; readonly space: string };

export interface Season {
  readonly id: string;
  readonly name: string;
  readonly from: Instant;
  readonly until: Instant | undefined;
}

/** One line of the ledger. */
export interface Entry {
  readonly id: number;
  readonly member: string;
  readonly kind: Award["kind"];
  readonly points: number;
  readonly day: LocalDate;
  /** Why it does not count any more, and who said so. */
  readonly voided: { readonly reason: string; readonly by: string } | undefined;
  /** Why it counts again after it was voided. */
  readonly restored: { readonly reason: string; readonly by: string } | undefined;
}

export interface BoardReads {
  readonly boards: {
    points(scope: BoardScope, period: BoardPeriod, own: string): Promise<BoardPage>;
    /** Current streaks; on a server's board the best of a member's. */
    streaks(scope: BoardScope, own: string): Promise<BoardPage>;
    /**
     * Mean coverage of the scored answers to drills that were chosen for a step, in percent, of who has
     * at least `least` of them since `from` and before `until`. Only what was revealed counts.
     */
    step(
      scope: BoardScope,
      step: Step,
      window: { readonly from: Instant | undefined; readonly until: Instant | undefined },
      least: number,
      own: string,
    ): Promise<BoardPage>;
    /** Points on each of the seven local days that end with `until`, by member; who earned none is absent. */
    days(scope: BoardScope, members: readonly string[], until: LocalDate): Promise<ReadonlyMap<string, readonly number[]>>;
    hidden(place: Place, member: string): Promise<boolean>;
    /** Every server, workspace and playground that has a group, with the groups' ids. */
    spaces(): Promise<readonly { readonly platform: Platform; readonly space: string; readonly groups: readonly string[] }[]>;
  };
  readonly seasons: {
    /** The running one first, then the others, newest first. */
    of(scope: BoardScope, limit: number, skip?: number): Promise<readonly Season[]>;
    find(scope: BoardScope, id: string): Promise<Season | undefined>;
  };
}

export interface BoardWrites {
  readonly boards: BoardReads["boards"] & {
    hide(place: Place, member: string, hidden: boolean, now: Instant): Promise<void>;
    /** Sets how many drills in a row members of a group have answered by now. */
    setStreaks(group: string, streaks: ReadonlyMap<string, number>): Promise<void>;
    /** Members with a scored answer in a group. */
    answerers(group: string): Promise<readonly string[]>;
    /** Members with a streak who have not answered any edition of a day. */
    missed(group: string, date: LocalDate): Promise<readonly string[]>;
    /** Puts counts of scores together that were written since; true when there may be more. */
    fold(): Promise<boolean>;
    /** Makes the boards of a space anew from the ledger, while nobody earns in it. */
    rebuild(platform: Platform, space: string): Promise<void>;
  };
  readonly seasons: BoardReads["seasons"] & {
    /** Ends the running one. */
    start(scope: BoardScope, season: { readonly id: string; readonly name: string; readonly by: string }, now: Instant): Promise<void>;
  };
  readonly digests: {
    want(group: string, wanted: boolean, now: Instant): Promise<void>;
    /** Groups but for some whose digest is due, already moved to next Monday by this call. Those that are paused get none. */
    claim(
      now: Instant,
      limit: number,
      without: readonly string[],
    ): Promise<readonly { readonly group: string; readonly monday: LocalDate }[]>;
  };
}
