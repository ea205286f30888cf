/** Sends what the outbox claims. Sends once: it says whether another try can help, and the outbox decides. */
import { createHash } from "node:crypto";
import {
  type APIDMChannel,
  type APIMessage,
  type APIThreadChannel,
  RESTJSONErrorCodes as Code,
  DiscordAPIError,
  HTTPError,
  RateLimitError,
  type RawFile,
  type REST,
  Routes,
  ThreadAutoArchiveDuration,
} from "discord.js";
import type { Logger } from "pino";
import { type Delivered, type Delivery, DeliveryError, type Messenger } from "../../app/messenger.ts";
import { type Illustrated, illustrate, PICTURE_TRIES, type Pictures } from "../../app/pictures.ts";
import { within } from "../../app/within.ts";
import { clip, printable } from "../../core/markup.ts";
import { withoutPictures } from "../../core/picture.ts";
import { type Place, SECOND } from "../../core/place.ts";
import { harmless, hasCode } from "./errors.ts";
import { NONCE, THREAD_NAME } from "./limits.ts";
import { THEME, withFiles } from "./pictures.ts";
import type { DiscordMessage } from "./render.ts";

/** Long enough to come back to after a weekend; a message in it opens it again anyway. */
const ARCHIVE_AFTER = ThreadAutoArchiveDuration.ThreeDays;

/** How long a delivery waits for its pictures; with its requests it stays within the outbox's lease. */
const PICTURE_MS = 5 * SECOND;

interface Parts {
  readonly rest: REST;
  readonly pictures: Pictures;
  readonly log: Logger;
  readonly inspect: Messenger["inspect"];
}

type Of<K extends Delivery["kind"]> = Extract<Delivery, { kind: K }>;

export function createMessenger({ rest, pictures, log, inspect }: Parts): Messenger {
  /** Only requests stand in here: a view that cannot be drawn is a fault of ours and no DeliveryError. */
  const ask = (request: Promise<unknown>, delivery: Delivery) =>
    request.catch((error: unknown) => {
      throw deliveryError(error, delivery);
    });

  async function drawn({ view, attempt }: Of<"post" | "notice" | "edit">): Promise<Illustrated> {
    const inTime = await within(illustrate(pictures, view, THEME, log), PICTURE_MS);
    if (inTime) return inTime;
    if (attempt < PICTURE_TRIES) throw new DeliveryError("A picture takes longer to draw than usual.", { retry: true });
    log.warn({ title: view.title }, "a picture was not drawn in time; its words are sent alone");
    return { view: withoutPictures(view), files: [] };
  }

  async function show(delivery: Of<"post" | "notice" | "edit">, request: (body: DiscordMessage, files: RawFile[]) => Promise<unknown>) {
    const illustrated = await drawn(delivery);
    return ask(withFiles(illustrated, log, request), delivery);
  }

  async function create(channel: string, delivery: Of<"post" | "notice">): Promise<Delivered> {
    const once = { nonce: nonceOf(delivery.key), enforce_nonce: true };
    const { id } = (await show(delivery, (body, files) =>
      rest.post(Routes.channelMessages(channel), { body: { ...body, ...once }, files }),
    )) as APIMessage;
    return { remote: id };
  }

  async function notice(delivery: Of<"notice">): Promise<Delivered> {
    // Opening a direct message that is open already gives the same channel.
    const body = { recipient_id: delivery.member };
    const { id } = (await ask(rest.post(Routes.userChannels(), { body }), delivery)) as APIDMChannel;
    return create(id, delivery);
  }

  async function edit(delivery: Of<"edit">): Promise<Delivered> {
    const route = Routes.channelMessage(target(delivery.to), delivery.message);
    await show(delivery, (body, files) => rest.patch(route, { body, files }));
    return { remote: delivery.message };
  }

  async function thread(delivery: Of<"thread">): Promise<Delivered> {
    const { to, message, title } = delivery;
    const body = { name: clip(printable(title).trim(), THREAD_NAME) || "Thread", auto_archive_duration: ARCHIVE_AFTER };
    const request = rest.post(Routes.threads(channelOf(to), message), { body }).catch((error: unknown) => {
      // A thread has the id of the message that it starts from: one that is there already is this one.
      if (hasCode(error, Code.ThreadAlreadyCreatedForMessage)) return { id: message };
      throw error;
    });
    const { id } = (await ask(request, delivery)) as Pick<APIThreadChannel, "id">;
    return { remote: id };
  }

  return {
    platform: "discord",
    inspect,
    async deliver(delivery) {
      switch (delivery.kind) {
        case "post":
          return create(target(delivery.to), delivery);
        case "notice":
          return notice(delivery);
        case "edit":
          return edit(delivery);
        case "thread":
          return thread(delivery);
      }
    },
  };
}

