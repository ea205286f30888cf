/**
 * A round that is planned for an hour: who comes, who is reminded when, and how it ends.
 *
 * Like a round it is told what happened, and when, and answers with the next plan or a refusal.
 * What is due is read off it; there are no timers.
 */
import type { Pace } from "./interview_state.ts";
import { mention, moment } from "./markup.ts";
import { DAY, HOUR, type Instant, MINUTE, type Place } from "./place.ts";
import { type Refusal, refuse } from "./refusal.ts";
import type { Wish } from "./seat_ledger.ts";

/** So long before the hour those who come are reminded. */
export const REMINDERS = [DAY, 15 * MINUTE] as const;
/** With fewer the round is called off at the hour. */
export const AT_LEAST = 2;
/** A lobby opens at most so late: later, those who came have gone. */
export const LATEST_MS = 30 * MINUTE;
export const FURTHEST_DAYS = 60;
/** Two rounds of a group are at least so far apart: a group has one lobby at a time. */
export const APART_MS = HOUR;
/** Plans of a group at a time: `/mock plans` shows them in one message, with buttons (40 components on Discord). */
export const MOST_PLANS = 7;
/** More do not fit in a thread's conversation, nor in an announcement. */
const MOST_COMING = 20;

/** Modes with a lobby: alone with the bot there is nobody to wait for. */
export const PLANNED_MODES = ["peer", "relay"] as const;
export type PlannedMode = (typeof PLANNED_MODES)[number];

export interface MockPlan {
  readonly id: string;
  readonly group: string;
  readonly place: Place & { readonly channel: string };
  readonly host: string;
  /** Slug of the case its host named; otherwise one is chosen at the hour, for those who come. */
  readonly case: string | undefined;
  readonly mode: PlannedMode;
  readonly pace: Pace;
  /** Hours per turn of an async round. */
  readonly turnHours: number;
  readonly at: Instant;
  /** In the order in which they said so. */
  readonly coming: readonly Comer[];
  readonly notComing: readonly string[];
  /** How many of REMINDERS are over: given, or too late when it was planned. */
  readonly reminded: number;
  readonly ended: PlanEnd | undefined;
}

export interface Comer {
  readonly who: string;
  readonly as: Wish;
}

export type PlanEnd =
  | { readonly how: "opened" | "alone" | "missed" | "undeliverable" }
  | { readonly how: "cancelled"; readonly by: string }
  /** The lobby could not be opened. `reason` is markdown. */
  | { readonly how: "refused"; readonly reason: string };

export type PlanVerdict = { readonly ok: true; readonly plan: MockPlan } | { readonly ok: false; readonly refusal: Refusal };

/** Refuses an hour that is over, is too far away, or is another plan's. */
export function announce(
  round: Pick<MockPlan, "id" | "group" | "place" | "host" | "case" | "mode" | "pace" | "turnHours" | "at" | "coming">,
  others: readonly MockPlan[],
  now: Instant,
): PlanVerdict {
  const { at } = round;
  if (at <= now) return refuse("That hour is over", `${moment(at)} has passed. Plan a round for an hour that lies ahead.`);
  if (at > now + FURTHEST_DAYS * DAY) return refuse("That is too far away", `A round can be planned up to ${FURTHEST_DAYS} days ahead.`);
  if (others.length >= MOST_PLANS)
    return refuse("That are many plans", `${MOST_PLANS} rounds are planned here already. \`/mock plans\` lists them.`);
  const near = others.find((other) => Math.abs(other.at - at) < APART_MS);
  if (near) return refuse("A round is planned for that hour", `It is at ${moment(near.at)}. Join it with the buttons of its announcement.`);
  const late = REMINDERS.filter((before) => at - before <= now).length;
  return { ok: true, plan: { ...round, notComing: [], reminded: late, ended: undefined } };
}

/** Somebody comes, as what they like; or cannot. Said again, the last word counts. */
export function come(plan: MockPlan, who: string, as: Wish | "no"): PlanVerdict {
  if (plan.ended) return over(plan);
  const coming = plan.coming.filter((one) => one.who !== who);
  const notComing = plan.notComing.filter((one) => one !== who);
  if (as === "no") return { ok: true, plan: { ...plan, coming, notComing: [...notComing, who] } };
  if (coming.length >= MOST_COMING)
    return refuse("There is no more room", `${MOST_COMING} come already. Plan another round with \`/mock plan\`.`);
  const at = plan.coming.findIndex((one) => one.who === who);
  return { ok: true, plan: { ...plan, notComing, coming: coming.toSpliced(at < 0 ? coming.length : at, 0, { who, as }) } };
}

/** Its host may, and organizers. */
export function cancelPlan(plan: MockPlan, who: string, organizer: boolean): PlanVerdict {
  if (plan.ended) return over(plan);
  if (who !== plan.host && !organizer)
    return refuse(
      "Only its host or an organizer can cancel a plan",
      `Its host is ${mention(plan.host)}. You can say that you cannot come.`,
    );
  return { ok: true, plan: endPlan(plan, { how: "cancelled", by: who }) };
}

export const endPlan = (plan: MockPlan, ended: PlanEnd): MockPlan => ({ ...plan, ended });

const over = ({ ended }: MockPlan) =>
  ended?.how === "opened"
    ? refuse("The lobby is open", "Take a seat there, or join as a scorer if it has begun.")
    : refuse("That plan is over", "Plan another round with `/mock plan`.");

/** When something is due next; undefined once it is over. */
export function planDue({ at, reminded, ended }: MockPlan): Instant | undefined {
  return ended ? undefined : at - (REMINDERS[reminded] ?? 0);
}

/** What is due, all at once: after downtime one reminder stands for those that were missed. */
export function planTime(plan: MockPlan, now: Instant): "nothing" | "remind" | "open" | "alone" | "missed" {
  const due = planDue(plan);
  if (due === undefined || now < due) return "nothing";
  if (now < plan.at) return "remind";
  if (plan.coming.length < AT_LEAST) return "alone";
  return now - plan.at > LATEST_MS ? "missed" : "open";
}

/** Those that have come due are over. */
export const reminded = (plan: MockPlan, now: Instant): MockPlan => ({
  ...plan,
  reminded: REMINDERS.filter((before) => plan.at - before <= now).length,
});
