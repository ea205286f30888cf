/** Tells a list of the right words from a sentence that uses them. */
import type { Match } from "./grading_phrase.ts";
import { FUNCTION_WORDS, LIST_WORDS, type Token } from "./grading_text.ts";

/** A sentence with a smaller share of words that are nobody's keyword only lists keywords. */
const LEAST_OTHER = 0.25;
/** Many keywords in a sentence without a single function word are a list too, if they are this share of it. */
const MANY = 5;
const DENSE = 0.5;
/** "Ranker late?" is a fragment, not a list, when prose stands beside it; longer ones are lists. In words. */
const FRAGMENT = 6;

/** The sentences that list keywords of the rubric, of any of its points, and say nothing with them. */
export function stuffedSentences(tokens: readonly Token[], matches: readonly Match[]): ReadonlySet<number> {
  const keywords = new Set(matches.flatMap(({ at }) => at));
  const counts = new Map<number, { words: number; keywords: number; glue: number }>();
  tokens.forEach(({ word, sentence }, at) => {
    if (LIST_WORDS.has(word)) return;
    const count = counts.get(sentence) ?? { words: 0, keywords: 0, glue: 0 };
    counts.set(sentence, count);
    count.words++;
    if (keywords.has(at)) count.keywords++;
    else if (FUNCTION_WORDS.has(word)) count.glue++;
  });
  const listed = new Set<number>();
  for (const [sentence, { words, keywords, glue }] of counts)
    if ((keywords > 0 && (words - keywords) / words < LEAST_OTHER) || (glue === 0 && keywords >= MANY && keywords / words >= DENSE))
      listed.add(sentence);
  const besideProse = (sentence: number) => [sentence - 1, sentence + 1].some((beside) => counts.has(beside) && !listed.has(beside));
  return new Set([...listed].filter((sentence) => (counts.get(sentence)?.words ?? 0) > FRAGMENT || !besideProse(sentence)));
}
