/** The playground: a local web page that looks and works like the chat. */
import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Logger } from "pino";
import type { Dispatcher } from "../../app/dispatch.ts";
import type { PlatformAdapter } from "../../app/messenger.ts";
import type { Pictures } from "../../app/pictures.ts";
import type { ChatLog } from "../../app/playground.ts";
import { type PlaygroundClock, WebClock } from "./clock.ts";
import { createMessenger } from "./deliver.ts";
import { Bell } from "./events.ts";
import { guard } from "./guard.ts";
import { pageFiles } from "./page.ts";
import { Directory } from "./people.ts";
import { Gallery } from "./pictures.ts";
import { BadRequest, receiver } from "./receive.ts";
import { BODY_BYTES } from "./wire.ts";

/** How long running requests may take to finish after a stop, in ms. */
const GRACE_MS = 5_000;

export interface WebOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly dispatcher: Dispatcher;
  readonly chatLog: ChatLog;
  readonly pictures: Pictures;
  readonly clock: PlaygroundClock;
  readonly log: Pick<Logger, "info" | "warn" | "error">;
  /** Adds routes that share the port, such as /healthz; they stand behind the same guard. */
  mount?(app: Hono): void;
}

export interface WebAdapter extends PlatformAdapter {
  /** Where the page is, once started. */
  readonly url: string;
}

export function createWeb({ host, port, dispatcher, chatLog, pictures, clock, log, mount }: WebOptions): WebAdapter {
  const bell = new Bell();
  const messenger = createMessenger(
    chatLog,
    () => clock.now(),
    () => bell.ring(),
  );
  let server: Server | undefined;

  async function app(): Promise<Hono> {
    const app = new Hono();
    app.use(guard);
    // While stopping, an answered connection must not stay open for the next request.
    app.use(async (c, next) => {
      await next();
      if (bell.closed) c.header("connection", "close");
    });
    app.use(
      "/api/*",
      bodyLimit({ maxSize: BODY_BYTES, onError: (c) => c.json({ error: `That is more than ${BODY_BYTES / 1024} KB.` }, 413) }),
    );
    app.onError((error, c) => {
      if (error instanceof BadRequest) return c.json({ error: error.message }, 400);
      const incident = randomUUID();
      log.error({ err: error, incident, path: c.req.path }, "a request of the playground failed");
      return c.json({ error: `Something went wrong here. The log says more under ${incident}.` }, 500);
    });
    mount?.(app);
    const failed = (err: unknown) => log.warn({ err }, "a page's stream ended early");
    const gallery = new Gallery(pictures, chatLog, (err) => log.error({ err }, "a picture could not be drawn"));
    app.route("/api", receiver({ dispatcher, chatLog, clock: new WebClock(clock), people: new Directory(), gallery, bell, failed }));
    app.route("/pictures", gallery.routes());
    app.route("/", await pageFiles());
    return app;
  }

  return {
    messenger,
    get url() {
      const bound = server?.address() as AddressInfo | null | undefined;
      if (!bound) throw new Error("The playground has no address before it is started.");
      const name = bound.address === "::1" ? "[::1]" : "127.0.0.1";
      return `http://${name}:${bound.port}`;
    },
    async start() {
      const { fetch } = await app();
      server = await new Promise<Server>((resolve, reject) => {
        const opening = serve({ fetch, hostname: host, port }, () => resolve(opening)) as Server;
        opening.once("error", (cause: NodeJS.ErrnoException) => reject(new Error(explain(cause, host, port), { cause })));
      });
    },
    async stop() {
      bell.close();
      const closing = server;
      if (!closing) return;
      const late = setTimeout(() => closing.closeAllConnections(), GRACE_MS);
      await new Promise((done) => closing.close(done));
      clearTimeout(late);
    },
  };
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): string {
  if (error.code === "EADDRINUSE")
    return `PORT ${port} on ${host} is taken by another program: set PORT to a free one, or stop that program.`;
  if (error.code === "EACCES") return `PORT ${port} on ${host} may not be opened by this user: set PORT to one above 1023.`;
  return `The playground cannot listen on HOST ${host}, PORT ${port}: ${error.message}`;
}
