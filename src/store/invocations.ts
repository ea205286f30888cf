/** Every id of an invocation is acted on once; its reply is kept for whoever asks again. */
import type { Tx } from "../app/ports.ts";
import type { Db } from "./tables.ts";
import { json } from "./values.ts";

export function writeInvocations(db: Db): Tx["invocations"] {
  return {
    async seen(id, { platform, space, id: member }, now) {
      // The insert waits for a transaction that has the same id under way: when that one commits,
      // the select after it, with a newer snapshot, finds its reply; when it fails, the id is ours.
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("invocation")
        .values({ id, seen_at: new Date(now), platform, space, member })
        .onConflict((conflict) => conflict.column("id").doNothing())
        .executeTakeFirst();
      if ((numInsertedOrUpdatedRows ?? 0n) > 0n) return undefined;
      const row = await db.selectFrom("invocation").select("reply").where("id", "=", id).executeTakeFirst();
      return row?.reply ? { reply: row.reply } : undefined;
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
