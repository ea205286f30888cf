/** Which day of its study plan a group is on: the one place where that is counted. */
import type { Plan } from "../core/content.ts";
import type { Group } from "../core/group.ts";
import type { Instant } from "../core/place.ts";
import type { Library } from "./library.ts";
import type { GroupPast, Reads } from "./ports.ts";

export interface GroupPlan {
  readonly plan: Plan;
  /** The day that the next drill belongs to, from 1. Drills are days: a day off moves the plan along. */
  readonly day: number;
}

/** From the drills that the group has had. Undefined when it follows none, or its plan has left the bank. */
export function followedPlan({ bank }: Library, { plan: followed }: Pick<Group, "plan">, seen: GroupPast["seen"]): GroupPlan | undefined {
  const plan = followed && bank.plans.get(followed.slug);
  // What replaced a drill is no day of its own.
  return plan && { plan, day: seen.filter(({ edition, dueAt }) => edition === 1 && dueAt >= followed.from).length + 1 };
}

/** The same, asked for. */
export async function groupPlan(reads: Pick<Reads, "posts">, library: Library, group: Group, now: Instant): Promise<GroupPlan | undefined> {
  if (!group.plan) return undefined;
  return followedPlan(library, group, (await reads.posts.pasts([group.id], now)).get(group.id)?.seen ?? []);
}
