/** Writes points to the ledger, each once, within the day's cap. */
import type { Group } from "../core/group.ts";
import { capped } from "../core/points.ts";
import type { Award, Tx } from "./ports.ts";

/**
 * Awards what the day's cap leaves; returns what each member was given. Members are locked in
 * the order of their ids, so that two rounds that end at once cannot wait for each other.
 */
export async function award(tx: Tx, group: Group, awards: readonly Omit<Award, "group">[]): Promise<ReadonlyMap<string, number>> {
  const given = new Map<string, number>();
  for (const one of [...awards].sort((a, b) => (a.member < b.member ? -1 : 1))) {
    await tx.lock(`member/${group.id}/${one.member}`);
    const { day, points: already } = await tx.ledger.earnedOn(group.id, one.member, one.at);
    const points = capped(one.points, already);
    given.set(one.member, points);
    // On the day whose cap was asked: an organizer may move the group to another zone in this moment.
    if (points > 0) await tx.ledger.award([{ ...one, group: group.id, points, day }]);
  }
  return given;
}
