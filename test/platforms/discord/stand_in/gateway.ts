/** The gateway: hello, identify, ready, heartbeats, resume. https://discord.com/developers/docs/events/gateway */
import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { botJson, guildJson } from "./payloads.ts";
import type { Json, World } from "./world.ts";

const OP = { dispatch: 0, heartbeat: 1, identify: 2, resume: 6, invalidSession: 9, hello: 10, heartbeatAck: 11 } as const;
/** https://discord.com/developers/docs/events/gateway#gateway-intents */
export const INTENT = { members: 1 << 1, presences: 1 << 8, messages: 1 << 9, direct: 1 << 12, content: 1 << 15 } as const;
const HEARTBEAT_MS = 41_250;

interface Session {
  readonly id: string;
  readonly intents: number;
  readonly sent: { readonly op: 0; readonly t: string; readonly s: number; readonly d: unknown }[];
  socket: WebSocket | undefined;
}

interface Payload {
  readonly op: number;
  readonly d?: { readonly token?: string; readonly intents?: number; readonly session_id?: string; readonly seq?: number };
}

export class Gateway {
  /** What the bot did here, in order: "identify", "resume". */
  readonly history: string[] = [];
  /** Whether Discord has granted the intent to read all messages. */
  messageContent = false;
  /** Refuses every identify as Discord does when an intent was not approved. */
  refuseIntents = false;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #sessions = new Map<string, Session>();
  readonly #world: World;
  readonly #token: string;
  #url = "";

  constructor(world: World, token: string) {
    this.#world = world;
    this.#token = token;
    this.#server.on("connection", (socket) => this.#greet(socket));
  }

  listenAt(url: string): void {
    this.#url = url;
  }

  get information(): Json {
    return { url: this.#url, shards: 1, session_start_limit: { total: 1_000, remaining: 999, reset_after: 0, max_concurrency: 1 } };
  }

  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, stream, head, (socket) => this.#server.emit("connection", socket, request));
  }

  /** Tells the bot; a session without a connection hears it when it resumes. */
  tell(event: string, data: unknown): void {
    for (const session of this.#sessions.values()) this.#send(session, event, data);
  }

  /** Tells those that asked for `intent`, each what it may know. */
  tellWith(intent: number, event: string, data: (intents: number) => unknown): void {
    for (const session of this.#sessions.values()) if ((session.intents & intent) !== 0) this.#send(session, event, data(session.intents));
  }

  get connected(): boolean {
    return [...this.#sessions.values()].some(({ socket }) => socket !== undefined);
  }

  /** Cuts the connection without a word; `forget` also ends the session, so that it cannot be resumed. */
  drop({ forget = false } = {}): void {
    for (const { socket } of this.#sessions.values()) socket?.terminate();
    if (forget) this.#sessions.clear();
  }

  /** Closes every connection with one of the gateway's close codes. */
  close(code: number): void {
    for (const { socket } of this.#sessions.values()) socket?.close(code);
  }

  stop(): void {
    for (const socket of this.#server.clients) socket.terminate();
    this.#server.close();
  }

  #greet(socket: WebSocket): void {
    let session: Session | undefined;
    const say = (payload: object) => socket.send(JSON.stringify(payload));
    say({ op: OP.hello, d: { heartbeat_interval: HEARTBEAT_MS } });
    socket.on("message", (data) => {
      const { op, d = {} } = JSON.parse(String(data)) as Payload;
      if (op === OP.heartbeat) say({ op: OP.heartbeatAck });
      else if (op === OP.identify) session = this.#identify(socket, d);
      else if (op === OP.resume) session = this.#resume(socket, d);
    });
    socket.on("close", () => {
      if (session?.socket === socket) session.socket = undefined;
    });
  }

  #identify(socket: WebSocket, { token, intents = 0 }: NonNullable<Payload["d"]>): Session | undefined {
    this.history.push("identify");
    if (token !== this.#token) socket.close(4004, "Authentication failed.");
    else if (this.refuseIntents || (intents & this.#unapproved) !== 0) socket.close(4014, "Disallowed intent(s).");
    else return this.#open(socket, intents);
    return undefined;
  }

  /** Privileged: they need Discord's approval. */
  get #unapproved(): number {
    return INTENT.members | INTENT.presences | (this.messageContent ? 0 : INTENT.content);
  }

  #open(socket: WebSocket, intents: number): Session {
    const session: Session = { id: randomUUID(), intents, sent: [], socket };
    this.#sessions.set(session.id, session);
    this.#send(session, "READY", {
      v: 10,
      user: botJson(this.#world),
      guilds: [{ id: this.#world.guild, unavailable: true }],
      session_id: session.id,
      resume_gateway_url: this.#url,
      session_type: "normal",
      application: { id: this.#world.application, flags: 0 },
      shard: [0, 1],
    });
    this.#send(session, "GUILD_CREATE", guildJson(this.#world));
    return session;
  }

  #resume(socket: WebSocket, { session_id: id = "", seq = 0 }: NonNullable<Payload["d"]>): Session | undefined {
    this.history.push("resume");
    const session = this.#sessions.get(id);
    if (!session) {
      socket.send(JSON.stringify({ op: OP.invalidSession, d: false }));
      return undefined;
    }
    session.socket = socket;
    for (const event of session.sent.filter(({ s }) => s > seq)) socket.send(JSON.stringify(event));
    this.#send(session, "RESUMED", {});
    return session;
  }

  #send(session: Session, t: string, d: unknown): void {
    const event = { op: OP.dispatch, t, s: session.sent.length + 1, d } as const;
    session.sent.push(event);
    session.socket?.send(JSON.stringify(event));
  }
}
