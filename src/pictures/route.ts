/** Finds a way for every arrow on the lattice: around boxes, short, with few bends and crossings. */
import { at } from "./geometry.ts";
import { inRegion, type Lattice, STEP, Traffic, type Way } from "./lattice.ts";

/** Logical pixels, or what a nuisance is worth in them. */
const COST = {
  across: 125,
  down: 60,
  bend: 75,
  crossing: 110,
  /** Each arrow that uses the same step: it makes the channel wider. */
  shared: 16,
  /** Each arrow on the same side of a box, and each above what a short side can hold. */
  port: 14,
  crowded: 120,
  /** Factors for leaving the own plane, and for passing through a third one. */
  outside: 1.3,
  foreign: 1.5,
};
/** Ports on the left and right side of a box, which are a fourth as long as top and bottom. */
const SHORT_SIDE = 2;
const PASSES = 3;
/** Where one can go on from each direction: never back. */
const AHEAD = [
  [0, 1, 3],
  [0, 1, 2],
  [1, 2, 3],
  [0, 2, 3],
] as const;

/** Ways in the order of the links. A link of a node to itself goes round its right lower corner. */
export function route(lattice: Lattice, links: readonly { readonly from: number; readonly to: number }[]): Way[] {
  const traffic = new Traffic(lattice);
  const ways: Way[] = links.map(() => []);
  const reach = (link: number): number => {
    const { from, to } = at(links, link);
    return distance(lattice, at(lattice.home, from), at(lattice.home, to));
  };
  const order = links.map((_, link) => link).sort((a, b) => reach(a) - reach(b));
  for (let pass = 0; pass < PASSES; pass += 1)
    for (const link of order) {
      const { from, to } = at(links, link);
      traffic.count(at(ways, link), -1);
      ways[link] = from === to ? loop(lattice, from) : search(lattice, traffic, from, to);
      traffic.count(at(ways, link), 1);
    }
  return ways;
}

function distance({ w }: Lattice, a: number, b: number): number {
  return Math.abs((a % w) - (b % w)) * COST.across + Math.abs(Math.floor(a / w) - Math.floor(b / w)) * COST.down;
}

function loop({ w, home }: Lattice, node: number): Way {
  const centre = at(home, node);
  return [centre, centre + 1, centre + 1 + w, centre + w, centre];
}

/** Dijkstra over crossings and the direction in which they are reached. A way always exists: the outermost channels are free. */
function search(lattice: Lattice, traffic: Traffic, from: number, to: number): Way {
  const { w, h, home } = lattice;
  const source = at(home, from);
  const target = at(home, to);
  const best = new Float64Array(w * h * 4).fill(Number.POSITIVE_INFINITY);
  const cameFrom = new Int32Array(w * h * 4).fill(-1);
  const queue = new Queue();
  const step = stepCost(lattice, traffic, from, to);
  for (let dir = 0; dir < 4; dir += 1) {
    best[source * 4 + dir] = 0;
    queue.push(source * 4 + dir, 0);
  }
  for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
    const crossing = state >> 2;
    if (crossing === target) return trace(cameFrom, state);
    for (const dir of crossing === source ? [state & 3] : (AHEAD[state & 3] ?? [])) {
      const next = neighbour(lattice, crossing, dir);
      if (next === undefined || (at2(lattice.nodeAt, next) >= 0 && next !== target)) continue;
      const cost = at2(best, state) + step(crossing, next, dir, state & 3);
      if (cost >= at2(best, next * 4 + dir)) continue;
      best[next * 4 + dir] = cost;
      cameFrom[next * 4 + dir] = state;
      queue.push(next * 4 + dir, cost);
    }
  }
  throw new Error("an arrow found no way, though the outermost channels are free");
}

const at2 = (numbers: Float64Array | Int32Array | Int16Array, index: number): number => numbers[index] ?? 0;

function neighbour({ w, h }: Lattice, crossing: number, dir: number): number | undefined {
  const step = at(STEP, dir);
  const x = (crossing % w) + step.x;
  const y = Math.floor(crossing / w) + step.y;
  return x < 0 || y < 0 || x >= w || y >= h ? undefined : y * w + x;
}

function trace(cameFrom: Int32Array, end: number): Way {
  const way: number[] = [];
  for (let state = end; state >= 0; state = at2(cameFrom, state)) way.unshift(state >> 2);
  return way;
}

/** What it costs to go from a crossing to the next, having come in direction `before`. */
function stepCost(lattice: Lattice, traffic: Traffic, from: number, to: number) {
  const { w, home, groups, regions } = lattice;
  const source = at(home, from);
  const target = at(home, to);
  const own = groups[from] === groups[to] ? regions[groups[from] ?? -1] : undefined;
  const foreign = regions.filter((_, group) => group !== groups[from] && group !== groups[to]);
  const place = (crossing: number): number => {
    const x = crossing % w;
    const y = Math.floor(crossing / w);
    if (own && !inRegion(own, x, y, 0)) return COST.outside;
    return foreign.some((region) => inRegion(region, x, y, 1)) ? COST.foreign : 1;
  };
  return (here: number, next: number, dir: number, before: number): number => {
    const axis = dir % 2 === 0 ? 0 : 1;
    const used = traffic.on(here, next);
    let cost = (axis === 0 ? COST.across : COST.down) * place(next) + used * COST.shared;
    if (here !== source) {
      const turning = dir !== before;
      cost += (turning ? COST.bend : 0) + COST.crossing * traffic.crossed(here, axis, turning);
    }
    if (here === source || next === target) cost += used * COST.port + (axis === 0 && used >= SHORT_SIDE ? COST.crowded * (used - 1) : 0);
    return cost;
  };
}

/** A binary heap of states, cheapest first. */
class Queue {
  readonly #heap: { readonly state: number; readonly cost: number }[] = [];

  push(state: number, cost: number): void {
    const heap = this.#heap;
    let i = heap.push({ state, cost }) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (at(heap, parent).cost <= cost) break;
      heap[i] = at(heap, parent);
      i = parent;
    }
    heap[i] = { state, cost };
  }

  pop(): number | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined) return undefined;
    if (heap.length === 0) return first.state;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && at(heap, child + 1).cost < at(heap, child).cost) child += 1;
      if (at(heap, child).cost >= last.cost) break;
      heap[i] = at(heap, child);
      i = child;
    }
    heap[i] = last;
    return first.state;
  }
}
