/** What a leaderboard shows: whose, of which time, by what. Ties share a rank, and the reader always finds themselves. */
import { STEPS, type Step } from "./content.ts";
import { dayAfter } from "./schedule.ts";
import type { RankingRow } from "./view.ts";

export const WINDOWS = ["week", "month", "season", "all"] as const;
export type Window = (typeof WINDOWS)[number];
export const SCOPES = ["group", "server"] as const;
export const METRICS = ["points", "streak", ...STEPS] as const;
export type Metric = (typeof METRICS)[number];

/** One lucky answer is no mean: a step's board ranks who answered at least so many drills on it. */
export const LEAST_ANSWERS = 3;

const TOP = 10;

export interface BoardChoice {
  readonly window: Window;
  readonly scope: (typeof SCOPES)[number];
  readonly metric: Metric;
  /** Id of an earlier season; otherwise the running one is meant. */
  readonly season?: string | undefined;
}

/** Which sums: `week` is named by its Monday, `month` as "2026-11". */
export type BoardPeriod =
  | { readonly kind: "all" }
  | { readonly kind: "week"; readonly monday: string }
  | { readonly kind: "month"; readonly month: string }
  | { readonly kind: "season"; readonly id: string };

export interface Ranked {
  readonly member: string;
  /** Display name: hostile text. */
  readonly name: string;
  readonly rank: number;
  /** Points, drills in a row, or mean coverage in percent. */
  readonly value: number;
  readonly streak: number;
  /** Of a step's board: how many answers the mean is of. */
  readonly answers?: number;
}

export interface BoardPage {
  /** Eleven at most, highest first: the last one is there to tell whether a row follows the tenth. */
  readonly top: readonly Ranked[];
  /** The reader's own row with the one before it and the one after it, as far as there are such; hidden from all others, it is here. */
  readonly around: readonly Ranked[];
  /** How many are on the board. */
  readonly members: number;
}

export interface ShownRow extends RankingRow {
  readonly member: string;
  readonly streak: number;
}

export const isStep = (metric: Metric): metric is Step => metric !== "points" && metric !== "streak";

/** The top ten, then the own row with its neighbours where it is lower. */
export function boardRows({ top, around }: BoardPage, own: string | undefined, metric: Metric): readonly ShownRow[] {
  const first = top.slice(0, TOP);
  const place = (row: Ranked) => first.findIndex(({ member }) => member === row.member);
  // A reader who hides is in no top: their own row goes in where it would be.
  const lower = around.filter((row) => place(row) < 0);
  const isHigh = (row: Ranked) =>
    first.some((other) => other.value < row.value || (other.value === row.value && other.member < row.member));
  const ranked = [...first, ...lower.filter(isHigh)].sort((a, b) => b.value - a.value || (a.member < b.member ? 1 : -1));
  const rest = lower.filter((row) => !isHigh(row));
  const follows = rest[0]?.member === top[TOP]?.member || first.length < TOP;
  return [...ranked.map((row) => shown(row, own, metric, false)), ...rest.map((row, at) => shown(row, own, metric, at === 0 && !follows))];
}

function shown({ member, name, rank, value, streak, answers }: Ranked, own: string | undefined, metric: Metric, gap: boolean): ShownRow {
  const note = isStep(metric) ? `${answers} answers` : metric === "points" && streak > 0 ? `streak ${streak}` : undefined;
  return {
    member,
    rank,
    name,
    value,
    streak,
    ...(note === undefined ? {} : { note }),
    ...(member === own ? { own: true } : {}),
    ...(gap ? { gap: true } : {}),
  };
}

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** "16–22 Nov", "30 Nov – 6 Dec", "November 2026". */
export function periodInWords(period: Exclude<BoardPeriod, { kind: "season" }>): string {
  if (period.kind === "all") return "all time";
  const parts = (day: string) => {
    const [year = "", month = "1", date = "1"] = day.split("-");
    return { year, month: MONTHS[Number(month) - 1] ?? "", date: Number(date) };
  };
  if (period.kind === "month") return `${parts(period.month).month} ${parts(period.month).year}`;
  const [from, to] = [parts(period.monday), parts(dayAfter(period.monday, 6))];
  const short = (month: string) => month.slice(0, 3);
  return from.month === to.month
    ? `${from.date}–${to.date} ${short(to.month)}`
    : `${from.date} ${short(from.month)} – ${to.date} ${short(to.month)}`;
}
