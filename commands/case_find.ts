/** Which case is meant, and whether its answers may be shown now. */
import type { ReadScene, Refused, Scene } from "../src/app/command.ts";
import type { Case } from "../src/core/content.ts";
import { lookUp, suggest } from "../src/core/lookup.ts";
import { clip, literal, moment } from "../src/core/markup.ts";
import { refuse } from "../src/core/refusal.ts";

/** Discord offers at most 25: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-autocomplete */
export const OFFERED = 25;

type AnyScene = ReadScene | Scene;

export type Found = { readonly ok: true; readonly slug: string; readonly item: Case } | Refused;

/** By slug, title or words of it. */
export function findCase({ library: { bank } }: AnyScene, typed: string): Found {
  const slug = lookUp(bank.cases, typed) ?? "";
  const item = bank.cases.get(slug);
  if (item) return { ok: true, slug, item };
  const near = suggest(bank.cases, typed);
  const all = (near.length > 0 ? near : [...bank.cases.keys()]).map((known) => literal(bank.cases.get(known)?.title ?? known));
  return refuse(near.length > 1 ? "There are several" : "There is no such case", `Which one: ${all.slice(0, OFFERED).join("; ")}?`);
}

export const offerCases = ({ library: { bank } }: ReadScene, typed: string) =>
  suggest(bank.cases, typed)
    .slice(0, OFFERED)
    .map((slug) => ({ label: clip(bank.cases.get(slug)?.title ?? slug, 100), value: slug }));

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
