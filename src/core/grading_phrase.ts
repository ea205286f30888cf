/** Finds an author's phrases in an answer: by stem, by prefix, through aliases, over a typing error. */
import type { Vocabulary } from "./content.ts";
import { stemOf, type Token, tokenize } from "./grading_text.ts";

interface PhraseWord {
  readonly word: string;
  readonly stem: string;
  /** Written with a `*`: any word that begins so. */
  readonly prefix: boolean;
}

export interface Phrase {
  readonly words: readonly PhraseWord[];
  /** An author's words are met in any order; those of the vocabulary are names. */
  readonly ordered: boolean;
  /** Longer names of something else that hold this one: "AUC" stands for ROC AUC, but not in "PR AUC". */
  readonly unless: readonly Phrase[];
}

/** Where a phrase stands: the indexes of its tokens, ascending. */
export interface Match {
  readonly at: readonly number[];
}

/** A phrase of several words may have this many others among its own. */
const ROOM = 3;
/** One typing error is forgiven in words of at least this many letters; in shorter ones it makes another word. */
const FORGIVING = 6;
/**
 * Words that mean something else than the term they are one letter away from, and so are no typing
 * errors. Most are pairs of the bank itself and of SciEntsBank's and Beetle's questions; kept by stem.
 */
const REAL: ReadonlySet<string> = new Set(
  (
    "sharing shared retaining retention remain leaning lineage throughout reverse perfect convention flagged linked " +
    "stores stored states speed series police placing paging changes charge chance content context consent actions neutral general " +
    "compete complete explode expert attack resort repost counter casual internal interval inverse invest promote particle " +
    "routine turning course collide shipped skipped master overlay graduate catches matches patches watches decided decoded depend defend " +
    "lawyers locate listing screams strong string stitch switch sticky senders slides sliver stranger sensor poisoned product protect " +
    "project present presence recent replaced replayed restore remote reused contract contact contest common closest causal continent " +
    "convert classic appear appeal attention auctions artist believe farther framing farming forced former handing having harvested " +
    "invert insert instance needles outrage overall undated wording worker wanted washed through though"
  )
    .split(" ")
    .map(stemOf),
);
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
  if (own.words.length === 0) return [];
  const pair =
    own.words.length === 2 && !own.words.some(({ prefix }) => prefix) ? [phraseOf(own.words.map(({ word }) => word).join(""))] : [];
  return [own, ...pair, ...(aliases.get(keyOf(own)) ?? []).filter((other) => keyOf(other) !== keyOf(own))];
}

export type Aliases = ReadonlyMap<string, readonly Phrase[]>;

/** A term's name and aliases stand for each other; its tools stand for it, but it does not stand for a tool. */
export function aliasesOf({ terms }: Vocabulary): Aliases {
  const named = terms.map(({ name, aliases, tools }) => ({
    names: [name, ...aliases],
    phrases: [name, ...aliases, ...tools].map((text) => ({ ...phraseOf(text), ordered: true })).filter(({ words }) => words.length > 0),
  }));
  const all = named.flatMap(({ phrases }) => phrases);
  const aliases = new Map<string, readonly Phrase[]>();
  for (const { names, phrases } of named) {
    const careful = phrases.map((phrase) => ({
      ...phrase,
      unless: all.filter((other) => !phrases.includes(other) && holds(other, phrase)),
    }));
    for (const word of names) aliases.set(keyOf(phraseOf(word)), careful);
  }
  return aliases;
}

const holds = (long: Phrase, short: Phrase): boolean =>
  long.words.length > short.words.length && short.words.every(({ stem }) => long.words.some((word) => word.stem === stem));

const keyOf = ({ words }: Phrase): string => words.map(({ stem, prefix }) => (prefix ? `${stem}*` : stem)).join(" ");

const phraseOf = (text: string): Phrase => ({
  words: tokenize(text).map(({ word, stem, end }) => ({ word, stem, prefix: text.charAt(end) === "*" })),
  ordered: false,
  unless: [],
});

/** All places of a phrase, none that overlaps another, in the order of the answer. */
export function findPhrase(phrase: Phrase, index: Index): Match[] {
  const found = matchesOf(phrase, index);
  if (found.length === 0) return found;
  const others = new Set(phrase.unless.flatMap((other) => matchesOf(other, index).flatMap(({ at }) => at)));
  return others.size === 0 ? found : found.filter(({ at }) => !at.every((place) => others.has(place)));
}

function matchesOf({ words, ordered }: Phrase, index: Index): Match[] {
  const [first, ...rest] = words;
  if (!first) return [];
  if (rest.length === 0)
    return [
      ...places(first, index)
        .slice(0, ENOUGH)
        .map((at) => ({ at: [at] })),
      ...(index.joined.get(first.stem) ?? []).slice(0, ENOUGH).map((at) => ({ at: [at, at + 1] })),
    ];
  const lists: (readonly number[])[] = [];
  for (const word of words) {
    const found = places(word, index);
    if (found.length === 0) return [];
    lists.push(found);
  }
  const matches = together(lists, index.tokens);
  return ordered ? matches.filter(({ at }) => at.every((place, nth) => lists[nth]?.includes(place))) : matches;
}

function places({ word, stem, prefix }: PhraseWord, { tokens, byStem, long }: Index): readonly number[] {
  if (prefix) return tokens.flatMap((token, at) => (token.word.startsWith(word) ? at : []));
  const exact = byStem.get(stem);
  if (exact || word.length < FORGIVING) return exact ?? [];
  const near = (long.get(word.charAt(0)) ?? []).filter((at) => {
    const token = tokens[at];
    return (
      token !== undefined &&
      !REAL.has(token.stem) &&
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
