/** What a set of verdicts is worth, as SemEval-2013 Task 7 counts it. */

export interface Verdict {
  readonly right: boolean;
  readonly said: boolean;
}

/** F1 of either class: their plain mean, and their mean by how many there are of each. */
export function f1(verdicts: readonly Verdict[]): { readonly macro: number; readonly weighted: number } {
  const count = (right: boolean, said: boolean) => verdicts.filter((one) => one.right === right && one.said === said).length;
  const [hit, miss, alarm, clear] = [count(true, true), count(true, false), count(false, true), count(false, false)];
  const of = (found: number) => (2 * found) / Math.max(1, 2 * found + miss + alarm);
  return {
    macro: (of(hit) + of(clear)) / 2,
    weighted: (of(hit) * (hit + miss) + of(clear) * (clear + alarm)) / Math.max(1, verdicts.length),
  };
}

/** The length in words that tells right from wrong best, for "the longer the better". */
export function bestLength(examples: readonly { readonly length: number; readonly right: boolean }[]): number {
  const lengths = [...new Set(examples.map(({ length }) => length))].sort((a, b) => a - b);
  const worth = (least: number) => f1(examples.map(({ length, right }) => ({ right, said: length >= least }))).macro;
  return lengths.reduce((best, length) => (worth(length) > worth(best) ? length : best), lengths[0] ?? 0);
}

export const wordsIn = (text: string): number => text.split(/\s+/).filter(Boolean).length;

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

export const percent = (part: number, all: number): string => `${part}/${all} = ${(part / Math.max(1, all)).toFixed(3)}`;
