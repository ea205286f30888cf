/** The real adapter on the stand-in, as the contract suites and the product's walk see it. */
import pino from "pino";
import { expect } from "vitest";
import type { Dispatcher } from "../../../src/app/dispatch.ts";
import type { PlatformAdapter } from "../../../src/app/messenger.ts";
import type { Place } from "../../../src/core/place.ts";
import { MARKS } from "../../../src/core/view.ts";
import { createDiscord, type DiscordOptions } from "../../../src/platforms/discord/index.ts";
import type { MessengerHarness } from "../../contract/messenger.ts";
import type { Person, ReceiverHarness, Seen, TalkHarness } from "../../contract/receiver.ts";
import { eventually, pictures } from "../../kit/pictures.ts";
import type { Modal, Reply } from "./stand_in/driver.ts";
import { type DiscordStandIn, startDiscordStandIn } from "./stand_in/index.ts";
import { shownOf } from "./stand_in/reading.ts";
import { mediaOf } from "./stand_in/upload.ts";

export interface DiscordHarness extends ReceiverHarness, MessengerHarness {
  readonly standIn: DiscordStandIn;
  readonly adapter: PlatformAdapter;
}

export const silent = pino({ level: "silent" });

export const adapterFor = (standIn: DiscordStandIn, dispatcher: Dispatcher, more: Partial<DiscordOptions> = {}): PlatformAdapter =>
  createDiscord({
    token: standIn.token,
    apiUrl: standIn.apiUrl,
    shards: "auto",
    dispatcher,
    pictures,
    log: silent,
    lost: (reason) => expect.fail(reason.message),
    comings: { removed: async () => undefined, invited: async () => undefined, there: async () => undefined },
    ...more,
  });

export async function connectDiscord(
  dispatcher: Dispatcher,
  people: readonly Person[],
  more: Partial<DiscordOptions> = {},
): Promise<DiscordHarness> {
  const standIn = await startDiscordStandIn({ people });
  const { driver, faults } = standIn;
  standIn.gateway.messageContent = more.messageContent ?? false;
  const adapter = adapterFor(standIn, dispatcher, more);
  await adapter.start();

  return {
    standIn,
    adapter,
    messenger: adapter.messenger,
    member: people[1]?.id ?? "1002",
    ...inDiscord(standIn),
    talk: talkIn(standIn, adapter),
    fault: {
      // Of the shared kind: the others would also hold back the requests after the next one.
      rateLimit: (seconds) => faults.next("create", { kind: "rateLimit", seconds, scope: "shared" }),
      serverError: () => faults.next("create", { kind: "serverError" }),
      lostAnswer: () => faults.next("create", { kind: "lostAnswer" }),
      lostPicture: () => faults.next("create", { kind: "lostAnswer" }),
      noPictures: () => faults.next("create", { kind: "refuse", status: 403, code: 50_013, message: "Missing Permissions" }),
      channelGone: () => faults.next("create", { kind: "refuse", status: 404, code: 10_003, message: "Unknown Channel" }),
    },
    async redeliver() {
      const edits = () => standIn.requests.filter((request) => request.startsWith("PATCH /webhooks")).length;
      const before = edits();
      driver.redeliver();
      while (edits() === before) await new Promise((soon) => setTimeout(soon, 10));
    },
    complete: async (who, path, field, typed) => (await driver.autocomplete(who.id, path, field, typed)).map(({ name }) => name),
    async stop() {
      await adapter.stop();
      await standIn.stop();
    },
  };
}

