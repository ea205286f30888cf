/** What `npm run doctor` asks of Slack: each thing that the configuration needs, without posting anything. */
import { webApi } from "@slack/bolt";
import { pino } from "pino";
import type { Finding } from "../../app/finding.ts";
import { slackFailure } from "./errors.ts";
import { boltLogger } from "./logger.ts";
import { BOT_SCOPES } from "./manifest.ts";
import type { SlackAddress, SlackSetup } from "./options.ts";
import { EVENTS_PATH, INSTALL_PATH } from "./paths.ts";

const REQUEST_MS = 8_000;

/** Never throws: what cannot be asked is a finding, too. */
export async function inspectSlack(config: SlackSetup & SlackAddress): Promise<readonly Finding[]> {
  const { transport, tenancy, apiUrl } = config;
  const options: webApi.WebClientOptions = {
    timeout: REQUEST_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    // Findings say what is wrong; bolt would say it once more, with the request.
    logger: boltLogger(pino({ level: "silent" })),
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
  };
  const findings = await Promise.all([
    tenancy.kind === "one" ? botToken(tenancy.botToken, options) : manyFindings(tenancy),
    transport.kind === "socket" ? appToken(transport.appToken, options) : httpFindings(),
  ]);
  return findings.flat();
}

async function botToken(token: string, options: webApi.WebClientOptions): Promise<Finding[]> {
  const what = "SLACK_BOT_TOKEN";
  try {
    const { team, user, response_metadata } = await new webApi.WebClient(token, options).auth.test();
    const scopes = response_metadata?.scopes;
    const missing = scopes ? BOT_SCOPES.filter((scope) => !scopes.includes(scope)) : [];
    return [
      { what, ok: true, fix: `it is ${user ?? "a bot"} in ${team ?? "a workspace"}` },
      {
        what: "The app's scopes",
        ok: missing.length === 0,
        fix:
          missing.length === 0
            ? "all that the bot needs"
            : `it lacks ${missing.join(", ")}. Update the app from the manifest (npm run slack:manifest) and reinstall it.`,
      },
    ];
  } catch (error) {
    return [{ what, ok: false, fix: refusal(error, "install the app to the workspace and copy the Bot User OAuth Token (xoxb-)") }];
  }
}

/** Asks for the address of a socket and opens none. */
async function appToken(token: string, options: webApi.WebClientOptions): Promise<Finding[]> {
  const what = "SLACK_APP_TOKEN";
  try {
    await new webApi.WebClient(token, options).apps.connections.open({});
    return [{ what, ok: true, fix: "Socket Mode is on" }];
  } catch (error) {
    return [{ what, ok: false, fix: refusal(error, "create an app-level token with connections:write (xapp-) and turn Socket Mode on") }];
  }
}

/** Slack alone knows whether it is the right one: it shows when it calls. */
const httpFindings = (): Finding[] => [
  {
    what: "SLACK_SIGNING_SECRET",
    ok: true,
    fix: `set; if Slack's calls to ${EVENTS_PATH} are answered with 401, it is another app's, or the clock is more than five minutes wrong`,
  },
];

const manyFindings = ({ publicUrl, encryptionKeys }: Extract<SlackSetup["tenancy"], { kind: "many" }>): Finding[] => [
  { what: "PUBLIC_URL", ok: true, fix: `workspaces install the app at ${publicUrl}${INSTALL_PATH}` },
  {
    what: "ENCRYPTION_KEY",
    ok: true,
    fix:
      encryptionKeys.length === 1
        ? "one key"
        : `${encryptionKeys.length} keys: the older ones can go once the log says that tokens were sealed anew`,
  },
];

function refusal(error: unknown, advice: string): string {
  const failure = slackFailure(error);
  if (failure && !failure.transient) return `Slack refuses it (${failure.code}): ${advice}.`;
  return "Slack cannot be reached from here: look at the network, and at SLACK_API_URL if it is set.";
}
