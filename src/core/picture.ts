/**
 * What can be shown as a picture, as plain JSON: it is stored in messages and drawn later, and
 * the same data gives the words for who cannot see it.
 */
import type { Architecture, Comparison } from "./architecture.ts";
import { clip, printable } from "./markup.ts";
import type { Block, RankingRow, View } from "./view.ts";

export type Picture = DiagramPicture | ComparisonPicture | BoardPicture | ScorecardPicture | ProgressPicture | SheetPicture;

export interface DiagramPicture {
  readonly kind: "diagram";
  readonly title: string;
  readonly architecture: Architecture;
  /** An author's own words, which tell more than a list of arrows. */
  readonly alt?: string;
}

/** A drawing from memory beside its reference. */
export interface ComparisonPicture {
  readonly kind: "comparison";
  readonly title: string;
  readonly comparison: Comparison;
  /** The reference is secret still: what is missing was taken out of the comparison, so it counts nothing of it. */
  readonly sealed?: true;
}

export interface BoardPicture {
  readonly kind: "board";
  readonly title: string;
  readonly subtitle?: string;
  /** What the numbers count: "points", "days". */
  readonly unit: string;
  /** Rows of one rank are tied. */
  readonly rows: readonly BoardRow[];
}

export interface BoardRow extends RankingRow {
  /** Places gained (or lost, below 0) since the period before. */
  readonly movement?: number;
  readonly streak?: number;
  /** Points of the last days, oldest first. */
  readonly days?: readonly number[];
}

export interface ScorecardPicture {
  readonly kind: "scorecard";
  readonly title: string;
  readonly subtitle?: string;
  /** Median of all steps, 1 to 4. */
  readonly level?: number;
  /** In the order of the framework. */
  readonly steps: readonly ScorecardStep[];
  /** Whose medians the ticks show: "median of the group". Without it no tick is explained. */
  readonly ticks?: string;
  /** Share of the earned rubric weight that lies on the system side, 0 to 1; 0.7 is the aim. */
  readonly system?: number;
  /** What an interview must not miss. */
  readonly essentials: readonly { readonly name: string; readonly settled: boolean }[];
}

export interface ScorecardStep {
  readonly title: string;
  /** What the scorers gave, 1 to 4; absent when nobody scored. */
  readonly level?: number;
  /** Scorers were two levels apart or more. */
  readonly differ?: boolean;
  /** The tick: what others, or earlier rounds, reached. */
  readonly median?: number;
  /** Share of the rubric's weight that the answers earned, 0 to 1. */
  readonly coverage?: number;
  readonly minutes?: { readonly used: number; readonly planned: number };
}

/** 26 weeks. */
export const CALENDAR_DAYS = 182;

export interface ProgressPicture {
  readonly kind: "progress";
  readonly title: string;
  readonly subtitle?: string;
  /** The local date of the last day, "2026-11-21". */
  readonly until: string;
  /** One value for each day, oldest first, the last one for `until`; at most `CALENDAR_DAYS` are shown. */
  readonly days: readonly number[];
  readonly streak: number;
  readonly longest: number;
  /** In the order of the framework: coverage 0 to 1, absent before the first answer. */
  readonly steps?: readonly { readonly title: string; readonly coverage?: number; readonly answers: number }[];
  /** Share of what was earned that lies on the system side, 0 to 1; 0.7 is the aim. */
  readonly system?: number;
  /** Median levels of mock rounds, 1 to 4, oldest first; `at` is a local date. */
  readonly trend: readonly { readonly at: string; readonly level: number }[];
}

/** Trade-offs to memorise, on one page to print. */
export interface SheetPicture {
  readonly kind: "sheet";
  readonly title: string;
  readonly subtitle?: string;
  readonly rows: readonly SheetRow[];
}

export interface SheetRow {
  readonly title: string;
  readonly a: { readonly name: string; readonly when: string };
  readonly b: { readonly name: string; readonly when: string };
}

/** Discord takes 1,024 characters for an attachment's description, Slack 2,000 for `alt_text`. */
export const ALT_CHARACTERS = 1_000;

/** What the picture says, in words, from the same data. At most `ALT_CHARACTERS` long, on one line. */
export function altOf(picture: Picture): string {
  const words = (ALT[picture.kind] as (picture: Picture) => string)(picture);
  return clip(printable(words).replace(/\s+/g, " ").trim(), ALT_CHARACTERS);
}

export type PictureBlock = Extract<Block, { kind: "picture" }>;

export const pictureBlock = (picture: Picture): PictureBlock => ({ kind: "picture", picture, alt: altOf(picture) });

/** In the order in which the view shows them. */
export const picturesIn = ({ blocks }: View): readonly PictureBlock[] => blocks.filter((block) => block.kind === "picture");

/** What is shown while its pictures are not there yet, or cannot be. */
export const withoutPictures = (view: View): View => ({ ...view, blocks: view.blocks.filter(({ kind }) => kind !== "picture") });

const ALT: { readonly [K in Picture["kind"]]: (picture: Extract<Picture, { kind: K }>) => string } = {
  diagram: ({ title, architecture, alt }) => `${title}. ${alt ?? arrowsOf(architecture)}`,
  comparison: comparisonAlt,
  board: ({ title, subtitle, unit, rows }) =>
    `${headed(title, subtitle)} ${rows.length === 0 ? "Nobody is on it yet." : rows.map((row) => rowAlt(row, unit)).join(" ")}`,
  scorecard: scorecardAlt,
  progress: progressAlt,
  sheet: ({ title, subtitle, rows }) =>
    `${headed(title, subtitle)} ${rows.map(({ title, a, b }) => `${title}: ${a.name} or ${b.name}.`).join(" ")}`,
};

