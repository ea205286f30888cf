/** What an operator's housekeeping is searched by. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<never>): Promise<void> {
  // Rows arrive in the order of their time and leave in it: a block range index finds the old ones and
  // costs next to nothing at each insert.
  await sql`create index invocation_age on invocation using brin (seen_at)`.execute(db);
  await sql`create index outbox_age on outbox using brin (created_at)`.execute(db);
}
