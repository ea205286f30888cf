/** When each group's weekly digest is due. */
import { sql } from "kysely";
import type { LocalDate, Tx } from "../app/ports.ts";
import type { Db } from "./tables.ts";
import { at } from "./values.ts";

export function writeDigests(db: Db): Tx["digests"] {
  return {
    async want(group, wanted, now) {
      if (!wanted) await db.updateTable("digest").set({ next_due_at: null }).where("group_id", "=", group).execute();
      else await planDigest(db, group, now);
    },
    async claim(now, limit, without) {
      // One statement: a digest never moves on without being posted. After downtime the newest week alone is told.
      const { rows } = await sql<{ group: string; monday: LocalDate; paused: boolean }>`
        with due as materialized (
          select group_id from digest
          where next_due_at <= ${at(now)} and group_id <> all (${[...without]}::text[])
          order by next_due_at
          limit ${limit}
          for no key update skip locked
        )
        update digest
        set next_due_at = next_occurrence(zone, wall_time, 1, ${at(now)})
        from due
        join study_group on study_group.id = due.group_id
        left join schedule_slot on schedule_slot.id = study_group.slot
        where digest.group_id = due.group_id
        returning digest.group_id as "group", paused_at is not null as paused,
          date_trunc('week', ${at(now)} at time zone coalesce(zone, 'UTC') - interval '7 days')::date as monday`.execute(db);
      return rows.filter(({ paused }) => !paused);
    },
  };
}

/** Next Monday at the hour of the group's drill. A digest that is off stays off when the schedule changes. */
export async function planDigest(db: Db, group: string, from: number, { keepOff = false } = {}): Promise<void> {
  await sql`
    insert into digest (group_id, next_due_at)
    select study_group.id, next_occurrence(zone, wall_time, 1, ${at(from)})
    from study_group join schedule_slot on schedule_slot.id = study_group.slot
    where study_group.id = ${group}
    on conflict (group_id) do update set next_due_at = case
      -- This Monday's is still to come, at an hour that the new one is past: it is not skipped for that.
      when excluded.next_due_at - digest.next_due_at > interval '6 days' then digest.next_due_at
      else excluded.next_due_at
    end
    ${keepOff ? sql`where digest.next_due_at is not null` : sql``}`.execute(db);
}
