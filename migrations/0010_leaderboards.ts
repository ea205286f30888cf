/**
 * Boards that need no summing: what each member has in each period, and how many have how much.
 *
 * The ledger alone is written to. Triggers carry every entry on to `score`, and every change of a score
 * on to `score_bucket`, in the same statement: whoever writes, an older version included, keeps all three
 * equal. See docs/adr/0019.
 */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<never>): Promise<void> {
  await ledger(db);
  await scores(db);
  await buckets(db);
  await triggers(db);
  await sql`select rebuild_scores(scope) from (select distinct space_scope(platform, space) as scope from study_group) as spaces`.execute(
    db,
  );
  await settings(db);
}

async function ledger(db: Kysely<never>): Promise<void> {
  // day: the group's local day of the entry, kept because the group's zone may change.
  // voids: the entry that this one takes back, with its day; reason and voided_by say why and who.
  await sql`
    alter table ledger
      add column day date,
      add column voids bigint unique references ledger,
      add column reason text,
      add column voided_by text,
      add column voided_at timestamptz`.execute(db);
  await sql`
    create function local_day(of_group text, moment timestamptz) returns date language sql stable
    return (
      select (moment at time zone coalesce(zone, 'UTC'))::date
      from study_group left join schedule_slot on schedule_slot.id = study_group.slot
      where study_group.id = of_group
    )`.execute(db);
  await sql`update ledger set day = local_day(group_id, earned_at)`.execute(db);
  await sql`alter table ledger alter column day set not null`.execute(db);
  await sql`
    create function set_ledger_day() returns trigger language plpgsql as $$
    begin
      new.day := local_day(new.group_id, new.earned_at);
      return new;
    end $$`.execute(db);
  await sql`
    create trigger ledger_day before insert on ledger
    for each row when (new.day is null) execute function set_ledger_day()`.execute(db);

  // Ends when the next one of the scope begins.
  await sql`
    create table season (
      id text primary key,
      scope text not null collate "C",
      name text not null,
      starts_at timestamptz not null,
      ends_at timestamptz,
      started_by text not null,
      check (ends_at >= starts_at)
    )`.execute(db);
  await sql`create index season_scope on season (scope, starts_at)`.execute(db);
  await sql`create unique index season_open on season (scope) where ends_at is null`.execute(db);
}

async function scores(db: Kysely<never>): Promise<void> {
  // A group's own id, or platform and space with a slash, which no id has.
  await sql`
    create function space_scope(platform text, space text) returns text language sql immutable
    return platform || '/' || space`.execute(db);

  // period: all, w and the Monday, m and the month, s and the season; or streak, which is set and not summed.
  await sql`
    create table score (
      scope text not null collate "C",
      period text not null collate "C",
      member text not null collate "C",
      points integer not null,
      primary key (scope, period, member)
    )`.execute(db);
  // The top is read from its end, neighbours on both sides of a row. Who has nothing is on no board.
  await sql`create index score_board on score (scope, period, points, member) where points > 0`.execute(db);

  await sql`
    create table hidden_member (
      platform text not null,
      space text not null,
      member text not null collate "C",
      hidden_at timestamptz not null,
      primary key (platform, space, member)
    )`.execute(db);

  await sql`
    create function is_hidden(of_platform text, of_space text, of_member text) returns boolean language sql stable
    return exists (select from hidden_member where platform = of_platform and space = of_space and member = of_member)`.execute(db);

  await sql`
    create function week_period(day date) returns text language sql stable
    return 'w' || to_char(day - (extract(isodow from day)::integer - 1), 'YYYY-MM-DD')`.execute(db);
  await sql`
    create function month_period(day date) returns text language sql stable
    return 'm' || to_char(day, 'YYYY-MM')`.execute(db);
}

