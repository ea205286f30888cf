/** What people write in Slack that the contract cannot say for all platforms: calls by name, shortcuts, acknowledgements. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { HELLO, SAY, TODAY } from "../../../src/app/talk.ts";
import type { Place } from "../../../src/core/place.ts";
import { inWords } from "../../../src/platforms/slack/plain.ts";
import { RecordingDispatcher } from "../../contract/receiver.ts";
import { eventually } from "../../kit/pictures.ts";
import { connectSlack, type SlackHarness } from "./harness.ts";
import { wordsOf } from "./stand_in/shown.ts";
import type { Sight } from "./stand_in/workspace.ts";

const ada = { id: "U1", name: "Ada", manager: true };
const ben = { id: "U2", name: "Ben", manager: false };

const dispatcher = new RecordingDispatcher();
let slack: SlackHarness;
let thread: Place & { readonly thread?: string };
beforeAll(async () => {
  slack = await connectSlack(dispatcher, [ada, ben]);
  thread = await slack.talk.thread();
});
afterAll(async () => {
  await slack.stop();
  expect(slack.standIn.violations).toEqual([]);
});
beforeEach(() => {
  dispatcher.invocations.length = 0;
  dispatcher.heard.length = 0;
  dispatcher.hearing = undefined;
  dispatcher.slowMs = 0;
});

/** Writes, and reads the private answer. */
async function ask(words: string, where: Place = slack.channel, calling = true): Promise<Sight> {
  const { workspace } = slack.standIn;
  const before = workspace.sights(ben.id).length;
  await slack.talk.write(ben, words, where, { calling });
  return workspace.until(() => workspace.sights(ben.id)[before], "an answer", 20_000);
}

describe("calling the bot by name", () => {
  it("runs a command as one would type it, or without its first word", async () => {
    for (const words of ["round start", "start", "START", "/round start"]) await ask(words);
    expect(dispatcher.invocations.map(({ path }) => path)).toEqual(Array.from({ length: 4 }, () => "round start"));
    await ask("echo &lt;b&gt; two times:2 tone:keen");
    expect(dispatcher.invocations.at(-1)).toMatchObject({
      path: "echo",
      input: { words: "<b> two", times: 2, tone: "keen" },
      place: slack.channel,
    });
    expect(new Set(dispatcher.invocations.map(({ id }) => id)).size).toBe(5);
  });

  it("runs it in a thread, where slash commands do not work", async () => {
    const sight = await ask("start", thread);
    expect(dispatcher.invocations).toMatchObject([{ path: "round start", place: thread }]);
    expect(sight).toMatchObject({ kind: "private", message: { thread: thread.thread } });
    expect(dispatcher.heard).toEqual([]);
  });

  it("takes what is no command for an answer, where one is on turn", async () => {
    dispatcher.hearing = { reply: { title: "Said", mark: "said", blocks: [] } };
    const message = await slack.talk.write(ben, "two towers", thread, { calling: true });
    await eventually(async () => ((await slack.talk.signs(message, thread)).length > 0 ? true : undefined), "a sign");
    expect(dispatcher.heard).toMatchObject([{ text: "two towers" }]);
    expect(dispatcher.invocations).toEqual([]);
  });

  it("explains what it cannot read, and says what it can do where it was asked nothing", async () => {
    expect(wordsOf(await ask("round dance"))).toContain("I cannot read");
    expect(dispatcher.invocations).toEqual([]);
    await ask("good morning");
    expect(dispatcher.invocations).toMatchObject([{ path: HELLO }]);
  });

  it("offers a button where a form is wanted, which a message cannot open", async () => {
    vi.spyOn(dispatcher, "wantsForm").mockReturnValueOnce(true);
    const sight = await ask("round start", thread);
    expect(wordsOf(sight)).toContain("There is a form for that");
    expect(dispatcher.invocations).toEqual([]);
    await slack.standIn.driver.pressSeen(ben.id, sight, "Open the form");
    expect(dispatcher.invocations).toMatchObject([{ path: "round start", input: {}, place: thread }]);
  });

  it("in a direct message runs commands there", async () => {
    const alone = { platform: "slack", space: slack.standIn.team } as const;
    await slack.talk.write(ben, "echo hello", alone);
    await eventually(async () => ((await slack.talk.told(ben, alone)).length > 0 ? true : undefined), "an answer");
    expect(dispatcher.invocations).toMatchObject([{ path: "echo", input: { words: "hello" }, place: alone }]);
  });
});

