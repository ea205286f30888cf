/** Which cases a member has met: on one whose reference they have read, a round is no exercise. */
import { answerersOf, type Interview } from "./interview_state.ts";
import { mention, moment } from "./markup.ts";
import type { Instant } from "./place.ts";

/** How somebody met a case first. */
const HOW_WORDS = {
  round: "sat in a round on it",
  brief: "read its brief",
  drill: "had its answer revealed in a drill",
  case: "opened its answers",
  drawing: "compared a drawing with its diagram",
} as const;
export type SeenHow = keyof typeof HOW_WORDS;

export interface CaseSeen {
  readonly member: string;
  /** Slug of the case. */
  readonly case: string;
  readonly how: SeenHow;
  readonly at: Instant;
}

/** Whether anybody was asked anything in it. */
export const hasBegun = ({ steps }: Interview): boolean => steps.some(({ openedAt }) => openedAt !== undefined);

/** Everybody who met the case in a round: nobody, when it never began. */
export function metInRound(round: Interview): readonly string[] {
  const { interviewers, scorers, steps } = round;
  if (!hasBegun(round)) return [];
  const answered = steps.flatMap(({ answers }) => answers.map(({ by }) => by));
  return [...new Set([...answerersOf(round), ...interviewers, ...scorers, ...answered])];
}

/** "@ada sat in a round on it on 3 November; @ben opened its answers on …". */
export const seenWords = (seen: readonly CaseSeen[]): string =>
  seen.map(({ member, how, at }) => `${mention(member)} ${HOW_WORDS[how]} on ${moment(at, "date")}`).join("; ");

/** Worse than any number of others who know it. */
const CANDIDATE_KNOWS = 1_000;

/** How well each case is known to those with a seat; 0, and absent, where nobody met it. */
export function knownTo(seen: readonly CaseSeen[], candidate: string | undefined): ReadonlyMap<string, number> {
  const known = new Map<string, number>();
  for (const one of seen) known.set(one.case, (known.get(one.case) ?? 0) + (one.member === candidate ? CANDIDATE_KNOWS : 1));
  return known;
}
