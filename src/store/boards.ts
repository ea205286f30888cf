/** Leaderboards: ranked reads of the scores that the ledger's triggers keep. */
import { type RawBuilder, sql } from "kysely";
import type { BoardScope, Reads, Tx } from "../app/ports.ts";
import type { BoardPage, BoardPeriod, Ranked } from "../core/leaderboard.ts";
import type { Platform } from "../core/place.ts";
import { only } from "./calendar.ts";
import type { Db } from "./tables.ts";
import { at } from "./values.ts";

export const scopeKey = (scope: BoardScope): string => (scope.kind === "group" ? scope.group : spaceKey(scope.platform, scope.space));
const spaceKey = (platform: string, space: string): string => `${platform}/${space}`;

function periodKey(period: BoardPeriod): string {
  if (period.kind === "all") return "all";
  if (period.kind === "week") return `w${period.monday}`;
  return period.kind === "month" ? `m${period.month}` : `s${period.id}`;
}
const STREAK = "streak";

/** Counts folded in one transaction. */
const FOLD = 5_000;

export function readBoards(db: Db): Reads["boards"] {
  return {
    points: (scope, period, own) => stored(db, scope, periodKey(period), own),
    streaks: (scope, own) => (scope.kind === "group" ? stored(db, scope, STREAK, own) : derived(db, scope, bestStreaks(scope), own)),
    step: (scope, step, window, least, own) => derived(db, scope, coverageOf(scope, step, window, least), own),
    async days(scope, members, until) {
      const { rows } = await sql<{ member: string; points: readonly number[] }>`
        select member, array(
          select coalesce(sum(entry.points), 0)::integer
          from generate_series(0, 6) as ago
          left join ledger entry on entry.member = wanted.member and entry.group_id in (${groupsIn(scope)})
            and entry.day = ${until}::date - 6 + ago
            -- The index holds instants: no zone is further than a day from UTC.
            and entry.earned_at between ${until}::date - interval '8 days' and ${until}::date + interval '2 days'
          group by ago order by ago
        ) as points
        from unnest(${[...members]}::text[]) as wanted (member)`.execute(db);
      return new Map(rows.map(({ member, points }) => [member, points]));
    },
    async hidden({ platform, space }, member) {
      const row = await db
        .selectFrom("hidden_member")
        .select("member")
        .where("platform", "=", platform)
        .where("space", "=", space)
        .where("member", "=", member)
        .executeTakeFirst();
      return row !== undefined;
    },
    async spaces() {
      const { rows } = await sql<{ platform: Platform; space: string; groups: readonly string[] }>`
        select platform, space, array_agg(id order by id) as groups from study_group group by platform, space order by platform, space`.execute(
        db,
      );
      return rows;
    },
  };
}

export function writeBoards(db: Db): Tx["boards"] {
  return {
    ...readBoards(db),
    async hide({ platform, space }, member, hidden, now) {
      if (hidden)
        await db
          .insertInto("hidden_member")
          .values({ platform, space, member, hidden_at: new Date(now) })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      else
        await db
          .deleteFrom("hidden_member")
          .where("platform", "=", platform)
          .where("space", "=", space)
          .where("member", "=", member)
          .execute();
    },
    async setStreaks(group, streaks) {
      if (streaks.size === 0) return;
      await sql`select lock_space(space_scope(platform, space), false) from study_group where id = ${group}`.execute(db);
      await sql`
        insert into score (scope, period, member, points)
        select ${group}, ${STREAK}, member, drills
        from unnest(${[...streaks.keys()]}::text[], ${[...streaks.values()]}::integer[]) as streak (member, drills)
        order by member
        on conflict (scope, period, member) do update set points = excluded.points where score.points <> excluded.points`.execute(db);
    },
    async answerers(group) {
      const rows = await db
        .selectFrom("drill_answer")
        .select("member")
        .distinct()
        .where("group_id", "=", group)
        .where("standing", "=", "scored")
        .orderBy("member")
        .execute();
      return rows.map(({ member }) => member);
    },
    async missed(group, date) {
      const { rows } = await sql<{ member: string }>`
        select member from score
        where scope = ${group} and period = ${STREAK} and points > 0 and not exists (
          select from drill_answer answer
          where answer.group_id = ${group} and answer.local_date = ${date} and answer.member = score.member and standing = 'scored'
        )
        order by member`.execute(db);
      return rows.map(({ member }) => member);
    },
    async fold() {
      const { rows } = await sql<{ folded: number }>`select fold_buckets(${FOLD}) as folded`.execute(db);
      return only(rows).folded === FOLD;
    },
    async rebuild(platform, space) {
      await sql`select rebuild_scores(${spaceKey(platform, space)})`.execute(db);
    },
  };
}

