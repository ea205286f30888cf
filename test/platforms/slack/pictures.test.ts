/** Pictures on their way to Slack: looked over slowly, cut off, not allowed; and what the stand-in refuses. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Delivery } from "../../../src/app/messenger.ts";
import type { View } from "../../../src/core/view.ts";
import { RecordingDispatcher } from "../../contract/receiver.ts";
import { failing } from "../../kit/delivery.ts";
import { boardNamed, eventually, pictures } from "../../kit/pictures.ts";
import { connectSlack, type SlackHarness } from "./harness.ts";
import { picturesOf, textOf } from "./stand_in/shown.ts";

const ada = { id: "U1", name: "Ada", manager: true };
const board = boardNamed("Board of Slack");
const view: View = { title: "Board", blocks: [board, { kind: "text", markdown: "Ada leads." }] };

const dispatcher = new RecordingDispatcher();
let slack: SlackHarness;
let serial = 0;
beforeEach(async () => {
  dispatcher.reply = view;
  slack = await connectSlack(dispatcher, [ada]);
});
afterEach(() => slack.stop());

const post = (attempt = 1, content: View = view): Delivery => ({
  kind: "post",
  key: `pictures/${++serial}`,
  attempt,
  to: slack.channel,
  view: content,
});
const send = (delivery: Delivery) => slack.messenger.deliver(delivery);
/** The reply to a form that a button opened. */
async function submitted() {
  const buttons = [{ label: "Answer", command: "round answer", input: { round: "r" } }];
  const { remote } = await send(post(1, { title: "A round", blocks: [{ kind: "buttons", buttons }] }));
  const form = await slack.press(ada, { remote }, "Answer");
  return slack.submit(ada, form.kind === "form" ? form.token : expect.fail("no form opened"), { text: "words" });
}
const last = async () => (await slack.shown(slack.channel)).at(-1);
const called = (method: string) => slack.standIn.calls.filter((call) => call === method).length;

describe("a picture for Slack", () => {
  it("is uploaded once, in the light theme, whoever sees it", async () => {
    await send(post());
    await send(post());
    const seen = await slack.slash(ada, "round start", {});
    expect(await slack.pictured(seen.token)).toEqual([board.alt]);
    expect(called("files.getUploadURLExternal")).toBe(1);
    const [file] = slack.standIn.workspace.files.all.values();
    expect(file?.bytes?.equals(Buffer.from(await pictures.png(board.picture, "light")))).toBe(true);
    expect(slack.standIn.violations).toEqual([]);
  });

  it("is asked for again while Slack looks it over", async () => {
    slack.standIn.workspace.files.processingMs = 900;
    await send(post());
    expect((await last())?.pictures).toEqual([board.alt]);
    expect(called("chat.postMessage")).toBeGreaterThan(1);
    expect(await slack.shown(slack.channel)).toHaveLength(1);
  });

  it("is left to the outbox when Slack takes long, but not for ever", async () => {
    slack.standIn.workspace.files.processingMs = 600_000;
    const [error] = await Promise.all([failing(send(post(1))), send(post(3))]);
    expect(error.retry).toBe(true);
    expect(await slack.shown(slack.channel)).toMatchObject([{ pictures: [], text: expect.stringContaining("Ada leads.") }]);
  });

  it.each(["files.getUploadURLExternal", "upload", "files.completeUploadExternal"])("survives a lost answer to %s", async (step) => {
    slack.standIn.faults.next(step, { kind: "lostAnswer" });
    const delivery = post();
    expect((await failing(send(delivery))).retry).toBe(true);
    expect(await slack.shown(slack.channel)).toEqual([]);
    await send({ ...delivery, attempt: 2 });
    expect(await slack.shown(slack.channel)).toMatchObject([{ pictures: [board.alt] }]);
    expect(slack.standIn.violations).toEqual([]);
  });

  it("waits as long as Slack asks for", async () => {
    slack.standIn.faults.next("files.completeUploadExternal", { kind: "rateLimit", seconds: 7 });
    expect(await failing(send(post()))).toMatchObject({ retry: true, afterMs: 7_000 });
  });

  it.each(["files.getUploadURLExternal", "files.completeUploadExternal"])("stays away when %s lacks its scope", async (step) => {
    slack.standIn.faults.next(step, { kind: "refuse", error: "missing_scope", needed: "files:write" });
    await send(post());
    expect(await last()).toMatchObject({ pictures: [], text: expect.stringContaining("Ada leads.") });
    slack.standIn.faults.next(step, { kind: "refuse", error: "missing_scope", needed: "files:write" });
    const seen = await slack.slash(ada, "round start", {});
    expect(seen.kind === "reply" && seen.text).toContain("Ada leads.");
  });

  it("comes to a form's answer after its words", async () => {
    slack.standIn.workspace.files.processingMs = 700;
    const seen = await submitted();
    expect(seen.kind === "reply" && seen.text).toContain("Ada leads.");
    expect(await slack.pictured(seen.token)).toEqual([board.alt]);
    expect([slack.standIn.violations, slack.standIn.late]).toEqual([[], []]);
  });

  it("is not shown to who closed the form, and says nothing twice", async () => {
    slack.standIn.workspace.files.processingMs = 700;
    const seen = await submitted();
    slack.standIn.driver.close(seen.token as Parameters<typeof slack.standIn.driver.close>[0]);
    const before = slack.standIn.workspace.sights(ada.id).length;
    await eventually(() => (called("views.update") > 0 ? true : undefined), "the update with the picture");
    await new Promise((done) => setTimeout(done, 200));
    expect(slack.standIn.workspace.sights(ada.id)).toHaveLength(before);
  });

  it("stays away where the bot is no member, and the words take the other way", async () => {
    const channel = slack.standIn.workspace.channel(slack.standIn.channel) ?? expect.fail("no channel");
    channel.trouble = "not_in_channel";
    const sight = await slack.standIn.driver.slash(ada.id, slack.standIn.channel, "/round", "start");
    if (sight.kind !== "private") return expect.fail(sight.kind);
    expect(textOf(sight.message.blocks)).toContain("Ada leads.");
    expect(picturesOf(sight.message.blocks)).toEqual([]);
    expect(slack.standIn.violations).toEqual([]);
  });
});

