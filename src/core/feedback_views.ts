/** What a member is told about an answer: at once, privately, and before the reveal without giving anything away. */
import { comparisonBlocks, MODEL_ONLY, sealedComparisonBlocks } from "./architecture_views.ts";
import type { RubricPoint } from "./content.ts";
import { comparisonBlock, sealedComparisonBlock } from "./drawing_views.ts";
import type { Drill, OpenDrill } from "./drill.ts";
import type { Marked } from "./drill_mark.ts";
import { reference } from "./drill_views.ts";
import type { PointGrade } from "./grading.ts";
import { clip, literal, moment } from "./markup.ts";
import type { Instant } from "./place.ts";
import { isSealed } from "./points.ts";
import type { Streak } from "./streak.ts";
import { streakInWords } from "./streak.ts";
import type { Block, Button, RubricLine, View } from "./view.ts";

export interface Feedback {
  readonly drill: Drill;
  readonly marked: Marked;
  readonly standing: "scored" | "improved" | "practice";
  /** Points of the ledger; undefined while they are sealed, or when the answer earns none. */
  readonly points: number | undefined;
  readonly revealAt: Instant;
  readonly sealed: boolean;
  readonly post: string;
  readonly shared: boolean;
  readonly streak: Streak | undefined;
  /** A language model that read it afterwards, and how many points it found. */
  readonly secondReader?: { readonly name: string; readonly found: number; readonly points: number };
}

export function feedbackView(feedback: Feedback): View {
  const { drill, marked, sealed } = feedback;
  const quote: Block = { kind: "quote", text: clip(marked.shown, 400) };
  const rest: readonly Block[] = [
    { kind: "text", markdown: standingWords(feedback) },
    { kind: "buttons", buttons: buttons(feedback) },
  ];
  if (sealed && isSealed(drill.kind)) return { title: SEALED_TITLES[drill.kind], tone: "good", blocks: [quote, ...rest] };
  if (drill.kind === "open") return openFeedback(drill, feedback, quote, rest);
  if (drill.kind === "draw" && marked.comparison)
    return {
      title: `${Math.round(marked.coverage * 100)} % of the boxes and arrows`,
      tone: marked.coverage >= 0.5 ? "good" : "plain",
      blocks: [
        (sealed ? sealedComparisonBlock : comparisonBlock)(drill.diagram, marked.comparison),
        ...(sealed ? sealedComparisonBlocks : comparisonBlocks)(marked.comparison, marked.unread ?? []),
        ...(marked.modelOnly ? [{ kind: "text", markdown: MODEL_ONLY } as const] : []),
        ...rest,
      ],
    };
  return {
    title: marked.coverage === 1 ? "Right" : "Not this one",
    tone: marked.coverage === 1 ? "good" : "warn",
    blocks: [quote, ...reference(drill), ...rest],
  };
}

const SEALED_TITLES: Readonly<Record<Drill["kind"], string>> = {
  choice: "Your choice is in",
  estimate: "Your estimate is in",
  order: "Your order is in",
  open: "Your answer is in",
  draw: "Your drawing is in",
};

const secondWords = ({ name, found, points }: NonNullable<Feedback["secondReader"]>): Block => ({
  kind: "text",
  markdown: `The language model ${literal(name)} read it too: ${found === 0 ? "it found nothing more" : found === 1 ? "it found one more point" : `it found ${found} more points`}${points > 0 ? `, worth **${points}** on the board` : ""}.`,
});

function openFeedback(drill: OpenDrill, { marked, sealed, secondReader }: Feedback, quote: Block, rest: readonly Block[]): View {
  const covered = marked.grades.filter((grade) => grade.state === "covered").length;
  return {
    title: `${covered} of ${drill.rubric.length} points covered`,
    tone: covered * 2 >= drill.rubric.length ? "good" : "plain",
    blocks: [
      quote,
      { kind: "rubric", points: rubricLines(drill.rubric, marked.grades, sealed) },
      ...(marked.jumped === undefined ? [] : [jumpRemark(marked.jumped)]),
      ...(secondReader ? [secondWords(secondReader)] : []),
      ...rest,
    ],
  };
}

/** The classic failure, named kindly. `words` are the member's own. */
export const jumpRemark = (words: string): Block => ({
  kind: "text",
  markdown: `You name a model early (“${literal(clip(words, 80))}”). Interviewers like to hear the requirements and the traffic first: they decide which model is affordable.`,
});

function buttons({ drill, sealed, post, shared, standing }: Feedback): readonly Button[] {
  const again: Button = { label: sealed ? "Change my answer" : "Practise again", command: "daily answer", input: { post } };
  if (drill.kind !== "open") return [again];
  const share: Button = shared
    ? { label: "Keep it private", command: "daily share", input: { post, shared: false } }
    : { label: sealed ? "Share it at the reveal" : "Share it in the thread", command: "daily share", input: { post, shared: true } };
  const dispute: Button = { label: "Dispute a point", command: "daily dispute", input: { post } };
  return [again, share, ...(sealed || standing === "practice" ? [] : [dispute])];
}

function standingWords({ standing, points, sealed, drill, revealAt, streak }: Feedback): string {
  const earned = points === undefined ? "" : `**${points} ${points === 1 ? "point" : "points"}.** `;
  const run = streak === undefined || streakInWords(streak) === "" ? "" : ` Streak: ${streakInWords(streak)}.`;
  if (standing === "practice")
    return `${sealed ? "This question is your own" : "This one came after the reveal"}: it is kept as practice and earns no points.`;
  const opens = sealed && isSealed(drill.kind) ? `The right answer opens ${moment(revealAt)}. ` : "";
  if (standing === "improved") return `${opens}${earned}An improvement: it is kept, the first answer scores.${run}`;
  if (!sealed) return `${earned}This was your first answer.${run}`;
  return isSealed(drill.kind)
    ? `${opens}Your first answer scores.${run}`
    : `${earned}You can improve the answer until the reveal; the first one has scored.${run}`;
}

/** Covered points in full with the words that earned them; what is missing as a hint while sealed. */
export function rubricLines(rubric: readonly RubricPoint[], grades: readonly PointGrade[], sealed: boolean): readonly RubricLine[] {
  return rubric.map((point) => {
    const grade = grades.find(({ id }) => id === point.id);
    const state = grade?.state ?? "missed";
    const evidence = grade?.evidence[0]?.text;
    return {
      state,
      text: state === "covered" || !sealed ? point.text : hint(point, state),
      ...(evidence === undefined ? {} : { evidence: clip(evidence, 160) }),
    };
  });
}

function hint(point: RubricPoint, state: PointGrade["state"]): string {
  const about =
    point.aspects
      .slice(0, 2)
      .map((aspect) => `_${aspect.replace(/^features-(.*)/, "$1 features").replaceAll("-", " ")}_`)
      .join(" and ") || "one more thing";
  if (state === "mentioned") return `You touch on ${about}: say what, how much or how.`;
  if (state === "unsure") return `Perhaps ${about}: it could be read either way, put it plainly.`;
  return `Something about ${about} is still open.`;
}
