/** The drills that a group can get: the bank's, and the questions its members made. */

import type { Drill, Drills } from "../core/drill.ts";
import { type Chosen, chooseDrill, type Mix, strengthsOf } from "../core/drill_choice.ts";
import type { Group } from "../core/group.ts";
import { ownDrill, questionOf } from "../core/own_question.ts";
import { DAY, type Instant } from "../core/place.ts";
import { allowedIn, phaseAt } from "../core/plan.ts";
import type { Library } from "./library.ts";
import type { Question, Reads } from "./ports.ts";

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

async function drillsOf(reads: Reads, { drills }: Library, group: string): Promise<Drills> {
  const own = (await reads.questions.of(group, "approved")).map(drillFrom);
  return own.length === 0 ? drills : new Map([...drills, ...own.map((drill) => [drill.id, drill] as const)]);
}

/** The group's next drill, and why it is this one. `replacing`: it takes the place of today's, which the plan has counted. */
export async function nextDrill(
  reads: Reads,
  library: Library,
  group: Group,
  replacing: boolean,
  now: Instant,
): Promise<Chosen | undefined> {
  const drills = await drillsOf(reads, library, group.id);
  const answered = await reads.answers.coverage(group.id, now - STRENGTH_DAYS * DAY);
  const history = { group: group.id, seen: await reads.posts.drillsSeen(group.id), strengths: strengthsOf(drills, answered) };
  return chooseDrill(drills, history, await mixOf(reads, library, group, replacing));
}

async function mixOf(reads: Reads, { bank }: Library, group: Group, replacing: boolean): Promise<Mix> {
  // Anywhere in the space: who sits in a round may read the reveals of the channel beside.
  const { open, planned } = await reads.plans.casesInPlay(group.place);
  const closed = new Set([...open, ...planned]);
  const plan = group.plan && bank.plans.get(group.plan.slug);
  if (!group.plan || !plan) return { kinds: group.kinds, steps: [], cases: [], closed };
  const day = (await reads.posts.countSince(group.id, group.plan.from)) + (replacing ? 0 : 1);
  return { ...allowedIn(phaseAt(plan, day)), closed };
}
