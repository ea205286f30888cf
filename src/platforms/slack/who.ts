/** Who did something, as the product knows members. */
import type { Member, Place } from "../../core/place.ts";
import type { Workspaces } from "./workspaces.ts";

/** `user.name` is the handle that Slack sends along, for when it does not say more. Throws NotInstalled. */
export async function memberOf(
  workspaces: Workspaces,
  { platform, space }: Place,
  user: { readonly id: string; readonly name: string },
): Promise<Member> {
  const { people } = await workspaces.of(space);
  const known = await people.find(user.id);
  return { platform, space, id: user.id, name: known?.name ?? user.name, manager: known?.manager ?? false };
}
