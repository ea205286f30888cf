/**
 * A finished round to take along: transcript, times, scores and missed points, as data and as Markdown.
 * Nobody is named: people are their seats. The shape is documented in docs/mock-export.md; what is
 * there keeps its name and meaning within a `version`.
 */
import { STEPS, type Step } from "./content.ts";
import { coverage, type PointState } from "./grading.ts";
import { contentOf, type RoundMaterial, stepTitle } from "./interview_material.ts";
import { BOT, type Mode } from "./interview_modes.ts";
import { readSteps } from "./interview_reading.ts";
import { botInterviews, type Interview, type Pace, takesTurns } from "./interview_state.ts";
import { printable } from "./markup.ts";
import type { Instant } from "./place.ts";
import { roundMedian, stepMedian } from "./points.ts";
import { essentialsOf } from "./scorecard.ts";

export const TRANSCRIPT_VERSION = 1;

export interface Transcript {
  readonly version: typeof TRANSCRIPT_VERSION;
  readonly case: string;
  readonly title: string;
  readonly prompt: string;
  readonly mode: Mode;
  readonly pace: Pace;
  /** "finished", or how else it ended. */
  readonly ended: string;
  /** Which of the pseudonyms is the reader. */
  readonly you: string;
  /** Median level of all steps, 1 to 4. */
  readonly level: number | null;
  readonly essentials: readonly { readonly name: string; readonly settled: boolean }[];
  readonly steps: readonly TranscriptStep[];
}

export interface TranscriptStep {
  readonly step: Step;
  readonly title: string;
  /** UTC, ISO 8601. */
  readonly opened: string | null;
  readonly closed: string | null;
  readonly said: readonly Said[];
  readonly level: number | null;
  readonly scores: readonly {
    readonly by: string;
    readonly level: number;
    readonly worked: string | null;
    readonly change: string | null;
  }[];
  /** Share of the rubric's weight, 0 to 1, to two decimals. */
  readonly coverage: number;
  /** Points of the rubric that were not covered. */
  readonly missed: readonly { readonly point: string; readonly text: string; readonly state: Exclude<PointState, "covered"> }[];
}

export interface Said {
  readonly kind: "answer" | "late answer" | "question" | "probe" | "curveball";
  readonly by: string;
  readonly at: string;
  readonly text: string;
}

/** `iso` writes an instant in UTC: the core has no calendar. */
export function transcriptOf(round: Interview, material: RoundMaterial, reader: string, iso: (at: Instant) => string): Transcript {
  const names = pseudonyms(round);
  const name = (id: string) => names.get(id) ?? "Somebody";
  const words = (text: string) => withoutMentions(text, name);
  const graded = readSteps(round, material);
  const { phase } = round;
  // Blind scores are shown when all are: of a round that was stopped they never were.
  const scores = phase.name === "ended" && phase.how === "finished" ? round.scores : [];
  return {
    version: TRANSCRIPT_VERSION,
    case: round.case,
    title: material.case.title,
    prompt: material.case.prompt,
    mode: round.mode,
    pace: round.pace,
    ended: phase.name === "ended" ? phase.how : phase.name,
    you: name(reader),
    level: roundMedian({ ...round, scores }) ?? null,
    essentials: essentialsOf(graded, material),
    steps: STEPS.map((step, at) => {
      const record = round.steps[at];
      const rubric = contentOf(material, at).rubric;
      const grades = graded[at] ?? [];
      return {
        step,
        title: stepTitle(material, at),
        opened: record?.openedAt === undefined ? null : iso(record.openedAt),
        closed: record?.closedAt === undefined ? null : iso(record.closedAt),
        said: saidIn(round, at).map(({ by, at, text, ...rest }) => ({ ...rest, by: name(by), at: iso(at), text: words(text) })),
        level: stepMedian({ ...round, scores }, at) ?? null,
        scores: scores
          .filter((score) => score.step === at)
          .map(({ by, level, worked, change }) => ({
            by: name(by),
            level,
            worked: worked === undefined ? null : words(worked),
            change: change === undefined ? null : words(change),
          }))
          .sort((a, b) => (a.by < b.by ? -1 : 1)),
        coverage: Math.round(100 * coverage(rubric, grades)) / 100,
        missed: rubric.flatMap(({ id, text }) => {
          const state = grades.find((grade) => grade.id === id)?.state ?? "missed";
          return state === "covered" ? [] : [{ point: id, text, state }];
        }),
      };
    }),
  };
}

