/** The card of one's own progress: 26 weeks of days, the streak, and the levels of mock rounds. */
import { CALENDAR_DAYS, type ProgressPicture } from "../core/picture.ts";
import { CARD, cardHead, HEAD_HEIGHT, oneLine, write } from "./card.ts";
import { shorten } from "./fonts.ts";
import { at, type Point } from "./geometry.ts";
import type { Scene, Shape } from "./scene.ts";
import { balance } from "./scorecard.ts";
import type { Theme } from "./theme.ts";

const CELL = { size: 20, pitch: 24, left: CARD.margin + 40 } as const;
/** A drill, recall, and a round of two seats: a day with one thing only is never the darkest. */
const FULL_DAY = 4;
const DAY = 86_400_000;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** `answers`: room on the right for the share and the count. */
const STEP = { left: 312, height: 16, pitch: 28, answers: 100 } as const;
const CHART = { left: CARD.margin + 26, right: CARD.width - CARD.margin - 52, height: 150 } as const;

export function progressScene(picture: ProgressPicture, theme: Theme): Scene {
  const { title, subtitle, until, days, streak, longest, steps = [], system, trend } = picture;
  const shown = days.slice(-CALENDAR_DAYS);
  const active = shown.filter((value) => value > 0).length;
  const facts = `${active} active day${active === 1 ? "" : "s"} · longest streak ${longest}`;
  const right = CARD.width - CARD.margin;
  const shapes: Shape[] = [
    ...cardHead(title, subtitle === undefined ? facts : `${subtitle} · ${facts}`, CARD.width - 2 * CARD.margin - 110, theme),
    write(String(streak), right - 34, CARD.margin + 19, 38, 700, streak > 0 ? theme.gold : theme.dim, "right"),
    { kind: "icon", x: right - 30, y: CARD.margin + 3, size: 30, icon: "flame", colour: streak > 0 ? theme.gold : theme.dim },
    write("day streak", right, CARD.margin + 53, 14, 500, theme.dim, "right"),
    ...calendar(shown, Date.parse(`${until}T00:00:00Z`), HEAD_HEIGHT + 18, theme),
  ];
  let top = HEAD_HEIGHT + 18 + 24 + 7 * CELL.pitch + 62;
  if (steps.length > 0) top = profile(shapes, steps, top, theme);
  if (system !== undefined) top = balance(shapes, system, top, theme) + 40;
  shapes.push(write("Mock rounds, median level", CARD.margin, top, 18, 600, theme.ink), ...chart(trend, top + 34, theme));
  return { w: CARD.width, h: top + 34 + CHART.height + 30 + CARD.margin, background: theme.background, shapes };
}

/** A bar for each step; the count of answers says how much to make of it. */
function profile(shapes: Shape[], steps: NonNullable<ProgressPicture["steps"]>, top: number, theme: Theme): number {
  const right = CARD.width - CARD.margin;
  const bar = { x: STEP.left, h: STEP.height, radius: 5 } as const;
  const width = right - STEP.answers - STEP.left;
  shapes.push(
    write("Steps, share covered", CARD.margin, top, 18, 600, theme.ink),
    write("answers", right, top, 13.5, 500, theme.dim, "right"),
  );
  for (const [i, { title, coverage, answers }] of steps.entries()) {
    const y = top + 36 + i * STEP.pitch;
    const name = shorten(`${i + 1}. ${oneLine(title)}`, STEP.left - CARD.margin - 14, 15, 500);
    const share = coverage === undefined ? "–" : `${Math.round(coverage * 100)} %`;
    shapes.push(
      write(name, CARD.margin, y, 15, 500, theme.ink),
      { kind: "box", ...bar, y: y - STEP.height / 2, w: width, fill: theme.track },
      ...(coverage ? [{ kind: "box", ...bar, y: y - STEP.height / 2, w: Math.max(6, width * coverage), fill: theme.blue } as const] : []),
      write(share, right - STEP.answers + 52, y, 15, 600, coverage === undefined ? theme.dim : theme.ink, "right"),
      write(String(answers), right, y, 14, 500, theme.dim, "right"),
    );
  }
  return top + 36 + steps.length * STEP.pitch + 22;
}

