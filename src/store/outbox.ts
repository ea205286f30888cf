/** What a transaction does to the outbox: put, and settle. */
import { sql } from "kysely";
import type { Tx } from "../app/ports.ts";
import { type Effect, reachable } from "../core/effect.ts";
import type { Instant } from "../core/place.ts";
import type { View } from "../core/view.ts";
import type { Db } from "./tables.ts";
import { at, json } from "./values.ts";

export function writeOutbox(db: Db): Tx["outbox"] {
  return {
    async put(effects, now) {
      const said = effects.map(reachable).filter((effect) => effect !== undefined);
      for (const batch of batches(said)) await putAll(db, batch, now);
    },

    async sent(key, remote) {
      const { numUpdatedRows } = await db
        .updateTable("outbox")
        .set({ state: "sent", remote, leased: false })
        .where("key", "=", key)
        .where("state", "=", "waiting")
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    async known(key) {
      return (await db.selectFrom("outbox").select("key").where("key", "=", key).executeTakeFirst()) !== undefined;
    },

    async unread({ space }, member, limit) {
      const { rows } = await sql<{ view: View }>`
        with shown as (
          update outbox set state = 'sent'
          where key in (
            select key from outbox
            where state = 'dead' and effect ->> 'kind' = 'notice'
              and effect -> 'to' ->> 'space' = ${space} and effect ->> 'member' = ${member}
              -- A reminder of what is long over is no news.
              and key not like 'remind/%'
            order by seq limit ${limit}
          )
          returning seq, effect
        )
        select effect -> 'view' as view from shown order by seq`.execute(db);
      return rows.map(({ view }) => view);
    },

    async dead(key, reason) {
      // Downwards over the index on `needs`. A dependant that is being put at this moment is not
      // seen here; the queue will hand it out as orphaned.
      const { rows } = await sql<{ effect: Effect }>`
        with recursive dying as (
          select key from outbox where key = ${key} and state = 'waiting'
          union
          select outbox.key from outbox join dying on outbox.needs = dying.key where outbox.state = 'waiting'
        ),
        died as (
          update outbox
          set state = 'dead', leased = false, reason = ${reason}
          from dying
          where outbox.key = dying.key and outbox.state = 'waiting'
          returning outbox.key, outbox.seq, outbox.effect
        )
        select effect from died order by key <> ${key}, seq`.execute(db);
      return rows.map((row) => row.effect);
    },
  };
}

/**
 * What one statement can put: no key twice, and no edit of a message that is put with it, since the edit
 * takes its lane from there.
 */
function batches(effects: readonly Effect[]): readonly (readonly Effect[])[] {
  const all: Effect[][] = [];
  let keys = new Set<string>();
  for (const effect of effects) {
    const batch = all.at(-1);
    if (batch && !keys.has(effect.key) && !(effect.kind === "edit" && keys.has(effect.post))) batch.push(effect);
    else {
      all.push([effect]);
      keys = new Set();
    }
    keys.add(effect.key);
  }
  return all;
}

/** In their order, which is the lane's. */
async function putAll(db: Db, effects: readonly Effect[], now: Instant): Promise<void> {
  const rows = effects.map((effect) => ({
    key: effect.key,
    platform: effect.to.platform,
    lane: laneOf(effect),
    edited: effect.kind === "edit" ? effect.post : null,
    needs: needsOf(effect) ?? null,
    effect,
  }));
  await sql`
    insert into outbox (key, platform, lane, needs, effect, created_at)
    select
      one.value ->> 'key', one.value ->> 'platform',
      coalesce((select lane from outbox where outbox.key = one.value ->> 'edited'), one.value ->> 'lane'),
      one.value ->> 'needs', one.value -> 'effect', ${at(now)}
    from jsonb_array_elements(${json(rows)}::jsonb) with ordinality as one (value, nth)
    order by nth
    on conflict (key) do update
      set state = 'waiting', effect = excluded.effect, attempt = 0, free_at = now()
      where outbox.state = 'dead'`.execute(db);
}

/** The key of the effect whose message or thread this one is about. */
function needsOf(effect: Effect): string | undefined {
  switch (effect.kind) {
    case "post":
      return effect.thread;
    case "edit":
      return effect.post;
    case "thread":
      return effect.root;
    case "notice":
      return undefined;
  }
}

/**
 * The place whose order is kept: a thread, by the key of the effect that creates it, or a channel. A
 * notice has the lane of its reader: one who refuses direct messages holds nobody else up. An edit
 * takes the lane of what it edits, so that edits keep their order wherever that stands.
 */
function laneOf(effect: Effect): string {
  const { platform, space, channel } = effect.to;
  if (effect.kind === "post" && effect.thread !== undefined) return effect.thread;
  return effect.kind === "notice" ? `${platform}/${space}/@${effect.member}` : `${platform}/${space}/${channel ?? ""}`;
}
