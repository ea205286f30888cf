/** Finds sentences that were written twice, in one case or in two. */
import { type Case, STEPS } from "../core/content.ts";
import type { Finding, Path } from "./content_problem.ts";

/** Words of a run that two sentences are compared by. */
const RUN = 5;
/** Share of the shorter sentence's runs that the other has too, from which on they are the same. */
const SAME = 0.5;
/** Shorter sentences may repeat: they have too few runs to tell. */
const LEAST_WORDS = 8;

interface Sentence {
  readonly slug: string;
  readonly path: Path;
  readonly text: string;
  readonly runs: ReadonlySet<string>;
}

/** By the slug of the case that has the later of the two. */
export function duplicateFindings(cases: ReadonlyMap<string, Case>): { readonly slug: string; readonly finding: Finding }[] {
  const seen = new Map<string, Sentence[]>();
  return [...cases]
    .flatMap(([slug, item]) => sentencesOf(slug, item))
    .flatMap((sentence) => {
      const shared = new Map<Sentence, number>();
      for (const run of sentence.runs) {
        const others = seen.get(run) ?? [];
        for (const other of others) shared.set(other, (shared.get(other) ?? 0) + 1);
        seen.set(run, [...others, sentence]);
      }
      const twin = [...shared].find(([other, count]) => count / Math.min(other.runs.size, sentence.runs.size) >= SAME)?.[0];
      if (!twin) return [];
      const where = twin.slug === sentence.slug ? "this case" : twin.slug;
      const message = `${JSON.stringify(sentence.text)} is nearly what ${where} says already: ${JSON.stringify(twin.text)}; say something of its own`;
      return [{ slug: sentence.slug, finding: { path: sentence.path, message } }];
    });
}

const sentencesOf = (slug: string, item: Case): Sentence[] =>
  STEPS.flatMap((step) => {
    const { reference, rubric, probes, pitfalls } = item.steps[step];
    const path = ["steps", step];
    return [
      ...split(slug, [...path, "reference"], reference),
      ...rubric.flatMap(({ text }, at) => split(slug, [...path, "rubric", at, "text"], text)),
      ...probes.flatMap(({ ask, strong }, at) => [
        ...split(slug, [...path, "probes", at, "ask"], ask),
        ...split(slug, [...path, "probes", at, "strong"], strong),
      ]),
      ...pitfalls.flatMap((text, at) => split(slug, [...path, "pitfalls", at], text)),
    ];
  });

const split = (slug: string, path: Path, text: string): Sentence[] =>
  text.split(/(?<=[.!?;])\s+|\n+/).flatMap((sentence) => {
    const words = sentence.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
    if (words.length < LEAST_WORDS) return [];
    const runs = new Set(words.slice(RUN - 1).map((_, at) => words.slice(at, at + RUN).join(" ")));
    return [{ slug, path, text: sentence.trim(), runs }];
  });
