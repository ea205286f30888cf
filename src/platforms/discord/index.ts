/** Discord, over its gateway: the parts put together. */
import { Client, type ClientOptions, Events, GatewayIntentBits, Options, Partials, type RESTOptions } from "discord.js";
import type { Logger } from "pino";
import type { Dispatcher } from "../../app/dispatch.ts";
import type { PlatformAdapter } from "../../app/messenger.ts";
import type { Pictures } from "../../app/pictures.ts";
import { SECOND } from "../../core/place.ts";
import { createAnswers } from "./answer.ts";
import { register } from "./commands.ts";
import { connect, insist } from "./connection.ts";
import { createMessenger } from "./deliver.ts";
import { harmless } from "./errors.ts";
import { createHearer } from "./messages.ts";
import { inspect } from "./permissions.ts";
import { createReceiver } from "./receive.ts";

/** One request: a delivery makes at most two that take so long, and the outbox's lease is 30 s. */
const REQUEST_MS = 10 * SECOND;
/** How long running invocations may take to finish after a stop. */
const GRACE_MS = 5 * SECOND;

export interface DiscordOptions {
  readonly token: string;
  /** Discord's own when left out; without a version. */
  readonly apiUrl?: string;
  /** The operator has Discord's leave to read all messages, not those alone that call the bot. */
  readonly messageContent?: boolean;
  /** Registers the commands in this server alone, where they appear at once. */
  readonly guildId?: string;
  readonly dispatcher: Dispatcher;
  readonly pictures: Pictures;
  readonly log: Logger;
}

export function createDiscord(options: DiscordOptions): PlatformAdapter {
  const { token, apiUrl, guildId, messageContent = false, dispatcher, pictures, log } = options;
  const rest = restOptions(apiUrl);
  const client = new Client({ ...clientOptions(messageContent), rest });
  // Deliveries may begin before the gateway is there.
  client.rest.setToken(token);
  const receive = createReceiver(dispatcher, createAnswers(rest, pictures, log), log);
  const running = new Set<Promise<void>>();
  const stopping = new AbortController();

  const hear = createHearer({ client, dispatcher, readsAll: messageContent, log });
  const take = (work: () => Promise<void>) => {
    if (stopping.signal.aborted) return;
    const one = work().finally(() => running.delete(one));
    running.add(one);
  };

  client.on(Events.InteractionCreate, (interaction) => take(() => receive(interaction)));
  client.on(Events.MessageCreate, (message) => take(() => hear(message)));
  client.on(Events.Error, (error) => log.warn({ err: harmless(error) }, "discord.js reported an error"));
  client.on(Events.ShardError, (error) => log.warn({ err: harmless(error) }, "the connection to Discord failed; it is made anew"));
  client.on(Events.ShardResume, () => log.info("connected to Discord again"));

  return {
    messenger: createMessenger({ rest: client.rest, pictures, log, inspect: (place) => inspect(client, place) }),
    async start() {
      const ready = await connect(client, token, log, stopping.signal);
      const registering = () => register(client.rest, ready.application.id, guildId, dispatcher.commands);
      const written = await insist(registering, log, stopping.signal);
      log.info({ bot: ready.user.username, servers: ready.guilds.cache.size, commandsWritten: written }, "connected to Discord");
    },
    async stop() {
      stopping.abort();
      const grace = new AbortController();
      const late = new Promise<void>((done) => {
        const timer = setTimeout(done, GRACE_MS);
        grace.signal.addEventListener("abort", () => clearTimeout(timer));
      });
      await Promise.race([Promise.all(running), late]);
      grace.abort();
      await client.destroy();
    },
  };
}

const clientOptions = (messageContent: boolean): ClientOptions => ({
  intents: [
    // Slash commands, buttons and forms arrive without any intent; Guilds tells channels from threads.
    GatewayIntentBits.Guilds,
    // Calls by name, and direct messages: not privileged, and without content of anything else.
    GatewayIntentBits.GuildMessages,
    GatewayIntentBits.DirectMessages,
    ...(messageContent ? [GatewayIntentBits.MessageContent] : []),
  ],
  // An archived thread and a direct message's channel are in no cache: with this, discord.js takes them as they come.
  partials: [Partials.Channel],
  // Messages bring their authors along: without a limit everybody who ever wrote would stay in memory.
  makeCache: Options.cacheWithLimits({
    ...Options.DefaultMakeCacheSettings,
    MessageManager: 0,
    GuildMemberManager: { maxSize: 200, keepOverLimit: isSelf },
    UserManager: { maxSize: 10_000, keepOverLimit: isSelf },
  }),
});

const isSelf = ({ id, client }: { readonly id: string; readonly client: Client<true> }): boolean => id === client.user.id;

const restOptions = (apiUrl: string | undefined): Partial<RESTOptions> => ({
  ...(apiUrl === undefined ? {} : { api: apiUrl.replace(/\/+$/, "") }),
  // The outbox alone retries: it knows what a second message would mean, and keeps a lane's order.
  retries: 0,
  rejectOnRateLimit: () => true,
  timeout: REQUEST_MS,
});
