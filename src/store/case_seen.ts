/** Which cases members have met: one row for the first time. */
import { sql } from "kysely";
import type { Reads, Tx } from "../app/ports.ts";
import type { Db } from "./tables.ts";

export function readSeen(db: Db): Reads["seen"] {
  return {
    async by({ platform, space }, members) {
      if (members.length === 0) return [];
      const rows = await db
        .selectFrom("case_seen")
        .select(["member", "case_slug", "how", "seen_at"])
        .where("platform", "=", platform)
        .where("space", "=", space)
        .where("member", "=", sql<string>`any(${[...members]})`)
        .orderBy("seen_at")
        .orderBy("member")
        .execute();
      return rows.map(({ member, case_slug, how, seen_at }) => ({ member, case: case_slug, how, at: seen_at }));
    },
  };
}

export function writeSeen(db: Db): Tx["seen"] {
  return {
    ...readSeen(db),
    async add({ platform, space }, slug, members, how, now) {
      if (members.length === 0) return;
      await db
        .insertInto("case_seen")
        // In one order, so that two reveals at once cannot wait for each other.
        .values([...new Set(members)].sort().map((member) => ({ platform, space, member, case_slug: slug, how, seen_at: new Date(now) })))
        .onConflict((conflict) => conflict.columns(["platform", "space", "member", "case_slug"]).doNothing())
        .execute();
    },
  };
}
