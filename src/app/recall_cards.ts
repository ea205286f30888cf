/** Cards that come of what was missed, in the transaction in which it was: at a reveal, at the end of a round, of a drawing. */

import type { Drill } from "../core/drill.ts";
import { mark } from "../core/drill_mark.ts";
import type { Group } from "../core/group.ts";
import type { RoundMaterial } from "../core/interview_material.ts";
import { type Interview, takesTurns } from "../core/interview_state.ts";
import type { Instant, Who } from "../core/place.ts";
import { roundMedian } from "../core/points.ts";
import type { Origin } from "../core/recall_card.ts";
import { missedInDrill, resultsOf } from "../core/recall_missed.ts";
import type { Library } from "./library.ts";
import type { Answer, NewCard, PostRef, Tx } from "./ports.ts";

export const cardsFor = (refs: readonly string[], origin: Origin): readonly NewCard[] => refs.map((ref, place) => ({ ref, origin, place }));

const learner = ({ place: { platform, space } }: Group, id: string): Who => ({ platform, space, id });

/** At the reveal: of everybody's last answer before it. Who wrote a question misses nothing of it. */
export async function cardsOfReveal(tx: Tx, library: Library, group: Group, ref: PostRef, drill: Drill, now: Instant): Promise<void> {
  for (const answer of await tx.answers.timely(ref))
    await tx.recall.add(learner(group, answer.member), cardsFor(missedIn(drill, answer, library), "drill"), now);
}

function missedIn(drill: Drill, answer: Answer, { bank }: Library): readonly string[] {
  // A drawing is not kept in parts; what was stored is read again.
  const marking = drill.kind === "draw" ? mark(drill, answer.text, bank) : undefined;
  const comparison = marking?.ok ? marking.marked.comparison : undefined;
  return missedInDrill(drill, { coverage: answer.coverage, grades: answer.grades, comparison }, bank);
}

/** At the end of a round that was finished: what it said of each who answered, and cards of what they missed. */
export async function cardsOfRound(tx: Tx, group: Group, round: Interview, material: RoundMaterial, now: Instant): Promise<void> {
  if (round.phase.name !== "ended" || round.phase.how !== "finished") return;
  // Taking turns, the median is of all together and says nothing of one.
  const level = takesTurns(round) ? undefined : roundMedian(round);
  for (const { member, missed, ...result } of resultsOf(round, material)) {
    await tx.progress.keep(group.id, member, {
      ...result,
      round: round.id,
      at: now,
      level: member === round.candidate ? level : undefined,
    });
    await tx.recall.add(learner(group, member), cardsFor(missed, "round"), now);
  }
}
