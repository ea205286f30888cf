/** The one-page sheet of trade-offs, in the shape of an A4 page: as large as the words allow. */
import type { SheetPicture, SheetRow } from "../core/picture.ts";
import { oneLine, write } from "./card.ts";
import { shorten, widthOf, wrap } from "./fonts.ts";
import type { Scene, Shape } from "./scene.ts";
import type { Theme } from "./theme.ts";

/** A4 at 2× is then about 240 dots to the inch. */
const PAGE = { w: 1_000, h: 1_414, margin: 30, head: 80, gutter: 12, gap: 5 } as const;
const ROOM = { w: PAGE.w - 2 * PAGE.margin, h: PAGE.h - PAGE.head - PAGE.margin } as const;

/** Pixels for the words, the largest that fit; 8 are 4.8 points on A4. */
const SIZES = Array.from({ length: 33 }, (_, at) => 16 - at / 4);
const COLUMNS = [2, 3];
const LINE = 1.28;

/** More than that is on no page, however tightly set. */
const MOST = { rows: 90, letters: 200, lines: 4 };

/** One trade-off as it will stand: its title, and below it a line or more for each side. */
interface Entry {
  readonly h: number;
  readonly shapes: (x: number, y: number) => Shape[];
}

export function sheetScene({ title, subtitle, rows }: SheetPicture, theme: Theme): Scene {
  const { columns, width } = set(rows.slice(0, MOST.rows), theme);
  const shapes: Shape[] = [
    write(shorten(oneLine(title), ROOM.w, 26, 700), PAGE.margin, PAGE.margin + 10, 26, 700, theme.ink),
    ...(subtitle ? [write(shorten(oneLine(subtitle), ROOM.w, 14, 500), PAGE.margin, PAGE.margin + 34, 14, 500, theme.dim)] : []),
  ];
  for (const [i, column] of columns.entries()) {
    let y: number = PAGE.head;
    for (const { h, shapes: draw } of column) {
      shapes.push(...draw(PAGE.margin + i * (width + PAGE.gutter), y));
      y += h + PAGE.gap;
    }
  }
  return { w: PAGE.w, h: PAGE.h, background: theme.background, shapes };
}

/** The largest words with which all rows fit; with none, as many rows as the smallest hold. */
function set(rows: readonly SheetRow[], theme: Theme): { columns: Entry[][]; width: number } {
  for (const size of SIZES)
    for (const count of COLUMNS) {
      const width = (ROOM.w - (count - 1) * PAGE.gutter) / count;
      const columns = flow(
        rows.map((row) => entry(row, width, size, theme)),
        count,
      );
      if (columns) return { columns, width };
    }
  return set(rows.slice(0, Math.floor(rows.length * 0.9)), theme);
}

/** Columns in reading order, all about as long; nothing where they do not fit. */
function flow(entries: readonly Entry[], count: number): Entry[][] | undefined {
  const whole = entries.reduce((sum, one) => sum + one.h + PAGE.gap, 0);
  for (let limit = whole / count; limit <= ROOM.h + PAGE.gap; limit += 6) {
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

function entry({ title, a, b }: SheetRow, width: number, size: number, theme: Theme): Entry {
  const pad = size * 0.6;
  const inner = width - 2 * pad;
  const lines = [
    ...wrap(clean(title), inner, 2, size * 1.08, 700).map(
      (words) => [{ words, weight: 700, colour: theme.ink, size: size * 1.08 }] as const,
    ),
    ...side(a, inner, size, theme.blue, theme.ink),
    ...side(b, inner, size, theme.kinds.model, theme.ink),
  ];
  const h = 2 * pad + lines.length * size * LINE;
  return {
    h,
    shapes: (x, y) => [
      { kind: "box", x, y, w: width, h, radius: 6, fill: theme.plane, line: { colour: theme.planeLine, width: 1 } },
      ...lines.flatMap((runs, at) => {
        let left = x + pad;
        return runs.map((run) => {
          const shape = write(run.words, left, y + pad + (at + 0.5) * size * LINE, run.size, run.weight, run.colour);
          left += widthOf(run.words, run.size, run.weight);
          return shape;
        });
      }),
    ],
  };
}

interface Run {
  readonly words: string;
  readonly weight: 500 | 700;
  readonly colour: string;
  readonly size: number;
}

/** The side's name in its colour, and its condition after it, over as many lines as that takes. */
function side({ name, when }: SheetRow["a"], width: number, size: number, colour: string, ink: string): Run[][] {
  let rest = `${clean(name)}: `;
  // All is measured as plain words, so each line leaves what the name in bold is wider.
  const bolder = Math.min(width / 4, widthOf(rest, size, 700) - widthOf(rest, size, 500));
  return wrap(`${rest}${clean(when)}`, width - bolder, MOST.lines, size, 500).map((line) => {
    const named = line.startsWith(rest) ? rest : rest.startsWith(line) ? line : "";
    rest = named === rest ? "" : rest.slice(named.length).trimStart();
    const runs: Run[] = [
      { words: named, weight: 700, colour, size },
      { words: line.slice(named.length), weight: 500, colour: ink, size },
    ];
    return runs.filter(({ words }) => words !== "");
  });
}

const clean = (text: string): string => oneLine(text.slice(0, MOST.letters));
