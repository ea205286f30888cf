/** Which group counts for a member: the channel's, or where there is none the one that they chose. */

import type { Group } from "../core/group.ts";
import type { Who } from "../core/place.ts";
import type { Reads } from "./ports.ts";

export type Home =
  | { readonly kind: "group"; readonly group: Group; readonly others: boolean }
  /** In no group of this space yet. */
  | { readonly kind: "none" }
  /** In several, and never asked. */
  | { readonly kind: "ask"; readonly groups: readonly Group[] };

export async function homeOf(reads: Pick<Reads, "homes">, who: Who, channel: Group | undefined): Promise<Home> {
  if (channel) return { kind: "group", group: channel, others: false };
  const [groups, chosen] = [await reads.homes.groups(who), await reads.homes.of(who)];
  const [first, ...more] = groups;
  if (!first) return { kind: "none" };
  const group = groups.find(({ id }) => id === chosen) ?? (more.length === 0 ? first : undefined);
  return group ? { kind: "group", group, others: more.length > 0 } : { kind: "ask", groups };
}
