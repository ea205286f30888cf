/**
 * Who plays with whom this week. Pure and deterministic: the same people and history give the same matches.
 *
 * Everybody is in one match of two; of an odd number one match has three, and its third scores. What
 * matters, in this order: nobody meets their last partner again; all of a match share a time; levels are
 * close and the seats turn, that is, one who has not been candidate for long meets one who was lately.
 *
 * Close levels, not mixed ones: partners take turns over the weeks, so each should be a fair test for the
 * other; what an interviewer lacks in experience, the private brief gives them.
 */
import type { Slot } from "./pair_times.ts";
import type { Instant } from "./place.ts";

/** From the least practised; neighbours are one apart. */
export const PAIR_LEVELS = ["starting", "practising", "interviewing"] as const;
export type PairLevel = (typeof PAIR_LEVELS)[number];

export interface Partner {
  readonly who: string;
  readonly level: PairLevel;
  /** Weekly starts that fit them. */
  readonly slots: readonly Slot[];
  /** When they were candidate last; undefined for never. */
  readonly candidateAt: Instant | undefined;
  /** Whom they met in their last match. */
  readonly lastPartners: readonly string[];
}

/** In the order of the seats: candidate, interviewer, scorer. */
export type Match = readonly Partner[];

/** So many people are matched by trying every way: nine have 1,260, ten 945, eleven 17,325. */
const TRY_ALL = 10;

/** One repeated partner outweighs any number of missing common times, one of these all the rest. */
const REPEATED = 1e8;
const NO_TIME = 1e4;
/** Both are due as candidate, or neither is: worse than levels that are neighbours, better than a gap of two (4). */
const SAME_TURN = 2;

/** Everybody is in exactly one match; nobody where there are fewer than two. */
export function pairUp(people: readonly Partner[]): readonly Match[] {
  // By turn: the first half is due as candidate.
  const order = [...people].sort((a, b) => (a.candidateAt ?? 0) - (b.candidateAt ?? 0) || (a.who < b.who ? -1 : 1));
  if (order.length < 2) return [];
  const cost = costOf(order);
  const matches = order.length <= TRY_ALL ? best(order, cost) : improved(halves(order), cost);
  return matches.map((match) => order.filter((one) => match.includes(one)));
}

type Cost = (match: Match) => number;

function costOf(order: readonly Partner[]): Cost {
  const due = new Set(order.slice(0, Math.ceil(order.length / 2)));
  const slots = new Map(order.map((one) => [one, new Set(one.slots)]));
  const pair = (a: Partner, b: Partner): number =>
    (a.lastPartners.includes(b.who) || b.lastPartners.includes(a.who) ? REPEATED : 0) +
    (PAIR_LEVELS.indexOf(a.level) - PAIR_LEVELS.indexOf(b.level)) ** 2;
  return (match) => {
    const [first, ...others] = match;
    const common = first?.slots.some((slot) => others.every((other) => slots.get(other)?.has(slot))) ?? false;
    const pairs = match.reduce((sum, a, at) => sum + match.slice(at + 1).reduce((all, b) => all + pair(a, b), 0), 0);
    const turns = new Set(match.map((one) => due.has(one))).size;
    return pairs + (common ? 0 : NO_TIME) + (turns > 1 ? 0 : SAME_TURN);
  };
}

/** The cheapest of all ways to match. */
function best(people: readonly Partner[], cost: Cost): readonly Match[] {
  let cheapest = { matches: [] as readonly Match[], cost: Number.POSITIVE_INFINITY };
  const go = (left: readonly Partner[], matches: readonly Match[], soFar: number): void => {
    if (soFar >= cheapest.cost) return;
    if (left.length === 0) cheapest = { matches, cost: soFar };
    else for (const match of matchesOfFirst(left)) go(without(left, match), [...matches, match], soFar + cost(match));
  };
  go(people, [], 0);
  return cheapest.matches;
}

const without = (people: readonly Partner[], match: Match): readonly Partner[] => people.filter((one) => !match.includes(one));

/** Every match that the first can be in; of an odd number, also those of three. */
function matchesOfFirst([first, ...rest]: readonly Partner[]): readonly Match[] {
  if (first === undefined) return [];
  const odd = rest.length % 2 === 0;
  // Of three left, one must not be left over.
  const twos = rest.length === 2 ? [] : rest.map((second) => [first, second]);
  const threes = odd ? rest.flatMap((second, at) => rest.slice(at + 1).map((third) => [first, second, third])) : [];
  return [...twos, ...threes];
}

/** Who is due with who is not; the last of an odd number joins the last match. */
function halves(order: readonly Partner[]): Partner[][] {
  const count = Math.floor(order.length / 2);
  return Array.from({ length: count }, (_, at) =>
    [order[at], order[at + count], at === count - 1 && order.length % 2 === 1 ? order.at(-1) : undefined].filter(
      (one) => one !== undefined,
    ),
  );
}

/**
 * Swaps two members of two matches as long as that is cheaper. Where everybody has at most two last
 * partners, a match that repeats one always has such a swap, so none is left.
 */
function improved(matches: Partner[][], cost: Cost): readonly Match[] {
  const costs = matches.map(cost);
  for (let again = true; again; ) {
    again = false;
    for (let one = 0; one < matches.length; one++)
      for (let other = one + 1; other < matches.length; other++) again = swapIfCheaper(matches, costs, one, other, cost) || again;
  }
  return matches;
}

function swapIfCheaper(matches: Partner[][], costs: number[], one: number, other: number, cost: Cost): boolean {
  const [left = [], right = []] = [matches[one], matches[other]];
  const now = (costs[one] ?? 0) + (costs[other] ?? 0);
  for (const a of left)
    for (const b of right) {
      const turned = [left.map((who) => (who === a ? b : who)), right.map((who) => (who === b ? a : who))] as const;
      const after = turned.map(cost);
      if ((after[0] ?? 0) + (after[1] ?? 0) >= now) continue;
      [matches[one], matches[other]] = turned;
      [costs[one], costs[other]] = [after[0] ?? 0, after[1] ?? 0];
      return true;
    }
  return false;
}
