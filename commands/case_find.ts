/** Which case is meant, and whether its answers may be shown now. */
import type { ReadScene, Refused, Scene } from "../src/app/command.ts";
import type { Case } from "../src/core/content.ts";
import { literal, moment } from "../src/core/markup.ts";
import { refuse } from "../src/core/refusal.ts";
import { entry, type Looked, OFFERED } from "./lookup.ts";

type AnyScene = ReadScene | Scene;

/** By slug, title or words of it. */
export function findCase({ library: { bank } }: AnyScene, typed: string): Looked<Case> {
  const all = [...bank.cases.values()].slice(0, OFFERED).map(({ title }) => literal(title));
  return entry(bank.cases, typed, "case", `Which one: ${all.join("; ")}?`);
}

/** What the group is being asked right now is not answered here: today's drill until its reveal, a round until its end. */
export async function sealed({ group, now, ...scene }: AnyScene, slug: string): Promise<Refused | undefined> {
  if (!group) return undefined;
  const reads = "tx" in scene ? scene.tx : scene.read;
  const rounds = await reads.rounds.active(group.id);
  if (rounds.some((round) => round.case === slug))
    return refuse("A round is on this case", "Its answers open here when the round has ended. The prompt is there already.");
  const post = await reads.posts.newest(group.id);
  const asked = post?.state === "open" && post.drill?.split("/")[1] === slug;
  if (!asked || post.revealAt === undefined || now >= post.revealAt) return undefined;
  return refuse(
    "Today's drill is on this case",
    `Its answers open here ${moment(post.revealAt)}, with the reveal. \`/daily answer\` is the way until then.`,
  );
}
