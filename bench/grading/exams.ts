/** Published exams that the grader has not seen, each beside "the longer the better". */
import { scoreAnswer } from "../../src/core/grading.ts";
import { draw, pointOf, type Row, readSet } from "./data.ts";
import { bestLength, f1, mean, type Verdict, wordsIn } from "./figures.ts";

interface Exam {
  readonly name: string;
  readonly train: string;
  readonly test: string;
  /** Right and wrong answers of each question's train split that the grader is given; all of them if undefined. */
  readonly examples: number | undefined;
  readonly target?: readonly ["macro" | "weighted", number];
}

const EXAMS: readonly Exam[] = [
  {
    name: "SciEntsBank, all of its train split as examples",
    train: "seb_train",
    test: "seb_ua",
    examples: undefined,
    target: ["weighted", 0.74],
  },
  { name: "SciEntsBank to Beetle, 3 + 3 examples", train: "beetle_train", test: "beetle_ua", examples: 3, target: ["macro", 0.76] },
  { name: "SciEntsBank, 3 + 3 examples", train: "seb_train", test: "seb_ua", examples: 3 },
  { name: "SciEntsBank to Beetle, all examples", train: "beetle_train", test: "beetle_ua", examples: undefined },
  { name: "SciEntsBank to Beetle, no example (by score)", train: "beetle_train", test: "beetle_ua", examples: 0 },
];

/** Few examples are drawn so often; the figure is the mean. */
const DRAWS = 8;

/** One line for each exam; what is not in the folder is said to be skipped. */
export function examLines(folder: string): string[] {
  return EXAMS.map((exam) => {
    const [train, test] = [readSet(folder, exam.train), readSet(folder, exam.test)];
    if (!train || !test) return `skipped: ${exam.name} (${exam.train}.jsonl or ${exam.test}.jsonl is not in the folder)`;
    const rows = [...test.values()].flat();
    const draws = exam.examples === undefined || exam.examples === 0 ? [1] : Array.from({ length: DRAWS }, (_, at) => at + 1);
    const runs = draws.map((seed) => f1(verdicts(exam, train, test, seed)));
    const least = bestLength([...train.values()].flat().map((row) => ({ length: wordsIn(row.a), right: row.label === 1 })));
    const byLength = f1(rows.map((row) => ({ right: row.label === 1, said: wordsIn(row.a) >= least })));
    const show = (figure: { macro: number; weighted: number }) =>
      `macro-F1 ${figure.macro.toFixed(3)}, weighted F1 ${figure.weighted.toFixed(3)}`;
    const mine = { macro: mean(runs.map(({ macro }) => macro)), weighted: mean(runs.map(({ weighted }) => weighted)) };
    const right = rows.filter(({ label }) => label === 1).length;
    return [
      `${exam.name}: ${show(mine)}${exam.target ? ` (target: ${exam.target[0]} ${exam.target[1]})` : ""}`,
      `  ${exam.test}: ${rows.length} unseen answers, ${right} correct against ${rows.length - right} contradictory or incorrect; ${draws.length} draw(s)`,
      `  baseline, ${least} words or more are correct: ${show(byLength)}`,
    ].join("\n");
  });
}

function verdicts(
  exam: Exam,
  train: ReadonlyMap<string, readonly Row[]>,
  test: ReadonlyMap<string, readonly Row[]>,
  seed: number,
): Verdict[] {
  return [...test].flatMap(([qid, rows]) => {
    const known = train.get(qid) ?? [];
    const [first] = rows;
    if (!first) return [];
    const point = pointOf(exam.examples === undefined ? known : draw(known, exam.examples, seed).drawn, first);
    return rows.map((row) => {
      const [grade] = scoreAnswer([point], row.a, { terms: [] });
      const said = exam.examples === 0 ? (grade?.score ?? 0) >= 0.5 : grade?.state === "covered";
      return { right: row.label === 1, said };
    });
  });
}
