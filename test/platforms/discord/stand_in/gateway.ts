/** The gateway: hello, identify, ready, heartbeats, resume. https://discord.com/developers/docs/events/gateway */
import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { botJson, channelJson, guildJson } from "./payloads.ts";
import type { Channel, Json, World } from "./world.ts";

const OP = { dispatch: 0, heartbeat: 1, identify: 2, resume: 6, reconnect: 7, invalidSession: 9, hello: 10, heartbeatAck: 11 } as const;
/** https://discord.com/developers/docs/events/gateway#gateway-intents */
export const INTENT = { members: 1 << 1, presences: 1 << 8, messages: 1 << 9, direct: 1 << 12, content: 1 << 15 } as const;
const HEARTBEAT_MS = 41_250;

/** A bucket of shards takes one identify in this time. https://discord.com/developers/docs/events/gateway#rate-limiting */
const IDENTIFY_MS = 5_000;

interface Session {
  readonly id: string;
  /** Which shard, of how many. */
  readonly shard: readonly [number, number];
  readonly intents: number;
  readonly sent: { readonly op: 0; readonly t: string; readonly s: number; readonly d: unknown }[];
  socket: WebSocket | undefined;
}

interface Payload {
  readonly op: number;
  readonly d?: {
    readonly token?: string;
    readonly intents?: number;
    readonly session_id?: string;
    readonly seq?: number;
    readonly shard?: [number, number];
  };
}

export class Gateway {
  /** What the bot did here, in order: "identify", "resume". */
  readonly history: string[] = [];
  /** Whether Discord has granted the intent to read all messages. */
  messageContent = false;
  /** Refuses every identify with this close code, such as 4014 for an intent that was not approved. */
  refuseWith: number | undefined;
  /** Takes no connections, as behind a firewall. */
  deaf = false;
  /** How many shards Discord advises. */
  advised = 1;
  /** Buckets of shards that may identify side by side; undefined does not count. */
  concurrency: number | undefined;
  /** Sessions that may still be begun today. */
  remaining = 999;
  readonly #identified = new Map<number, number>();
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
    const { remaining, concurrency = 16 } = this;
    return {
      url: this.#url,
      shards: this.advised,
      session_start_limit: { total: 1_000, remaining, reset_after: 3_600_000, max_concurrency: concurrency },
    };
  }

  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    if (this.deaf) return void stream.destroy();
    this.#server.handleUpgrade(request, stream, head, (socket) => this.#server.emit("connection", socket, request));
  }

  /** Tells the bot on the shard of the server that it is about; a session without a connection hears it when it resumes. */
  tell(event: string, data: unknown): void {
    const { guild_id: guild, id } = data as { readonly guild_id?: string; readonly id?: string };
    const about = event.startsWith("GUILD_") ? id : guild;
    for (const session of this.#sessions.values()) if (isOn(session.shard, about)) this.#send(session, event, data);
  }

  /** Shards of the sessions that are open, in order: one run twice is named twice. */
  get shards(): readonly string[] {
    return [...this.#sessions.values()]
      .filter(({ socket }) => socket !== undefined)
      .map(({ shard }) => shard.join("/"))
      .sort();
  }

  /** The bot is removed from a server, or the server has an outage. */
  removeFrom(guild: string, { outage = false } = {}): void {
    if (!outage) this.#world.leave(guild);
    this.tell("GUILD_DELETE", { id: guild, ...(outage ? { unavailable: true } : {}) });
  }

  /** Somebody made a channel or a thread. */
  created(channel: Channel): void {
    this.tell(channel.parent === undefined ? "CHANNEL_CREATE" : "THREAD_CREATE", channelJson(this.#world, channel));
  }

  /** The bot is invited to a server. */
  addTo(guild: string): void {
    this.#world.enter(guild);
    this.tell("GUILD_CREATE", guildJson(this.#world, guild));
  }

  /** Asks all connections to reconnect, as before a restart of Discord's: https://discord.com/developers/docs/events/gateway-events#reconnect */
  askToReconnect(): void {
    for (const { socket } of this.#sessions.values()) socket?.send(JSON.stringify({ op: OP.reconnect, d: null }));
  }

  /** Tells those that asked for `intent`, each what it may know. */
  tellWith(intent: number, event: string, data: (intents: number) => Json): void {
    for (const session of this.#sessions.values()) {
      const about = data(session.intents);
      const guild = about.guild_id === undefined ? undefined : String(about.guild_id);
      if ((session.intents & intent) !== 0 && isOn(session.shard, guild)) this.#send(session, event, about);
    }
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

  #identify(socket: WebSocket, { token, intents = 0, shard = [0, 1] }: NonNullable<Payload["d"]>): Session | undefined {
    this.history.push("identify");
    if (token !== this.#token) socket.close(4004, "Authentication failed.");
    else if (this.refuseWith !== undefined) socket.close(this.refuseWith);
    else if ((intents & this.#unapproved) !== 0) socket.close(4014, "Disallowed intent(s).");
    else if (shard[0] >= shard[1]) socket.close(4010, "Invalid shard.");
    else if (this.#tooSoon(shard[0])) socket.send(JSON.stringify({ op: OP.invalidSession, d: false }));
    else return this.#open(socket, intents, shard);
    return undefined;
  }

  /** Privileged: they need Discord's approval. */
  get #unapproved(): number {
    return INTENT.members | INTENT.presences | (this.messageContent ? 0 : INTENT.content);
  }

  #tooSoon(shard: number): boolean {
    if (this.concurrency === undefined) return false;
    const bucket = shard % this.concurrency;
    const soon = Date.now() - (this.#identified.get(bucket) ?? 0) < IDENTIFY_MS;
    if (!soon) this.#identified.set(bucket, Date.now());
    return soon;
  }

  #open(socket: WebSocket, intents: number, shard: [number, number]): Session {
    const session: Session = { id: randomUUID(), shard, intents, sent: [], socket };
    const guilds = this.#world.guilds.filter(({ id }) => isOn(shard, id));
    this.#sessions.set(session.id, session);
    this.#send(session, "READY", {
      v: 10,
      user: botJson(this.#world),
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: this.#url,
      session_type: "normal",
      application: { id: this.#world.application, flags: this.#world.applicationFlags },
      shard,
    });
    for (const { id } of guilds) this.#send(session, "GUILD_CREATE", guildJson(this.#world, id));
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

/** What is in no server goes to the first shard. https://discord.com/developers/docs/events/gateway#sharding */
const isOn = ([id, count]: readonly [number, number], guild: string | undefined): boolean =>
  Number((BigInt(guild ?? 0) >> 22n) % BigInt(count)) === id;
