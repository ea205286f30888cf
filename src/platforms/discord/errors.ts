/** What Discord's failures mean, said without tokens and payloads. */
import { DiscordAPIError, HTTPError, RateLimitError, RESTJSONErrorCodes } from "discord.js";

/** discord.js keeps the request's address and body on its errors; an interaction's address holds its token. */
export function harmless(error: unknown): {
  readonly name: string;
  readonly code?: unknown;
  readonly status?: number;
  readonly message?: string;
} {
  if (error instanceof DiscordAPIError) return { name: error.name, code: error.code, status: error.status };
  if (error instanceof HTTPError) return { name: error.name, status: error.status };
  if (error instanceof RateLimitError) return { name: "RateLimitError", message: `wait ${error.retryAfter} ms` };
  if (!(error instanceof Error)) return { name: typeof error };
  return { name: error.name, ...("code" in error ? { code: error.code } : {}), message: error.message };
}

export const hasCode = (error: unknown, ...codes: readonly RESTJSONErrorCodes[]): boolean =>
  error instanceof DiscordAPIError && codes.includes(error.code as RESTJSONErrorCodes);

const EXPIRED = "a reply came after the 15 minutes for which Discord keeps an interaction: it is not shown, what was done stays done";

/** https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
const TOO_LATE: Readonly<Record<number, string>> = {
  [RESTJSONErrorCodes.UnknownInteraction]:
    "Discord had given an interaction up, since its first answer is due within 3 s: whoever caused it sees no reply",
  [RESTJSONErrorCodes.UnknownWebhook]: EXPIRED,
  [RESTJSONErrorCodes.InvalidWebhookToken]: EXPIRED,
  // A button in a thread that somebody locked: https://github.com/discord/discord-api-docs/issues/5517
  [RESTJSONErrorCodes.InvalidActionOnArchivedThread]: "an interaction came from a thread that is locked, where Discord takes no replies",
};

/** In words for the log, when an answer failed because nobody could see it any more; undefined for other errors. */
export const tooLate = (error: unknown): string | undefined =>
  error instanceof DiscordAPIError ? TOO_LATE[Number(error.code)] : undefined;