const headed = (title: string, subtitle: string | undefined): string => (subtitle === undefined ? `${title}.` : `${title}, ${subtitle}.`);

/** Most words fit when arrows of one box are told together. */
function arrowsOf({ nodes, edges }: Pick<Architecture, "nodes" | "edges">): string {
  const label = labels(nodes);
  const from = nodes.flatMap(({ id }) => {
    const targets = edges.filter((edge) => edge.from === id).map((edge) => label(edge.to));
    return targets.length === 0 ? [] : [`${label(id)} → ${targets.join(", ")}`];
  });
  const joined = new Set(edges.flatMap((edge) => [edge.from, edge.to]));
  const alone = nodes.filter(({ id }) => !joined.has(id)).map((node) => node.label);
  return `${[...from, ...(alone.length > 0 ? [`without arrows: ${alone.join(", ")}`] : [])].join("; ")}.`;
}

const labels = (nodes: Architecture["nodes"]) => {
  const byId = new Map(nodes.map((node) => [node.id, node.label]));
  return (id: string): string => byId.get(id) ?? id;
};

function comparisonAlt({ title, comparison: { nodes, edges, f1 }, sealed }: ComparisonPicture): string {
  const label = labels(nodes);
  const boxes = (state: string) => nodes.filter((node) => node.state === state).map((node) => node.label);
  const arrows = (state: string) => edges.filter((edge) => edge.state === state).map((edge) => `${label(edge.from)} → ${label(edge.to)}`);
  const told = (name: string, items: readonly string[]) => (items.length === 0 ? [] : [`${name}: ${items.join(", ")}.`]);
  return [
    `${title}. ${Math.round(f1 * 100)} % of boxes and arrows; ${boxes("matched").length} boxes and ${arrows("matched").length} arrows match.`,
    ...told("Missing boxes", boxes("missing")),
    ...told("Not in the reference", boxes("extra")),
    ...told("Reversed arrows", arrows("reversed")),
    ...told("Shortcuts", arrows("shortcut")),
    ...told("Arrows too many", arrows("extra")),
    ...told("Missing arrows", arrows("missing")),
    ...(sealed ? ["What is missing opens with the reveal."] : []),
  ].join(" ");
}

const rowAlt = (row: BoardRow, unit: string): string =>
  `${[
    `${row.gap ? "… " : ""}${row.rank}. ${row.name}${row.own ? " (you)" : ""} ${row.value} ${unit}`,
    ...(row.streak ? [`streak ${row.streak}`] : []),
    ...(row.movement ? [`${row.movement > 0 ? "up" : "down"} ${Math.abs(row.movement)}`] : []),
  ].join(", ")}.`;

function scorecardAlt({ title, subtitle, level, steps, system, essentials }: ScorecardPicture): string {
  const unscored = level === undefined && steps.every((step) => step.level === undefined);
  const parts = steps.map(({ title, level, differ, median, coverage, minutes }, at) =>
    [
      `${at + 1} ${title}`,
      ...(unscored ? [] : [level === undefined ? "not scored" : `level ${level}`]),
      ...(differ ? ["scorers differ"] : []),
      ...(median === undefined ? [] : [`median ${median}`]),
      ...(coverage === undefined ? [] : [`rubric ${Math.round(coverage * 100)} %`]),
      ...(minutes === undefined ? [] : [`${minutes.used} of ${minutes.planned} min`]),
    ].join(", "),
  );
  const covered = Math.round((100 * steps.reduce((sum, { coverage = 0 }) => sum + coverage, 0)) / Math.max(steps.length, 1));
  const names = (settled: boolean) => essentials.filter((one) => one.settled === settled).map((one) => one.name);
  return [
    headed(title, subtitle),
    unscored ? `Nobody scored; ${covered} % of the rubric covered.` : `Median level ${level ?? "open"} of 4.`,
    `${parts.join("; ")}.`,
    ...(system === undefined ? [] : [balanceAlt(system)]),
    ...(names(true).length > 0 ? [`Settled: ${names(true).join(", ")}.`] : []),
    ...(names(false).length > 0 ? [`Missing: ${names(false).join(", ")}.`] : []),
  ].join(" ");
}

const balanceAlt = (system: number): string =>
  `${Math.round(system * 100)} % system, ${100 - Math.round(system * 100)} % ML; the aim is 70/30.`;

function progressAlt({ title, subtitle, until, days, streak, longest, steps = [], system, trend }: ProgressPicture): string {
  const shown = days.slice(-CALENDAR_DAYS);
  const active = shown.filter((value) => value > 0).length;
  const last = trend.at(-1);
  const first = trend[0];
  return [
    headed(title, subtitle),
    `${active} active days in the 26 weeks until ${until}; streak ${streak}, longest ${longest}.`,
    ...steps.map(
      ({ title, coverage, answers }, at) =>
        `Step ${at + 1} ${title}: ${coverage === undefined ? "no answer yet" : `${Math.round(coverage * 100)} % over ${answers}`}.`,
    ),
    ...(system === undefined ? [] : [balanceAlt(system)]),
    first === undefined || last === undefined
      ? "No mock round scored yet."
      : `Mock rounds: level ${first.level} (${first.at}) to ${last.level} (${last.at}), ${trend.length} in all.`,
  ].join(" ");
}
