/** The playground's chat and clock: what Discord or Slack would keep for us. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<never>): Promise<void> {
  // `change` grows with every post and edit: it is the cursor that a page reads on from.
  await sql`
    create table chat_message (
      id bigint generated always as identity primary key,
      change bigint not null,
      key text unique,
      space text not null,
      channel text not null,
      thread text,
      author text,
      recipient text,
      body jsonb not null,
      starts_thread text,
      starts_title text,
      said_at timestamptz not null,
      edited boolean not null default false
    )`.execute(db);
  await sql`create sequence chat_change owned by chat_message.change`.execute(db);
  await sql`create unique index chat_message_changes on chat_message (space, channel, change)`.execute(db);

  await sql`
    create table playground_clock (
      singleton boolean primary key default true check (singleton),
      ahead_ms bigint not null
    )`.execute(db);
}
