/** Which groups a member is in, and which one of them they chose. */
import { sql } from "kysely";
import type { Tx } from "../app/ports.ts";
import { groupOf, groupRows } from "./groups.ts";
import type { Db } from "./tables.ts";

export function readHomes(db: Db): Pick<Tx["homes"], "of" | "groups"> {
  return {
    async of({ platform, space, id }) {
      const row = await db
        .selectFrom("home_group")
        .select("group_id")
        .where("platform", "=", platform)
        .where("space", "=", space)
        .where("member", "=", id)
        .executeTakeFirst();
      return row?.group_id;
    },
    async groups({ platform, space, id }) {
      // One look into an index for each group of the space: (group, member, …) leads all three.
      const rows = await groupRows(db)
        .where("study_group.platform", "=", platform)
        .where("study_group.space", "=", space)
        .where(
          sql<boolean>`
            (exists (select from drill_answer where drill_answer.group_id = study_group.id and drill_answer.member = ${id})
            or exists (select from ledger where ledger.group_id = study_group.id and ledger.member = ${id})
            or exists (select from round_result where round_result.group_id = study_group.id and round_result.member = ${id}))`,
        )
        .orderBy("study_group.created_at")
        .orderBy("study_group.id")
        .execute();
      return rows.map(groupOf);
    },
  };
}

export function writeHomes(db: Db): Tx["homes"] {
  return {
    ...readHomes(db),
    async choose({ platform, space, id }, group, now) {
      const changing = { group_id: group, chosen_at: new Date(now) };
      await db
        .insertInto("home_group")
        .values({ platform, space, member: id, ...changing })
        .onConflict((conflict) => conflict.columns(["platform", "space", "member"]).doUpdateSet(changing))
        .execute();
    },
  };
}
