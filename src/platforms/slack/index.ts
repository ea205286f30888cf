/** Slack, over Socket Mode: the parts put together. */
import { App, SocketModeReceiver, webApi } from "@slack/bolt";
import type { Logger } from "pino";
import type { Dispatcher } from "../../app/dispatch.ts";
import type { PlatformAdapter } from "../../app/messenger.ts";
import type { Pictures } from "../../app/pictures.ts";
import { SECOND } from "../../core/place.ts";
import { createConnection } from "./connection.ts";
import { createMessenger } from "./deliver.ts";
import { boltLogger } from "./logger.ts";
import { hear } from "./messages.ts";
import { People } from "./people.ts";
import { Uploads } from "./pictures.ts";
import { receive } from "./receive.ts";
import { receiveShortcuts } from "./shortcuts.ts";
import { createSurfaces } from "./surface.ts";

/** One request: a delivery makes at most three beside those for its pictures, and the outbox's lease is 30 s. */
const REQUEST_MS = 6 * SECOND;
/** How long running invocations may take to finish after a stop. */
const GRACE_MS = 5 * SECOND;

export interface SlackOptions {
  readonly botToken: string;
  readonly appToken: string;
  /** Slack's own when left out; with or without its last slash. */
  readonly apiUrl?: string;
  /** Stands before every slash command's name, as in the manifest. */
  readonly commandPrefix?: string;
  readonly dispatcher: Dispatcher;
  readonly pictures: Pictures;
  readonly log: Logger;
}

export function createSlack({ botToken, appToken, apiUrl, commandPrefix = "", dispatcher, pictures, log }: SlackOptions): PlatformAdapter {
  const logger = boltLogger(log);
  const clientOptions: webApi.WebClientOptions = {
    logger,
    timeout: REQUEST_MS,
    // The outbox alone retries: a second post after a lost answer would be a second message.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
  };
  const client = new webApi.WebClient(botToken, clientOptions);
  const people = new People(client, log);
  const uploads = new Uploads(client, pictures, log);
  let bot: { readonly id: string; readonly user: string; readonly name: string } | undefined;

  const receiver = new SocketModeReceiver({ appToken, logger, autoReconnectEnabled: false, installerOptions: { clientOptions } });
  const app = new App({
    receiver,
    logger,
    clientOptions,
    convoStore: false,
    // Given a token instead, bolt would ask who we are at once and end the process when that fails.
    authorize: async () => ({ botToken, ...(bot ? { botId: bot.id, botUserId: bot.user } : {}) }),
  });
  app.error(async (error) => log.error({ err: error }, "bolt could not take in an interaction"));

  const surfaces = createSurfaces(client, uploads, log);
  const receiving = receive(app, { dispatcher, people, surfaces, prefix: commandPrefix, log });
  const workspace = async () => ({ client, people });
  receiveShortcuts(app, { dispatcher, surfaces, workspace, taking: receiving });
  hear(app, { dispatcher, surfaces, workspace, prefix: commandPrefix, taking: receiving, log });
  const connection = createConnection({
    socket: receiver.client,
    async identify() {
      const { bot_id: id, user_id: user, user: name } = await client.auth.test();
      bot = { id: id ?? "", user: user ?? "", name: name ?? "drillroom" };
    },
    log,
  });

  return {
    messenger: createMessenger({ client, people, uploads, botName: () => bot?.name ?? "drillroom" }),
    async start() {
      await connection.open();
      log.info({ bot: bot?.name }, "connected to Slack");
    },
    async stop() {
      await receiving.stop(GRACE_MS);
      await connection.close();
    },
  };
}
