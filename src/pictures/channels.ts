/** Turns lattice and runs into pixels: how wide each channel must be, where each box, plane and corner lies. */
import { at, type Box, type Graph, type Point } from "./geometry.ts";
import type { Lattice } from "./lattice.ts";
import { bundles, meets, type Run } from "./runs.ts";

/** Distances in logical pixels. */
const TRACK = 16;
const PORT = { across: 24, down: 28, inset: 14 };
const GAP = { column: 40, row: 38, planes: 26, inset: 18, track: 14 };
/** From the upper border of a plane to what is below its title. */
const TITLE = 36;

/** What labels ask for: the least width of each channel. */
export type Floors = readonly [rows: number[], columns: number[]];

export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly Box[];
  /** Without a box for groups that are no plane. */
  readonly planes: readonly (Box | undefined)[];
  /** Corners of each link. */
  readonly points: readonly (readonly Point[])[];
}

interface Line {
  /** Start and end, for odd lines of the column or row, for even ones of the channel. */
  readonly start: number;
  readonly end: number;
  /** Where planes before it end and planes after it begin. */
  readonly borders: readonly [number, number];
  /** Where the first track of each zone lies, and the width that its tracks take. */
  readonly zones: Readonly<Record<Run["zone"], { readonly start: number; readonly extent: number }>>;
}

/** `runs` by link. Sets their offsets. */
export function frame(
  graph: Graph,
  lattice: Lattice,
  ways: readonly (readonly number[])[],
  runs: readonly (readonly Run[])[],
  floors: Floors,
): Frame {
  const all = runs.flat();
  const groups = bundles(lattice, ways, all);
  for (const bundle of groups) spread(lattice, bundle);
  const rows = lines(0, graph, lattice, groups, floors[0]);
  const columns = lines(1, graph, lattice, groups, floors[1]);
  for (const bundle of groups) settle(at(at([rows, columns], at(bundle, 0).axis), at(bundle, 0).line), bundle, graph, lattice);
  const nodes = graph.nodes.map((node, i): Box => {
    const home = at(lattice.home, i);
    const column = at(columns, home % lattice.w);
    const row = at(rows, Math.floor(home / lattice.w));
    return { x: column.start, y: (row.start + row.end - node.h) / 2, w: column.end - column.start, h: node.h };
  });
  const planes = lattice.regions.map(({ x, y, w, h }, group): Box | undefined => {
    if (!lattice.boxed[group]) return undefined;
    const left = at(columns, 2 * x).borders[1];
    const top = at(rows, 2 * y).borders[1];
    return { x: left, y: top, w: at(columns, 2 * (x + w)).borders[0] - left, h: at(rows, 2 * (y + h)).borders[0] - top };
  });
  const points = runs.map((way) => corners(way, nodes, graph));
  return { width: at(columns, columns.length - 1).end, height: at(rows, rows.length - 1).end, nodes, planes, points };
}

/** Gives the runs of a bundle their distances from its first one. */
function spread(lattice: Lattice, bundle: readonly Run[]): void {
  for (const [i, run] of bundle.entries()) {
    run.offset = 0;
    for (const before of bundle.slice(0, i))
      if (meets(lattice, before, run)) run.offset = Math.max(run.offset, before.offset + Math.max(distance(run), before.pad + run.pad));
  }
}

const distance = ({ axis, line }: Run): number => (line % 2 === 0 ? TRACK : axis === 0 ? PORT.across : PORT.down);

const extent = (bundle: readonly Run[]): number => Math.max(...bundle.map((run) => run.offset));

function lines(axis: 0 | 1, graph: Graph, lattice: Lattice, groups: readonly (readonly Run[])[], floors: readonly number[]): Line[] {
  const count = axis === 0 ? lattice.h : lattice.w;
  const result: Line[] = [];
  let cursor = 0;
  for (let index = 0; index < count; index += 1) {
    const line =
      index % 2 === 1
        ? middle(cursor, size(axis, index, graph, lattice))
        : channel(cursor, axis, index, count, lattice, groups, floors[index] ?? 0);
    result.push(line);
    cursor = line.end;
  }
  return result;
}

/** The height of a row or the width of a column: that of its largest box. */
function size(axis: 0 | 1, index: number, graph: Graph, { w, home }: Lattice): number {
  const inside = graph.nodes.filter((_, i) => (axis === 0 ? Math.floor(at(home, i) / w) : at(home, i) % w) === index);
  return Math.max(0, ...inside.map((node) => (axis === 0 ? node.h : node.w)));
}

