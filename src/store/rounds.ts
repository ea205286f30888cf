/** Mock rounds: stored whole, searched by a few columns. */
import { sql } from "kysely";
import type { Reads, Tx } from "../app/ports.ts";
import type { Interview } from "../core/interview_state.ts";
import { dueOf } from "../core/interview_time.ts";
import { revived } from "./round_versions.ts";
import type { Db } from "./tables.ts";
import { at, json, optionalDate } from "./values.ts";

export function readRounds(db: Db): Reads["rounds"] {
  const ended = async (group: string, limit: number): Promise<readonly Interview[]> => {
    const rows = await db
      .selectFrom("round")
      .select("interview")
      .where("group_id", "=", group)
      .where("ended", "=", sql.lit(true))
      .orderBy("nth", "desc")
      .limit(limit)
      .execute();
    return rows.map((row) => revived(row.interview));
  };
  return {
    async find(id) {
      const row = await db.selectFrom("round").select("interview").where("id", "=", id).executeTakeFirst();
      return row && revived(row.interview);
    },
    async active(group) {
      const rows = await db
        .selectFrom("round")
        .select("interview")
        .where("group_id", "=", group)
        .where("ended", "=", sql.lit(false))
        .orderBy("nth")
        .execute();
      return rows.map((row) => revived(row.interview));
    },
    async inThread({ platform, space, channel, thread }) {
      if (channel === undefined || thread === undefined) return undefined;
      const row = await db
        .selectFrom("round")
        .select("interview")
        .where("thread", "=", thread)
        .where("channel", "=", channel)
        .where("platform", "=", platform)
        .where("space", "=", space)
        .executeTakeFirst();
      return row && revived(row.interview);
    },
    async last(group) {
      return (await ended(group, 1))[0];
    },
    ended,
  };
}

export function writeRounds(db: Db): Tx["rounds"] {
  return {
    ...readRounds(db),

    async save(round) {
      const { platform, space, channel } = round.place;
      const changing = {
        thread: round.thread ?? null,
        ended: round.phase.name === "ended",
        deadline: optionalDate(dueOf(round)?.at),
        interview: json(round),
      };
      await db
        .insertInto("round")
        .values({ id: round.id, group_id: round.group, platform, space, channel, ...changing })
        .onConflict((conflict) => conflict.column("id").doUpdateSet(changing))
        .execute();
    },

    async claimLate(now, limit, without = []) {
      // The partial index on deadline; an ended round has none.
      const { rows } = await sql<{ id: string }>`
        select id from round
        where deadline <= ${at(now)} and id <> all(${[...without]})
        order by deadline
        limit ${limit}
        for no key update skip locked`.execute(db);
      return rows.map((row) => row.id);
    },
  };
}
