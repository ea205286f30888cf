/** What Slack and browsers ask of us over HTTP, beside the health checks on the same port. */
import type { IncomingMessage, RequestListener } from "node:http";
import { MINUTE, SECOND } from "../../core/place.ts";
import { EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH } from "./paths.ts";

/** Slack's largest payloads are forms: five fields of 3,000 characters, escaped. */
export const BODY_BYTES = 512 * 1024;

/** As Slack advises: what is older may be a copy of somebody's. https://docs.slack.dev/authentication/verifying-requests-from-slack */
const TIMELY_MS = 5 * MINUTE;

interface Routes {
  readonly events: RequestListener;
  readonly install: RequestListener | undefined;
}

/** For every path below /slack/. */
export function slackRoutes({ events, install }: Routes): RequestListener {
  return (request, response) => {
    // Where bolt stopped reading a body that is too long, the connection's next request would wait behind it.
    // One without an end is cut off by the server's patience.
    response.once("finish", () => request.resume());
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (pathname === EVENTS_PATH && request.method === "POST") {
      const refusal = refusalOf(request);
      return refusal === undefined ? events(request, response) : void response.writeHead(refusal).end();
    }
    if (install && request.method === "GET" && [INSTALL_PATH, REDIRECT_PATH].includes(pathname)) return install(request, response);
    response.writeHead(404).end();
  };
}

/**
 * What is refused by its head alone. bolt reads a body of any announced length up to the limit first, and
 * believes a time that is yet to come: a copy of such a request would be good for longer than five minutes.
 * Where there is no time at all, it knows what to do.
 */
function refusalOf({ headers }: IncomingMessage): 401 | 413 | undefined {
  if (Number(headers["content-length"]) > BODY_BYTES) return 413;
  const stamp = headers["x-slack-request-timestamp"];
  const timely = stamp === undefined || Math.abs(Date.now() - Number(stamp) * SECOND) <= TIMELY_MS;
  return timely ? undefined : 401;
}
