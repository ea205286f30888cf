/** The words around a drill: its post, its form, its reveal. Feedback has a file of its own. */
import { architectureText, DRAWING_HELP } from "./architecture_views.ts";
import { diagramBlock } from "./drawing_views.ts";
import type { ChoiceDrill, DrawDrill, Drill, EstimateDrill, OpenDrill, OrderDrill } from "./drill.ts";
import { KIND_WORDS } from "./drill.ts";
import { example, inOrder } from "./drill_mark.ts";
import { clip, literal, mention, moment } from "./markup.ts";
import type { Instant } from "./place.ts";
import { isSealed } from "./points.ts";
import { quantityInWords } from "./quantity.ts";
import type { Block, Button, Form, FormField, View } from "./view.ts";

/** The narrowest input of a form: Slack's plain_text_input. */
export const ANSWER_CHARACTERS = 3_000;

export interface PostId {
  readonly group: string;
  readonly date: string;
  readonly edition: number;
}

/** "group/date", or "group/date/edition": what a button of a post says of it. */
export const postId = ({ group, date, edition }: PostId): string => `${group}/${date}${edition === 1 ? "" : `/${edition}`}`;

export function parsePostId(id: string): PostId | undefined {
  const match = /^([a-z0-9]+)\/(\d{4}-\d{2}-\d{2})(?:\/([2-9]|[1-9]\d))?$/.exec(id);
  return match ? { group: match[1] as string, date: match[2] as string, edition: Number(match[3] ?? 1) } : undefined;
}

const numbered = (items: readonly string[]): string => items.map((item, at) => `**${at + 1}.** ${item}`).join("\n");

/** What there is to choose from or to put in order. */
function given(drill: Drill): readonly Block[] {
  if (drill.kind === "choice") return [{ kind: "text", markdown: numbered(drill.options) }];
  if (drill.kind === "order") return [{ kind: "text", markdown: numbered(drill.items) }];
  return [];
}

const title = (drill: Drill): string => `Daily drill · ${drill.title}`;
const proposer = (drill: Drill): string => (drill.kind === "open" && drill.by !== undefined ? ` A question of ${mention(drill.by)}.` : "");

const told = ({ kind }: Drill, reader: string | undefined): string =>
  reader === undefined || kind !== "open" ? "" : `\n\n_The language model ${literal(reader)} reads your answer, too._`;

export const answerButton = (post: string): Button => ({ label: "Answer", command: "daily answer", input: { post }, style: "primary" });

/** `reader` is the language model that reads answers in somebody's own words: members are told before they write one. */
export function drillPostView(drill: Drill, post: string, revealAt: Instant, reader?: string): View {
  return {
    title: title(drill),
    blocks: [
      { kind: "text", markdown: drill.prompt },
      ...given(drill),
      {
        kind: "text",
        markdown: `_${KIND_WORDS[drill.kind]}_ · sealed until ${moment(revealAt)}, ${moment(revealAt, "relative")}. Your first answer scores.${proposer(drill)}${told(drill, reader)}`,
      },
      { kind: "buttons", buttons: [answerButton(post), { label: "Leaderboard", command: "leaderboard", input: {} }] },
    ],
  };
}

/** The same post once answers are open. */
export function closedPostView(drill: Drill, post: string, answers: number): View {
  return {
    title: title(drill),
    blocks: [
      { kind: "text", markdown: drill.prompt },
      ...given(drill),
      { kind: "text", markdown: `Closed with ${people(answers)}. The reference answer is in the thread.` },
      {
        kind: "buttons",
        buttons: [
          { label: "Practise it", command: "daily answer", input: { post } },
          { label: "My answer", command: "daily mine", input: { post } },
        ],
      },
    ],
  };
}

/** The same post when an organizer has put another in its place. */
export const replacedPostView = (drill: Drill | undefined, answers: number): View => ({
  title: drill ? title(drill) : "Daily drill",
  blocks: [
    {
      kind: "text",
      markdown: `An organizer replaced this drill; the new one follows.${answers === 0 ? "" : ` What was answered keeps its points.`}`,
    },
  ],
});

/** The form that a drill is answered in; `previous` is the member's last answer, `reader` the language model that reads it. */
export function answerForm(drill: Drill, post: string, previous: string | undefined, reader?: string): Form {
  const form = FORMS[drill.kind](drill as never, previous);
  return { ...form, intro: `${form.intro}${told(drill, reader)}`, submit: "Answer", carry: { post } };
}

type FormOf<D> = (drill: D, previous: string | undefined) => Pick<Form, "title" | "fields"> & { readonly intro: string };

const FORMS: {
  readonly [K in Drill["kind"]]: FormOf<Extract<Drill, { kind: K }>>;
} = { open: openForm, choice: choiceForm, estimate: estimateForm, order: orderForm, draw: drawForm };

const written = (value: string | undefined) => (value === undefined ? {} : { value });