/** People who write there. Without the intent to read all, they call the bot by its name each time. */
function talkIn({ world, writer, guildId, channelId, gateway }: DiscordStandIn, { messenger }: PlatformAdapter): TalkHarness {
  const home: Place = { platform: "discord", space: guildId, channel: channelId };
  const channelOf = ({ channel, thread }: Place, who: Person) => thread ?? channel ?? world.directWith(who.id).id;
  const messages = (where: Place, who: Person) => world.channels.get(channelOf(where, who))?.messages ?? [];
  return {
    async thread() {
      const post = { kind: "post", key: `talk/${Math.random()}`, attempt: 1, to: home, view: { title: "A round", blocks: [] } } as const;
      const { remote: message } = await messenger.deliver(post);
      const thread = { kind: "thread", key: `talk/${message}`, attempt: 1, to: home, message, title: "A round" } as const;
      return { ...home, thread: (await messenger.deliver(thread)).remote };
    },
    async write(who, text, where, { calling, by, edited, ...how } = {}) {
      const author = by === "self" ? { id: world.application, bot: true } : { id: by === "bot" ? "7777" : who.id, bot: by === "bot" };
      const byName = calling ?? (where.thread !== undefined && !gateway.messageContent);
      const message = writer.write(author, channelOf(where, who), byName ? `<@${world.application}> ${text}` : text, how);
      if (edited) writer.edit(message, `${text}, changed`);
      return message.id;
    },
    async signs(message, where) {
      return [...(world.channels.get(where.thread ?? where.channel ?? "")?.messages.find(({ id }) => id === message)?.signs ?? [])];
    },
    async told(who, where) {
      const own = new Set(messages(where, who).flatMap(({ id, author }) => (author?.id === who.id ? [id] : [])));
      const replies = messages(where, who).filter(({ body }) =>
        own.has(String((body.message_reference as { message_id?: string })?.message_id)),
      );
      for (const { pinged } of replies) if (pinged.length > 0) throw new Error(`a reply pings ${pinged.join(", ")}`);
      return replies.map(({ body }) => shownOf(body).text);
    },
    markup: ({ id, name }) => ({
      written: `Ask <@${id}> in <#${channelId}>, <:party:123> at <t:1764000000:R>: *x* < 3 & <https://example.com/a?b=1>`,
      plain: `Ask @${name} in #system-design, :party: at 2025-11-24 16:00 UTC: *x* < 3 & https://example.com/a?b=1`,
    }),
    hushSign: MARKS.hush,
    direct: { platform: "discord", space: "@me" },
    unreliable: true,
  };
}

/** What people do and find on the server, whichever process the bot runs in. */
export function inDiscord({
  driver,
  world,
  guildId,
  channelId,
}: DiscordStandIn): Pick<DiscordHarness, "channel" | "shown" | "slash" | "press" | "submit" | "pictured" | "files"> {
  return {
    channel: { platform: "discord", space: guildId, channel: channelId },
    async shown(where) {
      const found = "direct" in where ? world.directWith(where.direct) : world.channels.get(where.thread ?? where.channel ?? "");
      return (found?.messages ?? []).map(({ id, body, pinged }) => ({ remote: id, ...shownOf(body), pinged, pictures: picturesOf(body) }));
    },
    slash: async (who, path, input, where) => seen(await driver.slash(who.id, path, input, where?.channel)),
    press: async (who, on, label) => seen(await driver.press(who.id, "remote" in on ? on.remote : (on.token as Reply).message.id, label)),
    pictured: (token) =>
      eventually(() => {
        const found = picturesOf((token as Reply).message.body);
        return found.length > 0 ? found : undefined;
      }, "the pictures of a reply on Discord"),
    files: async (_who, token) =>
      new Map((token as Reply).message.attachments.map(({ filename, bytes }) => [filename, bytes.toString("utf8")])),
    submit: async (_who, form, values) => seen(await driver.submitModal(form as Modal, values)),
  };
}

/** The words of a message's pictures. */
const picturesOf = (body: Parameters<typeof mediaOf>[0]): readonly string[] => mediaOf(body).map(({ description }) => description);

function seen(sight: Reply | Modal): Seen {
  if (sight.kind === "reply") return { kind: "reply", ...shownOf(sight.message.body), token: sight };
  const labels = (sight.modal.components as readonly { readonly label?: string }[]).flatMap(({ label }) =>
    label === undefined ? [] : [label],
  );
  return { kind: "form", title: String(sight.modal.title), labels, token: sight };
}
