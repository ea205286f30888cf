/** Grades lines of JSON outside the bot: a question of its own on each, with an answer to it. */
import { z } from "zod";
import type { Vocabulary } from "../core/content.ts";
import { scoreAnswer } from "../core/grading.ts";
import type { Gradable } from "../core/grading_likeness.ts";

const texts = z.array(z.string());
const idSchema = z.union([z.string(), z.number()]);

/** What a line may hold besides is not looked at: data sets carry more. */
const lineSchema = z.object({
  id: idSchema,
  question: z.string().nullish(),
  statements: texts,
  groups: z.array(texts).nullish(),
  good: texts.nullish(),
  bad: texts.nullish(),
  answer: z.string(),
});

type Line = z.output<typeof lineSchema>;

/** Points that follow one another are often the same: each is compiled once while it is among so many. */
const REMEMBERED = 256;

/** One line out for each line in, in order; a line that cannot be read gives its error and the next is read. */
export async function* gradeLines(lines: AsyncIterable<string>, vocabulary: Vocabulary): AsyncGenerator<string> {
  const points = new Map<string, Gradable>();
  let number = 0;
  for await (const line of lines) {
    number++;
    yield JSON.stringify(graded(number === 1 ? line.replace(/^\uFEFF/, "") : line, points, vocabulary));
  }
}

function graded(line: string, points: Map<string, Gradable>, vocabulary: Vocabulary): object {
  let raw: unknown;
  try {
    raw = JSON.parse(line);
  } catch {
    return { error: "is not JSON" };
  }
  const parsed = lineSchema.safeParse(raw);
  if (!parsed.success) {
    const id = z.object({ id: idSchema }).safeParse(raw);
    return { ...id.data, error: parsed.error.issues.map(({ path, message }) => `${path.join(".") || "line"}: ${message}`).join("; ") };
  }
  const [grade] = scoreAnswer([pointOf(parsed.data, points)], parsed.data.answer, vocabulary);
  return { id: parsed.data.id, state: grade?.state, score: grade?.score, evidence: grade?.evidence };
}

/** The same object for the same point, because the grader learns from a point once per object. */
function pointOf({ question, statements, groups, good, bad }: Line, points: Map<string, Gradable>): Gradable {
  const point = { id: "point", question: question ?? "", statements, groups: groups ?? [], good: good ?? [], bad: bad ?? [] };
  const key = JSON.stringify(point);
  const known = points.get(key) ?? point;
  points.delete(key);
  points.set(key, known);
  const [oldest] = points.keys();
  if (points.size > REMEMBERED && oldest !== undefined) points.delete(oldest);
  return known;
}
