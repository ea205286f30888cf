/** The words around a drill: its post, its form, the feedback, the reveal. */
import type { RubricPoint } from "./content.ts";
import type { ChoiceDrill, Drill, Marked } from "./drill.ts";
import type { PointGrade } from "./grading.ts";
import { clip, moment } from "./markup.ts";
import type { Instant } from "./place.ts";
import type { Block, Button, Form, RubricLine, View } from "./view.ts";

/** The narrowest input of a form: Slack's plain_text_input. */
export const ANSWER_CHARACTERS = 3_000;

/** "group/date": what a button of a post says of it. */
export const postId = (ref: { readonly group: string; readonly date: string }): string => `${ref.group}/${ref.date}`;

export function parsePostId(id: string): { group: string; date: string } | undefined {
  const match = /^([a-z0-9]+)\/(\d{4}-\d{2}-\d{2})$/.exec(id);
  return match ? { group: match[1] as string, date: match[2] as string } : undefined;
}

const listed = (drill: ChoiceDrill): string => drill.options.map((option, at) => `**${at + 1}.** ${option}`).join("\n");
const options = (drill: Drill): readonly Block[] => (drill.kind === "choice" ? [{ kind: "text", markdown: listed(drill) }] : []);

export const answerButton = (post: string): Button => ({ label: "Answer", command: "daily answer", input: { post }, style: "primary" });

export function drillPostView(drill: Drill, post: string, revealAt: Instant): View {
  return {
    title: `Daily drill · ${drill.title}`,
    blocks: [
      { kind: "text", markdown: drill.prompt },
      ...options(drill),
      { kind: "text", markdown: `Answers stay sealed until ${moment(revealAt)}, ${moment(revealAt, "relative")}. Your first one scores.` },
      { kind: "buttons", buttons: [answerButton(post), { label: "Leaderboard", command: "leaderboard", input: {} }] },
    ],
  };
}

/** The same post once answers are open. */
export function closedPostView(drill: Drill, post: string, answers: number): View {
  return {
    title: `Daily drill · ${drill.title}`,
    blocks: [
      { kind: "text", markdown: drill.prompt },
      ...options(drill),
      { kind: "text", markdown: `Closed with ${people(answers)}. The reference answer is in the thread.` },
      { kind: "buttons", buttons: [{ label: "Practise it", command: "daily answer", input: { post } }] },
    ],
  };
}

export function answerForm(drill: Drill, previous: string | undefined): Form {
  if (drill.kind === "choice") return choiceForm(drill);
  return {
    title: "Your answer",
    intro: drill.prompt,
    submit: "Answer",
    fields: [
      {
        name: "answer",
        label: "What would you say?",
        hint: "In your own words, as to an interviewer. Numbers help.",
        required: true,
        kind: "paragraph",
        maxLength: ANSWER_CHARACTERS,
        ...(previous === undefined ? {} : { value: previous }),
      },
    ],
  };
}

/** Slack's radio buttons take 75 characters: https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
const OPTION_CHARACTERS = 75;

/** Options that do not fit beside their buttons stand in full above them. */
function choiceForm(drill: ChoiceDrill): Form {
  const labels = drill.options.map((option, at) => `${at + 1}. ${option}`);
  const list = labels.some((label) => label.length > OPTION_CHARACTERS) ? `\n\n${listed(drill)}` : "";
  return {
    title: "Your choice",
    intro: drill.prompt + list,
    submit: "Answer",
    fields: [
      {
        name: "answer",
        label: "Which one?",
        required: true,
        kind: "choice",
        options: labels.map((label, at) => ({ label: clip(label, OPTION_CHARACTERS), value: String(at + 1) })),
      },
    ],
  };
}

/** How one answer stands: before the reveal nothing is given away that could be copied. */
export interface Feedback {
  readonly drill: Drill;
  readonly marked: Marked;
  readonly standing: "scored" | "improved" | "practice";
  /** Points of the ledger; undefined while a choice is sealed, or when the answer earns none. */
  readonly points: number | undefined;
  readonly revealAt: Instant;
  readonly sealed: boolean;
  readonly post: string;
}

export function feedbackView(feedback: Feedback): View {
  const { drill, marked, sealed, revealAt, post } = feedback;
  const again: Block = {
    kind: "buttons",
    buttons: [{ label: sealed ? "Change my answer" : "Practise again", command: "daily answer", input: { post } }],
  };
  const quote: Block = { kind: "quote", text: clip(marked.shown, 400) };
  if (drill.kind === "choice" && sealed)
    return {
      title: "Your choice is in",
      tone: "good",
      blocks: [quote, { kind: "text", markdown: `The right answer opens ${moment(revealAt)}. ${standingWords(feedback)}` }, again],
    };
  if (drill.kind === "choice")
    return {
      title: marked.coverage === 1 ? "Right" : "Not this one",
      tone: marked.coverage === 1 ? "good" : "warn",
      blocks: [quote, { kind: "text", markdown: drill.reason }, { kind: "text", markdown: standingWords(feedback) }, again],
    };
  const covered = marked.grades.filter((grade) => grade.state === "covered").length;
  return {
    title: `${covered} of ${drill.step.rubric.length} points covered`,
    tone: covered * 2 >= drill.step.rubric.length ? "good" : "plain",
    blocks: [
      quote,
      { kind: "rubric", points: rubricLines(drill.step.rubric, marked.grades, sealed) },
      { kind: "text", markdown: standingWords(feedback) },
      again,
    ],
  };
}

function standingWords({ standing, points, sealed, drill }: Feedback): string {
  const earned = points === undefined ? "" : `**${points} ${points === 1 ? "point" : "points"}.** `;
  if (standing === "practice") return "This one came after the reveal: it is kept as practice and earns no points.";
  if (standing === "improved") return `${earned}An improvement: it is kept, the first answer scores.`;
  if (!sealed) return `${earned}This was your first answer.`;
  return drill.kind === "open"
    ? `${earned}You can improve the answer until the reveal; the first one has scored.`
    : "Your first choice scores.";
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
  const about = point.aspects
    .slice(0, 2)
    .map((aspect) => `_${aspect.replace(/^features-(.*)/, "$1 features").replaceAll("-", " ")}_`)
    .join(" and ");
  if (state === "mentioned") return `You touch on ${about}: say what, how much or how.`;
  if (state === "unsure") return `Perhaps ${about}: it could be read either way, put it plainly.`;
  return `Something about ${about} is still open.`;
}

/** The reference answer, posted in the thread that the reveal opens. */
export function revealView(drill: Drill, answers: number, meanCoverage: number | undefined): View {
  const turnout =
    answers === 0
      ? "Nobody answered this one in time."
      : `${people(answers)}${meanCoverage === undefined ? "" : `, covering ${Math.round(meanCoverage * 100)} % on average`}.`;
  const body: readonly Block[] =
    drill.kind === "open"
      ? [
          { kind: "text", markdown: drill.step.reference },
          { kind: "text", markdown: `**What earned points**\n${drill.step.rubric.map((point) => `- ${point.text}`).join("\n")}` },
        ]
      : [
          { kind: "text", markdown: `**${drill.right + 1}. ${drill.options[drill.right] ?? ""}**` },
          { kind: "text", markdown: drill.reason },
        ];
  return { title: `Reference answer · ${drill.title}`, blocks: [...body, { kind: "text", markdown: turnout }] };
}

const people = (count: number): string => (count === 1 ? "1 answer" : `${count} answers`);