describe("the stand-in", () => {
  const { stringify } = JSON;
  const call = async (method: string, args: Readonly<Record<string, string>>) => {
    const { apiUrl, botToken } = slack.standIn;
    const headers = { authorization: `Bearer ${botToken}` };
    return (await fetch(`${apiUrl}${method}`, { method: "POST", headers, body: new URLSearchParams(args) })).json() as Promise<
      Readonly<Record<string, string>>
    >;
  };
  const show = (id: string) => {
    const blocks = stringify([{ type: "image", slack_file: { id }, alt_text: "what it shows" }]);
    return call("chat.postMessage", { channel: "C100", text: "x", blocks });
  };
  const ask = (length: number) => call("files.getUploadURLExternal", { filename: "a.png", length: String(length) });
  const upload = async (url: string, bytes: string) => (await fetch(url, { method: "POST", body: Buffer.from(bytes, "hex") })).status;

  it("refuses what is no PNG, and what is not as long as was said", async () => {
    expect(await upload((await ask(3)).upload_url ?? "", "474946")).toBe(400);
    expect(await upload((await ask(9)).upload_url ?? "", "89504e470d0a1a0a")).toBe(400);
    expect(slack.standIn.violations.join("\n")).toMatch(/not a PNG[\s\S]*8 bytes, 9 were named/);
  });

  it("completes no file without its bytes, and shows none that is not completed", async () => {
    const { file_id: id = "" } = await ask(8);
    expect(await call("files.completeUploadExternal", { files: stringify([{ id }]) })).toMatchObject({ error: "file_not_found" });
    expect(await show(id)).toMatchObject({ ok: false, error: "invalid_blocks" });
    expect(await show("F999999999")).toMatchObject({ ok: false, error: "invalid_blocks" });
    expect(slack.standIn.violations).toHaveLength(2);
  });

  it("shows a file when it has looked it over", async () => {
    const { file_id: id = "", upload_url: url = "" } = await ask(8);
    expect(await upload(url, "89504e470d0a1a0a")).toBe(200);
    expect(await call("files.completeUploadExternal", { files: stringify([{ id }]) })).toMatchObject({ ok: true });
    const { files } = slack.standIn.workspace;
    const { processingMs } = files;
    files.processingMs = 60_000;
    expect(await show(id)).toMatchObject({ ok: false, error: "invalid_blocks" });
    files.processingMs = 0;
    expect(await show(id)).toMatchObject({ ok: true });
    files.processingMs = processingMs;
    expect(slack.standIn.violations).toEqual([]);
  });
});
