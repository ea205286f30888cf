/** What answers to drills are worth, and when it is paid. */
import type { Drill } from "../core/drill.ts";
import { postId } from "../core/drill_views.ts";
import type { Group } from "../core/group.ts";
import { drillPoints } from "../core/points.ts";
import { award } from "./awards.ts";
import type { Answer, Award, Tx } from "./ports.ts";

export const answerAward = (answer: Answer, points: number, extra = ""): Omit<Award, "group"> => ({
  key: `drill/${postId(answer)}/${answer.member}${extra}`,
  member: answer.member,
  kind: "drill",
  points,
  at: answer.at,
});

/** Pays what was sealed with the answers, on the days they were given. */
export const settlePoints = (tx: Tx, group: Group, answers: readonly Answer[]): Promise<ReadonlyMap<string, number>> =>
  award(
    tx,
    group,
    answers.filter(({ points }) => points > 0).map((answer) => answerAward(answer, answer.points)),
  );

/** A better grade is paid as the difference, under a key of its own: the ledger only grows. */
export async function raiseGrade(tx: Tx, group: Group, drill: Drill, before: Answer, after: Answer, why: string): Promise<number> {
  if (after.coverage <= before.coverage) return 0;
  await tx.answers.regrade(after);
  const more = drillPoints(drill.kind, after.coverage) - drillPoints(drill.kind, before.coverage);
  if (before.standing !== "scored" || more <= 0) return 0;
  const given = await award(tx, group, [answerAward(before, more, `/${why}`)]);
  return given.get(before.member) ?? 0;
}
