/** Who installed the app in Slack. */
import { type RawBuilder, sql } from "kysely";
import { type Installation, type Installations, REMOVED } from "../app/installations.ts";
import type { Instant } from "../core/place.ts";
import { resumeSpaces } from "./groups.ts";
import type { Db } from "./tables.ts";
import { transaction } from "./transaction.ts";
import { at, optionalDate } from "./values.ts";

export function createInstallations(db: Db): Installations {
  const one = async (query: RawBuilder<Installation>): Promise<Installation | undefined> => (await query.execute(db)).rows[0];

  return {
    serving: (space) =>
      one(sql<Installation>`
        select id, sealed from slack_install
        where id in (${space}, (select organization from slack_space where space = ${space}))
        order by id = ${space} desc
        limit 1`),

    all: async () => (await sql<Installation>`select id, sealed from slack_install order by id`.execute(db)).rows,

    install: ({ id, sealed }, { space, organization }, now) =>
      transaction(db, async (tx) => {
        await sql`
          insert into slack_install (id, sealed, installed_at) values (${id}, ${sealed}, ${at(now)})
          on conflict (id) do update
            set sealed = excluded.sealed, installed_at = excluded.installed_at, leased_until = null`.execute(tx);
        if (space !== undefined) await serve(tx, space, organization ?? null);
        await sql`update slack_space set forget_at = null where organization = ${id}`.execute(tx);
        const { rows } = await sql<{ space: string }>`select space from slack_space where ${id} in (space, organization)`.execute(tx);
        const served = rows.map((row) => row.space);
        await resumeSpaces(tx, "slack", served, REMOVED, now);
      }),

    // A late event of a removed organization must not keep what is to be forgotten.
    async met(space, organization) {
      await sql`
        insert into slack_space (space, organization) select ${space}, id from slack_install where id = ${organization}
        on conflict (space) do update set organization = excluded.organization, forget_at = null`.execute(db);
    },

    left: (spaces, forgetAt) =>
      transaction(db, async (tx) => {
        for (const space of spaces) {
          await sql`update slack_space set organization = null where space = ${space}`.execute(tx);
          await forgetLater(tx, space, at(forgetAt));
        }
      }),

    async reseal({ id, sealed: before }, sealed) {
      await sql`update slack_install set sealed = ${sealed}, leased_until = null where id = ${id} and sealed = ${before}`.execute(db);
    },

    // The server's clock: replicas' own may differ.
    lease: (id, ms) =>
      one(sql<Installation>`
        update slack_install set leased_until = now() + ${ms} * interval '1 millisecond'
        where id = ${id} and (leased_until is null or leased_until <= now())
        returning id, sealed`),

    remove: (id, forgetAt, { sealed, before } = {}) =>
      transaction(db, async (tx) => {
        const { rows } = await sql`
          delete from slack_install
          where id = ${id} and sealed = coalesce(${sealed ?? null}::text, sealed)
            and installed_at <= coalesce(${optionalDate(before)}::timestamptz, installed_at)
          returning id`.execute(tx);
        if (rows.length > 0) await forgetLater(tx, id, at(forgetAt));
        return rows.length > 0;
      }),

    async spend(mark, expires, now) {
      await sql`delete from slack_state where expires_at < ${at(now)}`.execute(db);
      const { rows } = await sql`
        insert into slack_state (mark, expires_at) values (${mark}, ${at(expires)})
        on conflict (mark) do nothing returning mark`.execute(db);
      return rows.length > 0;
    },
  };
}

/** An organization once known stays known: its own installation may outlast the workspace's. */
async function serve(db: Db, space: string, organization: string | null): Promise<void> {
  await sql`
    insert into slack_space (space, organization) values (${space}, ${organization})
    on conflict (space) do update
      set organization = coalesce(excluded.organization, slack_space.organization), forget_at = null`.execute(db);
}

/** What an ended installation served and no other does; a date that was set before stays. */
async function forgetLater(db: Db, ended: string, forgetAt: RawBuilder<Instant>): Promise<void> {
  await sql`
    update slack_space set forget_at = coalesce(forget_at, ${forgetAt})
    where ${ended} in (space, organization)
      and not exists (select from slack_install where slack_install.id in (slack_space.space, slack_space.organization))`.execute(db);
}
