/** The fan-out of due slots to the groups that share them. */
import { sql } from "kysely";
import type { PostRef, Tx } from "../app/ports.ts";
import type { Instant } from "../core/place.ts";
import { only } from "./calendar.ts";
import type { Db } from "./tables.ts";
import { at } from "./values.ts";

/** After a longer silence only this much is written down as skipped. */
const LOOK_BACK_DAYS = 40;

/**
 * One statement, so that a slot never moves on without its posts, whatever dies when.
 *
 * `due_slot` reads the index on next_due_at; FOR UPDATE makes other workers pass over its rows (SKIP
 * LOCKED), the NO KEY kind lets groups refer to them meanwhile. It is materialized because
 * it must be evaluated once. The primary key of drill_post settles what remains: a day that already
 * has a post keeps it.
 */
export async function claimSlots(db: Db, now: Instant): ReturnType<Tx["posts"]["claimSlots"]> {
  const { rows } = await sql<{ due: number; skipped: readonly PostRef[] }>`
    with due_slot as materialized (
      select id, zone, wall_time, weekdays, next_due_at
      from schedule_slot
      where next_due_at <= ${at(now)}
      for no key update skip locked
    ),
    advanced as (
      update schedule_slot slot
      set next_due_at = next_occurrence(slot.zone, slot.wall_time, slot.weekdays, ${at(now)})
      from due_slot
      where slot.id = due_slot.id
    ),
    missed as materialized (
      select due_slot.id as slot, day, due_at, due_at = max(due_at) over (partition by due_slot.id) as newest
      from due_slot
      cross join lateral occurrences(
        zone, wall_time, weekdays,
        greatest(next_due_at - interval '1 second', ${at(now)} - ${LOOK_BACK_DAYS} * interval '1 day'), ${at(now)}
      )
    ),
    post as (
      insert into drill_post (group_id, local_date, state, due_at)
      select
        study_group.id, day,
        case when newest and due_at >= ${at(now)} - catch_up_hours * interval '1 hour' then 'due' else 'skipped' end,
        due_at
      from missed
      join study_group on study_group.slot = missed.slot
      where paused_at is null and due_at > scheduled_from
        and not exists (
          select from day_off where day_off.group_id = study_group.id and missed.day between first_day and last_day
        )
      on conflict (group_id, local_date, edition) do nothing
      returning group_id, local_date, state, due_at
    )
    select
      (select count(*) from post where state = 'due') as due,
      (
        select coalesce(jsonb_agg(jsonb_build_object('group', post.group_id, 'date', post.local_date, 'edition', 1)), '[]')
        from post
        join study_group on study_group.id = post.group_id
        join missed on missed.slot = study_group.slot and missed.due_at = post.due_at
        where state = 'skipped' and newest
      ) as skipped`.execute(db);
  return only(rows);
}
