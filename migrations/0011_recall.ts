/** Recall: a member's cards and their reviews, the group that gets a member's points, and what a round said of whom. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<never>): Promise<void> {
  // A card belongs to a member of a space, whatever the group. `ref` names its content in the bank; the
  // unique constraint is the promise that what is a card already is not reset. memory: null while new.
  await sql`
    create table recall_card (
      id bigint generated always as identity primary key,
      platform text not null,
      space text not null,
      member text not null,
      ref text not null,
      origin text not null,
      place integer not null,
      added_at timestamptz not null,
      memory jsonb,
      revision integer not null default 0,
      removed_at timestamptz,
      unique (platform, space, member, ref)
    )`.execute(db);

  // before: the memory that the review changed, for undoing it exactly; null when the card was new.
  await sql`
    create table recall_review (
      id bigint generated always as identity primary key,
      platform text not null,
      space text not null,
      member text not null,
      card bigint not null references recall_card on delete cascade,
      rating text not null check (rating in ('again', 'hard', 'good', 'easy')),
      reviewed_at timestamptz not null,
      before jsonb
    )`.execute(db);
  await sql`create index recall_review_member on recall_review (platform, space, member, reviewed_at)`.execute(db);
  await sql`create index recall_review_card on recall_review (card)`.execute(db);

  await sql`
    create table home_group (
      platform text not null,
      space text not null,
      member text not null,
      group_id text not null references study_group,
      chosen_at timestamptz not null,
      primary key (platform, space, member)
    )`.execute(db);

  // What a finished round says of who answered in it: a round is stored whole, and grading it again for
  // every look at one's progress takes seconds. coverage: one for each step, null where somebody else answered.
  await sql`
    create table round_result (
      round text not null references round,
      member text not null,
      group_id text not null references study_group,
      ended_at timestamptz not null,
      level double precision,
      coverage jsonb not null,
      system_weight double precision not null,
      ml_weight double precision not null,
      primary key (round, member)
    )`.execute(db);
  await sql`create index round_result_member on round_result (group_id, member, ended_at)`.execute(db);

  // One's own answers in a group: the calendar, the profile, and which groups one is in.
  await sql`create index drill_answer_member on drill_answer (group_id, member, local_date)`.execute(db);
}
