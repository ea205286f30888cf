/**
 * Installing the app in any workspace: `/slack/install` sends to Slack, `/slack/oauth_redirect` comes
 * back from it. The exchange is bolt's; what is kept, and the pages, are ours.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { HTTPReceiver, type Installation, webApi } from "@slack/bolt";
import type { Logger } from "pino";
import type { Installations } from "../../app/installations.ts";
import { SECOND } from "../../core/place.ts";
import { boltLogger } from "./logger.ts";
import { BOT_SCOPES } from "./manifest.ts";
import { createStates } from "./oauth_state.ts";
import type { ManyWorkspaces } from "./options.ts";
import { INSTALL_PATH, REDIRECT_PATH } from "./paths.ts";
import type { TokenKeeper, Tokens } from "./tokens.ts";

interface Parts {
  readonly setup: ManyWorkspaces;
  readonly installations: Installations;
  readonly keeper: TokenKeeper;
  readonly clientOptions: webApi.WebClientOptions;
  /** Somebody installed it. */
  installed(): void;
  readonly log: Logger;
}

/** Answers INSTALL_PATH and REDIRECT_PATH, and throws for anything else. */
export function installRoutes({ setup, installations, keeper, clientOptions, installed, log }: Parts): RequestListener {
  async function keep(installation: Installation): Promise<void> {
    const { team, enterprise, bot, isEnterpriseInstall } = installation;
    const id = isEnterpriseInstall ? enterprise?.id : team?.id;
    if (id === undefined || bot === undefined) throw new Error("Slack granted no bot.");
    const { user = "drillroom" } = await new webApi.WebClient(bot.token, clientOptions).auth.test();
    const tokens: Tokens = {
      token: bot.token,
      bot: { id: bot.id, user: bot.userId, name: user },
      ...(bot.refreshToken === undefined || bot.expiresAt === undefined
        ? {}
        : { rotation: { refresh: bot.refreshToken, expires: bot.expiresAt * SECOND } }),
    };
    const of = {
      ...(isEnterpriseInstall || team === undefined ? {} : { space: team.id }),
      ...(enterprise === undefined ? {} : { organization: enterprise.id }),
    };
    await installations.install(keeper.seal(id, tokens), of, Date.now());
    installed();
    log.info({ installation: id }, "the app was installed in Slack");
  }

  const receiver = new HTTPReceiver({
    // It takes no events, so there is no signature to check; those have a receiver of their own.
    endpoints: [],
    signatureVerification: false,
    signingSecret: "",
    logger: boltLogger(log),
    clientId: setup.clientId,
    clientSecret: setup.clientSecret,
    redirectUri: `${setup.publicUrl}${REDIRECT_PATH}`,
    scopes: [...BOT_SCOPES],
    installationStore: {
      storeInstallation: keep,
      // Tokens are looked up by workspaces.ts, which exchanges them under a lease; bolt's way has none.
      fetchInstallation: () => Promise.reject(new Error("bolt does not look up tokens here.")),
    },
    installerOptions: {
      directInstall: true,
      installPath: INSTALL_PATH,
      redirectUriPath: REDIRECT_PATH,
      stateStore: createStates(setup.stateSecret, installations),
      clientOptions,
      callbackOptions: {
        success: ({ team, enterprise }, _options, _request, response) => succeed(response, team?.name ?? enterprise?.name ?? "Slack"),
        failure: (err, _options, _request, response) => {
          const ours = STATE_CODES.has(err.code);
          if (!ours && err.code !== DENIED) log.error({ err }, "an installation in Slack failed");
          fail(response, ours || err.code === DENIED ? 400 : 502);
        },
      },
    },
  });
  return (request: IncomingMessage, response: ServerResponse) => receiver.requestListener(request, response);
}

/** https://github.com/slackapi/node-slack-sdk/blob/main/packages/oauth/src/errors.ts */
const STATE_CODES: ReadonlySet<string> = new Set(["slack_oauth_invalid_state", "slack_oauth_missing_state", "slack_oauth_missing_code"]);
/** Whoever pressed Cancel. */
const DENIED = "slack_oauth_installer_authorization_error";

function succeed(response: ServerResponse, where: string): void {
  page(response, 200, "Drillroom is installed", [
    `It is in ${where} now.`,
    "In Slack, in the channel where your group meets, type /invite @Drillroom and then /setup.",
  ]);
}

function fail(response: ServerResponse, status: number): void {
  page(response, status, "Drillroom was not installed", [
    "Nothing was changed. An installation begins and ends in one browser, within ten minutes, and each link is good for once.",
    `Begin again at ${INSTALL_PATH}.`,
  ]);
}

function page(response: ServerResponse, status: number, title: string, lines: readonly string[]): void {
  response.writeHead(status, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
  });
  const text = (words: string) => words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const body = lines.map((line) => `<p>${text(line)}</p>`).join("");
  response.end(
    `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>${text(title)}</title>` +
      `<body style="font:1.1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:4rem auto;padding:0 1rem"><h1>${text(title)}</h1>${body}</body></html>`,
  );
}
