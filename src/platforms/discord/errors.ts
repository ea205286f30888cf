/** What Discord's failures mean, said without tokens and payloads. */
import { DiscordAPIError, HTTPError, RateLimitError, type RESTJSONErrorCodes } from "discord.js";

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
