/** What a lobby says of those who sit in it: whose turn the candidate's seat is, and who has met the case before. */
import { type CaseSeen, seenWords } from "./case_seen.ts";
import { answerersOf, type Interview, scorersOf, takesTurns } from "./interview_state.ts";
import { mention } from "./markup.ts";
import { byTurn, type LastCandidate, turnWords } from "./seat_ledger.ts";
import type { Block } from "./view.ts";

/** Everybody with a seat, the candidate first. */
export const seatedIn = (round: Interview): readonly string[] => [...new Set([...answerersOf(round), ...scorersOf(round)])];

/** `seen`: who of those seated has met the round's case. */
export function lobbyNotes(round: Interview, last: LastCandidate, seen: readonly CaseSeen[]): readonly Block[] {
  return [...turnNote(round, last), ...seenNote(round, seen)];
}

/** With one alone, and where all answer, there is no turn to speak of. */
function turnNote(round: Interview, last: LastCandidate): readonly Block[] {
  const seated = seatedIn(round);
  const [next] = byTurn(seated, last);
  if (next === undefined || seated.length < 2 || takesTurns(round)) return [];
  const other = round.candidate !== undefined && round.candidate !== next ? ` ${mention(round.candidate)} can leave the seat to them.` : "";
  return [{ kind: "text", markdown: `Candidate next: ${turnWords(next, last)}.${other}` }];
}

function seenNote(round: Interview, seen: readonly CaseSeen[]): readonly Block[] {
  if (seen.length === 0) return [];
  const advice = seen.some(({ member }) => answerersOf(round).includes(member))
    ? "Who answers should not know it: change seats, or start another round without naming a case."
    : "They sit well where they do not answer.";
  return [{ kind: "text", markdown: `**Not new to everybody:** ${seenWords(seen)}. ${advice}` }];
}
