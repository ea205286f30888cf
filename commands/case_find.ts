/** Which case is meant, and whether its answers may be shown now. */
import type { ReadScene, Refused, Scene } from "../src/app/command.ts";
import type { Case } from "../src/core/content.ts";
import { caseOf } from "../src/core/drill_choice.ts";
import { literal } from "../src/core/markup.ts";
import { refuse } from "../src/core/refusal.ts";
import { entry, type Looked, OFFERED } from "./lookup.ts";

type AnyScene = ReadScene | Scene;

/** By slug, title or words of it. */
export function findCase({ library: { bank } }: AnyScene, typed: string): Looked<Case> {
  const all = [...bank.cases.values()].slice(0, OFFERED).map(({ title }) => literal(title));
  return entry(bank.cases, typed, "case", `Which one: ${all.join("; ")}?`);
}

/**
 * What is being asked anywhere in this space is not answered here: a drill until its reveal, a round until its end.
 * In a direct message nobody knows which groups its reader is in.
 */
export async function sealed({ place, ...scene }: AnyScene, slug: string): Promise<Refused | undefined> {
  if (place.channel === undefined)
    return refuse("Its answers open in a channel", "Use `/case` in your group's: I know there what the group is being asked.");
  const reads = "tx" in scene ? scene.tx : scene.read;
  if ((await reads.plans.casesInPlay(place)).open.includes(slug))
    return refuse("A round is on this case", "Its answers open here when the round has ended. The prompt is there already.");
  if (!(await reads.posts.openDrills(place)).some((drill) => caseOf(drill) === slug)) return undefined;
  return refuse("A drill is on this case", "Its answers open here with the reveal. `/daily answer` is the way until then.");
}
