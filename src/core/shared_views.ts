/** What stands in the thread of a revealed drill beside the reference: shared answers and disputed points. */
import type { Drill } from "./drill.ts";
import { clip, literal, mention } from "./markup.ts";
import type { View } from "./view.ts";

/** How many peers must agree with a dispute, or disagree, to decide it; an organizer decides alone. */
export const PEERS = 2;

const SHOWN_CHARACTERS = 2_500;

export const sharedAnswerView = (
  drill: Drill,
  post: string,
  answer: { readonly member: string; readonly text: string; readonly coverage: number },
): View => ({
  title: "An answer from the group",
  blocks: [
    { kind: "quote", text: clip(answer.text, SHOWN_CHARACTERS), by: answer.member },
    { kind: "text", markdown: `${mention(answer.member)} covered ${Math.round(answer.coverage * 100)} % of _${literal(drill.title)}_.` },
    { kind: "buttons", buttons: [{ label: "Remove", command: "daily remove", input: { post, member: answer.member } }] },
  ],
});

export const withdrawnAnswerView = (member: string, by: string): View => ({
  title: "An answer was taken out",
  blocks: [{ kind: "text", markdown: member === by ? "Its author took it back." : "An organizer removed it." }],
});

export interface DisputeWords {
  readonly id: string;
  readonly member: string;
  /** Markdown: the rubric point. */
  readonly point: string;
  readonly words: string;
  readonly answer: string;
}

export const disputeView = ({ id, member, point, words, answer }: DisputeWords): View => ({
  title: "Does this answer say it?",
  blocks: [
    { kind: "text", markdown: `${mention(member)} thinks that this point was earned:\n- ${point}` },
    { kind: "quote", text: clip(words, 500), by: member },
    { kind: "text", markdown: "From the whole answer:" },
    { kind: "quote", text: clip(answer, 1_500) },
    { kind: "text", markdown: `${PEERS} of you decide, or one organizer.` },
    {
      kind: "buttons",
      buttons: [
        { label: "It says it", command: "daily vote", input: { dispute: id, agrees: true }, style: "primary" },
        { label: "It does not", command: "daily vote", input: { dispute: id, agrees: false } },
      ],
    },
  ],
});

export const decidedView = ({ member, point, words }: DisputeWords, confirmed: boolean, points: number): View => ({
  title: confirmed ? "The group says: earned" : "The group says: not earned",
  tone: confirmed ? "good" : "plain",
  blocks: [
    { kind: "text", markdown: `${mention(member)}, for this point:\n- ${point}` },
    { kind: "quote", text: clip(words, 500), by: member },
    {
      kind: "text",
      markdown: confirmed
        ? `The grade is changed${points > 0 ? `, for ${points} more ${points === 1 ? "point" : "points"}` : ""}, and the words are kept for the author of the rubric.`
        : "The grade stays.",
    },
  ],
});
