/** Study groups, and the slots that those with the same schedule share. */
import { type Selectable, sql } from "kysely";
import type { Reads, Tx } from "../app/ports.ts";
import type { Group, Schedule } from "../core/group.ts";
import type { Instant, Platform } from "../core/place.ts";
import { only } from "./calendar.ts";
import { planDigest } from "./digests.ts";
import { lock } from "./lock.ts";
import type { Db, Tables } from "./tables.ts";
import { at, optionalDate } from "./values.ts";

export function readGroups(db: Db): Reads["groups"] {
  return {
    async at({ platform, space, channel }) {
      if (channel === undefined) return undefined;
      const row = await groupRows(db)
        .where("platform", "=", platform)
        .where("space", "=", space)
        .where("channel", "=", channel)
        .executeTakeFirst();
      return row && groupOf(row);
    },
    async find(id) {
      const row = await groupRows(db).where("study_group.id", "=", id).executeTakeFirst();
      return row && groupOf(row);
    },
    async these(ids) {
      const rows = await groupRows(db)
        .where("study_group.id", "=", sql<string>`any(${[...ids]})`)
        .execute();
      return new Map(rows.map((row) => [row.id, groupOf(row)]));
    },
  };
}

export function writeGroups(db: Db): Tx["groups"] {
  const read = readGroups(db);
  return {
    ...read,

    async ensure(place, id, now) {
      const { platform, space, channel } = place;
      await db
        .insertInto("study_group")
        .values({ id, platform, space, channel, created_at: new Date(now) })
        .onConflict((conflict) => conflict.columns(["platform", "space", "channel"]).doNothing())
        .execute();
      const group = await read.at(place);
      if (!group) throw new Error(`The group of ${platform}/${space}/${channel} could neither be made nor found.`);
      return group;
    },

    async schedule(id, schedule, now) {
      // Changing schedules is rare. One at a time, no slot can be left and taken at once, so that
      // the last group to leave a slot can delete it.
      await lock(db, "schedule_slot");
      const before = await db.selectFrom("study_group").select("slot").where("id", "=", id).executeTakeFirstOrThrow();
      const slot = await slotFor(db, schedule, now);
      await db
        .updateTable("study_group")
        .set({ slot, scheduled_from: new Date(now), paused_at: null, paused_reason: null })
        .where("id", "=", id)
        .execute();
      await planDigest(db, id, now, { keepOff: true });
      if (before.slot !== null && before.slot !== slot) await deleteIfUnused(db, before.slot);
    },

    async set(id, { organizers, sealedHours, catchUpHours, kinds, ...rest }) {
      const changed = {
        ...(organizers && { organizers: [...organizers] }),
        ...(sealedHours !== undefined && { sealed_hours: sealedHours }),
        ...(catchUpHours !== undefined && { catch_up_hours: catchUpHours }),
        ...(kinds && { kinds: [...kinds] }),
        ...("plan" in rest && { plan: rest.plan?.slug ?? null, plan_from: optionalDate(rest.plan?.from) }),
      };
      if (Object.keys(changed).length > 0) await db.updateTable("study_group").set(changed).where("id", "=", id).execute();
    },

    async resume(id, now) {
      const { numUpdatedRows } = await db
        .updateTable("study_group")
        .set({ scheduled_from: new Date(now), paused_at: null, paused_reason: null })
        .where("id", "=", id)
        .where("paused_at", "is not", null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    async pause(id, reason, now) {
      const { numUpdatedRows } = await db
        .updateTable("study_group")
        .set({ paused_at: new Date(now), paused_reason: reason })
        .where("id", "=", id)
        .where("paused_at", "is", null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    async pauseSpace(platform, space, reason, now) {
      const { numUpdatedRows } = await db
        .updateTable("study_group")
        .set({ paused_at: new Date(now), paused_reason: reason })
        .where("platform", "=", platform)
        .where("space", "=", space)
        .where("paused_at", "is", null)
        .executeTakeFirst();
      return Number(numUpdatedRows);
    },

    resumeSpaces: (platform, spaces, reason, now) => resumeSpaces(db, platform, spaces, reason, now),
  };
}

/** Groups of these spaces that paused for that reason go on; returns how many. */
export async function resumeSpaces(db: Db, platform: Platform, spaces: readonly string[], reason: string, now: Instant): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable("study_group")
    .set({ scheduled_from: new Date(now), paused_at: null, paused_reason: null })
    .where("platform", "=", platform)
    .where("space", "=", sql<string>`any(${[...spaces]})`)
    .where("paused_reason", "=", reason)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

async function slotFor(db: Db, { zone, time, weekdays }: Schedule, now: Instant): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    with made as (
      insert into schedule_slot (zone, wall_time, weekdays, next_due_at)
      values (
        ${zone}, ${time}::time, ${weekdays}::integer,
        next_occurrence(${zone}::text, ${time}::time, ${weekdays}::integer, ${at(now)})
      )
      on conflict (zone, wall_time, weekdays) do nothing
      returning id
    )
    select id from made
    union all
    select id from schedule_slot where zone = ${zone} and wall_time = ${time}::time and weekdays = ${weekdays}::integer`.execute(db);
  return only(rows).id;
}

async function deleteIfUnused(db: Db, slot: number): Promise<void> {
  await db
    .deleteFrom("schedule_slot")
    .where("id", "=", slot)
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom("study_group").select("id").where("slot", "=", slot))))
    .execute();
}

/** By their names, so that what reads them may be prepared: see prepared.ts. */
const COLUMNS = [
  "study_group.id",
  "study_group.platform",
  "study_group.space",
  "study_group.channel",
  "study_group.organizers",
  "study_group.sealed_hours",
  "study_group.catch_up_hours",
  "study_group.kinds",
  "study_group.plan",
  "study_group.plan_from",
  "study_group.paused_at",
  "study_group.paused_reason",
] as const;

export const groupRows = (db: Db) =>
  db
    .selectFrom("study_group")
    .leftJoin("schedule_slot", "schedule_slot.id", "study_group.slot")
    .select(COLUMNS)
    .select(["schedule_slot.zone", "schedule_slot.weekdays"])
    .select(sql<string | null>`to_char(schedule_slot.wall_time, 'HH24:MI')`.as("time"));

interface GroupRow extends Omit<Selectable<Tables["study_group"]>, "slot" | "scheduled_from" | "created_at"> {
  readonly zone: string | null;
  readonly weekdays: number | null;
  readonly time: string | null;
}

export function groupOf(row: GroupRow): Group {
  const { zone, weekdays, time } = row;
  return {
    id: row.id,
    place: { platform: row.platform, space: row.space, channel: row.channel },
    schedule: zone !== null && weekdays !== null && time !== null ? { time, zone, weekdays } : undefined,
    organizers: row.organizers,
    sealedHours: row.sealed_hours,
    catchUpHours: row.catch_up_hours,
    kinds: row.kinds,
    plan: row.plan === null || row.plan_from === null ? undefined : { slug: row.plan, from: row.plan_from },
    paused: row.paused_at === null ? undefined : { at: row.paused_at, reason: row.paused_reason ?? "" },
  };
}
