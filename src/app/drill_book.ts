/** The drills that a group can get: the bank's, and the questions its members made. */

import type { Drill, Drills } from "../core/drill.ts";
import { type Chosen, chooseDrill, type Mix, strengthsOf } from "../core/drill_choice.ts";
import type { Group } from "../core/group.ts";
import { ownDrill, questionOf } from "../core/own_question.ts";
import { DAY, type Instant } from "../core/place.ts";
import { allowedIn, phaseAt } from "../core/plan.ts";
import { followedPlan } from "./group_plan.ts";
import type { Library } from "./library.ts";
import type { GroupPast, Question, Reads } from "./ports.ts";

/** Answers of so long are what "weakest steps" are read from. */
const STRENGTH_DAYS = 90;

const drillFrom = ({ id, author, body }: Question): Drill => ownDrill(id, author, body);

/** Undefined when it has left the bank, or is another group's own. */
export async function drillOf(reads: Reads, { drills }: Library, group: string, id: string | undefined): Promise<Drill | undefined> {
  if (id === undefined) return undefined;
  const own = questionOf(id);
  if (own === undefined) return drills.get(id);
  const question = await reads.questions.find(own);
  return question?.group === group ? drillFrom(question) : undefined;
}

/** The bank's, and a group's own that were approved. */
export const drillsWith = ({ drills }: Library, own: readonly Question[]): Drills =>
  own.length === 0 ? drills : new Map([...drills, ...own.map(drillFrom).map((drill) => [drill.id, drill] as const)]);

/** What the drills of these groups are chosen from. */
export const pastsOf = (reads: Reads, groups: readonly string[], now: Instant): Promise<ReadonlyMap<string, GroupPast>> =>
  reads.posts.pasts(groups, now - STRENGTH_DAYS * DAY);

/** The group's next drill, and why it is this one. `replacing`: it takes the place of today's, which the plan has counted. */
export function nextDrill(library: Library, group: Group, past: GroupPast, replacing: boolean): Chosen | undefined {
  const drills = drillsWith(library, past.own);
  const history = { group: group.id, seen: past.seen.map(({ drill }) => drill), strengths: strengthsOf(drills, past.answered) };
  return chooseDrill(drills, history, mixOf(library, group, past, replacing));
}

function mixOf(library: Library, group: Group, past: GroupPast, replacing: boolean): Mix {
  const closed = new Set(past.playing);
  const followed = followedPlan(library, group, past.seen);
  if (!followed) return { kinds: group.kinds, steps: [], cases: [], closed };
  return { ...allowedIn(phaseAt(followed.plan, followed.day - (replacing ? 1 : 0))), closed };
}
