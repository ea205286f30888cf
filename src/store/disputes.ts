/** What members say against a grade, and what their peers think of it. */
import type { Selectable } from "kysely";
import type { Dispute, Reads, Tx } from "../app/ports.ts";
import type { Db, Tables } from "./tables.ts";

export function readDisputes(db: Db): Reads["disputes"] {
  return {
    async find(id) {
      const row = await db.selectFrom("dispute").selectAll().where("id", "=", id).executeTakeFirst();
      return row && disputeOf(row);
    },
    async of({ group, date, edition }, member) {
      const rows = await db
        .selectFrom("dispute")
        .selectAll()
        .where("group_id", "=", group)
        .where("local_date", "=", date)
        .where("edition", "=", edition)
        .where("member", "=", member)
        .orderBy("opened_at")
        .execute();
      return rows.map(disputeOf);
    },
    votes: (id) => db.selectFrom("dispute_vote").select(["voter", "agrees"]).where("dispute", "=", id).orderBy("voter").execute(),
    async confirmed() {
      const rows = await db.selectFrom("dispute").selectAll().where("state", "=", "confirmed").orderBy("opened_at").orderBy("id").execute();
      return rows.map(disputeOf);
    },
  };
}

export function writeDisputes(db: Db): Tx["disputes"] {
  return {
    ...readDisputes(db),
    async open({ id, group, date, edition, member, drill, point, words, at }) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("dispute")
        .values({
          id,
          group_id: group,
          local_date: date,
          edition,
          member,
          drill,
          point,
          words,
          state: "open",
          opened_at: new Date(at),
        })
        .onConflict((conflict) => conflict.columns(["group_id", "local_date", "edition", "member", "point"]).doNothing())
        .executeTakeFirst();
      return (numInsertedOrUpdatedRows ?? 0n) > 0n;
    },
    async vote(id, { voter, agrees }) {
      await db
        .insertInto("dispute_vote")
        .values({ dispute: id, voter, agrees })
        .onConflict((conflict) => conflict.columns(["dispute", "voter"]).doUpdateSet({ agrees }))
        .execute();
    },
    async decide(id, state) {
      await db.updateTable("dispute").set({ state }).where("id", "=", id).where("state", "=", "open").execute();
    },
  };
}

const disputeOf = (row: Selectable<Tables["dispute"]>): Dispute => ({
  id: row.id,
  group: row.group_id,
  date: row.local_date,
  edition: row.edition,
  member: row.member,
  drill: row.drill,
  point: row.point,
  words: row.words,
  state: row.state,
  at: row.opened_at,
});
