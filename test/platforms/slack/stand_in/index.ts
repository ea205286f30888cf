/**
 * A Slack for tests, on the loopback alone: the real bolt connects to it over Socket Mode, from this
 * process or another one, or is called by it over HTTP. There may be several workspaces. People use it through `driver`; what each of them alone sees is in
 * `workspace.sights`, what stands in channels, threads and direct messages in `workspace.messages`.
 * Whatever Slack would refuse is refused with Slack's error and noted in `violations`.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { BOT_SCOPES } from "../../../../src/platforms/slack/manifest.ts";
import { messageBlocks, text, timestamp } from "./blocks.ts";
import type { Carrier } from "./carrier.ts";
import { Driver } from "./driver.ts";
import { type Fault, Faults } from "./faults.ts";
import { HttpCarrier } from "./http.ts";
import { type Answer, METHODS } from "./methods.ts";
import { OAuth } from "./oauth.ts";
import { Socket } from "./socket.ts";
import { type StandInUser, Workspace } from "./workspace.ts";
import { Writer } from "./writer.ts";

export interface SlackStandInOptions {
  readonly people: readonly StandInUser[];
  readonly channels?: readonly string[];
  /** Calls the app over HTTP, once `http.url` is set, instead of waiting for its socket. */
  readonly overHttp?: boolean;
}

/** A workspace, and the people in it. */
export interface Team {
  readonly id: string;
  readonly workspace: Workspace;
  readonly driver: Driver;
}

export interface SlackStandIn {
  /** For SLACK_API_URL. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly team: string;
  /** The first of the channels. */
  readonly channel: string;
  readonly workspace: Workspace;
  readonly driver: Driver;
  readonly writer: Writer;
  readonly socket: Socket;
  readonly http: HttpCarrier;
  readonly signingSecret: string;
  readonly oauth: OAuth;
  readonly faults: Faults;
  /** Another workspace, in which nobody has installed the app; `organization` when an app of the whole organization serves it. */
  addTeam(id: string, people: readonly StandInUser[], organization?: string): Team;
  /** What the installed app may do from now on. */
  grant(scopes: readonly string[]): void;
  /** Resolves when an app is connected; rejects after `timeoutMs`. */
  connected(timeoutMs: number): Promise<void>;
  /** Every call that Slack would have refused for its form. */
  readonly violations: string[];
  /** Every interaction that was not acknowledged within Slack's three seconds. */
  readonly late: string[];
  /** The methods called, in order. */
  readonly calls: string[];
  stop(): Promise<void>;
}

const SIGNING_SECRET = "0123456789abcdef0123456789abcdef";
const BOT_TOKEN = "xoxb-1-stand-in";
const APP_TOKEN = "xapp-1-stand-in";
const TEAM = "T100";

const response = z.strictObject({
  response_type: z.literal("ephemeral"),
  replace_original: z.boolean().optional(),
  thread_ts: timestamp.optional(),
  text,
  blocks: messageBlocks,
});

