/**
 * In the playground anybody may be anybody, so only pages that it served itself may talk to it.
 * The Host header must be a loopback name (DNS rebinding), and what other sites send is refused.
 */
import type { MiddlewareHandler } from "hono";

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

const HEADERS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

export const guard: MiddlewareHandler = async (c, next) => {
  const host = c.req.header("host") ?? "";
  if (!LOOPBACK.has(host.replace(/:\d+$/, "")))
    return c.json({ error: "The playground answers on this machine only: open it as http://127.0.0.1 or http://localhost." }, 403);
  const origin = c.req.header("origin");
  const site = c.req.header("sec-fetch-site");
  const foreign =
    (origin !== undefined && origin !== `http://${host}`) || (site !== undefined && site !== "same-origin" && site !== "none");
  if (foreign && c.req.path.startsWith("/api/")) return c.json({ error: "Another site may not use the playground." }, 403);
  // A form of another site cannot send JSON without asking first, and is not answered.
  if (c.req.method === "POST" && !/^application\/json\b/i.test(c.req.header("content-type") ?? ""))
    return c.json({ error: "Send JSON: content-type application/json." }, 415);
  await next();
  for (const [name, value] of Object.entries(HEADERS)) c.header(name, value);
  return;
};
