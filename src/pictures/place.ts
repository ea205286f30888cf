/** Puts nodes into the cells of their regions so that arrows are short, straight, seldom cross, and point down or right. */
import type { Arrangement } from "./arrange.ts";
import { at, sequence } from "./geometry.ts";

export interface Placement {
  readonly arrangement: Arrangement;
  /** The cell of each node. */
  readonly cells: readonly Cell[];
  readonly cost: number;
}

export interface Cell {
  readonly x: number;
  readonly y: number;
}

interface Link {
  readonly from: number;
  readonly to: number;
}

/** What a placement costs, in units of the distance between two cells above each other. */
const COST = { across: 1.5, bend: 1.3, blocked: 1.6, crossing: 1.9, up: 1.2, left: 0.5 };

/** Simulated annealing over swaps of two cells of one region. `groups` has the region of each node. */
export function place(
  arrangement: Arrangement,
  groups: readonly number[],
  links: readonly Link[],
  rounds: number,
  seed: number,
): Placement {
  const random = sequence(seed);
  const table = new Table(arrangement, groups, links);
  const movable = slotsOf(arrangement, groups, table).filter((slots) => slots.length > 1);
  let cost = table.cost();
  let best = { cells: table.cells(), cost };
  for (let round = 0; round < rounds && movable.length > 0; round += 1) {
    const heat = 3 * (1 - round / rounds) ** 2 + 0.02;
    const slots = at(movable, Math.floor(random() * movable.length));
    const a = at(slots, Math.floor(random() * slots.length));
    const b = at(slots, Math.floor(random() * slots.length));
    if (a === b || (a.node === undefined && b.node === undefined)) continue;
    table.swap(a, b);
    const next = table.cost();
    if (next <= cost || random() < Math.exp((cost - next) / heat)) {
      cost = next;
      if (cost < best.cost) best = { cells: table.cells(), cost };
    } else table.swap(a, b);
  }
  return oriented({ arrangement, ...best }, links);
}

/** Turned over where more arrows point up than down, or left than right: nothing else changes by that. */
function oriented(placement: Placement, links: readonly Link[]): Placement {
  const { arrangement, cells, cost } = placement;
  const drift = (axis: "x" | "y") => links.reduce((sum, { from, to }) => sum + Math.sign(at(cells, to)[axis] - at(cells, from)[axis]), 0);
  const [mirrored, upturned] = [drift("x") < 0, drift("y") < 0];
  const { columns, rows, regions } = arrangement;
  const turned = <T extends Cell>(place: T, w: number, h: number): T => ({
    ...place,
    x: mirrored ? columns - place.x - w : place.x,
    y: upturned ? rows - place.y - h : place.y,
  });
  return {
    arrangement: { columns, rows, regions: regions.map((region) => turned(region, region.w, region.h)) },
    cells: cells.map((cell) => turned(cell, 1, 1)),
    cost,
  };
}

interface Slot {
  readonly cell: Cell;
  node: number | undefined;
}

/** Fills each region row by row, in the order in which the nodes were written. */
const slotsOf = ({ regions }: Arrangement, groups: readonly number[], table: Table): Slot[][] =>
  regions.map((region, group) => {
    const members = groups.flatMap((of, node) => (of === group ? [node] : []));
    return Array.from({ length: region.w * region.h }, (_, i): Slot => {
      const slot = { cell: { x: region.x + (i % region.w), y: region.y + Math.floor(i / region.w) }, node: members[i] };
      table.put(slot);
      return slot;
    });
  });

/**
 * Where every node is, in flat arrays: the cost is computed a hundred thousand times for one picture.
 * An index out of range reads as 0 here, which `?? 0` says to the compiler; none occurs.
 */
class Table {
  readonly #columns: number;
  readonly #taken: Uint8Array;
  readonly #x: Int16Array;
  readonly #y: Int16Array;
  readonly #from: Int16Array;
  readonly #to: Int16Array;

  constructor({ columns, rows }: Arrangement, groups: readonly number[], links: readonly Link[]) {
    this.#columns = columns;
    this.#taken = new Uint8Array(columns * rows);
    this.#x = new Int16Array(groups.length);
    this.#y = new Int16Array(groups.length);
    this.#from = Int16Array.from(links, (link) => link.from);
    this.#to = Int16Array.from(links, (link) => link.to);
  }

  put({ node, cell }: Slot): void {
    this.#taken[cell.y * this.#columns + cell.x] = node === undefined ? 0 : 1;
    if (node === undefined) return;
    this.#x[node] = cell.x;
    this.#y[node] = cell.y;
  }

  swap(a: Slot, b: Slot): void {
    [a.node, b.node] = [b.node, a.node];
    this.put(a);
    this.put(b);
  }

  cells(): Cell[] {
    return Array.from(this.#x, (x, node) => ({ x, y: this.#y[node] ?? 0 }));
  }

  cost(): number {
    let cost = 0;
    for (let i = 0; i < this.#from.length; i += 1) {
      const ax = this.#x[this.#from[i] ?? 0] ?? 0;
      const ay = this.#y[this.#from[i] ?? 0] ?? 0;
      const bx = this.#x[this.#to[i] ?? 0] ?? 0;
      const by = this.#y[this.#to[i] ?? 0] ?? 0;
      cost += this.#link(ax, ay, bx - ax, by - ay) + COST.crossing * this.#crossed(i, ax, ay, bx, by);
    }
    return cost;
  }

  /** How many of the links before this one it crosses. */
  #crossed(link: number, ax: number, ay: number, bx: number, by: number): number {
    let count = 0;
    for (let i = 0; i < link; i += 1) {
      const from = this.#from[i] ?? 0;
      const to = this.#to[i] ?? 0;
      if (crosses(ax, ay, bx, by, this.#x[from] ?? 0, this.#y[from] ?? 0, this.#x[to] ?? 0, this.#y[to] ?? 0)) count += 1;
    }
    return count;
  }

  #link(x: number, y: number, dx: number, dy: number): number {
    const cost = Math.abs(dx) * COST.across + Math.abs(dy) + (dy < 0 ? COST.up : dy === 0 && dx < 0 ? COST.left : 0);
    if (dx !== 0 && dy !== 0) return cost + COST.bend;
    let blocked = 0;
    const steps = Math.max(Math.abs(dx), Math.abs(dy));
    for (let step = 1; step < steps; step += 1)
      blocked += this.#taken[(y + Math.sign(dy) * step) * this.#columns + x + Math.sign(dx) * step] ?? 0;
    return cost + COST.blocked * blocked;
  }
}

/** Whether the straight lines a–b and c–d cross away from their ends. */
function crosses(ax: number, ay: number, bx: number, by: number, cx: number, cy: number, dx: number, dy: number): boolean {
  const c = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
  const d = (bx - ax) * (dy - ay) - (by - ay) * (dx - ax);
  if (c === 0 || d === 0 || c > 0 === d > 0) return false;
  const a = (dx - cx) * (ay - cy) - (dy - cy) * (ax - cx);
  const b = (dx - cx) * (by - cy) - (dy - cy) * (bx - cx);
  return a !== 0 && b !== 0 && a > 0 !== b > 0;
}
