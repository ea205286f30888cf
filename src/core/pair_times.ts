/** When members can play: days and windows of local time as they type them, and the starts that fit all of a match. */
import type { Weekdays } from "./group.ts";
import { parseTime, parseWeekdays, weekdaysInWords } from "./schedule.ts";

/** Starts are on the hour and the half hour. */
const HALVES = 48;
/** What a live round takes with its scores, in half hours. */
const ROUND_HALVES = 2;
const MOST_WINDOWS = 6;
/** Times offered to a match: one row of buttons, with room for a fourth. */
export const OFFERED_TIMES = 3;

/** Half hours since midnight; a round may start from `first` to `last`. */
interface Window {
  readonly first: number;
  readonly last: number;
}

/** A weekly start: 48 for each day since Monday 00:00, and 1 for each half hour. */
export type Slot = number;

export interface Free {
  readonly weekdays: Weekdays;
  /** As `readFree` wrote it: "18:00-21:00, 12:30". */
  readonly times: string;
}

/** Reads "mon-fri" and "18-21, 12:30"; what it gives can be read again. */
export function readFree(days: string, times: string): { readonly free: Free } | { readonly problem: string } {
  const weekdays = parseWeekdays(days);
  if (weekdays === undefined) return { problem: "The days cannot be read. Write `daily`, `mon-fri` or `mon,wed,fri`." };
  const parts = times.split(/[,;]|\band\b/).filter((part) => part.trim() !== "");
  const windows = parts.map(readWindow);
  if (windows.length === 0 || windows.length > MOST_WINDOWS || windows.includes(undefined))
    return {
      problem:
        "The times cannot be read. Write windows of an hour or more such as `18:00-21:00`, or a start such as `12:30`; several with commas, on the hour or half hour.",
    };
  return { free: { weekdays, times: windows.flatMap((window) => (window ? [windowInWords(window)] : [])).join(", ") } };
}

function readWindow(typed: string): Window | undefined {
  const [from = "", to, ...more] = typed.split(/[-–—]|\bto\b/).map((part) => part.trim());
  const first = readHalf(from, to !== undefined);
  if (first === undefined || more.length > 0) return undefined;
  if (to === undefined) return { first, last: first };
  const end = readHalf(to, true);
  const last = (end === 0 || to === "24" || to === "24:00" ? HALVES : (end ?? 0)) - ROUND_HALVES;
  return last < first ? undefined : { first, last };
}

/** In a window a bare hour is meant as one. */
function readHalf(typed: string, inWindow: boolean): number | undefined {
  const time = parseTime(inWindow && /^\d{1,2}$/.test(typed) ? `${typed}:00` : typed);
  const [hour = 0, minute = 0] = (time ?? "").split(":").map(Number);
  return time === undefined || minute % 30 !== 0 ? undefined : hour * 2 + minute / 30;
}

const timeOf = (half: number): string => `${String(Math.floor(half / 2) % 24).padStart(2, "0")}:${half % 2 === 0 ? "00" : "30"}`;

const windowInWords = ({ first, last }: Window): string =>
  first === last ? timeOf(first) : `${timeOf(first)}-${timeOf(last + ROUND_HALVES)}`;

export const freeInWords = ({ weekdays, times }: Free): string => `${weekdaysInWords(weekdays)}, ${times}`;

/** As somebody would type them. */
export function typedDays({ weekdays }: Free): string {
  const words = weekdaysInWords(weekdays);
  return words === "Monday to Friday" ? "mon-fri" : words;
}

/** All starts that fit, in the order of the week. */
export function slotsOf({ weekdays, times }: Free): readonly Slot[] {
  const windows = times.split(",").flatMap((part) => readWindow(part) ?? []);
  const halves = Array.from({ length: HALVES }, (_, half) => half).filter((half) =>
    windows.some(({ first, last }) => first <= half && half <= last),
  );
  return [0, 1, 2, 3, 4, 5, 6].flatMap((day) => (weekdays & (1 << day) ? halves.map((half) => day * HALVES + half) : []));
}

/** Starts that fit everybody. */
export const commonSlots = ([first = [], ...others]: readonly (readonly Slot[])[]): readonly Slot[] =>
  others.reduce<readonly Slot[]>((common, slots) => common.filter((slot) => slots.includes(slot)), first);

/**
 * Up to OFFERED_TIMES of them in the seven days after `weekday` (Monday is 0): on different days first, then an hour
 * apart. A group has one lobby at a time, so what was offered to others is left to them where there is more.
 */
export function offeredSlots(common: readonly Slot[], weekday: number, toOthers: readonly Slot[] = []): readonly Slot[] {
  const ahead = (slot: Slot) => (slot - (weekday + 1) * HALVES + 7 * HALVES) % (7 * HALVES);
  const free = common.filter((slot) => toOthers.every((other) => Math.abs(other - slot) >= ROUND_HALVES));
  const inOrder = [...(free.length > 0 ? free : common)].sort((a, b) => ahead(a) - ahead(b));
  const dayOf = (slot: Slot) => Math.floor(slot / HALVES);
  const firstOfDays = inOrder.filter((slot, at) => at === 0 || dayOf(slot) !== dayOf(inOrder[at - 1] ?? -1));
  const chosen = firstOfDays.slice(0, OFFERED_TIMES);
  for (const slot of inOrder)
    if (chosen.length < OFFERED_TIMES && chosen.every((other) => Math.abs(other - slot) >= ROUND_HALVES)) chosen.push(slot);
  return chosen.sort((a, b) => ahead(a) - ahead(b));
}

/** How many days after `weekday` a slot comes, 1 to 7, and its local time. */
export function slotAfter(slot: Slot, weekday: number): { readonly days: number; readonly time: string } {
  const day = Math.floor(slot / HALVES);
  return { days: ((day - weekday - 1 + 7) % 7) + 1, time: timeOf(slot % HALVES) };
}
