/** What Slack and browsers ask of us over HTTP, beside the health checks on the same port. */
import type { RequestListener } from "node:http";
import { EVENTS_PATH, INSTALL_PATH, REDIRECT_PATH } from "./paths.ts";

/** Slack's largest payloads are forms: five fields of 3,000 characters, escaped. */
export const BODY_BYTES = 512 * 1024;

interface Routes {
  readonly events: RequestListener;
  readonly install: RequestListener | undefined;
}

/** For every path below /slack/. */
export function slackRoutes({ events, install }: Routes): RequestListener {
  return (request, response) => {
    // Where bolt stopped reading a body that is too long, the connection's next request would wait behind it.
    response.once("finish", () => request.resume());
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    if (pathname === EVENTS_PATH && request.method === "POST") return events(request, response);
    if (install && request.method === "GET" && [INSTALL_PATH, REDIRECT_PATH].includes(pathname)) return install(request, response);
    response.writeHead(404).end();
  };
}
