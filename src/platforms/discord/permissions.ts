/** What the bot needs in a channel, and whether it has it: read from what the gateway keeps us told. */
import { type Client, PermissionFlagsBits } from "discord.js";
import type { Place } from "../../core/place.ts";
import type { Permission } from "../../core/setup_views.ts";

/** The least that works, each with its reason; the invite link of the README asks for these. */
export const NEEDED = [
  { flag: PermissionFlagsBits.ViewChannel, name: "View Channel", why: "to see the channel at all" },
  { flag: PermissionFlagsBits.SendMessages, name: "Send Messages", why: "to post the drill" },
  { flag: PermissionFlagsBits.CreatePublicThreads, name: "Create Public Threads", why: "to open the thread of a reveal or a round" },
  { flag: PermissionFlagsBits.SendMessagesInThreads, name: "Send Messages in Threads", why: "to post in it" },
  { flag: PermissionFlagsBits.AddReactions, name: "Add Reactions", why: "to mark an answer that was written as taken" },
  { flag: PermissionFlagsBits.AttachFiles, name: "Attach Files", why: "to show diagrams and scorecards" },
  { flag: PermissionFlagsBits.ReadMessageHistory, name: "Read Message History", why: "to start a thread from its own message" },
] as const;

export async function inspect(client: Client, { channel }: Place): Promise<readonly Permission[]> {
  const found = channel === undefined ? null : await client.channels.fetch(channel).catch(() => null);
  const all = (granted: (flag: bigint) => boolean) =>
    NEEDED.map(({ flag, name, why }) => ({
      name,
      granted: granted(flag),
      fix: `${why}. Channel settings → Permissions → Drillroom → allow ${name}.`,
    }));
  // Discord shows a bot no channel that it may not see.
  if (!found || found.isDMBased() || !client.user) return all(() => false);
  const given = found.permissionsFor(client.user);
  return given ? all((flag) => given.has(flag)) : [];
}
