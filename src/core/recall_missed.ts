/** Which cards come of what somebody missed: refs, heaviest first. */
import type { Comparison } from "./architecture_shape.ts";
import { type Bank, type RubricPoint, STEPS, type Step } from "./content.ts";
import type { Drill, OpenDrill } from "./drill.ts";
import { coverage, type PointGrade, WORTH } from "./grading.ts";
import type { RoundMaterial } from "./interview_material.ts";
import { readSteps } from "./interview_reading.ts";
import type { Interview } from "./interview_state.ts";
import { boxRef, pointRef } from "./recall_card.ts";

/** Of one drawing: who draws two boxes of fourteen should draw again, not learn twelve cards. */
export const MOST_BOXES_MISSED = 3;

export interface MarkedAnswer {
  /** 0 to 1. */
  readonly coverage: number;
  readonly grades: readonly PointGrade[];
  readonly comparison?: Comparison | undefined;
}

/** Of an answer to a drill. What may have been said (`unsure`) is not asked again. */
export function missedInDrill(drill: Drill, answer: MarkedAnswer, bank: Bank): readonly string[] {
  switch (drill.kind) {
    case "open":
      return missedPoints(drill, answer.grades, bank);
    case "choice":
      return answer.coverage === 1 ? [] : [`tradeoff/${drill.id.split("/")[1] ?? ""}`];
    case "estimate":
    case "order":
      return answer.coverage === 1 ? [] : [drill.id];
    case "draw":
      return answer.comparison && drill.case !== undefined ? missedBoxes(drill.case, drill.diagram.id, answer.comparison) : [];
  }
}

function missedPoints(drill: OpenDrill, grades: readonly PointGrade[], bank: Bank): readonly string[] {
  const missed = heaviest(drill.rubric.filter(({ id }) => isMissed(grades.find((grade) => grade.id === id))));
  const item = bank.cases.get(drill.case ?? "");
  // A group's own question has no probes for its points: it is one card.
  if (drill.case === undefined || !item) return missed.length > 0 ? [drill.id] : [];
  // The quick frame asks for points of several steps; an id is unique within one.
  const stepOf = (point: RubricPoint): Step | undefined => drill.steps.find((step) => item.steps[step].rubric.includes(point));
  return missed.map((point) => pointRef(drill.case ?? "", stepOf(point) ?? drill.steps[0] ?? "requirements", point.id));
}

export function missedBoxes(slug: string, diagram: string, { nodes, edges }: Comparison): readonly string[] {
  const arrows = (id: string) => edges.filter(({ from, to, state }) => state !== "extra" && (from === id || to === id)).length;
  return nodes
    .filter(({ state }) => state === "missing")
    .sort((a, b) => arrows(b.id) - arrows(a.id))
    .slice(0, MOST_BOXES_MISSED)
    .map(({ id }) => boxRef(slug, diagram, id));
}

const isMissed = (grade: PointGrade | undefined): boolean => grade === undefined || grade.state === "missed" || grade.state === "mentioned";
const heaviest = (points: readonly RubricPoint[]): readonly RubricPoint[] => [...points].sort((a, b) => b.weight - a.weight);

/** What a finished round says of one member who answered in it. */
export interface RoundResult {
  readonly member: string;
  /** Share of each step's rubric that was earned; null for a step that was somebody else's. */
  readonly coverage: readonly (number | null)[];
  /** Earned weight on either side: the balance. */
  readonly system: number;
  readonly ml: number;
  /** Refs of the points that were not covered. */
  readonly missed: readonly string[];
}

/** Of everybody who answered a step in time; a step that nobody answered is the candidate's. */
export function resultsOf(round: Interview, material: RoundMaterial): readonly RoundResult[] {
  const graded = readSteps(round, material);
  const mine = STEPS.map((_, at) => {
    const said = new Set(round.steps[at]?.answers.filter(({ late }) => !late).map(({ by }) => by));
    return said.size > 0 || round.candidate === undefined ? said : new Set([round.candidate]);
  });
  const answered = new Set(round.steps.flatMap(({ answers }) => answers.filter(({ late }) => !late).map(({ by }) => by)));
  return [...answered].map((member) => resultOf(member, mine, graded, round, material));
}

function resultOf(
  member: string,
  mine: readonly ReadonlySet<string>[],
  graded: readonly (readonly PointGrade[])[],
  round: Interview,
  { case: item }: RoundMaterial,
): RoundResult {
  const steps = STEPS.map((step, at) => ({ step, at })).filter(({ at }) => mine[at]?.has(member));
  const points = steps.flatMap(({ step, at }) =>
    item.steps[step].rubric.map((point) => ({ step, point, grade: graded[at]?.find(({ id }) => id === point.id) })),
  );
  const earned = (side: RubricPoint["side"]) =>
    points
      .filter(({ point }) => point.side === side)
      .reduce((sum, { point, grade }) => sum + point.weight * WORTH[grade?.state ?? "missed"], 0);
  return {
    member,
    coverage: STEPS.map((step, at) => (mine[at]?.has(member) ? coverage(item.steps[step].rubric, graded[at] ?? []) : null)),
    system: earned("system"),
    ml: earned("ml"),
    missed: points
      .filter(({ grade }) => isMissed(grade))
      .sort((a, b) => b.point.weight - a.point.weight)
      .map(({ step, point }) => pointRef(round.case, step, point.id)),
  };
}