export async function startSlackStandIn({ people, channels = ["C100"], overHttp = false }: SlackStandInOptions): Promise<SlackStandIn> {
  const workspace = new Workspace(people, channels);
  const socket = new Socket(() => workspace.changed());
  const http = new HttpCarrier(SIGNING_SECRET);
  const carrier: Carrier = overHttp ? http : socket;
  const oauth = new OAuth();
  oauth.keep(BOT_TOKEN, { team: TEAM });
  const teams = new Map<string, Team>();
  const faults = new Faults();
  let scopes: readonly string[] = BOT_SCOPES;
  const violations: string[] = [];
  const late: string[] = [];
  const calls: string[] = [];
  const violation = (what: string) => void violations.push(what);

  const server = createServer((request, reply) => {
    handle(request, reply).catch((error) => {
      violation(`${request.url}: ${error}`);
      reply.writeHead(500).end();
    });
  });
  server.on("upgrade", (request, stream, head) => socket.upgrade(request, stream, head));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  function makeTeam(id: string, workspace: Workspace, organization?: string): Team {
    workspace.uploadUrl = (file) => `http://${host}/upload/${id}/${file}`;
    const responseUrl = (response: string) => `http://${host}/response/${id}/${response}`;
    const driver = new Driver({ workspace, carrier, team: id, organization, responseUrl, violation, late });
    const team = { id, workspace, driver };
    teams.set(id, team);
    return team;
  }
  const { driver } = makeTeam(TEAM, workspace);
  const teamOf = (id: string | undefined): Workspace => {
    const found = teams.get(id ?? "");
    if (!found) throw new Error(`there is no workspace ${id}`);
    return found.workspace;
  };

  async function handle(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? "/", `http://${host}`);
    const bytes = await read(request);
    const [, where, team, id = ""] = pathname.split("/");
    if (where === "upload") return upload(teamOf(team), id, bytes, request, reply);
    const body = bytes.toString("utf8");
    if (where === "response") return respond(teamOf(team), id, body, reply);
    const name = pathname.slice("/api/".length);
    calls.push(name);
    await call(name, body, request, reply);
  }

  function upload(workspace: Workspace, id: string, bytes: Buffer, request: IncomingMessage, reply: ServerResponse): void {
    const fault = faults.take("upload");
    if (fault?.kind === "serverError") return void reply.writeHead(500).end();
    if (request.method !== "POST" || request.headers.authorization) violation(`upload: ${request.method}, or with the bot's token`);
    const problem = workspace.files.upload(id, bytes);
    if (problem) violation(`upload: ${problem}`);
    if (fault?.kind === "lostAnswer") return void request.socket.destroy();
    reply.writeHead(problem ? 400 : 200).end(problem ?? `OK - ${bytes.length}`);
  }

  async function respond(workspace: Workspace, id: string, body: string, reply: ServerResponse): Promise<void> {
    const fault = faults.take("response_url");
    // Whoever sent it is gone before anybody sees it.
    if (fault?.kind === "meanwhile") {
      await fault.run();
      reply.destroy();
      return;
    }
    const act = fault ? undefined : workspace.respond(id);
    if (!act) {
      reply.writeHead(404).end("used_url");
      return;
    }
    const parsed = response.safeParse(JSON.parse(body));
    if (!parsed.success) {
      violation(`response_url: ${parsed.error.message}`);
      reply.writeHead(400).end("invalid_blocks");
      return;
    }
    const { text, blocks, thread_ts: thread } = parsed.data;
    if (blocks.some(({ type }) => type === "image")) violation("response_url: a file that only the bot may see");
    const message = { ts: workspace.timestamp(), channel: act.channel, thread, text, blocks, metadata: undefined };
    workspace.show(act.user, { kind: "private", message });
    reply.end("ok");
  }

  async function call(name: string, body: string, request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const fault = faults.take(name);
    if (fault?.kind === "rateLimit") return void reply.writeHead(429, { "retry-after": String(fault.seconds) }).end(fault.after);
    if (fault?.kind === "serverError" && !fault.done) return void reply.writeHead(500).end("Internal Server Error");
    if (fault?.kind === "meanwhile" && fault.when === "before") await fault.run();
    const answer = fault?.kind === "refuse" ? refused(fault) : answerTo(name, body, request.headers.authorization);
    if (fault?.kind === "meanwhile" && fault.when === "after") await fault.run();
    if (fault?.kind === "lostAnswer") return void request.socket.destroy();
    if (fault?.kind === "serverError") return void reply.writeHead(500).end("Internal Server Error");
    if (fault?.kind === "silence") return;
    reply.writeHead(200, { "content-type": "application/json", "x-oauth-scopes": scopes.join(",") }).end(JSON.stringify(answer));
  }

  const refused = ({ error, needed }: Extract<Fault, { kind: "refuse" }>): Answer => ({ ok: false, error, ...(needed && { needed }) });

  function answerTo(name: string, body: string, authorization: string | undefined): Answer {
    if (name === "apps.connections.open") {
      if (authorization === `Bearer ${BOT_TOKEN}`) return { ok: false, error: "not_allowed_token_type" };
      return authorization === `Bearer ${APP_TOKEN}` ? { ok: true, url: `ws://${host}/socket` } : { ok: false, error: "invalid_auth" };
    }
    const { team_id: named, ...args } = Object.fromEntries(new URLSearchParams(body));
    if (name === "oauth.v2.access") return oauth.access(args);
    const owner = oauth.read(authorization?.slice("Bearer ".length));
    if ("error" in owner) return { ok: false, error: owner.error };
    const whole = owner.team === undefined;
    if (name === "auth.test")
      return {
        ok: true,
        team_id: owner.team ?? owner.organization,
        user_id: "UBOT",
        bot_id: "B1",
        user: "drillroom",
        url: "https://org.slack.test/",
      };
    if (whole !== (named !== undefined)) violation(`${name}: a team is named for an organization's token, and for no other`);
    const workspace = teamOf(owner.team ?? named);
    const method = METHODS[name];
    const parsed = method?.args.safeParse(args);
    if (!method || !parsed?.success) {
      violation(`${name}: ${parsed?.error?.message ?? "is not among the methods that the bot may call"}`);
      return { ok: false, error: method?.misfit ?? "unknown_method" };
    }
    const answer = method.run(parsed.data, workspace);
    for (const id of imagesIn(parsed.data)) if (workspace.files.shows(id) === "never") violation(`${name}: no file ${id} was completed`);
    if (!answer.ok && answer.error === "msg_blocks_too_long") violation(`${name}: msg_blocks_too_long`);
    return answer;
  }

  return {
    apiUrl: `http://${host}/api/`,
    botToken: BOT_TOKEN,
    appToken: APP_TOKEN,
    team: TEAM,
    channel: channels[0] ?? "C100",
    workspace,
    driver,
    writer: new Writer(workspace, carrier, TEAM),
    socket,
    http,
    signingSecret: SIGNING_SECRET,
    oauth,
    addTeam: (id, members, organization) => makeTeam(id, new Workspace(members, channels), organization),
    faults,
    grant(granted) {
      scopes = granted;
    },
    async connected(timeoutMs) {
      await workspace.until(() => socket.connected || undefined, "an app to connect", timeoutMs);
    },
    violations,
    late,
    calls,
    async stop() {
      socket.stop();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** The files that the blocks of a call show. */
function imagesIn(args: unknown): readonly string[] {
  return [...JSON.stringify(args).matchAll(/"slack_file":\{"id":"(\w+)"\}/g)].map(([, id]) => id ?? "");
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
