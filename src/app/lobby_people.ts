/** What a lobby is told of the people in it, and what they are remembered to have seen in a round. */
import { type CaseSeen, metInRound } from "../core/case_seen.ts";
import type { LobbyNotes } from "../core/interview_material.ts";
import type { Move } from "../core/interview_move.ts";
import type { Interview } from "../core/interview_state.ts";
import { lobbyNotes, seatedIn } from "../core/lobby_notes.ts";
import type { Instant } from "../core/place.ts";
import type { Reads, Tx } from "./ports.ts";

/** Undefined once the round has begun: then it is too late to change seats. */
export async function peopleInLobby(reads: Reads, round: Interview, notify: readonly string[]): Promise<LobbyNotes | undefined> {
  if (round.phase.name !== "lobby") return undefined;
  const seated = seatedIn(round);
  const last = await reads.seats.lastCandidate(round.group, seated);
  const seen = (await reads.seen.by(round.place, seated)).filter((one: CaseSeen) => one.case === round.case);
  return { blocks: lobbyNotes(round, last, seen), notify };
}

/** A brief shows what a strong answer has; at the end the scorecard shows it to all. */
export async function noteSeen(tx: Tx, move: Move, before: Interview, after: Interview, now: Instant): Promise<void> {
  if (move.kind === "here") await tx.seen.add(after.place, after.case, [move.who], "brief", now);
  if (after.phase.name === "ended" && before.phase.name !== "ended")
    await tx.seen.add(after.place, after.case, metInRound(before), "round", now);
}
