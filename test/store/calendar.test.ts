import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Store } from "../../src/app/ports.ts";
import { HOUR } from "../../src/core/place.ts";
import { DATABASES, openTestStore } from "../kit/database.ts";
import { EVERY_DAY, instant, iso } from "./fixtures.ts";

// Reading alone: one store serves all.
describe.each(DATABASES)("calendar on %s", (kind) => {
  let store: Store;
  beforeAll(async () => {
    ({ store } = await openTestStore(kind));
  });
  afterAll(() => store.close());

  const cases: readonly [what: string, zone: string, time: string, after: string, expected: readonly string[]][] = [
    [
      "the day of a spring gap comes later by the gap",
      "Europe/Berlin",
      "02:30",
      "2026-03-28T12:00:00Z",
      ["2026-03-29T01:30:00.000Z", "2026-03-30T00:30:00.000Z"],
    ],
    [
      "a repeated time comes once, the first time",
      "Europe/Berlin",
      "02:30",
      "2026-10-24T12:00:00Z",
      ["2026-10-25T00:30:00.000Z", "2026-10-26T01:30:00.000Z"],
    ],
    ["New York in spring", "America/New_York", "02:30", "2026-03-07T12:00:00Z", ["2026-03-08T07:30:00.000Z", "2026-03-09T06:30:00.000Z"]],
    ["New York in autumn", "America/New_York", "01:30", "2026-10-31T12:00:00Z", ["2026-11-01T05:30:00.000Z", "2026-11-02T06:30:00.000Z"]],
    [
      "a zone without changes, off by half an hour",
      "Asia/Kolkata",
      "09:00",
      "2026-03-29T03:30:00Z",
      ["2026-03-30T03:30:00.000Z", "2026-03-31T03:30:00.000Z"],
    ],
    [
      "a gap of half an hour",
      "Australia/Lord_Howe",
      "02:15",
      "2026-10-03T12:00:00Z",
      ["2026-10-03T15:45:00.000Z", "2026-10-04T15:15:00.000Z"],
    ],
    [
      "half an hour repeated",
      "Australia/Lord_Howe",
      "01:45",
      "2026-04-04T10:00:00Z",
      ["2026-04-04T14:45:00.000Z", "2026-04-05T15:15:00.000Z"],
    ],
    [
      "a day that the zone left out",
      "Pacific/Apia",
      "09:00",
      "2011-12-29T00:00:00Z",
      ["2011-12-29T19:00:00.000Z", "2011-12-30T19:00:00.000Z"],
    ],
  ];
  test.each(cases)("%s", async (_, zone, time, after, expected) => {
    const found = await store.read.calendar.upcoming({ zone, time, weekdays: EVERY_DAY }, instant(after), expected.length, "none");
    expect(found.map(iso)).toEqual(expected);
  });

  test("upcoming keeps to the weekdays and is strictly later", async () => {
    const mondayAndFriday = { zone: "UTC", time: "09:00", weekdays: 1 + 16 };
    const found = await store.read.calendar.upcoming(mondayAndFriday, instant("2026-05-04T09:00:00Z"), 4, "none");
    expect(found.map(iso)).toEqual([
      "2026-05-08T09:00:00.000Z",
      "2026-05-11T09:00:00.000Z",
      "2026-05-15T09:00:00.000Z",
      "2026-05-18T09:00:00.000Z",
    ]);
  });

  test("one day a week, far ahead", async () => {
    const found = await store.read.calendar.upcoming(
      { zone: "UTC", time: "09:00", weekdays: 64 },
      instant("2026-05-04T09:00:00Z"),
      60,
      "none",
    );
    expect(found).toHaveLength(60);
    expect(new Set(found.map((at) => new Date(at).getUTCDay()))).toEqual(new Set([0]));
  });

  test("local dates on both sides of midnight", async () => {
    const { localDate } = store.read.calendar;
    expect(await localDate("Asia/Kolkata", instant("2026-05-04T18:29:59.999Z"))).toBe("2026-05-04");
    expect(await localDate("Asia/Kolkata", instant("2026-05-04T18:30:00Z"))).toBe("2026-05-05");
    expect(await localDate("America/New_York", instant("2026-05-04T03:00:00Z"))).toBe("2026-05-03");
  });

  test("days and weeks begin at local midnight, weeks on Monday", async () => {
    const { startOf } = store.read.calendar;
    const sunday = instant("2026-03-29T20:00:00Z");
    expect(iso(await startOf("day", "Europe/Berlin", sunday))).toBe("2026-03-28T23:00:00.000Z");
    expect(iso(await startOf("week", "Europe/Berlin", sunday))).toBe("2026-03-22T23:00:00.000Z");
    expect(iso(await startOf("day", "Europe/Berlin", instant("2026-03-30T20:00:00Z")))).toBe("2026-03-29T22:00:00.000Z");
  });

  test("a day whose midnight comes twice begins with the first, one without a midnight at one", async () => {
    const { startOf } = store.read.calendar;
    const firstHalfHour = instant("2026-11-01T04:30:00Z");
    const start = await startOf("day", "America/Havana", firstHalfHour);
    expect(iso(start)).toBe("2026-11-01T04:00:00.000Z");
    expect(await startOf("day", "America/Havana", firstHalfHour + HOUR)).toBe(start);
    expect(iso(await startOf("day", "Africa/Cairo", instant("2026-04-24T12:00:00Z")))).toBe("2026-04-23T22:00:00.000Z");
  });

  test("every zone that Node offers is known to the database", async () => {
    const zones = ["UTC", ...Intl.supportedValuesOf("timeZone")];
    const dates = await Promise.all(zones.map((zone) => store.read.calendar.localDate(zone, 0)));
    expect(new Set(dates)).toEqual(new Set(["1969-12-31", "1970-01-01"]));
  });
});
