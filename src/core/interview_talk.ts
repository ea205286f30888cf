/**
 * What words written in a round's thread are. While a step is open, the candidate's are answers to
 * it and the interviewer's are questions; whoever else writes is asked to wait. In the lobby, between
 * two steps and after the last one a thread is for everybody, and nothing in it is anybody's turn.
 */
import { type RoundMaterial, stepTitle } from "./interview_material.ts";
import { hasAnswered, type Interview, seatOf, turnOf } from "./interview_state.ts";
import { mention } from "./markup.ts";
import type { Instant } from "./place.ts";
import { done, type View } from "./view.ts";

const called = ({ place }: Interview): string => (place.platform === "discord" ? ", calling me by @" : "");

/** Said before anybody takes a seat: how one may write, and what is kept of it. */
export const writingWords = (round: Interview): string =>
  `_One answers with the button or by writing in the thread${called(round)}. Of what is written there I keep the candidate's and interviewer's words while a step is open, and nothing else._`;

/** As much as a form takes. */
export const TALK_CHARACTERS = 2_000;

export type Part = { readonly part: "speaker" | "listener"; readonly turn: number };

/** What somebody who wrote at that instant is to the round; undefined when their words are not its business. */
export function partIn(round: Interview, who: string, writtenAt: Instant): Part | undefined {
  const turn = turnWhen(round, writtenAt);
  if (turn === undefined) return undefined;
  const late = turn !== turnOf(round);
  // In turns somebody else may be on turn by now.
  if (who === round.candidate || (late && hasAnswered(round, who, turn - 1))) return { part: "speaker", turn };
  // A question or a comment that comes after its step closed is too late to matter.
  if (round.phase.name !== "step" || late) return undefined;
  return { part: seatOf(round, who) === "interviewer" ? "speaker" : "listener", turn };
}

/**
 * The turn of the step whose prompt was in the thread at that instant: a message may arrive long
 * after it was written, and the words that end a step often follow its closing by a second.
 */
function turnWhen({ phase, steps }: Interview, at: Instant): number | undefined {
  if (phase.name === "lobby" || phase.name === "ended") return undefined;
  const step = steps.findLastIndex(({ openedAt }) => openedAt !== undefined && openedAt <= at);
  const closedAt = steps[step]?.closedAt;
  const afterTheLast = phase.name === "scoring" && closedAt !== undefined && closedAt <= at;
  return step < 0 || afterTheLast ? undefined : step + 1;
}

export const saidView = (step: number, material: RoundMaterial): View => ({
  ...done("Said", `It is part of your answer to step ${step + 1}, ${stepTitle(material, step)}.`),
  mark: "said",
});

export const askedView = (): View => ({ ...done("Asked", "The candidate has it, and it is kept as your question."), mark: "asked" });

export const LATE: View = {
  title: "The step had closed",
  tone: "warn",
  blocks: [{ kind: "text", markdown: "Your words are kept as practice; they are not scored." }],
};

export const WORDLESS: View = {
  title: "There are no words in it",
  tone: "warn",
  blocks: [{ kind: "text", markdown: "A picture or a file cannot be read or scored. Say in words what it shows." }],
};

export const longView = (characters: number): View => ({
  title: "That is too long to be an answer",
  tone: "warn",
  blocks: [
    {
      kind: "text",
      markdown: `It has ${characters} characters, and ${TALK_CHARACTERS} are taken at a time. Nothing of it was kept: copy it from above and send it in parts.`,
    },
  ],
});

/** For whoever writes while somebody else is on turn; said once a step. */
export function hushView(round: Interview, who: string): View {
  const candidate = round.candidate === undefined ? "The candidate" : mention(round.candidate);
  const advice = seatOf(round, who) === "scorer" ? " Write it into your score when the step has closed." : "";
  return {
    title: "Somebody is on turn here",
    mark: "hush",
    blocks: [{ kind: "text", markdown: `${candidate} is being interviewed, and what you write is not kept.${advice}` }],
  };
}
