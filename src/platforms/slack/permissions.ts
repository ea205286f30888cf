/** What the bot needs in a channel, and whether it has it. */
import type { webApi } from "@slack/bolt";
import type { Place } from "../../core/place.ts";
import type { Permission } from "../../core/setup_views.ts";
import { slackFailure } from "./errors.ts";
import { BOT_SCOPES } from "./manifest.ts";
import type { Workspace } from "./workspaces.ts";

/** Slack says so of a public channel, and "not found" of a private one. */
const OUTSIDE = new Set(["not_in_channel", "channel_not_found"]);

export const isInside = (client: webApi.WebClient, channel: string): Promise<boolean> =>
  client.conversations.history({ channel, limit: 1 }).then(
    () => true,
    (error: unknown) => {
      if (OUTSIDE.has(slackFailure(error)?.code ?? "")) return false;
      throw error;
    },
  );

/** One look into the channel tells whether the bot is in it, and Slack's answer which scopes the app has. */
export async function inspect({ client, bot }: Workspace, { channel }: Place): Promise<readonly Permission[]> {
  if (channel === undefined) return [];
  const [inside, { response_metadata }] = await Promise.all([isInside(client, channel), client.auth.test()]);
  const scopes = response_metadata?.scopes;
  const missing = scopes ? BOT_SCOPES.filter((scope) => !scopes.includes(scope)) : [];
  return [
    { name: "Membership of this channel", granted: inside, fix: `to post here. Type \`/invite @${bot.name}\` in this channel.` },
    {
      name: "The app's scopes",
      granted: missing.length === 0,
      fix: `it lacks ${missing.join(", ")}. Update the app from the manifest (npm run slack:manifest) and reinstall it.`,
    },
  ];
}