/** Everything that was said in a step, in the order of time. */
function saidIn(round: Interview, step: number): readonly { kind: Said["kind"]; by: string; at: Instant; text: string }[] {
  const { answers = [], asks = [] } = round.steps[step] ?? {};
  return [
    ...answers.map(({ by, at, text, late }) => ({ kind: late ? "late answer" : "answer", by, at, text }) as const),
    ...asks.map(({ by, at, text, probe }) => ({ kind: probe === undefined ? "question" : "probe", by, at, text }) as const),
    ...round.curveballs
      .filter((thrown) => thrown.step === step)
      .map(({ by, at, change }) => ({ kind: "curveball", by, at, text: change }) as const),
  ].sort((a, b) => a.at - b.at);
}

/** "Candidate" (in turns "Candidate 1", "Candidate 2", in the order of their answers), "Interviewer 1", "Scorer A"; who gave up a seat before is told apart by a number. */
export function pseudonyms(round: Interview): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const give = (ids: readonly (string | undefined)[], name: (nth: number) => string) => {
    let nth = 0;
    for (const id of ids) if (id !== undefined && !names.has(id)) names.set(id, name(nth++));
  };
  const answerers = round.steps.flatMap(({ answers }) => answers.map(({ by }) => by));
  const askers = [...round.steps.flatMap(({ asks }) => asks), ...round.curveballs].map(({ by }) => by);
  if (botInterviews(round)) give([BOT], () => "The bot");
  if (takesTurns(round)) give([...answerers, round.candidate, ...round.line], (nth) => `Candidate ${nth + 1}`);
  else give([round.candidate], () => "Candidate");
  give(round.interviewers, (nth) => `Interviewer ${nth + 1}`);
  give(round.scorers, (nth) => `Scorer ${letter(nth)}`);
  give(answerers, (nth) => `Earlier candidate ${nth + 1}`);
  give(askers, (nth) => `Earlier interviewer ${nth + 1}`);
  give(
    round.scores.map(({ by }) => by),
    (nth) => `Earlier scorer ${letter(nth)}`,
  );
  return names;
}

/** A, B, …, Z, A2, B2, … */
const letter = (nth: number): string => `${String.fromCharCode(65 + (nth % 26))}${nth < 26 ? "" : Math.floor(nth / 26) + 1}`;

/** Mentions as the platforms write them in text, and in ours: an id names a person, too. */
const MENTION = /<@[!&]?([^\s<>|]+)(?:\|[^<>]*)?>|\{member:([^{}\s]+)\}/g;

const withoutMentions = (text: string, name: (id: string) => string): string =>
  printable(text).replace(MENTION, (_, theirs: string | undefined, ours: string | undefined) => `@${name(theirs ?? ours ?? "")}`);

export const asJson = (transcript: Transcript): string => JSON.stringify(transcript, undefined, 1);

/** For a notebook: headings, what was said as quotes, scores and missed points as lists. */
export function asMarkdown({ version, title, prompt, mode, pace, ended, you, level, essentials, steps }: Transcript): string {
  const missing = essentials.filter(({ settled }) => !settled).map(({ name }) => name);
  return [
    `# Mock round: ${title}`,
    `“${prompt}”`,
    `${mode}, ${pace}, ${ended}. Median level: ${level ?? "not scored"}. You: ${you}. Missing: ${missing.join(", ") || "nothing essential"}.`,
    ...steps.flatMap(stepMarkdown),
    `_Export version ${version}_`,
  ].join("\n\n");
}

function stepMarkdown({ title, opened, closed, said, level, scores, coverage, missed }: TranscriptStep, at: number): readonly string[] {
  const scored = scores.map(
    ({ by, level, worked, change }) =>
      `- ${by}: ${level}${worked === null ? "" : `. Worked: ${oneLine(inert(worked))}`}${change === null ? "" : `. Change: ${oneLine(inert(change))}`}`,
  );
  const open = missed.map(({ text, state }) => `- ${text}${state === "missed" ? "" : ` (${state})`}`);
  return [
    `## ${at + 1}. ${title}`,
    `${opened ?? "not opened"} to ${closed ?? "not closed"}. Level ${level ?? "not scored"}, rubric ${Math.round(100 * coverage)} %.`,
    ...said.map(({ kind, by, at, text }) => `**${by}** (${kind}, ${at})\n\n${inert(text).replace(/^/gm, "> ")}`),
    ...(scored.length > 0 ? [`Scores\n\n${scored.join("\n")}`] : []),
    ...(open.length > 0 ? [`Missed\n\n${open.join("\n")}`] : []),
  ];
}

/** Somebody else's words in one's own notebook: no link under another name, no picture that is fetched, no HTML. */
const inert = (text: string): string => text.replace(/[\\<[]/g, "\\$&");

const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();
