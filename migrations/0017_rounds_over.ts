/** Rounds that are over, by group: the last one is asked for by its export and its status. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<never>): Promise<void> {
  await sql`create index round_over on round (group_id, nth) where ended`.execute(db);
}
