/** The words of the layout. All lengths are logical pixels; the picture is exported at twice the size. */

export interface Size {
  readonly w: number;
  readonly h: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Box = Point & Size;

/** What is to be laid out. Nodes and planes are meant by their index from here on. */
export interface Graph {
  readonly planes: readonly { readonly title: Size }[];
  readonly nodes: readonly (Size & { readonly plane: number | undefined })[];
  readonly edges: readonly GraphEdge[];
}

export interface GraphEdge {
  readonly from: number;
  readonly to: number;
  /** The label's size on one line, and folded into two. */
  readonly label: { readonly wide: Size; readonly folded: Size } | undefined;
}

export interface Layout extends Size {
  /** A plane without nodes has no box. */
  readonly planes: readonly ({ readonly box: Box; readonly title: Box } | undefined)[];
  readonly nodes: readonly Box[];
  readonly edges: readonly RoutedEdge[];
}

export interface RoutedEdge {
  /** Corners from the border of one box to the border of the other, each straight above or beside the one before. */
  readonly points: readonly Point[];
  readonly label: LabelBox | undefined;
}

export type LabelBox = Box & { readonly folded: boolean };

/** The element at an index that is known to exist. Throws where it does not. */
export function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`nothing at ${index} of ${items.length}`);
  return item;
}

export const overlap = (a: Box, b: Box, gap = 0): boolean =>
  a.x < b.x + b.w + gap && b.x < a.x + a.w + gap && a.y < b.y + b.h + gap && b.y < a.y + a.h + gap;

/** The box around a horizontal or vertical stroke, made `by` larger on every side. */
export const around = (a: Point, b: Point, by = 0): Box => ({
  x: Math.min(a.x, b.x) - by,
  y: Math.min(a.y, b.y) - by,
  w: Math.abs(a.x - b.x) + 2 * by,
  h: Math.abs(a.y - b.y) + 2 * by,
});

/** The boxes around the strokes between corners; a stroke itself has no width. */
export const strokes = (corners: readonly Point[]): Box[] => corners.slice(1).map((to, i) => around(at(corners, i), to));

/** A sequence of numbers in [0, 1) that is the same every time (mulberry32): equal data gives an equal picture. */
export function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
