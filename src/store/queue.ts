/** What delivers: leases of outbox rows. Time is the server's here, since workers' clocks differ. */
import { sql } from "kysely";
import type { Claimed, OutboxQueue } from "../app/ports.ts";
import type { Effect } from "../core/effect.ts";
import type { Db } from "./tables.ts";

interface ClaimedRow {
  readonly effect: Effect;
  readonly attempt: number;
  readonly needs: string | null;
  /** What the needed effect became on the platform; null when it died or never was. */
  readonly remote: string | null;
  /** The thread that the needed effect stands in. */
  readonly thread: string | null;
}

export function createQueue(db: Db): OutboxQueue {
  return {
    async claim(platform, limit, leaseMs) {
      // `head` walks outbox_free, oldest first, past rows that are leased or wait for another try,
      // and takes those with nothing before them in their lane (outbox_lane) and whose needed effect
      // is settled (primary key). A row that is not free keeps its lane closed, for it is still
      // waiting. Two workers cannot take one row: the second passes over a locked one, and after
      // the first has committed PostgreSQL checks `free_at` of the new version.
      // statement_timestamp(), because an index is not searched by the volatile clock_timestamp().
      const { rows } = await sql<ClaimedRow>`
        with head as (
          select key from outbox
          where platform = ${platform} and state = 'waiting' and free_at <= statement_timestamp()
            and not exists (
              select from outbox earlier
              where earlier.lane = outbox.lane and earlier.seq < outbox.seq and earlier.state = 'waiting'
            )
            and not exists (
              select from outbox needed where needed.key = outbox.needs and needed.state = 'waiting'
            )
          order by free_at, seq
          limit ${limit}
          for update skip locked
        ),
        claimed as (
          update outbox
          set leased = true, attempt = attempt + 1, free_at = statement_timestamp() + ${leaseMs} * interval '1 millisecond'
          from head
          where outbox.key = head.key
          returning outbox.seq, outbox.effect, outbox.attempt, outbox.needs
        )
        select claimed.effect, claimed.attempt, claimed.needs, needed.remote, around.remote as thread
        from claimed
        left join outbox needed on needed.key = claimed.needs
        left join outbox around on around.key = needed.effect ->> 'thread'
        order by claimed.seq`.execute(db);
      return rows.map(resolved);
    },

    async retry(key, afterMs, reason) {
      await db
        .updateTable("outbox")
        .set({ leased: false, reason, free_at: sql<Date>`statement_timestamp() + ${afterMs} * interval '1 millisecond'` })
        .where("key", "=", key)
        .where("state", "=", "waiting")
        .execute();
    },

    async releaseLeases() {
      await db
        .updateTable("outbox")
        .set({ leased: false, free_at: sql<Date>`statement_timestamp()` })
        .where("state", "=", "waiting")
        .where("leased", "=", true)
        .execute();
    },
  };
}

/** Puts the platform's ids in the place of our keys. */
function resolved({ effect, attempt, needs, remote, thread }: ClaimedRow): Claimed {
  if (needs !== null && remote === null) return { effect, attempt, to: effect.to, message: undefined, orphaned: true };
  const known = remote ?? undefined;
  // A message in a thread is edited there.
  if (effect.kind !== "post") return { effect, attempt, to: thread === null ? effect.to : { ...effect.to, thread }, message: known };
  return { effect, attempt, to: known === undefined ? effect.to : { ...effect.to, thread: known }, message: undefined };
}
