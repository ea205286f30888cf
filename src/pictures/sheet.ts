/** The one-page sheet of trade-offs, in the shape of an A4 page: as large as the words allow. */
import type { SheetPicture, SheetRow } from "../core/picture.ts";
import { oneLine, write } from "./card.ts";
import { shorten, wrap } from "./fonts.ts";
import { at } from "./geometry.ts";
import type { Scene, Shape } from "./scene.ts";
import type { Theme } from "./theme.ts";

/** A4 at 2× is then about 240 dots to the inch. */
const PAGE = { w: 1_000, h: 1_414, margin: 36, head: 84, gutter: 20, gap: 10, pad: 11 } as const;
const COLUMN = (PAGE.w - 2 * PAGE.margin - PAGE.gutter) / 2;
const SIZES = [16, 15, 14, 13, 12, 11.5, 11, 10.5, 10, 9.5, 9] as const;
/** At the smallest size words are shortened until the page holds them. */
const TIGHTER = [
  { when: 4, rule: 3 },
  { when: 3, rule: 2 },
  { when: 2, rule: 1 },
  { when: 1, rule: 0 },
] as const;

interface Set {
  readonly size: number;
  readonly when: number;
  readonly rule: number;
}

interface Entry {
  readonly h: number;
  readonly shapes: (x: number, y: number) => Shape[];
}

export function sheetScene({ title, subtitle, rows }: SheetPicture, theme: Theme): Scene {
  const sets: Set[] = [...SIZES.map((size) => ({ size, when: 9, rule: 6 })), ...TIGHTER.map((lines) => ({ size: 9, ...lines }))];
  let columns: Entry[][] | undefined;
  for (const set of sets) {
    columns = balanced(rows.map((row) => entry(row, set, theme)));
    if (columns) break;
  }
  const shapes: Shape[] = [
    write(shorten(oneLine(title), PAGE.w - 2 * PAGE.margin, 28, 700), PAGE.margin, PAGE.margin + 14, 28, 700, theme.ink),
    ...(subtitle
      ? [write(shorten(oneLine(subtitle), PAGE.w - 2 * PAGE.margin, 14.5, 500), PAGE.margin, PAGE.margin + 44, 14.5, 500, theme.dim)]
      : []),
  ];
  // Hundreds of rows fit no page: titles alone then, as many as there is room for.
  for (const [i, column] of (columns ?? titlesOnly(rows, theme)).entries()) {
    let y = PAGE.head + PAGE.margin / 2;
    for (const { h, shapes: draw } of column) {
      shapes.push(...draw(PAGE.margin + i * (COLUMN + PAGE.gutter), y));
      y += h + PAGE.gap;
    }
  }
  return { w: PAGE.w, h: PAGE.h, background: theme.background, shapes };
}

const ROOM = PAGE.h - PAGE.head - PAGE.margin * 1.5;

/** Two columns in reading order, the first one cut where both are about as long; nothing where they do not fit. */
function balanced(entries: readonly Entry[]): Entry[][] | undefined {
  const height = (some: readonly Entry[]) => some.reduce((sum, one) => sum + one.h + PAGE.gap, -PAGE.gap);
  let cut = 0;
  while (cut < entries.length && height(entries.slice(0, cut + 1)) <= Math.max(height(entries) / 2 + 40, 0)) cut += 1;
  const columns = [entries.slice(0, cut), entries.slice(cut)];
  return columns.every((column) => height(column) <= ROOM) ? columns : undefined;
}

function entry({ title, a, b, rule }: SheetRow, { size, when, rule: ruled }: Set, theme: Theme): Entry {
  const line = size * 1.34;
  const inner = COLUMN - 2 * PAGE.pad;
  const half = (inner - 14) / 2;
  const sides = [a, b].map((side) => ({
    name: shorten(oneLine(side.name), half, size, 700),
    lines: wrap(oneLine(side.when), half, when, size, 500),
  }));
  const below = rule === undefined || ruled === 0 ? [] : wrap(oneLine(rule), inner, ruled, size * 0.95, 500);
  const most = Math.max(...sides.map((side) => side.lines.length));
  const h = 2 * PAGE.pad + line * (1.25 + 1 + most) + (below.length > 0 ? 7 + below.length * line * 0.97 : 0);
  return {
    h,
    shapes: (x, y) => {
      const left = x + PAGE.pad;
      const top = y + PAGE.pad + line / 2;
      const names = top + line * 1.25;
      const rules = names + (most + 1) * line + 7;
      return [
        { kind: "box", x, y, w: COLUMN, h, radius: 8, fill: theme.plane, line: { colour: theme.planeLine, width: 1 } },
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

function titlesOnly(rows: readonly SheetRow[], theme: Theme): Entry[][] {
  const most = Math.floor(ROOM / (16 + PAGE.gap));
  const one = ({ title }: SheetRow): Entry => ({
    h: 16,
    shapes: (x, y) => [write(shorten(oneLine(title), COLUMN, 13, 600), x, y + 8, 13, 600, theme.ink)],
  });
  const shown = rows.slice(0, 2 * most).map(one);
  return [0, 1].map((column) =>
    Array.from({ length: most }, (_, i) => column * most + i).flatMap((i) => (i < shown.length ? [at(shown, i)] : [])),
  );
}
