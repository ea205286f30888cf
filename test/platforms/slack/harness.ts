/** The real adapter on the stand-in, as the contract suites and the product's walk see it. */
import type { RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import pino from "pino";
import type { Dispatcher } from "../../../src/app/dispatch.ts";
import type { Installations } from "../../../src/app/installations.ts";
import type { PlatformAdapter } from "../../../src/app/messenger.ts";
import type { Place } from "../../../src/core/place.ts";
import { MARKS } from "../../../src/core/view.ts";
import { createHttpServer, type Patience } from "../../../src/operations/server.ts";
import { createSlack } from "../../../src/platforms/slack/index.ts";
import type { MessengerHarness } from "../../contract/messenger.ts";
import type { Person, ReceiverHarness, Seen, TalkHarness } from "../../contract/receiver.ts";
import { eventually, pictures } from "../../kit/pictures.ts";
import { type SlackStandIn, startSlackStandIn } from "./stand_in/index.ts";
import { buttonsOf, fieldsOf, picturesOf, pingedBy, textOf } from "./stand_in/shown.ts";
import { directOf, type Sight } from "./stand_in/workspace.ts";

export interface SlackHarness extends ReceiverHarness, MessengerHarness {
  readonly standIn: SlackStandIn;
  readonly adapter: PlatformAdapter;
  /** What was said when the token was refused for good. */
  readonly ended: readonly string[];
}

export const silent = pino({ level: "silent" });

/** One workspace's token is the operator's: nothing is kept of it. */
export const noInstallations = new Proxy({} as Installations, {
  get: (_, name) => () => Promise.reject(new Error(`${String(name)} was asked of a bot with one workspace`)),
});

interface How {
  readonly prefix?: string;
  /** Over HTTP instead of Socket Mode. */
  readonly overHttp?: boolean;
  /** Other than an operator's. */
  readonly patience?: Patience;
}

export async function connectSlack(dispatcher: Dispatcher, people: readonly Person[], how: How = {}): Promise<SlackHarness> {
  const { prefix, overHttp = false, patience } = how;
  const standIn = await startSlackStandIn({ people, overHttp });
  const { workspace, apiUrl, botToken, appToken, signingSecret } = standIn;
  const ended: string[] = [];
  const adapter = createSlack({
    transport: overHttp ? { kind: "http", signingSecret } : { kind: "socket", appToken },
    tenancy: { kind: "one", botToken },
    apiUrl,
    dispatcher,
    pictures,
    installations: noInstallations,
    ended: (line) => ended.push(line),
    log: silent,
    ...(prefix && { commandPrefix: prefix }),
  });
  await adapter.start();
  const stopServing = adapter.http && (await serveSlack(adapter.http, standIn, patience));

  return {
    standIn,
    adapter,
    ended,
    messenger: adapter.messenger,
    member: people[1]?.id ?? "1002",
    ...inSlack(standIn, prefix),
    talk: talkIn(standIn, adapter),
    fault: {
      rateLimit: (seconds) => standIn.faults.next("chat.postMessage", { kind: "rateLimit", seconds }),
      serverError: () => standIn.faults.next("chat.postMessage", { kind: "serverError" }),
      lostAnswer: () => standIn.faults.next("chat.postMessage", { kind: "lostAnswer" }),
      lostPicture: () => standIn.faults.next("upload", { kind: "lostAnswer" }),
      noPictures: () =>
        standIn.faults.next("files.getUploadURLExternal", { kind: "refuse", error: "missing_scope", needed: "files:write" }),
      channelGone: () => standIn.faults.next("chat.postMessage", { kind: "refuse", error: "channel_not_found" }),
    },
    async redeliver() {
      const all = people.map(({ id }) => workspace.sights(id).length);
      (overHttp ? standIn.http : standIn.socket).redeliver();
      await workspace.until(
        () => people.some(({ id }, at) => workspace.sights(id).length > (all[at] ?? 0)) || undefined,
        "a second reply",
        20_000,
      );
    },
    async stop() {
      await adapter.stop();
      await stopServing?.();
      await standIn.stop();
    },
  };
}

/** Serves the adapter's routes as main does, and tells the stand-in where. Returns what ends it. */
export async function serveSlack(http: RequestListener, standIn: SlackStandIn, patience?: Patience): Promise<() => Promise<void>> {
  const server = createHttpServer(http, patience);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  standIn.http.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return async () => {
    standIn.http.url = undefined;
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
}

/** What people do and find in the workspace, whichever process the bot runs in. */
export function inSlack(
  standIn: SlackStandIn,
  prefix = "",
): Pick<SlackHarness, "channel" | "shown" | "slash" | "press" | "submit" | "pictured" | "files"> {
  const { driver, workspace, team, channel: channelId } = standIn;
  const channel: Place = { platform: "slack", space: team, channel: channelId };
  return {
    channel,
    async shown(where) {
      const messages =
        "direct" in where ? workspace.messages(directOf(where.direct)) : workspace.messages(where.channel ?? "", where.thread);
      return messages.map(({ ts, text, blocks, author }) => ({
        remote: ts,
        text: author === undefined ? textOf(blocks) : text,
        buttons: buttonsOf(blocks).map((button) => button.text.text),
        pinged: pingedBy(blocks, text),
        pictures: picturesOf(blocks),
      }));
    },
    async slash(who, path, input, where = channel) {
      const [word = "", ...rest] = path.split(" ");
      const options = Object.entries(input).map(([name, value]) => `${name}:"${value}"`);
      return seen(
        standIn,
        who.id,
        await driver.slash(who.id, where.channel ?? channelId, `/${prefix}${word}`, [...rest, ...options].join(" ")),
      );
    },
    async press(who, on, label, where = channel) {
      const sight =
        "token" in on
          ? await driver.pressSeen(who.id, on.token as Sight, label)
          : await driver.press(who.id, where.channel ?? "", on.remote, label);
      return seen(standIn, who.id, sight);
    },
    pictured: (token) =>
      eventually(() => {
        const sight = token as Sight;
        const view = sight.kind === "modal" ? workspace.views.get(sight.viewId)?.view : undefined;
        const found = picturesOf(view?.blocks ?? (sight.kind === "private" ? sight.message.blocks : []));
        return found.length > 0 ? found : undefined;
      }, "the pictures of a reply in Slack"),
    files: async (who) =>
      new Map(
        [...workspace.files.all.values()]
          .filter(({ shared, completed }) => shared === directOf(who.id) && completed !== undefined)
          .map(({ name, bytes }) => [name, bytes?.toString("utf8") ?? ""]),
      ),
    submit: async (who, form, values) => seen(standIn, who.id, await driver.submit(who.id, form as Sight, values)),
  };
}

/** People who write there. */
function talkIn({ workspace, writer, team, channel: home }: SlackStandIn, { messenger }: PlatformAdapter): TalkHarness {
  const place: Place = { platform: "slack", space: team, channel: home };
  const channelOf = ({ channel }: Place, who: Person) => channel ?? directOf(who.id);
  return {
    async thread() {
      const post = { kind: "post", key: `talk/${Math.random()}`, attempt: 1, to: place, view: { title: "A round", blocks: [] } } as const;
      const { remote: message } = await messenger.deliver(post);
      const thread = { kind: "thread", key: `talk/${message}`, attempt: 1, to: place, message, title: "A round" } as const;
      return { ...place, thread: (await messenger.deliver(thread)).remote };
    },
    async write(who, text, where, { calling, edited, ...how } = {}) {
      const message = writer.write(who.id, channelOf(where, who), where.thread, calling ? `<@UBOT> ${text}` : text, how);
      if (edited) writer.edit(message, `${text}, changed`);
      return message.ts;
    },
    async signs(message, { channel = "" }) {
      const { reactions = new Set<string>() } = workspace.channel(channel)?.messages.find(({ ts }) => ts === message) ?? {};
      return [...reactions].map((name) => SIGNS[name] ?? name);
    },
    async told(who, { channel, thread }) {
      if (channel === undefined)
        return workspace.messages(directOf(who.id)).flatMap(({ author, blocks }) => (author ? [] : [textOf(blocks)]));
      return workspace
        .sights(who.id)
        .flatMap((sight) => (sight.kind === "private" && sight.message.thread === thread ? [textOf(sight.message.blocks)] : []));
    },
    markup: ({ id, name }) => ({
      written: `Ask <@${id}> in <#${home}|general>: *x* &lt; 3 &amp; <https://example.com/a?b=1&amp;c=2|the paper>, <http://a.example|a.example> :wave::skin-tone-3: <!here>`,
      plain: `Ask @${name} in #general: *x* < 3 & the paper (https://example.com/a?b=1&c=2), a.example :wave: @here`,
    }),
    hushSign: undefined,
    direct: { platform: "slack", space: team },
    unreliable: true,
  };
}

const SIGNS: Readonly<Record<string, string>> = { writing_hand: MARKS.said, question: MARKS.asked };

const WAITING = "One moment";
const isWaiting = (sight: Sight): boolean => sight.kind === "modal" && textOf(sight.view.blocks).includes(WAITING);

/** What the person has in front of them once nothing says "one moment" any more. */
export async function settled({ driver }: SlackStandIn, user: string, sight: Sight): Promise<Sight> {
  return isWaiting(sight) ? driver.next(user, sight, (later) => !isWaiting(later)) : sight;
}

async function seen(standIn: SlackStandIn, user: string, first: Sight): Promise<Seen> {
  const sight = await settled(standIn, user, first);
  if (sight.kind === "failure") throw new Error(`Slack says: ${sight.reason}`);
  const blocks = sight.kind === "modal" ? sight.view.blocks : sight.message.blocks;
  if (sight.kind === "modal" && sight.view.submit) {
    const labels = fieldsOf(sight.view).map(({ label }) => label.text);
    return { kind: "form", title: sight.view.title.text, labels, token: sight };
  }
  return { kind: "reply", text: textOf(blocks), buttons: buttonsOf(blocks).map((button) => button.text.text), token: sight };
}
