/** The test sets of test/grading, written by somebody who had not seen the rules; see test/core/grading_sets.test.ts. */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { type Bank, STEPS } from "../../src/core/content.ts";
import { gradeAnswer, type PointState } from "../../src/core/grading.ts";
import type { Gradable } from "../../src/core/grading_likeness.ts";
import { jumpToModel } from "../../src/core/jump.ts";

const half = z.enum(["dev", "held"]);
const answerSchema = z.object({
  id: z.string(),
  half,
  answer: z.string(),
  /** A point of the bank, as case/step/point; without it the line brings its own. */
  point: z.string().optional(),
  statements: z.array(z.string()).default([]),
  groups: z.array(z.array(z.string())).default([]),
  good: z.array(z.string()).default([]),
  bad: z.array(z.string()).default([]),
});
const jumpSchema = z.object({ id: z.string(), half, step: z.enum(STEPS), answer: z.string(), jump: z.boolean() });

export type Half = z.output<typeof half>;

/** What is asked of every answer of a set. */
export const WANTED = {
  negated: (state: PointState) => state !== "covered",
  double_negatives: (state: PointState) => state !== "missed",
  stuffed: (state: PointState) => state !== "covered",
  honest_short: (state: PointState) => state === "covered",
} as const;

export type SetName = keyof typeof WANTED;

const linesOf = (name: string): unknown[] =>
  readFileSync(new URL(`../../test/grading/${name}.jsonl`, import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

/** How many answers of a half of a set come out as they should. */
export function countSet(name: SetName, which: Half, bank: Bank): { right: number; all: number } {
  const lines = linesOf(name)
    .map((line) => answerSchema.parse(line))
    .filter((line) => line.half === which);
  const right = lines.filter((line) => {
    const { rubric, id } = pointOf(line, bank);
    const state = gradeAnswer(rubric, line.answer, bank.vocabulary).find((grade) => grade.id === id)?.state;
    return state !== undefined && WANTED[name](state);
  });
  return { right: right.length, all: lines.length };
}

function pointOf(line: z.output<typeof answerSchema>, bank: Bank): { rubric: readonly Gradable[]; id: string } {
  if (line.point === undefined) return { rubric: [line], id: line.id };
  const [slug = "", step, id = ""] = line.point.split("/");
  const rubric = bank.cases.get(slug)?.steps[z.enum(STEPS).parse(step)].rubric;
  if (!rubric?.some((point) => point.id === id)) throw new Error(`${line.id}: the bank has no point ${line.point}`);
  return { rubric, id };
}

export function countJumps(which: Half, bank: Bank): { hits: number; alarms: number; misses: number; all: number } {
  const lines = linesOf("jump_to_model")
    .map((line) => jumpSchema.parse(line))
    .filter((line) => line.half === which);
  const found = lines.map(({ step, answer, jump }) => ({ jump, said: jumpToModel(step, answer, bank.vocabulary) !== undefined }));
  const count = (jump: boolean, said: boolean) => found.filter((one) => one.jump === jump && one.said === said).length;
  return { hits: count(true, true), alarms: count(false, true), misses: count(true, false), all: lines.length };
}
