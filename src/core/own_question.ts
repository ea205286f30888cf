/** A group's own question: what a member types in a form, and the drill that it becomes. */
import type { Bank, RubricPoint, Step } from "./content.ts";
import type { OpenDrill } from "./drill.ts";
import { gradeAnswer, type PointState } from "./grading.ts";
import { clip, literal, printable } from "./markup.ts";

export interface OwnQuestion {
  readonly step: Step;
  readonly prompt: string;
  readonly reference: string;
  readonly points: readonly OwnPoint[];
}

export interface OwnPoint {
  /** What a strong answer says, as feedback shows it. */
  readonly text: string;
  /** As in the bank: every group must be met by one of its phrases. Empty: it cannot be more than unsure. */
  readonly groups: readonly (readonly string[])[];
}

const MOST_POINTS = 8;
const MOST_EXAMPLES = 5;
const POINT_CHARACTERS = 200;

/**
 * One point a line: `text | phrase, phrase & phrase`. Behind the bar stand the words that show it: one
 * of the phrases between commas, for each part between ampersands.
 */
export function readPoints(typed: string): { readonly points: readonly OwnPoint[] } | { readonly problem: string } {
  const lines = printable(typed)
    .split("\n")
    .map((line) => line.replace(/^\s*(?:[-*•]|\d+[.)])\s*/, "").trim())
    .filter(Boolean);
  if (lines.length === 0) return { problem: "Write at least one point, each on a line of its own." };
  if (lines.length > MOST_POINTS)
    return { problem: `At most ${MOST_POINTS} points: keep those that tell a strong answer from a weak one.` };
  const points = lines.map((line): OwnPoint => {
    const [text = "", words = ""] = line.split("|").map((part) => part.trim());
    const groups = words.split("&").map((part) => part.split(",").flatMap((phrase) => phrase.trim() || []));
    return { text, groups: groups.filter((group) => group.length > 0) };
  });
  const odd = points.find(({ text }) => text.length < 8 || text.length > POINT_CHARACTERS);
  if (odd)
    return {
      problem: `“${clip(literal(odd.text), 60)}” is no sentence of 8 to ${POINT_CHARACTERS} characters: say what a strong answer says.`,
    };
  return { points };
}

export const ownDrillId = (question: string): string => `own/${question}`;
export const questionOf = (drill: string): string | undefined => /^own\/([a-z0-9]+)$/.exec(drill)?.[1];

export const ownDrill = (question: string, author: string, body: OwnQuestion): OpenDrill => ({
  kind: "open",
  id: ownDrillId(question),
  title: clip(printable(body.prompt).replace(/\s+/g, " "), 60),
  prompt: literal(body.prompt),
  steps: [body.step],
  rubric: body.points.map(rubricPoint),
  reference: literal(body.reference),
  by: author,
});

const rubricPoint = ({ text, groups }: OwnPoint, at: number): RubricPoint => ({
  id: `point-${at + 1}`,
  text: literal(text),
  side: "system",
  weight: 1,
  aspects: [],
  alsoEarns: [],
  statements: [text],
  groups: groups.map((group) => [...group]),
  good: [],
  bad: [],
});

/** What an answer would earn, point by point. */
export interface Trial {
  readonly text: string;
  readonly states: readonly PointState[];
}

/** The reference first, then each line of `examples`. */
export function tryOut(body: OwnQuestion, examples: string, { vocabulary }: Bank): readonly Trial[] {
  const { rubric } = ownDrill("trial", "", body);
  const lines = printable(examples)
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .slice(0, MOST_EXAMPLES);
  return [body.reference, ...lines].map((text) => ({ text, states: gradeAnswer(rubric, text, vocabulary).map(({ state }) => state) }));
}
