/** Slack's variables, and which of them go together. */
import { z } from "zod";
import { ConfigError, given, LOOPBACK, url } from "./config_values.ts";
import type { ManyWorkspaces, SlackAddress, SlackSetup, SlackTransport } from "./platforms/slack/options.ts";

export type SlackConfig = SlackSetup & SlackAddress;

const PREFIX = /^[a-z0-9_-]{1,20}$/;
/** 32 bytes are 43 characters of base64 and one to fill up. */
const KEYS = /^[A-Za-z0-9+/]{43}=(,[A-Za-z0-9+/]{43}=)*$/;

export const slackVariables = {
  SLACK_BOT_TOKEN: z
    .string()
    .regex(/^xoxb-\S+$/, "must be a bot token, which begins with xoxb-")
    .optional(),
  SLACK_APP_TOKEN: z
    .string()
    .regex(/^xapp-\S+$/, "must be an app-level token, which begins with xapp-")
    .optional(),
  SLACK_SIGNING_SECRET: z
    .string()
    .regex(/^[0-9a-zA-Z]{32}$/, "must be the app's signing secret: 32 letters and digits, under Basic Information")
    .optional(),
  SLACK_CLIENT_ID: z
    .string()
    .regex(/^\d+\.\d+$/, "must be the app's client id, which looks like 1234567890.1234567890")
    .optional(),
  SLACK_CLIENT_SECRET: z.string().regex(/^\S+$/, "must be one word: the app's client secret").optional(),
  SLACK_STATE_SECRET: z
    .string()
    .regex(/^\S{16,}$/, "must be one word of 16 characters or more that you make up: openssl rand -hex 24")
    .optional(),
  ENCRYPTION_KEY: z
    .string()
    .regex(KEYS, "must be 32 bytes in base64, as openssl rand -base64 32 prints them; or several with commas between, the newest first")
    .optional(),
  PUBLIC_URL: url
    .refine((value) => new URL(value).protocol === "https:" || LOOPBACK.has(new URL(value).hostname), "must begin with https://")
    .refine((value) => /^\/?$/.test(new URL(value).pathname + new URL(value).search), "must end after the host: no path, no question mark")
    .transform((value) => new URL(value).origin)
    .optional(),
  SLACK_API_URL: url.optional(),
  SLACK_COMMAND_PREFIX: z.string().regex(PREFIX, "must be 1 to 20 of a-z, 0-9, _ and -").optional(),
};

const variables = z.object(slackVariables);
type Variables = z.output<typeof variables>;

const SLACK_NAMES = [
  "SLACK_BOT_TOKEN",
  "SLACK_APP_TOKEN",
  "SLACK_SIGNING_SECRET",
  "SLACK_CLIENT_ID",
  "SLACK_CLIENT_SECRET",
  "SLACK_STATE_SECRET",
] as const;

/** Undefined when no variable of Slack is set. Throws a ConfigError with one line. */
export function readSlack(read: Variables): SlackConfig | undefined {
  if (SLACK_NAMES.every((name) => read[name] === undefined)) return undefined;
  const many = read.SLACK_CLIENT_ID !== undefined || read.SLACK_CLIENT_SECRET !== undefined || read.SLACK_STATE_SECRET !== undefined;
  const tenancy = many ? manyWorkspaces(read) : oneWorkspace(read);
  const rest = given({ apiUrl: read.SLACK_API_URL, commandPrefix: read.SLACK_COMMAND_PREFIX });
  if (tenancy.kind === "many") return { transport: httpOnly(read), tenancy, ...rest };
  return { transport: readTransport(read), tenancy, ...rest };
}

function readTransport(read: Variables): SlackTransport {
  const { SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = read;
  if (appToken !== undefined && signingSecret !== undefined)
    throw new ConfigError(
      "SLACK_APP_TOKEN and SLACK_SIGNING_SECRET exclude each other: keep the first for Socket Mode, the second for HTTP.",
    );
  if (signingSecret !== undefined) return { kind: "http", signingSecret };
  if (appToken !== undefined) return { kind: "socket", appToken };
  throw new ConfigError(
    "SLACK_APP_TOKEN is missing beside SLACK_BOT_TOKEN: create an app-level token with connections:write; or set SLACK_SIGNING_SECRET for HTTP.",
  );
}

/** A socket belongs to an app, not to a workspace, but Slack lets no app be distributed that uses one. */
function httpOnly({
  SLACK_APP_TOKEN: appToken,
  SLACK_SIGNING_SECRET: signingSecret,
}: Variables): Extract<SlackTransport, { kind: "http" }> {
  if (appToken !== undefined)
    throw new ConfigError("SLACK_APP_TOKEN and SLACK_CLIENT_ID exclude each other: an app of many workspaces is called over HTTP.");
  if (signingSecret === undefined)
    throw new ConfigError("SLACK_SIGNING_SECRET is missing beside SLACK_CLIENT_ID: an app of many workspaces is called over HTTP.");
  return { kind: "http", signingSecret };
}

function oneWorkspace({ SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken }: Variables): {
  readonly kind: "one";
  readonly botToken: string;
} {
  if (botToken !== undefined) return { kind: "one", botToken };
  if (appToken !== undefined) throw new ConfigError("SLACK_BOT_TOKEN is missing beside SLACK_APP_TOKEN.");
  throw new ConfigError(
    "SLACK_BOT_TOKEN is missing beside SLACK_SIGNING_SECRET: set it for one workspace, or SLACK_CLIENT_ID and what belongs to it for many.",
  );
}

/** What the installation in many workspaces needs, and what each is for. */
const MANY = {
  SLACK_CLIENT_ID: "it stands under Basic Information",
  SLACK_CLIENT_SECRET: "it stands under Basic Information",
  SLACK_STATE_SECRET: "make one up: openssl rand -hex 24",
  ENCRYPTION_KEY: "tokens are kept sealed with it: openssl rand -base64 32",
  PUBLIC_URL: "Slack sends people back to it after an installation",
} as const;

function manyWorkspaces(read: Variables): ManyWorkspaces {
  if (read.SLACK_BOT_TOKEN !== undefined)
    throw new ConfigError("SLACK_BOT_TOKEN and SLACK_CLIENT_ID exclude each other: one token is for one workspace, the other brings many.");
  const need = (name: keyof typeof MANY): string => {
    const value = read[name];
    if (value === undefined)
      throw new ConfigError(`${name} is missing beside the others for installing in many workspaces: ${MANY[name]}.`);
    return value;
  };
  return {
    kind: "many",
    clientId: need("SLACK_CLIENT_ID"),
    clientSecret: need("SLACK_CLIENT_SECRET"),
    stateSecret: need("SLACK_STATE_SECRET"),
    encryptionKeys: need("ENCRYPTION_KEY").split(","),
    publicUrl: need("PUBLIC_URL"),
  };
}
