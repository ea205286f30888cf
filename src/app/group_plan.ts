/** Which day of its study plan a group is on: the one place where that is counted. */
import type { Plan } from "../core/content.ts";
import type { Group } from "../core/group.ts";
import type { Library } from "./library.ts";
import type { Reads } from "./ports.ts";

export interface GroupPlan {
  readonly plan: Plan;
  /** The day that the next drill belongs to, from 1. Drills are days: a day off moves the plan along. */
  readonly day: number;
}

/** Undefined when the group follows none, or its plan has left the bank. */
export async function groupPlan(
  reads: Pick<Reads, "posts">,
  { bank }: Library,
  { id, plan: followed }: Pick<Group, "id" | "plan">,
): Promise<GroupPlan | undefined> {
  const plan = followed && bank.plans.get(followed.slug);
  return plan && { plan, day: (await reads.posts.countSince(id, followed.from)) + 1 };
}
