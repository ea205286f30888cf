/** How alike two names of boxes are: by normal form, aliases, spelling and what the words have in common. */
import type { Vocabulary } from "./content.ts";
import { oneEdit } from "./grading_phrase.ts";
import { LIST_WORDS, type Token, tokenize } from "./grading_text.ts";

/** A name, made ready for comparing. */
export interface Name {
  /** Normal form: stems in order, without articles and "and". */
  readonly key: string;
  readonly words: readonly Token[];
  /** Stems without "-er" and "-or", so that a ranker ranks; without words that add nothing, such as "service". */
  readonly roots: readonly string[];
  /** The roots in the order of the alphabet. */
  readonly bag: string;
  /** The stems as one word. */
  readonly joined: string;
}

/** As people shorten on a phone. */
const SHORT: ReadonlyMap<string, string> = new Map([
  ["db", "database"],
  ["dbs", "database"],
  ["eval", "evaluation"],
  ["config", "configuration"],
  ["repo", "repository"],
  ["svc", "service"],
  ["gw", "gateway"],
  ["lb", "load balancer"],
  ["fs", "feature store"],
  ["recs", "recommendations"],
  ["preds", "predictions"],
  ["feats", "features"],
  ["agg", "aggregation"],
]);

const subject = (text: string): readonly Token[] => {
  const long = text.replace(/\p{L}+/gu, (word) => SHORT.get(word.toLowerCase()) ?? word);
  return tokenize(long).filter(({ word }) => !LIST_WORDS.has(word));
};

/** The normal form of a name; two boxes of one drawing with the same are one box. */
export const nameKey = (text: string): string =>
  keyOf(
    subject(text).map(({ stem }) => stem),
    text,
  );

/** "A" and emoji have no subject, and are names all the same. */
const keyOf = (stems: readonly string[], text: string): string => (stems.length > 0 ? stems.join(" ") : text.trim().toLowerCase());

const rootOf = (stem: string): string => (stem.length >= 5 ? stem.replace(/(?:er|or)$/, "") : stem);

/** Words that a box's name may have or not. */
const FILLERS: ReadonlySet<string> = new Set(
  tokenize("service server system layer component module engine cluster job step stage process box node tier fleet instance api").map(
    ({ stem }) => rootOf(stem),
  ),
);

export function nameOf(text: string): Name {
  const words = subject(text);
  const roots = words.map(({ stem }) => rootOf(stem));
  // A data warehouse is a warehouse; training data is not training.
  const telling = roots.filter((root, at) => !FILLERS.has(root) && !(at === 0 && root === "data"));
  const kept = telling.length > 0 ? telling : roots;
  const stems = words.map(({ stem }) => stem);
  return { key: keyOf(stems, text), words, roots: kept, bag: [...kept].sort().join(" "), joined: stems.join("") };
}

/** One typing error is forgiven in words of at least this many letters. */
const FORGIVING = 5;

/** The same words, or with a typing error each; in any order, in one word or two. */
export function spelledAlike(a: Name, b: Name): boolean {
  if (a.bag !== "" && a.bag === b.bag) return true;
  if (a.words.length === b.words.length) return a.words.length > 0 && a.words.every((word, at) => nearly(word, b.words[at]));
  return nearly({ word: a.joined, stem: a.joined }, { word: b.joined, stem: b.joined });
}

function nearly(a: Pick<Token, "word" | "stem">, b: Pick<Token, "word" | "stem"> | undefined): boolean {
  if (!b) return false;
  if (a.stem === b.stem) return true;
  // "L1" and "L2", "90-day" and "30-day" are one letter apart, and not the same.
  if (/\d/.test(a.word + b.word) || a.word.charAt(0) !== b.word.charAt(0) || Math.min(a.word.length, b.word.length) < FORGIVING)
    return false;
  return oneEdit(a.word, b.word) || oneEdit(a.stem, b.stem);
}

/** Share of words in common (Dice) from which two names with the same last word are taken for each other. */
const MUCH = 0.7;

/** "User feature store" and "feature store": the same last word, which says what it is, and most others. */
export const muchInCommon = (a: Name, b: Name): boolean => sameHead(a, b) && (2 * common(a, b)) / (a.roots.length + b.roots.length) >= MUCH;

/** "Log" and "event log": the same last word, and one name within the other. */
export const oneInOther = (a: Name, b: Name): boolean => sameHead(a, b) && common(a, b) === Math.min(a.roots.length, b.roots.length);

/** "Champion-challenger gate" for a release gate that is also called champion-challenger: two words or more, all among its roots. */
export const madeOf = ({ roots }: Name, of: ReadonlySet<string>): boolean => roots.length > 1 && roots.every((root) => of.has(root));

const common = (a: Name, b: Name): number => new Set(a.roots.filter((root) => b.roots.includes(root))).size;
const sameHead = (a: Name, b: Name): boolean => a.roots.length > 0 && a.roots[a.roots.length - 1] === b.roots[b.roots.length - 1];

/** The vocabulary by normal form: which terms a name or alias stands for, and which a tool serves. */
export interface Terms {
  readonly named: ReadonlyMap<string, readonly string[]>;
  readonly tools: ReadonlyMap<string, readonly string[]>;
}

const remembered = new WeakMap<Vocabulary, Terms>();

/** Compiled once for each vocabulary object. */
export function termsOf(vocabulary: Vocabulary): Terms {
  const known = remembered.get(vocabulary);
  if (known) return known;
  const named = new Map<string, string[]>();
  const tools = new Map<string, string[]>();
  for (const term of vocabulary.terms) {
    for (const name of [term.name, ...term.aliases]) add(named, nameKey(name), term.name);
    for (const tool of term.tools) add(tools, nameKey(tool), term.name);
  }
  const terms = { named, tools };
  remembered.set(vocabulary, terms);
  return terms;
}

function add(map: Map<string, string[]>, key: string, term: string): void {
  const list = map.get(key);
  if (list) list.push(term);
  else map.set(key, [term]);
}

/** No tool has more words in its name. */
const TOOL_WORDS = 3;

/** "Kafka event log" is an event log, and Kafka: what remains without the tools, and the tools' normal forms. */
export function withoutTools(name: Name, { tools }: Terms): { readonly rest: string; readonly tools: readonly string[] } {
  const rest: string[] = [];
  const found: string[] = [];
  for (let at = 0; at < name.words.length; at++) {
    const tool = toolAt(name.words, at, tools);
    if (tool) {
      found.push(tool.key);
      at += tool.length - 1;
    } else rest.push(name.words[at]?.word ?? "");
  }
  return { rest: rest.join(" "), tools: found };
}

function toolAt(words: readonly Token[], at: number, tools: Terms["tools"]): { readonly key: string; readonly length: number } | undefined {
  for (let length = Math.min(TOOL_WORDS, words.length - at); length > 0; length--) {
    const key = words
      .slice(at, at + length)
      .map(({ stem }) => stem)
      .join(" ");
    if (tools.has(key)) return { key, length };
  }
  return undefined;
}
