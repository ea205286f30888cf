/** The words of an open step: its prompt, answers, questions, curveball, warning, and the private brief. */
import { STEPS } from "./content.ts";
import { remarkOn } from "./interview_bot.ts";
import { openingQuestion, remarkWords } from "./interview_bot_views.ts";
import { contentOf, curveballOf, interviewers, present, type RoundMaterial, span, stepTitle, who } from "./interview_material.ts";
import { BOT, MODE_RULES } from "./interview_modes.ts";
import type { SayOf } from "./interview_move.ts";
import { scoreButton } from "./interview_score_views.ts";
import {
  botInterviews,
  EXTENSION_MINUTES,
  type Interview,
  MAX_CURVEBALLS,
  noShowMs,
  scorersOf,
  stepAt,
  stepMs,
  takesTurns,
  turnOf,
  WARNING_MINUTES,
} from "./interview_state.ts";
import { writingWords } from "./interview_talk.ts";
import { bold, clip, mention, moment } from "./markup.ts";
import type { Block, Button, Form, View } from "./view.ts";

export const answerButton = (round: Interview): Button => ({
  label: "Answer",
  command: "mock answer",
  input: { round: round.id },
  style: "primary",
  revision: turnOf(round),
});

const nextButton = (round: Interview): Button => ({
  label: "Next step",
  command: "mock next",
  input: { round: round.id },
  revision: turnOf(round),
});

export const briefButton = (round: Interview): Button => ({ label: "Show my brief", command: "mock brief", input: { round: round.id } });

/** At most five stand in a row: the first is for all, the second for the interviewer, if that is a person. */
function stepButtons(round: Interview, step: number): readonly Block[] {
  const input = { round: round.id };
  const revision = turnOf(round);
  const more: readonly Button[] =
    round.pace === "live" ? [{ label: `${EXTENSION_MINUTES} more minutes`, command: "mock extend", input, revision }] : [];
  const first: Button[] = [
    answerButton(round),
    nextButton(round),
    ...(botInterviews(round) ? more : [briefButton(round)]),
    ...(step > 0 && scorersOf(round).length > 0 ? [scoreButton(round, step - 1)] : []),
  ];
  if (botInterviews(round)) return [{ kind: "buttons", buttons: first }];
  const second: Button[] = [
    { label: "Ask", command: "mock ask", input, revision },
    ...(round.curveballs.length < MAX_CURVEBALLS ? [{ label: "Curveball", command: "mock curveball", input, revision }] : []),
    ...more,
  ];
  return [
    { kind: "buttons", buttons: first },
    { kind: "buttons", buttons: second },
  ];
}

export function promptView(round: Interview, { step, prompt, lost, heard }: SayOf<"prompt">, material: RoundMaterial): View {
  const remark = heard ? `${remarkWords(remarkOn(round, step - 1, material), "next", step)}\n\n` : "";
  const passed = lost === undefined ? "" : `${mention(lost)} is out of the line. `;
  const again = prompt > 1 ? `${passed}${who(round.candidate)} goes on from here, with the whole time. ` : "";
  const asks = botInterviews(round) ? "" : ", your interviewer asks";
  const opening = step === 0 || prompt > 1 ? `${who(round.candidate)}${asks}: “${material.case.prompt}”\n\n` : "";
  const question = asksItself(round) ? bold(openingQuestion(step)) : (material.framework.steps[step]?.goal ?? "");
  const closed =
    step === 0 || scorersOf(round).length === 0
      ? ""
      : `\n\nStep ${step} is closed: ${takesTurns(round) ? "the others" : "who watches"} can score it now.`;
  return {
    title: `Step ${step + 1} of ${STEPS.length} · ${stepTitle(material, step)}`,
    notify: present([round.candidate]),
    blocks: [
      { kind: "text", markdown: remark + again + opening + question },
      {
        kind: "text",
        markdown: `**${span(stepMs(round, step))}** for ${who(round.candidate)}, from now. ${courseOf(round)}${closed}`,
      },
      ...(step === 0 && prompt === 1 ? [{ kind: "text", markdown: writingWords(round) } as const] : []),
      ...stepButtons(round, step),
    ],
  };
}

