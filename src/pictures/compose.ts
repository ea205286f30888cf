/** One placement drawn in full: arrows in their channels, titles and labels, and room made where labels are in trouble. */
import { type Floors, type Frame, frame } from "./channels.ts";
import { at, type Box, type Graph, overlap, type Size, strokes } from "./geometry.ts";
import { type PlacedLabel, placeLabels, TROUBLE } from "./labels.ts";
import { latticeOf } from "./lattice.ts";
import type { Placement } from "./place.ts";
import { route } from "./route.ts";
import { type Run, runsOf } from "./runs.ts";

/** By how much a channel grows in each round in which it was too narrow. */
const WIDER = 24;

export interface Drawn {
  readonly frame: Frame;
  readonly titles: readonly (Box | undefined)[];
  readonly labels: readonly (PlacedLabel | undefined)[];
  readonly runs: readonly (readonly Run[])[];
  /** Cells within planes that no box stands in. */
  readonly blank: number;
}

/** Draws once, sees where labels are in trouble, makes room there, and draws again. */
export function draw(graph: Graph, placement: Placement, groups: readonly number[], boxed: readonly boolean[]): Drawn {
  const lattice = latticeOf(trimmed(placement, groups), groups, boxed);
  const ways = route(lattice, graph.edges);
  const cells = lattice.regions.reduce((sum, region) => sum + region.w * region.h, 0);
  const blank = cells - graph.nodes.length;
  const floors: Floors = [[], []];
  const pads = new Map<string, number>();
  const folded = new Set<number>();
  let drawn: Drawn | undefined;
  for (let round = 0; round < 5; round += 1) {
    const runs = runsOf(lattice, ways, graph.edges);
    for (const run of runs.flat()) run.pad = pads.get(`${run.link} ${run.axis} ${run.line} ${run.lo}`) ?? 0;
    const framed = frame(graph, lattice, ways, runs, floors);
    const { titles, labels } = write(graph, framed, groups, folded);
    const next: Drawn = { frame: framed, titles, labels, runs, blank };
    if (!drawn || trouble(next) <= trouble(drawn)) drawn = next;
    const wanting = labels.flatMap((label, link) => (label && label.cost >= TROUBLE ? [{ label, link }] : []));
    if (wanting.length === 0) break;
    // Two arrows down beside each other hold their labels only if both are folded.
    for (const { label, link } of wanting) if (label.collides) folded.add(link);
    const last: Floors = [floors[0].slice(), floors[1].slice()];
    for (const { label, link } of wanting) makeRoom(at(graph.edges, link).label, at(runs, link), label, floors, last, pads);
  }
  if (!drawn) throw new Error("nothing was drawn");
  return drawn;
}

/** Titles where no arrow passes, labels clear of them; where that fails, titles clear of the labels. */
function write(graph: Graph, framed: Frame, groups: readonly number[], folded: ReadonlySet<number>): Pick<Drawn, "titles" | "labels"> {
  const planes = framed.planes.filter((plane) => plane !== undefined);
  const lines = framed.points.flatMap(strokes);
  const entitle = (avoid: readonly Box[]) =>
    framed.planes.map((plane, group) => plane && titleBox(plane, at(graph.planes, planeOf(graph, groups, group)).title, avoid));
  const label = (titles: readonly (Box | undefined)[]) =>
    placeLabels(graph.edges, framed.points, { ...framed, titles: titles.filter((title) => title !== undefined), planes }, folded);
  const titles = entitle(lines);
  const labels = label(titles);
  const placed = labels.filter((one) => one !== undefined);
  if (!titles.some((title) => title && placed.some((one) => overlap(title, one)))) return { titles, labels };
  const moved = entitle([...lines, ...placed]);
  return { titles: moved, labels: label(moved) };
}

const trouble = ({ labels }: Drawn): number => labels.reduce((sum, label) => sum + (label && label.cost >= TROUBLE ? label.cost : 0), 0);

const planeOf = (graph: Graph, groups: readonly number[], group: number): number => at(graph.nodes, groups.indexOf(group)).plane ?? -1;

/** Shrinks each region to the cells in use. */
function trimmed({ arrangement, cells, cost }: Placement, groups: readonly number[]): Placement {
  const regions = arrangement.regions.map((_, group) => {
    const mine = cells.filter((_, node) => groups[node] === group);
    const xs = mine.map((cell) => cell.x);
    const ys = mine.map((cell) => cell.y);
    const [x, y] = [Math.min(...xs), Math.min(...ys)];
    return { x, y, w: Math.max(...xs) - x + 1, h: Math.max(...ys) - y + 1 };
  });
  return { arrangement: { ...arrangement, regions }, cells, cost };
}

/** A title stands as far left as nothing is in its way, or else at the left over whatever it is. */
function titleBox(plane: Box, size: Size, avoid: readonly Box[]): Box {
  const steps = Math.max(0, Math.floor((plane.w - 32 - size.w) / 12));
  const boxes = Array.from({ length: steps + 1 }, (_, i) => ({ x: plane.x + 16 + 12 * i, y: plane.y + 10, ...size }));
  const free = (gap: number) => boxes.find((box) => !avoid.some((other) => overlap(box, other, gap)));
  return free(9) ?? free(3) ?? at(boxes, 0);
}

/** Widens what a label in trouble lies in: the channel that its stroke crosses, or the one that it runs along. `last` is how wide they were. */
function makeRoom(
  sizes: Graph["edges"][number]["label"],
  runs: readonly Run[],
  label: PlacedLabel,
  floors: Floors,
  last: Floors,
  pads: Map<string, number>,
): void {
  const run = runs[label.stroke];
  if (!run || !sizes) return;
  const key = `${run.link} ${run.axis} ${run.line} ${run.lo}`;
  const size = label.folded || run.axis === 1 ? sizes.folded : sizes.wide;
  pads.set(key, (run.axis === 0 ? size.h : size.w) / 2 + 5);
  if (run.hi - run.lo > 2) return;
  // Between two neighbouring boxes the channel itself must hold the label and the arrowhead.
  const channel = run.lo % 2 === 0 ? run.lo : run.lo + 1;
  const [floor, had] = run.axis === 0 ? [floors[1], last[1]] : [floors[0], last[0]];
  // Two arrows side by side leave a line each.
  const need = run.axis === 1 ? sizes.folded.h + 36 : (label.collides ? sizes.wide.w : sizes.folded.w) + 36;
  // Still in trouble: something else runs through that channel, and the label must find room beside it.
  const before = had[channel] ?? 0;
  floor[channel] = Math.max(floor[channel] ?? 0, before < need ? need : before + WIDER);
}
