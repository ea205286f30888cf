/**
 * The weights of likeness to a point's statements and examples, learned on the train split of
 * SciEntsBank (SemEval-2013 Task 7, CC BY-SA 3.0). Made by `npm run -s bench:weights -- FOLDER`.
 */
export const FEATURES = {
  statement: -0.5,
  recall: 3.37,
  letters: 1.39,
  nearestGood: 4.13,
  nearestBad: -0.63,
  lettersOfBad: -0.72,
} as const;

export type Feature = keyof typeof FEATURES;

/** What a typical point's good and bad examples score, each left out in turn. */
export const TYPICAL_GOOD = 3.15;
export const TYPICAL_BAD = 1.71;

/** Examples come half good and half bad, answers do not: about 4 in 10 are right in either set. */
export const EVEN = -0.3;
