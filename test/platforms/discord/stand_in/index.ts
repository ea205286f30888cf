/**
 * A Discord for tests, on the loopback alone: the real discord.js connects to it, from this process
 * or another one. People use it through `driver`; what stands in channels is in `world`. Whatever
 * Discord would refuse for its form is refused with Discord's error and noted in `violations`.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Driver } from "./driver.ts";
import { Faults, limitHeaders, rateLimited } from "./faults.ts";
import { Gateway } from "./gateway.ts";
import { CALLBACK, Interactions } from "./interactions.ts";
import { Refusal } from "./refusal.ts";
import { type Route, routes } from "./routes.ts";
import { readRequest } from "./upload.ts";
import { type StandInPerson, World } from "./world.ts";
import { Writer } from "./writer.ts";

export interface DiscordStandInOptions {
  readonly people: readonly StandInPerson[];
  /** 0, which is any free port, when left out; a test of an outage comes back on the same one. */
  readonly port?: number;
  /** How many servers the bot is in; one when left out. */
  readonly guilds?: number;
}

export interface DiscordStandIn {
  /** For DISCORD_API_URL. */
  readonly apiUrl: string;
  /** For DISCORD_TOKEN. */
  readonly token: string;
  readonly guildId: string;
  readonly channelId: string;
  readonly world: World;
  readonly driver: Driver;
  readonly writer: Writer;
  readonly gateway: Gateway;
  readonly faults: Faults;
  /** Every request that Discord would have refused for its form. */
  readonly violations: string[];
  /** Ids of the interactions that were not acknowledged within three seconds. */
  readonly late: readonly string[];
  /** "METHOD /path" of all requests that arrived, in order; interaction tokens are left out. */
  readonly requests: string[];
  stop(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export const TOKEN = "stand-in.discord.token";

export async function startDiscordStandIn({ people, port = 0, guilds = 1 }: DiscordStandInOptions): Promise<DiscordStandIn> {
  const world = new World(people, guilds);
  const gateway = new Gateway(world, TOKEN);
  const interactions = new Interactions(world);
  const faults = new Faults();
  const violations: string[] = [];
  const requests: string[] = [];
  const table = routes(world, gateway, interactions);

  const server = createServer((request, response) => {
    handle(request, response).catch((error) => {
      violations.push(`${request.method} ${request.url}: the stand-in failed: ${error}`);
      send(response, { status: 500 });
    });
  });
  server.on("upgrade", (request, stream, head) => gateway.upgrade(request, stream, head));
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  gateway.listenAt(`ws://${host}`);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await read(request);
    const url = new URL(request.url ?? "/", `http://${host}`);
    const path = decodeURIComponent(url.pathname).replace(/^\/api\/v10/, "");
    const what = `${request.method} ${path.replace(/(\/(?:interactions|webhooks)\/\d+\/)[^/]+/, "$1…")}`;
    requests.push(what);
    const route = table.find((one) => one.method === request.method && one.path.test(path));
    const fault = route && (faults.take(route.kind) ?? (bringsWords(route, bytes) ? faults.take("reply") : undefined));
    if (fault && fault.kind !== "lostAnswer") await fault.meanwhile?.();
    if (fault?.kind === "dropped") return void request.socket.destroy();
    if (route && fault?.kind === "rateLimit") return send(response, rateLimited(route.kind, fault));
    if (fault?.kind === "serverError") return send(response, { status: fault.status ?? 500, body: { message: "internal" } });
    if (fault?.kind === "refuse") return send(response, refused(new Refusal(fault.status, fault.code, fault.message)));
    const answer = await perform(route, path, what, request, bytes);
    if (fault?.kind === "silence") return;
    if (fault?.kind === "lostAnswer") {
      await fault.meanwhile?.();
      return void request.socket.destroy();
    }
    send(response, answer);
  }

  async function perform(route: Route | undefined, path: string, what: string, request: IncomingMessage, bytes: Buffer): Promise<Answer> {
    try {
      if (!route) {
        violations.push(`${what}: no such route`);
        throw new Refusal(404, 0, "404: Not Found");
      }
      if (!route.open && request.headers.authorization !== `Bot ${TOKEN}`) throw new Refusal(401, 0, "401: Unauthorized");
      if (route.open && request.headers.authorization) violations.push(`${what}: the bot's token is sent where it is not needed`);
      const { body, files } = await readRequest(request.headers["content-type"], bytes);
      const result = route.run(path.match(route.path)?.slice(1) ?? [], body, files);
      const headers = limitHeaders(route.kind);
      return result === undefined ? { status: 204, headers } : { status: 200, headers, body: result };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      violations.push(...error.problems.map((problem) => `${what}: ${problem}`));
      return refused(error);
    }
  }

  return {
    apiUrl: `http://${host}/api`,
    token: TOKEN,
    guildId: world.guild,
    channelId: world.home,
    world,
    driver: new Driver(world, gateway, interactions),
    writer: new Writer(world, gateway),
    gateway,
    faults,
    violations,
    late: interactions.late,
    requests,
    async stop() {
      gateway.stop();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

const bringsWords = ({ kind }: Route, bytes: Buffer): boolean =>
  kind === "follow-up" || (kind === "callback" && JSON.parse(bytes.toString("utf8")).type === CALLBACK.message);

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const refused = ({ status, code, message, problems }: Refusal): Answer => ({
  status,
  body: {
    message,
    code,
    ...(problems.length > 0 ? { errors: { _errors: problems.map((text) => ({ code: "INVALID", message: text })) } } : {}),
  },
});

function send(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  if (response.writableEnded) return;
  const text = body === undefined ? undefined : JSON.stringify(body);
  response.writeHead(status, { ...(text === undefined ? {} : { "content-type": "application/json" }), ...headers });
  response.end(text);
}
