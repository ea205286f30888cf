/** Straight runs of arrows, and the order in which those that share a line lie beside each other. */
import { at } from "./geometry.ts";
import { inRegion, type Lattice, type Way } from "./lattice.ts";

/** Where in a channel between planes a run lies: within the plane before it, between the planes, within the plane after it. */
export type Zone = "before" | "between" | "after";

export interface Run {
  readonly link: number;
  /** 0 runs across, 1 runs down. */
  readonly axis: 0 | 1;
  /** The number of its lattice line: a row for runs across, a column for runs down. */
  readonly line: number;
  readonly zone: Zone;
  /** First and last crossing along the line, and where on the way they are: `step` is 1 if the way leads from `lo` to `hi`, else -1. */
  readonly lo: number;
  readonly hi: number;
  readonly loAt: number;
  readonly hiAt: number;
  readonly step: 1 | -1;
  /** Room that a label on it needs to either side. */
  pad: number;
  /** Distance from the start of its zone, or from the middle of its row or column. */
  offset: number;
}

/** The runs of each way, in its direction. */
export function runsOf(lattice: Lattice, ways: readonly Way[], links: readonly { readonly from: number; readonly to: number }[]): Run[][] {
  return ways.map((way, link) => {
    const runs: Run[] = [];
    const { from, to } = at(links, link);
    const own = lattice.groups[from] === lattice.groups[to] ? lattice.groups[from] : undefined;
    for (let first = 0; first < way.length - 1; ) {
      const stride = at(way, first + 1) - at(way, first);
      let last = first + 1;
      while (last + 1 < way.length && at(way, last + 1) - at(way, last) === stride) last += 1;
      runs.push(makeRun(lattice, way, link, first, last, own));
      first = last;
    }
    return runs;
  });
}

function makeRun(lattice: Lattice, way: Way, link: number, first: number, last: number, own: number | undefined): Run {
  const { w } = lattice;
  const stride = at(way, first + 1) - at(way, first);
  const axis = Math.abs(stride) === 1 ? 0 : 1;
  const along = (crossing: number) => (axis === 0 ? crossing % w : Math.floor(crossing / w));
  const [loAt, hiAt] = stride > 0 ? [first, last] : [last, first];
  const lo = along(at(way, loAt));
  const hi = along(at(way, hiAt));
  const line = axis === 0 ? Math.floor(at(way, first) / w) : at(way, first) % w;
  return {
    link,
    axis,
    line,
    zone: zoneOf(lattice, axis, line, lo, hi, own),
    lo,
    hi,
    loAt,
    hiAt,
    step: stride > 0 ? 1 : -1,
    pad: 0,
    offset: 0,
  };
}

/** A run that never leaves its plane stays within the plane's box. */
function zoneOf({ regions, boxed }: Lattice, axis: 0 | 1, line: number, lo: number, hi: number, own: number | undefined): Zone {
  const region = own === undefined ? undefined : regions[own];
  if (own === undefined || region === undefined || !boxed[own] || line % 2 === 1) return "between";
  const inside = (along: number) => (axis === 0 ? inRegion(region, along, line, 0) : inRegion(region, line, along, 0));
  if (!inside(lo) || !inside(hi)) return "between";
  const start = 2 * (axis === 0 ? region.y : region.x);
  const end = start + 2 * (axis === 0 ? region.h : region.w);
  return line === start ? "after" : line === end ? "before" : "between";
}

/** Groups of runs that overlap, directly or through others, each in the order in which they should lie. */
export function bundles(lattice: Lattice, ways: readonly Way[], runs: readonly Run[]): Run[][] {
  const lines = Map.groupBy(runs, (run) => `${run.axis} ${run.line} ${run.zone}`);
  return [...lines.values()].flatMap((sharing) => connected(lattice, sharing).map((bundle) => ordered(lattice, ways, bundle)));
}

function connected(lattice: Lattice, runs: readonly Run[]): Run[][] {
  const bundles: Run[][] = [];
  for (const run of runs) {
    const met = bundles.filter((bundle) => bundle.some((other) => meets(lattice, run, other)));
    for (const bundle of met) bundles.splice(bundles.indexOf(bundle), 1);
    bundles.push([...met.flat(), run]);
  }
  return bundles;
}