function middle(start: number, size: number): Line {
  const zone = { start: start + size / 2, extent: 0 };
  return { start, end: start + size, borders: [start, start], zones: { before: zone, between: zone, after: zone } };
}

function channel(
  start: number,
  axis: 0 | 1,
  index: number,
  count: number,
  lattice: Lattice,
  groups: readonly (readonly Run[])[],
  floor: number,
): Line {
  const planes = lattice.regions.filter((_, group) => lattice.boxed[group]);
  const begins = planes.some((region) => 2 * (axis === 0 ? region.y : region.x) === index);
  const ends = planes.some((region) => 2 * (axis === 0 ? region.y + region.h : region.x + region.w) === index);
  const outer = index === 0 || index === count - 1;
  const tracks = (zone: Run["zone"]) => {
    const inside = groups.filter((bundle) => bundle[0]?.axis === axis && bundle[0].line === index && bundle[0].zone === zone);
    const width = Math.max(0, ...inside.map(extent));
    // A label on the outermost track needs its room, too.
    const lead = Math.max(0, ...inside.flat().map((run) => run.pad - run.offset));
    const tail = Math.max(0, ...inside.flat().map((run) => run.offset + run.pad - width));
    return { used: inside.length > 0, extent: width, lead, tail };
  };
  const before = tracks("before");
  const after = tracks("after");
  const between = tracks("between");
  // Towards the boxes a label finds room between them.
  const nearBefore = Math.max(GAP.inset, before.lead / 2);
  const nearAfter = Math.max(GAP.inset, after.tail / 2);
  const low = ends ? nearBefore + (before.used ? before.extent + Math.max(GAP.track, before.tail) : 0) : 0;
  const high = begins
    ? nearAfter + (after.used ? after.extent + Math.max(GAP.track, after.lead) : 0) + (axis === 0 ? TITLE - GAP.inset : 0)
    : 0;
  const inner = between.used ? between.extent + 2 * Math.max(GAP.track, between.lead, between.tail) : 0;
  const least = outer ? 0 : begins || ends ? GAP.planes : axis === 0 ? GAP.row : GAP.column;
  const gap = Math.max(least, inner, floor - low - high);
  const zoneStart = start + low + (gap - between.extent) / 2;
  return {
    start,
    end: start + low + gap + high,
    borders: [start + low, start + low + gap],
    zones: {
      before: { start: start + nearBefore, extent: before.extent },
      between: { start: zoneStart, extent: between.extent },
      after: { start: start + low + gap + high - nearAfter - after.extent, extent: after.extent },
    },
  };
}

/** Turns distances within a bundle into coordinates. */
function settle(line: Line, bundle: readonly Run[], graph: Graph, lattice: Lattice): void {
  const { axis, line: index, zone } = at(bundle, 0);
  const width = extent(bundle);
  if (index % 2 === 0) {
    const { start, extent } = line.zones[zone];
    for (const run of bundle) run.offset += start + (extent - width) / 2;
    return;
  }
  const centre = (line.start + line.end) / 2;
  const boxes = bundle.flatMap((run) => ends(run, lattice)).map((node) => (axis === 0 ? at(graph.nodes, node).h : line.end - line.start));
  const room = Math.min(...boxes, Number.POSITIVE_INFINITY) - 2 * PORT.inset;
  const scale = width > room ? room / width : 1;
  for (const run of bundle) run.offset = centre + (run.offset - width / 2) * scale;
}

/** The boxes that a run touches. */
function ends({ axis, line, lo, hi }: Run, { w, nodeAt }: Lattice): number[] {
  return [lo, hi].map((along) => nodeAt[axis === 0 ? line * w + along : along * w + line] ?? -1).filter((node) => node >= 0);
}

function corners(runs: readonly Run[], nodes: readonly Box[], graph: Graph): Point[] {
  const first = at(runs, 0);
  const last = at(runs, runs.length - 1);
  const { from, to } = at(graph.edges, first.link);
  const inner = runs.slice(1).map((run, i): Point => {
    const before = at(runs, i);
    return run.axis === 0 ? { x: before.offset, y: run.offset } : { x: run.offset, y: before.offset };
  });
  return [touch(first, at(nodes, from), first.step), ...inner, touch(last, at(nodes, to), -last.step)];
}

/** Where a run that goes `away` (1 to the right or down) from a box meets its border. */
function touch({ axis, offset }: Run, box: Box, away: number): Point {
  return axis === 0 ? { x: away > 0 ? box.x + box.w : box.x, y: offset } : { x: offset, y: away > 0 ? box.y + box.h : box.y };
}
