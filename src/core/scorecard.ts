/** The scorecard that ends a round: medians, rubric coverage, time used, the balance of system and ML. */
import { type Case, STEPS } from "./content.ts";
import { coverage, gradeAnswer, type PointGrade } from "./grading.ts";
import type { Interview } from "./interview_state.ts";
import { present, type RoundMaterial, stepTitle, who } from "./interview_views.ts";
import { clip, mention } from "./markup.ts";
import { MINUTE } from "./place.ts";
import { DAILY_CAP, roundMedian, roundPoints, stepMedian } from "./points.ts";
import type { View } from "./view.ts";

export function resultView(round: Interview, material: RoundMaterial): View {
  const graded = STEPS.map((step, at) => gradeStep(round, at, material.case.steps[step].rubric, material));
  const rows = STEPS.map((step, at) => {
    const level = stepMedian(round, at);
    const rubric = material.case.steps[step].rubric;
    const parts = [
      level === undefined ? "not scored" : `level **${level}**${disagree(round, at) ? " (scorers differ)" : ""}`,
      `rubric ${Math.round(coverage(rubric, graded[at] ?? []) * 100)} %`,
      minutesUsed(round, at),
    ];
    return { name: `${at + 1} ${stepTitle(material, at)}`, value: parts.join(" · ") };
  });
  const overall = roundMedian(round);
  const comments = STEPS.flatMap((_, at) =>
    round.scores
      .filter((score) => score.step === at)
      .flatMap((score) => [
        ...(score.worked ? [`Step ${at + 1}, worked: ${score.worked}`] : []),
        ...(score.change ? [`Step ${at + 1}, change: ${score.change}`] : []),
      ]),
  );
  const points = roundPoints(round)
    .map(({ member, points }) => `${mention(member)} ${points}`)
    .join(", ");
  return {
    title: `Scorecard · ${material.case.title}`,
    tone: "good",
    notify: present([round.candidate]),
    blocks: [
      {
        kind: "text",
        markdown: `${who(round.candidate)} · median ${overall === undefined ? "open, nobody scored" : `level **${overall}** of 4`} · ${balance(graded, material)}`,
      },
      { kind: "facts", facts: rows },
      ...(comments.length > 0 ? [{ kind: "quote", text: clip(comments.join("\n"), 1_400) } as const] : []),
      {
        kind: "text",
        markdown:
          points === "" ? "No points: fewer than four steps were answered." : `Points: ${points}. At most ${DAILY_CAP} count a day.`,
      },
    ],
  };
}

function gradeStep(
  round: Interview,
  step: number,
  rubric: Case["steps"]["data"]["rubric"],
  material: RoundMaterial,
): readonly PointGrade[] {
  const said =
    round.steps[step]?.answers
      .filter((answer) => !answer.late)
      .map((answer) => answer.text)
      .join("\n") ?? "";
  return said === "" ? [] : gradeAnswer(rubric, said, material.vocabulary);
}

const disagree = (round: Interview, step: number): boolean => {
  const levels = round.scores.filter((score) => score.step === step).map((score) => score.level);
  return Math.max(...levels) - Math.min(...levels) >= 2;
};

function minutesUsed(round: Interview, step: number): string {
  const { openedAt, closedAt } = round.steps[step] ?? {};
  return openedAt === undefined || closedAt === undefined
    ? "no time"
    : `${Math.max(1, Math.round((closedAt - openedAt) / MINUTE))}/${round.minutes[step]} min`;
}

/** Which side the candidate's earned weight lies on, beside the 70/30 that the interview expects. */
function balance(graded: readonly (readonly PointGrade[])[], material: RoundMaterial): string {
  let system = 0;
  let all = 0;
  for (const [at, step] of STEPS.entries())
    for (const point of material.case.steps[step].rubric) {
      const state = graded[at]?.find((grade) => grade.id === point.id)?.state ?? "missed";
      const earned = state === "covered" ? point.weight : state === "missed" ? 0 : point.weight / 2;
      all += earned;
      if (point.side === "system") system += earned;
    }
  if (all === 0) return "no rubric point earned yet";
  const share = Math.round((100 * system) / all);
  return `${share} % system, ${100 - share} % ML (aim 70/30)`;
}
