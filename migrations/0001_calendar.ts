/** Wall times and instants: the only place where a local time becomes an instant. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<never>): Promise<void> {
  // `at time zone` moves a time inside a spring gap forward by the gap, as we want, but takes the
  // second of a repeated time. The first is what a person expects, and at midnight (Havana, the
  // Azores) the second would put the start of a day after its first hour. So the offset of the day
  // before is tried, and taken when it names the same wall time earlier.
  await sql`
    create function wall_instant(wall timestamp, zone text) returns timestamptz language sql stable
    return (
      select case when early < late and early at time zone zone = wall then early else late end
      from (select wall at time zone zone as late) second_time
      cross join lateral (select late - interval '1 day' as day_before) reference
      cross join lateral (
        select (wall - ((day_before at time zone zone) - (day_before at time zone 'UTC'))) at time zone 'UTC' as early
      ) first_time
    )`.execute(db);

  // The days of a schedule in (after, upto]. It begins one day early because a time moved over a
  // gap may fall on the next local day.
  await sql`
    create function occurrences(zone text, wall time, weekdays integer, after timestamptz, upto timestamptz)
    returns table (day date, due_at timestamptz) language sql stable as $$
      select days.day, moment.due_at
      from (
        select (after at time zone zone)::date - 1 + n as day
        from generate_series(0, (upto at time zone zone)::date - (after at time zone zone)::date + 1) as n
      ) days
      cross join lateral (select wall_instant(days.day + wall, zone) as due_at) moment
      where weekdays & (1 << (extract(isodow from days.day)::integer - 1)) <> 0
        and moment.due_at > after and moment.due_at <= upto
      order by moment.due_at
    $$`.execute(db);

  // A weekly schedule comes again within seven days, and one more for a day that a zone leaves out.
  await sql`
    create function next_occurrence(zone text, wall time, weekdays integer, after timestamptz)
    returns timestamptz language sql stable
    return (select min(due_at) from occurrences(zone, wall, weekdays, after, after + interval '9 days'))`.execute(db);
}
