/** The playground serves the pictures of views that it has sent or keeps, and nothing else. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Picture } from "../../../src/core/picture.ts";
import type { View } from "../../../src/core/view.ts";
import { RecordingDispatcher } from "../../contract/receiver.ts";
import { boardNamed, pictures } from "../../kit/pictures.ts";
import { MemoryChatLog } from "./chat_log.ts";
import { channel, messagesFor, picturesOf, pressed, type Started, send, startWeb } from "./playground.ts";

const board = boardNamed("Board of the playground");
const view: View = { title: "Board", blocks: [board, { kind: "text", markdown: "Ada leads." }] };

const dispatcher = new RecordingDispatcher();
let chatLog: MemoryChatLog;
let started: Started;
beforeEach(async () => {
  dispatcher.reply = view;
  chatLog = new MemoryChatLog();
  started = await startWeb(dispatcher, chatLog);
});
afterEach(() => started.web.stop());

const post = () =>
  started.web.messenger.deliver({ kind: "post", key: "k", attempt: 1, to: { platform: "web", space: "playground", channel }, view });
const shown = async () => picturesOf((await messagesFor(started.web.url))[0]?.view)[0] ?? expect.fail("no picture is shown");
const get = (path: string) => fetch(`${started.web.url}${path}`);

describe("a picture in the playground", () => {
  it("has its words, its size and an address for each theme", async () => {
    await post();
    const { alt, address, size } = await shown();
    expect(alt).toBe(board.alt);
    expect(address).toMatch(/^\/pictures\/[0-9a-f]{40}\.png$/);
    for (const theme of ["light", "dark"] as const) {
      const response = await get(`${address}?theme=${theme}`);
      expect(response.headers.get("content-type")).toBe("image/png");
      expect(response.headers.get("x-content-type-options")).toBe("nosniff");
      const png = Buffer.from(await response.arrayBuffer());
      expect(png.equals(Buffer.from(await pictures.png(board.picture, theme)))).toBe(true);
      expect(size).toEqual({ width: png.readUInt32BE(16) / 2, height: png.readUInt32BE(20) / 2 });
    }
  });

  it("is served of a private reply, too", async () => {
    const { answer } = await send(started.web.url, "invoke", pressed("round start"));
    const [picture] = picturesOf(answer.reply);
    expect((await get(picture?.address ?? "")).status).toBe(200);
  });

  it("is still there after a restart when its view is stored", async () => {
    await post();
    const { address } = await shown();
    await started.web.stop();
    started = await startWeb(dispatcher, chatLog);
    expect((await get(address)).status).toBe(200);
  });

  it.each([
    "/pictures/0000000000000000000000000000000000000000.png",
    "/pictures/..%2f..%2fpackage.json",
    "/pictures/%7B%22kind%22%3A%22board%22%7D.png",
    "/pictures/",
  ])("is not served from %s", async (path) => {
    await post();
    expect((await get(path)).status).toBe(404);
  });

  it("is not drawn from what a page sends", async () => {
    const spec = JSON.stringify({ kind: "board", title: "mine", unit: "u", rows: [] } satisfies Picture);
    expect((await get(`/pictures/x.png?picture=${encodeURIComponent(spec)}`)).status).toBe(404);
    const posted = await fetch(`${started.web.url}/pictures/x.png`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: spec,
    });
    expect(posted.status).toBe(404);
  });
});
