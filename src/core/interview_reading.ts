/** What was answered in a round, read with the grader: by the bot while it runs, by the scorecard at its end. */
import { STEPS } from "./content.ts";
import { coverage, gradeAnswer, type PointGrade } from "./grading.ts";
import { contentOf, type RoundMaterial } from "./interview_material.ts";
import type { Interview } from "./interview_state.ts";
import { jumpToModel } from "./jump.ts";

/** What was answered in a step in time. */
export const saidIn = (round: Interview, step: number): string =>
  round.steps[step]?.answers
    .filter(({ late }) => !late)
    .map(({ text }) => text)
    .join("\n") ?? "";

/** How the answers of a step earn its rubric; nothing where nothing was said. */
export function readStep(round: Interview, step: number, material: RoundMaterial): readonly PointGrade[] {
  const said = saidIn(round, step);
  return said === "" ? [] : gradeAnswer(contentOf(material, step).rubric, said, material.vocabulary);
}

export const readSteps = (round: Interview, material: RoundMaterial): readonly (readonly PointGrade[])[] =>
  STEPS.map((_, step) => readStep(round, step, material));

/** Share of each step's rubric that was earned, 0 to 1. */
export const coverages = (graded: readonly (readonly PointGrade[])[], material: RoundMaterial): readonly number[] =>
  STEPS.map((_, step) => coverage(contentOf(material, step).rubric, graded[step] ?? []));

/** The words that name a model in a step that is too early for one. */
export function jumpIn(round: Interview, step: number, material: RoundMaterial): string | undefined {
  const name = STEPS[step];
  // What was asked in the step before prepares a choice as well as what is asked in its own.
  const said = STEPS.slice(0, step + 1).map((_, at) => saidIn(round, at));
  const jump = name && jumpToModel(name, said.join("\n"), material.vocabulary);
  return jump?.evidence.map(({ text }) => text).join(" … ");
}
