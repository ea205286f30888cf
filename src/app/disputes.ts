/** A member disputes a grade; the group decides, and a confirmed dispute changes the score. */
import type { Drill, OpenDrill } from "../core/drill.ts";
import { coverage } from "../core/grading.ts";
import type { Group } from "../core/group.ts";
import type { Instant } from "../core/place.ts";
import { type DisputeWords, decidedView, disputeView, PEERS } from "../core/shared_views.ts";
import { raiseGrade } from "./daily_points.ts";
import { threadKey } from "./daily_reveal.ts";
import type { Answer, Dispute, Tx } from "./ports.ts";

const wordsOf = ({ id, member, point, words }: Dispute, drill: OpenDrill, answer: Answer): DisputeWords => ({
  id,
  member,
  point: drill.rubric.find((one) => one.id === point)?.text ?? point,
  words,
  answer: answer.text,
});

const keyOf = (id: string): string => `dispute/${id}`;

/** Puts it before the group, in the thread. False when that point was disputed already. */
export async function openDispute(tx: Tx, group: Group, dispute: Dispute, drill: OpenDrill, answer: Answer): Promise<boolean> {
  if (!(await tx.disputes.open(dispute))) return false;
  const view = disputeView(wordsOf(dispute, drill, answer));
  await tx.outbox.put([{ kind: "post", key: keyOf(dispute.id), to: group.place, thread: threadKey(dispute), view }], dispute.at);
  return true;
}

export type Decision = "open" | "confirmed" | "rejected";

/** Counts a vote; decides when there are enough. */
export async function voteOn(
  tx: Tx,
  group: Group,
  dispute: Dispute,
  drill: Drill,
  voter: { readonly id: string; readonly organizer: boolean },
  agrees: boolean,
  now: Instant,
): Promise<Decision> {
  await tx.disputes.vote(dispute.id, { voter: voter.id, agrees });
  const votes = await tx.disputes.votes(dispute.id);
  const share = votes.filter((vote) => vote.agrees === agrees).length;
  if (!voter.organizer && share < PEERS) return "open";
  const decision = agrees ? "confirmed" : "rejected";
  await tx.disputes.decide(dispute.id, decision);
  const first = (await tx.answers.of(dispute, dispute.member)).find(({ standing }) => standing === "scored");
  if (!first || drill.kind !== "open") return decision;
  const points = agrees ? await raise(tx, group, drill, first, dispute) : 0;
  await tx.outbox.put(
    [
      {
        kind: "edit",
        key: `${keyOf(dispute.id)}/decided`,
        to: group.place,
        post: keyOf(dispute.id),
        view: decidedView(wordsOf(dispute, drill, first), agrees, points),
      },
    ],
    now,
  );
  return decision;
}

async function raise(tx: Tx, group: Group, drill: OpenDrill, first: Answer, { point, words }: Dispute): Promise<number> {
  const start = Math.max(0, first.text.indexOf(words));
  const evidence = [{ start, end: start + words.length, text: words }];
  const grades = first.grades.map((grade) => (grade.id === point ? { ...grade, state: "covered" as const, evidence } : grade));
  return raiseGrade(tx, group, drill, first, { ...first, grades, coverage: coverage(drill.rubric, grades) }, `dispute/${point}`);
}
