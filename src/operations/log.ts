/** JSON lines on stdout that never contain a secret, wherever in a line it would have stood. */
import { type DestinationStream, type Logger, pino } from "pino";

/** The token in a Discord interaction's address lets anybody answer in our name for 15 minutes. */
const INTERACTION_TOKEN = /(\/(?:webhooks|interactions)\/\d+\/)[^/"\s]+/g;

/** Tokens of workspaces that installed the app are not among the environment's. https://docs.slack.dev/authentication/tokens */
const SLACK_TOKEN = /\bxox[a-z](?:\.xox[a-z])?-[\w-]+/g;

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/** Takes secrets out of what is to be printed, as they are and as JSON (once or twice) and addresses write them. */
export function scrubber(secrets: readonly string[]): (text: string) => string {
  const forms = new Set(secrets.flatMap((secret) => [secret, inJson(secret), inJson(inJson(secret)), encodeURIComponent(secret)]));
  // The longest first: one may be a part of another.
  const ordered = [...forms].sort((a, b) => b.length - a.length);
  return (text) =>
    ordered
      .reduce((said, form) => said.replaceAll(form, "[secret]"), text)
      .replace(INTERACTION_TOKEN, "$1[secret]")
      .replace(SLACK_TOKEN, "[secret]");
}

export function createLog(level: string, secrets: readonly string[], destination?: DestinationStream): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: ["token", "*.token", "*.authorization", "*.requestBody", "err.requestBody", "err.rawError", "err.config"],
      hooks: { streamWrite: scrubber(secrets) },
    },
    ...(destination ? [destination] : []),
  );
}
