/** The one-page sheet of trade-offs, in the shape of an A4 page: as large as the words allow. */
import type { SheetPicture, SheetRow } from "../core/picture.ts";
import { oneLine, write } from "./card.ts";
import { shorten, wrap } from "./fonts.ts";
import type { Scene, Shape } from "./scene.ts";
import type { Theme } from "./theme.ts";

/** A4 at 2× is then about 240 dots to the inch. */
const PAGE = { w: 1_000, h: 1_414, margin: 36, head: 84, gutter: 16, gap: 8 } as const;

/** A way to set the page: columns, size of the words, and lines for a side's condition and for the rule. */
interface Setting {
  readonly columns: number;
  readonly size: number;
  readonly when: number;
  readonly rule: number;
}

/** From the most generous to the tightest: first the words become smaller, then fewer. 9 pixels are 5.4 points on A4. */
const SETTINGS: readonly Setting[] = [
  ...[16, 15, 14, 13, 12, 11, 10].map((size) => ({ columns: 2, size, when: 9, rule: 6 })),
  ...[11, 10, 9].map((size) => ({ columns: 3, size, when: 9, rule: 6 })),
  { columns: 3, size: 9, when: 4, rule: 3 },
  { columns: 3, size: 9, when: 3, rule: 2 },
  { columns: 3, size: 9, when: 3, rule: 1 },
  { columns: 3, size: 9, when: 3, rule: 0 },
  { columns: 3, size: 9, when: 2, rule: 0 },
];

/** More than that is on no page, however tightly set. */
const MOST = { rows: 60, letters: 800 };

const columnWidth = (columns: number): number => (PAGE.w - 2 * PAGE.margin - (columns - 1) * PAGE.gutter) / columns;

interface Entry {
  readonly h: number;
  readonly shapes: (x: number, y: number) => Shape[];
}

export function sheetScene({ title, subtitle, rows }: SheetPicture, theme: Theme): Scene {
  const { columns, width } = set(rows.slice(0, MOST.rows), theme);
  const shapes: Shape[] = [
    write(shorten(oneLine(title), PAGE.w - 2 * PAGE.margin, 28, 700), PAGE.margin, PAGE.margin + 14, 28, 700, theme.ink),
    ...(subtitle
      ? [write(shorten(oneLine(subtitle), PAGE.w - 2 * PAGE.margin, 14.5, 500), PAGE.margin, PAGE.margin + 44, 14.5, 500, theme.dim)]
      : []),
  ];
  for (const [i, column] of columns.entries()) {
    let y = PAGE.head + PAGE.margin / 2;
    for (const { h, shapes: draw } of column) {
      shapes.push(...draw(PAGE.margin + i * (width + PAGE.gutter), y));
      y += h + PAGE.gap;
    }
  }
  return { w: PAGE.w, h: PAGE.h, background: theme.background, shapes };
}

const ROOM = PAGE.h - PAGE.head - PAGE.margin * 1.5;

/** The first setting with which all rows fit; with none, as many rows as the tightest one holds. */
function set(rows: readonly SheetRow[], theme: Theme): { columns: Entry[][]; width: number } {
  for (const setting of SETTINGS) {
    const columns = flow(
      rows.map((row) => entry(row, setting, theme)),
      setting.columns,
    );
    if (columns) return { columns, width: columnWidth(setting.columns) };
  }
  return set(rows.slice(0, Math.floor(rows.length * 0.9)), theme);
}

/** Columns in reading order, all about as long; nothing where they do not fit. */
function flow(entries: readonly Entry[], count: number): Entry[][] | undefined {
  const whole = entries.reduce((sum, one) => sum + one.h + PAGE.gap, 0);
  for (let limit = whole / count; limit <= ROOM + PAGE.gap; limit += 12) {
    const columns: Entry[][] = [[]];
    let used = 0;
    for (const one of entries) {
      if (used + one.h + PAGE.gap > limit) {
        columns.push([]);
        used = 0;
      }
      columns.at(-1)?.push(one);
      used += one.h + PAGE.gap;
    }
    if (columns.length <= count) return columns;
  }
  return undefined;
}

function entry({ title, a, b, rule }: SheetRow, { columns, size, when, rule: ruled }: Setting, theme: Theme): Entry {
  const line = size * 1.34;
  const width = columnWidth(columns);
  const pad = size * 0.72;
  const inner = width - 2 * pad;
  const half = (inner - 14) / 2;
  const sides = [a, b].map((side) => ({
    name: shorten(oneLine(side.name), half, size, 700),
    lines: wrap(oneLine(side.when.slice(0, MOST.letters)), half, when, size, 500),
  }));
  const below = rule === undefined || ruled === 0 ? [] : wrap(oneLine(rule.slice(0, MOST.letters)), inner, ruled, size * 0.95, 500);
  const most = Math.max(...sides.map((side) => side.lines.length));
  const h = 2 * pad + line * (1.25 + 1 + most) + (below.length > 0 ? 7 + below.length * line * 0.97 : 0);
  return {
    h,
    shapes: (x, y) => {
      const left = x + pad;
      const top = y + pad + line / 2;
      const names = top + line * 1.25;
      const rules = names + (most + 1) * line + 7;
      return [
        { kind: "box", x, y, w: width, h, radius: 8, fill: theme.plane, line: { colour: theme.planeLine, width: 1 } },
        write(shorten(oneLine(title), inner, size * 1.12, 700), left, top, size * 1.12, 700, theme.ink),
        ...sides.flatMap((side, i) => {
          const start = left + i * (half + 14);
          return [
            write(side.name, start, names, size, 700, i === 0 ? theme.blue : theme.kinds.model),
            ...side.lines.map((words, j) => write(words, start, names + (j + 1) * line, size, 500, theme.ink)),
          ];
        }),
        ...below.map((words, j) => write(words, left, rules + j * line * 0.97, size * 0.95, 500, theme.dim)),
      ];
    },
  };
}
