/** Every zone, two years, a time of its own: exactly one post for each scheduled local day, and never twice. */
import { PGlite } from "@electric-sql/pglite";
import { PGliteDialect } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hash } from "../../src/core/hash.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../../src/core/place.ts";
import { openOn } from "../../src/store/index.ts";
import { parsers } from "../../src/store/values.ts";

/** Zones whose rules changed, and in which two years. https://data.iana.org/time-zones/tzdb/NEWS */
const CHANGED = {
  "Europe/Moscow": 2014,
  "Asia/Pyongyang": 2015,
  "Europe/Istanbul": 2016,
  "America/Caracas": 2016,
  "Africa/Casablanca": 2018,
  "America/Sao_Paulo": 2019,
  "Asia/Tehran": 2022,
  "America/Mexico_City": 2022,
  "Asia/Amman": 2022,
  "Africa/Cairo": 2023,
  "America/Nuuk": 2023,
  "Australia/Lord_Howe": 2023,
} as const;

const pglite = new PGlite({ parsers });
beforeAll(async () => {
  await openOn({ dialect: new PGliteDialect({ pglite }), release: () => undefined });
});
afterAll(() => pglite.close());

interface Schedule {
  readonly zone: string;
  readonly wall: string;
  readonly weekdays: number;
  readonly from: Instant;
  readonly to: Instant;
}

const planned = async ({ zone, wall, weekdays, from, to }: Schedule) =>
  (
    await pglite.query<{ day: string; due_at: Instant }>("select day, due_at from occurrences($1, $2::time, $3, $4, $5)", [
      zone,
      wall,
      weekdays,
      new Date(from),
      new Date(to),
    ])
  ).rows;

/** What a clock on the wall shows there: "2024-03-31 02:30". */
function wallClock(zone: string): (at: Instant) => string {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  return (at) => format.format(at);
}

/** Serial numbers of calendar days, to walk over them without a zone. */
const dayAfter = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + DAY).toISOString().slice(0, 10);
const wanted = (day: string, weekdays: number): boolean => (weekdays & (1 << ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))) !== 0;

async function check(schedule: Schedule): Promise<void> {
  const { zone, wall, weekdays, from, to } = schedule;
  const found = await planned(schedule);
  const shown = wallClock(zone);
  // Each scheduled day once, in order, none left out.
  const first = found[0]?.day ?? expect.fail(`${zone}: nothing is planned`);
  let at = 0;
  for (let day = first; at < found.length; day = dayAfter(day)) {
    if (!wanted(day, weekdays)) continue;
    expect(found[at]?.day, `${zone} ${wall}`).toBe(day);
    at++;
  }
  expect((found[0]?.due_at ?? 0) - from, zone).toBeLessThanOrEqual(9 * DAY);
  expect(to - (found.at(-1)?.due_at ?? 0), zone).toBeLessThanOrEqual(9 * DAY);

  for (const { day, due_at } of found) {
    const wish = `${day} ${wall}`;
    const seen = shown(due_at);
    if (seen === wish) {
      // A time that comes twice is taken the first time.
      for (const back of [30 * MINUTE, HOUR, 2 * HOUR]) expect(shown(due_at - back), `${zone} ${wish}`).not.toBe(wish);
      continue;
    }
    // A time that does not exist moves forward by the gap: the clock jumped over it within the hours before.
    const moved = Date.parse(`${seen.replace(" ", "T")}Z`) - Date.parse(`${wish.replace(" ", "T")}Z`);
    expect(moved, `${zone} ${wish} became ${seen}`).toBeGreaterThan(0);
    expect(shown(due_at - moved) < wish, `${zone} ${wish} exists, and became ${seen}`).toBe(true);
  }
}

const zones = Intl.supportedValuesOf("timeZone");
const scheduleOf = (zone: string, year: number): Schedule => {
  const chance = hash(`${zone} ${year}`);
  // Half of the times lie in the small hours, where clocks change.
  const minutes = chance % 2 === 0 ? (chance >>> 3) % 240 : (chance >>> 3) % 1_440;
  const wall = `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  return { zone, wall, weekdays: ((chance >>> 16) % 127) + 1, from: Date.UTC(year, 0, 1), to: Date.UTC(year + 2, 0, 1) };
};

describe("schedules", () => {
  it(`post once a scheduled day in all ${zones.length} zones`, { timeout: 300_000 }, async () => {
    const { rows } = await pglite.query<{ name: string }>("select name from pg_timezone_names");
    const known = new Set(rows.map(({ name }) => name));
    const checked = zones.filter((zone) => known.has(zone));
    expect(checked.length).toBeGreaterThan(400);
    for (const zone of checked) await check(scheduleOf(zone, 2023));
  });

  it.each(Object.entries(CHANGED))("follow %s when its rules change in %i", async (zone, year) => {
    for (const wall of ["00:00", "00:30", "01:15", "02:00", "02:30", "03:00", "23:45"]) {
      const schedule = { ...scheduleOf(zone, year - 1), wall, weekdays: 127 };
      await check(schedule);
      if (wall !== "02:30") continue;
      // A slot moves on from each of its instants to the next, and misses none.
      const found = await planned(schedule);
      const { rows } = await pglite.query<{ due_at: Instant }>(
        `with recursive slot as (
           select next_occurrence($1, $2::time, 127, $3) as due_at
           union all
           select next_occurrence($1, $2::time, 127, due_at) from slot where due_at < $4
         )
         select due_at from slot where due_at <= $4`,
        [zone, wall, new Date(schedule.from), new Date(schedule.to)],
      );
      expect(rows.map(({ due_at }) => due_at)).toEqual(found.map(({ due_at }) => due_at));
    }
  });
});
