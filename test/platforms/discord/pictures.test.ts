/** Pictures on their way to Discord: late, refused, or not to be drawn; and what the stand-in refuses. */
import { afterEach, describe, expect, it } from "vitest";
import { DeliveryError } from "../../../src/app/messenger.ts";
import type { Pictures } from "../../../src/app/pictures.ts";
import type { View } from "../../../src/core/view.ts";
import { RecordingDispatcher } from "../../contract/receiver.ts";
import { boardNamed, pictures } from "../../kit/pictures.ts";
import { connectDiscord, type DiscordHarness } from "./harness.ts";
import { mediaOf } from "./stand_in/upload.ts";
import type { Json } from "./stand_in/world.ts";

const ada = { id: "1001", name: "Ada", manager: true };
const board = boardNamed("Board of Discord");
const view: View = { title: "Board", blocks: [board, { kind: "text", markdown: "Ada leads." }] };

let harness: DiscordHarness;
afterEach(async () => {
  await harness.stop();
});
const started = async (drawing: Pictures["png"] = pictures.png, dispatcher = new RecordingDispatcher()) => {
  harness = await connectDiscord(dispatcher, [ada], { pictures: { png: drawing, close: async () => undefined } });
  return harness;
};
const post = (attempt = 1) => harness.messenger.deliver({ kind: "post", key: `picture/${attempt}`, attempt, to: harness.channel, view });
const last = async () => (await harness.shown(harness.channel)).at(-1);
const never: Pictures["png"] = () => new Promise(() => undefined);

describe("a picture for Discord", () => {
  it("is a file of the message, described, in the dark theme", async () => {
    await started();
    const { remote } = await post();
    const message = harness.standIn.world.channels.get(harness.standIn.channelId)?.messages.find(({ id }) => id === remote);
    expect(message?.attachments).toMatchObject([{ filename: "picture-0.png", description: board.alt }]);
    expect(message?.attachments[0]?.bytes.equals(Buffer.from(await pictures.png(board.picture, "dark")))).toBe(true);
    expect(harness.standIn.violations).toEqual([]);
  });

  it("comes after its words when it takes long, to the same reply", async () => {
    const dispatcher = new RecordingDispatcher();
    dispatcher.reply = view;
    await started(async (...args) => {
      await new Promise((late) => setTimeout(late, 1_600));
      return pictures.png(...args);
    }, dispatcher);
    const seen = await harness.slash(ada, "round start", {});
    expect(seen.kind === "reply" && seen.text).toContain("Ada leads.");
    expect(harness.standIn.driver.seenBy(ada.id).map(({ body }) => mediaOf(body))).toEqual([[]]);
    expect(await harness.pictured(seen.token)).toEqual([board.alt]);
    expect(harness.standIn.driver.seenBy(ada.id)).toHaveLength(1);
    expect([harness.standIn.violations, harness.standIn.late]).toEqual([[], []]);
  });

  it("leaves its words when it cannot be drawn", async () => {
    const dispatcher = new RecordingDispatcher();
    dispatcher.reply = view;
    await started(() => Promise.reject(new Error("no fonts")), dispatcher);
    await post();
    expect(await last()).toMatchObject({ pictures: [], text: expect.stringContaining("Ada leads.") });
    const seen = await harness.slash(ada, "round start", {});
    expect(seen.kind === "reply" && seen.text).toContain("Ada leads.");
  });

  it("is waited for by the outbox, but not for ever", async () => {
    await started(never);
    const [first] = await Promise.all([post(1).catch((error: unknown) => error), post(3)]);
    expect(first).toBeInstanceOf(DeliveryError);
    expect(first).toMatchObject({ retry: true });
    expect(await harness.shown(harness.channel)).toMatchObject([{ pictures: [], text: expect.stringContaining("Ada leads.") }]);
  });

  it("stays away where files are not allowed, from a post, an edit and no more", async () => {
    await started();
    const { remote } = await post();
    harness.standIn.world.channels.get(harness.standIn.channelId)?.denied.add("attach");
    const edit = { kind: "edit", key: "picture/edit", attempt: 1, to: harness.channel, message: remote, view } as const;
    await harness.messenger.deliver({ ...edit, view: { ...view, title: "Changed" } });
    expect(await last()).toMatchObject({ pictures: [], text: expect.stringContaining("Changed") });
    harness.standIn.world.channels.get(harness.standIn.channelId)?.denied.add("send");
    await expect(post(2)).rejects.toMatchObject({ retry: false, message: expect.stringContaining("Send Messages") });
  });
});

describe("the stand-in", () => {
  const PNG = Buffer.from("89504e470d0a1a0a00", "hex");
  const gallery = (url: string, description = "what it shows") => ({ type: 12, items: [{ media: { url }, description }] });
  const attachment = (more: Json = {}) => ({ id: "0", filename: "a.png", description: "what it shows", ...more });

  async function send(body: Json, files: readonly Buffer[]): Promise<number> {
    const form = new FormData();
    form.set("payload_json", JSON.stringify({ flags: 1 << 15, allowed_mentions: { parse: [] }, ...body }));
    for (const [at, bytes] of files.entries()) form.set(`files[${at}]`, new Blob([new Uint8Array(bytes)], { type: "image/png" }), "a.png");
    const { apiUrl, channelId, token } = harness.standIn;
    const headers = { authorization: `Bot ${token}` };
    return (await fetch(`${apiUrl}/v10/channels/${channelId}/messages`, { method: "POST", headers, body: form })).status;
  }

  it("takes a file that is named, described and shown", async () => {
    await started();
    expect(await send({ attachments: [attachment()], components: [gallery("attachment://a.png")] }, [PNG])).toBe(200);
    expect(harness.standIn.violations).toEqual([]);
  });

  it.each<[string, Json, readonly Buffer[], string]>([
    ["no PNG", { attachments: [attachment()], components: [gallery("attachment://a.png")] }, [Buffer.from("GIF89a")], "is no PNG"],
    [
      "too much",
      { attachments: [attachment()], components: [gallery("attachment://a.png")] },
      [Buffer.concat([PNG, Buffer.alloc(10 << 20)])],
      "fit",
    ],
    ["no file", { attachments: [attachment()], components: [gallery("attachment://a.png")] }, [], "no file 0"],
    ["a file nobody named", { components: [{ type: 10, content: "x" }] }, [PNG], "no attachment names it"],
    ["a file nobody sees", { attachments: [attachment()], components: [{ type: 10, content: "x" }] }, [PNG], "shown nowhere"],
    ["another name", { attachments: [attachment()], components: [gallery("attachment://b.png")] }, [PNG], "is not attached"],
    [
      "no description",
      { attachments: [attachment({ description: "" })], components: [gallery("attachment://a.png")] },
      [PNG],
      "no description",
    ],
    [
      "too long a description",
      { attachments: [attachment({ description: "x".repeat(1_025) })], components: [gallery("attachment://a.png", "x".repeat(1_025))] },
      [PNG],
      "1025 characters",
    ],
  ])("refuses %s", async (_what, body, files, words) => {
    await started();
    expect(await send(body, files)).toBe(400);
    expect(harness.standIn.violations.join("\n")).toContain(words);
  });
});
