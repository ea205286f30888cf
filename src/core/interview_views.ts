/** The words of a mock round: lobby, prompts, private brief, score form, result. */
import { type Case, type Framework, STEPS, type Vocabulary } from "./content.ts";
import {
  closedSteps,
  type Ending,
  hasScoredAll,
  type Interview,
  LEVELS,
  LOBBY_MINUTES,
  SCORING_MINUTES,
  scorersOf,
  stepAt,
  turnOf,
} from "./interview_state.ts";
import { bold, clip, mention, moment } from "./markup.ts";
import type { Block, Button, Form, View } from "./view.ts";

/** What a round is played with. */
export interface RoundMaterial {
  readonly case: Case;
  readonly framework: Framework;
  readonly vocabulary: Vocabulary;
}

export const stepTitle = (material: RoundMaterial, step: number): string => material.framework.steps[step]?.title ?? `Step ${step + 1}`;
/** A member, or that the seat is free. */
export const who = (id: string | undefined): string => (id === undefined ? "_free_" : mention(id));
export const present = (ids: readonly (string | undefined)[]): readonly string[] => ids.filter((id) => id !== undefined);

function seats(round: Interview): Block {
  const scorers = round.scorers.length > 0 ? round.scorers.map(mention).join(", ") : "_nobody yet_";
  return {
    kind: "facts",
    facts: [
      { name: "Candidate", value: who(round.candidate) },
      { name: "Interviewer", value: who(round.interviewer) },
      { name: "Scorers", value: scorers },
    ],
  };
}

export function lobbyView(round: Interview, material: RoundMaterial): View {
  const input = { round: round.id };
  const title = `Mock round · ${material.case.title}`;
  const minutes = round.minutes.reduce((sum, step) => sum + step, 0);
  const prompt: Block = { kind: "text", markdown: `“${material.case.prompt}”` };
  if (round.phase.name === "ended")
    return { title, blocks: [prompt, seats(round), { kind: "text", markdown: endingWords(round.phase.how) }] };
  if (round.phase.name !== "lobby")
    return {
      title,
      blocks: [
        prompt,
        seats(round),
        { kind: "text", markdown: "Running in the thread. Whoever watches can take a scorer's seat until the first step closes." },
        { kind: "buttons", buttons: [{ label: "Become a scorer", command: "mock take", input: { ...input, seat: "scorer" } }] },
      ],
    };
  return {
    title,
    blocks: [
      prompt,
      {
        kind: "text",
        markdown: `${minutes} minutes over seven steps, in the thread. Take a seat; the lobby closes ${moment(round.phase.until, "relative")}.`,
      },
      seats(round),
      {
        kind: "buttons",
        buttons: [
          { label: "Candidate", command: "mock take", input: { ...input, seat: "candidate" } },
          { label: "Interviewer", command: "mock take", input: { ...input, seat: "interviewer" } },
          { label: "Scorer", command: "mock take", input: { ...input, seat: "scorer" } },
          { label: "Leave", command: "mock leave", input },
          { label: "Begin", command: "mock begin", input, style: "primary" },
        ],
      },
    ],
  };
}

const scoreButton = (round: Interview, step: number): Button => ({
  label: `Score step ${step + 1}`,
  command: "mock score",
  input: { round: round.id, step: step + 1 },
});

export function promptView(round: Interview, step: number, material: RoundMaterial): View {
  const input = { round: round.id };
  const revision = turnOf(round);
  const goal = material.framework.steps[step]?.goal ?? "";
  const opening = step === 0 ? `${who(round.candidate)}, your interviewer asks: “${material.case.prompt}”\n\n` : "";
  const closed = step === 0 ? "" : `\n\nStep ${step} is closed: the interviewer and scorers can score it now.`;
  const buttons: Button[] = [
    { label: "Answer", command: "mock answer", input, style: "primary", revision },
    { label: "Next step", command: "mock next", input, revision },
    { label: "Show my brief", command: "mock brief", input },
    ...(step > 0 ? [scoreButton(round, step - 1)] : []),
  ];
  return {
    title: `Step ${step + 1} of ${STEPS.length} · ${stepTitle(material, step)}`,
    notify: present([round.candidate]),
    blocks: [
      { kind: "text", markdown: opening + goal },
      {
        kind: "text",
        markdown: `**${round.minutes[step]} minutes** for ${who(round.candidate)}, from now. ${who(round.interviewer)} probes, and moves on when it is enough.${closed}`,
      },
      { kind: "buttons", buttons },
    ],
  };
}

