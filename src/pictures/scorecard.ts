/** The card that ends a mock round: seven bars, the rubric and the clock under them, the balance, and what must not be missed. */
import type { ScorecardPicture, ScorecardStep } from "../core/picture.ts";
import { CARD, cardHead, HEAD_HEIGHT, oneLine, write } from "./card.ts";
import { shorten, widthOf, wrap } from "./fonts.ts";
import type { Scene, Shape } from "./scene.ts";
import type { Theme } from "./theme.ts";

const LEVELS = 4;
const BAR = { left: 244, right: CARD.width - CARD.margin - 62, height: 22 } as const;
const ROW = 62;
const AIM = 0.7;
/** The numbers above the bars. */
const AXIS = HEAD_HEIGHT + 22;

const x = (level: number): number => BAR.left + ((BAR.right - BAR.left) * Math.min(LEVELS, Math.max(0, level))) / LEVELS;

export function scorecardScene(picture: ScorecardPicture, theme: Theme): Scene {
  const { title, subtitle, ticks, system, essentials } = picture;
  const read = readByBot(picture);
  const steps = read === undefined ? picture.steps : picture.steps.map((step) => ({ ...step, level: LEVELS * (step.coverage ?? 0) }));
  const level = read === undefined ? picture.level : `${Math.round(100 * read)} %`;
  const top = AXIS + 22;
  const bottom = top + steps.length * ROW;
  const shapes: Shape[] = [
    ...cardHead(title, subtitle, CARD.width - 2 * CARD.margin - 110, theme),
    write(
      level === undefined ? "–" : String(level),
      CARD.width - CARD.margin,
      CARD.margin + 19,
      40,
      level === undefined ? 500 : 700,
      level === undefined ? theme.dim : theme.ink,
      "right",
    ),
    write(
      level === undefined ? "not scored" : read === undefined ? "median of 4" : "of the rubric",
      CARD.width - CARD.margin,
      CARD.margin + 53,
      14,
      500,
      theme.dim,
      "right",
    ),
    ...[0, 1, 2, 3, 4].flatMap((mark): Shape[] => [
      write(read === undefined ? String(mark) : `${25 * mark} %`, x(mark), AXIS, 14, 500, theme.dim, "center"),
      {
        kind: "strokes",
        points: [
          { x: x(mark), y: AXIS + 12 },
          { x: x(mark), y: bottom - 4 },
        ],
        line: { colour: theme.planeLine, width: 1 },
      },
    ]),
    ...steps.flatMap((step, i) => row(step, i, top + i * ROW + 20, read !== undefined, theme)),
  ];
  let y = bottom + 16;
  y = legend(shapes, steps, ticks, read === undefined ? "level" : "rubric covered; nobody scored", y, theme);
  if (system !== undefined) y = balance(shapes, system, y + 14, theme);
  if (essentials.length > 0) y = settled(shapes, essentials, y + 14, theme);
  return { w: CARD.width, h: y + CARD.margin, background: theme.background, shapes };
}

/** Where nobody scored, the bars show what was read in the answers, if anything was; else they stay empty. */
function readByBot({ level, steps }: ScorecardPicture): number | undefined {
  const read = steps.reduce((sum, { coverage = 0 }) => sum + coverage, 0) / Math.max(steps.length, 1);
  return level === undefined && steps.every((step) => step.level === undefined) && read > 0 ? read : undefined;
}

const weak = ({ level, median }: ScorecardStep): boolean => level !== undefined && median !== undefined && level < median;

function row(step: ScorecardStep, index: number, y: number, read: boolean, theme: Theme): Shape[] {
  const { title, level, median } = step;
  const lines = wrap(`${index + 1}. ${oneLine(title)}`, BAR.left - CARD.margin - 22, 2, 16.5, 600);
  const track = { kind: "box", x: BAR.left, y: y - BAR.height / 2, h: BAR.height, radius: 6 } as const;
  return [
    ...lines.map((line, i) => write(line, CARD.margin, y + 10 - (lines.length - 1) * 10 + i * 20, 16.5, 600, theme.ink)),
    { ...track, w: BAR.right - BAR.left, fill: theme.track },
    ...(level === undefined ? [] : [{ ...track, w: x(level) - BAR.left, fill: weak(step) ? theme.bad.line : theme.blue }]),
    ...(median === undefined ? [] : tick(x(median), y, BAR.height, theme)),
    ...under(step, y + 23, theme),
    ...(read ? [] : [scored(level, y, theme)]),
    ...(level === undefined || median === undefined || level === median ? [] : [difference(level - median, y + 22, theme)]),
  ];
}

const scored = (level: number | undefined, y: number, theme: Theme): Shape =>
  level === undefined
    ? write("–", CARD.width - CARD.margin, y, 20, 600, theme.dim, "right")
    : write(String(level), CARD.width - CARD.margin, y, 22, 700, theme.ink, "right");

