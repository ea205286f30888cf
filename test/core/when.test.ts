import { expect, it } from "vitest";
import { HOUR, MINUTE } from "../../src/core/place.ts";
import { dayAfter, weekdayOf } from "../../src/core/schedule.ts";
import { readWhen } from "../../src/core/when.ts";

/** A Saturday. */
const TODAY = "2026-11-21";
const wall = (time: string, ...days: string[]) => ({ kind: "wall", days, time });

it.each([
  ["2026-12-01 18:30", wall("18:30", "2026-12-01")],
  ["2026-12-01T18:30", wall("18:30", "2026-12-01")],
  [" 2026-12-01, at 6:30 pm ", wall("18:30", "2026-12-01")],
  ["tomorrow 18:30", wall("18:30", "2026-11-22")],
  ["Tomorrow at 6pm", wall("18:00", "2026-11-22")],
  ["18:30 tomorrow", wall("18:30", "2026-11-22")],
  ["today 23:15", wall("23:15", TODAY)],
  ["23:15", wall("23:15", TODAY)],
  ["fri 18:30", wall("18:30", "2026-11-27", "2026-12-04")],
  ["on Friday at 18:30", wall("18:30", "2026-11-27", "2026-12-04")],
  ["sat 9:00", wall("09:00", "2026-11-21", "2026-11-28")],
  ["1 dec 18:30", wall("18:30", "2026-12-01", "2027-12-01")],
  ["December 1st, 7 pm", wall("19:00", "2026-12-01", "2027-12-01")],
  ["29 feb 18:00", undefined],
  ["in 3 days 18:30", wall("18:30", "2026-11-24")],
  ["in 1 week at 18:30", wall("18:30", "2026-11-28")],
  ["in 2 hours", { kind: "after", ms: 2 * HOUR }],
  ["in an hour", { kind: "after", ms: HOUR }],
  ["in 45min", { kind: "after", ms: 45 * MINUTE }],
  // No hour, no day, two readings, or not a time at all.
  ["tomorrow", undefined],
  ["in 3 days", undefined],
  ["2026-02-30 18:30", undefined],
  ["12/1 18:30", undefined],
  ["next fri 18:30", undefined],
  ["daily 18:30", undefined],
  ["2026-12-01 25:00", undefined],
  ["@everyone", undefined],
  ["", undefined],
] as const)("reads %j", (typed, read) => {
  expect(readWhen(typed, TODAY)).toEqual(read);
});

it("counts days over months, years and leap days, and knows their names", () => {
  expect(dayAfter("2026-12-31", 1)).toBe("2027-01-01");
  expect(dayAfter("2028-02-28", 1)).toBe("2028-02-29");
  for (const day of ["1970-01-01", "2000-02-29", "2026-11-21", "2027-01-01"])
    expect(weekdayOf(day)).toBe((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7);
});
