/**
 * Says one thing in Slack. It never retries: WebClient would post twice after a lost answer, so the
 * outbox alone tries again, and from the second try on the first one's message is looked for.
 */
import { type Delivered, type Delivery, DeliveryError, type Messenger } from "../../app/messenger.ts";
import { PICTURE_TRIES } from "../../app/pictures.ts";
import { DAY, type Place, SECOND } from "../../core/place.ts";
import { sendFitting } from "./fallback.ts";
import { HISTORY_MESSAGES } from "./limits.ts";
import { inspect } from "./permissions.ts";
import type { Files, PictureTrouble } from "./pictures.ts";
import { deliveryError } from "./refusals.ts";
import { type DrawnMessage, membersIn } from "./render.ts";
import type { Workspace, Workspaces } from "./workspaces.ts";

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

interface Target {
  readonly channel: string;
  readonly thread?: string | undefined;
}

export function createMessenger(workspaces: Workspaces): Messenger {
  return {
    platform: "slack",
    async inspect(place) {
      return inspect(await workspaces.of(place.space), place);
    },
    async deliver(delivery) {
      let bot = "drillroom";
      try {
        const workspace = await workspaces.of(delivery.to.space);
        bot = workspace.bot.name;
        return await send(workspace, delivery);
      } catch (error) {
        throw deliveryError(error, bot);
      }
    },
  };
}

async function send(workspace: Workspace, delivery: Delivery): Promise<Delivered> {
  switch (delivery.kind) {
    case "post":
      return post(workspace, delivery, { channel: channelOf(delivery.to), thread: delivery.to.thread });
    case "edit": {
      const where = { channel: channelOf(delivery.to), ts: delivery.message };
      await show(workspace, delivery, (drawn) => workspace.client.chat.update({ ...where, ...drawn }));
      return { remote: delivery.message };
    }
    case "thread":
      // A Slack thread is nothing but its root's timestamp: there is nothing to create, or to name.
      return { remote: delivery.message };
    case "notice":
      return post(workspace, delivery, await direct(workspace, delivery.member, delivery.attempt));
  }
}

async function show<T>(
  { people, uploads }: Workspace,
  { view, attempt }: Exclude<Delivery, { kind: "thread" }>,
  request: (drawn: DrawnMessage) => Promise<T>,
): Promise<T> {
  const called = new Set(view.notify);
  const names = await people.names(membersIn(view).filter((id) => !called.has(id)));
  const again = ({ message, passes, afterMs, cause }: PictureTrouble) => {
    if (passes && attempt < PICTURE_TRIES) throw new DeliveryError(`In Slack, ${message}.`, { retry: true, afterMs, cause });
  };
  const send = (files: Files) => sendFitting(view, (id) => names.get(id), files, request);
  return uploads.send({ view, ms: PICTURE_MS, send, instead: again });
}

async function post(workspace: Workspace, delivery: Extract<Delivery, { kind: "post" | "notice" }>, target: Target): Promise<Delivered> {
  const { key, attempt } = delivery;
  const sent = attempt > 1 ? await find(workspace, key, target) : undefined;
  if (sent !== undefined) return { remote: sent };
  const { ts } = await show(workspace, delivery, (drawn) =>
    workspace.client.chat.postMessage({
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
async function find({ client }: Workspace, key: string, { channel, thread }: Target): Promise<string | undefined> {
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
async function direct({ client }: Workspace, member: string, attempt: number): Promise<Target> {
  if (attempt === 1) return { channel: member };
  const { channel } = await client.conversations.open({ users: member });
  return { channel: given(channel?.id, "conversations.open") };
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