/** Whether the bot leads the talk, and not only through the steps. */
const asksItself = (round: Interview): boolean => MODE_RULES[round.mode].followUps > 0;

/** How the step goes on, and what silence comes to. */
function courseOf(round: Interview): string {
  const silence = span(noShowMs(round));
  if (asksItself(round)) return "Press **Next step** when you have said what you want to say.";
  if (!takesTurns(round))
    return `${interviewers(round)} probes, and moves on when it is enough. Who is silent for ${silence} on turn frees the seat.`;
  const line = round.line.length === 0 ? "" : ` After you: ${round.line.map(mention).join(", ")}.`;
  return `Press **Next step** when you are done.${line} Who says nothing in their step, or for ${silence}, is skipped.`;
}

export function stepAnswerForm(round: Interview, material: RoundMaterial, revision: number | undefined): Form {
  const step = Math.max(stepAt(round, revision), 0);
  return {
    title: `Step ${step + 1}: ${stepTitle(material, step)}`,
    intro: material.framework.steps[step]?.goal ?? "",
    submit: "Say it",
    carry: { round: round.id },
    revision: revision ?? turnOf(round),
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
  const { answers = [], asks = [] } = round.steps[step] ?? {};
  const answer = answers[nth - 1];
  return {
    title: `${nth > 1 && asks.length === 0 ? "Addition" : "Answer"} · ${stepTitle(material, step)}`,
    blocks: [{ kind: "quote", text: answer?.text ?? "", ...(answer === undefined ? {} : { by: answer.by }) }],
  };
}

/** What a chosen probe is called in the form when there is none: the interviewer's own words. */
export const OWN_WORDS = "own";
/** Slack's radio buttons take 75 characters, so the probes stand in full above them. */
const OPTION_CHARACTERS = 75;
export const ASK_CHARACTERS = 500;

/** Probes of the open step that were not asked yet, or own words. */
export function askForm(round: Interview, material: RoundMaterial): Form {
  const step = Math.max(stepAt(round, undefined), 0);
  const asked = new Set(round.steps[step]?.asks.map(({ probe }) => probe));
  const left = contentOf(material, step)
    .probes.map(({ ask }, at) => ({ ask, at }))
    .filter(({ at }) => !asked.has(at));
  return {
    title: `Ask in step ${step + 1}`,
    intro: `Everybody in the thread sees it.\n\n${left.map(({ ask, at }) => `**${at + 1}.** ${ask}`).join("\n")}`,
    submit: "Ask",
    carry: { round: round.id },
    revision: turnOf(round),
    fields: [
      {
        name: "question",
        label: "What do you ask?",
        required: true,
        kind: "choice",
        options: [
          ...left.map(({ ask, at }) => ({ label: clip(`${at + 1}. ${ask}`, OPTION_CHARACTERS), value: String(at + 1) })),
          { label: "My own words, below", value: OWN_WORDS },
        ],
        ...(left.length === 0 ? { value: OWN_WORDS } : {}),
      },
      {
        name: "words",
        label: "Your own words",
        required: false,
        kind: "paragraph",
        maxLength: ASK_CHARACTERS,
      },
    ],
  };
}

export function askView(round: Interview, step: number, nth: number, material: RoundMaterial): View {
  const ask = round.steps[step]?.asks[nth - 1];
  if (ask?.by === BOT)
    return {
      title: `Question · ${stepTitle(material, step)}`,
      notify: present([round.candidate]),
      blocks: [
        { kind: "text", markdown: `${remarkWords(remarkOn(round, step, material), "ask", step + nth)}\n\n${bold(ask.text)}` },
        {
          kind: "buttons",
          buttons: [answerButton(round), nextButton(round)],
        },
      ],
    };
  return {
    title: `Question · ${stepTitle(material, step)}`,
    notify: present([round.candidate]),
    blocks: [
      { kind: "quote", text: ask?.text ?? "", ...(ask === undefined ? {} : { by: ask.by }) },
      { kind: "buttons", buttons: [answerButton(round)] },
    ],
  };
}

export function curveballView(round: Interview, nth: number, material: RoundMaterial): View {
  const thrown = round.curveballs[nth - 1];
  const remark = asksItself(round) && thrown ? `${remarkWords(remarkOn(round, thrown.step, material), "curveball", nth)}\n\n` : "";
  return {
    title: "Curveball!",
    notify: present([round.candidate]),
    blocks: [
      { kind: "text", markdown: remark + bold(thrown?.change ?? "") },
      {
        kind: "text",
        markdown: `${who(round.candidate)}: what changes in your design, and what stays?${scorersOf(round).length === 0 ? "" : ` Adapting is part of the score of step ${(thrown?.step ?? 0) + 1}.`}`,
      },
      { kind: "buttons", buttons: [answerButton(round)] },
    ],
  };
}

export const warningView = (round: Interview, step: number): View => ({
  title: `${WARNING_MINUTES} minutes left · step ${step + 1}`,
  notify: present([round.candidate]),
  blocks: [
    {
      kind: "text",
      markdown: `${who(round.candidate)}, say what matters most.${round.steps[step]?.extended ? "" : ` You ${botInterviews(round) ? "" : "or your interviewer "}can take ${EXTENSION_MINUTES} minutes more, once.`}`,
    },
    {
      kind: "buttons",
      buttons: [
        answerButton(round),
        ...(round.steps[step]?.extended
          ? []
          : [
              {
                label: `${EXTENSION_MINUTES} more minutes`,
                command: "mock extend",
                input: { round: round.id },
                revision: turnOf(round),
              },
            ]),
      ],
    },
  ],
});

export function extendedView({ phase }: Interview, by: string): View {
  const until =
    phase.name === "step" && phase.until !== undefined
      ? ` It ends ${moment(phase.until, "time")}, ${moment(phase.until, "relative")}.`
      : "";
  return {
    title: `${EXTENSION_MINUTES} minutes more`,
    blocks: [{ kind: "text", markdown: `${mention(by)} asked for them; that was the step's one extension.${until}` }],
  };
}

/** Private, to the interviewer who threw it: what a good candidate now does. */
export function thrownBlocks(step: number, round: Interview, material: RoundMaterial): readonly Block[] {
  const thrown = round.curveballs.find((one) => one.step === step);
  const known = thrown && curveballOf(thrown.id, material);
  if (!known) return [];
  return [{ kind: "text", markdown: `**Curveball: adapting is scored**\nShould change: ${known.adapt}\nShould stay: ${known.keep}` }];
}

/** For the interviewer's eyes: what to probe and what a strong answer has. */
export function briefView(round: Interview, step: number, material: RoundMaterial): View {
  const content = contentOf(material, step);
  const asked = new Set(round.steps[step]?.asks.map(({ probe }) => probe));
  const strong = content.rubric.map((point) => `- ${point.text}`).join("\n");
  const probes = content.probes
    .map((probe, at) => (asked.has(at) ? `- ✓ ${bold(probe.ask)}` : `- ${bold(probe.ask)} ${probe.strong}`))
    .join("\n");
  const flags = content.pitfalls.map((pitfall) => `- ${pitfall}`).join("\n");
  const blocks: Block[] = [
    ...thrownBlocks(step, round, material),
    { kind: "text", markdown: `**A strong answer**\n${clip(strong, 1_000)}` },
    { kind: "text", markdown: `**Probes**\n${clip(probes, 1_200)}` },
    { kind: "text", markdown: `**Red flags**\n${clip(flags, 500)}` },
  ];
  return { title: `Your brief · step ${step + 1}, ${stepTitle(material, step)}`, blocks };
}
