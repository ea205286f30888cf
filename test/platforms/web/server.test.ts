/** What the playground's server refuses, and how a page keeps up with it. */

import { randomUUID } from "node:crypto";
import { request } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DAY, HOUR } from "../../../src/core/place.ts";
import { SPACE } from "../../../src/platforms/web/people.ts";
import { BODY_BYTES, MOVE_MS, SAY_CHARACTERS } from "../../../src/platforms/web/wire.ts";
import { RecordingDispatcher } from "../../contract/receiver.ts";
import { pictures } from "../../kit/pictures.ts";
import { MemoryChatLog } from "./chat_log.ts";
import { ada, buttonsOf, channel, HandClock, listen, messagesFor, pressed, type Started, send, startWeb, textOf } from "./playground.ts";

const place = { platform: "web", space: SPACE, channel } as const;

describe("the playground's server", () => {
  const dispatcher = new RecordingDispatcher();
  let chatLog: MemoryChatLog;
  let started: Started;
  let url: string;
  beforeAll(async () => {
    chatLog = new MemoryChatLog();
    started = await startWeb(dispatcher, chatLog);
    url = started.web.url;
  });
  afterAll(() => started.web.stop());
  beforeEach(() => {
    dispatcher.invocations.length = 0;
  });

  /** Node's fetch does not let one choose the Host header. */
  const getWithHost = (host: string, path = "/") =>
    new Promise<number | undefined>((resolve, reject) => {
      request(`${url}${path}`, { headers: { host } }, (response) => resolve(response.resume().statusCode))
        .on("error", reject)
        .end();
    });

  it("answers loopback names only, so that a rebound name reaches nothing", async () => {
    const port = new URL(url).port;
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`, "localhost"])
      expect(await getWithHost(host), host).toBe(200);
    for (const host of ["evil.example", `evil.example:${port}`, "127.0.0.1.evil.example", "localhost.evil.example", "10.0.0.1"]) {
      expect(await getWithHost(host), host).not.toBe(200);
      expect(await getWithHost(host, "/api/state"), host).not.toBe(200);
    }
  });

  it("refuses what another site sends", async () => {
    const say = { id: randomUUID(), text: "hi", who: ada, channel };
    expect((await send(url, "say", say, { origin: "https://evil.example" })).status).toBe(403);
    expect((await send(url, "say", say, { origin: "null" })).status).toBe(403);
    expect((await send(url, "say", say, { origin: "http://127.0.0.1:1" })).status).toBe(403);
    expect((await send(url, "say", say, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await send(url, "say", say, { "content-type": "text/plain" })).status).toBe(415);
    expect(await messagesFor(url)).toEqual([]);
    expect((await send(url, "say", say, { origin: url, "sec-fetch-site": "same-origin" })).status).toBe(200);
  });

  it("lets another site neither read along nor ask anything", async () => {
    const foreign = [
      { origin: "https://evil.example" },
      { origin: "null" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
    ];
    for (const path of ["/api/state", `/api/events?channel=${channel}&who=ada&name=Ada&manager=true&since=0`])
      for (const headers of foreign) expect((await fetch(`${url}${path}`, { headers })).status, path).toBe(403);
    const { headers } = await fetch(url);
    expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
    expect(headers.get("access-control-allow-origin")).toBeNull();
    const asked = await fetch(`${url}/api/say`, {
      method: "OPTIONS",
      headers: { origin: "https://evil.example", "access-control-request-method": "POST" },
    });
    expect(asked.headers.get("access-control-allow-origin")).toBeNull();
    expect(asked.ok).toBe(false);
  });

  it("refuses bodies that are too large, broken or of another shape, and says what is wrong", async () => {
    expect((await send(url, "invoke", pressed("echo", { words: "x".repeat(BODY_BYTES) }))).status).toBe(413);
    const broken = await send(url, "invoke", "{");
    expect(broken).toMatchObject({ status: 400, answer: { error: "request: not JSON" } });
    const cases: [string, object, string][] = [
      ["invoke", { ...pressed("echo"), id: "1" }, "id"],
      ["invoke", { ...pressed("echo"), channel: "general" }, "channel"],
      ["invoke", { ...pressed("echo"), who: { id: "a b", name: "A", manager: true } }, "who.id"],
      ["invoke", { ...pressed("echo"), extra: 1 }, "extra"],
      ["invoke", pressed("echo", { words: { deep: 1 } }), "input.words"],
      ["submit", pressed("echo"), "values"],
      ["say", { id: randomUUID(), text: "x".repeat(SAY_CHARACTERS + 1), who: ada, channel }, "text"],
      ["say", { id: randomUUID(), text: "  ", who: ada, channel }, "text"],
      ["clock", { advanceMs: -1 }, ""],
    ];
    for (const [path, body, field] of cases) {
      const { status, answer } = await send(url, path, body);
      expect(status, `${path} ${field}`).toBe(400);
      expect(answer.error).toContain(field);
    }
    expect(dispatcher.invocations).toEqual([]);
  });

  it("serves the page with a policy that allows nothing from elsewhere, and no file beside it", async () => {
    const page = await fetch(url);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    const html = await page.text();
    const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? "");
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) expect((await fetch(url + file)).status, file).toBe(200);
    for (const path of [
      "/page/..%2findex.ts",
      "/page/%2e%2e/index.ts",
      "/page/nothing.js",
      "/index.ts",
      "/pictures/..%2f..%2fpackage.json",
      "/pictures/%00",
    ])
      expect((await fetch(url + path)).status, path).toBe(404);
  });

  it("describes the commands that a person can type", async () => {
    const state = (await (await fetch(`${url}/api/state`)).json()) as {
      commands: { path: string; fields: { name: string; completes: boolean }[] }[];
    };
    expect(state.commands.map(({ path }) => path)).toEqual(["echo", "round start"]);
    expect(state.commands[0]?.fields[0]).toMatchObject({ name: "words", required: true, completes: true });
  });

  it("shows text as spans, so that nobody's words become markup or a link", async () => {
    await chatLog.post({
      key: "markup",
      to: place,
      at: 1,
      view: {
        title: "<b>T</b>\u202e",
        blocks: [{ kind: "text", markdown: "**a** {member:ben}\n\n- [x](javascript:alert(1))\n- [y](https://example.com/a)" }],
      },
    });
    const message = (await messagesFor(url)).at(-1);
    expect(message?.view?.title).toBe("<b>T</b>");
    expect(message?.view?.blocks[0]).toEqual({
      kind: "text",
      parts: [
        {
          kind: "lines",
          rows: [
            [
              { kind: "bold", text: "a" },
              { kind: "plain", text: " " },
              { kind: "member", id: "ben", name: "Ben" },
            ],
          ],
        },
        {
          kind: "list",
          rows: [[{ kind: "plain", text: "[x](javascript:alert(1))" }], [{ kind: "link", text: "y", href: "https://example.com/a" }]],
        },
      ],
    });
  });

  it("tells a page only what came after its cursor, edits included", async () => {
    const first = await listen(url);
    const all = await first.next();
    const id = Number(
      (await started.web.messenger.deliver({ kind: "post", key: "news", attempt: 1, to: place, view: { title: "News", blocks: [] } }))
        .remote,
    );
    const news = await first.next();
    expect(news?.messages.map((message) => message.id)).toEqual([id]);
    first.leave();

    await started.web.messenger.deliver({
      kind: "edit",
      key: "news/edit",
      attempt: 1,
      to: place,
      message: String(id),
      view: { title: "Newer", blocks: [] },
    });
    const second = await listen(url, { since: news?.cursor ?? 0 });
    const resumed = await second.next();
    second.leave();
    expect(resumed?.messages.map((message) => [message.id, message.view?.title, message.edited])).toEqual([[id, "Newer", true]]);
    expect(all?.messages.some((message) => message.id === id)).toBe(false);
  });

  it("asks nothing more for a page that has gone", async () => {
    const asked: number[] = [];
    const counted = new MemoryChatLog();
    const { changes } = counted;
    counted.changes = (space, in_, since) => {
      asked.push(since);
      return changes(space, in_, since);
    };
    const { web } = await startWeb(dispatcher, counted);
    const post = (key: string) => web.messenger.deliver({ kind: "post", key, attempt: 1, to: place, view: { title: key, blocks: [] } });
    const stream = await listen(web.url);
    await stream.next();
    await post("heard");
    await stream.next();
    expect(asked).toHaveLength(2);
    stream.leave();
    await new Promise((done) => setTimeout(done, 100));
    await post("unheard");
    await new Promise((done) => setTimeout(done, 50));
    expect(asked).toHaveLength(2);
    await web.stop();
  });

  it("shows a direct message to nobody else", async () => {
    await started.web.messenger.deliver({
      kind: "notice",
      key: "direct",
      attempt: 1,
      to: place,
      member: "ben",
      view: { title: "For Ben", blocks: [] },
    });
    const titles = async (who: string) => (await messagesFor(url, who)).map(({ view }) => view?.title);
    expect(await titles("ben")).toContain("For Ben");
    expect(await titles("ada")).not.toContain("For Ben");
  });

  it("keeps the name of somebody new, and reads it off the id after a restart", async () => {
    await send(url, "say", { id: randomUUID(), text: "hello", who: { id: "zoë-q", name: "Zoë Q.", manager: false }, channel });
    expect((await messagesFor(url)).at(-1)?.author).toEqual({ id: "zoë-q", name: "Zoë Q." });
    const again = await startWeb(dispatcher, chatLog);
    expect((await messagesFor(again.web.url)).at(-1)?.author).toEqual({ id: "zoë-q", name: "Zoë Q" });
    await again.web.stop();
  });

  it("moves the clock forward only, one move after the other, and tells the pages", async () => {
    const { clock } = started;
    const before = clock.at;
    const stream = await listen(url);
    await stream.next();
    await Promise.all([send(url, "clock", { advanceMs: HOUR }), send(url, "clock", { advanceMs: DAY })]);
    expect(clock.moves).toHaveLength(2);
    expect(clock.at).toBe(before + HOUR + DAY);
    let told = before;
    while (told !== clock.at) told = (await stream.next())?.now ?? Number.NaN;
    stream.leave();

    expect((await send(url, "clock", { to: before })).answer.moved).toBe(false);
    expect((await send(url, "clock", { to: clock.at + MOVE_MS + 1 })).answer.moved).toBe(false);
    expect((await send(url, "clock", { next: true })).answer.moved).toBe(false);
    clock.due = clock.at + 5 * HOUR;
    expect((await send(url, "clock", { next: true })).answer).toEqual({ moved: true, now: clock.due });
    expect(clock.moves).toHaveLength(3);
  });

  it("ends its streams when it stops, and lets a running invocation finish", async () => {
    const slow = new RecordingDispatcher();
    slow.slowMs = 300;
    const { web } = await startWeb(slow, chatLog);
    const stream = await listen(web.url);
    await stream.next();
    const running = send(web.url, "invoke", pressed("round start"));
    while (slow.invocations.length === 0) await new Promise((done) => setTimeout(done, 5));
    const stopping = web.stop();
    const { answer } = await running;
    expect(answer.reply && textOf(answer.reply)).toContain("Heard");
    expect(buttonsOf(answer.reply)).toHaveLength(1);
    while (await stream.next());
    await stopping;
  });

  it("says in one line when its port is taken", async () => {
    const port = Number(new URL(url).port);
    await expect(startWeb(dispatcher, chatLog, port)).rejects.toThrow(`PORT ${port} on 127.0.0.1 is taken`);
  });

  it("shares its port with routes that main adds", async () => {
    const { createWeb } = await import("../../../src/platforms/web/index.ts");
    const web = createWeb({
      host: "127.0.0.1",
      port: 0,
      dispatcher,
      chatLog,
      pictures,
      clock: new HandClock(),
      log: { info() {}, warn() {}, error() {} },
      mount: (app) => app.get("/healthz", (c) => c.text("ok")),
    });
    await web.start();
    expect(await (await fetch(`${web.url}/healthz`)).text()).toBe("ok");
    await web.stop();
  });
});