async function buckets(db: Kysely<never>): Promise<void> {
  // Semi-logarithmic: one point wide up to 255, and 128 to each doubling above, so that a bucket is never
  // wider than a hundred-and-twenty-eighth of what it holds.
  await sql`
    create function bucket_width(points integer) returns integer language sql immutable
    return 1 << width_bucket(points, array[256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072, 262144, 524288, 1048576])`.execute(
    db,
  );
  await sql`
    create function bucket_of(points integer) returns integer language sql immutable
    return width_bucket(points, array[256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072, 262144, 524288, 1048576]) * 128
      + points / bucket_width(points)`.execute(db);

  // Only ever added to: two who earn at once would wait for each other on a counter. The tick folds
  // what is new into one row a bucket; a sum over the rows is right at every moment.
  await sql`
    create table score_bucket (
      id bigint generated always as identity primary key,
      scope text not null collate "C",
      period text not null collate "C",
      bucket integer not null,
      members integer not null,
      folded boolean not null default false
    )`.execute(db);
  await sql`create index score_bucket_above on score_bucket (scope, period, bucket) include (members)`.execute(db);
  await sql`create index score_bucket_new on score_bucket (id) where not folded`.execute(db);
}

async function triggers(db: Kysely<never>): Promise<void> {
  // Shared by who earns, alone for who rebuilds a space or begins a season in it.
  await sql`
    create function lock_space(scope text, alone boolean) returns void language plpgsql as $$
    begin
      if alone then perform pg_advisory_xact_lock(hashtextextended('scores/' || scope, 0));
      else perform pg_advisory_xact_lock_shared(hashtextextended('scores/' || scope, 0));
      end if;
    end $$`.execute(db);

  await sql`
    create function score_ledger() returns trigger language plpgsql as $$
    begin
      perform lock_space(scope, false)
      from (
        select distinct space_scope(platform, space) as scope
        from study_group where id in (select group_id from added) order by scope
      ) as spaces;
      -- In one order, so that two who write at once cannot wait for each other.
      with part as (
        select scopes.scope, member, day, earned_at, points
        from added
        join study_group on study_group.id = added.group_id
        cross join lateral (values (study_group.id), (space_scope(platform, space))) scopes (scope)
      )
      insert into score (scope, period, member, points)
      select scope, period, member, sum(points)
      from (
        select scope, period, member, points
        from part cross join lateral (values ('all'), (week_period(day)), (month_period(day))) periods (period)
        union all
        select part.scope, 's' || season.id, member, points
        from part join season on season.scope = part.scope and starts_at <= earned_at and (ends_at is null or earned_at < ends_at)
      ) as counted
      group by 1, 2, 3
      order by 1, 2, 3
      on conflict (scope, period, member) do update set points = score.points + excluded.points;
      return null;
    end $$`.execute(db);
  await sql`
    create trigger ledger_scores after insert on ledger referencing new table as added
    for each statement execute function score_ledger()`.execute(db);

  await sql`
    create function count_scores() returns trigger language plpgsql as $$
    begin
      if tg_op = 'INSERT' then
        insert into score_bucket (scope, period, bucket, members)
        select scope, period, bucket_of(points), count(*) from new_scores where points > 0 group by 1, 2, 3;
      elsif tg_op = 'DELETE' then
        insert into score_bucket (scope, period, bucket, members)
        select scope, period, bucket_of(points), -count(*) from old_scores where points > 0 group by 1, 2, 3;
      else
        insert into score_bucket (scope, period, bucket, members)
        select scope, period, bucket_of(points), sum(change)
        from (
          select scope, period, points, 1 as change from new_scores
          union all
          select scope, period, points, -1 from old_scores
        ) as moved
        where points > 0
        group by 1, 2, 3
        having sum(change) <> 0;
      end if;
      return null;
    end $$`.execute(db);
  await sql`
    create trigger score_added after insert on score referencing new table as new_scores
    for each statement execute function count_scores()`.execute(db);
  await sql`
    create trigger score_changed after update on score referencing old table as old_scores new table as new_scores
    for each statement execute function count_scores()`.execute(db);
  await sql`
    create trigger score_removed after delete on score referencing old table as old_scores
    for each statement execute function count_scores()`.execute(db);

  // One at a time: a rebuild must not count what a fold is about to write.
  await sql`
    create function fold_buckets(at_most integer) returns integer language plpgsql as $$
    declare
      folded_rows integer;
    begin
      if not exists (select from score_bucket where not folded) then return 0; end if;
      if not pg_try_advisory_xact_lock(hashtextextended('scores', 0)) then return 0; end if;
      with new_rows as (
        delete from score_bucket where id in (select id from score_bucket where not folded order by id limit at_most)
        returning scope, period, bucket, members
      ),
      old_rows as (
        delete from score_bucket using (select distinct scope, period, bucket from new_rows) as touched
        where folded and score_bucket.scope = touched.scope and score_bucket.period = touched.period
          and score_bucket.bucket = touched.bucket
        returning score_bucket.scope, score_bucket.period, score_bucket.bucket, score_bucket.members
      ),
      kept as (
        insert into score_bucket (scope, period, bucket, members, folded)
        select scope, period, bucket, sum(members), true
        from (select * from new_rows union all select * from old_rows) as both_rows
        group by 1, 2, 3
        having sum(members) <> 0
      )
      select count(*) into folded_rows from new_rows;
      return folded_rows;
    end $$`.execute(db);

  // The scores of a space and its groups, but for the streaks, which do not come from the ledger.
  await sql`
    create function rebuild_scores(of_space text) returns void language plpgsql as $$
    declare
      scopes text[];
    begin
      perform lock_space(of_space, true);
      perform pg_advisory_xact_lock(hashtextextended('scores', 0));
      select array_agg(id) || of_space into scopes from study_group where space_scope(platform, space) = of_space;
      delete from score where scope = any(scopes) and period <> 'streak';
      -- Each period apart: two sums over dates are far cheaper than one over their names.
      insert into score (scope, period, member, points)
      with entry as not materialized (
        select group_id, member, day, earned_at, points from ledger where group_id = any(scopes)
      ),
      grouped as materialized (
        select group_id as scope, 'all' as period, member, sum(points) as points from entry group by group_id, member
        union all
        select group_id, week_period(monday), member, points from (
          select group_id, day - (extract(isodow from day)::integer - 1) as monday, member, sum(points) as points
          from entry group by 1, 2, 3
        ) as weeks
        union all
        select group_id, month_period(first_day), member, points from (
          select group_id, day - (extract(day from day)::integer - 1) as first_day, member, sum(points) as points
          from entry group by 1, 2, 3
        ) as months
      )
      select * from grouped
      union all
      select of_space, period, member, sum(points) from grouped group by period, member
      union all
      select season.scope, 's' || season.id, member, sum(points)
      from season
      join entry on season.scope in (group_id, of_space) and starts_at <= earned_at and (ends_at is null or earned_at < ends_at)
      where season.scope = any(scopes)
      group by season.scope, season.id, member;
      delete from score_bucket where scope = any(scopes);
      insert into score_bucket (scope, period, bucket, members, folded)
      select scope, period, bucket_of(points), count(*), true from score
      where scope = any(scopes) and points > 0
      group by 1, 2, 3;
    end $$`.execute(db);
}

async function settings(db: Kysely<never>): Promise<void> {
  // Null while an organizer has turned it off.
  await sql`
    create table digest (
      group_id text primary key references study_group,
      next_due_at timestamptz
    )`.execute(db);
  await sql`create index digest_due on digest (next_due_at)`.execute(db);
  await sql`
    insert into digest (group_id, next_due_at)
    select study_group.id, next_occurrence(zone, wall_time, 1, now())
    from study_group join schedule_slot on schedule_slot.id = study_group.slot`.execute(db);
}
