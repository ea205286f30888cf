/**
 * Where planes can stand on a grid of cells, one cell for a node: in shelves (rows of planes side
 * by side) or in stacks (columns of planes on top of each other).
 */
import { at } from "./geometry.ts";

/** Cells, counted from the top left. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface Arrangement {
  readonly columns: number;
  readonly rows: number;
  /** One for each group of nodes, in the order of the groups. */
  readonly regions: readonly Region[];
}

/** More groups than this are arranged in the order given: their permutations would be too many. */
const PERMUTED = 4;

/** All arrangements of groups with so many nodes on so many columns. */
export function arrangements(sizes: readonly number[], columns: number): Arrangement[] {
  const orders = sizes.length <= PERMUTED ? permutations(sizes.map((_, group) => group)) : [sizes.map((_, group) => group)];
  return orders.flatMap((order) =>
    partitions(order).flatMap((parts) => {
      const arranged = [shelves(parts, sizes, columns), ...(parts.length > 1 ? stacks(parts, sizes, columns) : [])];
      return arranged.filter((one) => one !== undefined);
    }),
  );
}

function shelves(parts: readonly (readonly number[])[], sizes: readonly number[], columns: number): Arrangement | undefined {
  const regions: Region[] = [];
  let y = 0;
  for (const shelf of parts) {
    if (shelf.length > columns) return undefined;
    const counts = shelf.map((group) => at(sizes, group));
    let h = 1;
    while (sum(counts.map((count) => Math.ceil(count / h))) > columns) h += 1;
    const widths = counts.map((count) => Math.ceil(count / h));
    // Columns left over go where they give each node the most room.
    for (let spare = columns - sum(widths); spare > 0; spare -= 1) {
      const fullest = counts.map((count, i) => count / at(widths, i));
      const widest = fullest.indexOf(Math.max(...fullest));
      widths[widest] = at(widths, widest) + 1;
    }
    let x = 0;
    for (const [i, group] of shelf.entries()) {
      regions[group] = { x, y, w: at(widths, i), h };
      x += at(widths, i);
    }
    y += h;
  }
  return { columns, rows: y, regions };
}

function stacks(parts: readonly (readonly number[])[], sizes: readonly number[], columns: number): Arrangement[] {
  return compositions(columns, parts.length).map((widths) => {
    const heights = parts.map((stack, i) => stack.map((group) => Math.ceil(at(sizes, group) / at(widths, i))));
    const rows = Math.max(...heights.map(sum));
    const regions: Region[] = [];
    let x = 0;
    for (const [i, stack] of parts.entries()) {
      let y = 0;
      for (const [j, group] of stack.entries()) {
        const h = j === stack.length - 1 ? rows - y : at(at(heights, i), j);
        regions[group] = { x, y, w: at(widths, i), h };
        y += h;
      }
      x += at(widths, i);
    }
    return { columns, rows, regions };
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]));
}

/** Every way to cut a list into consecutive parts. */
function partitions<T>(items: readonly T[]): T[][][] {
  const [first, ...rest] = items;
  if (first === undefined) return [[]];
  if (rest.length === 0) return [[[first]]];
  return partitions(rest).flatMap((parts) => {
    const [head = [], ...tail] = parts;
    return [
      [[first], ...parts],
      [[first, ...head], ...tail],
    ];
  });
}

/** Every way to write `total` as so many positive numbers, in order. */
function compositions(total: number, parts: number): number[][] {
  if (parts === 1) return total > 0 ? [[total]] : [];
  const heads = Array.from({ length: Math.max(0, total - parts + 1) }, (_, i) => i + 1);
  return heads.flatMap((head) => compositions(total - head, parts - 1).map((rest) => [head, ...rest]));
}
