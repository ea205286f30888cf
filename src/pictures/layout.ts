/**
 * Lays out an architecture: tries arrangements of its planes on a grid, puts the boxes into cells,
 * runs the arrows through the channels between them, and keeps the picture that reads best.
 */
import { type Arrangement, arrangements } from "./arrange.ts";
import { type Drawn, draw } from "./compose.ts";
import { at, type Graph, type LabelBox, type Layout, overlap, type Point, strokes } from "./geometry.ts";
import { TROUBLE } from "./labels.ts";
import { type Placement, place } from "./place.ts";

/** What a phone can show; see the lint. */
export const MAX_WIDTH = 1_200;
export const ASPECT = { least: 0.6, most: 1.6 };

/** Estimated pixels of a cell with its channel, and of what a plane adds. */
const CELL = { w: 262, h: 128 };
const PLANE = { w: 50, h: 66 };
/** How many arrangements are annealed briefly, how many thoroughly, and how many are drawn in full. */
const TRIED = { briefly: 80, thoroughly: 24, fully: 14 };
const ROUNDS = { brief: 300, thorough: 2_500 };
const SEEDS = [7, 23];
/** Arrows up to which all of that is tried. */
const EASY = 30;

interface Margin {
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
}
/** About what title and legend take; a placement must not depend on them. */
const AROUND: Margin = { x: 24, top: 74, bottom: 60 };

/** A comparison is drawn soon after its reference, and again after each try: choosing takes ten times as long as drawing. */
const MOST_CHOSEN = 256;
const chosen = new Map<string, Placement>();

/** Where every box of a graph stands. The same graph always gives the same placement. Throws for a graph without nodes. */
export function choosePlacement(graph: Graph): Placement {
  const key = JSON.stringify(graph);
  const known = chosen.get(key);
  if (known) return known;
  const { groups, sizes, boxed } = grouped(graph);
  const between = graph.edges.filter(({ from, to }) => from !== to);
  let best: { placement: Placement; cost: number } | undefined;
  for (const placement of candidates(likely(sizes, boxed), groups, between)) {
    const cost = costOf(graph, draw(graph, placement, groups, boxed));
    if (!best || cost < best.cost) best = { placement, cost };
  }
  if (!best) throw new Error("no arrangement was found");
  if (chosen.size >= MOST_CHOSEN) chosen.clear();
  chosen.set(key, best.placement);
  return best.placement;
}

/** The graph drawn with its boxes where the placement has them. */
export function layOut(graph: Graph, placement: Placement, margin: Margin): Layout {
  const { groups, boxed } = grouped(graph);
  return finished(draw(graph, placement, groups, boxed), graph, groups, margin);
}

/** The best placements of the arrangements that promise most, each once. */
function candidates(
  arrangements: readonly Arrangement[],
  groups: readonly number[],
  links: readonly { readonly from: number; readonly to: number }[],
): Placement[] {
  // Crossings are counted in pairs: a drawing of a hundred arrows gets fewer tries, not more time.
  const ease = Math.min(1, (EASY / links.length) ** 2);
  const few = Math.max(2, Math.ceil(ease * TRIED.fully));
  const best = arrangements
    .slice(0, Math.max(6, Math.ceil(ease * TRIED.briefly)))
    .map((arrangement) => place(arrangement, groups, links, ROUNDS.brief * ease, 1))
    .sort((a, b) => worth(a) - worth(b))
    .slice(0, Math.max(1, Math.ceil(ease * TRIED.thoroughly)))
    .flatMap(({ arrangement }) => SEEDS.map((seed) => place(arrangement, groups, links, ROUNDS.thorough * ease, seed)))
    .sort((a, b) => worth(a) - worth(b));
  const distinct = new Map(best.map((placement) => [placement.cells.map(({ x, y }) => `${x},${y}`).join(" "), placement]));
  return [...distinct.values()].slice(0, few);
}

const worth = ({ arrangement, cost }: Placement): number => cost + 0.25 * arrangement.rows * arrangement.columns;

/** Nodes by plane; those without one stand together, without a box around them. */
function grouped(graph: Graph): { groups: number[]; sizes: number[]; boxed: boolean[] } {
  const used = [...new Set(graph.nodes.map((node) => node.plane))].sort((a, b) => (a ?? -1) - (b ?? -1));
  const groups = graph.nodes.map((node) => used.indexOf(node.plane));
  return {
    groups,
    sizes: used.map((_, group) => groups.filter((of) => of === group).length),
    boxed: used.map((plane) => plane !== undefined),
  };
}

