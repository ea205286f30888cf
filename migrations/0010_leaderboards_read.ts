/** How a board's page is read from what 0010_leaderboards keeps. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<never>): Promise<void> {
  // More than nothing is said again for the index, which knows nobody else.
  await sql`
    create function above_in_bucket(in_scope text, in_period text, than integer) returns bigint language sql stable
    return (
      select count(*) from score
      where scope = in_scope and period = in_period and points > 0 and points > than
        and points < (than / bucket_width(than) + 1) * bucket_width(than)
    )`.execute(db);

  // A function for its kept plans: planning these few index reads takes longer than running them, and the
  // plan is the same for every board. How many have more than a row is the sum of the buckets above its
  // own and a count inside it, less those who hide.
  await sql`
    create function board_page(in_scope text, in_period text, of_platform text, of_space text, reader text)
    returns table (place text, member text, name text, value integer, rank bigint, streak integer, members bigint)
    language plpgsql stable set plan_cache_mode = force_generic_plan as $$
    declare
      groups text[];
      hides boolean;
      total bigint;
      own score;
      above score;
      below score;
      own_rank bigint;
      above_rank bigint;
      below_rank bigint;
    begin
      hides := exists (select from hidden_member where platform = of_platform and space = of_space);
      select * into own from score
      where scope = in_scope and period = in_period and score.member = reader and points > 0;
      if found then
        select * into above from score
        where scope = in_scope and period = in_period and points > 0
          and (points, score.member) > (own.points, own.member) and not (hides and is_hidden(of_platform, of_space, score.member))
        order by points, score.member limit 1;
        select * into below from score
        where scope = in_scope and period = in_period and points > 0
          and (points, score.member) < (own.points, own.member) and not (hides and is_hidden(of_platform, of_space, score.member))
        order by points desc, score.member desc limit 1;
      end if;

      select
        coalesce(sum(bucket.members), 0),
        1 + coalesce(sum(bucket.members) filter (where bucket > bucket_of(own.points)), 0),
        1 + coalesce(sum(bucket.members) filter (where bucket > bucket_of(above.points)), 0),
        1 + coalesce(sum(bucket.members) filter (where bucket > bucket_of(below.points)), 0)
      into total, own_rank, above_rank, below_rank
      from score_bucket bucket
      where scope = in_scope and period = in_period;
      -- Up to 255 points a bucket is one point wide.
      if greatest(own.points, above.points, below.points) > 255 then
        own_rank := own_rank + above_in_bucket(in_scope, in_period, own.points);
        above_rank := above_rank + above_in_bucket(in_scope, in_period, above.points);
        below_rank := below_rank + above_in_bucket(in_scope, in_period, below.points);
      end if;
      if hides then
        select
          total - count(*),
          own_rank - count(*) filter (where points > own.points),
          above_rank - count(*) filter (where points > above.points),
          below_rank - count(*) filter (where points > below.points)
        into total, own_rank, above_rank, below_rank
        from hidden_member
        join score on scope = in_scope and period = in_period and score.member = hidden_member.member and points > 0
        where platform = of_platform and space = of_space;
      end if;

      if in_scope like '%/%'
      then groups := array(select id from study_group where platform = of_platform and space = of_space);
      else groups := array[in_scope];
      end if;
      return query
      with top as (
        select score.member, points from score
        where scope = in_scope and period = in_period and points > 0
          and not (hides and is_hidden(of_platform, of_space, score.member))
        order by points desc, score.member desc limit 11
      ),
      shown as (
        select 'top' as place, row_number() over () as nth, top.member, points, rank() over (order by points desc) as rank from top
        union all
        select 'around', around.nth, around.member, points, around.rank
        from (values (1, above.member, above.points, above_rank), (2, own.member, own.points, own_rank), (3, below.member, below.points, below_rank))
          as around (nth, member, points, rank)
        where points is not null
      )
      select
        shown.place, shown.member,
        -- The collation of the index on members' ids: in another it would not be used.
        coalesce((
          select member.name from member
          where platform = of_platform and space = of_space and member.id = shown.member collate "default"
        ), shown.member),
        points, shown.rank,
        coalesce((
          select max(streak.points) from score streak
          where streak.scope = any (groups) and streak.period = 'streak' and streak.member = shown.member
        ), 0),
        total
      from shown
      order by shown.place desc, nth;
    end $$`.execute(db);
}