/** Whether two runs of one line lie beside each other somewhere. Those that end at the two sides of one box do not. */
export function meets({ w, nodeAt }: Lattice, a: Run, b: Run): boolean {
  const from = Math.max(a.lo, b.lo);
  const to = Math.min(a.hi, b.hi);
  if (from !== to) return from < to;
  return at(Array.from(nodeAt.slice(...crossing(w, a, from))), 0) < 0;
}

const crossing = (w: number, { axis, line }: Run, along: number): [number, number] => {
  const index = axis === 0 ? line * w + along : along * w + line;
  return [index, index + 1];
};

/** The order with the fewest crossings that swaps of neighbours find. */
function ordered(lattice: Lattice, ways: readonly Way[], bundle: readonly Run[]): Run[] {
  if (bundle.length < 2) return [...bundle];
  const wish = bundle.map((a, i) => bundle.map((b, j) => (i === j || !meets(lattice, a, b) ? 0 : preference(lattice.w, ways, a, b))));
  const worth = (i: number, j: number) => wish[i]?.[j] ?? 0;
  const order = bundle.map((_, i) => i).sort((i, j) => total(wish[i]) - total(wish[j]));
  for (let sweep = 0; sweep < bundle.length; sweep += 1) for (let k = 1; k < order.length; k += 1) sink(order, k, worth);
  return order.map((i) => at(bundle, i));
}

const total = (row: readonly number[] | undefined): number => row?.reduce((all, one) => all + one, 0) ?? 0;

/** Moves the k-th to the place before it that contradicts the fewest wishes. */
function sink(order: number[], k: number, worth: (i: number, j: number) => number): void {
  let gain = 0;
  let best = { gain: 0, to: k };
  for (let to = k - 1; to >= 0; to -= 1) {
    gain += worth(at(order, to), at(order, k));
    if (gain > best.gain) best = { gain, to };
  }
  const [moved] = order.splice(k, 1);
  if (moved !== undefined) order.splice(best.to, 0, moved);
}

/** Below 0 if `a` should have the smaller coordinate: from where the two part at either end, and for equal ways by their number. */
function preference(w: number, ways: readonly Way[], a: Run, b: Run): number {
  const wish = parting(w, ways, a, b, 1) + parting(w, ways, a, b, -1);
  if (wish !== 0) return wish;
  const leader = a.link < b.link ? a : b;
  // Left of the leader's direction: above it for runs to the east, to the east for runs to the south.
  const left = leader.axis === 0 ? -leader.step : leader.step;
  return 0.5 * (leader === a ? left : -left);
}

/** Follows both ways from the end of their common run until they part: who turns right lies on the right. */
function parting(w: number, ways: readonly Way[], a: Run, b: Run, towards: 1 | -1): number {
  const end = towards === 1 ? Math.min(a.hi, b.hi) : Math.max(a.lo, b.lo);
  const wayA = at(ways, a.link);
  const wayB = at(ways, b.link);
  const stepA = a.step * towards;
  const stepB = b.step * towards;
  let i = a.loAt + (end - a.lo) * a.step;
  let j = b.loAt + (end - b.lo) * b.step;
  let heading = (a.axis === 0 ? 1 : w) * towards;
  for (;;) {
    const nextA = wayA[i + stepA];
    const nextB = wayB[j + stepB];
    if (nextA === undefined || nextB === undefined) return 0;
    const here = at(wayA, i);
    if (nextA !== nextB) {
      const right = Math.sign(turnOf(w, heading, nextA - here) - turnOf(w, heading, nextB - here));
      return a.axis === 0 ? right * towards : -right * towards;
    }
    heading = nextA - here;
    i += stepA;
    j += stepB;
  }
}

/** -1 for a turn to the left, 0 straight on, 1 to the right; headings are differences of crossings. */
function turnOf(w: number, heading: number, next: number): number {
  const clockwise = [1, w, -1, -w];
  return ((clockwise.indexOf(next) - clockwise.indexOf(heading) + 5) % 4) - 1;
}
