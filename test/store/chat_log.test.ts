import { expect, test } from "vitest";
import { openStore } from "../../src/store/index.ts";
import { describeOnDatabases, freshPostgres } from "../kit/database.ts";
import { channel, instant, view } from "./fixtures.ts";

const NOW = instant("2026-05-05T07:00:00Z");

describeOnDatabases("chat log", (open) => {
  test("what is posted, said and edited is read on from a cursor", async () => {
    const { chatLog } = await open();
    const first = await chatLog.post({ key: "k1", to: channel("c"), view: view("hello"), at: NOW });
    const second = await chatLog.say({ key: "said/1", to: channel("c"), author: "ann", text: "<b>hi</b>\0", at: NOW + 1 });
    await chatLog.post({ key: "k2", to: channel("other"), view: view("elsewhere"), at: NOW });
    const base = { channel: "c", thread: undefined, recipient: undefined, starts: undefined, edited: false };
    const { messages, cursor } = await chatLog.changes("space", "c", 0);
    expect(messages).toEqual([
      { ...base, id: first, author: undefined, body: { view: view("hello") }, at: NOW },
      { ...base, id: second, author: "ann", body: { text: "<b>hi</b>\uFFFD" }, at: NOW + 1 },
    ]);
    expect(await chatLog.changes("space", "c", cursor)).toEqual({ messages: [], cursor });

    expect(await chatLog.edit(first, view("bye"))).toBe(true);
    const news = await chatLog.changes("space", "c", cursor);
    expect(news.messages).toEqual([{ ...base, id: first, author: undefined, body: { view: view("bye") }, at: NOW, edited: true }]);
    expect(news.cursor).toBeGreaterThan(cursor);
    expect((await chatLog.changes("space", "c", 0)).messages.map(({ id }) => id)).toEqual([first, second]);
    expect(await chatLog.edit(4_711, view("nothing"))).toBe(false);
  });

  test("a key is posted once, whatever it says the second time", async () => {
    const { chatLog } = await open();
    const first = await chatLog.post({ key: "k", to: channel("c"), view: view("first"), at: NOW });
    const again = await chatLog.post({ key: "k", to: channel("c"), view: view("again"), at: NOW + 1 });
    expect(again).toBe(first);
    expect((await chatLog.changes("space", "c", 0)).messages).toMatchObject([{ body: { view: view("first") } }]);
  });

  test("a thread starts once, and its messages are read with its channel", async () => {
    const { chatLog } = await open();
    const root = await chatLog.post({ key: "root", to: channel("c"), view: view("root"), at: NOW });
    const { cursor } = await chatLog.changes("space", "c", 0);
    const thread = await chatLog.thread(root, "The thread");
    expect(thread).toBeDefined();
    expect(await chatLog.thread(root, "Another title")).toBe(thread);
    expect(await chatLog.thread(4_711, "nothing")).toBeUndefined();
    await chatLog.post({ key: "in it", to: { ...channel("c"), thread: thread as string }, view: view("in it"), at: NOW });
    expect((await chatLog.changes("space", "c", cursor)).messages).toMatchObject([
      { id: root, starts: { thread, title: "The thread" }, thread: undefined, edited: false },
      { thread, starts: undefined },
    ]);
  });

  test("a direct message is kept with the channel it was sent for, and says for whom", async () => {
    const { chatLog } = await open();
    await chatLog.post({ key: "n", to: channel("c"), view: view("for you"), recipient: "ann", at: NOW });
    expect((await chatLog.changes("space", "c", 0)).messages).toMatchObject([{ recipient: "ann", author: undefined }]);
  });

  test("the clock's offset is one number", async () => {
    const { chatLog } = await open();
    expect(await chatLog.clockOffset()).toBe(0);
    await chatLog.moveClock(86_400_000);
    await chatLog.moveClock(31_536_000_000);
    expect(await chatLog.clockOffset()).toBe(31_536_000_000);
  });
});

test("a reader who follows the cursor misses nothing of many writers at once", async () => {
  const url = await freshPostgres();
  const [writer, reader] = [await openStore({ kind: "postgres", url }), await openStore({ kind: "postgres", url })];
  try {
    // Long ones take longer between their number and their commit, in which short ones overtake them.
    const said = Array.from({ length: 400 }, (_, nth) => (nth % 4 === 0 ? `m${nth} `.repeat(40_000) : `m${nth}`));
    let writing = true;
    const writers = Promise.all(
      said.map((text) => writer.chatLog.say({ key: text, to: channel("c"), author: "ann", text, at: NOW })),
    ).finally(() => {
      writing = false;
    });
    const read: string[] = [];
    for (let cursor = 0, last = false; !last; ) {
      last = !writing;
      const news = await reader.chatLog.changes("space", "c", cursor);
      read.push(...news.messages.map(({ body }) => ("text" in body ? body.text : "")));
      cursor = news.cursor;
    }
    await writers;
    expect(read.toSorted().map(short)).toEqual(said.toSorted().map(short));
  } finally {
    await writer.store.close();
    await reader.store.close();
  }
});

const short = (text: string): string => text.slice(0, 20);
