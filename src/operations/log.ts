/** JSON lines on stdout that never contain a secret, wherever in a line it would have stood. */
import { type DestinationStream, type Logger, pino } from "pino";

/** The token in a Discord interaction's address lets anybody answer in our name for 15 minutes. */
const INTERACTION_TOKEN = /(\/(?:webhooks|interactions)\/\d+\/)[^/"\s]+/g;

/** Tokens of workspaces that installed the app are not among the environment's. https://docs.slack.dev/authentication/tokens */
const SLACK_TOKEN = /\bxox[a-z](?:\.xox[a-z])?-[\w-]+/g;

export function createLog(level: string, secrets: readonly string[], destination?: DestinationStream): Logger {
  const scrub = (line: string) =>
    secrets
      .reduce((text, secret) => text.replaceAll(secret, "[secret]"), line)
      .replace(INTERACTION_TOKEN, "$1[secret]")
      .replace(SLACK_TOKEN, "[secret]");
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: ["token", "*.token", "*.authorization", "*.requestBody", "err.requestBody", "err.rawError", "err.config"],
      hooks: { streamWrite: scrub },
    },
    ...(destination ? [destination] : []),
  );
}
