/**
 * Finds lists that say nothing: "cache, TTL, shards, replicas". Terse notes of somebody who knows
 * are no such list: they have arrows, measures and prepositions ("sources → 2500 → rank 80 ms").
 */
import { FUNCTION_WORDS, LIST_WORDS, type Token } from "./grading_text.ts";

/** So many bare items in a row are a list, if they are half of the answer or very many. */
const MANY = 5;
const HALF = 0.5;
/** Fewer are one if there is nothing else in the answer, and very many wherever they stand and whatever leads to them. */
const FEW = 3;
const WHOLE = 0.9;
const VERY_MANY = 8;
/** A bare item has at most so many words, none of them a preposition, pronoun or auxiliary. */
const BARE = 3;
/** So many words without a separator and hardly a function word are a list without commas. */
const LONG = 8;
const GLUE = 0.1;
/** The clause before a list governs it when it has so many words: "we watch drift by language, device, country". */
const GOVERNS = 4;

const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));
/** Function words that bare items have too. */
const IN_ITEMS = set("one no not like all most more own same out off up down over under per");
/** What people say before a list. */
const FILLERS = set("ok so yeah well like basically you know um and or plus also etc what about the a an");
/** A clause with one of these announces a list and says no more than it. */
const ANNOUNCES = set(
  "list lists keyword keywords words terms topics topic things aspects points relevant consider mention mentions cover buzzwords chapter part section concepts notions talk discuss name mind remember forth similar everything kind kinds sort such whatnot idea",
);
export const OPERATOR = /[→=×<>≈≤≥↑↓−*÷]|->|\bx\d/u;
const SEPARATOR = /[^\s'’"“”()-]|[()]|\s[-–—]+\s|\n/u;

interface Item {
  readonly from: number;
  readonly to: number;
  /** An operator stands right before or behind it; between single words arrows say nothing. */
  readonly operates: boolean;
}

/** Tokens that are parts of lists which no sentence governs. */
export function listedTokens(text: string, tokens: readonly Token[]): ReadonlySet<number> {
  const items = itemsOf(text, tokens);
  const listed = new Set<number>();
  const mark = ({ from, to }: Item) => {
    for (let at = from; at <= to; at++) listed.add(at);
  };
  let run: Item[] = [];
  const close = (next: Item | undefined) => {
    const [first] = run;
    const head = first && items[items.indexOf(first) - 1];
    if (isList(tokens, run, head, next)) {
      run.forEach(mark);
      if (head && announces(tokens, head)) mark(head);
    }
    run = [];
  };
  for (const item of items) {
    if (isLongList(tokens, item)) mark(item);
    if (isBare(tokens, item) && (!item.operates || wordsOf(tokens, item).length < 2)) run.push(item);
    else close(item);
  }
  close(undefined);
  return listed;
}

/** Whether a run of bare items says nothing, with what stands before and behind it. */
function isList(tokens: readonly Token[], run: readonly Item[], head: Item | undefined, next: Item | undefined): boolean {
  const [first, last] = [run[0], run[run.length - 1]];
  if (!first || !last) return false;
  const bare = run.filter((item) => !isMeasure(tokens, item)).length;
  const from = head && announces(tokens, head) ? head.from : first.from;
  const share = (last.to - from + 1) / tokens.length;
  if (bare < (share >= WHOLE ? FEW : share >= HALF ? MANY : VERY_MANY)) return false;
  if (next && continues(tokens, next, last.to)) return false;
  return !head || bare >= VERY_MANY || !governs(tokens, head, first.from);
}

/** Whether a text is nothing but a list. */
export const isMereList = (text: string, tokens: readonly Token[]): boolean =>
  tokens.length >= MANY && listedTokens(text, tokens).size >= WHOLE * tokens.length;

function itemsOf(text: string, tokens: readonly Token[]): Item[] {
  const items: Item[] = [];
  let from = 0;
  let operates = false;
  tokens.forEach(({ end }, at) => {
    const gap = text.slice(end, tokens[at + 1]?.start ?? end);
    // "P(like)" is one name.
    const between = gap === "(" ? " " : gap;
    const operator = OPERATOR.test(between);
    const last = at === tokens.length - 1;
    const splits = operator || SEPARATOR.test(between) || tokens[at + 1]?.word === "and" || isNumbering(text, tokens[at + 1]);
    if (!last && !splits) return;
    items.push({ from, to: at, operates: operates || operator });
    from = at + 1;
    operates = operator;
  });
  return items;
}

const wordsOf = (tokens: readonly Token[], { from, to }: Item): string[] =>
  tokens
    .slice(from, to + 1)
    .map(({ word }) => word)
    .filter((word) => !FILLERS.has(word));

const isGlue = (word: string): boolean => FUNCTION_WORDS.has(word) && !IN_ITEMS.has(word);

function isBare(tokens: readonly Token[], item: Item): boolean {
  const words = wordsOf(tokens, item);
  return words.length <= BARE && !words.some(isGlue);
}

/** "rank 80": it says how much. The number of an item ("1.") stands alone or leads it. */
const isMeasure = (tokens: readonly Token[], item: Item): boolean => {
  const words = wordsOf(tokens, item);
  return words.length === 0 || words.some((word) => /^\d/.test(word));
};

function isLongList(tokens: readonly Token[], item: Item): boolean {
  const words = tokens.slice(item.from, item.to + 1).map(({ word }) => word);
  const glue = words.filter((word) => FUNCTION_WORDS.has(word) || LIST_WORDS.has(word)).length;
  return !item.operates && words.length >= LONG && glue / words.length < GLUE;
}

const announces = (tokens: readonly Token[], item: Item): boolean => {
  for (let at = item.from; at <= item.to; at++) if (ANNOUNCES.has(tokens[at]?.word ?? "")) return true;
  return false;
};

const together = (tokens: readonly Token[], a: number, b: number): boolean => tokens[a]?.sentence === tokens[b]?.sentence;

const governs = (tokens: readonly Token[], head: Item, first: number): boolean =>
  together(tokens, head.to, first) && wordsOf(tokens, head).length >= GOVERNS && !announces(tokens, head);

/** "…, shares, then a formula turns them into one score" */
const continues = (tokens: readonly Token[], next: Item, last: number): boolean =>
  next.operates || (together(tokens, next.from, last) && wordsOf(tokens, next).length >= GOVERNS && !announces(tokens, next));

/** The "2" of "1. shadow 2. canary". */
const isNumbering = (text: string, token: Token | undefined): boolean =>
  token !== undefined && /^\d+$/.test(token.word) && /^[.):]\s/.test(text.slice(token.end, token.end + 2));
