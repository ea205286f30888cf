/** Planned rounds on their way: announced, joined, reminded of, opened at the hour; or called off, and those who come told. */
import { caseOf } from "../core/drill_choice.ts";
import type { Effect } from "../core/effect.ts";
import { type Group, zoneOf } from "../core/group.ts";
import { announce, endPlan, type MockPlan, type PlanEnd, type PlanVerdict, planTime, reminded } from "../core/mock_plan.ts";
import { announcementView, planOverView, reminderView } from "../core/mock_plan_views.ts";
import type { Instant } from "../core/place.ts";
import { refuse } from "../core/refusal.ts";
import { type LastCandidate, proposeSeats } from "../core/seat_ledger.ts";
import { readWhen, WHEN_EXAMPLES } from "../core/when.ts";
import type { Refused } from "./command.ts";
import type { Library } from "./library.ts";
import { notice } from "./notices.ts";
import type { Reads, Tx } from "./ports.ts";
import { startRound } from "./rounds.ts";

type Changed = { readonly ok: true; readonly plan: MockPlan; readonly effects: readonly Effect[] } | Refused;

const announcementKey = (plan: Pick<MockPlan, "id">): string => `plan/${plan.id}`;

/** The instant that somebody typed, in the zone of the group. */
export async function instantTyped(
  reads: Reads,
  group: Group,
  typed: string,
  now: Instant,
): Promise<{ readonly ok: true; readonly at: Instant } | Refused> {
  const zone = zoneOf(group);
  const when = readWhen(typed, await reads.calendar.localDate(zone, now));
  if (!when) return refuse("That hour cannot be read", `Write it like ${WHEN_EXAMPLES}. Local times are those of ${zone}.`);
  if (when.kind === "after") return { ok: true, at: now + when.ms };
  let at = 0;
  for (const day of when.days) {
    at = await reads.plans.instantOf(zone, day, when.time);
    if (at > now) break;
  }
  return { ok: true, at };
}

/** Announces a round in the channel of its group. */
export async function planRound(tx: Tx, round: Parameters<typeof announce>[0], now: Instant): Promise<Changed> {
  await tx.lock(`group/${round.group}`);
  if (round.case !== undefined && (await tx.posts.openDrills(round.place)).some((drill) => caseOf(drill) === round.case))
    return refuse(
      "A drill is on this case",
      "Its reference will be revealed before the round. Choose another one, or leave the case out: one is chosen at the hour.",
    );
  const announced = announce(round, await tx.plans.ahead(round.group), now);
  if (!announced.ok) return announced;
  const { plan } = announced;
  await tx.plans.save(plan);
  const key = announcementKey(plan);
  // Whom a pairing put there hears of it.
  const notify = plan.coming.flatMap(({ who }) => (who === plan.host ? [] : [who]));
  const view = { ...announcementView(plan, await turns(tx, plan)), notify };
  return { ok: true, plan, effects: [{ kind: "post", key, tell: key, to: plan.place, view }] };
}

/** `nonce` is unique to what causes the change. */
export async function changePlan(
  tx: Tx,
  id: string,
  group: Group | undefined,
  change: (plan: MockPlan) => PlanVerdict,
  nonce: string,
): Promise<Changed> {
  await tx.lock(`plan/${id}`);
  const before = await tx.plans.find(id);
  if (!before || before.group !== group?.id)
    return refuse("There is no such plan here", "`/mock plans` lists what is planned in this channel.");
  const changed = change(before);
  if (!changed.ok) return changed;
  const { plan } = changed;
  return { ok: true, plan, effects: plan.ended ? await over(tx, plan, plan.ended, nonce) : await keep(tx, plan, nonce) };
}

const turns = (reads: Reads, plan: MockPlan): Promise<LastCandidate> =>
  reads.seats.lastCandidate(
    plan.group,
    plan.coming.map(({ who }) => who),
  );

/** Saves it, and shows it in its announcement. */
async function keep(tx: Tx, plan: MockPlan, nonce: string): Promise<readonly Effect[]> {
  await tx.plans.save(plan);
  const post = announcementKey(plan);
  return [{ kind: "edit", key: `${post}/${nonce}`, to: plan.place, post, view: announcementView(plan, await turns(tx, plan)) }];
}

/** Over without a lobby: whoever meant to come hears of it. */
async function over(tx: Tx, plan: MockPlan, end: PlanEnd, nonce: string): Promise<readonly Effect[]> {
  const told: Effect = { kind: "post", key: `${announcementKey(plan)}/told`, to: plan.place, view: planOverView(plan, end) };
  return [...(await keep(tx, plan, nonce)), ...(plan.coming.length > 0 ? [told] : [])];
}

/** Does what is due. Whoever comes second finds that nothing is. */
export async function playPlan(tx: Tx, library: Library, id: string, now: Instant): Promise<readonly Effect[]> {
  await tx.lock(`plan/${id}`);
  const plan = await tx.plans.find(id);
  const due = plan ? planTime(plan, now) : "nothing";
  if (!plan || due === "nothing") return [];
  if (due === "open") return openPlanned(tx, library, plan, now);
  if (due === "remind") return remind(tx, plan, now);
  const ended = endPlan(plan, { how: due });
  return over(tx, ended, { how: due }, "over");
}

async function remind(tx: Tx, plan: MockPlan, now: Instant): Promise<readonly Effect[]> {
  const after = reminded(plan, now);
  await tx.plans.save(after);
  if (plan.coming.length === 0) return [];
  return [{ kind: "post", key: `${announcementKey(plan)}/remind/${after.reminded}`, to: plan.place, view: reminderView(plan) }];
}

/** The round has the plan's id: it cannot be opened twice. */
async function openPlanned(tx: Tx, library: Library, plan: MockPlan, now: Instant): Promise<readonly Effect[]> {
  const { id, group, place, host, mode, pace, turnHours, coming } = plan;
  const seats = proposeSeats(coming, await turns(tx, plan), mode);
  const round = { id, group, place, host, mode, pace, turnHours, case: plan.case, notify: coming.map(({ who }) => who) };
  const started = await startRound(tx, library, round, seats, now);
  if (started.ok) return [...(await keep(tx, endPlan(plan, { how: "opened" }), "over")), ...started.effects];
  const end = { how: "refused", reason: `${started.refusal.title}. ${started.refusal.advice}` } as const;
  return over(tx, endPlan(plan, end), end, "over");
}

/** Its announcement was given up: nobody could have joined. */
export async function unannounced(tx: Tx, id: string, reason: string, now: Instant): Promise<void> {
  await tx.lock(`plan/${id}`);
  const plan = await tx.plans.find(id);
  if (!plan || plan.ended) return;
  await tx.plans.save(endPlan(plan, { how: "undeliverable" }));
  await tx.outbox.put([notice(plan.host, plan.place, `unannounced/${id}`, "Your planned round could not be announced", reason)], now);
}