describe("events in Slack", () => {
  it("are acknowledged when they are dealt with: what a stopped process leaves is delivered again", async () => {
    dispatcher.hearing = { reply: { title: "Said", mark: "said", blocks: [] } };
    dispatcher.slowMs = 500;
    const { socket, calls } = slack.standIn;
    const signs = () => calls.filter((call) => call === "reactions.add").length;
    const before = signs();
    const message = await slack.talk.write(ben, "just before the end", thread);
    await eventually(() => (dispatcher.heard.length > 0 ? true : undefined), "it to arrive");
    socket.drop();
    await eventually(() => (dispatcher.heard.length > 1 ? true : undefined), "it to arrive again");
    expect(new Set(dispatcher.heard.map(({ id }) => id)).size).toBe(1);
    await eventually(() => (signs() === before + 2 ? true : undefined), "both to be dealt with");
    expect(await slack.talk.signs(message, thread)).toHaveLength(1);
  });

  it("put words in the place of a sign that the app may not add", async () => {
    dispatcher.hearing = { reply: { title: "Said", mark: "said", blocks: [] } };
    slack.standIn.faults.next("reactions.add", { kind: "refuse", error: "missing_scope", needed: "reactions:write" });
    expect(wordsOf(await ask("without the scope", thread, false))).toContain("Said");
  });

  it("of threads that somebody else started are not looked at", async () => {
    const root = slack.standIn.writer.write(ada.id, "C100", undefined, "my own thread");
    slack.standIn.writer.write(ben.id, "C100", root.ts, "a reply in it");
    dispatcher.hearing = { reply: { title: "Said", mark: "said", blocks: [] } };
    const message = await slack.talk.write(ben, "in a round", thread);
    await eventually(async () => ((await slack.talk.signs(message, thread)).length > 0 ? true : undefined), "a sign");
    expect(dispatcher.heard.map(({ text }) => text)).toEqual(["in a round"]);
  });
});

describe("shortcuts in Slack", () => {
  it("make one's own message an answer, and nobody else's", async () => {
    const { driver, writer } = slack.standIn;
    const message = writer.write(ben.id, "C100", thread.thread, "my <@U1> words &amp; more");
    await eventually(() => (dispatcher.heard.length > 0 ? true : undefined), "the message itself");
    expect(wordsOf(await driver.messageShortcut(ben.id, "answer_with_message", message))).toContain("Heard");
    expect(dispatcher.invocations).toMatchObject([
      { path: SAY, input: { text: "my @Ada words & more" }, who: { id: ben.id }, place: thread },
    ]);
    expect(wordsOf(await driver.messageShortcut(ada.id, "answer_with_message", message))).toContain("somebody else's message");
    expect(dispatcher.invocations).toHaveLength(1);
  });

  it.each([0, 2_600])("open the form of a channel's drill, when it takes %i ms too", async (slowMs) => {
    const { driver } = slack.standIn;
    const which = await driver.globalShortcut(ben.id, "answer_drill");
    expect(which).toMatchObject({ kind: "modal", view: { title: { text: "Today's drill" } } });
    dispatcher.slowMs = slowMs;
    let form = await driver.submit(ben.id, which, { channel: "C100" });
    if (wordsOf(form).includes("One moment")) form = await driver.next(ben.id, form);
    expect(form).toMatchObject({ kind: "modal", view: { callback_id: "form" } });
    dispatcher.slowMs = 0;
    await driver.submit(ben.id, form, { text: "my answer" });
    expect(dispatcher.invocations).toMatchObject([{ path: TODAY, input: { text: "my answer" }, place: slack.channel }]);
  });

  it("open it in the moment in which the socket is refreshed, too", async () => {
    const { driver, socket, calls } = slack.standIn;
    const which = await driver.globalShortcut(ben.id, "answer_drill");
    calls.length = 0;
    const opened = driver.submit(ben.id, which, { channel: "C100" });
    socket.refresh();
    expect(await opened).toMatchObject({ kind: "modal", view: { callback_id: "form" } });
    // Beside the socket: nobody waits until there is a new one.
    await expect.poll(() => calls).toContain("views.update");
  });
});

describe("Slack's markup in plain words", () => {
  const names = new Map([["U1", "Ada"]]);

  it.each([
    ["<@UBOT> hi <@UBOT|drillroom>", "hi"],
    ["<@U1> and <@U9|zoe> and <@U8>", "@Ada and @zoe and @somebody"],
    ["<#C1|general> <#C2> <!channel> <!subteam^S1|@team> <!date^1^{date}|Monday>", "#general #channel @channel @team Monday"],
    ["<https://a.example> <https://a.example|a.example> <mailto:a@b.example|a@b.example>", "https://a.example a.example a@b.example"],
    [":wave::skin-tone-2: *bold* &lt;@U1&gt;", ":wave: *bold* &lt;@U1&gt;"],
  ])("%s", (written, read) => {
    expect(inWords(written, "UBOT", names)).toBe(read);
  });
});
