/** What an organizer can do about a refusal of Discord's, by its code; another try would fail in the same way. */
import { RESTJSONErrorCodes as Code } from "discord.js";
import type { Delivery } from "../../app/messenger.ts";
import type { Place } from "../../core/place.ts";
import type { Permission } from "../../core/setup_views.ts";

/** A link, since the reader may be in a direct message. */
export const linkTo = ({ space, channel, thread }: Place): string =>
  `[the ${thread === undefined ? "channel" : "thread"}](https://discord.com/channels/${space}/${thread ?? channel})`;

/** https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
const ADVICE: Readonly<Record<number, (place: string, delivery: Delivery) => string>> = {
  [Code.UnknownChannel]: (place, { to }) =>
    to.thread === undefined
      ? `Discord says that ${place} no longer exists. Run \`/setup\` in the channel that should be used instead.`
      : `Discord says that ${place} no longer exists: somebody deleted it. What was said in it is kept here; \`/mock start\` opens another one.`,
  [Code.UnknownMessage]: (place) => `A message in ${place} was deleted, so it can neither be changed nor have a thread.`,
  [Code.UnknownUser]: () => "This member's account no longer exists.",
  [Code.MissingAccess]: (place) => `Drillroom cannot see ${place}. Give it the permission View Channel in the channel's settings.`,
  [Code.MissingPermissions]: (place, delivery) =>
    `Drillroom lacks the permission ${likely(delivery)} in ${place}. Give it in the channel's settings.`,
  [Code.CannotSendMessagesToThisUser]: () => "This member takes no direct messages from Drillroom.",
  [Code.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds]: () => "This member is in no server with Drillroom any more.",
  [Code.CannotSendMessagesInNonTextChannel]: (place) => `Discord says that ${place} takes no messages. Run \`/setup\` in a text channel.`,
  [Code.CannotExecuteActionOnThisChannelType]: (place) =>
    `Discord says that ${place} can have no threads. Run \`/setup\` in a text channel.`,
  [Code.ThreadLocked]: (place) => `Discord says that ${place} is locked. Unlock it, or give Drillroom the permission Manage Threads.`,
  [Code.InvalidActionOnArchivedThread]: (place) =>
    `Discord says that ${place} is archived and locked. Unlock it, or give Drillroom Manage Threads.`,
  [Code.MaximumActiveThreads]: () =>
    "This server has as many active threads as Discord allows (1,000). Close some that are over, and this works again.",
  [Code.InvalidFormBodyOrContentType]: () => "Discord did not take the form of this message: a fault in Drillroom. Tell its operator.",
};

/** `missing`: what the bot was found to lack there, when it could be asked. */
export function adviceFor(code: number, delivery: Delivery, missing: readonly Permission[]): string | undefined {
  const place = linkTo(delivery.to);
  if (!LACKING.includes(code as Code) || missing.length === 0) return ADVICE[code]?.(place, delivery);
  return `Drillroom lacks ${missing.length === 1 ? "a permission" : "permissions"} in ${place}: ${missing
    .map(({ name, fix }) => `**${name}**, ${fix}`)
    .join(" ")}`;
}

/** Codes that say that something is not permitted, and not what. */
export const LACKING: readonly Code[] = [Code.MissingAccess, Code.MissingPermissions];

/** What was most likely missing, where nothing was found to be. */
function likely({ kind, to }: Delivery): string {
  if (kind === "thread") return "Create Public Threads";
  return to.thread === undefined ? "Send Messages" : "Send Messages in Threads";
}
