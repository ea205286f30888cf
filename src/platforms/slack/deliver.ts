/**
 * Says one thing in Slack. It never retries: WebClient would post twice after a lost answer, so the
 * outbox alone tries again, and from the second try on the first one's message is looked for.
 */
import type { webApi } from "@slack/bolt";
import { type Delivered, type Delivery, DeliveryError, type Messenger } from "../../app/messenger.ts";
import { PICTURE_TRIES } from "../../app/pictures.ts";
import { DAY, type Place, SECOND } from "../../core/place.ts";
import { slackFailure } from "./errors.ts";
import { HISTORY_MESSAGES } from "./limits.ts";
import type { People } from "./people.ts";
import { inspect } from "./permissions.ts";
import type { PictureTrouble, Uploads } from "./pictures.ts";
import { type DrawnMessage, drawMessage, membersIn } from "./render.ts";

/** Our key rides here, unseen by members. https://docs.slack.dev/messaging/message-metadata */
const EVENT_TYPE = "drillroom_effect";
/**
 * How far back a second try looks for the first: the outbox gives up within the hour, the rest is
 * for a process that was down. Only the newest HISTORY_MESSAGES are seen (15 for an app that is
 * distributed outside the Marketplace); beyond either a duplicate is possible.
 */
const LOOK_BACK_MS = DAY;
/** How long a delivery waits for its pictures; with its other requests it stays within the outbox's lease. */
const PICTURE_MS = 8 * SECOND;

interface Parts {
  readonly client: webApi.WebClient;
  readonly people: People;
  readonly uploads: Uploads;
  /** The bot's user name, for `/invite @name`. */
  readonly botName: () => string;
}

interface Target {
  readonly channel: string;
  readonly thread?: string | undefined;
}

export function createMessenger({ client, people, uploads, botName }: Parts): Messenger {
  async function show<T>(
    { view, attempt }: Exclude<Delivery, { kind: "thread" }>,
    request: (drawn: DrawnMessage) => Promise<T>,
  ): Promise<T> {
    const called = new Set(view.notify);
    const names = await people.names(membersIn(view).filter((id) => !called.has(id)));
    const again = ({ message, passes, afterMs, cause }: PictureTrouble) => {
      if (passes && attempt < PICTURE_TRIES) throw new DeliveryError(`In Slack, ${message}.`, { retry: true, afterMs, cause });
    };
    const send = (files: Parameters<typeof drawMessage>[2]) => request(drawMessage(view, (id) => names.get(id), files));
    return uploads.send({ view, ms: PICTURE_MS, send, instead: again });
  }

  async function post(delivery: Extract<Delivery, { kind: "post" | "notice" }>, target: Target): Promise<Delivered> {
    const { key, attempt } = delivery;
    const sent = attempt > 1 ? await find(key, target) : undefined;
    if (sent !== undefined) return { remote: sent };
    const { ts } = await show(delivery, (drawn) =>
      client.chat.postMessage({
        channel: target.channel,
        ...(target.thread === undefined ? {} : { thread_ts: target.thread }),
        ...drawn,
        metadata: { event_type: EVENT_TYPE, event_payload: { key } },
        unfurl_links: false,
        unfurl_media: false,
      }),
    );
    return { remote: given(ts, "chat.postMessage") };
  }

  /** The message that an earlier try with this key left, if Slack still shows it. */
  async function find(key: string, { channel, thread }: Target): Promise<string | undefined> {
    const within = {
      channel,
      include_all_metadata: true,
      oldest: String(Math.floor((Date.now() - LOOK_BACK_MS) / 1_000)),
      limit: HISTORY_MESSAGES,
    };
    const { messages = [] } =
      thread === undefined ? await client.conversations.history(within) : await client.conversations.replies({ ...within, ts: thread });
    return messages.find(({ metadata }) => metadata?.event_type === EVENT_TYPE && payloadKey(metadata.event_payload) === key)?.ts;
  }

  /** Posting to a user's id opens the conversation by itself; only looking into it needs its own id. */
  async function direct(member: string, attempt: number): Promise<Target> {
    if (attempt === 1) return { channel: member };
    const { channel } = await client.conversations.open({ users: member });
    return { channel: given(channel?.id, "conversations.open") };
  }

  async function send(delivery: Delivery): Promise<Delivered> {
    switch (delivery.kind) {
      case "post":
        return post(delivery, { channel: channelOf(delivery.to), thread: delivery.to.thread });
      case "edit": {
        const where = { channel: channelOf(delivery.to), ts: delivery.message };
        await show(delivery, (drawn) => client.chat.update({ ...where, ...drawn }));
        return { remote: delivery.message };
      }
      case "thread":
        // A Slack thread is nothing but its root's timestamp: there is nothing to create, or to name.
        return { remote: delivery.message };
      case "notice":
        return post(delivery, await direct(delivery.member, delivery.attempt));
    }
  }

  return {
    platform: "slack",
    inspect: (place) => inspect(client, place, botName()),
    async deliver(delivery) {
      try {
        return await send(delivery);
      } catch (error) {
        throw deliveryError(error, botName());
      }
    },
  };
}

const payloadKey = (payload: unknown): unknown =>
  typeof payload === "object" && payload !== null && "key" in payload ? payload.key : undefined;

function channelOf({ channel }: Place): string {
  if (channel === undefined) throw new DeliveryError("A message needs a channel to stand in.", { retry: false });
  return channel;
}

function given(value: string | undefined, method: string): string {
  if (value === undefined) throw new DeliveryError(`Slack's answer to ${method} lacks what it should name.`, { retry: true });
  return value;
}

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
};
const TOKEN_CODES = new Set(["invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"]);

/** Anything that is not Slack's stays what it is: a bug, logged by the outbox. */
function deliveryError(error: unknown, bot: string): unknown {
  const failure = slackFailure(error);
  if (!failure) return error;
  const { code, transient, afterMs, needed } = failure;
  if (transient) {
    const reason = code === "ratelimited" ? "Slack asks for a pause." : "Slack could not be reached, or failed.";
    return new DeliveryError(reason, { retry: true, afterMs, cause: error });
  }
  return new DeliveryError(refusal(code ?? "", needed, bot), { retry: false, cause: error });
}

function refusal(code: string, needed: string | undefined, bot: string): string {
  if (code === "missing_scope")
    return `The Slack app lacks the permission ${needed ?? "it needs"}. Update it from the manifest (npm run slack:manifest) and reinstall it.`;
  if (TOKEN_CODES.has(code)) return "Slack no longer accepts the bot's token. Reinstall the app and set SLACK_BOT_TOKEN anew.";
  return REASONS[code]?.(bot) ?? `Slack refused this message (${code}). Tell whoever hosts the bot.`;
}
