/** Finds an author's phrases in an answer: by stem, by prefix, through aliases, over a typing error. */
import type { Vocabulary } from "./content.ts";
import { stemOf, type Token, tokenize } from "./grading_text.ts";

interface PhraseWord {
  readonly word: string;
  readonly stem: string;
  /** Written with a `*`: any word that begins so. */
  readonly prefix: boolean;
}

export type Phrase = readonly PhraseWord[];

/** Where a phrase stands: the indexes of its tokens, ascending. */
export interface Match {
  readonly at: readonly number[];
}

/** A phrase of several words may have this many others among its own. */
const ROOM = 3;
/** One typing error is forgiven in words of at least this many letters; in shorter ones it makes another word. */
const FORGIVING = 6;
/** Matches of one phrase that are looked at; only junk has more. */
const ENOUGH = 40;

/** An answer, made ready for finding phrases in it. */
export interface Index {
  readonly tokens: readonly Token[];
  readonly byStem: ReadonlyMap<string, readonly number[]>;
  /** "log-loss" is also "logloss": the first of its two tokens. */
  readonly joined: ReadonlyMap<string, readonly number[]>;
  /** First token of each distinct long word, by first letter: candidates for a typing error. */
  readonly long: ReadonlyMap<string, readonly number[]>;
}

export function indexOf(tokens: readonly Token[]): Index {
  const byStem = new Map<string, number[]>();
  const joined = new Map<string, number[]>();
  const long = new Map<string, number[]>();
  tokens.forEach(({ word, stem, gap }, at) => {
    if (word.length >= FORGIVING && !byStem.has(stem) && /^\p{L}/u.test(word)) add(long, word.charAt(0), at);
    add(byStem, stem, at);
    if (gap === "hyphen") add(joined, stemOf(`${tokens[at - 1]?.word}${word}`), at - 1);
  });
  return { tokens, byStem, joined, long };
}

function add(map: Map<string, number[]>, key: string, at: number): void {
  const list = map.get(key);
  if (list) list.push(at);
  else map.set(key, [at]);
}

/** A phrase as an author wrote it, and everything the vocabulary holds to be the same. */
export function compilePhrase(text: string, aliases: Aliases): Phrase[] {
  const own = phraseOf(text);
  if (own.length === 0) return [];
  const pair = own.length === 2 && !own.some(({ prefix }) => prefix) ? [phraseOf(own.map(({ word }) => word).join(""))] : [];
  return [own, ...pair, ...(aliases.get(keyOf(own)) ?? []).filter((other) => keyOf(other) !== keyOf(own))];
}

export type Aliases = ReadonlyMap<string, readonly Phrase[]>;

/** A term's name and aliases stand for each other; its tools stand for it, but it does not stand for a tool. */
export function aliasesOf({ terms }: Vocabulary): Aliases {
  const aliases = new Map<string, readonly Phrase[]>();
  for (const { name, aliases: others, tools } of terms) {
    const phrases = [name, ...others, ...tools].map(phraseOf).filter((phrase) => phrase.length > 0);
    for (const word of [name, ...others]) aliases.set(keyOf(phraseOf(word)), phrases);
  }
  return aliases;
}

const keyOf = (phrase: Phrase): string => phrase.map(({ stem, prefix }) => (prefix ? `${stem}*` : stem)).join(" ");

const phraseOf = (text: string): Phrase => tokenize(text).map(({ word, stem, end }) => ({ word, stem, prefix: text.charAt(end) === "*" }));

/** All places of a phrase, none that overlaps another, in the order of the answer. */
export function findPhrase(phrase: Phrase, index: Index): Match[] {
  const [first, ...rest] = phrase;
  if (!first) return [];
  if (rest.length === 0)
    return [
      ...places(first, index)
        .slice(0, ENOUGH)
        .map((at) => ({ at: [at] })),
      ...(index.joined.get(first.stem) ?? []).slice(0, ENOUGH).map((at) => ({ at: [at, at + 1] })),
    ];
  const lists: (readonly number[])[] = [];
  for (const word of phrase) {
    const found = places(word, index);
    if (found.length === 0) return [];
    lists.push(found);
  }
  return together(lists, index.tokens);
}

function places({ word, stem, prefix }: PhraseWord, { tokens, byStem, long }: Index): readonly number[] {
  if (prefix) return tokens.flatMap((token, at) => (token.word.startsWith(word) ? at : []));
  const exact = byStem.get(stem);
  if (exact || word.length < FORGIVING) return exact ?? [];
  const near = (long.get(word.charAt(0)) ?? []).filter((at) => {
    const token = tokens[at];
    return (
      token !== undefined &&
      (oneEdit(token.word, word) || (Math.min(stem.length, token.stem.length) >= FORGIVING && oneEdit(token.stem, stem)))
    );
  });
  return near.flatMap((at) => byStem.get(tokens[at]?.stem ?? "") ?? []).sort((a, b) => a - b);
}

/** Places where every list has a member close by in one sentence, whatever their order. */
function together(lists: readonly (readonly number[])[], tokens: readonly Token[]): Match[] {
  const rarest = lists.reduce((least, list) => (list.length < least.length ? list : least));
  const reach = lists.length + ROOM - 1;
  const matches: Match[] = [];
  let taken = -1;
  for (const seed of rarest.slice(0, ENOUGH)) {
    const used = new Set<number>();
    for (const list of lists) {
      const place = list === rarest && !used.has(seed) ? seed : nearest(list, seed, used);
      if (place === undefined || tokens[place]?.sentence !== tokens[seed]?.sentence) break;
      used.add(place);
    }
    const at = [...used].sort((a, b) => a - b);
    const [from = 0, to = 0] = [at[0], at[at.length - 1]];
    if (at.length < lists.length || to - from > reach || from <= taken) continue;
    matches.push({ at });
    taken = to;
  }
  return matches;
}

/** The free member of an ascending list that is closest to a place. */
function nearest(list: readonly number[], place: number, used: ReadonlySet<number>): number | undefined {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  let best: number | undefined;
  for (let at = Math.max(0, low - 2); at < Math.min(list.length, low + 3); at++) {
    const found = list[at];
    if (found === undefined || used.has(found)) continue;
    if (best === undefined || Math.abs(found - place) < Math.abs(best - place)) best = found;
  }
  return best;
}

/** Whether two words differ by one letter more, less or other, or by two neighbours that changed places. */
export function oneEdit(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let from = 0;
  while (from < a.length && a[from] === b[from]) from++;
  let [endA, endB] = [a.length, b.length];
  while (endA > from && endB > from && a[endA - 1] === b[endB - 1]) [endA, endB] = [endA - 1, endB - 1];
  const [left, right] = [a.slice(from, endA), b.slice(from, endB)];
  return (left.length <= 1 && right.length <= 1) || (left.length === 2 && left === `${right[1]}${right[0]}`);
}
