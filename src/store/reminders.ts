/** Members who want to be reminded before a drill closes that they have not answered. */
import type { Reads, Tx } from "../app/ports.ts";
import type { Db } from "./tables.ts";

export function readReminders(db: Db): Reads["reminders"] {
  return {
    async wants(group, member) {
      const row = await db
        .selectFrom("reminder")
        .select("member")
        .where("group_id", "=", group)
        .where("member", "=", member)
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}

export function writeReminders(db: Db): Tx["reminders"] {
  return {
    ...readReminders(db),
    async set(group, member, wanted) {
      if (wanted)
        await db
          .insertInto("reminder")
          .values({ group_id: group, member })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      else await db.deleteFrom("reminder").where("group_id", "=", group).where("member", "=", member).execute();
    },
  };
}
