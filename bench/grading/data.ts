/** Reads SemEval-2013 Task 7 as JSON lines, and makes of each question what the grader reads. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Gradable } from "../../src/core/grading_likeness.ts";

const rowSchema = z.object({
  qid: z.string(),
  q: z.string(),
  refs: z.array(z.object({ text: z.string() })),
  a: z.string(),
  /** 1 is "correct"; "contradictory" and "incorrect" are 0. */
  label: z.union([z.literal(0), z.literal(1)]),
});

export type Row = z.output<typeof rowSchema>;

/** The answers to each question; undefined when the file is not there. */
export function readSet(folder: string, name: string): ReadonlyMap<string, readonly Row[]> | undefined {
  const file = join(folder, `${name}.jsonl`);
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, "utf8").trim().split("\n");
  return Map.groupBy(
    lines.map((line) => rowSchema.parse(JSON.parse(line))),
    ({ qid }) => qid,
  );
}

/** A question as a point: its reference answers are the statements, marked answers the examples. */
export function pointOf(examples: readonly Row[], question: Pick<Row, "qid" | "q" | "refs">): Gradable {
  const texts = (label: number) => examples.filter((row) => row.label === label).map((row) => row.a);
  const statements = question.refs.map(({ text }) => text);
  return { id: question.qid, question: question.q, statements, groups: [], good: texts(1), bad: texts(0) };
}

/** `count` right and as many wrong answers by lot, the same for the same seed, and the others. */
export function draw(rows: readonly Row[], count: number, seed: number): { drawn: Row[]; rest: Row[] } {
  const mixed = shuffled(rows, seed);
  const drawn = new Set([1, 0].flatMap((label) => mixed.filter((row) => row.label === label).slice(0, count)));
  return { drawn: [...drawn], rest: mixed.filter((row) => !drawn.has(row)) };
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const mixed = [...items];
  const next = chance(seed);
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = Math.floor(next() * (at + 1));
    [mixed[at], mixed[other]] = [mixed[other]!, mixed[at]!];
  }
  return mixed;
}

/** A small generator of numbers in [0, 1), by Tommy Ettinger (mulberry32, public domain). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
