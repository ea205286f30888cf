/** Leaderboards as they are shown: a picture, the same as text, and buttons for every other board. */
import { type Framework, STEPS, type Step } from "./content.ts";
import { type BoardChoice, type BoardPage, boardRows, isStep, LEAST_ANSWERS, type ShownRow, type Window } from "./leaderboard.ts";
import { clip, literal } from "./markup.ts";
import { pictureBlock } from "./picture.ts";
import type { Block, Button, View } from "./view.ts";

export interface BoardWords {
  readonly choice: BoardChoice;
  readonly page: BoardPage;
  /** "16–22 Nov", or the name of a season: hostile text. */
  readonly period: string;
  /** Points of the last seven local days by member; of boards by points. */
  readonly days: ReadonlyMap<string, readonly number[]>;
  readonly framework: Framework;
}

export interface Reader {
  readonly id: string;
  readonly hidden: boolean;
}

const WINDOW_WORDS: { readonly [W in Window]: string } = {
  week: "This week",
  month: "This month",
  season: "Season",
  all: "All time",
};
const SCOPE_WORDS = { group: "This channel", server: "All channels" } as const;

/** `reader` is absent where everybody reads it: then no row is anybody's own, and there is nothing to press. */
export function boardView(words: BoardWords, title: string, reader?: Reader): View {
  const { choice, page, days } = words;
  const rows = boardRows(page, reader?.id, choice.metric);
  const unit = unitOf(choice);
  const subtitle = [
    ...(isStep(choice.metric) ? [stepTitle(words, choice.metric)] : []),
    ...(choice.metric === "streak" ? [] : [clip(words.period, 60)]),
    ...(choice.scope === "server" ? ["all channels"] : []),
    `${page.members} ${page.members === 1 ? "member" : "members"}`,
  ].join(" · ");
  const drawn = rows.map(({ member, note: _, streak, ...row }) => ({
    ...row,
    ...(choice.metric === "points" ? { streak, days: days.get(member) ?? [] } : {}),
  }));
  return {
    title,
    blocks: [
      ...(rows.length === 0
        ? [text(emptyWords(choice))]
        : [pictureBlock({ kind: "board", title, subtitle, unit, rows: drawn }), text(literal(subtitle)), ranking(unit, rows)]),
      ...(reader ? [...ownWords(rows, choice, reader), ...buttonsOf(words)] : []),
    ],
  };
}

const text = (markdown: string): Block => ({ kind: "text", markdown });
const ranking = (unit: string, rows: readonly ShownRow[]): Block => ({
  kind: "ranking",
  unit,
  rows: rows.map(({ member: _, streak: __, ...row }) => row),
});

export function boardTitle({ window, metric }: BoardChoice): string {
  if (metric === "streak") return "Leaderboard · streaks";
  return `Leaderboard · ${window === "season" ? "season" : WINDOW_WORDS[window].toLowerCase()}`;
}

const unitOf = ({ metric }: BoardChoice): string =>
  metric === "points" ? "points" : metric === "streak" ? "drills in a row" : "% covered";

const stepTitle = ({ framework }: BoardWords, step: Step): string => framework.steps[STEPS.indexOf(step)]?.title ?? step;

function emptyWords({ metric }: BoardChoice): string {
  if (isStep(metric))
    return `Nobody has ${LEAST_ANSWERS} revealed answers on this step in this window yet. It ranks by the mean coverage of first answers.`;
  if (metric === "streak") return "Nobody has a streak yet. Answer today's drill with `/daily answer`.";
  return "Nobody has points in this window yet. Answer today's drill with `/daily answer`.";
}

function ownWords(rows: readonly ShownRow[], { metric }: BoardChoice, reader: Reader): readonly Block[] {
  const own = rows.some((row) => row.own);
  if (reader.hidden) return [text("You are hidden: others see neither your row nor your name here. `/points show` undoes it.")];
  if (rows.length === 0 || own) return [];
  if (isStep(metric)) return [text(`You are ranked here from ${LEAST_ANSWERS} revealed answers on.`)];
  return [text(metric === "streak" ? "You have no streak at the moment." : "You have no points in this window yet.")];
}

/** What differs from the board one gets unasked: a button has little room. */
function inputOf({ window, scope, metric, season }: BoardChoice): Button["input"] {
  return {
    ...(window === "week" ? {} : { window }),
    ...(scope === "group" ? {} : { scope }),
    ...(metric === "points" ? {} : { metric }),
    ...(season === undefined ? {} : { season }),
  };
}

function buttonsOf({ choice, framework }: BoardWords): readonly Block[] {
  const go = (label: string, change: Partial<BoardChoice>): Button => ({
    label,
    command: "leaderboard",
    input: inputOf({ ...choice, season: undefined, ...change }),
  });
  const windows = (["week", "month", "season", "all"] as const)
    .filter((window) => window !== choice.window && choice.metric !== "streak")
    .map((window) => go(WINDOW_WORDS[window], { window }));
  const others: Button[] = [
    choice.scope === "group" ? go(SCOPE_WORDS.server, { scope: "server" }) : go(SCOPE_WORDS.group, { scope: "group" }),
    ...(choice.metric === "points" ? [] : [go("Points", { metric: "points" })]),
    ...(choice.metric === "streak" ? [] : [go("Streaks", { metric: "streak" })]),
    ...(isStep(choice.metric) ? [] : [go("By step", { metric: "requirements" })]),
  ];
  const steps = isStep(choice.metric)
    ? STEPS.flatMap((step, at) => (step === choice.metric ? [] : [go(`${at + 1} ${framework.steps[at]?.title ?? step}`, { metric: step })]))
    : [];
  return [windows, others, steps.slice(0, 3), steps.slice(3)].flatMap((buttons) =>
    buttons.length === 0 ? [] : [{ kind: "buttons", buttons }],
  );
}