function openForm(drill: OpenDrill, previous: string | undefined) {
  const field: FormField = {
    name: "answer",
    label: "What would you say?",
    hint: "In your own words, as to an interviewer. Numbers help.",
    required: true,
    kind: "paragraph",
    maxLength: ANSWER_CHARACTERS,
    ...written(previous),
  };
  return { title: "Your answer", intro: drill.prompt, fields: [field] };
}

function estimateForm(drill: EstimateDrill, previous: string | undefined) {
  const field: FormField = {
    name: "answer",
    label: clip(`Your estimate, in ${drill.unit}`, 45),
    hint: "One number, such as 3.5M, 20k or 1.2e6. Other units are converted.",
    required: true,
    kind: "line",
    maxLength: 60,
    ...written(previous),
  };
  return { title: "Your estimate", intro: drill.prompt, fields: [field] };
}

function orderForm(drill: OrderDrill, previous: string | undefined) {
  const field: FormField = {
    name: "answer",
    label: "The numbers, first to last",
    hint: `Each once, such as ${example(drill.items.length)}`,
    required: true,
    kind: "line",
    maxLength: 60,
    ...written(previous),
  };
  return { title: "Your order", intro: `${drill.prompt}\n\n${numbered(drill.items)}`, fields: [field] };
}

function drawForm(drill: DrawDrill, previous: string | undefined) {
  const field: FormField = {
    name: "answer",
    label: "Your drawing",
    hint: "client -> gateway -> ranking, one arrow or chain a line",
    required: true,
    kind: "paragraph",
    maxLength: ANSWER_CHARACTERS,
    ...written(previous),
  };
  return { title: "Your drawing", intro: `${drill.prompt}\n\n${DRAWING_HELP}`, fields: [field] };
}

/** Slack's radio buttons take 75 characters: https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
const OPTION_CHARACTERS = 75;

/** Options that do not fit beside their buttons stand in full above them. */
function choiceForm(drill: ChoiceDrill) {
  const labels = drill.options.map((option, at) => `${at + 1}. ${option}`);
  const list = labels.some((label) => label.length > OPTION_CHARACTERS) ? `\n\n${numbered(drill.options)}` : "";
  const field: FormField = {
    name: "answer",
    label: "Which one?",
    required: true,
    kind: "choice",
    options: labels.map((label, at) => ({ label: clip(label, OPTION_CHARACTERS), value: String(at + 1) })),
  };
  return { title: "Your choice", intro: drill.prompt + list, fields: [field] };
}

/** The reference answer, posted in the thread that the reveal opens. */
export function revealView(drill: Drill, post: string, answers: number, meanCoverage: number | undefined): View {
  const turnout =
    answers === 0
      ? "Nobody answered this one in time."
      : `${people(answers)}${meanCoverage === undefined ? "" : `, ${turnoutWords(drill, answers, meanCoverage)}`}.`;
  return {
    title: `Reference answer · ${drill.title}`,
    blocks: [
      ...reference(drill),
      { kind: "text", markdown: turnout },
      {
        kind: "buttons",
        buttons: [
          { label: "My answer", command: "daily mine", input: { post }, style: "primary" },
          { label: "Recall what I missed", command: "recall", input: {} },
          { label: "Report this drill", command: "daily report", input: { post } },
        ],
      },
    ],
  };
}

const turnoutWords = ({ kind }: Drill, answers: number, mean: number): string =>
  isSealed(kind) ? `${Math.round(mean * answers)} right` : `covering ${Math.round(mean * 100)} % on average`;

/** What is right, and why. */
export function reference(drill: Drill): readonly Block[] {
  switch (drill.kind) {
    case "open":
      return [
        { kind: "text", markdown: drill.reference },
        { kind: "text", markdown: `**What earned points**\n${drill.rubric.map((point) => `- ${point.text}`).join("\n")}` },
      ];
    case "choice":
      return [
        { kind: "text", markdown: `**${drill.right + 1}. ${drill.options[drill.right] ?? ""}**` },
        { kind: "text", markdown: drill.reason },
      ];
    case "estimate":
      return [
        {
          kind: "text",
          markdown: `**${quantityInWords(drill.value, drill.unit)}**, and anything within a factor of ${drill.factor} of it.`,
        },
        { kind: "text", markdown: `${literal(drill.formula)}\n\n${drill.reason}` },
      ];
    case "order":
      return [
        { kind: "text", markdown: `**${literal(inOrder(drill.items, drill.right))}**` },
        { kind: "text", markdown: drill.reason },
      ];
    case "draw":
      return [
        diagramBlock(drill.diagram),
        { kind: "text", markdown: drill.diagram.alt },
        { kind: "quote", text: architectureText(drill.diagram) },
      ];
  }
}

export const people = (count: number): string => (count === 1 ? "1 answer" : `${count} answers`);
