/** Days on which a group gets no drill. */
import { sql } from "kysely";
import type { Reads, Tx } from "../app/ports.ts";
import type { Db } from "./tables.ts";

export function readDaysOff(db: Db): Reads["daysOff"] {
  return {
    async from(group, date) {
      const rows = await db
        .selectFrom("day_off")
        .selectAll()
        .where("group_id", "=", group)
        .where("last_day", ">=", date)
        .orderBy("first_day")
        .execute();
      return rows.map(({ first_day, last_day }) => ({ first: first_day, last: last_day }));
    },
  };
}

export function writeDaysOff(db: Db): Tx["daysOff"] {
  return {
    ...readDaysOff(db),
    async add(group, { first, last }) {
      await db
        .insertInto("day_off")
        .values({ group_id: group, first_day: first, last_day: last })
        .onConflict((conflict) =>
          conflict.columns(["group_id", "first_day"]).doUpdateSet({ last_day: sql`greatest(day_off.last_day, excluded.last_day)` }),
        )
        .execute();
    },
    async remove(group, first) {
      const { numDeletedRows } = await db
        .deleteFrom("day_off")
        .where("group_id", "=", group)
        .where("first_day", "=", first)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
}
