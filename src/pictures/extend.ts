/** Gives boxes that came later a row of their own under the rest, so that whatever stood there stays where it was. */
import { at, type Graph } from "./geometry.ts";
import type { Cell, Placement } from "./place.ts";

/** `placement` has the first boxes of the graph; the others form its last group. */
export function extend({ arrangement, cells, cost }: Placement, graph: Graph): Placement {
  const later = graph.nodes.map((_, node) => node).slice(cells.length);
  if (later.length === 0) return { arrangement, cells, cost };
  const { columns, rows, regions } = arrangement;
  // From left to right as their neighbours stand; one without any, in the middle.
  const wish = (node: number): number => {
    const ends = graph.edges.flatMap(({ from, to }) => (from === node ? [to] : to === node ? [from] : []));
    const known = ends.flatMap((end) => cells[end]?.x ?? []);
    return known.length === 0 ? (columns - 1) / 2 : known.reduce((sum, x) => sum + x, 0) / known.length;
  };
  const order = later.toSorted((a, b) => wish(a) - wish(b));
  const height = Math.ceil(order.length / columns);
  const placed: Cell[] = cells.slice();
  for (let row = 0; row < height; row += 1) {
    const line = order.slice(Math.floor((row * order.length) / height), Math.floor(((row + 1) * order.length) / height));
    const free = Array.from({ length: columns }, (_, x) => x);
    for (const [i, node] of line.entries()) {
      // Enough columns must be left for those that follow.
      const open = free.slice(0, free.length - (line.length - 1 - i));
      const x = open.reduce((best, one) => (Math.abs(one - wish(node)) < Math.abs(best - wish(node)) ? one : best), at(open, 0));
      free.splice(0, free.indexOf(x) + 1);
      placed[node] = { x, y: rows + row };
    }
  }
  const region = { x: 0, y: rows, w: columns, h: height };
  return { arrangement: { columns, rows: rows + height, regions: [...regions, region] }, cells: placed, cost };
}
