/** What only Slack's receiver does: deadlines, modals that wait, acknowledgements that get lost. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Invocation } from "../../../src/app/command.ts";
import type { View } from "../../../src/core/view.ts";
import { slowView } from "../../../src/platforms/slack/trouble_views.ts";
import { RecordingDispatcher } from "../../contract/receiver.ts";
import { boardNamed } from "../../kit/pictures.ts";
import { connectSlack, type SlackHarness, settled } from "./harness.ts";
import { textOf } from "./stand_in/shown.ts";
import { directOf, type Sight } from "./stand_in/workspace.ts";

const ada = { id: "U1", name: "Ada", manager: true };
const ben = { id: "U2", name: "Ben <!here> **B**", manager: false };

const dispatcher = new RecordingDispatcher();
let slack: SlackHarness;
beforeAll(async () => {
  slack = await connectSlack(dispatcher, [ada, ben]);
});
afterAll(async () => {
  await slack.stop();
  expect(slack.standIn.violations).toEqual([]);
});
beforeEach(() => {
  dispatcher.invocations.length = 0;
  dispatcher.slowMs = 0;
  dispatcher.reply = undefined;
  dispatcher.amendment = undefined;
});

const round: View = {
  title: "A round",
  blocks: [
    {
      kind: "buttons",
      buttons: [
        { label: "Answer", command: "round answer", input: { round: "r1" }, revision: 4 },
        { label: "Again", command: "echo", input: { words: "again" } },
      ],
    },
  ],
};
const invite = async (to = slack.channel): Promise<string> =>
  (await slack.messenger.deliver({ kind: "post", key: `receive/${Math.random()}`, attempt: 1, to, view: round })).remote;
const only = (): Invocation => {
  expect(dispatcher.invocations).toHaveLength(1);
  return dispatcher.invocations[0] as Invocation;
};
const said = (sight: Sight): string => {
  if (sight.kind === "failure") return `Slack: ${sight.reason}`;
  return textOf(sight.kind === "modal" ? sight.view.blocks : sight.message.blocks);
};
const openForm = async (): Promise<Sight> => {
  const form = await slack.standIn.driver.press(ben.id, "C100", await invite(), "Answer");
  return settled(slack.standIn, ben.id, form);
};

describe("a form", () => {
  it("opens at once when it is ready", async () => {
    const form = await slack.standIn.driver.press(ben.id, "C100", await invite(), "Answer");
    expect(form).toMatchObject({ kind: "modal", view: { callback_id: "form", title: { text: "Your answer to step…" } } });
  });

  it("opens as one moment when it takes longer, and is filled in then", async () => {
    dispatcher.slowMs = 2_000;
    const { driver } = slack.standIn;
    const first = await driver.press(ben.id, "C100", await invite(), "Answer");
    expect(said(first)).toContain("One moment");
    const form = await driver.next(ben.id, first);
    expect(form).toMatchObject({ kind: "modal", viewId: first.kind === "modal" && first.viewId, view: { callback_id: "form" } });
    dispatcher.slowMs = 0;
    await driver.submit(ben.id, form, { text: "late but here" });
    expect(only()).toMatchObject({ input: { round: "r1", text: "late but here" }, revision: 4 });
  });

  it("is not opened again by a redelivery", async () => {
    const { driver, socket, workspace, calls } = slack.standIn;
    const form = await driver.press(ben.id, "C100", await invite(), "Answer");
    calls.length = 0;
    socket.redeliver();
    await expect.poll(() => calls, { timeout: 3_000 }).toContain("views.open");
    await driver.submit(ben.id, form, { text: "x" });
    await new Promise((soon) => setTimeout(soon, 100));
    const since = workspace.sights(ben.id).slice(workspace.sights(ben.id).indexOf(form) + 1);
    expect(since).toMatchObject([{ kind: "modal", view: { callback_id: "reply" } }]);
  });

  it("says so when Slack's trigger is too old", async () => {
    slack.standIn.faults.next("views.open", { kind: "refuse", error: "expired_trigger_id" });
    const { driver } = slack.standIn;
    const sight = await driver.press(ben.id, "C100", await invite(), "Answer");
    expect(sight.kind).toBe("private");
    expect(said(sight)).toContain("too slow to open the form");
    // Another press has another trigger: the same form, for the same step of the round.
    const form = await settled(slack.standIn, ben.id, await driver.pressSeen(ben.id, sight, "Open the form"));
    await driver.submit(ben.id, form, { text: "late" });
    expect(only()).toMatchObject({ path: "round answer", input: { round: "r1", text: "late" }, revision: 4 });
  });

  it("gives back what was typed and does not fit behind a button", () => {
    const words = "we would shard by user ".repeat(20).trim();
    const { blocks } = slowView({ path: "daily propose", input: { kind: "open", words, nth: 2 } });
    expect(blocks).toMatchObject([
      { kind: "text" },
      { kind: "buttons", buttons: [{ command: "daily propose", input: { kind: "open", nth: 2 } }] },
      { kind: "text", markdown: expect.stringContaining("words") },
      { kind: "quote", text: words },
    ]);
  });

  it("opens from a slash command, and what was typed besides is carried", async () => {
    const wide = new RecordingDispatcher();
    wide.wantsForm = () => true;
    const other = await connectSlack(wide, [ada]);
    const form = await other.standIn.driver.slash(ada.id, "C100", "/echo", "tone:keen times:3");
    await other.standIn.driver.submit(ada.id, form, { text: "typed" });
    expect(wide.invocations[0]).toMatchObject({ path: "echo", input: { tone: "keen", times: 3, text: "typed" } });
    await other.stop();
  });
});

describe("a submission", () => {
  it("is answered in the form's place, with buttons that work there", async () => {
    const { driver } = slack.standIn;
    const reply = await driver.submit(ben.id, await openForm(), { text: "words", level: "sure" });
    expect(reply).toMatchObject({ kind: "modal" });
    expect(said(reply)).toContain("Heard");
    dispatcher.invocations.length = 0;
    const again = await driver.pressSeen(ben.id, reply, "Again");
    expect(only()).toMatchObject({ path: "echo", place: slack.channel });
    expect(again).toMatchObject({ kind: "modal", viewId: reply.kind === "modal" && reply.viewId });
    await driver.pressSeen(ben.id, again, "Again");
    expect(dispatcher.invocations.at(-1)?.place).toEqual(slack.channel);
  });

  it("is acknowledged in time when the answer takes longer, and answered in the same modal", async () => {
    const form = await openForm();
    dispatcher.slowMs = 3_300;
    const first = await slack.standIn.driver.submit(ben.id, form, { text: "slow" });
    expect(said(first)).toContain("One moment");
    expect(said(await slack.standIn.driver.next(ben.id, first))).toContain("Heard");
  });

  it("is answered in the channel when the modal was closed meanwhile", async () => {
    const form = await openForm();
    dispatcher.slowMs = 2_500;
    const first = await slack.standIn.driver.submit(ben.id, form, { text: "slow" });
    slack.standIn.driver.close(first);
    const reply = await slack.standIn.driver.next(ben.id, first);
    expect(reply.kind).toBe("private");
    expect(said(reply)).toContain("Heard");
  });

  it("is the same one when it is delivered again", async () => {
    const { driver, socket } = slack.standIn;
    const first = await driver.submit(ben.id, await openForm(), { text: "words" });
    socket.redeliver();
    await driver.next(ben.id, first);
    const [one, two] = dispatcher.invocations.map(({ id }) => id);
    expect(one).toBe(two);
  });

  it("is the same one when Slack offers the form again and it is sent again, unless it was changed", async () => {
    const { driver, socket } = slack.standIn;
    const form = await openForm();
    for (const text of ["words", "words", "better words"]) {
      socket.loseAcknowledgement();
      expect((await driver.submit(ben.id, form, { text })).kind).toBe("failure");
    }
    const [one, two, three] = dispatcher.invocations.map(({ id }) => id);
    expect(one).toBe(two);
    expect(three).not.toBe(two);
  });
});

describe("a place", () => {
  it("is the channel for the root of a thread, and the thread for what stands in it", async () => {
    const root = await invite();
    const thread = { ...slack.channel, thread: root };
    const inside = await invite(thread);
    await slack.standIn.driver.press(ada.id, "C100", root, "Again");
    expect(only().place).toEqual(slack.channel);
    dispatcher.invocations.length = 0;
    const reply = await slack.standIn.driver.press(ada.id, "C100", inside, "Again");
    expect(only().place).toEqual(thread);
    expect(reply).toMatchObject({ kind: "private", message: { thread: root } });
    dispatcher.invocations.length = 0;
    await slack.standIn.driver.pressSeen(ada.id, reply, "Again");
    expect(only().place).toEqual(thread);
  });

  it("has no channel in a direct message", async () => {
    await slack.standIn.driver.slash(ada.id, directOf(ada.id), "/echo", "hi");
    expect(only().place).toEqual({ platform: "slack", space: slack.standIn.team });
  });

  it("survives a form that is opened in a thread", async () => {
    const thread = { ...slack.channel, thread: await invite() };
    const form = await slack.standIn.driver.press(ben.id, "C100", await invite(thread), "Answer");
    await slack.standIn.driver.submit(ben.id, form, { text: "inside" });
    expect(only().place).toEqual(thread);
  });
});

describe("a private reply", () => {
  it("takes another way when Slack's own is used up", async () => {
    slack.standIn.faults.next("response_url", { kind: "serverError" });
    const reply = await slack.standIn.driver.slash(ada.id, "C100", "/echo", "hi");
    expect(said(reply)).toContain("Heard");
    expect(slack.standIn.calls).toContain("chat.postEphemeral");
  });

  it("explains what cannot be read, and dispatches nothing", async () => {
    const reply = await slack.standIn.driver.slash(ada.id, "C100", "/round", "stop");
    expect(said(reply)).toContain("/round start");
    expect(dispatcher.invocations).toEqual([]);
  });

  it("explains a button that is not ours any more", async () => {
    const ts = await invite();
    const message = slack.standIn.workspace.messages("C100").find((one) => one.ts === ts);
    const actions = message?.blocks.find((block) => block.type === "actions");
    if (actions?.type === "actions") Object.assign(actions.elements[1] ?? {}, { value: "from another age" });
    expect(said(await slack.standIn.driver.press(ada.id, "C100", ts, "Again"))).toContain("older version");
    expect(dispatcher.invocations).toEqual([]);
  });

  it("says that something broke when the reply cannot be drawn", async () => {
    dispatcher.reply = {
      title: "x",
      blocks: [{ kind: "buttons", buttons: [{ label: "B", command: "echo", input: { words: "w".repeat(200) } }] }],
    };
    const reply = await slack.standIn.driver.slash(ada.id, "C100", "/echo", "hi");
    expect(said(reply)).toContain("Something went wrong on our side");
    expect(said(reply)).toContain(only().id);
  });
});

describe("a channel that the bot is not in", () => {
  it("still answers, and says with the exact line how to invite the bot when a picture cannot be shown", async () => {
    const channel = slack.standIn.workspace.channel("C100");
    if (!channel) return expect.fail("there is no channel");
    channel.trouble = "not_in_channel";
    try {
      expect(said(await slack.standIn.driver.slash(ada.id, "C100", "/echo", "hi"))).toContain("Heard");
      dispatcher.reply = { title: "Board", blocks: [boardNamed("This week"), { kind: "text", markdown: "Ada leads." }] };
      const reply = said(await slack.standIn.driver.slash(ada.id, "C100", "/echo", "hi"));
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
    expect(said(await other.standIn.driver.slash(ada.id, "C100", "/ml-round", "stop"))).toContain("/ml-round start");
    await other.stop();
  });
});

describe("who it is", () => {
  it("is asked of Slack once in a while", async () => {
    await slack.standIn.driver.slash(ada.id, "C100", "/echo", "hi");
    slack.standIn.calls.length = 0;
    await slack.standIn.driver.slash(ada.id, "C100", "/echo", "hi");
    expect(slack.standIn.calls).toEqual([]);
    expect(dispatcher.invocations.at(-1)?.who).toEqual({ platform: "slack", space: slack.standIn.team, ...ada });
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

describe("a reply", () => {
  it("gives way to what is said later, in the modal that a form became", async () => {
    const form = await openForm();
    dispatcher.amendment = { title: "Read again", blocks: [] };
    await slack.standIn.driver.submit(ben.id, form, { text: "words" });
    const found = await slack.standIn.workspace.until(
      () => slack.standIn.workspace.sights(ben.id).find((sight) => said(sight).includes("Read again")),
      "the second view",
      5_000,
    );
    expect(found.kind).toBe("modal");
  });
});
