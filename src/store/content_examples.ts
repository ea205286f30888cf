/** Whether the rubric's examples do what they are for: the bank is its own test of the grader. */
import { type Case, type RubricPoint, STEPS, type Vocabulary } from "../core/content.ts";
import { gradeAnswer, type PointGrade } from "../core/grading.ts";
import { contentStems, tokenize } from "../core/grading_text.ts";
import type { Finding, Path } from "./content_problem.ts";

/** Share of the distinct stems of two texts that both have, from which on one is a paraphrase of the other. */
const PARAPHRASE = 0.6;

type Kind = "good" | "bad";

/**
 * Grades every example of a case with itself left out of what the grader learns from: each `good`
 * must cover its point and no other but `alsoEarns`, no `bad` and no bare list of keywords may. A
 * reference must cover every point of its step.
 */
export const exampleFindings = (item: Case, vocabulary: Vocabulary): Finding[] =>
  STEPS.flatMap((step) => {
    const { rubric, reference } = item.steps[step];
    const unearned = gradeAnswer(rubric, reference, vocabulary).filter(({ state }) => state !== "covered");
    const model = unearned.map((grade) => ({
      path: ["steps", step, "reference"],
      message: `does not earn "${grade.id}" (${found(grade)}); a model answer earns every point of its step`,
    }));
    return [
      ...model,
      ...rubric.flatMap((point, at) => {
        const path = ["steps", step, "rubric", at];
        return [...examples(rubric, point, path, vocabulary), ...paraphrases(point, path)];
      }),
    ];
  });

function examples(rubric: readonly RubricPoint[], point: RubricPoint, path: Path, vocabulary: Vocabulary): Finding[] {
  const graded = (text: string, kind?: Kind) =>
    gradeAnswer(
      rubric.map((other) => (other === point && kind ? without(point, kind, text) : other)),
      text,
      vocabulary,
    );
  const own = (grades: readonly PointGrade[]) => grades.find(({ id }) => id === point.id);
  return [
    ...point.statements.flatMap((text, nth) => {
      const grade = own(graded(text));
      return grade?.state === "covered"
        ? []
        : [{ path: [...path, "statements", nth], message: `does not earn its point (${found(grade)}); mend the groups` }];
    }),
    ...point.good.flatMap((text, nth): Finding[] => {
      const grades = graded(text, "good");
      const grade = own(grades);
      const others = grades.filter(({ id, state }) => state === "covered" && id !== point.id && !point.alsoEarns.includes(id));
      const where = [...path, "good", nth];
      return [
        ...(grade?.state === "covered"
          ? []
          : [{ path: where, message: `does not earn its point (${found(grade)}); ${missing(point, text, vocabulary)}` }]),
        ...others.map((other) => ({
          path: where,
          message: `also earns "${other.id}" (${found(other)}); narrow that point's groups or name it in alsoEarns`,
        })),
      ];
    }),
    ...point.bad.flatMap((text, nth) => {
      const grade = own(graded(text, "bad"));
      return grade?.state === "covered"
        ? [{ path: [...path, "bad", nth], message: `earns the point (${found(grade)}); narrow the groups` }]
        : [];
    }),
    ...bareList(point, own(graded(keywords(point))), path),
  ];
}

const without = (point: RubricPoint, kind: Kind, text: string): RubricPoint => ({
  ...point,
  [kind]: point[kind].filter((other) => other !== text),
});

/** The first phrase of each group: what somebody writes who knows the words only. */
const keywords = (point: RubricPoint): string => point.groups.map(([first = ""]) => first.replaceAll("*", "")).join(", ");

const bareList = (point: RubricPoint, grade: PointGrade | undefined, path: Path): Finding[] =>
  grade?.state === "covered"
    ? [{ path: [...path, "groups"], message: `the bare list "${keywords(point)}" earns the point; shorten the phrases to words` }]
    : [];

const found = (grade: PointGrade | undefined): string =>
  `${grade?.state ?? "not graded"}${grade?.evidence.length ? `: ${grade.evidence.map(({ text }) => JSON.stringify(text)).join(" … ")}` : ""}`;

/** Which groups keep a text from earning its point, found by leaving all others out. */
function missing(point: RubricPoint, text: string, vocabulary: Vocabulary): string {
  const unmet = point.groups.flatMap((group, at) => {
    const alone: RubricPoint = { ...point, groups: [group], good: [], bad: [], statements: [] };
    return gradeAnswer([alone], text, vocabulary)[0]?.state === "covered" ? [] : [at];
  });
  return unmet.length === 0
    ? "the groups are met too far apart, or as a mere list"
    : `groups ${unmet.map((at) => `[${at}]`).join(" and ")} have no phrase for it, or it is denied`;
}

function paraphrases(point: RubricPoint, path: Path): Finding[] {
  const stems = (text: string) => contentStems(tokenize(text));
  return point.good.flatMap((text, nth) => {
    const others = [
      ...point.statements.map((other) => ["a statement", other] as const),
      ...point.good.slice(0, nth).map((other) => ["another example", other] as const),
    ];
    return others
      .filter(([, other]) => likeness(stems(text), stems(other)) >= PARAPHRASE)
      .map(([what, other]) => ({
        path: [...path, "good", nth],
        message: `paraphrases ${what} (${JSON.stringify(other)}); say it as another person would`,
      }));
  });
}

function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = [...a].filter((stem) => b.has(stem)).length;
  return shared / Math.max(1, a.size + b.size - shared);
}
