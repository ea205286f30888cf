/** Places the labels of arrows on their lines, clear of boxes, of each other and of other lines. */
import { at, type Box, type GraphEdge, type LabelBox, overlap, type Point, type Size, strokes } from "./geometry.ts";

/** What a label's place costs. From `TROUBLE` on a reader could take it for another arrow's. */
const COST = { box: 1_000, label: 400, title: 300, outside: 1_000, line: 60, border: 9, corner: 30, folded: 3, down: 1, away: 0.035 };
export const TROUBLE = 30;

/** Between a label and the ends of its stroke; the second leaves the arrowhead visible. */
const CLEAR = 9;
const HEAD = 10;
/** How far apart the places that are tried lie. */
const STRIDE = 9;
const SWEEPS = 3;

export interface Obstacles {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly Box[];
  readonly titles: readonly Box[];
  readonly planes: readonly Box[];
}

export interface PlacedLabel extends LabelBox {
  /** Which stroke it lies on: between this corner and the next. */
  readonly stroke: number;
  readonly cost: number;
  /** Lies on another label. */
  readonly collides: boolean;
}

/** One place for each edge that has a label, in the order of the edges; those in `folded` stand on two lines. */
export function placeLabels(
  edges: readonly GraphEdge[],
  points: readonly (readonly Point[])[],
  obstacles: Obstacles,
  folded: ReadonlySet<number>,
): (PlacedLabel | undefined)[] {
  const lines = points.map(strokes);
  const options = edges.map(({ label }, i) =>
    label ? candidates(label, at(points, i), folded.has(i)).map((one) => priced(one, i, lines, obstacles)) : [],
  );
  const placed: (PlacedLabel | undefined)[] = edges.map(() => undefined);
  // Who has the fewest good places goes first.
  const order = edges
    .map((_, i) => i)
    .filter((i) => at(options, i).length > 0)
    .sort((i, j) => good(at(options, i)) - good(at(options, j)));
  for (let sweep = 0; sweep < SWEEPS; sweep += 1)
    for (const i of order) {
      const others = placed.filter((label, j) => label !== undefined && j !== i) as PlacedLabel[];
      placed[i] = cheapest(at(options, i), others);
    }
  return placed;
}

const good = (options: readonly PlacedLabel[]): number => options.filter((one) => one.cost < TROUBLE).length;

function cheapest(options: readonly PlacedLabel[], others: readonly PlacedLabel[]): PlacedLabel | undefined {
  let best: PlacedLabel | undefined;
  for (const option of options) {
    if (best && option.cost >= best.cost) continue;
    const collisions = others.filter((other) => overlap(option, other, 3)).length;
    const cost = option.cost + COST.label * collisions;
    if (!best || cost < best.cost) best = { ...option, cost, collides: collisions > 0 };
  }
  return best;
}

function candidates(label: NonNullable<GraphEdge["label"]>, corners: readonly Point[], narrow: boolean): PlacedLabel[] {
  const length = corners.slice(1).reduce((sum, to, i) => sum + distance(at(corners, i), to), 0);
  const shapes = label.folded.h === label.wide.h ? [false] : narrow ? [true] : [false, true];
  let before = 0;
  return corners.slice(0, -1).flatMap((from, stroke) => {
    const to = at(corners, stroke + 1);
    const start = before - length / 2;
    before += distance(from, to);
    const head = stroke === corners.length - 2 ? HEAD : 0;
    return shapes.flatMap((folded) =>
      along(from, to, folded ? label.folded : label.wide, folded, head, start).map((one) => ({ ...one, stroke })),
    );
  });
}

/** Places on one stroke; `start` is how far its beginning lies behind the middle of the arrow. */
function along(from: Point, to: Point, size: Size, folded: boolean, head: number, start: number): Omit<PlacedLabel, "stroke">[] {
  const run = distance(from, to);
  const down = from.x === to.x;
  const half = (down ? size.h : size.w) / 2 + CLEAR;
  const end = run - half - head;
  const middle = (half + end) / 2;
  // A stroke that is too short is tried in its middle: better there than nowhere.
  const steps = end < half ? [] : Array.from({ length: Math.floor((end - half) / STRIDE) + 1 }, (_, i) => half + i * STRIDE);
  const short = end < half ? COST.corner + (half - end) : 0;
  return [...steps, middle].map((place) => {
    const centre = { x: from.x + ((to.x - from.x) * place) / run, y: from.y + ((to.y - from.y) * place) / run };
    const cost = Math.abs(start + place) * COST.away + (folded ? COST.folded : 0) + (down ? COST.down : 0) + short;
    return { x: centre.x - size.w / 2, y: centre.y - size.h / 2, w: size.w, h: size.h, folded, cost, collides: false };
  });
}

const distance = (a: Point, b: Point): number => Math.abs(a.x - b.x) + Math.abs(a.y - b.y);

/** Adds what a place costs whatever the other labels do. */
function priced(label: PlacedLabel, edge: number, lines: readonly (readonly Box[])[], obstacles: Obstacles): PlacedLabel {
  const { nodes, titles, planes, width, height } = obstacles;
  const outside = label.x < 0 || label.y < 0 || label.x + label.w > width || label.y + label.h > height;
  const own = at(lines, edge).filter((stroke, i) => i !== label.stroke && overlap(label, stroke));
  const foreign = lines.flatMap((boxes, other) => (other === edge ? [] : boxes.filter((stroke) => overlap(label, stroke, 2))));
  const cost =
    COST.box * nodes.filter((node) => overlap(label, node, 4)).length +
    COST.title * titles.filter((title) => overlap(label, title, 4)).length +
    COST.border * planes.filter((plane) => onBorder(label, plane)).length +
    (outside ? COST.outside : 0) +
    COST.corner * own.length +
    COST.line * foreign.length;
  return { ...label, cost: label.cost + cost };
}

function onBorder(label: Box, plane: Box): boolean {
  if (!overlap(label, plane)) return false;
  return label.x < plane.x || label.y < plane.y || label.x + label.w > plane.x + plane.w || label.y + label.h > plane.y + plane.h;
}
