/** Reads a day and an hour as people type them. They become instants in the database alone, by its calendar. */
import { HOUR, MINUTE } from "./place.ts";
import { dayAfter, isDay, MONTHS, parseTime, parseWeekdays, weekdayOf } from "./schedule.ts";

export type When =
  | { readonly kind: "after"; readonly ms: number }
  /** Local wall time; the first of the days on which it lies ahead is meant. */
  | { readonly kind: "wall"; readonly days: readonly string[]; readonly time: string };

export const WHEN_EXAMPLES = "`2026-12-01 18:30`, `tomorrow 18:30`, `fri 18:30` or `in 2 hours`";

/** `today` is the local date. Undefined for what is no day with an hour; what it may mean in two ways is none either. */
export function readWhen(typed: string, today: string): When | undefined {
  const words = typed
    .toLowerCase()
    .replace(/^(\d{4}-\d{2}-\d{2})t/, "$1 ")
    .replace(/[,;@]|\b(?:at|on)\b/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return readAfter(words) ?? readWall(words, today);
}

function readAfter(words: string): When | undefined {
  const [, count = "", unit = ""] = /^in (\d{1,4}|an?) ?(m|mins?|minutes?|h|hrs?|hours?)$/.exec(words) ?? [];
  if (unit === "") return undefined;
  return { kind: "after", ms: (/^\d/.test(count) ? Number(count) : 1) * (unit.startsWith("m") ? MINUTE : HOUR) };
}

/** The day stands before the time or after it; alone, a time is today's. */
function readWall(words: string, today: string): When | undefined {
  const parts = words.split(" ");
  for (let at = 0; at <= parts.length; at++) {
    const [left, right] = [parts.slice(0, at).join(" "), parts.slice(at).join(" ")];
    const days = at === 0 ? [today] : readDay(left, today);
    const time = parseTime(right);
    if (days && time !== undefined) return { kind: "wall", days, time };
    const turned = at === 0 ? undefined : readDay(right, today);
    const before = parseTime(left);
    if (turned && before !== undefined) return { kind: "wall", days: turned, time: before };
  }
  return undefined;
}

function readDay(words: string, today: string): readonly string[] | undefined {
  if (words === "today") return [today];
  if (words === "tomorrow") return [dayAfter(today, 1)];
  if (/^\d{4}-\d{2}-\d{2}$/.test(words)) return isDay(words) ? [words] : undefined;
  const [, count, unit = ""] = /^in (\d{1,2}) (days?|weeks?)$/.exec(words) ?? [];
  if (count !== undefined) return [dayAfter(today, Number(count) * (unit.startsWith("week") ? 7 : 1))];
  return readMonthDay(words, today) ?? readWeekday(words, today);
}

/** "1 dec", "december 1st": this year's, or next year's when that is over. */
function readMonthDay(words: string, today: string): readonly string[] | undefined {
  const [, before, name = "", after] =
    /^(?:(\d{1,2})(?:st|nd|rd|th)?\.? )?([a-z]{3,9})\.?(?: (\d{1,2})(?:st|nd|rd|th)?)?$/.exec(words) ?? [];
  const month = MONTHS.findIndex((one) => one.toLowerCase() === name.slice(0, 3)) + 1;
  if (month === 0 || (before === undefined) === (after === undefined)) return undefined;
  const year = Number(today.slice(0, 4));
  const digits = (value: number) => String(value).padStart(2, "0");
  const days = [year, year + 1].map((one) => `${one}-${digits(month)}-${digits(Number(before ?? after))}`).filter(isDay);
  return days.length > 0 ? days : undefined;
}

/** The next day of that name: today's, while the hour lies ahead. */
function readWeekday(words: string, today: string): readonly string[] | undefined {
  const mask = /^[a-z]{2,9}$/.test(words) ? parseWeekdays(words) : undefined;
  const weekday = mask === undefined ? -1 : Math.log2(mask);
  if (!Number.isInteger(weekday) || weekday < 0) return undefined;
  const first = dayAfter(today, (weekday - weekdayOf(today) + 7) % 7);
  return [first, dayAfter(first, 7)];
}
