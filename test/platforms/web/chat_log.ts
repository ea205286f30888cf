/** A ChatLog in memory, for tests of the page and its server alone. */
import type { ChatLog, ChatMessage } from "../../../src/app/playground.ts";
import type { Place } from "../../../src/core/place.ts";

type Row = ChatMessage & { readonly space: string; readonly change: number };

type Said = Pick<ChatMessage, "author" | "recipient" | "body" | "at">;

export class MemoryChatLog implements ChatLog {
  readonly #rows = new Map<number, Row>();
  readonly #byKey = new Map<string, number>();
  #change = 0;
  #offset = 0;

  post: ChatLog["post"] = async ({ key, to, view, recipient, at }) =>
    this.#once(key, to, { author: undefined, recipient, body: { view }, at });

  say: ChatLog["say"] = async ({ key, to, author, text, at }) => this.#once(key, to, { author, recipient: undefined, body: { text }, at });

  mark: ChatLog["mark"] = async (id, mark) => {
    const body = this.#rows.get(id)?.body;
    if (body && "text" in body) this.#update(id, { body: { ...body, mark } });
  };

  edit: ChatLog["edit"] = async (id, view) => this.#update(id, { body: { view }, edited: true });

  thread: ChatLog["thread"] = async (id, title) => {
    const starts = this.#rows.get(id)?.starts ?? { thread: `t${id}`, title };
    return this.#update(id, { starts }) ? starts.thread : undefined;
  };

  changes: ChatLog["changes"] = async (space, channel, since) => ({
    messages: [...this.#rows.values()].filter((row) => row.space === space && row.channel === channel && row.change > since),
    cursor: Math.max(since, this.#change),
  });

  clockOffset = async () => this.#offset;

  moveClock: ChatLog["moveClock"] = async (offset) => {
    this.#offset = offset;
  };

  #once(key: string, to: Place, message: Said): number {
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const id = this.#add(to, message);
    this.#byKey.set(key, id);
    return id;
  }

  #add(to: Place, message: Said): number {
    if (to.channel === undefined) throw new Error("the playground has no place without a channel");
    const id = this.#rows.size + 1;
    this.#rows.set(id, {
      ...message,
      id,
      space: to.space,
      channel: to.channel,
      thread: to.thread,
      starts: undefined,
      edited: false,
      change: ++this.#change,
    });
    return id;
  }

  #update(id: number, patch: Partial<Row>): boolean {
    const row = this.#rows.get(id);
    if (row) this.#rows.set(id, { ...row, ...patch, change: ++this.#change });
    return row !== undefined;
  }
}
