/** Points: written once, never changed. The boards that sum them follow by triggers, see migration 0010. */
import { sql } from "kysely";
import type { Entry, LocalDate, Reads, Tx } from "../app/ports.ts";
import type { Who } from "../core/place.ts";
import { only } from "./calendar.ts";
import type { Db } from "./tables.ts";
import { at } from "./values.ts";

export function readLedger(db: Db): Reads["ledger"] {
  return {
    async earnedOn(group, member, moment) {
      // The instants are for the index ledger_member. A day lasts 49 hours where a group moves from the first
      // zone to the last meanwhile.
      const { rows } = await sql<{ day: LocalDate; points: number }>`
        with today as materialized (select local_day(${group}, ${at(moment)}) as day)
        select today.day, coalesce(sum(points), 0) as points
        from today
        left join ledger on group_id = ${group} and member = ${member} and voids is null and ledger.day = today.day
          and earned_at between ${at(moment)} - interval '3 days' and ${at(moment)} + interval '3 days'
        group by today.day`.execute(db);
      return only(rows);
    },

    async entries(group, member, limit, skip = 0) {
      const { rows } = await sql<EntryRow>`
        select ${ENTRY} from (
          select * from ledger
          where group_id = ${group} and member = ${member} and voids is null
          order by earned_at desc, id desc
          limit ${limit} offset ${skip}
        ) as entry ${LAST_VOID}
        order by entry.earned_at desc, entry.id desc`.execute(db);
      return rows.map(entryOf);
    },

    async entry(group, id) {
      const { rows } = await sql<EntryRow>`
        select ${ENTRY} from ledger entry ${LAST_VOID} where entry.id = ${id} and entry.group_id = ${group} and entry.voids is null`.execute(
        db,
      );
      return rows[0] && entryOf(rows[0]);
    },
  };
}

export function writeLedger(db: Db): Tx["ledger"] {
  return {
    ...readLedger(db),
    async award(awards) {
      if (awards.length === 0) return;
      await db
        .insertInto("ledger")
        .values(
          awards.map(({ key, group, member, kind, points, at: earned, day }) => ({
            key,
            group_id: group,
            member,
            kind,
            points,
            earned_at: new Date(earned),
            // A trigger sets what is not given.
            day: day ?? null,
          })),
        )
        .onConflict((conflict) => conflict.column("key").doNothing())
        .execute();
    },

    async setVoid(entry, voided, by, reason, now) {
      // Not while its member is being renamed, and two voids of one entry after another.
      await sql`
        select pg_advisory_xact_lock(hashtextextended('member/' || group_id || '/' || member, 0)) from ledger where id = ${entry}`.execute(
        db,
      );
      // The counter-entry has the day and the instant of what it takes back: every window stays a sum.
      const { rows } = await sql<{ id: number }>`
        insert into ledger (key, group_id, member, kind, points, earned_at, day, voids, reason, voided_by, voided_at)
        select 'void/' || tip.id, tip.group_id, tip.member, 'void', -tip.points, tip.earned_at, tip.day, tip.id,
          ${reason}, ${by}, ${at(now)}
        from ledger entry ${LAST_VOID}
        join ledger tip on tip.id = coalesce(last.id, entry.id)
        where entry.id = ${entry} and entry.voids is null and coalesce(last.depth, 0) % 2 = ${voided ? 0 : 1}
        on conflict do nothing
        returning id`.execute(db);
      return rows.length > 0;
    },
  };
}

/** Until the end of the transaction nobody earns, or is voided, as this member, and no board of the space is rebuilt. */
export async function holdEarning(db: Db, { platform, space, id }: Who): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended('member/' || id || '/' || ${id}::text, 0))
    from (select id from study_group where platform = ${platform} and space = ${space} order by id) as groups`.execute(db);
  await sql`select lock_space(space_scope(${platform}::text, ${space}::text), false)`.execute(db);
}

/** The last word on `entry`: a chain in which each takes back the one before, so that every second one restores. */
const LAST_VOID = sql`
  left join lateral (
    with recursive chain as (
      select id, reason, voided_by, 1 as depth from ledger where voids = entry.id
      union all
      select ledger.id, ledger.reason, ledger.voided_by, depth + 1 from ledger join chain on ledger.voids = chain.id
    )
    select * from chain order by depth desc limit 1
  ) last on true`;

const ENTRY = sql`entry.id, entry.member, entry.kind, entry.points, entry.day, last.depth, last.reason, last.voided_by`;

interface EntryRow extends Omit<Entry, "voided" | "restored"> {
  readonly depth: number | null;
  readonly reason: string | null;
  readonly voided_by: string | null;
}

function entryOf({ id, member, kind, points, day, depth, reason, voided_by: by }: EntryRow): Entry {
  const word = depth === null ? undefined : { reason: reason ?? "", by: by ?? "" };
  const isVoid = depth !== null && depth % 2 === 1;
  return { id, member, kind, points, day, voided: isVoid ? word : undefined, restored: isVoid ? undefined : word };
}
