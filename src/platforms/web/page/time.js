/** Instants as words, in the reader's zone and by the playground's clock. */
import { el } from "./dom.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const formats = {
  time: new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" }),
  date: new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "short", year: "numeric" }),
  datetime: new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }),
};
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });

/** How far the playground's clock is ahead of this machine's, in ms; set by each news. */
let ahead = 0;
export const setNow = (now) => {
  ahead = now - Date.now();
};
export const now = () => Date.now() + ahead;

export function words(at, style) {
  if (style !== "relative") return formats[style].format(at);
  const away = at - now();
  const size = Math.abs(away);
  if (size < MINUTE) return away < 0 ? "just now" : "in a moment";
  if (size < HOUR) return relative.format(Math.round(away / MINUTE), "minute");
  if (size < 2 * DAY) return relative.format(Math.round(away / HOUR), "hour");
  return relative.format(Math.round(away / DAY), "day");
}

/** A <time> that `refreshTimes` keeps right. */
export function timeElement(at, style, attributes = {}) {
  return el(
    "time",
    { ...attributes, datetime: new Date(at).toISOString(), "data-at": at, "data-style": style, title: formats.datetime.format(at) },
    words(at, style),
  );
}

export function refreshTimes() {
  for (const element of document.querySelectorAll('time[data-style="relative"]')) {
    const text = words(Number(element.dataset.at), "relative");
    if (element.textContent !== text) element.textContent = text;
  }
}

/** Which local day an instant is in, for the lines between days. */
export const dayOf = (at) => new Date(at).toDateString();
