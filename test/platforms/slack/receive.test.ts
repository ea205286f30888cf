/** What only Slack's receiver does: places, replies that take another way, who it is. */
import { describe, expect, it, vi } from "vitest";
import { boardNamed } from "../../kit/pictures.ts";
import { connectSlack } from "./harness.ts";
import { ada, ben, useReceiver } from "./receive_stage.ts";
import { wordsOf } from "./stand_in/shown.ts";
import { directOf } from "./stand_in/workspace.ts";

const { on, dispatcher, invite, only } = useReceiver();

describe("a place", () => {
  it("is the channel for the root of a thread, and the thread for what stands in it", async () => {
    const root = await invite();
    const thread = { ...on.slack.channel, thread: root };
    const inside = await invite(thread);
    await on.slack.standIn.driver.press(ada.id, "C100", root, "Again");
    expect(only().place).toEqual(on.slack.channel);
    dispatcher.invocations.length = 0;
    const reply = await on.slack.standIn.driver.press(ada.id, "C100", inside, "Again");
    expect(only().place).toEqual(thread);
    expect(reply).toMatchObject({ kind: "private", message: { thread: root } });
    dispatcher.invocations.length = 0;
    await on.slack.standIn.driver.pressSeen(ada.id, reply, "Again");
    expect(only().place).toEqual(thread);
  });

  it("has no channel in a direct message", async () => {
    await on.slack.standIn.driver.slash(ada.id, directOf(ada.id), "/echo", "hi");
    expect(only().place).toEqual({ platform: "slack", space: on.slack.standIn.team });
  });

  it("survives a form that is opened in a thread", async () => {
    const thread = { ...on.slack.channel, thread: await invite() };
    const form = await on.slack.standIn.driver.press(ben.id, "C100", await invite(thread), "Answer");
    await on.slack.standIn.driver.submit(ben.id, form, { text: "inside" });
    expect(only().place).toEqual(thread);
  });
});

describe("a private reply", () => {
  it("takes another way when Slack's own is used up", async () => {
    on.slack.standIn.faults.next("response_url", { kind: "serverError" });
    const reply = await on.slack.standIn.driver.slash(ada.id, "C100", "/echo", "hi");
    expect(wordsOf(reply)).toContain("Heard");
    expect(on.slack.standIn.calls).toContain("chat.postEphemeral");
  });

  it("explains what cannot be read, and dispatches nothing", async () => {
    const reply = await on.slack.standIn.driver.slash(ada.id, "C100", "/round", "stop");
    expect(wordsOf(reply)).toContain("/round start");
    expect(dispatcher.invocations).toEqual([]);
  });

  it("explains a button that is not ours any more", async () => {
    const ts = await invite();
    const message = on.slack.standIn.workspace.messages("C100").find((one) => one.ts === ts);
    const actions = message?.blocks.find((block) => block.type === "actions");
    if (actions?.type === "actions") Object.assign(actions.elements[1] ?? {}, { value: "from another age" });
    expect(wordsOf(await on.slack.standIn.driver.press(ada.id, "C100", ts, "Again"))).toContain("older version");
    expect(dispatcher.invocations).toEqual([]);
  });

  it("says that something broke when the reply cannot be drawn", async () => {
    dispatcher.reply = {
      title: "x",
      blocks: [{ kind: "buttons", buttons: [{ label: "B", command: "echo", input: { words: "w".repeat(200) } }] }],
    };
    const reply = await on.slack.standIn.driver.slash(ada.id, "C100", "/echo", "hi");
    expect(wordsOf(reply)).toContain("Something went wrong on our side");
    expect(wordsOf(reply)).toContain(only().id);
  });
});

describe("a channel that the bot is not in", () => {
  it("still answers, and says with the exact line how to invite the bot when a picture cannot be shown", async () => {
    const channel = on.slack.standIn.workspace.channel("C100");
    if (!channel) return expect.fail("there is no channel");
    channel.trouble = "not_in_channel";
    try {
      expect(wordsOf(await on.slack.standIn.driver.slash(ada.id, "C100", "/echo", "hi"))).toContain("Heard");
      dispatcher.reply = { title: "Board", blocks: [boardNamed("This week"), { kind: "text", markdown: "Ada leads." }] };
      const reply = wordsOf(await on.slack.standIn.driver.slash(ada.id, "C100", "/echo", "hi"));
      expect(reply).toContain("Ada leads.");
      expect(reply).toContain("/invite @drillroom");
    } finally {
      channel.trouble = undefined;
    }
  });
});

describe("a prefix", () => {
  it("stands before every command, and is shown in what explains them", async () => {
    const other = await connectSlack(dispatcher, [ada], { prefix: "ml-" });
    await other.standIn.driver.slash(ada.id, "C100", "/ml-echo", "hi");
    expect(only()).toMatchObject({ path: "echo", input: { words: "hi" } });
    // The manifest may be older than the prefix.
    await other.standIn.driver.slash(ada.id, "C100", "/echo", "hi");
    expect(dispatcher.invocations.map(({ path }) => path)).toEqual(["echo", "echo"]);
    expect(wordsOf(await other.standIn.driver.slash(ada.id, "C100", "/ml-round", "stop"))).toContain("/ml-round start");
    await other.stop();
  });
});

describe("who it is", () => {
  it("is asked of Slack once in a while", async () => {
    await on.slack.standIn.driver.slash(ada.id, "C100", "/echo", "hi");
    on.slack.standIn.calls.length = 0;
    await on.slack.standIn.driver.slash(ada.id, "C100", "/echo", "hi");
    expect(on.slack.standIn.calls).toEqual([]);
    expect(dispatcher.invocations.at(-1)?.who).toEqual({ platform: "slack", space: on.slack.standIn.team, ...ada });
  });

  it("is asked again after a while, and what was known holds when Slack does not say", async () => {
    const other = await connectSlack(dispatcher, [ada]);
    await other.standIn.driver.slash(ada.id, "C100", "/echo", "hi");
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 6 * 60_000 });
    try {
      other.standIn.faults.next("users.info", { kind: "serverError" });
      await other.standIn.driver.slash(ada.id, "C100", "/echo", "hi");
    } finally {
      vi.useRealTimers();
    }
    expect(other.standIn.calls.filter((call) => call === "users.info")).toHaveLength(2);
    expect(dispatcher.invocations.at(-1)?.who).toMatchObject(ada);
    await other.stop();
  });

  it("may not manage when Slack does not say so", async () => {
    const other = await connectSlack(dispatcher, [ada]);
    other.standIn.faults.next("users.info", { kind: "serverError" });
    await other.standIn.driver.slash(ada.id, "C100", "/echo", "hi");
    expect(only().who).toMatchObject({ id: ada.id, manager: false });
    await other.stop();
  });
});
