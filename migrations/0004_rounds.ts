/** Mock rounds: the whole round as the core wrote it, and the columns it is searched by. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table round (
      id text primary key,
      nth bigint generated always as identity,
      group_id text not null references study_group,
      platform text not null,
      space text not null,
      channel text not null,
      thread text,
      ended boolean not null,
      deadline timestamptz,
      interview jsonb not null
    )`.execute(db);
  await sql`create index round_active on round (group_id, nth) where not ended`.execute(db);
  await sql`create index round_late on round (deadline) where deadline is not null`.execute(db);
  await sql`create index round_thread on round (thread, channel) where thread is not null`.execute(db);
}
