/**
 * What two short texts are compared by: their weighted stems, and their letters, which forgive
 * spelling and unite "evaporate" and "evaporation". The weights were chosen on the train splits of
 * SciEntsBank and Beetle (SemEval-2013 Task 7); see docs/adr/0010.
 */
import { type Letters, lettersOf } from "./grading_letters.ts";
import { FUNCTION_WORDS, LIST_WORDS, type Token } from "./grading_text.ts";

export interface Portrait {
  readonly stems: ReadonlyMap<string, number>;
  readonly weight: number;
  /** Counted when they are asked for: few windows of a long answer are compared so closely. */
  letters(): Letters;
}

/** Repeating the question's words is worth little, and so are words without a subject. */
const OF_QUESTION = 0.25;
const FUNCTION_WORD = 0.3;
/** A negated word is partly another word: "connected" and "not connected" share 70 %. */
const NEGATED = 0.3;
const NEGATION_REACH = 4;
/** What a reference says weighs more than what else the answer says. */
const OF_REFERENCE = 0.65;

const NEGATIONS: ReadonlySet<string> = new Set(
  (
    "not no never without nothing none neither nor cannot cant dont doesnt didnt wont wouldnt shouldnt couldnt isnt arent " + "wasnt werent"
  ).split(" "),
);

const isEmpty = (word: string): boolean => FUNCTION_WORDS.has(word) || LIST_WORDS.has(word);

/** `question`: the stems of what was asked. */
export function portraitOf(tokens: readonly Token[], question: ReadonlySet<string>): Portrait {
  const stems = new Map<string, number>();
  let reach = 0;
  for (const { word, stem, gap } of tokens) {
    const empty = isEmpty(word);
    if (NEGATIONS.has(word)) reach = NEGATION_REACH;
    else if (gap !== "space" && gap !== "hyphen") reach = 0;
    else if (!empty) reach--;
    const weight = weightOf(word, stem, question);
    if (empty) stems.set(stem, weight);
    else addSubject(stems, stem, weight, reach > 0);
  }
  let letters: Letters | undefined;
  return {
    stems,
    weight: sum(stems.values()),
    letters: () => (letters ??= lettersOf(tokens, (word) => (isEmpty(word) ? FUNCTION_WORD : 1))),
  };
}

function addSubject(stems: Map<string, number>, stem: string, weight: number, negated: boolean): void {
  stems.set(stem, negated ? Math.max(stems.get(stem) ?? 0, weight * (1 - NEGATED)) : weight);
  stems.set(negated ? `!${stem}` : `+${stem}`, weight * NEGATED);
}

function weightOf(word: string, stem: string, question: ReadonlySet<string>): number {
  if (NEGATIONS.has(word)) return 1;
  if (isEmpty(word)) return FUNCTION_WORD;
  // "1" and "B" name things: they tell terminal 1 from terminal 2 although the question has both.
  return question.has(stem) && word.length > 1 && !/^\d/.test(word) ? OF_QUESTION : 1;
}

const sum = (values: Iterable<number>): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};

/** How much of a reference the answer says (`recall`), and how much else (`overlap` falls with it). 0 to 1. */
export function sharedWords(answer: Portrait, reference: Portrait): { readonly overlap: number; readonly recall: number } {
  let shared = 0;
  for (const [stem, weight] of reference.stems) if (answer.stems.has(stem)) shared += weight;
  if (shared === 0) return { overlap: 0, recall: 0 };
  return { overlap: shared / (OF_REFERENCE * reference.weight + (1 - OF_REFERENCE) * answer.weight), recall: shared / reference.weight };
}
