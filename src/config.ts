/** The environment, read once. A wrong value stops the start with one line that names it. */
import { z } from "zod";
import { shards } from "./config_shards.ts";
import { readSlack, type SlackConfig, slackVariables } from "./config_slack.ts";
import { ConfigError, given, LOOPBACK, passwordsIn, url } from "./config_values.ts";

const flag = z.enum(["0", "1"], "must be 0 or 1").transform((value) => value === "1");

const environment = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: "must look like postgres://user:password@host:5432/database" }).optional(),
  DATA_DIR: z.string().default("./data"),
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce
    .number("must be a port number")
    .int("must be a whole number")
    .min(0, "must be 0 to 65535")
    .max(65_535, "must be 0 to 65535")
    .default(3000),
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"], "must be fatal, error, warn, info, debug, trace or silent")
    .default("info"),
  DISCORD_TOKEN: z.string().regex(/^\S+$/, "must be one word: the bot's token, without quotes").optional(),
  DISCORD_API_URL: url.optional(),
  DISCORD_SHARDS: shards,
  DISCORD_GUILD_ID: z
    .string()
    .regex(/^\d{5,20}$/, "must be a server's id: digits alone")
    .optional(),
  DISCORD_MESSAGE_CONTENT: flag.optional(),
  ...slackVariables,
  PLAYGROUND: flag.optional(),
  LLM_BASE_URL: url.optional(),
  LLM_API_KEY: z.string().regex(/^\S+$/, "must be one word: the endpoint's key, without quotes").optional(),
  LLM_MODEL: z.string().max(200, "must be at most 200 characters long").optional(),
  LLM_DAILY_LIMIT: z.coerce
    .number("must be a number of calls a day")
    .int("must be a whole number")
    .min(0, "must be 0 or more")
    .max(1_000_000, "must be at most 1000000")
    .default(500),
});

export interface Config {
  readonly database: { readonly kind: "postgres"; readonly url: string } | { readonly kind: "pglite"; readonly dir: string };
  readonly host: string;
  readonly port: number;
  readonly logLevel: string;
  readonly playground: boolean;
  readonly discord:
    | {
        readonly token: string;
        readonly apiUrl?: string;
        readonly guildId?: string;
        readonly messageContent?: boolean;
        readonly shards: z.output<typeof shards>;
      }
    | undefined;
  readonly slack: SlackConfig | undefined;
  /** Reads answers beside the grader. */
  readonly model:
    | { readonly baseUrl: string; readonly apiKey: string | undefined; readonly model: string; readonly dailyLimit: number }
    | undefined;
  /** Values that no log line may contain. */
  readonly secrets: readonly string[];
}

/** Throws a ConfigError with one line. An empty value counts as unset. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ""));
  const parsed = environment.safeParse(set);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ConfigError(`${String(issue?.path[0] ?? "environment")} ${issue?.message ?? "is wrong"}.`);
  }
  const read = parsed.data;
  const discord =
    read.DISCORD_TOKEN === undefined
      ? undefined
      : {
          ...given({ token: read.DISCORD_TOKEN, apiUrl: read.DISCORD_API_URL, guildId: read.DISCORD_GUILD_ID }),
          shards: read.DISCORD_SHARDS,
          ...(read.DISCORD_MESSAGE_CONTENT ? { messageContent: true } : {}),
        };
  const slack = readSlack(read);
  const playground = read.PLAYGROUND ?? !(discord || slack);
  if (!playground && !discord && !slack)
    throw new ConfigError("PLAYGROUND is 0 and no platform token is set: set DISCORD_TOKEN, or SLACK_BOT_TOKEN and SLACK_APP_TOKEN.");
  if (playground) checkPlayground(read);
  return {
    database: read.DATABASE_URL === undefined ? { kind: "pglite", dir: read.DATA_DIR } : { kind: "postgres", url: read.DATABASE_URL },
    host: read.HOST,
    port: read.PORT,
    logLevel: read.LOG_LEVEL,
    playground,
    discord,
    slack,
    model: readModel(read),
    secrets: [
      read.LLM_API_KEY,
      read.DISCORD_TOKEN,
      read.SLACK_BOT_TOKEN,
      read.SLACK_APP_TOKEN,
      read.SLACK_SIGNING_SECRET,
      read.SLACK_CLIENT_SECRET,
      read.SLACK_STATE_SECRET,
      ...(read.ENCRYPTION_KEY?.split(",") ?? []),
      ...[read.DATABASE_URL, read.DISCORD_API_URL, read.SLACK_API_URL, read.LLM_BASE_URL].flatMap(passwordsIn),
    ].filter((secret): secret is string => Boolean(secret)),
  };
}

type Environment = z.output<typeof environment>;

function readModel(read: Environment): Config["model"] {
  const { LLM_BASE_URL: baseUrl, LLM_MODEL: model, LLM_API_KEY: apiKey, LLM_DAILY_LIMIT: dailyLimit } = read;
  if (baseUrl === undefined && model === undefined && apiKey === undefined) return undefined;
  if (baseUrl === undefined) throw new ConfigError("LLM_BASE_URL is missing beside LLM_MODEL or LLM_API_KEY.");
  if (model === undefined) throw new ConfigError("LLM_MODEL is missing beside LLM_BASE_URL: name the model that the endpoint shall use.");
  return { baseUrl, apiKey, model, dailyLimit };
}

/** In the playground one can be anybody: it stays on this machine and off other people's data. */
function checkPlayground(read: Environment): void {
  if (!LOOPBACK.has(read.HOST))
    throw new ConfigError(
      `HOST is ${read.HOST}, but the playground listens on this machine alone: leave HOST out, or set a platform token.`,
    );
  if (read.SLACK_SIGNING_SECRET !== undefined)
    throw new ConfigError(
      "PLAYGROUND is 1 beside SLACK_SIGNING_SECRET: what the internet reaches cannot also be where one can be anybody.",
    );
  const database = read.DATABASE_URL && new URL(read.DATABASE_URL).hostname;
  if (database && !LOOPBACK.has(database) && !read.PLAYGROUND)
    throw new ConfigError(
      "DATABASE_URL is on another host and no platform token is set: set DISCORD_TOKEN or the Slack tokens, or PLAYGROUND=1 to open the playground on it.",
    );
}
