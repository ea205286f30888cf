/** Members' study plans, and what it takes to find everything that is kept about somebody. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table study (
      platform text not null,
      space text not null,
      member text not null,
      body jsonb not null,
      primary key (platform, space, member)
    )`.execute(db);

  // Whose reply it is. Rows of an older version have none; they are gone within days.
  await sql`alter table invocation add column platform text, add column space text, add column member text`.execute(db);

  // All that was said in a space, settled or not, to find whose words are in it.
  await sql`create index outbox_space on outbox (platform, (effect -> 'to' ->> 'space'))`.execute(db);
}