/** Arrangements of about the right shape with few empty cells. */
function likely(sizes: readonly number[], boxed: readonly boolean[]): Arrangement[] {
  const nodes = sizes.reduce((sum, size) => sum + size, 0);
  const all = [1, 2, 3, 4].flatMap((columns) => arrangements(sizes, columns));
  const strain = ({ columns, rows, regions }: Arrangement): number => {
    const planes = regions.filter((_, group) => boxed[group]);
    const w = columns * CELL.w + new Set(planes.map((region) => region.x)).size * PLANE.w;
    const h = rows * CELL.h + new Set(planes.map((region) => region.y)).size * PLANE.h + AROUND.top + AROUND.bottom;
    const aspect = w / h;
    const off = Math.max(0, 0.66 / aspect - 1, aspect / 1.05 - 1);
    return 3 * off + Math.max(0, w - 850) / 250 + (0.6 * (columns * rows - nodes)) / nodes;
  };
  return all
    .map((arrangement) => ({ arrangement, strain: strain(arrangement) }))
    .sort((a, b) => a.strain - b.strain)
    .slice(0, TRIED.briefly)
    .map(({ arrangement }) => arrangement);
}

/** Lower reads better. The weights were set by looking: a crossing hurts as much as six bends, or as 120 pixels of width. */
function costOf({ edges }: Graph, { frame: { nodes, points, width, height }, titles, labels, runs, blank }: Drawn): number {
  const w = width + 2 * AROUND.x;
  const h = height + AROUND.top + AROUND.bottom;
  const aspect = w / h;
  const misfit = Math.max(0, w - MAX_WIDTH) + 1_000 * Math.max(0, ASPECT.least / aspect - 1, aspect / ASPECT.most - 1);
  const lines = points.flatMap(strokes);
  const length = lines.reduce((sum, stroke) => sum + stroke.w + stroke.h, 0);
  const bends = runs.reduce((sum, way) => sum + way.length - 1, 0);
  const upward = edges.filter(({ from, to }) => at(nodes, to).y < at(nodes, from).y).length;
  const crossedOut = titles.filter((title) => title && lines.some((line) => overlap(title, line))).length;
  const troubled = labels.filter((label) => label && label.cost >= TROUBLE).length;
  return (
    40 * crossings(points) +
    7 * bends +
    14 * upward +
    6 * blank +
    32 * troubled +
    60 * crossedOut +
    150 * labels.filter((label) => label?.collides).length +
    length / 45 +
    Math.max(0, w - 760) / 3 +
    Math.max(0, 0.66 / aspect - 1) * 400 +
    20 * misfit
  );
}

/** How often arrows cross each other. */
function crossings(points: readonly (readonly Point[])[]): number {
  const boxes = points.map(strokes);
  let count = 0;
  for (const [i, mine] of boxes.entries())
    for (const others of boxes.slice(i + 1))
      for (const a of mine) count += others.filter((b) => (a.w === 0) !== (b.w === 0) && overlap(a, b)).length;
  return count;
}

/** Moves everything into the margins. */
function finished({ frame: framed, titles, labels }: Drawn, graph: Graph, groups: readonly number[], margin: Margin): Layout {
  const moved = <T extends Point>(point: T): T => ({ ...point, x: point.x + margin.x, y: point.y + margin.top });
  const planes = graph.planes.map((_, plane) => {
    const group = groups.findIndex((_of, node) => at(graph.nodes, node).plane === plane);
    const index = group < 0 ? -1 : at(groups, group);
    const box = framed.planes[index];
    const title = titles[index];
    return box && title ? { box: moved(box), title: moved(title) } : undefined;
  });
  const w = framed.width + 2 * margin.x;
  // A label that found no place may leave its line, but not the picture.
  const kept = (label: LabelBox): LabelBox => ({ ...label, x: Math.max(0, Math.min(label.x, w - label.w)) });
  return {
    w,
    h: framed.height + margin.top + margin.bottom,
    planes,
    nodes: framed.nodes.map(moved),
    edges: framed.points.map((points, i) => ({ points: points.map(moved), label: labels[i] && kept(moved(labels[i])) })),
  };
}
