/** What the stand-in remembers: servers, their people, channels, threads and messages. */
import { pingedBy } from "./reading.ts";
import type { Attachment } from "./upload.ts";

export interface StandInPerson {
  readonly id: string;
  readonly name: string;
  readonly manager: boolean;
}

export type Json = Readonly<Record<string, unknown>>;

/** https://discord.com/developers/docs/resources/channel#channel-object-channel-types */
export const CHANNEL_TYPES = {
  text: 0,
  direct: 1,
  voice: 2,
  announcement: 5,
  "announcement thread": 10,
  thread: 11,
  "private thread": 12,
  stage: 13,
  forum: 15,
} as const;

/** What the bot may be denied in a channel; a thread takes it from its channel. */
export type Permission = "view" | "send" | "send in threads" | "attach" | "create threads" | "history" | "react";

export interface Channel {
  readonly id: string;
  readonly kind: keyof typeof CHANNEL_TYPES;
  readonly name: string;
  /** The server it is in; a direct message is in none. */
  readonly guild: string;
  /** A thread's channel. */
  readonly parent?: string;
  /** Whom a direct message is with. */
  readonly recipient?: string;
  readonly denied: Set<Permission>;
  archived: boolean;
  locked: boolean;
  /** Minutes until a thread is archived by itself. */
  readonly archiveAfter?: number;
  readonly messages: Message[];
}

export interface Message {
  readonly id: string;
  readonly channel: string;
  readonly nonce?: string;
  readonly at: number;
  edited?: number;
  body: Json;
  attachments: readonly Attachment[];
  /** The only person who sees it. */
  readonly onlyFor?: string;
  /** Who wrote it; undefined for the bot. */
  readonly author?: Author;
  /** The bot's signs beside it. */
  readonly signs?: Set<string>;
  /** Ids of the members it notified when it was sent. */
  readonly pinged: readonly string[];
}

export interface Author {
  readonly id: string;
  readonly bot: boolean;
}

/** How long a nonce is remembered: Discord says "a few minutes". */
const NONCE_MS = 5 * 60_000;
const EPOCH = 1_420_070_400_000n;

export class World {
  readonly guild = "9000000000000000001";
  readonly application = "9000000000000000002";
  readonly home: string;
  /** Servers that the bot is in, each with a text channel; the first is `guild`. Their shards follow each other. */
  readonly guilds: { readonly id: string; readonly home: string }[];
  readonly #left: { readonly id: string; readonly home: string }[] = [];
  /** The server has as many active threads as it may. */
  threadsFull = false;
  /** Bits of the application's flags: which privileged intents it was given. */
  applicationFlags = 0;
  /** What else its settings say. */
  readonly applicationSettings: { bot_require_code_grant?: boolean; install_params?: Json } = {};
  readonly people: readonly StandInPerson[];
  readonly channels = new Map<string, Channel>();
  /** Private replies, oldest first. */
  readonly private: Message[] = [];
  /** Registered commands; each list as Discord would answer it. */
  readonly commands: { global: readonly Json[]; guild: readonly Json[] } = { global: [], guild: [] };
  #serial = 0n;

  constructor(people: readonly StandInPerson[], guilds = 1) {
    this.people = people;
    this.guilds = Array.from({ length: guilds }, (_, at) => {
      const id = String(BigInt(this.guild) + (BigInt(at) << 22n));
      return { id, home: this.addChannel("text", "system-design", { guild: id }).id };
    });
    this.home = this.guilds[0]?.home ?? "";
  }

  /** The bot is in that server no longer. */
  leave(guild: string): void {
    this.#move(guild, this.guilds, this.#left);
  }

  /** The bot is in that server again. */
  enter(guild: string): void {
    this.#move(guild, this.#left, this.guilds);
  }

  #move(guild: string, from: World["guilds"], to: World["guilds"]): void {
    const at = from.findIndex(({ id }) => id === guild);
    if (at >= 0) to.push(...from.splice(at, 1));
  }

  /** https://discord.com/developers/docs/reference#snowflakes */
  snowflake(): string {
    this.#serial += 1n;
    return String(((BigInt(Date.now()) - EPOCH) << 22n) | (this.#serial & 0x3f_ffffn));
  }

  person(id: string): StandInPerson {
    const found = this.people.find((person) => person.id === id);
    if (!found) throw new Error(`Nobody here has the id ${id}.`);
    return found;
  }

  addChannel(
    kind: Channel["kind"],
    name: string,
    more: Partial<Pick<Channel, "id" | "guild" | "parent" | "recipient" | "archiveAfter">> = {},
  ): Channel {
    const { guild } = this;
    const id = this.snowflake();
    const channel: Channel = { id, kind, name, guild, denied: new Set(), archived: false, locked: false, messages: [], ...more };
    this.channels.set(channel.id, channel);
    return channel;
  }

  directWith(recipient: string): Channel {
    const open = [...this.channels.values()].find((channel) => channel.recipient === recipient);
    return open ?? this.addChannel("direct", "", { recipient });
  }

  /** Denied in a channel itself, or for a thread in its channel. */
  denies({ denied, parent }: Channel, permission: Permission): boolean {
    return denied.has(permission) || (this.channels.get(parent ?? "")?.denied.has(permission) ?? false);
  }

  /** A message of somebody else, written so many ms ago. */
  write(channel: Channel, author: Author, content: string, ageMs: number): Message {
    const at = Date.now() - ageMs;
    const id = String(((BigInt(at) - EPOCH) << 22n) | (BigInt(this.snowflake()) & 0x3f_ffffn));
    const message: Message = { id, channel: channel.id, at, body: { content }, attachments: [], pinged: [], author, signs: new Set() };
    channel.messages.push(message);
    return message;
  }

  /** Sends the bot's message, or finds the one that was sent with this nonce. */
  send(channel: Channel, body: Json, attachments: readonly Attachment[]): Message {
    const nonce = body.nonce === undefined ? undefined : String(body.nonce);
    const known = channel.messages.find((message) => message.nonce === nonce && Date.now() - message.at < NONCE_MS);
    if (nonce !== undefined && body.enforce_nonce === true && known) return known;
    const message = { ...this.#message(channel.id, body, attachments), ...(nonce === undefined ? {} : { nonce }) };
    channel.messages.push(message);
    channel.archived = false;
    return message;
  }

  whisper(channel: string, body: Json, attachments: readonly Attachment[], onlyFor: string): Message {
    const message = { ...this.#message(channel, body, attachments), onlyFor };
    this.private.push(message);
    return message;
  }

  /** A message by its id, as this person may see it. */
  find(id: string, seenBy: string): Message | undefined {
    const open = [...this.channels.values()].flatMap(({ messages }) => messages);
    return [...open, ...this.private.filter(({ onlyFor }) => onlyFor === seenBy)].find((message) => message.id === id);
  }

  #message(channel: string, body: Json, attachments: readonly Attachment[]): Message {
    return { id: this.snowflake(), channel, at: Date.now(), body, attachments, pinged: [...pingedBy(body), ...this.#repliedTo(body)] };
  }

  /** A reply notifies whom it answers, if that is not ruled out. */
  #repliedTo({ message_reference: reference, allowed_mentions: allowed }: Json): readonly string[] {
    const { message_id: id = "" } = (reference ?? {}) as { message_id?: string };
    const { replied_user: pings = allowed === undefined } = (allowed ?? {}) as { replied_user?: boolean };
    const author = pings ? this.find(id, "")?.author : undefined;
    return author ? [author.id] : [];
  }
}
