/** What Slack's refusals mean for an organizer, and whether trying again can help. */
import { REMOVED } from "../../app/installations.ts";
import { DeliveryError } from "../../app/messenger.ts";
import { slackFailure } from "./errors.ts";
import { SealBroken } from "./seal.ts";
import { NotInstalled, TOKEN_CODES } from "./workspaces.ts";

/** Slack's refusals by code, as an organizer can mend them. */
const REASONS: Readonly<Record<string, (bot: string) => string>> = {
  not_in_channel: (bot) => `Drillroom is not in this channel. Type /invite @${bot} there, then /setup.`,
  channel_not_found: (bot) =>
    `Slack does not show this channel to Drillroom: it was deleted, or it is private. If it is private, type /invite @${bot} there, then /setup.`,
  is_archived: () => "This channel is archived. Unarchive it, then type /setup; or set up another channel.",
  restricted_action: () => "This workspace lets only some members post in this channel. Allow Drillroom to post there, then type /setup.",
  message_not_found: () => "The message that was to be changed is gone from Slack.",
  thread_not_found: () => "The thread is gone from Slack: its first message was deleted.",
  user_not_found: () => "Slack does not know this member any more.",
  user_disabled: () => "This member's Slack account is deactivated.",
  team_access_not_granted: () => "Drillroom is not allowed in this workspace of the organization. An administrator can add it there.",
};

/** What the app itself is refused for, whichever workspace it speaks for. https://docs.slack.dev/reference/methods/oauth.v2.access#errors */
const CLIENT_CODES: ReadonlySet<string> = new Set(["bad_client_secret", "invalid_client_id"]);

/** Anything that is not Slack's stays what it is: a bug, logged by the outbox. */
export function deliveryError(error: unknown, bot: string): unknown {
  if (error instanceof NotInstalled) return new DeliveryError(REMOVED, { retry: false, cause: error });
  if (error instanceof SealBroken)
    return new DeliveryError(`${error.message}: restart the bot with all keys.`, { retry: true, cause: error });
  const failure = slackFailure(error);
  if (!failure) return error;
  const { code, transient, afterMs, needed } = failure;
  // The workspace is being taken out, or the process ends: what is to be said is neither lost nor given up here.
  if (CLIENT_CODES.has(code ?? ""))
    return new DeliveryError("Slack refuses SLACK_CLIENT_ID and SLACK_CLIENT_SECRET. The bot's operator must set them right.", {
      retry: true,
      cause: error,
    });
  if (TOKEN_CODES.has(code ?? "")) return new DeliveryError("Slack no longer accepts the bot's token.", { retry: true, cause: error });
  if (transient) {
    const reason = code === "ratelimited" ? "Slack asks for a pause." : "Slack could not be reached, or failed.";
    return new DeliveryError(reason, { retry: true, afterMs, cause: error });
  }
  return new DeliveryError(refusal(code ?? "", needed, bot), { retry: false, cause: error });
}

function refusal(code: string, needed: string | undefined, bot: string): string {
  if (code === "missing_scope")
    return `The Slack app lacks the permission ${needed ?? "it needs"}. Update it from the manifest (npm run slack:manifest) and reinstall it.`;
  return REASONS[code]?.(bot) ?? `Slack refused this message (${code}). Tell whoever hosts the bot.`;
}

/** What a member can do about a reply that could not be shown; undefined when it was not about the channel. */
export const inviteLine = (error: unknown, bot: string): string | undefined => {
  const code = slackFailure(error)?.code ?? "";
  return ["not_in_channel", "channel_not_found", "is_archived"].includes(code) ? REASONS[code]?.(bot) : undefined;
};
