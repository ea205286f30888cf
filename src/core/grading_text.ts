/** Turns text into words that can be compared: split, normalised and stemmed, each with its place in the text. */
import porter2 from "wink-porter2-stemmer";

export interface Token {
  /** Lower case, without accents and apostrophes. */
  readonly word: string;
  readonly stem: string;
  /** UTF-16 offsets into the text. */
  readonly start: number;
  readonly end: number;
  /** Counted from 0. A line is at least one sentence. */
  readonly sentence: number;
  /** What stands between it and the word before; a new sentence begins after a pause or a question. */
  readonly gap: "space" | "hyphen" | "comma" | "pause" | "question";
}

/** Longer answers are read up to here, which bounds the time that hostile text can take. UTF-16 units. */
export const READ_AT_MOST = 10_000;
/** No English word is longer; longer runs are not stemmed. */
const LONGEST_WORD = 40;
/** Stems are remembered, because stemming is most of the work; this many words take about 1 MB. */
const REMEMBERED = 10_000;

const WORD = /%|\p{N}+(?:[.,]\p{N}+)*|\p{L}[\p{L}\p{N}\p{M}]*(?:['’]\p{L}+)*/gu;
// A full stop ends a sentence before a space only: "0.5", "e.g." and file.names go on.
const SENTENCE_END = /[.!?…](?=["')\]\s])|[;\n。！？；]/u;
const PAUSE = /[:()[\]{}—–→|]|\s-+\s|->/u;

const stems = new Map<string, string>();

export function stemOf(word: string): string {
  if (word.length > LONGEST_WORD || !/^[a-z]/.test(word)) return word;
  const known = stems.get(word);
  if (known !== undefined) return known;
  if (stems.size >= REMEMBERED) stems.clear();
  const stem = porter2(word);
  stems.set(word, stem);
  return stem;
}

/** Splits text into words. Total: text without a letter or digit gives none. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let sentence = 0;
  let end = 0;
  for (const match of text.slice(0, READ_AT_MOST).matchAll(WORD)) {
    const last = tokens[tokens.length - 1];
    const between = text.slice(end, match.index);
    const ends = last !== undefined && SENTENCE_END.test(between) && !abbreviates(last.word, between);
    if (ends) sentence++;
    const word = normalise(match[0]);
    end = match.index + match[0].length;
    tokens.push({
      word,
      stem: stemOf(word),
      start: match.index,
      end,
      sentence,
      gap: last === undefined || ends ? endOf(between) : gapOf(between),
    });
  }
  return tokens;
}

/** "e.g. ", "vs. " */
const abbreviates = (word: string, between: string): boolean =>
  /^\. /.test(between) && (word.length === 1 || word === "vs" || word === "approx");

const endOf = (between: string): Token["gap"] => (between.includes("?") ? "question" : "pause");

function gapOf(between: string): Token["gap"] {
  if (between === " ") return "space";
  if (between === "-" || between === "/") return "hyphen";
  if (PAUSE.test(between)) return "pause";
  return between.includes(",") ? "comma" : "space";
}

function normalise(raw: string): string {
  if (raw === "%") return "percent";
  const lower = raw.toLowerCase();
  // The common case is plain ASCII; everything else goes the long way.
  const plain = /^[ -~]+$/.test(lower) ? lower : lower.normalize("NFKD").replace(/\p{M}/gu, "");
  return /^\d/.test(plain) ? plain.replace(/,(?=\d{3}(?!\d))/g, "") : plain.replace(/['’]s$/, "").replace(/['’]/g, "");
}

/** Words that carry a sentence but none of its subject. */
export const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  (
    "this that these those it its they them their we us our i me my you your he she who which what how when where why " +
    "is are was were be been being am do does did done have has had having will would shall should can could may might must " +
    "of to in on at by for from with into onto over under about as than then so if because since while until before after " +
    "not no nor but also just only too very more most less much many some any each every all both such same other another " +
    "there here one ones let lets get gets got use uses used using make makes need needs want wants put keep like dont doesnt " +
    "isnt arent wont cant cannot wouldnt shouldnt via per up out off again still even once"
  ).split(" "),
);

/** Words that stand between the items of a list. */
export const LIST_WORDS: ReadonlySet<string> = new Set(["and", "or", "plus", "etc", "the", "a", "an"]);

/** The stems that carry a text's subject. */
export const contentStems = (tokens: readonly Token[]): ReadonlySet<string> =>
  new Set(tokens.filter(({ word }) => !FUNCTION_WORDS.has(word) && !LIST_WORDS.has(word)).map(({ stem }) => stem));
