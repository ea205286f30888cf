/** The words of blind scoring: the forms, who is waited for, what is still open. */
import { STEPS } from "./content.ts";
import { type RoundMaterial, span, stepTitle } from "./interview_material.ts";
import { closedSteps, hasAnswered, hasScoredAll, type Interview, LEVELS, scorersOf, scoringMs } from "./interview_state.ts";
import { bold, clip, literal, mention } from "./markup.ts";
import type { Button, Form, View } from "./view.ts";

export const scoreButton = (round: Interview, step: number): Button => ({
  label: `Score step ${step + 1}`,
  command: "mock score",
  input: { round: round.id, step: step + 1 },
});

/** For whoever asked to score without a button, which would have said which step. */
export function anyStepForm(round: Interview, by: string): Form {
  const closed = STEPS.slice(0, closedSteps(round)).flatMap((_, at) =>
    hasAnswered(round, by, at) ? [] : [{ label: `Step ${at + 1}`, value: String(at + 1) }],
  );
  return {
    title: "Score a step",
    intro: "Nobody sees it before the end. The buttons in the thread show what each level means.",
    submit: "Score",
    carry: { round: round.id },
    fields: [
      { name: "step", label: "Step", required: true, kind: "choice", options: closed },
      {
        name: "level",
        label: "Level",
        required: true,
        kind: "choice",
        options: LEVELS.map((level) => ({ label: String(level), value: String(level) })),
      },
    ],
  };
}

export function scoreForm(round: Interview, step: number, by: string, material: RoundMaterial): Form {
  const given = round.scores.find((score) => score.by === by && score.step === step);
  const levels = material.framework.steps[step]?.levels ?? [];
  const thrown = round.curveballs.find((one) => one.step === step);
  const adapting = thrown ? `\n\nThe curveball was: ${literal(thrown.change)} Adapting to it counts.` : "";
  const comment = (name: "worked" | "change", label: string) =>
    ({ name, label, required: false, kind: "paragraph", maxLength: 500, ...(given?.[name] ? { value: given[name] } : {}) }) as const;
  return {
    title: `Score step ${step + 1}`,
    intro: `${bold(stepTitle(material, step))}: choose the highest level whose whole text is true. Nobody sees it before the end.${adapting}`,
    submit: "Score",
    carry: { round: round.id, step: step + 1 },
    fields: [
      {
        name: "level",
        label: "Level",
        required: true,
        kind: "choice",
        options: levels.map((level, at) => ({ label: String(at + 1), value: String(at + 1), hint: clip(level, 75) })),
        ...(given ? { value: String(given.level) } : {}),
      },
      comment("worked", "What worked"),
      comment("change", "What to change"),
    ],
  };
}

export function scoringView(round: Interview): View {
  const waiting = scorersOf(round);
  return {
    title: "All seven steps are done · scoring",
    notify: waiting,
    blocks: [
      {
        kind: "text",
        markdown: `${waiting.map(mention).join(", ")}: score what is still open. All scores are shown at once when the last one is in, or in ${span(scoringMs(round))}.`,
      },
      { kind: "buttons", buttons: STEPS.slice(0, 4).map((_, step) => scoreButton(round, step)) },
      { kind: "buttons", buttons: STEPS.slice(4).map((_, step) => scoreButton(round, step + 4)) },
    ],
  };
}

/** What scorers see after a score: which steps wait for them. */
export function scoredView(round: Interview, by: string, step: number): View {
  const open = STEPS.map((_, at) => at).filter(
    (at) => at < closedSteps(round) && !hasAnswered(round, by, at) && !round.scores.some((score) => score.by === by && score.step === at),
  );
  const rest = hasScoredAll(round, by) ? "That was the last one." : open.length === 0 ? "You are up to date." : "Still waiting for you:";
  return {
    title: `Step ${step + 1} is scored`,
    tone: "good",
    blocks: [
      { kind: "text", markdown: `Sealed until the end; you can change it until then. ${rest}` },
      ...(open.length > 0 ? [{ kind: "buttons", buttons: open.slice(0, 5).map((at) => scoreButton(round, at)) } as const] : []),
    ],
  };
}
