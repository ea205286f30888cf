/** The scorecard that ends a round: medians, rubric coverage, time used, the balance, and what an interview must not miss. */
import { type RubricPoint, STEPS, type Step } from "./content.ts";
import type { PointGrade } from "./grading.ts";
import { answerersIn, type RoundMaterial, stepTitle } from "./interview_material.ts";
import { MODE_RULES, type Mode } from "./interview_modes.ts";
import { coverages, jumpIn, readSteps } from "./interview_reading.ts";
import { answerersOf, botInterviews, EXTENSION_MINUTES, type Interview } from "./interview_state.ts";
import { clip, literal, mention } from "./markup.ts";
import { pictureBlock, type ScorecardPicture, type ScorecardStep } from "./picture.ts";
import { HOUR, MINUTE } from "./place.ts";
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
  const points = roundPoints(
    round,
    card.steps.map(({ coverage = 0 }) => coverage),
  )
    .map(({ member, points }) => `${mention(member)} ${points}`)
    .join(", ");
  return {
    title: `Scorecard · ${material.case.title}`,
    tone: "good",
    notify: answerersOf(round),
    blocks: [
      pictureBlock(card),
      {
        kind: "text",
        markdown: `${answerersIn(round)} · ${levelWords(card, round)} · ${balanceWords(card)}`,
      },
      { kind: "facts", facts: card.steps.map((step, at) => stepFact(round, step, at)) },
      { kind: "text", markdown: essentialWords(card) + jumpWords(round, material) },
      ...(comments.length > 0 ? [{ kind: "quote", text: clip(comments.join("\n"), 1_200) } as const] : []),
      {
        kind: "text",
        markdown:
          points === ""
            ? `No points: ${TOO_LITTLE[round.mode]}.`
            : `Points: ${points}. At most ${DAILY_CAP} count a day${round.mode === "solo" ? ", and a case alone counts once" : ""}.`,
      },
      {
        kind: "buttons",
        buttons: [
          {
            label: MODE_RULES[round.mode].lobby ? "Swap seats" : "Play another",
            command: "mock swap",
            input: { round: round.id },
            style: "primary",
          },
          { label: "Recall what I missed", command: "recall", input: {} },
          { label: "Export", command: "mock export", input: { round: round.id } },
        ],
      },
    ],
  };
}

const TOO_LITTLE = {
  peer: "fewer than four steps were answered",
  relay: "fewer than four steps were answered with a point of their rubric",
  solo: "fewer than four steps were answered with a point of their rubric",
} as const satisfies Record<Mode, string>;

/** The peers' median; where the bot interviewed and nobody scored, what it found. */
function levelWords({ level, steps }: ScorecardPicture, round: Interview): string {
  if (level !== undefined) return `median level **${level}** of 4`;
  if (!botInterviews(round)) return "median open, nobody scored";
  return `rubric **${Math.round((100 * steps.reduce((sum, { coverage = 0 }) => sum + coverage, 0)) / STEPS.length)} %**`;
}

/** What the words and the picture say alike. */
function scorecardOf(round: Interview, material: RoundMaterial): ScorecardPicture {
  const graded = readSteps(round, material);
  const earned = coverages(graded, material);
  const steps = STEPS.map((_, at): ScorecardStep => {
    const level = stepMedian(round, at);
    const minutes = minutesUsed(round, at);
    return {
      title: stepTitle(material, at),
      ...(level === undefined ? {} : { level }),
      ...(disagree(round, at) ? { differ: true } : {}),
      coverage: earned[at] ?? 0,
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
    essentials: essentialsOf(graded, material),
  };
}

/** Where nobody scored a round with the bot, no step needs to say so. */
function stepFact(round: Interview, { title, level, differ, coverage = 0 }: ScorecardStep, at: number): Fact {
  const scored = !botInterviews(round) || round.scores.length > 0;
  const parts = [
    ...(level === undefined && !scored
      ? []
      : [level === undefined ? "not scored" : `level **${level}**${differ ? " (scorers differ)" : ""}`]),
    `rubric ${Math.round(coverage * 100)} %`,
    timeWords(round, at),
  ];
  return { name: `${at + 1} ${title}`, value: parts.join(" · ") };
}

function timeWords(round: Interview, step: number): string {
  const minutes = minutesUsed(round, step);
  if (minutes) return `${minutes.used}/${minutes.planned} min`;
  const used = msUsed(round, step);
  return used === undefined ? "no time" : `${Math.max(1, Math.round(used / HOUR))}/${round.turnHours} h`;
}

/** Whether some such point was earned. Who only mentions it has not settled it. */
type IsSettled = (matches: (point: RubricPoint, step: Step) => boolean) => boolean;

const ESSENTIALS: readonly { readonly name: string; readonly met: (settled: IsSettled) => boolean }[] = [
  { name: "Scale", met: (settled) => settled(({ aspects }) => aspects.includes("scale")) },
  { name: "Latency", met: (settled) => settled(({ aspects }) => aspects.includes("latency")) },
  { name: "When data drifts", met: (settled) => settled(({ aspects }) => aspects.includes("drift")) },
  {
    name: "Data → features → serving",
    met: (settled) => (["data", "features", "serving"] as const).every((part) => settled((_, step) => step === part)),
  },
];

/** The four that an interview must not miss, whatever the points. */
export function essentialsOf(graded: readonly (readonly PointGrade[])[], material: RoundMaterial): ScorecardPicture["essentials"] {
  const settled: IsSettled = (matches) =>
    STEPS.some((step, at) =>
      material.case.steps[step].rubric.some(
        (point) =>
          matches(point, step) && graded[at]?.some(({ id, state }) => id === point.id && (state === "covered" || state === "unsure")),
      ),
    );
  return ESSENTIALS.map(({ name, met }) => ({ name, settled: met(settled) }));
}

function essentialWords({ essentials }: ScorecardPicture): string {
  const missing = essentials.filter(({ settled }) => !settled).map(({ name }) => name);
  const settled = essentials.filter((one) => one.settled).map(({ name }) => name);
  const told = settled.length === 0 ? "" : `Settled: ${settled.join(", ")}. `;
  return missing.length === 0
    ? `${told}Nothing is missing that an interview must not miss.`
    : `${told}**Missing: ${missing.join(", ")}.** An interview does not pass without, however good the model.`;
}

/** The classic failure, named kindly. */
function jumpWords(round: Interview, material: RoundMaterial): string {
  for (const at of STEPS.keys()) {
    const jump = jumpIn(round, at, material);
    if (jump !== undefined)
      return `\nIn step ${at + 1} a model is named early (“${literal(clip(jump, 80))}”). Requirements and traffic first: they decide which model is affordable.`;
  }
  return "";
}

const disagree = (round: Interview, step: number): boolean => {
  const levels = round.scores.filter((score) => score.step === step).map((score) => score.level);
  return Math.max(...levels) - Math.min(...levels) >= 2;
};

function msUsed(round: Interview, step: number): number | undefined {
  const { openedAt, closedAt } = round.steps[step] ?? {};
  return openedAt === undefined || closedAt === undefined ? undefined : closedAt - openedAt;
}

/** Undefined in an async round, whose turns have hours. */
export function minutesUsed(round: Interview, step: number): ScorecardStep["minutes"] {
  const used = msUsed(round, step);
  if (used === undefined || round.pace === "async") return undefined;
  const planned = (round.minutes[step] ?? 0) + (round.steps[step]?.extended ? EXTENSION_MINUTES : 0);
  return { used: Math.max(1, Math.round(used / MINUTE)), planned };
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
