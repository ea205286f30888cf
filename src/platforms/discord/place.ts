/** Where something happens on Discord. */
import type { Channel } from "discord.js";
import type { Place } from "../../core/place.ts";

/** Where somebody is alone with the bot: no server's, and no channel in our sense. Discord's own word for it. */
export const DIRECT: Place = { platform: "discord", space: "@me" };

export function homeOf(guildId: string, channelId: string | null, channel: Channel | null): Place {
  const home = { platform: "discord", space: guildId } as const;
  if (channel?.isThread() && channel.parentId !== null) return { ...home, channel: channel.parentId, thread: channel.id };
  return channelId === null ? home : { ...home, channel: channelId };
}