/** Rubric and clock; what asks for attention is in another colour, and says so in words. */
function under({ coverage, minutes, differ }: ScorecardStep, y: number, theme: Theme): Shape[] {
  const late = minutes !== undefined && minutes.used > minutes.planned;
  const parts = [
    ...(coverage === undefined ? [] : [{ text: `rubric ${Math.round(coverage * 100)} %`, colour: theme.dim }]),
    ...(minutes === undefined
      ? []
      : [{ text: `${minutes.used} of ${minutes.planned} min${late ? ", over time" : ""}`, colour: late ? theme.gold : theme.dim }]),
    ...(differ ? [{ text: "scorers differ", colour: theme.gold }] : []),
  ];
  let left: number = BAR.left + 8;
  return parts.map(({ text, colour }) => {
    const start = left;
    left += widthOf(text, 13.5, 500) + 18;
    return write(text, start, y, 13.5, 500, colour);
  });
}

function difference(by: number, y: number, theme: Theme): Shape {
  const text = `${by > 0 ? "▲" : "▼"} ${Math.abs(Math.round(by * 10) / 10)}`;
  return write(text, CARD.width - CARD.margin, y, 13, 600, by > 0 ? theme.good.line : theme.bad.line, "right");
}

/** Stands out from bar and track alike. */
function tick(at: number, y: number, height: number, theme: Theme): Shape[] {
  const mark = (width: number, more: number, fill: string): Shape => ({
    kind: "box",
    x: at - width / 2,
    y: y - height / 2 - more,
    w: width,
    h: height + 2 * more,
    radius: width / 2,
    fill,
  });
  return [mark(10, 3, theme.background), mark(4, 6, theme.ink)];
}

function legend(
  shapes: Shape[],
  steps: readonly ScorecardStep[],
  ticks: string | undefined,
  bars: string,
  y: number,
  theme: Theme,
): number {
  const ticked = ticks !== undefined && steps.some((step) => step.median !== undefined);
  let left: number = CARD.margin;
  const entry = (mark: (x: number) => Shape[], width: number, text: string) => {
    shapes.push(...mark(left), write(text, left + width + 8, y, 14, 500, theme.dim));
    left += width + 8 + widthOf(text, 14, 500) + 22;
  };
  const swatch =
    (fill: string) =>
    (at: number): Shape[] => [{ kind: "box", x: at, y: y - 7, w: 24, h: 14, radius: 4, fill }];
  entry(swatch(theme.blue), 24, bars);
  if (steps.some(weak)) entry(swatch(theme.bad.line), 24, "below the tick");
  if (ticked) entry((at) => tick(at + 3, y, 10, theme), 6, shorten(oneLine(ticks), 320, 14, 500));
  return y + 14;
}

/** System and ML shares of what was earned, with a tick where the interview expects the border. Returns where it ends. */
export function balance(shapes: Shape[], system: number, y: number, theme: Theme): number {
  const share = Math.min(1, Math.max(0, system));
  const [left, right] = [CARD.margin, CARD.width - CARD.margin];
  const width = right - left;
  const bar = y + 34;
  const percent = Math.round(share * 100);
  shapes.push(
    write("Balance", left, y + 6, 16.5, 600, theme.ink),
    write(`${percent} % system · ${100 - percent} % ML · aim 70/30`, right, y + 6, 14.5, 500, theme.dim, "right"),
    { kind: "box", x: left, y: bar - 11, w: width, h: 22, radius: 6, fill: theme.kinds.model },
    { kind: "box", x: left, y: bar - 11, w: width * share, h: 22, radius: 6, fill: theme.blue },
    ...tick(left + width * AIM, bar, 22, theme),
  );
  return bar + 18;
}

function settled(shapes: Shape[], essentials: ScorecardPicture["essentials"], y: number, theme: Theme): number {
  shapes.push(write("Must not be missed", CARD.margin, y + 8, 16.5, 600, theme.ink));
  const half = (CARD.width - 2 * CARD.margin) / 2;
  for (const [i, { name, settled }] of essentials.entries()) {
    const left = CARD.margin + (i % 2) * half;
    const middle = y + 38 + Math.floor(i / 2) * 30;
    const mark = settled ? theme.good : theme.bad;
    const text = shorten(`${oneLine(name)}${settled ? "" : ": missing"}`, half - 44, 15.5, 500);
    shapes.push(
      { kind: "disc", x: left + 11, y: middle, r: 11, fill: mark.line },
      { kind: "icon", x: left + 4, y: middle - 7, size: 14, icon: settled ? "check" : "cross", colour: theme.onMark, width: 2.6 },
      write(text, left + 32, middle, 15.5, 500, settled ? theme.ink : theme.bad.line),
    );
  }
  return y + 38 + Math.ceil(essentials.length / 2) * 30 - 14;
}
