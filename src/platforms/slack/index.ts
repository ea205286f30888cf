/** Slack, over Socket Mode or HTTP, in one workspace or in many: the parts put together. */
import type { RequestListener } from "node:http";
import { App, HTTPReceiver, SocketModeReceiver } from "@slack/bolt";
import type { Logger } from "pino";
import type { Dispatcher } from "../../app/dispatch.ts";
import type { Installations } from "../../app/installations.ts";
import type { PlatformAdapter } from "../../app/messenger.ts";
import type { Pictures } from "../../app/pictures.ts";
import { SECOND } from "../../core/place.ts";
import { createConnection } from "./connection.ts";
import { createMessenger } from "./deliver.ts";
import { createHome } from "./home.ts";
import { boltLogger } from "./logger.ts";
import { hear } from "./messages.ts";
import type { SlackAddress, SlackSetup } from "./options.ts";
import { EVENTS_PATH } from "./paths.ts";
import { receive } from "./receive.ts";
import { hearRemovals } from "./removals.ts";
import { BODY_BYTES, slackRoutes } from "./routes.ts";
import { receiveShortcuts } from "./shortcuts.ts";
import { createSurfaces } from "./surface.ts";
import { createTenancy } from "./tenancy.ts";
import { clientOptions, NotInstalled, type Workspaces } from "./workspaces.ts";

/** How long running invocations may take to finish after a stop. */
const GRACE_MS = 5 * SECOND;

export type SlackOptions = SlackSetup &
  SlackAddress & {
    readonly dispatcher: Dispatcher;
    readonly pictures: Pictures;
    readonly installations: Installations;
    /** Told in one line when Slack takes the token of the one workspace no longer. */
    ended(line: string): void;
    readonly log: Logger;
  };

export interface SlackAdapter extends PlatformAdapter {
  /** Answers every path below /slack/; undefined over Socket Mode. */
  readonly http: RequestListener | undefined;
}

export function createSlack(options: SlackOptions): SlackAdapter {
  const { transport, commandPrefix = "", dispatcher, log } = options;
  const tenancy = createTenancy(options);
  const { workspaces } = tenancy;

  const receiver =
    transport.kind === "socket"
      ? new SocketModeReceiver({
          appToken: transport.appToken,
          logger: boltLogger(log),
          autoReconnectEnabled: false,
          installerOptions: { clientOptions: clientOptions(options) },
        })
      : new HTTPReceiver({
          signingSecret: transport.signingSecret,
          endpoints: EVENTS_PATH,
          bodyLimit: BODY_BYTES,
          logger: boltLogger(log),
        });
  const app = new App({
    receiver,
    logger: boltLogger(log),
    clientOptions: clientOptions(options),
    convoStore: false,
    authorize: ({ teamId, enterpriseId, isEnterpriseInstall }) => known(workspaces, teamId, isEnterpriseInstall ? enterpriseId : undefined),
  });
  app.error(async (error) => log.error({ err: error }, "bolt could not take in an interaction"));

  hearRemovals(app, tenancy);
  const home = createHome(app, { dispatcher, workspaces, log });
  const surfaces = createSurfaces(workspaces, log);
  const receiving = receive(app, {
    dispatcher,
    workspaces,
    surfaces,
    prefix: commandPrefix,
    installUrl: tenancy.installUrl,
    acted: (act) => home.touched(act),
    log,
  });
  receiveShortcuts(app, { dispatcher, surfaces, workspaces, taking: receiving });
  hear(app, { dispatcher, surfaces, workspaces, prefix: commandPrefix, taking: receiving, log });
  const connection = createConnection({
    socket: receiver instanceof SocketModeReceiver ? receiver.client : undefined,
    identify: tenancy.identify,
    log,
  });

  return {
    messenger: createMessenger(workspaces),
    http: receiver instanceof HTTPReceiver ? slackRoutes({ events: receiver.requestListener, install: tenancy.install }) : undefined,
    async start() {
      await tenancy.prepare();
      await connection.open();
      log.info({ over: transport.kind, workspaces: options.tenancy.kind }, "connected to Slack");
    },
    async stop() {
      home.stop();
      await receiving.stop(GRACE_MS);
      await connection.close();
    },
  };
}

/**
 * What bolt wants to know before it calls anybody. It never refuses: without a token there is still
 * somebody who pressed something, and hears from the receiver that the app is not installed. `unsure`: who we
 * are could not be asked just now.
 */
async function known(workspaces: Workspaces, teamId: string | undefined, organization: string | undefined) {
  if (teamId === undefined) return {};
  try {
    await workspaces.met(teamId, organization);
    const { bot } = await workspaces.of(teamId);
    return { teamId, botId: bot.id, botUserId: bot.user };
  } catch (error) {
    return { teamId, unsure: !(error instanceof NotInstalled) };
  }
}
