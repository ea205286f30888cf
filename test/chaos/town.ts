/** A platform's stand-in as many people use it at once, with its faults, and a look at all that the bot ever sent. */
import type { Place } from "../../src/core/place.ts";
import type { Shown } from "../contract/messenger.ts";
import type { Person, ReceiverHarness, Seen } from "../contract/receiver.ts";
import { everything, type Standing } from "../kit/everything.ts";
import { inDiscord } from "../platforms/discord/harness.ts";
import type { Fault as DiscordFault, RequestKind } from "../platforms/discord/stand_in/faults.ts";
import { startDiscordStandIn } from "../platforms/discord/stand_in/index.ts";
import { inSlack } from "../platforms/slack/harness.ts";
import type { Fault as SlackFault } from "../platforms/slack/stand_in/faults.ts";
import { startSlackStandIn } from "../platforms/slack/stand_in/index.ts";

export interface Town {
  readonly name: "discord" | "slack";
  /** The variables that lead a bot here. */
  readonly env: Readonly<Record<string, string>>;
  readonly channels: readonly Place[];
  slash(who: Person, path: string, input: Parameters<ReceiverHarness["slash"]>[2], where: Place): Promise<string>;
  press(who: Person, on: Shown, label: string, where: Place): Promise<string>;
  /** All messages of a channel and of its threads, each with where it stands. */
  everything(channel: Place): Promise<readonly Standing[]>;
  /** What can go wrong here; `meanwhile` runs when the platform has done what it was asked and has not said so. */
  readonly faults: readonly ((meanwhile: () => Promise<void>) => void)[];
  /** Which effect each message of the bot is, by what the platform tells two of them apart with. */
  marks(): readonly string[];
  readonly violations: readonly string[];
  /** How many people were told that nobody answers. */
  unanswered(): number;
  stop(): Promise<void>;
}

/** People do not look at "thinking" for longer. */
const PATIENCE_MS = 8_000;
/** How long a platform that asks for a pause wants it. */
const PAUSE_SECONDS = 1;

const words = (seen: Seen): string => (seen.kind === "reply" ? seen.text : seen.title);

/** Channels in three servers, one for each shard. */
export async function discordTown(people: readonly Person[], channels: number): Promise<Town> {
  const standIn = await startDiscordStandIn({ people, guilds: 3 });
  const { apiUrl, token, world, gateway, driver, faults, violations, late } = standIn;
  driver.patience = PATIENCE_MS;
  const rooms = Array.from({ length: channels }, (_, nth): Place => {
    const { id: guild, home } = world.guilds[nth % world.guilds.length] ?? { id: world.guild, home: world.home };
    const channel = nth < world.guilds.length ? home : world.addChannel("text", `group-${nth}`, { guild }).id;
    return { platform: "discord", space: guild, channel };
  });
  const acts = inDiscord(standIn);
  const next = (on: RequestKind, fault: DiscordFault) => void (faults.left < MOST_FAULTS && faults.next(on, fault));
  return {
    name: "discord",
    env: { DISCORD_API_URL: apiUrl, DISCORD_TOKEN: token },
    channels: rooms,
    slash: async (who, path, input, where) => words(await acts.slash(who, path, input, where)),
    press: async (who, on, label, where) => words(await acts.press(who, on, label, where)),
    everything: (channel) => everything(acts.shown, channel),
    faults: [
      (meanwhile) => next("create", { kind: "lostAnswer", meanwhile }),
      (meanwhile) => next("edit", { kind: "lostAnswer", meanwhile }),
      (meanwhile) => next("thread", { kind: "lostAnswer", meanwhile }),
      (meanwhile) => next("create", { kind: "dropped", meanwhile }),
      (meanwhile) => next("reply", { kind: "dropped", meanwhile }),
      () => next("create", { kind: "serverError", status: 503 }),
      () => next("create", { kind: "rateLimit", seconds: PAUSE_SECONDS, scope: "shared" }),
      () => next("create", { kind: "rateLimit", seconds: PAUSE_SECONDS, scope: "user" }),
      () => next("edit", { kind: "rateLimit", seconds: PAUSE_SECONDS, scope: "global" }),
      () => next("create", { kind: "silence" }),
      () => next("callback", { kind: "serverError" }),
      () => gateway.drop(),
      () => gateway.drop({ forget: true }),
      () => gateway.askToReconnect(),
      () => void (driver.last.id !== "undefined" && driver.redeliver()),
    ],
    marks: () => [...world.channels.values()].flatMap(({ messages }) => messages.flatMap(({ nonce }) => nonce ?? [])),
    violations,
    unanswered: () => late.length,
    stop: () => standIn.stop(),
  };
}

export async function slackTown(people: readonly Person[], channels: number): Promise<Town> {
  const names = Array.from({ length: channels }, (_, nth) => `C${100 + nth}`);
  const standIn = await startSlackStandIn({ people, channels: names });
  const { apiUrl, botToken, appToken, team, workspace, socket, faults, violations, late } = standIn;
  const acts = inSlack(standIn);
  const next = (method: string, fault: SlackFault) => void (faults.left < MOST_FAULTS && faults.next(method, fault));
  const post = "chat.postMessage";
  return {
    name: "slack",
    env: { SLACK_API_URL: apiUrl, SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken },
    channels: names.map((channel) => ({ platform: "slack", space: team, channel })),
    slash: async (who, path, input, where) => words(await acts.slash(who, path, input, where)),
    press: async (who, on, label, where) => words(await acts.press(who, on, label, where)),
    everything: (channel) => everything(acts.shown, channel),
    faults: [
      (run) => next(post, { kind: "meanwhile", when: "after", run }),
      (run) => next(post, { kind: "meanwhile", when: "before", run }),
      (run) => next("chat.update", { kind: "meanwhile", when: "after", run }),
      (run) => next("response_url", { kind: "meanwhile", when: "before", run }),
      () => next(post, { kind: "lostAnswer" }),
      () => next(post, { kind: "serverError" }),
      () => next(post, { kind: "serverError", done: true }),
      () => next(post, { kind: "silence" }),
      () => next(post, { kind: "rateLimit", seconds: PAUSE_SECONDS }),
      () => next("chat.update", { kind: "lostAnswer" }),
      () => next("conversations.history", { kind: "serverError" }),
      () => socket.drop(),
      () => socket.refresh(),
      () => socket.loseAcknowledgement(),
      () => socket.redeliver(),
    ],
    marks: () =>
      [...names, ...people.map(({ id }) => `D${id}`)].flatMap((channel) =>
        (workspace.channel(channel)?.messages ?? []).flatMap(({ metadata }) => (metadata ? String(metadata.event_payload.key) : [])),
      ),
    violations,
    unanswered: () => late.length,
    stop: () => standIn.stop(),
  };
}

/** Faults that wait for their request; more would only make the end wait. */
const MOST_FAULTS = 3;
