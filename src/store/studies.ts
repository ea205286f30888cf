/** Members' study plans, stored whole. */
import type { Reads, Tx } from "../app/ports.ts";
import type { Db } from "./tables.ts";
import { json } from "./values.ts";

export function readStudies(db: Db): Reads["studies"] {
  return {
    async of({ platform, space, id }) {
      const row = await db
        .selectFrom("study")
        .select("body")
        .where("platform", "=", platform)
        .where("space", "=", space)
        .where("member", "=", id)
        .executeTakeFirst();
      return row?.body;
    },
  };
}

export function writeStudies(db: Db): Tx["studies"] {
  return {
    ...readStudies(db),
    async save({ platform, space, id }, study) {
      const body = json(study);
      await db
        .insertInto("study")
        .values({ platform, space, member: id, body })
        .onConflict((conflict) => conflict.columns(["platform", "space", "member"]).doUpdateSet({ body }))
        .execute();
    },
    async remove({ platform, space, id }) {
      await db.deleteFrom("study").where("platform", "=", platform).where("space", "=", space).where("member", "=", id).execute();
    },
  };
}
