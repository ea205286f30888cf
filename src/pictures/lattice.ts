/**
 * The lattice that arrows run on. Lines of even number are the channels between cells (0 is left of
 * the first column), lines of odd number pass through the middle of a column or row. A cell's box
 * stands on the crossing of two odd lines; every other crossing is free.
 */
import type { Region } from "./arrange.ts";
import { at } from "./geometry.ts";
import type { Placement } from "./place.ts";

/** East, south, west, north. */
export const STEP = [
  { x: 1, y: 0 },
  { x: 0, y: 1 },
  { x: -1, y: 0 },
  { x: 0, y: -1 },
] as const;

export interface Lattice {
  readonly w: number;
  readonly h: number;
  /** The node on a crossing, or -1. */
  readonly nodeAt: Int16Array;
  /** The crossing of each node. */
  readonly home: readonly number[];
  readonly regions: readonly Region[];
  /** The region of each node. */
  readonly groups: readonly number[];
  /** Which regions are planes, with a box around them. */
  readonly boxed: readonly boolean[];
}

/** A way on the lattice: numbers of crossings (`y * w + x`), each next to the one before. */
export type Way = readonly number[];

export function latticeOf({ arrangement, cells }: Placement, groups: readonly number[], boxed: readonly boolean[]): Lattice {
  const w = 2 * arrangement.columns + 1;
  const h = 2 * arrangement.rows + 1;
  const nodeAt = new Int16Array(w * h).fill(-1);
  const home = cells.map(({ x, y }) => (2 * y + 1) * w + 2 * x + 1);
  for (const [node, crossing] of home.entries()) nodeAt[crossing] = node;
  return { w, h, nodeAt, home, regions: arrangement.regions, groups, boxed };
}

/** Whether a crossing lies in a region; its channels belong to it with `rim` 0, not with 1. */
export const inRegion = (region: Region, x: number, y: number, rim: 0 | 1): boolean =>
  x >= 2 * region.x + rim && x <= 2 * (region.x + region.w) - rim && y >= 2 * region.y + rim && y <= 2 * (region.y + region.h) - rim;

/** What runs where so far: how often each step is used, and how each crossing is passed. */
export class Traffic {
  readonly #lattice: Lattice;
  readonly #steps: Uint8Array;
  readonly #straight: readonly [Uint8Array, Uint8Array];
  readonly #turns: Uint8Array;

  constructor(lattice: Lattice) {
    const size = lattice.w * lattice.h;
    this.#lattice = lattice;
    this.#steps = new Uint8Array(size * 2);
    this.#straight = [new Uint8Array(size), new Uint8Array(size)];
    this.#turns = new Uint8Array(size);
  }

  /** Counts a way in (`by` 1) or out again (`by` -1). */
  count(way: Way, by: 1 | -1): void {
    for (let i = 1; i < way.length; i += 1) {
      const here = at(way, i - 1);
      const axis = this.#axis(here, at(way, i));
      this.#add(this.#steps, this.#step(here, at(way, i)), by);
      const next = way[i + 1];
      if (next === undefined) continue;
      if (this.#axis(at(way, i), next) === axis) this.#add(this.#straight[axis], at(way, i), by);
      else this.#add(this.#turns, at(way, i), by);
    }
  }

  /** How many ways use the step between two neighbours. */
  on(a: number, b: number): number {
    return this.#steps[this.#step(a, b)] ?? 0;
  }

  /** About how many ways are crossed by passing a crossing along one axis (0 across, 1 down), or by turning there. */
  crossed(crossing: number, axis: 0 | 1, turning: boolean): number {
    const across = this.#straight[axis === 0 ? 1 : 0][crossing] ?? 0;
    const turns = this.#turns[crossing] ?? 0;
    return turning ? 0.4 * (across + (this.#straight[axis][crossing] ?? 0)) + 0.25 * turns : across + 0.4 * turns;
  }

  #axis(a: number, b: number): 0 | 1 {
    return Math.abs(a - b) === 1 ? 0 : 1;
  }

  #step(a: number, b: number): number {
    return Math.min(a, b) + this.#axis(a, b) * this.#lattice.w * this.#lattice.h;
  }

  #add(counts: Uint8Array, index: number, by: number): void {
    counts[index] = (counts[index] ?? 0) + by;
  }
}
