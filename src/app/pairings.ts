/** The weekly pairing of a group: matched, offered times, and a time turned into a plan. */
import type { Effect } from "../core/effect.ts";
import { type Group, zoneOf } from "../core/group.ts";
import { SEATS, TURN_HOURS } from "../core/interview_state.ts";
import { moment } from "../core/markup.ts";
import type { MockPlan } from "../core/mock_plan.ts";
import { commonSlots, offeredSlots, type Slot, slotAfter, slotsOf } from "../core/pair_times.ts";
import { type Match, pairUp } from "../core/pairing.ts";
import { aloneView, matchView, type PairMatch } from "../core/pairing_views.ts";
import { DAY, type Instant } from "../core/place.ts";
import { refuse } from "../core/refusal.ts";
import { dayAfter, shortDay, weekdayOf } from "../core/schedule.ts";
import type { LastCandidate } from "../core/seat_ledger.ts";
import type { Refused } from "./command.ts";
import { planRound } from "./mock_plans.ts";
import type { LocalDate, Tx } from "./ports.ts";

/** After a longer silence the next week is near, and the times of this one are half over. */
const LATEST_MS = 3 * DAY;

const matchKey = (id: string): string => `pair/${id}`;

/** Matches all who take part, each match in a message of its own. */
export async function pairGroup(tx: Tx, id: string, due: Instant, now: Instant): Promise<readonly Effect[]> {
  const group = await tx.groups.find(id);
  if (!group || now - due > LATEST_MS) return [];
  const members = await tx.pairing.members(id);
  const [first] = members;
  const date = await tx.calendar.localDate(zoneOf(group), now);
  if (members.length === 1 && first)
    return [{ kind: "post", key: `${matchKey(`${id}/${date}`)}/alone`, to: group.place, view: aloneView(first.member) }];
  const last = await tx.seats.lastCandidate(
    id,
    members.map(({ member }) => member),
  );
  const met = await tx.pairing.lastPartners(id);
  const matches = pairUp(
    members.map(({ member, level, free }) => ({
      who: member,
      level,
      slots: slotsOf(free),
      candidateAt: last.get(member),
      lastPartners: met.get(member) ?? [],
    })),
  );
  const effects: Effect[] = [];
  const offered: Slot[] = [];
  for (const [nth, match] of matches.entries()) {
    const slots = offeredSlots(commonSlots(match.map((one) => one.slots)), weekdayOf(date), offered);
    offered.push(...slots);
    effects.push(await offer(tx, group, `${id}/${date}/${nth}`, match, slots, date, last, now));
  }
  return effects;
}

async function offer(
  tx: Tx,
  group: Group,
  id: string,
  match: Match,
  slots: readonly Slot[],
  date: LocalDate,
  last: LastCandidate,
  now: Instant,
): Promise<Effect> {
  const times: PairMatch["times"][number][] = [];
  for (const slot of slots) {
    const { days, time } = slotAfter(slot, weekdayOf(date));
    const day = dayAfter(date, days);
    times.push({ at: await tx.plans.instantOf(zoneOf(group), day, time), label: `${shortDay(day)} ${time}` });
  }
  const kept: PairMatch = { id, group: group.id, at: now, members: match.map(({ who }) => who), times, plan: undefined };
  await tx.pairing.save(kept);
  return { kind: "post", key: matchKey(id), to: group.place, view: matchView(kept, last) };
}

/** Plans the round of a match at one of the times that it was offered. */
export async function agree(
  tx: Tx,
  group: Group | undefined,
  pressed: { readonly match: string; readonly nth: number; readonly who: string; readonly newId: string },
  now: Instant,
): Promise<{ readonly ok: true; readonly plan: MockPlan; readonly effects: readonly Effect[] } | Refused> {
  await tx.lock(`plan/${pressed.match}`);
  const match = await tx.pairing.match(pressed.match);
  const time = match?.times[pressed.nth];
  if (!match || !time || match.group !== group?.id) return refuse("There is no such match here", "`/mock pair` joins the weekly pairing.");
  if (!match.members.includes(pressed.who))
    return refuse("These times are not yours", "They fit those who were matched. `/mock pair` finds you a partner too.");
  if (match.plan) return refuse("It is planned already", `For ${moment(match.plan.at)}. The announcement has buttons for who cannot.`);
  const coming = match.members.map((who, at) => ({ who, as: SEATS[at] ?? "scorer" }));
  const { place } = group;
  const round = { id: pressed.newId, group: group.id, place, host: pressed.who, case: undefined, coming, at: time.at };
  const planned = await planRound(tx, { ...round, mode: "peer", pace: "live", turnHours: TURN_HOURS }, now);
  if (!planned.ok) return planned;
  const agreed = { ...match, plan: { id: planned.plan.id, at: time.at } };
  await tx.pairing.save(agreed);
  const view = matchView(agreed, await tx.seats.lastCandidate(group.id, match.members));
  const edit: Effect = { kind: "edit", key: `${matchKey(match.id)}/planned`, to: place, post: matchKey(match.id), view };
  return { ...planned, effects: [...planned.effects, edit] };
}
