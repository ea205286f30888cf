/** Tells a list of the right words from a sentence that uses them. */
import type { Match } from "./grading_phrase.ts";
import { FUNCTION_WORDS, LIST_WORDS, type Token } from "./grading_text.ts";

/** A long sentence with a smaller share of words that are nobody's keyword only lists keywords. */
const LEAST_OTHER = 0.25;
/** In a sentence of fewer words one other word is enough: "Use a Redis cache". */
const LONG = 8;
/** Many keywords in a sentence without a single function word are a list too, if they are this share of it. */
const MANY = 5;
const DENSE = 0.5;
/** "Ranker late?" is a fragment, not a list, when a sentence of some words stands beside it. In words. */
const FRAGMENT = 6;
const PROSE = 4;

interface Count {
  words: number;
  keywords: number;
  /** Function words that are no keyword's. */
  glue: number;
}

/** The sentences that list keywords of the rubric, of any of its points, and say nothing with them. */
export function stuffedSentences(tokens: readonly Token[], matches: readonly Match[]): ReadonlySet<number> {
  const counts = countWords(tokens, new Set(matches.flatMap(({ at }) => at)));
  const listed = new Set([...counts].filter(([, count]) => lists(count)).map(([sentence]) => sentence));
  const isProse = (sentence: number) => !listed.has(sentence) && (counts.get(sentence)?.words ?? 0) >= PROSE;
  const isFragment = (sentence: number) =>
    (counts.get(sentence)?.words ?? 0) <= FRAGMENT && (isProse(sentence - 1) || isProse(sentence + 1));
  return new Set([...listed].filter((sentence) => !isFragment(sentence)));
}

/** "and" and articles count as nothing: a list has them too. */
function countWords(tokens: readonly Token[], keywords: ReadonlySet<number>): ReadonlyMap<number, Count> {
  const counts = new Map<number, Count>();
  tokens.forEach(({ word, sentence }, at) => {
    const count = counts.get(sentence) ?? { words: 0, keywords: 0, glue: 0 };
    counts.set(sentence, count);
    const [function_, keyword] = [FUNCTION_WORDS.has(word), keywords.has(at)];
    if (LIST_WORDS.has(word) || (function_ && keyword)) return;
    count.words++;
    if (keyword) count.keywords++;
    else if (function_) count.glue++;
  });
  return counts;
}

function lists({ words, keywords, glue }: Count): boolean {
  if (keywords === 0) return false;
  const other = words - keywords;
  if (other === 0 || (words >= LONG && other / words < LEAST_OTHER)) return true;
  return glue === 0 && keywords >= MANY && keywords / words >= DENSE;
}
