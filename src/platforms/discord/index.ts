/** Discord, over its gateway: the parts put together. */
import {
  Client,
  type ClientOptions,
  Events,
  GatewayDispatchEvents,
  GatewayIntentBits,
  type GatewayReadyDispatchData,
  Options,
  Partials,
  type RESTOptions,
  ShardClientUtil,
} from "discord.js";
import type { Logger } from "pino";
import type { Comings } from "../../app/comings.ts";
import type { Dispatcher } from "../../app/dispatch.ts";
import type { PlatformAdapter } from "../../app/messenger.ts";
import type { Pictures } from "../../app/pictures.ts";
import { SECOND } from "../../core/place.ts";
import { createAnswers } from "./answer.ts";
import { connect, insist } from "./connection.ts";
import { createMessenger } from "./deliver.ts";
import { harmless } from "./errors.ts";
import { createHearer } from "./messages.ts";
import { createInspector, inviteUrl } from "./permissions.ts";
import { DIRECT } from "./place.ts";
import { createReceiver } from "./receive.ts";
import { register, removeStale } from "./register.ts";
import { addressOf } from "./rest.ts";

/** One request: a delivery makes at most two that take so long, and the outbox's lease is 30 s. */
const REQUEST_MS = 10 * SECOND;
/** How long running invocations may take to finish after a stop. */
const GRACE_MS = 5 * SECOND;

/** These shards of so many in all; "auto" runs as many as Discord advises, all of them here. */
export type Shards = "auto" | { readonly ids: readonly number[]; readonly of: number };

export interface DiscordOptions {
  readonly token: string;
  /** Discord's own when left out; without a version. */
  readonly apiUrl?: string;
  /** The operator has Discord's leave to read all messages, not those alone that call the bot. */
  readonly messageContent?: boolean;
  /** Registers the commands in this server alone, where they appear at once. */
  readonly guildId?: string;
  readonly shards: Shards;
  readonly dispatcher: Dispatcher;
  readonly pictures: Pictures;
  readonly log: Logger;
  /** Told once when Discord closes the connection for good, with one line on what to do. */
  readonly lost: (reason: Error) => void;
  readonly comings: Comings;
}

export function createDiscord(options: DiscordOptions): PlatformAdapter {
  const { token, apiUrl, guildId, messageContent = false, dispatcher, pictures, comings, log } = options;
  const rest = restOptions(apiUrl);
  const client = new Client({ ...clientOptions(messageContent), ...sharding(options.shards), rest });
  // Deliveries may begin before the gateway is there.
  client.rest.setToken(token);
  const receive = createReceiver(dispatcher, createAnswers(rest, pictures, log), log);
  const running = new Set<Promise<unknown>>();
  const stopping = new AbortController();

  const hear = createHearer({ client, dispatcher, readsAll: messageContent, log });
  const during = (work: Promise<unknown>) => {
    const one = work.finally(() => running.delete(one));
    running.add(one);
  };
  const take = (work: () => Promise<void>) => {
    if (!stopping.signal.aborted) during(work());
  };
  const noted = (telling: Promise<void>) =>
    during(telling.catch((err: unknown) => log.error({ err }, "coming to a server, or leaving it, could not be noted")));

  client.on(Events.InteractionCreate, (interaction) => take(() => receive(interaction)));
  client.on(Events.MessageCreate, (message) => take(() => hear(message)));
  // A server that has an outage comes as another event: this one means that the bot was removed.
  client.on(Events.GuildDelete, ({ id }) => noted(comings.removed(id)));
  client.on(Events.GuildCreate, ({ id }) => noted(comings.invited(id)));
  client.ws.on(GatewayDispatchEvents.Ready, (ready: GatewayReadyDispatchData) => noted(thereNow(ready)));
  client.on(Events.Error, (error) => log.warn({ err: harmless(error) }, "discord.js reported an error"));
  client.on(Events.ShardError, (error) => log.warn({ err: harmless(error) }, "a connection to Discord failed"));
  client.on(Events.ShardResume, (shard) => log.info({ shard }, "connected to Discord again"));

  /** A session begins with all servers of its shard, those that have an outage too. */
  function thereNow({ guilds, shard: [shard, count] = [0, 1] }: GatewayReadyDispatchData): Promise<void> {
    const here = new Set(guilds.map(({ id }) => id));
    const ours = (space: string) => space !== DIRECT.space && ShardClientUtil.shardIdForGuildId(space, count) === shard;
    // discord.js keeps those of the session before, and would not tell of an invitation to one of them.
    client.guilds.cache.sweep(({ id }) => ours(id) && !here.has(id));
    return comings.there([...here], ours);
  }

  /** Of several processes one does it: the first shard is run by one alone. */
  async function registerCommands({ application, guilds, ws }: Client<true>): Promise<boolean | undefined> {
    if (!ws.shards.has(0)) return undefined;
    const written = await insist(() => register(client.rest, application.id, guildId, dispatcher.commands), log, stopping.signal);
    if (guildId === undefined)
      during(
        removeStale(client.rest, application.id, [...guilds.cache.keys()]).then(
          (servers) => servers.length > 0 && log.info({ servers }, "commands registered in single servers were removed"),
          (error: unknown) => log.warn({ err: harmless(error) }, "commands registered in single servers were not looked for"),
        ),
      );
    return written;
  }

  return {
    messenger: createMessenger({ rest: client.rest, pictures, log, inspect: createInspector(client.rest) }),
    async start() {
      const ready = await connect(client, token, log, stopping.signal, options.lost);
      const written = await registerCommands(ready);
      const { user, guilds, ws, application } = ready;
      log.info(
        { bot: user.username, servers: guilds.cache.size, shards: [...ws.shards.keys()], commandsWritten: written },
        "connected to Discord",
      );
      if (guilds.cache.size === 0 && ws.shards.has(0))
        log.warn({ invite: inviteUrl(application.id) }, "the bot is in no server yet: open this address to invite it");
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

const sharding = (shards: Shards): Pick<ClientOptions, "shards" | "shardCount"> =>
  shards === "auto" ? { shards } : { shards: shards.ids, shardCount: shards.of };

const restOptions = (apiUrl: string | undefined): Partial<RESTOptions> => ({
  ...addressOf(apiUrl),
  // The outbox alone retries: it knows what a second message would mean, and keeps a lane's order.
  retries: 0,
  rejectOnRateLimit: () => true,
  timeout: REQUEST_MS,
});
