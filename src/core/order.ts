/** "Put these in order" from a diagram: its longest chain whose order cannot be otherwise. */
import type { Diagram } from "./content.ts";

const FEWEST = 4;
/** More are tedious to type on a phone. */
const MOST = 6;

/**
 * Ids of the nodes of the longest path, first to last, at most MOST; undefined when there is none of FEWEST.
 * Nodes in a cycle are left out: what follows what is then a matter of where one begins. In what is left
 * each step of the path is an edge, so no other order of its nodes is right.
 */
export function chainOf(diagram: Diagram): readonly string[] | undefined {
  const next = (id: string) => diagram.edges.filter(({ from }) => from === id).map(({ to }) => to);
  const reach = new Map(diagram.nodes.map(({ id }) => [id, reachable(id, next)]));
  const inOrder = diagram.nodes.map(({ id }) => id).filter((id) => !reach.get(id)?.has(id));
  const longest = new Map<string, readonly string[]>();
  const from = (id: string): readonly string[] => {
    const known = longest.get(id);
    if (known) return known;
    const tails = next(id)
      .filter((to) => inOrder.includes(to))
      .map(from);
    const best = [id, ...tails.reduce((a, b) => (b.length > a.length ? b : a), [])];
    longest.set(id, best);
    return best;
  };
  const best = inOrder.map(from).reduce((a, b) => (b.length > a.length ? b : a), []);
  return best.length < FEWEST ? undefined : best.slice(0, MOST);
}

function reachable(start: string, next: (id: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...next(start)];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...next(id));
  }
  return found;
}

/**
 * "3 1 4 2", "3,1,4,2", "3 > 1 > 4 > 2", "3142": positions counted from 0. Undefined unless it names
 * each of the `count` items exactly once.
 */
export function readOrder(typed: string, count: number): readonly number[] | undefined {
  const numbers = typed.match(/\d+/g) ?? [];
  const [only] = numbers;
  const words = numbers.length === 1 && only?.length === count && count < 10 ? [...only] : numbers;
  const order = words.map((word) => Number(word) - 1);
  const complete = order.length === count && new Set(order).size === count && order.every((at) => at >= 0 && at < count);
  return complete ? order : undefined;
}