export function stepAnswerForm(round: Interview, material: RoundMaterial, revision: number | undefined): Form {
  const step = Math.max(stepAt(round, revision), 0);
  return {
    title: `Step ${step + 1}: ${stepTitle(material, step)}`,
    intro: material.framework.steps[step]?.goal ?? "",
    submit: "Say it",
    fields: [
      {
        name: "text",
        label: "Your answer",
        hint: "Everybody in the thread sees it. You can add more while the step is open.",
        required: true,
        kind: "paragraph",
        maxLength: 2_000,
      },
    ],
  };
}

export function answerView(round: Interview, step: number, nth: number, material: RoundMaterial): View {
  const text = round.steps[step]?.answers[nth - 1]?.text ?? "";
  return {
    title: `${nth > 1 ? "Addition" : "Answer"} · ${stepTitle(material, step)}`,
    blocks: [{ kind: "quote", text, ...(round.candidate === undefined ? {} : { by: round.candidate }) }],
  };
}

/** For the interviewer's eyes: what to probe and what a strong answer has. */
export function briefView(step: number, material: RoundMaterial): View {
  const content = material.case.steps[STEPS[step] ?? "requirements"];
  const strong = content.rubric.map((point) => `- ${point.text}`).join("\n");
  const probes = content.probes.map((probe) => `- ${bold(probe.ask)} ${probe.strong}`).join("\n");
  const flags = content.pitfalls.map((pitfall) => `- ${pitfall}`).join("\n");
  const blocks: Block[] = [
    { kind: "text", markdown: `**A strong answer**\n${clip(strong, 1_200)}` },
    { kind: "text", markdown: `**Probes**\n${clip(probes, 1_300)}` },
    { kind: "text", markdown: `**Red flags**\n${clip(flags, 600)}` },
  ];
  return { title: `Your brief · step ${step + 1}, ${stepTitle(material, step)}`, blocks };
}

/** For whoever asked to score without a button, which would have said which step. */
export function anyStepForm(round: Interview): Form {
  const closed = STEPS.slice(0, closedSteps(round)).map((_, at) => ({ label: `Step ${at + 1}`, value: String(at + 1) }));
  return {
    title: "Score a step",
    intro: "Nobody sees it before the end. The buttons in the thread show what each level means.",
    submit: "Score",
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
  const comment = (name: "worked" | "change", label: string) =>
    ({ name, label, required: false, kind: "paragraph", maxLength: 500, ...(given?.[name] ? { value: given[name] } : {}) }) as const;
  return {
    title: `Score step ${step + 1}`,
    intro: `${bold(stepTitle(material, step))}: choose the highest level whose whole text is true. Nobody sees it before the end.`,
    submit: "Score",
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
        markdown: `${waiting.map(mention).join(", ")}: score what is still open. All scores are shown at once when the last one is in, or in ${SCORING_MINUTES} minutes.`,
      },
      { kind: "buttons", buttons: STEPS.slice(0, 4).map((_, step) => scoreButton(round, step)) },
      { kind: "buttons", buttons: STEPS.slice(4).map((_, step) => scoreButton(round, step + 4)) },
    ],
  };
}

/** What scorers see after a score: which steps wait for them. */
export function scoredView(round: Interview, by: string, step: number): View {
  const open = STEPS.map((_, at) => at).filter(
    (at) => at < closedSteps(round) && !round.scores.some((score) => score.by === by && score.step === at),
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

export const overView = (how: Exclude<Ending, "finished">, material: RoundMaterial): View => ({
  title: `Mock round over · ${material.case.title}`,
  tone: "warn",
  blocks: [{ kind: "text", markdown: endingWords(how) }],
});

function endingWords(how: Ending): string {
  if (how === "finished") return "Finished. The scorecard is in the thread.";
  if (how === "cancelled") return "Cancelled. What was answered is kept; nobody earns or loses points.";
  if (how === "expired")
    return `The lobby closed by itself: nobody began within ${LOBBY_MINUTES} minutes. Start again with \`/mock start\`.`;
  return "A message could not be delivered, so the round stopped. What was answered is kept; its host was told the reason.";
}
