/** Every id of an invocation is acted on once; its reply is kept for whoever asks again. */
import { sql } from "kysely";
import type { Tx } from "../app/ports.ts";
import { writeMembers } from "./members.ts";
import type { Db } from "./tables.ts";
import { at, json } from "./values.ts";

export function writeInvocations(db: Db): Tx["invocations"] {
  return {
    // The insert waits for a transaction that has the same id under way: when that one commits, a select
    // after it, with a newer snapshot, finds its reply; when it fails, the id is ours.
    async first(id, { platform, space, id: member }, now) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("invocation")
        .values({ id, seen_at: new Date(now), platform, space, member })
        .onConflict((conflict) => conflict.column("id").doNothing())
        .executeTakeFirst();
      return (numInsertedOrUpdatedRows ?? 0n) > 0n;
    },
    async seen(id, who, now) {
      const { platform, space, id: member, name } = who;
      // Two in one, since each trip to the database counts here.
      const { rows } = await sql`
        with first as (
          insert into invocation (id, seen_at, platform, space, member)
          values (${id}, ${at(now)}, ${platform}, ${space}, ${member})
          on conflict (id) do nothing
          returning seen_at
        )
        insert into member (platform, space, id, name, seen_at)
        select ${platform}, ${space}, ${member}, ${name}, seen_at from first
        on conflict (platform, space, id) do update set name = excluded.name, seen_at = excluded.seen_at
        returning id`.execute(db);
      if (rows.length > 0) return undefined;
      const row = await db.selectFrom("invocation").select("reply").where("id", "=", id).executeTakeFirst();
      if (row?.reply) return { reply: row.reply };
      // Deleted along with what a member of the space had said: it is acted on again.
      await writeMembers(db).remember(who, now);
      return undefined;
    },
    async replied(id, reply) {
      await db
        .updateTable("invocation")
        .set({ reply: json(reply) })
        .where("id", "=", id)
        .execute();
    },
  };
}
