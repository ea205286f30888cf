/** What a member did and how well, for their progress. */
import { type Selectable, sql } from "kysely";
import type { MemberResult, Tx } from "../app/ports.ts";
import { zoneOf } from "../core/group.ts";
import type { Answered } from "../core/progress.ts";
import type { RecallTables } from "./recall_tables.ts";
import type { Db } from "./tables.ts";
import { json } from "./values.ts";

export function readProgress(db: Db): Pick<Tx["progress"], "activity" | "answers" | "rounds"> {
  return {
    async activity(group, { platform, space, id }, from) {
      const zone = zoneOf(group);
      // A day on which two drills were answered is two; a round counts for its seat, a day's recall for one.
      const { rows } = await sql<{ date: string; done: number; drills: number }>`
        with done as (
          select local_date as day, count(distinct edition) as drills, 0 as others
          from drill_answer
          where group_id = ${group.id} and member = ${id} and local_date >= ${from}::date
          group by local_date
          union all
          select (earned_at at time zone ${zone}::text)::date, 0, count(*)
          from ledger
          where group_id = ${group.id} and member = ${id} and kind in ('candidate', 'interviewer', 'scorer')
            and earned_at >= (${from}::date)::timestamp at time zone ${zone}::text
          group by 1
          union all
          select (reviewed_at at time zone ${zone}::text)::date, 0, 1
          from recall_review
          where platform = ${platform} and space = ${space} and member = ${id}
            and reviewed_at >= (${from}::date)::timestamp at time zone ${zone}::text
          group by 1
        )
        select day as date, sum(drills) + sum(others) as done, sum(drills) as drills from done group by day order by day`.execute(db);
      return rows;
    },
    async answers(group, member, from) {
      const { rows } = await sql<Answered>`
        select post.drill, answer.coverage, coalesce(
          (select jsonb_object_agg(grade ->> 'id', grade ->> 'state') from jsonb_array_elements(answer.grades) grade), '{}'
        ) as states
        from drill_answer answer
        join drill_post post using (group_id, local_date, edition)
        where answer.group_id = ${group} and answer.member = ${member} and answer.local_date >= ${from}::date
          and answer.standing = 'scored' and post.state <> 'open' and post.drill is not null
        order by answer.local_date desc, answer.edition desc`.execute(db);
      return rows;
    },
    async rounds(group, member) {
      const rows = await db
        .selectFrom("round_result")
        .selectAll()
        .where("group_id", "=", group)
        .where("member", "=", member)
        .orderBy("ended_at")
        .execute();
      return rows.map(resultOf);
    },
  };
}

export function writeProgress(db: Db): Tx["progress"] {
  return {
    ...readProgress(db),
    async keep(group, member, { round, at, level, coverage, system, ml }) {
      await db
        .insertInto("round_result")
        .values({
          round,
          member,
          group_id: group,
          ended_at: new Date(at),
          level: level ?? null,
          coverage: json(coverage),
          system_weight: system,
          ml_weight: ml,
        })
        .onConflict((conflict) => conflict.columns(["round", "member"]).doNothing())
        .execute();
    },
  };
}

export const resultOf = (row: Selectable<RecallTables["round_result"]>): MemberResult => ({
  round: row.round,
  at: row.ended_at,
  level: row.level ?? undefined,
  coverage: row.coverage,
  system: row.system_weight,
  ml: row.ml_weight,
});
