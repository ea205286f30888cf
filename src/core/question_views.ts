/** What the author and the organizer of a group's own question see of it. */
import type { PointState } from "./grading.ts";
import { clip, literal, mention } from "./markup.ts";
import type { OwnQuestion, Trial } from "./own_question.ts";
import type { Block, View } from "./view.ts";

interface Shown {
  readonly id: string;
  readonly author: string;
  readonly body: OwnQuestion;
}

const MARKS: Readonly<Record<PointState, string>> = { covered: "✓", mentioned: "half", unsure: "?", missed: "–" };

/** For each point what the reference and the examples earn, in their order. */
function trialBlocks({ points }: OwnQuestion, [reference, ...examples]: readonly Trial[]): readonly Block[] {
  const lines = points.map(({ text, groups }, at) => {
    const state = reference?.states[at] ?? "missed";
    const mend =
      state === "covered"
        ? ""
        : groups.length === 0
          ? " Give words behind a bar, so that it can be told."
          : " The reference should earn it: add its words.";
    const tried = examples.map((one, nth) => `${nth + 1} ${MARKS[one.states[at] ?? "missed"]}`).join(", ");
    return `- ${MARKS[state]} ${literal(text)}${tried === "" ? "" : ` · examples: ${tried}`}${mend}`;
  });
  return [
    { kind: "text", markdown: `**What the reference earns**\n${lines.join("\n")}` },
    ...(examples.length === 0
      ? []
      : [{ kind: "quote", text: clip(examples.map(({ text }, at) => `${at + 1}. ${text}`).join("\n"), 700) } as const]),
  ];
}

export const proposedView = ({ id, body }: Shown, trials: readonly Trial[]): View => ({
  title: "Proposed: an organizer decides",
  tone: "good",
  blocks: [
    { kind: "quote", text: clip(body.prompt, 300) },
    ...trialBlocks(body, trials),
    { kind: "text", markdown: "✓ covered, ? unsure, – missed. Not as you meant it? Take it back and propose it anew." },
    { kind: "buttons", buttons: [{ label: "Take it back", command: "daily withdraw", input: { question: id } }] },
  ],
});

export const proposalView = ({ id, author, body }: Shown, trials: readonly Trial[], more: number): View => ({
  title: "A proposed question",
  blocks: [
    { kind: "text", markdown: `By ${mention(author)}, for the step _${body.step}_.${more > 0 ? ` ${more} more wait behind it.` : ""}` },
    { kind: "quote", text: clip(body.prompt, 600) },
    { kind: "text", markdown: "**Reference**" },
    { kind: "quote", text: clip(body.reference, 900) },
    ...trialBlocks(body, trials),
    {
      kind: "buttons",
      buttons: [
        { label: "Approve", command: "daily decide", input: { question: id, approve: true }, style: "primary" },
        { label: "Decline", command: "daily decide", input: { question: id, approve: false }, style: "danger" },
      ],
    },
  ],
});

/** What is in the mix, when nothing waits; the newest five can be taken out. */
export function approvedView(approved: readonly Shown[]): View {
  const newest = approved.slice(-5);
  return {
    title: "Nothing waits",
    tone: "good",
    blocks: [
      {
        kind: "text",
        markdown: `${approved.length} of the group's own questions are in the mix. Anybody proposes one with \`/daily propose\`.${newest.map(({ body }, at) => `\n- **${at + 1}** ${literal(clip(body.prompt, 120))}`).join("")}`,
      },
      ...(newest.length === 0
        ? []
        : [
            {
              kind: "buttons",
              buttons: newest.map(({ id }, at) => ({ label: `Take ${at + 1} out`, command: "daily retire", input: { question: id } })),
            } as const,
          ]),
    ],
  };
}
