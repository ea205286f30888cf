/** The scorecard that ends a round: medians, rubric coverage, time used, the balance of system and ML. */
import { type Case, STEPS } from "./content.ts";
import { coverage, gradeAnswer, type PointGrade } from "./grading.ts";
import { present, type RoundMaterial, stepTitle, who } from "./interview_material.ts";
import type { Interview } from "./interview_state.ts";
import { clip, mention } from "./markup.ts";
import { pictureBlock, type ScorecardPicture, type ScorecardStep } from "./picture.ts";
import { MINUTE } from "./place.ts";
import { DAILY_CAP, roundMedian, roundPoints, stepMedian } from "./points.ts";
import type { Fact, View } from "./view.ts";

export function resultView(round: Interview, material: RoundMaterial): View {
  const card = scorecardOf(round, material);
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
      pictureBlock(card),
      {
        kind: "text",
        markdown: `${who(round.candidate)} · median ${card.level === undefined ? "open, nobody scored" : `level **${card.level}** of 4`} · ${balanceWords(card)}`,
      },
      { kind: "facts", facts: card.steps.map(stepFact) },
      ...(comments.length > 0 ? [{ kind: "quote", text: clip(comments.join("\n"), 1_400) } as const] : []),
      {
        kind: "text",
        markdown:
          points === "" ? "No points: fewer than four steps were answered." : `Points: ${points}. At most ${DAILY_CAP} count a day.`,
      },
    ],
  };
}

/** What the words and the picture say alike. */
function scorecardOf(round: Interview, material: RoundMaterial): ScorecardPicture {
  const graded = STEPS.map((step, at) => gradeStep(round, at, material.case.steps[step].rubric, material));
  const steps = STEPS.map((step, at): ScorecardStep => {
    const level = stepMedian(round, at);
    const minutes = minutesUsed(round, at);
    return {
      title: stepTitle(material, at),
      ...(level === undefined ? {} : { level }),
      ...(disagree(round, at) ? { differ: true } : {}),
      coverage: coverage(material.case.steps[step].rubric, graded[at] ?? []),
      ...(minutes ? { minutes } : {}),
    };
  });
  const level = roundMedian(round);
  const system = systemShare(graded, material);
  return {
    kind: "scorecard",
    title: `Mock round: ${material.case.title}`,
    ...(level === undefined ? {} : { level }),
    steps,
    ...(system === undefined ? {} : { system }),
    essentials: [],
  };
}

function stepFact({ title, level, differ, coverage = 0, minutes }: ScorecardStep, at: number): Fact {
  const parts = [
    level === undefined ? "not scored" : `level **${level}**${differ ? " (scorers differ)" : ""}`,
    `rubric ${Math.round(coverage * 100)} %`,
    minutes ? `${minutes.used}/${minutes.planned} min` : "no time",
  ];
  return { name: `${at + 1} ${title}`, value: parts.join(" · ") };
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

function minutesUsed(round: Interview, step: number): ScorecardStep["minutes"] {
  const { openedAt, closedAt } = round.steps[step] ?? {};
  if (openedAt === undefined || closedAt === undefined) return undefined;
  return { used: Math.max(1, Math.round((closedAt - openedAt) / MINUTE)), planned: round.minutes[step] ?? 0 };
}

/** Which share of the candidate's earned weight lies on the system side; undefined when nothing was earned. */
function systemShare(graded: readonly (readonly PointGrade[])[], material: RoundMaterial): number | undefined {
  let system = 0;
  let all = 0;
  for (const [at, step] of STEPS.entries())
    for (const point of material.case.steps[step].rubric) {
      const state = graded[at]?.find((grade) => grade.id === point.id)?.state ?? "missed";
      const earned = state === "covered" ? point.weight : state === "missed" ? 0 : point.weight / 2;
      all += earned;
      if (point.side === "system") system += earned;
    }
  return all === 0 ? undefined : system / all;
}

/** Beside the 70/30 that the interview expects. */
function balanceWords({ system }: ScorecardPicture): string {
  if (system === undefined) return "no rubric point earned yet";
  const share = Math.round(100 * system);
  return `${share} % system, ${100 - share} % ML (aim 70/30)`;
}
