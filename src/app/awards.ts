/** Writes points to the ledger, each once, within the day's cap. */
import { type Group, zoneOf } from "../core/group.ts";
import { HOUR, type Instant } from "../core/place.ts";
import { capped } from "../core/points.ts";
import type { Award, Tx } from "./ports.ts";

/** Later than the end of any local day that began at 0 and earlier than the end of the next. */
const INTO_NEXT_DAY = 36 * HOUR;

/**
 * Awards what the day's cap leaves; returns what each member was given. Members are locked in
 * the order of their ids, so that two rounds that end at once cannot wait for each other.
 */
export async function award(tx: Tx, group: Group, awards: readonly Omit<Award, "group">[]): Promise<ReadonlyMap<string, number>> {
  const given = new Map<string, number>();
  for (const one of [...awards].sort((a, b) => (a.member < b.member ? -1 : 1))) {
    await tx.lock(`member/${group.id}/${one.member}`);
    const points = capped(one.points, await earnedOn(tx, group, one.member, one.at));
    given.set(one.member, points);
    if (points > 0) await tx.ledger.award([{ ...one, group: group.id, points }]);
  }
  return given;
}

async function earnedOn(tx: Tx, group: Group, member: string, at: Instant): Promise<number> {
  const from = await tx.calendar.startOf("day", zoneOf(group), at);
  const to = await tx.calendar.startOf("day", zoneOf(group), from + INTO_NEXT_DAY);
  return tx.ledger.earned(group.id, member, from, to);
}
