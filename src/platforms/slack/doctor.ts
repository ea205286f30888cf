/** What `npm run doctor` asks of Slack: each thing that the configuration needs, without posting anything. */
import { webApi } from "@slack/bolt";
import { pino } from "pino";
import { amiss, type Finding, fine } from "../../app/finding.ts";
import type { Place } from "../../core/place.ts";
import { slackFailure } from "./errors.ts";
import { boltLogger } from "./logger.ts";
import { BOT_SCOPES } from "./manifest.ts";
import type { SlackAddress, SlackSetup } from "./options.ts";
import { EVENTS_PATH, INSTALL_PATH } from "./paths.ts";
import { isInside } from "./permissions.ts";

const REQUEST_MS = 8_000;

/** Channels looked at; Slack answers about fifty such questions a minute. https://docs.slack.dev/apis/web-api/rate-limits */
const LOOKED_AT = 40;

/** Never throws: what cannot be asked is a finding, too. `channels` are those of groups that have a schedule. */
export async function inspectSlack(config: SlackSetup & SlackAddress, channels: readonly Place[] = []): Promise<readonly Finding[]> {
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
    tenancy.kind === "one" ? botToken(tenancy.botToken, channels, options) : manyFindings(tenancy),
    transport.kind === "socket" ? appToken(transport.appToken, options) : httpFindings(),
  ]);
  return findings.flat();
}

async function botToken(token: string, channels: readonly Place[], options: webApi.WebClientOptions): Promise<Finding[]> {
  const what = "SLACK_BOT_TOKEN";
  const client = new webApi.WebClient(token, options);
  try {
    const { team, user, response_metadata } = await client.auth.test();
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
      ...(await aboutChannels(client, user ?? "drillroom", channels)),
    ];
  } catch (error) {
    return [{ what, ok: false, fix: refusal(error, "install the app to the workspace and copy the Bot User OAuth Token (xoxb-)") }];
  }
}

async function aboutChannels(client: webApi.WebClient, bot: string, channels: readonly Place[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { channel = "" } of channels.slice(0, LOOKED_AT)) {
    const what = `The group in the channel ${channel}`;
    try {
      const inside = await isInside(client, channel);
      findings.push(inside ? fine(`${what}: the bot is in it.`) : amiss(`${what}: the bot is not in it.`, `Type /invite @${bot} there.`));
    } catch (error) {
      // What is wrong with the scopes is said above, and the next question would fare no better.
      return [...findings, fine(`${what} and what follows were not looked at (${slackFailure(error)?.code ?? "no answer"}).`)];
    }
  }
  if (channels.length > LOOKED_AT) findings.push(fine(`${channels.length - LOOKED_AT} more groups were not looked at.`));
  return findings;
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
