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
} from "discord.js";
import type { Logger } from "pino";
import { type Delivered, type Delivery, DeliveryError, type Messenger } from "../../app/messenger.ts";
import { type Illustrated, illustrate, PICTURE_TRIES, type Pictures } from "../../app/pictures.ts";
import { within } from "../../app/within.ts";
import { clip, printable } from "../../core/markup.ts";
import { withoutPictures } from "../../core/picture.ts";
import { type Place, SECOND } from "../../core/place.ts";
import type { Permission } from "../../core/setup_views.ts";
import { adviceFor, LACKING, linkTo } from "./advice.ts";
import { harmless, hasCode } from "./errors.ts";
import { ARCHIVE_AFTER, NONCE, THREAD_NAME } from "./limits.ts";
import { type Inspector, isIn } from "./permissions.ts";
import { THEME, withFiles } from "./pictures.ts";
import type { DiscordMessage } from "./render.ts";

/** For threads that were asked for before anybody said for how long: long enough to come back to after a weekend. */
const QUIET_HOURS = 72;

/** How long a delivery waits for its pictures; with its requests it stays within the outbox's lease. */
const PICTURE_MS = 5 * SECOND;
/** How long a refusal waits for the reason to be found; what is most likely is said without. */
const INSPECT_MS = 3 * SECOND;

interface Parts {
  readonly rest: REST;
  readonly pictures: Pictures;
  readonly log: Logger;
  readonly inspect: Inspector;
}

type Of<K extends Delivery["kind"]> = Extract<Delivery, { kind: K }>;

export function createMessenger({ rest, pictures, log, inspect }: Parts): Messenger {
  /** Only requests stand in here: a view that cannot be drawn is a fault of ours and no DeliveryError. */
  const ask = (request: Promise<unknown>, delivery: Delivery) =>
    request.catch(async (error: unknown) => {
      throw deliveryError(error, delivery, hasCode(error, ...LACKING) ? await missingFor(delivery) : []);
    });

  /** Discord says that something is not permitted, and not what: the channel is asked, and silence is no answer. */
  async function missingFor({ kind, to }: Delivery): Promise<readonly Permission[]> {
    if (kind === "notice") return [];
    const found = await within(
      inspect(to).catch(() => []),
      INSPECT_MS,
    );
    return (found ?? []).filter(({ granted }) => !granted);
  }

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
    await show(delivery, (body, files) => {
      const change = () => rest.patch(route, { body, files });
      return change().catch(async (error: unknown) => {
        // Posting in an archived thread opens it; changing a message in it does not, and is refused.
        if (!hasCode(error, Code.InvalidActionOnArchivedThread)) throw error;
        await rest.patch(Routes.channel(target(delivery.to)), { body: { archived: false } });
        return change();
      });
    });
    return { remote: delivery.message };
  }

  async function thread(delivery: Of<"thread">): Promise<Delivered> {
    const { to, message, title, quietHours = QUIET_HOURS } = delivery;
    const body = { name: clip(printable(title).trim(), THREAD_NAME) || "Thread", auto_archive_duration: archiveAfter(quietHours) };
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
    isIn: (guild) => isIn(rest, guild),
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

/** The shortest of Discord's choices, in minutes, that is long enough; else the longest. */
export const archiveAfter = (hours: number): number => ARCHIVE_AFTER.find((minutes) => minutes >= hours * 60) ?? ARCHIVE_AFTER[3];

/** Carries no cause: discord.js keeps a request's address and body on its errors, and these get logged. */
function deliveryError(error: unknown, delivery: Delivery, missing: readonly Permission[]): DeliveryError {
  if (error instanceof RateLimitError) return new DeliveryError("Discord asks for a pause.", { retry: true, afterMs: error.retryAfter });
  if (error instanceof HTTPError) return new DeliveryError(`Discord has a fault of its own (${error.status}).`, { retry: true });
  if (error instanceof DiscordAPIError) return refused(error, delivery, missing);
  const { name, code } = harmless(error);
  return new DeliveryError(`Discord could not be reached (${code ?? name}).`, { retry: true });
}

function refused({ code, status }: DiscordAPIError, delivery: Delivery, missing: readonly Permission[]): DeliveryError {
  if (status === 401)
    return new DeliveryError("Discord refused the bot's DISCORD_TOKEN. Its operator must set a valid one.", { retry: true });
  const advice = adviceFor(Number(code), delivery, missing);
  const reason = advice
    ? `${advice} (Discord ${code})`
    : `Discord refused a message for ${linkTo(delivery.to)} (${status}, ${code ?? "no code"}).`;
  return new DeliveryError(reason, { retry: code === Code.APIResourceOverloaded });
}
