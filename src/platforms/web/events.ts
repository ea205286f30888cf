/** The stream that keeps a page up to date: messages after its cursor, and the clock. */
import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import type { ChatLog } from "../../app/playground.ts";
import type { Instant } from "../../core/place.ts";
import { type ChannelId, type Directory, SPACE } from "./people.ts";
import type { Gallery } from "./pictures.ts";
import { drawMessage } from "./render.ts";

/** A page hears something at least this often, so that both ends notice a dead connection. */
const HEARTBEAT_MS = 20_000;

/** Wakes every waiting stream. A ring that comes while a stream is busy is not lost. */
export class Bell {
  #waiting = new Set<() => void>();
  #rings = 0;
  closed = false;

  ring(): void {
    this.#rings++;
    const waiting = this.#waiting;
    this.#waiting = new Set();
    for (const wake of waiting) wake();
  }

  close(): void {
    this.closed = true;
    this.ring();
  }

  heard(): number {
    return this.#rings;
  }

  /** Resolves at the first ring after `heard` of them, after `ms`, or when `left` aborts. */
  async next(heard: number, ms: number, left: AbortSignal): Promise<void> {
    if (this.#rings !== heard || left.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        left.removeEventListener("abort", wake);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      left.addEventListener("abort", wake);
      this.#waiting.add(wake);
    });
  }
}

export interface Listening {
  readonly channel: ChannelId;
  readonly who: string;
  /** The cursor of the last news the page has. */
  readonly since: number;
}

interface Sources {
  readonly chatLog: ChatLog;
  readonly people: Directory;
  readonly gallery: Gallery;
  readonly bell: Bell;
  now(): Instant;
  failed(error: unknown): void;
}

/** Each event is `news`: { messages, cursor, now, people }, with nothing in it as a heartbeat. */
export function streamNews(
  c: Context,
  { channel, who, since }: Listening,
  { chatLog, people, gallery, bell, now, failed }: Sources,
): Response {
  return streamSSE(c, async (stream) => {
    const left = new AbortController();
    stream.onAbort(() => left.abort());
    let cursor = since;
    try {
      while (!left.signal.aborted && !bell.closed) {
        const heard = bell.heard();
        const news = await chatLog.changes(SPACE, channel, cursor);
        cursor = news.cursor;
        const meant = news.messages.filter(({ recipient }) => recipient === undefined || recipient === who);
        await gallery.hang(meant.flatMap(({ body }) => ("view" in body ? [body.view] : [])));
        const messages = meant.map((message) => drawMessage(message, { nameOf: people.nameOf, frameOf: gallery.frameOf }));
        await stream.writeSSE({ event: "news", data: JSON.stringify({ messages, cursor, now: now(), people: people.all() }) });
        await bell.next(heard, HEARTBEAT_MS, left.signal);
      }
    } catch (error) {
      // Ending the stream is enough: the page comes back with its cursor.
      failed(error);
    }
  });
}
