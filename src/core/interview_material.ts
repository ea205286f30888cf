/** What a round is played with, and the small words that all its views share. */
import { type Case, type Curveball, type Framework, STEPS, type Vocabulary } from "./content.ts";
import { hash } from "./hash.ts";
import { answerersOf, botInterviews, hasAnswered, type Interview, takesTurns } from "./interview_state.ts";
import { mention } from "./markup.ts";
import { HOUR, MINUTE } from "./place.ts";
import type { Block } from "./view.ts";

export interface RoundMaterial {
  readonly case: Case;
  readonly framework: Framework;
  readonly vocabulary: Vocabulary;
  /** Those that fit any case. */
  readonly curveballs: readonly Curveball[];
  readonly lobby?: LobbyNotes | undefined;
}

/** What a lobby says besides, and whom it calls: from lobby_notes.ts. */
export interface LobbyNotes {
  readonly blocks: readonly Block[];
  readonly notify: readonly string[];
}

export type Draw = Case["curveballs"][number];

export const contentOf = (material: RoundMaterial, step: number): Case["steps"]["data"] =>
  material.case.steps[STEPS[step] ?? "requirements"];

/** A curveball for a step: one of the case's own, or one that fits the step; never the same twice. `seed` decides which. */
export function drawCurveball(round: Interview, step: number, material: RoundMaterial, seed: string): Draw | undefined {
  const thrown = new Set(round.curveballs.map(({ id }) => id));
  const fitting = material.curveballs.filter(({ steps }) => steps.some((one) => one === STEPS[step]));
  const left = [...material.case.curveballs, ...fitting].filter(({ id }) => !thrown.has(id));
  return left[hash(seed) % Math.max(left.length, 1)];
}

/** A curveball that was thrown, with what only the scorers see; undefined when it has left the bank. */
export const curveballOf = (id: string, material: RoundMaterial): Draw | undefined =>
  [...material.case.curveballs, ...material.curveballs].find((one) => one.id === id);

export const stepTitle = (material: RoundMaterial, step: number): string => material.framework.steps[step]?.title ?? `Step ${step + 1}`;
/** A member, or that the seat is free. */
export const who = (id: string | undefined): string => (id === undefined ? "_free_" : mention(id));
export const everyone = (ids: readonly string[]): string => {
  const [last, ...others] = ids.map(mention).reverse();
  if (last === undefined) return "_free_";
  return others.length === 0 ? last : `${others.reverse().join(", ")} and ${last}`;
};
/** Who asks: people, or the bot. */
export const interviewers = (round: Interview): string => (botInterviews(round) ? "the bot" : everyone(round.interviewers));

/** Who answers or did, each with the steps that were theirs where they took turns. */
export function answerersIn(round: Interview): string {
  if (!takesTurns(round)) return who(round.candidate);
  const members = new Set([...round.steps.flatMap(({ answers }) => answers.map(({ by }) => by)), ...answerersOf(round)]);
  const steps = (member: string): string => {
    const theirs = STEPS.flatMap((_, step) => (hasAnswered(round, member, step) ? [step + 1] : []));
    return theirs.length === 0 ? "no step" : `step${theirs.length > 1 ? "s" : ""} ${theirs.join(", ")}`;
  };
  return [...members].map((member) => `${mention(member)} (${steps(member)})`).join(", ");
}

export const present = (ids: readonly (string | undefined)[]): readonly string[] => ids.filter((id) => id !== undefined);

/** A length of time in the words of a pace: "10 minutes", "24 hours". */
export function span(ms: number): string {
  const [count, unit] = ms >= 2 * HOUR ? [Math.round(ms / HOUR), "hour"] : [Math.round(ms / MINUTE), "minute"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
