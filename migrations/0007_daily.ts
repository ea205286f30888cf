/** All that a daily drill is: replaced, shared, disputed, reported, reminded of, proposed by members. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    alter table study_group
      add column kinds text[] not null default '{}',
      add column plan text,
      add column plan_from timestamptz`.execute(db);

  await sql`
    create table day_off (
      group_id text not null references study_group,
      first_day date not null,
      last_day date not null check (last_day >= first_day),
      primary key (group_id, first_day)
    )`.execute(db);

  // A day has one scheduled post, its first edition. An organizer who replaces the drill makes the next
  // one, so that answers to the first keep what they were answers to.
  await sql`alter table drill_answer drop constraint drill_answer_group_id_local_date_fkey`.execute(db);
  await sql`alter table drill_answer drop constraint drill_answer_pkey`.execute(db);
  await sql`alter table drill_post drop constraint drill_post_pkey`.execute(db);
  await sql`alter table drill_post drop constraint drill_post_state_check`.execute(db);
  await sql`
    alter table drill_post
      add column edition smallint not null default 1,
      add column why jsonb,
      add column remind_at timestamptz,
      add primary key (group_id, local_date, edition),
      add check (state in ('due', 'open', 'revealed', 'skipped', 'replaced'))`.execute(db);
  await sql`create index drill_post_remind on drill_post (remind_at) where remind_at is not null`.execute(db);
  // What is open is little beside what was: looking a case up asks for it.
  await sql`create index drill_post_open on drill_post (group_id) where state = 'open'`.execute(db);
  // points: what the answer earns at the reveal, which may come when the drill has left the bank.
  await sql`
    alter table drill_answer
      add column edition smallint not null default 1,
      add column points integer not null default 0,
      add primary key (group_id, local_date, edition, member, nth),
      add foreign key (group_id, local_date, edition) references drill_post`.execute(db);

  await sql`
    create table reminder (
      group_id text not null references study_group,
      member text not null,
      primary key (group_id, member)
    )`.execute(db);

  // removed_by: an organizer took it out of the thread; it stays out.
  await sql`
    create table shared_answer (
      group_id text not null,
      local_date date not null,
      edition smallint not null,
      member text not null,
      shared_at timestamptz not null,
      removed_by text,
      primary key (group_id, local_date, edition, member),
      foreign key (group_id, local_date, edition) references drill_post
    )`.execute(db);

  await sql`
    create table muted_member (
      group_id text not null references study_group,
      member text not null,
      muted_by text not null,
      muted_at timestamptz not null,
      primary key (group_id, member)
    )`.execute(db);

  await sql`
    create table dispute (
      id text primary key,
      group_id text not null,
      local_date date not null,
      edition smallint not null,
      member text not null,
      drill text not null,
      point text not null,
      words text not null,
      state text not null default 'open' check (state in ('open', 'confirmed', 'rejected')),
      opened_at timestamptz not null,
      unique (group_id, local_date, edition, member, point),
      foreign key (group_id, local_date, edition) references drill_post
    )`.execute(db);
  await sql`
    create table dispute_vote (
      dispute text not null references dispute,
      voter text not null,
      agrees boolean not null,
      primary key (dispute, voter)
    )`.execute(db);

  await sql`
    create table drill_report (
      group_id text not null,
      local_date date not null,
      edition smallint not null,
      member text not null,
      drill text not null,
      reason text not null,
      note text not null,
      reported_at timestamptz not null,
      primary key (group_id, local_date, edition, member),
      foreign key (group_id, local_date, edition) references drill_post
    )`.execute(db);

  await sql`
    create table question (
      id text primary key,
      group_id text not null references study_group,
      author text not null,
      state text not null check (state in ('proposed', 'approved', 'declined', 'retired')),
      body jsonb not null,
      proposed_at timestamptz not null,
      decided_by text,
      decided_at timestamptz
    )`.execute(db);
  await sql`create index question_group on question (group_id, proposed_at)`.execute(db);

  // What could not be said to an organizer in a direct message waits for their next visit.
  await sql`create index outbox_unread on outbox ((effect -> 'to' ->> 'space'), (effect ->> 'member'))
    where state = 'dead' and effect ->> 'kind' = 'notice'`.execute(db);
}
