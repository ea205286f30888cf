/** Local days and times. The arithmetic is SQL's, in the functions of migration 0001. */
import { sql } from "kysely";
import type { LocalDate, Reads } from "../app/ports.ts";
import type { Instant } from "../core/place.ts";
import type { Db } from "./tables.ts";
import { at } from "./values.ts";

export function readCalendar(db: Db): Reads["calendar"] {
  return {
    async upcoming({ zone, time, weekdays }, after, count, group) {
      // A schedule has at least one day a week; a year more for the longest stretch of days off.
      const { rows } = await sql<{ due_at: Instant }>`
        select due_at
        from occurrences(${zone}, ${time}::time, ${weekdays}::integer, ${at(after)}, ${at(after)} + ${count + 54} * interval '7 days')
        where not exists (select from day_off where group_id = ${group} and day between first_day and last_day)
        order by due_at
        limit ${count}`.execute(db);
      return rows.map((row) => row.due_at);
    },

    async localDate(zone, moment) {
      const { rows } = await sql<{ date: LocalDate }>`select (${at(moment)} at time zone ${zone}::text)::date as date`.execute(db);
      return only(rows).date;
    },

    async startOf(unit, zone, moment) {
      const { rows } = await sql<{ start: Instant }>`
        select wall_instant(date_trunc(${unit}::text, ${at(moment)} at time zone ${zone}::text), ${zone}::text) as start`.execute(db);
      return only(rows).start;
    },
  };
}

/** The one row of a statement that always gives one. */
export function only<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined) throw new Error("A statement that always gives one row gave none.");
  return row;
}
