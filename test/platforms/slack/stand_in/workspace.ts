/** What a Slack workspace remembers: people, channels, messages, modals, and what each person sees. */
import { randomBytes } from "node:crypto";
import type { z } from "zod";
import type { metadata, StandInBlock, StandInHome, StandInView } from "./blocks.ts";
import { Files } from "./files.ts";

export interface StandInUser {
  readonly id: string;
  readonly name: string;
  readonly manager: boolean;
  /** The workspace where this person is at home, when it is another one. */
  readonly from?: string;
}

export interface StandInMessage {
  readonly ts: string;
  readonly channel: string;
  readonly thread: string | undefined;
  text: string;
  blocks: readonly StandInBlock[];
  readonly metadata: z.output<typeof metadata> | undefined;
  /** Who wrote it; undefined for the bot. */
  readonly author?: string;
  /** Names of the bot's reactions to it. */
  readonly reactions?: Set<string>;
}

export interface OpenView {
  readonly id: string;
  readonly user: string;
  hash: string;
  view: StandInView;
  closed: boolean;
}

/** What one person alone gets to see, in order. */
export type Sight =
  | { readonly kind: "modal"; readonly viewId: string; readonly view: StandInView }
  | { readonly kind: "private"; readonly message: StandInMessage }
  /** Slack's own words: the app did not answer. */
  | { readonly kind: "failure"; readonly reason: string };

interface Channel {
  readonly messages: StandInMessage[];
  /** What Slack answers for it instead, when something is wrong with it. */
  trouble: string | undefined;
}

const TRIGGER_MS = 3_000;
const RESPONSE_URL_MS = 30 * 60_000;
const RESPONSE_URL_USES = 5;

export class Workspace {
  readonly users = new Map<string, StandInUser>();
  readonly views = new Map<string, OpenView>();
  /** Home tabs by reader, each with how often it was published. */
  readonly homes = new Map<string, { readonly view: StandInHome; readonly times: number }>();
  readonly files = new Files();
  /** Where a file's bytes go. */
  uploadUrl: (id: string) => string = () => "";
  readonly #channels = new Map<string, Channel>();
  readonly #triggers = new Map<string, { readonly user: string; readonly until: number; used: boolean }>();
  readonly #responses = new Map<string, { readonly act: Act; readonly until: number; left: number }>();
  readonly #sights = new Map<string, Sight[]>();
  readonly #watchers = new Set<() => void>();
  #serial = 0;

  constructor(users: readonly StandInUser[], channels: readonly string[]) {
    for (const user of users) {
      this.users.set(user.id, user);
      this.#channels.set(directOf(user.id), { messages: [], trouble: undefined });
    }
    for (const channel of channels) this.#channels.set(channel, { messages: [], trouble: undefined });
  }

  channel(id: string): Channel | undefined {
    return this.#channels.get(id);
  }

  /** Of the channel itself, or of one of its threads; oldest first. */
  messages(channel: string, thread?: string): readonly StandInMessage[] {
    const all = this.channel(channel)?.messages ?? [];
    return all.filter((message) => (thread === undefined ? message.thread === undefined : [message.thread, message.ts].includes(thread)));
  }

  post(message: Omit<StandInMessage, "ts">): StandInMessage {
    const posted = { ...message, ts: this.timestamp() };
    this.channel(message.channel)?.messages.push(posted);
    this.changed();
    return posted;
  }

  /** Somebody's own words, written so many ms ago. */
  write(message: Pick<StandInMessage, "channel" | "thread" | "text"> & { readonly author: string }, ageMs: number): StandInMessage {
    const ts = `${Math.floor((Date.now() - ageMs) / 1000)}.${this.timestamp().split(".")[1]}`;
    const written = { ...message, ts, blocks: [], metadata: undefined, reactions: new Set<string>() };
    this.channel(message.channel)?.messages.push(written);
    this.changed();
    return written;
  }

  /** Seconds and a serial number, as Slack's: unique and growing. */
  timestamp(): string {
    return `${Math.floor(Date.now() / 1000)}.${String(++this.#serial).padStart(6, "0")}`;
  }

  id(prefix: string): string {
    return `${prefix}${randomBytes(5).toString("hex").toUpperCase()}`;
  }

  trigger(user: string): string {
    const trigger = `${++this.#serial}.${this.id("")}`;
    this.#triggers.set(trigger, { user, until: Date.now() + TRIGGER_MS, used: false });
    return trigger;
  }

  /** The user who may be shown a modal, or Slack's error. */
  redeem(trigger: string): { user: string } | { error: string } {
    const found = this.#triggers.get(trigger);
    if (!found) return { error: "invalid_trigger_id" };
    if (found.used) return { error: "exchanged_trigger_id" };
    if (Date.now() > found.until) return { error: "expired_trigger_id" };
    found.used = true;
    return found;
  }

  responseId(act: Act): string {
    const response = this.id("R");
    this.#responses.set(response, { act, until: Date.now() + RESPONSE_URL_MS, left: RESPONSE_URL_USES });
    return response;
  }

  respond(response: string): Act | undefined {
    const found = this.#responses.get(response);
    if (!found || Date.now() > found.until || found.left-- <= 0) return undefined;
    return found.act;
  }

  show(user: string, sight: Sight): void {
    this.#sights.set(user, [...this.sights(user), sight]);
    this.changed();
  }

  sights(user: string): readonly Sight[] {
    return this.#sights.get(user) ?? [];
  }

  openView(user: string, view: StandInView): OpenView {
    const open = { id: this.id("V"), hash: this.id(""), user, view, closed: false };
    this.views.set(open.id, open);
    this.show(user, { kind: "modal", viewId: open.id, view });
    return open;
  }

  updateView(open: OpenView, view: StandInView): void {
    open.view = view;
    open.hash = this.id("");
    this.show(open.user, { kind: "modal", viewId: open.id, view });
  }

  publish(user: string, view: StandInHome): void {
    this.homes.set(user, { view, times: (this.homes.get(user)?.times ?? 0) + 1 });
    this.changed();
  }

  changed(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }

  /** Resolves with what `look` finds, as soon as it finds something. */
  until<T>(look: () => T | undefined, what: string, timeoutMs: number): Promise<T> {
    return new Promise((resolve, reject) => {
      const check = () => {
        const found = look();
        if (found === undefined) return;
        end();
        resolve(found);
      };
      const timer = setTimeout(() => {
        end();
        reject(new Error(`Slack's stand-in waited ${timeoutMs} ms in vain for ${what}`));
      }, timeoutMs);
      const end = () => {
        clearTimeout(timer);
        this.#watchers.delete(check);
      };
      this.#watchers.add(check);
      check();
    });
  }
}

/** Who did something, and where its private answers go. */
export interface Act {
  readonly user: string;
  readonly channel: string;
}

export const directOf = (user: string): string => `D${user}`;
