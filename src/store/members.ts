/** What members are called where they were last seen. */
import { sql } from "kysely";
import type { Reads, Tx } from "../app/ports.ts";
import type { Db } from "./tables.ts";

export function readMembers(db: Db): Reads["members"] {
  return {
    async names({ platform, space }, ids) {
      if (ids.length === 0) return new Map();
      const rows = await db
        .selectFrom("member")
        .select(["id", "name"])
        .where("platform", "=", platform)
        .where("space", "=", space)
        .where("id", "=", sql<string>`any(${[...ids]})`)
        .execute();
      return new Map(rows.map(({ id, name }) => [id, name]));
    },
    async like({ platform, space }, typed, limit) {
      const wanted = typed.toLowerCase();
      return (
        db
          .selectFrom("member")
          .select(["id", "name"])
          .where("platform", "=", platform)
          .where("space", "=", space)
          .where(({ or, eb, fn }) => or([eb("id", "=", typed), eb(sql<number>`strpos(${fn("lower", ["name"])}, ${wanted})`, ">", 0)]))
          // Nobody can be meant by a stand-in.
          .where(sql<boolean>`not starts_with(id, 'former:')`)
          .orderBy("name")
          .orderBy("id")
          .limit(limit)
          .execute()
      );
    },
  };
}

export function writeMembers(db: Db): Tx["members"] {
  return {
    ...readMembers(db),
    async remember({ platform, space, id, name }, now) {
      const changing = { name, seen_at: new Date(now) };
      await db
        .insertInto("member")
        .values({ platform, space, id, ...changing })
        .onConflict((conflict) => conflict.columns(["platform", "space", "id"]).doUpdateSet(changing))
        .execute();
    },
  };
}
