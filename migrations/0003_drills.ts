/** Daily posts, what members answered, and the points of everything. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<never>): Promise<void> {
  // The primary key is the promise that a group never gets two drills for one day.
  await sql`
    create table drill_post (
      group_id text not null references study_group,
      local_date date not null,
      state text not null check (state in ('due', 'open', 'revealed', 'skipped')),
      due_at timestamptz not null,
      drill text,
      reveal_at timestamptz,
      delivered_at timestamptz,
      primary key (group_id, local_date)
    )`.execute(db);
  await sql`create index drill_post_due on drill_post (due_at) where state = 'due'`.execute(db);
  await sql`create index drill_post_reveal on drill_post (reveal_at) where state = 'open'`.execute(db);

  await sql`
    create table drill_answer (
      group_id text not null,
      local_date date not null,
      member text not null,
      nth integer not null,
      answer text not null,
      answered_at timestamptz not null,
      standing text not null check (standing in ('scored', 'improved', 'practice')),
      coverage double precision not null check (coverage between 0 and 1),
      grades jsonb not null,
      primary key (group_id, local_date, member, nth),
      foreign key (group_id, local_date) references drill_post
    )`.execute(db);

  await sql`
    create table ledger (
      id bigint generated always as identity primary key,
      key text not null unique,
      group_id text not null references study_group,
      member text not null,
      kind text not null,
      points integer not null,
      earned_at timestamptz not null
    )`.execute(db);
  // Boards and a member's day are sums over a window of time: both are read from the index alone.
  await sql`create index ledger_board on ledger (group_id, earned_at) include (member, points)`.execute(db);
  await sql`create index ledger_member on ledger (group_id, member, earned_at) include (points)`.execute(db);
}
