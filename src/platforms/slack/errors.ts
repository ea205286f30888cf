/** What went wrong at Slack, in its own codes. https://docs.slack.dev/reference/methods lists them by method. */
import { webApi } from "@slack/bolt";

/** Slack's trouble, not ours: the same request may work later. */
const TRANSIENT = new Set(["ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"]);
const CODE = /^[a-z][a-z0-9_]*$/;

export interface SlackFailure {
  /** Slack's code; undefined when Slack gave no answer that can be read. */
  readonly code: string | undefined;
  readonly transient: boolean;
  /** Milliseconds that Slack asked us to wait. */
  readonly afterMs: number | undefined;
  /** The permission that was missing. */
  readonly needed: string | undefined;
}

/** Reads an error of WebClient; undefined for one that has nothing to do with Slack. */
export function slackFailure(error: unknown): SlackFailure | undefined {
  if (error instanceof webApi.WebAPIRateLimitedError)
    return { code: "ratelimited", transient: true, afterMs: error.retryAfter * 1_000, needed: undefined };
  // A dropped connection, a timeout, a 5xx: it may have been done all the same.
  if (error instanceof webApi.WebAPIRequestError || error instanceof webApi.WebAPIHTTPError)
    return { code: undefined, transient: true, afterMs: undefined, needed: undefined };
  if (!(error instanceof webApi.WebAPIPlatformError)) return undefined;
  const { data } = error;
  // A proxy's page instead of JSON arrives as the "code" of a refusal.
  const code = CODE.test(data.error) ? data.error : undefined;
  const wait = data.response_metadata?.retryAfter;
  return {
    code,
    transient: code === undefined || TRANSIENT.has(code),
    afterMs: wait === undefined ? undefined : wait * 1_000,
    needed: "needed" in data && typeof data.needed === "string" ? data.needed : undefined,
  };
}