/**
 * Within a few minutes Discord answers a nonce it has seen with the message it made then.
 * https://discord.com/developers/docs/resources/message#create-message
 */
const nonceOf = (key: string): string => createHash("sha256").update(key).digest("base64url").slice(0, NONCE);

function channelOf({ channel }: Place): string {
  if (channel === undefined) throw new Error("A message for Discord needs a channel.");
  return channel;
}

const target = (to: Place): string => to.thread ?? channelOf(to);

/**
 * What an organizer can do, by Discord's code; another try would fail in the same way.
 * https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
 */
const ADVICE: Readonly<Record<number, (place: string, delivery: Delivery) => string>> = {
  [Code.UnknownChannel]: (place) =>
    `Discord says that ${place} no longer exists. Run \`/setup\` in the channel that should be used instead.`,
  [Code.UnknownMessage]: (place) => `A message in ${place} was deleted, so it can neither be changed nor have a thread.`,
  [Code.UnknownUser]: () => "This member's account no longer exists.",
  [Code.MissingAccess]: (place) => `Drillroom cannot see ${place}. Give it the permission View Channel in the channel's settings.`,
  [Code.MissingPermissions]: (place, delivery) =>
    `Drillroom lacks the permission ${permissionFor(delivery)} in ${place}. Give it in the channel's settings.`,
  [Code.CannotSendMessagesToThisUser]: () => "This member takes no direct messages from Drillroom.",
  [Code.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds]: () => "This member is in no server with Drillroom any more.",
  [Code.CannotSendMessagesInNonTextChannel]: (place) => `Discord says that ${place} takes no messages. Run \`/setup\` in a text channel.`,
  [Code.CannotExecuteActionOnThisChannelType]: (place) =>
    `Discord says that ${place} can have no threads. Run \`/setup\` in a text channel.`,
  [Code.ThreadLocked]: (place) => `Discord says that ${place} is locked. Unlock it, or give Drillroom the permission Manage Threads.`,
  [Code.InvalidActionOnArchivedThread]: (place) =>
    `Discord says that ${place} is archived and locked. Unlock it, or give Drillroom Manage Threads.`,
  [Code.MaximumActiveThreads]: () => "This server has as many active threads as Discord allows. Close some of them.",
  [Code.InvalidFormBodyOrContentType]: () => "Discord did not take the form of this message: a fault in Drillroom. Tell its operator.",
};

function permissionFor({ kind, to }: Delivery): string {
  if (kind === "thread") return "Create Public Threads";
  return to.thread === undefined ? "Send Messages" : "Send Messages in Threads";
}

/** A link, since the reader may be in a direct message. */
const placeOf = ({ space, channel, thread }: Place): string =>
  `[the ${thread === undefined ? "channel" : "thread"}](https://discord.com/channels/${space}/${thread ?? channel})`;

/** Carries no cause: discord.js keeps a request's address and body on its errors, and these get logged. */
function deliveryError(error: unknown, delivery: Delivery): DeliveryError {
  if (error instanceof RateLimitError) return new DeliveryError("Discord asks for a pause.", { retry: true, afterMs: error.retryAfter });
  if (error instanceof HTTPError) return new DeliveryError(`Discord has a fault of its own (${error.status}).`, { retry: true });
  if (error instanceof DiscordAPIError) return refused(error, delivery);
  const { name, code } = harmless(error);
  return new DeliveryError(`Discord could not be reached (${code ?? name}).`, { retry: true });
}

function refused({ code, status }: DiscordAPIError, delivery: Delivery): DeliveryError {
  if (status === 401)
    return new DeliveryError("Discord refused the bot's DISCORD_TOKEN. Its operator must set a valid one.", { retry: true });
  const place = placeOf(delivery.to);
  const advice = ADVICE[Number(code)]?.(place, delivery);
  const reason = advice ? `${advice} (Discord ${code})` : `Discord refused a message for ${place} (${status}, ${code ?? "no code"}).`;
  return new DeliveryError(reason, { retry: code === Code.APIResourceOverloaded });
}
