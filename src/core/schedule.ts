/** Reads what an organizer types for a schedule. Wall times become instants in the database alone. */
import type { Weekdays } from "./group.ts";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
export const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;
const ALL: Weekdays = 127;
const WORKDAYS: Weekdays = 31;

/** "9:05", "09:05", "9am", "9:05 pm" -> "HH:MM" in 24 hours; undefined when it is no time of day. */
export function parseTime(typed: string): string | undefined {
  const match = /^(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?$/i.exec(typed.trim());
  if (!match || (match[2] === undefined && match[3] === undefined)) return undefined;
  const half = match[3]?.toLowerCase();
  const hour = Number(match[1]);
  const minute = Number(match[2] ?? 0);
  if (half && (hour < 1 || hour > 12)) return undefined;
  const hours = half ? (hour % 12) + (half === "pm" ? 12 : 0) : hour;
  if (hours > 23 || minute > 59) return undefined;
  return `${String(hours).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** "daily", "weekdays", "mon-fri", "Mon, Wed Fri", "sat-mon" -> a mask; undefined when a word is no day. */
export function parseWeekdays(typed: string): Weekdays | undefined {
  const words = typed.toLowerCase().trim();
  if (/^(daily|every ?day|all)$/.test(words)) return ALL;
  if (/^(weekdays|workdays)$/.test(words)) return WORKDAYS;
  let mask = 0;
  for (const part of words.split(/[\s,;]+/).filter(Boolean)) {
    const [first, last, ...more] = part
      .split(/[-–]/)
      .map((word) => DAYS.findIndex((day) => word.length >= 2 && NAMES[DAYS.indexOf(day)]?.toLowerCase().startsWith(word)));
    if (first === undefined || first < 0 || last === -1 || more.length > 0) return undefined;
    const length = last === undefined ? 1 : ((last - first + 7) % 7) + 1;
    for (let day = 0; day < length; day++) mask |= 1 << ((first + day) % 7);
  }
  return mask === 0 ? undefined : mask;
}

/** "2026-12-24", "2026-12-24 to 2027-01-02": days as they stand in a calendar. A year at most. */
export function readDays(typed: string): Days | { readonly problem: string } {
  const found = typed.match(/\d{4}-\d{2}-\d{2}/g) ?? [];
  const rest = typed.replace(/\d{4}-\d{2}-\d{2}/g, "").replace(/\b(?:to|until|and)\b|[-–—…., ]/g, "");
  const [first, last = first] = found;
  if (first === undefined || last === undefined || found.length > 2 || rest !== "" || !found.every(isDay))
    return { problem: "Write them like `2026-12-24`, or `2026-12-24 to 2027-01-02`." };
  if (last < first) return { problem: "The first day comes first: `2026-12-24 to 2027-01-02`." };
  if (serial(last) - serial(first) > 366) return { problem: "That is more than a year. `/daily pause` stops until you resume." };
  return { first, last };
}

export const daysInWords = ({ first, last }: Days): string => (first === last ? first : `${first} to ${last}`);

/** What is left of a stretch of days when another is taken out of it: none, one or two. */
export function without(stretch: Days, taken: Days): readonly Days[] {
  const left = [
    { first: stretch.first, last: dayAt(serial(taken.first) - 1) },
    { first: dayAt(serial(taken.last) + 1), last: stretch.last },
  ];
  return left.filter(({ first, last }) => first <= last && first >= stretch.first && last <= stretch.last);
}

/** The Monday of a day's week. */
export const mondayOf = (day: string): string => dayAt(serial(day) - weekdayOf(day));
/** The day so many days later. */
export const dayAfter = (day: string, days: number): string => dayAt(serial(day) + days);

/** Monday is 0, Sunday 6. Day 0 of the serial numbers was a Wednesday. */
export const weekdayOf = (day: string): number => (serial(day) + 2) % 7;

/** "Mon 24 Nov": what a button says. */
export function shortDay(day: string): string {
  const [, month = 1, date = 1] = day.split("-").map(Number);
  return `${NAMES[weekdayOf(day)]?.slice(0, 3)} ${date} ${MONTHS[month - 1]}`;
}

interface Days {
  readonly first: string;
  readonly last: string;
}

/** The day of a serial number. https://howardhinnant.github.io/date_algorithms.html#civil_from_days */
function dayAt(number: number): string {
  const era = Math.floor(number / 146_097);
  const ofEra = number - era * 146_097;
  const year = Math.floor((ofEra - Math.floor(ofEra / 1_460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365);
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const shifted = Math.floor((5 * ofYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const date = ofYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const digits = (value: number, width: number) => String(value).padStart(width, "0");
  return `${digits(year + era * 400 + (month <= 2 ? 1 : 0), 4)}-${digits(month, 2)}-${digits(date, 2)}`;
}

/** Days since 1 March of the year 0. https://howardhinnant.github.io/date_algorithms.html#days_from_civil */
function serial(day: string): number {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const shifted = month > 2 ? year : year - 1;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + date - 1;
  return shifted * 365 + Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400) + ofYear;
}

const LENGTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether the calendar has that "YYYY-MM-DD". */
export function isDay(day: string): boolean {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const length = month === 2 && !leap ? 28 : (LENGTHS[month - 1] ?? 0);
  return date >= 1 && date <= length;
}

export function weekdaysInWords(mask: Weekdays): string {
  if (mask === ALL) return "every day";
  if (mask === WORKDAYS) return "Monday to Friday";
  return NAMES.filter((_, day) => mask & (1 << day)).join(", ");
}

/** Today's names of zones that the runtime still lists under their former ones. https://data.iana.org/time-zones/tzdb/backward */
const RENAMED = [
  "Africa/Asmara",
  "America/Argentina/Buenos_Aires",
  "America/Argentina/Cordoba",
  "America/Nuuk",
  "Asia/Ho_Chi_Minh",
  "Asia/Kathmandu",
  "Asia/Kolkata",
  "Asia/Yangon",
  "Atlantic/Faroe",
  "Europe/Kyiv",
  "Pacific/Chuuk",
  "Pacific/Kanton",
  "Pacific/Pohnpei",
];

const allZones = (): readonly string[] => ["UTC", ...RENAMED, ...Intl.supportedValuesOf("timeZone")];

/** An IANA zone in its usual spelling; undefined for abbreviations, offsets and unknown names. */
export function parseZone(typed: string): string | undefined {
  const name = typed.trim().replaceAll(" ", "_");
  if (!/^(UTC|[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+)+)$/i.test(name)) return undefined;
  try {
    const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
    return allZones().find((zone) => zone.toLowerCase() === name.toLowerCase()) ?? timeZone;
  } catch {
    return undefined;
  }
}

/** Up to 25 zones whose name contains what was typed, those that begin with it first. */
export function zonesLike(typed: string): readonly string[] {
  const wanted = typed.trim().toLowerCase().replaceAll(" ", "_");
  const city = (zone: string) => zone.toLowerCase().split("/").pop() ?? "";
  const rank = (zone: string) => (city(zone).startsWith(wanted) ? 0 : zone.toLowerCase().startsWith(wanted) ? 1 : 2);
  return [...new Set(allZones())]
    .filter((zone) => zone.toLowerCase().includes(wanted))
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, 25);
}
