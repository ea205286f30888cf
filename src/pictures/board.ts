/** The leaderboard card. Names are whatever people call themselves: any script, emoji, any length. */
import type { BoardPicture, BoardRow } from "../core/picture.ts";
import { CARD, cardHead, HEAD_HEIGHT, oneLine, write } from "./card.ts";
import { initial, shorten, widthOf } from "./fonts.ts";
import { at } from "./geometry.ts";
import type { Scene, Shape } from "./scene.ts";
import type { Theme } from "./theme.ts";

const ROW = { height: 60, gap: 4, skip: 26 } as const;
const NAME = { size: 19, weight: 600 } as const;
const numbers = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });

/** Where each column ends, from the right; a column that no row fills is left out. */
interface Columns {
  readonly days: number | undefined;
  readonly streak: number | undefined;
  readonly value: number;
  readonly movement: number | undefined;
  readonly nameEnd: number;
}

export function boardScene({ title, subtitle, unit, rows }: BoardPicture, theme: Theme): Scene {
  const columns = columnsOf(rows);
  const shapes: Shape[] = [...cardHead(title, subtitle, CARD.width - 2 * CARD.margin, theme)];
  let y = HEAD_HEIGHT + 8;
  const heading = (text: string, x: number) => write(text, x, y, 13.5, 600, theme.dim, "right");
  shapes.push(heading(shorten(oneLine(unit), 150, 13.5, 600), columns.value));
  if (columns.streak !== undefined) shapes.push(heading("streak", columns.streak));
  if (columns.days !== undefined) shapes.push(heading(`${longest(rows)} days`, columns.days));
  y += 18;
  const most = Math.max(1, ...rows.flatMap((row) => row.days ?? []));
  if (rows.length === 0) shapes.push(write("Nobody is on it yet.", CARD.width / 2, y + ROW.height / 2, 18, 500, theme.dim, "center"));
  for (const [i, row] of rows.entries()) {
    if (row.gap) {
      shapes.push(
        ...[-10, 0, 10].map((x): Shape => ({ kind: "disc", x: CARD.margin + 24 + x, y: y + ROW.skip / 2 - 2, r: 2, fill: theme.dim })),
      );
      y += ROW.skip;
    }
    const tied = rows.some((other) => other !== row && other.rank === row.rank);
    shapes.push(
      ...ground(row, i, y, theme),
      ...person(row, tied, y + ROW.height / 2, columns, theme),
      ...figures(row, y + ROW.height / 2, columns, most, theme),
    );
    y += ROW.height + ROW.gap;
  }
  return { w: CARD.width, h: y + (rows.length === 0 ? ROW.height : 0) + CARD.margin - ROW.gap, background: theme.background, shapes };
}

const longest = (rows: readonly BoardRow[]): number => Math.max(...rows.map((row) => row.days?.length ?? 0));

function columnsOf(rows: readonly BoardRow[]): Columns {
  let x = CARD.width - CARD.margin - 8;
  const column = (used: boolean, width: number): number | undefined => {
    if (!used) return undefined;
    const end = x;
    x -= width;
    return end;
  };
  const days = column(
    rows.some((row) => row.days && row.days.length > 0),
    118,
  );
  const streak = column(
    rows.some((row) => row.streak !== undefined),
    84,
  );
  const value = x;
  x -= Math.max(70, ...rows.map((row) => widthOf(numbers.format(row.value), 20, 700))) + 16;
  const movement = column(
    rows.some((row) => row.movement !== undefined),
    50,
  );
  return { days, streak, value, movement, nameEnd: x };
}

function ground(row: BoardRow, index: number, y: number, theme: Theme): Shape[] {
  const box = { kind: "box", x: CARD.margin - 14, y, w: CARD.width - 2 * CARD.margin + 28, h: ROW.height, radius: 12 } as const;
  if (row.own)
    return [{ ...box, fill: theme.card === theme.background ? theme.plane : theme.card, line: { colour: theme.blue, width: 2 } }];
  return index % 2 === 0 ? [{ ...box, fill: theme.plane }] : [];
}

function person(row: BoardRow, tied: boolean, y: number, columns: Columns, theme: Theme): Shape[] {
  const name = oneLine(row.name) || "?";
  const medal = row.rank > 0 ? theme.medals[row.rank - 1] : undefined;
  const rank = `${tied ? "=" : ""}${row.rank}`;
  const x = CARD.margin + 18;
  const colour = at(theme.avatars, hash(name) % theme.avatars.length);
  const left = CARD.margin + 88;
  return [
    ...(medal ? [{ kind: "disc", x, y, r: 17, fill: medal } as const] : []),
    write(rank, x, y, rank.length > 3 ? 13 : 17, 600, medal ? theme.onColour : theme.dim, "center"),
    { kind: "disc", x: CARD.margin + 62, y, r: 19, fill: colour },
    write(initial(name).toUpperCase(), CARD.margin + 62, y, 16, 700, theme.onColour, "center"),
    write(shorten(name, columns.nameEnd - left - 8, NAME.size, NAME.weight), left, y, NAME.size, NAME.weight, theme.ink),
  ];
}

/** The same name always has the same colour. */
const hash = (text: string): number => [...text].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0, 7);

function figures(row: BoardRow, y: number, columns: Columns, most: number, theme: Theme): Shape[] {
  const shapes: Shape[] = [write(numbers.format(row.value), columns.value, y, 20, 700, theme.ink, "right")];
  if (columns.movement !== undefined && row.movement) {
    const up = row.movement > 0;
    const colour = up ? theme.good.line : theme.bad.line;
    const x = columns.movement - 34;
    const points = up
      ? [
          { x, y: y + 4 },
          { x: x + 10, y: y + 4 },
          { x: x + 5, y: y - 5 },
        ]
      : [
          { x, y: y - 4 },
          { x: x + 10, y: y - 4 },
          { x: x + 5, y: y + 5 },
        ];
    shapes.push({ kind: "area", points, fill: colour }, write(String(Math.abs(row.movement)), x + 15, y, 15, 600, colour));
  }
  if (columns.streak !== undefined && row.streak !== undefined) {
    const colour = row.streak > 0 ? theme.gold : theme.dim;
    shapes.push(write(String(row.streak), columns.streak - 24, y, 17, 600, colour, "right"));
    shapes.push({ kind: "icon", x: columns.streak - 19, y: y - 10, size: 19, icon: "flame", colour });
  }
  if (columns.days !== undefined) shapes.push(...bars(row.days ?? [], columns.days, y, most, theme));
  return shapes;
}

/** One bar a day, the last one in colour; all rows have one scale. */
function bars(days: readonly number[], end: number, y: number, most: number, theme: Theme): Shape[] {
  const shown = days.slice(-7);
  return shown.map((value, i): Shape => {
    const h = Math.max(3, (34 * Math.max(0, value)) / most);
    const last = i === shown.length - 1;
    return {
      kind: "box",
      x: end - (shown.length - i) * 13 + 4,
      y: y + 17 - h,
      w: 9,
      h,
      radius: 2.5,
      fill: last ? theme.blue : theme.planeLine,
    };
  });
}
