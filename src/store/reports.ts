/** What members say is wrong with a drill. */
import type { Selectable } from "kysely";
import type { Reads, Report, Tx } from "../app/ports.ts";
import type { Db, Tables } from "./tables.ts";

export function readReports(db: Db): Reads["reports"] {
  return {
    async of({ group, date, edition }) {
      const rows = await db
        .selectFrom("drill_report")
        .selectAll()
        .where("group_id", "=", group)
        .where("local_date", "=", date)
        .where("edition", "=", edition)
        .orderBy("reported_at")
        .execute();
      return rows.map(reportOf);
    },
    async all() {
      const rows = await db.selectFrom("drill_report").selectAll().orderBy("drill").orderBy("reported_at").execute();
      return rows.map(reportOf);
    },
  };
}

export function writeReports(db: Db): Tx["reports"] {
  return {
    ...readReports(db),
    async add({ group, date, edition, member, drill, reason, note, at }) {
      const said = { reason, note, reported_at: new Date(at) };
      await db
        .insertInto("drill_report")
        .values({ group_id: group, local_date: date, edition, member, drill, ...said })
        .onConflict((conflict) => conflict.columns(["group_id", "local_date", "edition", "member"]).doUpdateSet(said))
        .execute();
    },
  };
}

const reportOf = (row: Selectable<Tables["drill_report"]>): Report => ({
  group: row.group_id,
  date: row.local_date,
  edition: row.edition,
  member: row.member,
  drill: row.drill,
  reason: row.reason,
  note: row.note,
  at: row.reported_at,
});
