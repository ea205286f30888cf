/** The tables that boards are read from; triggers write them, see migration 0010. */
import type { ColumnType } from "kysely";
import type { Instant, Platform } from "../core/place.ts";

type Time = ColumnType<Instant, Date, Date>;

export interface BoardTables {
  score: { scope: string; period: string; member: string; points: number };
  hidden_member: { platform: Platform; space: string; member: string; hidden_at: Time };
  season: { id: string; scope: string; name: string; starts_at: Time; ends_at: Time | null; started_by: string };
  digest: { group_id: string; next_due_at: Time | null };
}
