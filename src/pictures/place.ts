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
  const { cells, slots } = start(arrangement, groups);
  const movable = slots.filter((slot) => slot.length > 1);
  const grid = new Uint8Array(arrangement.columns * arrangement.rows);
  for (const cell of cells) grid[cell.y * arrangement.columns + cell.x] = 1;
  let cost = costOf(cells, links, grid, arrangement.columns);
  let best = { cells: cells.slice(), cost };
  for (let round = 0; round < rounds && movable.length > 0; round += 1) {
    const heat = 3 * (1 - round / rounds) ** 2 + 0.02;
    const slot = at(movable, Math.floor(random() * movable.length));
    const a = Math.floor(random() * slot.length);
    const b = Math.floor(random() * slot.length);
    if (a === b || (slot[a]?.node === undefined && slot[b]?.node === undefined)) continue;
    swap(at(slot, a), at(slot, b), cells, grid, arrangement.columns);
    const next = costOf(cells, links, grid, arrangement.columns);
    if (next <= cost || random() < Math.exp((cost - next) / heat)) {
      cost = next;
      if (cost < best.cost) best = { cells: cells.slice(), cost };
    } else swap(at(slot, a), at(slot, b), cells, grid, arrangement.columns);
  }
  return { arrangement, ...best };
}

interface Slot {
  readonly cell: Cell;
  node: number | undefined;
}

/** Fills each region row by row, in the order in which the nodes were written. */
function start({ regions }: Arrangement, groups: readonly number[]): { cells: Cell[]; slots: Slot[][] } {
  const cells: Cell[] = [];
  const slots = regions.map((region, group) => {
    const members = groups.flatMap((of, node) => (of === group ? [node] : []));
    return Array.from({ length: region.w * region.h }, (_, i): Slot => {
      const cell = { x: region.x + (i % region.w), y: region.y + Math.floor(i / region.w) };
      const node = members[i];
      if (node !== undefined) cells[node] = cell;
      return { cell, node };
    });
  });
  return { cells, slots };
}

function swap(a: Slot, b: Slot, cells: Cell[], grid: Uint8Array, columns: number): void {
  [a.node, b.node] = [b.node, a.node];
  for (const { node, cell } of [a, b]) {
    grid[cell.y * columns + cell.x] = node === undefined ? 0 : 1;
    if (node !== undefined) cells[node] = cell;
  }
}

function costOf(cells: readonly Cell[], links: readonly Link[], grid: Uint8Array, columns: number): number {
  let cost = 0;
  for (const [i, link] of links.entries()) {
    const a = at(cells, link.from);
    const b = at(cells, link.to);
    cost += linkCost(a, b, grid, columns);
    for (let j = 0; j < i; j += 1) {
      const other = at(links, j);
      if (crosses(a, b, at(cells, other.from), at(cells, other.to))) cost += COST.crossing;
    }
  }
  return cost;
}

function linkCost(a: Cell, b: Cell, grid: Uint8Array, columns: number): number {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  let cost = Math.abs(dx) * COST.across + Math.abs(dy);
  if (dy < 0) cost += COST.up;
  else if (dy === 0 && dx < 0) cost += COST.left;
  if (dx !== 0 && dy !== 0) return cost + COST.bend;
  const steps = Math.max(Math.abs(dx), Math.abs(dy));
  for (let step = 1; step < steps; step += 1)
    if (grid[(a.y + Math.sign(dy) * step) * columns + a.x + Math.sign(dx) * step]) cost += COST.blocked;
  return cost;
}

const turn = (a: Cell, b: Cell, c: Cell): number => Math.sign((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x));

/** Whether the straight lines cross away from their ends. */
const crosses = (a: Cell, b: Cell, c: Cell, d: Cell): boolean => turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
