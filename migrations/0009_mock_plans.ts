/** What surrounds a mock round: plans, the seat ledger, cases that members have met, the weekly pairing. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<never>): Promise<void> {
  // due_at: the next reminder, or the hour; null once it is over. case_slug: named by its host, so that
  // no drill reveals it meanwhile.
  await sql`
    create table mock_plan (
      id text primary key,
      group_id text not null references study_group,
      platform text not null,
      space text not null,
      case_slug text,
      due_at timestamptz,
      plan jsonb not null
    )`.execute(db);
  await sql`create index mock_plan_due on mock_plan (due_at) where due_at is not null`.execute(db);
  await sql`create index mock_plan_ahead on mock_plan (group_id) where due_at is not null`.execute(db);
  // Which cases a space is playing is asked before each drill of each of its groups.
  await sql`create index mock_plan_space on mock_plan (platform, space) where due_at is not null and case_slug is not null`.execute(db);
  await sql`create index round_space on round (platform, space) where not ended`.execute(db);

  // The seat ledger is no table but this index over finished rounds: it cannot differ from them, and
  // rounds of before are in it.
  await sql`create index round_candidate on round (group_id, (interview ->> 'candidate'), nth)
    where ended and interview #>> '{phase,how}' = 'finished'`.execute(db);

  await sql`
    create table case_seen (
      platform text not null,
      space text not null,
      member text not null,
      case_slug text not null,
      how text not null check (how in ('round', 'brief', 'drill', 'case', 'drawing')),
      seen_at timestamptz not null,
      primary key (platform, space, member, case_slug)
    )`.execute(db);
  // What was revealed before this table was kept.
  await sql`
    insert into case_seen (platform, space, member, case_slug, how, seen_at)
    select platform, space, member, substring(drill from '^(?:open|quick|estimate|order|draw)/([^/]+)'), 'drill', min(reveal_at)
    from drill_answer
    join drill_post using (group_id, local_date, edition)
    join study_group on study_group.id = group_id
    where state = 'revealed' and reveal_at is not null and drill ~ '^(?:open|quick|estimate|order|draw)/'
    group by 1, 2, 3, 4`.execute(db);
  await sql`
    insert into case_seen (platform, space, member, case_slug, how, seen_at)
    select platform, space, member, interview ->> 'case', 'round', min(opened.at)
    from round
    cross join lateral (
      select to_timestamp(min((step ->> 'openedAt')::bigint) / 1000.0) as at
      from jsonb_array_elements(interview -> 'steps') as step
    ) opened
    cross join lateral (
      select interview ->> 'candidate' as member
      union select interview ->> 'interviewer'
      union select jsonb_array_elements_text(coalesce(interview -> 'interviewers', '[]') || coalesce(interview -> 'scorers', '[]'))
    ) seated
    where ended and opened.at is not null and member is not null
    group by 1, 2, 3, 4
    on conflict do nothing`.execute(db);

  await sql`
    create table pairing (
      group_id text primary key references study_group,
      next_at timestamptz not null
    )`.execute(db);
  await sql`create index pairing_due on pairing (next_at)`.execute(db);
  await sql`
    create table pair_member (
      group_id text not null references study_group,
      member text not null,
      level text not null check (level in ('starting', 'practising', 'interviewing')),
      weekdays smallint not null check (weekdays between 1 and 127),
      times text not null,
      primary key (group_id, member)
    )`.execute(db);
  await sql`
    create table pair_match (
      id text primary key,
      group_id text not null references study_group,
      matched_at timestamptz not null,
      match jsonb not null
    )`.execute(db);
  // A week's matches of a group are few: whom somebody met last is found by walking back from the newest.
  await sql`create index pair_match_group on pair_match (group_id, matched_at)`.execute(db);
}
