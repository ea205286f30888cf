/** Points: written once, never changed, summed when asked for. */
import { sql } from "kysely";
import type { Reads, Standing, Tx } from "../app/ports.ts";
import type { Db } from "./tables.ts";
import { at } from "./values.ts";

export function readLedger(db: Db): Reads["ledger"] {
  return {
    async board(group, from) {
      // The sums come from the index ledger_board alone; names join the few rows that are left.
      // The collation is fixed, since it would otherwise be the server's own.
      const { rows } = await sql<Standing>`
        with total as (
          select member, sum(points) as points
          from ledger
          where group_id = ${group} and earned_at >= coalesce(${from === undefined ? null : new Date(from)}::timestamptz, '-infinity')
          group by member
          having sum(points) > 0
        )
        select total.member, coalesce(member.name, total.member) as name, total.points
        from total
        join study_group on study_group.id = ${group}
        left join member
          on member.platform = study_group.platform and member.space = study_group.space and member.id = total.member
        order by points desc, lower(coalesce(member.name, total.member)) collate "C", total.member collate "C"`.execute(db);
      return rows;
    },

    async earned(group, member, from, to) {
      const { rows } = await sql<{ points: number }>`
        select coalesce(sum(points), 0) as points from ledger
        where group_id = ${group} and member = ${member} and earned_at >= ${at(from)} and earned_at < ${at(to)}`.execute(db);
      return rows[0]?.points ?? 0;
    },
  };
}

export function writeLedger(db: Db): Tx["ledger"] {
  return {
    ...readLedger(db),
    async award(awards) {
      if (awards.length === 0) return;
      await db
        .insertInto("ledger")
        .values(
          awards.map(({ key, group, member, kind, points, at: earned }) => ({
            key,
            group_id: group,
            member,
            kind,
            points,
            earned_at: new Date(earned),
          })),
        )
        .onConflict((conflict) => conflict.column("key").doNothing())
        .execute();
    },
  };
}
