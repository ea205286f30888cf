/** Finds sentences that were written twice, in one file or in two. */
import { type Case, type Pattern, STEPS, type Tradeoff } from "../core/content.ts";
import type { Finding, Path } from "./content_problem.ts";

/** Words of a run that two sentences are compared by. */
const RUN = 5;
/** Share of the shorter sentence's runs that the other has too, from which on they are the same. */
const SAME = 0.5;
/** Shorter sentences may repeat: they have too few runs to tell. */
const LEAST_WORDS = 8;

/** A text that must say something of its own, and where it stands. `file` is what the author calls it. */
export interface Passage {
  readonly file: string;
  readonly path: Path;
  readonly text: string;
}

interface Sentence extends Passage {
  readonly runs: ReadonlySet<string>;
}

/** By the file that has the later of the two. */
export function duplicateFindings(passages: readonly Passage[]): { readonly file: string; readonly finding: Finding }[] {
  const seen = new Map<string, Sentence[]>();
  return passages.flatMap(sentencesOf).flatMap((sentence) => {
    const shared = new Map<Sentence, number>();
    for (const run of sentence.runs) {
      const others = seen.get(run) ?? [];
      for (const other of others) shared.set(other, (shared.get(other) ?? 0) + 1);
      seen.set(run, [...others, sentence]);
    }
    const twin = [...shared].find(([other, count]) => count / Math.min(other.runs.size, sentence.runs.size) >= SAME)?.[0];
    if (!twin) return [];
    const where = twin.file === sentence.file ? "this file" : twin.file;
    const message = `${JSON.stringify(sentence.text)} is nearly what ${where} says already: ${JSON.stringify(twin.text)}; say something of its own`;
    return [{ file: sentence.file, finding: { path: sentence.path, message } }];
  });
}

export const casePassages = (file: string, item: Case): Passage[] =>
  STEPS.flatMap((step) => {
    const { reference, rubric, probes, pitfalls } = item.steps[step];
    const path = ["steps", step];
    return [
      { file, path: [...path, "reference"], text: reference },
      ...rubric.map(({ text }, at) => ({ file, path: [...path, "rubric", at, "text"], text })),
      ...probes.flatMap(({ ask, strong }, at) => [
        { file, path: [...path, "probes", at, "ask"], text: ask },
        { file, path: [...path, "probes", at, "strong"], text: strong },
      ]),
      ...pitfalls.map((text, at) => ({ file, path: [...path, "pitfalls", at], text })),
    ];
  });

/** Options are left out: those of one scenario are alike on purpose. */
export const tradeoffPassages = (file: string, { a, b, scenarios, card }: Tradeoff): Passage[] => [
  ...(["a", "b"] as const).flatMap((side) => ({ a, b })[side].wins.map((text, at) => ({ file, path: [side, "wins", at], text }))),
  ...scenarios.flatMap(({ situation, reason }, at) => [
    { file, path: ["scenarios", at, "situation"], text: situation },
    { file, path: ["scenarios", at, "reason"], text: reason },
  ]),
  { file, path: ["card", "back"], text: card.back },
];

export const patternPassages = (file: string, { problem, when, breaks, card }: Pattern): Passage[] => [
  { file, path: ["problem"], text: problem },
  ...when.map((text, at) => ({ file, path: ["when", at], text })),
  ...breaks.map((text, at) => ({ file, path: ["breaks", at], text })),
  { file, path: ["card", "back"], text: card.back },
];

const sentencesOf = ({ file, path, text }: Passage): Sentence[] =>
  text.split(/(?<=[.!?;])\s+|\n+/).flatMap((sentence) => {
    const words = sentence.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
    if (words.length < LEAST_WORDS) return [];
    const runs = new Set(words.slice(RUN - 1).map((_, at) => words.slice(at, at + RUN).join(" ")));
    return [{ file, path, text: sentence.trim(), runs }];
  });
