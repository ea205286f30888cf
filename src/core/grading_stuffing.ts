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
/** In an answer that is mostly prose a terse clause may be longer: "the calendar never goes back, so no sold night reappears". */
const CLAUSE = 12;
const MOSTLY = 0.8;

interface Count {
  words: number;
  keywords: number;
  /** Function words, which carry a sentence even where an author's phrase has them. */
  glue: number;
}

/** The sentences that list keywords of the rubric, of any of its points, and say nothing with them. */
export function stuffedSentences(tokens: readonly Token[], matches: readonly Match[]): ReadonlySet<number> {
  const counts = countWords(tokens, new Set(matches.flatMap(({ at }) => at)));
  const listed = new Set([...counts].filter(([, count]) => lists(count)).map(([sentence]) => sentence));
  let [prose, rest] = [0, 0];
  for (const [sentence, { words }] of counts) {
    if (listed.has(sentence)) rest += words;
    else prose += words;
  }
  const isProse = (sentence: number) => !listed.has(sentence) && (counts.get(sentence)?.words ?? 0) >= PROSE;
  const isFragment = (sentence: number) => {
    const words = counts.get(sentence)?.words ?? 0;
    const besideProse = isProse(sentence - 1) || isProse(sentence + 1);
    return (words <= FRAGMENT && besideProse) || (words <= CLAUSE && prose >= MOSTLY * (prose + rest));
  };
  return new Set([...listed].filter((sentence) => !isFragment(sentence)));
}

/** "and" and articles count as nothing: a list has them too. */
function countWords(tokens: readonly Token[], keywords: ReadonlySet<number>): ReadonlyMap<number, Count> {
  const counts = new Map<number, Count>();
  tokens.forEach(({ word, sentence }, at) => {
    const count = counts.get(sentence) ?? { words: 0, keywords: 0, glue: 0 };
    counts.set(sentence, count);
    if (LIST_WORDS.has(word)) return;
    count.words++;
    if (FUNCTION_WORDS.has(word)) count.glue++;
    else if (keywords.has(at)) count.keywords++;
  });
  return counts;
}

function lists({ words, keywords, glue }: Count): boolean {
  if (keywords === 0) return false;
  const other = words - keywords;
  if (other === 0 || (words >= LONG && other / words < LEAST_OTHER)) return true;
  return glue === 0 && keywords >= MANY && keywords / words >= DENSE;
}