/** The groups of a scope, for `in`. */
export const groupsIn = (scope: BoardScope): RawBuilder<unknown> =>
  scope.kind === "group"
    ? sql`${scope.group}::text`
    : sql`select id from study_group where platform = ${scope.platform} and space = ${scope.space}`;

/** Index reads alone, whatever the size of the board; see board_page in 0010_leaderboards_read. */
async function stored(db: Db, scope: BoardScope, period: string, own: string): Promise<BoardPage> {
  const { rows } = await sql<Row>`
    select place, member, name, value, rank, streak, members
    from board_page(${scopeKey(scope)}, ${period}, ${scope.platform}, ${scope.space}, ${own})`.execute(db);
  return pageOf(rows);
}

/** Ranks a set of (member, value, answers) that no table keeps: every row is looked at. */
async function derived(db: Db, scope: BoardScope, values: RawBuilder<unknown>, own: string): Promise<BoardPage> {
  const { rows } = await sql<Row>`
    with valued as materialized (${values}),
    marked as (
      select valued.*, exists (
        select from hidden_member hider
        where platform = ${scope.platform} and space = ${scope.space} and hider.member = valued.member
      ) as hides
      from valued
    ),
    -- Who hides is above nobody, and on no board but their own.
    ordered as materialized (
      select *,
        1 + count(*) filter (where not hides) over (order by value desc groups between unbounded preceding and 1 preceding) as rank,
        row_number() over (order by value desc, member desc) as nth,
        row_number() over (partition by hides order by value desc, member desc) as seat
      from marked
      where member = ${own} or not hides
    ),
    shown as (
      select 'top' as place, * from ordered where seat <= 11 and not hides
      union all
      select 'around', * from ordered where nth - (select nth from ordered where member = ${own}) between -1 and 1
    )
    select place, shown.member, coalesce(name, shown.member) as name, value, answers, rank::integer, ${streakOf(scope)} as streak,
      (select count(*)::integer from ordered where not hides) as members
    from shown
    ${named(scope)}
    order by place desc, nth`.execute(db);
  return pageOf(rows);
}

const streakOf = (scope: BoardScope): RawBuilder<unknown> => sql`(
  select coalesce(max(streak.points), 0)::integer from score streak
  where streak.scope in (${groupsIn(scope)}) and streak.period = ${STREAK} and streak.member = shown.member
)`;

/** With the collation of the index on members' ids: in another it would not be used. */
const named = ({ platform, space }: BoardScope): RawBuilder<unknown> => sql`
  left join member on member.platform = ${platform} and member.space = ${space} and member.id = shown.member collate "default"`;

const bestStreaks = (scope: BoardScope): RawBuilder<unknown> => sql`
  select member, max(points)::integer as value, null::integer as answers from score
  where scope in (${groupsIn(scope)}) and period = ${STREAK} and points > 0
  group by member`;

/** A drill counts for the step that it was chosen to practise; before its reveal a coverage would tell the answer. */
const coverageOf = (
  scope: BoardScope,
  step: string,
  { from, until }: Parameters<Reads["boards"]["step"]>[2],
  least: number,
): RawBuilder<unknown> => sql`
  select answer.member, round(100 * avg(answer.coverage))::integer as value, count(*)::integer as answers
  from drill_post post
  join drill_answer answer using (group_id, local_date, edition)
  where post.group_id in (${groupsIn(scope)}) and post.state in ('revealed', 'replaced') and post.why ->> 'step' = ${step}
    and answer.standing = 'scored'
    ${from === undefined ? sql`` : sql`and answer.answered_at >= ${at(from)}`}
    ${until === undefined ? sql`` : sql`and answer.answered_at < ${at(until)}`}
  group by answer.member
  having count(*) >= ${least}`;

interface Row extends Omit<Ranked, "answers"> {
  readonly place: string;
  readonly answers?: number | null;
  readonly members: number;
}

const pageOf = (rows: readonly Row[]): BoardPage => ({
  top: rows.filter(({ place }) => place === "top").map(rankedOf),
  around: rows.filter(({ place }) => place === "around").map(rankedOf),
  members: rows[0]?.members ?? 0,
});

const rankedOf = ({ member, name, rank, value, streak, answers }: Row): Ranked => ({
  member,
  name,
  rank,
  value,
  streak,
  ...(answers === undefined || answers === null ? {} : { answers }),
});
