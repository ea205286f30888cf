/** Which drill a command of the daily drill is about. */
import { z } from "zod";
import type { Choice, ReadScene, Refused, Scene } from "../src/app/command.ts";
import { drillOf } from "../src/app/drill_book.ts";
import type { Post, Reads } from "../src/app/ports.ts";
import type { Drill } from "../src/core/drill.ts";
import { parsePostId } from "../src/core/drill_views.ts";
import type { Group } from "../src/core/group.ts";
import { clip, literal, mention } from "../src/core/markup.ts";
import { refuse } from "../src/core/refusal.ts";
import { OFFERED } from "./lookup.ts";

/** Which drill, from a button; otherwise the newest is meant. */
export const post = z.string().max(40).optional().meta({ carried: true });

export interface Found {
  readonly ok: true;
  readonly group: Group;
  readonly post: Post;
  readonly drill: Drill;
}

const noGroup = refuse("No group meets here yet", "An organizer sets one up with `/setup` in the channel.");
const readsOf = (scene: ReadScene | Scene): Reads => ("tx" in scene ? scene.tx : scene.read);

/** The post that a button names, or the group's newest; only ever one of this channel's own group. */
export async function find(scene: ReadScene | Scene, id: string | undefined): Promise<Found | Refused> {
  const { group, library } = scene;
  const reads = readsOf(scene);
  const ref = id === undefined ? undefined : parsePostId(id);
  if (!group) return noGroup;
  if (id !== undefined && ref?.group !== group.id)
    return refuse("That drill is not of this channel", "Answer it in the channel where it was posted.");
  const found = ref ? await reads.posts.find(ref) : await reads.posts.newest(group.id);
  const drill = await drillOf(reads, library, group.id, found?.drill);
  if (found?.state === "replaced")
    return refuse("An organizer replaced this drill", "The newest one is shown by `/daily today`. Points for this one are kept.");
  if (!found || !drill)
    return refuse(
      "There is no drill yet",
      group.schedule ? "The next one comes at the scheduled time." : "An organizer sets the daily drill up with `/setup`.",
    );
  return { ok: true, group, post: found, drill };
}

/** A member by id, display name or mention, among those who were seen in this space. */
export async function memberNamed(
  { tx, place }: Scene,
  typed: string,
): Promise<{ readonly ok: true; readonly id: string; readonly name: string } | Refused> {
  const id = typed.replace(/^<@!?([A-Za-z0-9]+)(?:\|[^>]*)?>$/, "$1").replace(/^@/, "");
  const known = await tx.members.like(place, id, OFFERED);
  const [one, ...others] = known.filter((member) => member.id === id || member.name.toLowerCase() === id.toLowerCase());
  if (!one)
    return refuse("Nobody of that name was seen here", `“${literal(clip(typed, 60))}” has to use Drillroom once first, such as \`/help\`.`);
  if (others.length > 0)
    return refuse(
      "Several are called so",
      `Use their id: ${[one, ...others].map((same) => `${mention(same.id)} \`${same.id}\``).join(", ")}.`,
    );
  return { ok: true, ...one };
}

export const offerMembers = async ({ read, place }: ReadScene, typed: string): Promise<readonly Choice[]> =>
  (await read.members.like(place, typed, OFFERED)).map(({ id, name }) => ({ label: clip(name, 100), value: id }));

/** The group of the channel, or the advice to make one. */
export function groupOf({ group }: ReadScene | Scene): { readonly ok: true; readonly group: Group } | Refused {
  return group ? { ok: true, group } : noGroup;
}
