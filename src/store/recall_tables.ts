/** The tables of recall and progress, as the drivers give and take them. */
import type { ColumnType, Generated, GeneratedAlways } from "kysely";
import type { Instant, Platform } from "../core/place.ts";
import type { Memory, Rating } from "../core/recall.ts";
import type { Origin } from "../core/recall_card.ts";

type Time = ColumnType<Instant, Date, Date>;
type OptionalTime = ColumnType<Instant | null, Date | null, Date | null>;
type Json<T> = ColumnType<T, string, string>;
type OptionalJson<T> = ColumnType<T | null, string | null, string | null>;

interface MemberKey {
  platform: Platform;
  space: string;
  member: string;
}

export interface RecallTables {
  recall_card: MemberKey & {
    id: GeneratedAlways<number>;
    ref: string;
    origin: Origin;
    place: number;
    added_at: Time;
    memory: OptionalJson<Memory>;
    revision: Generated<number>;
    removed_at: OptionalTime;
  };
  recall_review: MemberKey & {
    id: GeneratedAlways<number>;
    card: number;
    rating: Rating;
    reviewed_at: Time;
    before: OptionalJson<Memory>;
  };
  home_group: MemberKey & { group_id: string; chosen_at: Time };
  round_result: {
    round: string;
    member: string;
    group_id: string;
    ended_at: Time;
    level: number | null;
    coverage: Json<readonly (number | null)[]>;
    system_weight: number;
    ml_weight: number;
  };
}
