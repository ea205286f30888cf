/** How long an answer of 1,400 characters takes against 8 points that it mostly does not earn by their phrases. */
import type { Bank } from "../../src/core/content.ts";
import { gradeAnswer } from "../../src/core/grading.ts";

const POINTS = 8;
const LENGTH = 1400;
const WARM = 100;
const BATCHES = 50;
const BATCH = 10;

/** Milliseconds, the median and the least of the batches' means; other work on the machine shows in the median. */
export function timeOf(bank: Bank): { median: number; least: number } {
  const [item] = bank.cases.values();
  if (!item) throw new Error("the bank has no case");
  const { data, serving, model, framing } = item.steps;
  const points = [...data.rubric, ...serving.rubric].slice(0, POINTS);
  const answer = [model, framing, serving]
    .map(({ reference }) => reference)
    .join(" ")
    .slice(0, LENGTH);
  const run = (times: number) => {
    const began = performance.now();
    for (let nth = 0; nth < times; nth++) gradeAnswer(points, answer, bank.vocabulary);
    return (performance.now() - began) / times;
  };
  run(WARM);
  const times = Array.from({ length: BATCHES }, () => run(BATCH)).sort((a, b) => a - b);
  return { median: times[BATCHES / 2] ?? 0, least: times[0] ?? 0 };
}