/** Columns are weeks from Monday to Sunday; `last` is the last day at midnight UTC. */
function calendar(days: readonly number[], last: number, top: number, theme: Theme): Shape[] {
  const weekday = (time: number) => (new Date(time).getUTCDay() + 6) % 7;
  const first = last - (CALENDAR_DAYS - 1) * DAY;
  const monday = first - weekday(first) * DAY;
  const weeks = Math.round((last - weekday(last) * DAY - monday) / (7 * DAY)) + 1;
  // A 27th column where the last day is not a Sunday: the cells shrink rather than spill.
  const pitch = Math.min(CELL.pitch, (CARD.width - CARD.margin - CELL.left) / weeks);
  const size = pitch - 4;
  const most = Math.max(FULL_DAY, ...days);
  const shapes: Shape[] = ["Mon", "Wed", "Fri"].map((name, i) =>
    write(name, CELL.left - 10, top + 24 + 2 * i * CELL.pitch + size / 2, 13, 500, theme.dim, "right"),
  );
  let month = -1;
  for (let day = 0; day < CALENDAR_DAYS; day += 1) {
    const time = first + day * DAY;
    const week = Math.floor((time - monday) / (7 * DAY));
    const cell = { x: CELL.left + week * pitch, y: top + 24 + weekday(time) * CELL.pitch };
    const value = days[day - (CALENDAR_DAYS - days.length)] ?? 0;
    shapes.push({ kind: "box", ...cell, w: size, h: size, radius: 4.5, fill: shade(value, most, theme) });
    const now = new Date(time).getUTCMonth();
    if (now !== month && new Date(time).getUTCDate() <= 7 && week < weeks - 1) {
      month = now;
      shapes.push(write(at(MONTHS, now), cell.x, top + 8, 13.5, 500, theme.dim));
    }
  }
  return [...shapes, ...ramp(top + 24 + 7 * CELL.pitch + 16, theme)];
}

/** Any activity at all is visible; the rest of the ramp is shared out evenly. */
function shade(value: number, most: number, theme: Theme): string {
  if (value <= 0) return at(theme.ramp, 0);
  return at(theme.ramp, Math.min(theme.ramp.length - 1, Math.max(1, Math.ceil((value / most) * (theme.ramp.length - 1)))));
}

function ramp(y: number, theme: Theme): Shape[] {
  const right = CARD.width - CARD.margin;
  const left = right - 42 - theme.ramp.length * 22;
  return [
    write("less", left - 8, y, 13.5, 500, theme.dim, "right"),
    ...theme.ramp.map((fill, i): Shape => ({ kind: "box", x: left + i * 22, y: y - 9, w: 18, h: 18, radius: 4.5, fill })),
    write("more", right, y, 13.5, 500, theme.dim, "right"),
  ];
}

function chart(trend: ProgressPicture["trend"], top: number, theme: Theme): Shape[] {
  const y = (level: number) => top + (CHART.height * (4 - Math.min(4, Math.max(1, level)))) / 3;
  const grid = [1, 2, 3, 4].flatMap((level): Shape[] => [
    write(String(level), CARD.margin + 8, y(level), 14, 500, theme.dim),
    {
      kind: "strokes",
      points: [
        { x: CHART.left, y: y(level) },
        { x: CHART.right, y: y(level) },
      ],
      line: { colour: theme.planeLine, width: 1 },
    },
  ]);
  const [first, last] = [trend[0], trend.at(-1)];
  if (!first || !last) return [...grid, ...emptyChart(top, theme)];
  const [start, end] = [Date.parse(first.at), Date.parse(last.at)];
  const x = (date: string) =>
    end > start ? CHART.left + ((CHART.right - CHART.left) * (Date.parse(date) - start)) / (end - start) : CHART.right;
  const points = trend.map((one): Point => ({ x: x(one.at), y: y(one.level) }));
  const tip = at(points, points.length - 1);
  const floor = [
    { x: tip.x, y: y(1) },
    { x: at(points, 0).x, y: y(1) },
  ];
  return [
    ...(points.length > 1 ? [{ kind: "area", points: [...points, ...floor], fill: `${theme.blue}2E` } as const] : []),
    ...grid,
    ...(points.length > 1 ? [{ kind: "strokes", points, line: { colour: theme.blue, width: 3 }, radius: 0 } as const] : []),
    ...points.map((point): Shape => ({ kind: "disc", ...point, r: 3.5, fill: theme.blue })),
    { kind: "disc", ...tip, r: 9, fill: theme.background },
    { kind: "disc", ...tip, r: 6.5, fill: theme.blue },
    write(String(last.level), tip.x + 16, tip.y, 20, 700, theme.ink),
    ...(points.length > 1 ? [write(dayOf(first.at), CHART.left, top + CHART.height + 20, 13.5, 500, theme.dim)] : []),
    write(dayOf(last.at), CHART.right, top + CHART.height + 20, 13.5, 500, theme.dim, "right"),
  ];
}

function emptyChart(top: number, theme: Theme): Shape[] {
  const y = top + CHART.height / 2;
  const text = "No mock round scored yet";
  const middle = (CHART.left + CHART.right) / 2;
  return [
    { kind: "box", x: middle - 120, y: y - 16, w: 240, h: 32, radius: 8, fill: theme.background },
    write(text, middle, y, 16, 500, theme.dim, "center"),
  ];
}

const dayOf = (date: string): string => `${Number(date.slice(8, 10))} ${MONTHS[Number(date.slice(5, 7)) - 1] ?? ""} ${date.slice(0, 4)}`;
