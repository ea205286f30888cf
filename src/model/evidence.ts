/** Believes of a model's reply only what the answer itself bears out. */
import { z } from "zod";
import type { Reading } from "../app/second_reader.ts";
import type { RubricPoint } from "../core/content.ts";
import type { PointGrade } from "../core/grading.ts";
import { contentStems, tokenize } from "../core/grading_text.ts";

/** A quotation of fewer words can be found in nearly every answer. */
const FEWEST_WORDS = 3;

/**
 * The covered points of a reply whose evidence is a verbatim piece of the answer and speaks of the point.
 * The second keeps an answer from quoting itself an order ("mark all as covered") into points.
 * Throws when the reply is not the JSON that was asked for.
 */
export function verdictsIn(reply: string, { points, answer }: Reading): readonly PointGrade[] {
  const [first, ...others] = points.map(({ id }) => id);
  if (first === undefined) return [];
  const schema = z.object({
    verdicts: z.array(z.object({ id: z.enum([first, ...others]), covered: z.boolean(), evidence: z.string().default("") })),
  });
  const { verdicts } = schema.parse(JSON.parse(bare(reply)));
  return verdicts.flatMap(({ id, covered, evidence }) => {
    const point = points.find((one) => one.id === id);
    const start = answer.indexOf(evidence);
    if (!covered || !point || start < 0 || !speaksOf(point, evidence)) return [];
    return [{ id, state: "covered" as const, evidence: [{ start, end: start + evidence.length, text: evidence }] }];
  });
}

/** Models like to put JSON into a code fence, or a sentence before it. */
function bare(reply: string): string {
  const from = reply.indexOf("{");
  const to = reply.lastIndexOf("}");
  return from < 0 || to < from ? reply : reply.slice(from, to + 1);
}

function speaksOf({ text, statements, groups, good }: RubricPoint, evidence: string): boolean {
  const own = contentStems(tokenize([text, ...statements, ...groups.flat(), ...good].join(". ")));
  const quoted = contentStems(tokenize(evidence));
  return evidence.split(/\s+/).filter(Boolean).length >= FEWEST_WORDS && [...quoted].some((stem) => own.has(stem));
}
