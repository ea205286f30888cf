/**
 * Messages in: words in a round's thread, calls by name, direct messages. Without the privileged
 * intent Discord gives the content of the last two alone, and of nothing else.
 * https://discord.com/developers/docs/events/gateway#message-content-intent
 */
import { type Client, type Message, MessageType, PermissionFlagsBits, type REST, RESTJSONErrorCodes, Routes } from "discord.js";
import type { Logger } from "pino";
import type { Dispatcher } from "../../app/dispatch.ts";
import { createOrder } from "../../app/in_order.ts";
import { HELLO, type Words } from "../../app/talk.ts";
import { withoutPictures } from "../../core/picture.ts";
import type { Place } from "../../core/place.ts";
import { MARKS, type View } from "../../core/view.ts";
import { insist, pingless } from "./answer.ts";
import { harmless, hasCode } from "./errors.ts";
import { DIRECT, homeOf } from "./place.ts";
import { textOf } from "./plain.ts";
import { renderView } from "./render.ts";

interface Parts {
  readonly client: Client;
  readonly dispatcher: Dispatcher;
  /** Whether the operator has the intent to read what does not call the bot. */
  readonly readsAll: boolean;
  readonly log: Logger;
}

/** Takes one message in; never rejects. */
export function createHearer({ client, dispatcher, readsAll, log }: Parts): (message: Message) => Promise<void> {
  const inOrder = createOrder();

  async function hear(message: Message): Promise<void> {
    const bot = client.user?.id ?? "";
    const addressed = message.guildId === null || message.mentions.users.has(bot);
    if (!isSpeech(message) || !(addressed || (readsAll && ownsThread(message, bot)))) return;
    await inOrder(message.channelId, () => answer(message, wordsOf(message), addressed));
  }

  async function answer(message: Message, words: Words, addressed: boolean): Promise<void> {
    const heard = words.place.thread === undefined ? undefined : await dispatcher.hear(words);
    if (heard?.reply) return show(client.rest, message, heard.reply);
    if (heard || !addressed) return;
    const { id, who, place } = words;
    await show(client.rest, message, await dispatcher.dispatch({ id, who, place, path: HELLO, input: {} }));
  }

  return (message) =>
    hear(message).catch((error: unknown) => {
      // Deleted before it was answered.
      if (hasCode(error, RESTJSONErrorCodes.UnknownMessage)) return;
      log.error({ err: harmless(error), message: message.id }, "a message could not be answered");
    });
}

/** Neither a bot's words nor our own, nor what Discord says by itself. */
const isSpeech = ({ author, webhookId, type }: Message): boolean =>
  !author.bot && webhookId === null && (type === MessageType.Default || type === MessageType.Reply);

/** A round's thread is started by the bot: others need not be looked up. */
const ownsThread = ({ channel }: Message, bot: string): boolean => channel.isThread() && channel.ownerId === bot;

function wordsOf(message: Message): Words {
  const { id, author, member, createdTimestamp } = message;
  const place = placeOf(message);
  const manager = member?.permissions.has(PermissionFlagsBits.ManageGuild) ?? false;
  const who = { platform: "discord", space: place.space, id: author.id, name: member?.displayName ?? author.displayName, manager } as const;
  return { id, text: textOf(message), who, place, ageMs: Date.now() - createdTimestamp };
}

function placeOf({ guildId, channel, channelId }: Message): Place {
  return guildId === null ? DIRECT : homeOf(guildId, channelId, channel);
}

/** Nobody else can be spoken to here: a sign says enough, and other words are short and ping nobody. */
async function show(rest: REST, message: Message, view: View): Promise<void> {
  const { id, channelId } = message;
  if (!view.mark) return reply(rest, message, view);
  const sign = encodeURIComponent(MARKS[view.mark]);
  try {
    await insist(() => rest.put(Routes.channelMessageOwnReaction(channelId, id, sign)));
  } catch (error) {
    if (!hasCode(error, RESTJSONErrorCodes.MissingPermissions, RESTJSONErrorCodes.ReactionWasBlocked)) throw error;
    await reply(rest, message, view);
  }
}

async function reply(rest: REST, { id, channelId }: Message, view: View): Promise<void> {
  const { allowed_mentions: nobody, ...drawn } = renderView(withoutPictures(pingless(view)));
  const body = {
    ...drawn,
    allowed_mentions: { ...nobody, replied_user: false },
    message_reference: { message_id: id, fail_if_not_exists: false },
    // A message is answered once, however often it arrives.
    nonce: id,
    enforce_nonce: true,
  };
  await insist(() => rest.post(Routes.channelMessages(channelId), { body }));
}
