/** What only Slack's messenger does: looking before a second post, threads, and refusals in words. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Delivery } from "../../../src/app/messenger.ts";
import { mention } from "../../../src/core/markup.ts";
import type { View } from "../../../src/core/view.ts";
import { RecordingDispatcher } from "../../contract/receiver.ts";
import { failing } from "../../kit/delivery.ts";
import { connectSlack, type SlackHarness } from "./harness.ts";
import { pingedBy } from "./stand_in/shown.ts";

const ada = { id: "U1", name: "Ada *A*", manager: true };
const ben = { id: "U2", name: "Ben", manager: false };

let slack: SlackHarness;
let serial = 0;
beforeAll(async () => {
  slack = await connectSlack(new RecordingDispatcher(), [ada, ben]);
});
afterAll(async () => {
  await slack.stop();
  expect(slack.standIn.violations).toEqual([]);
});
beforeEach(() => {
  slack.standIn.calls.length = 0;
});

const view = (title: string) => ({ title, blocks: [] });
const newKey = () => `deliver/${++serial}`;
const post = (key: string, attempt: number, to = slack.channel) =>
  slack.messenger.deliver({ kind: "post", key, attempt, to, view: view(key) });
const refusal = (delivery: Delivery) => failing(slack.messenger.deliver(delivery));

describe("a second try", () => {
  it("asks for nothing but the post at first", async () => {
    await post(newKey(), 1);
    expect(slack.standIn.calls).toEqual(["chat.postMessage"]);
  });

  it("finds in a thread what the first one left there", async () => {
    const root = await post(newKey(), 1);
    const thread = { ...slack.channel, thread: root.remote };
    const key = newKey();
    slack.standIn.faults.next("chat.postMessage", { kind: "lostAnswer" });
    expect((await refusal({ kind: "post", key, attempt: 1, to: thread, view: view(key) })).retry).toBe(true);
    const again = await post(key, 2, thread);
    const shown = await slack.shown(thread);
    expect(shown.map(({ text }) => text).filter((text) => text === key)).toHaveLength(1);
    expect(shown.at(-1)?.remote).toBe(again.remote);
  });

  it("finds in a direct message what the first one left there", async () => {
    const notice = (attempt: number) =>
      ({ kind: "notice", key: "deliver/notice", attempt, to: slack.channel, member: ben.id, view: view("Paused") }) as const;
    slack.standIn.faults.next("chat.postMessage", { kind: "lostAnswer" });
    await refusal(notice(1));
    await slack.messenger.deliver(notice(2));
    expect(await slack.shown({ direct: ben.id })).toHaveLength(1);
  });

  it("finds what the first one left when Slack failed after posting, or never answered", async () => {
    for (const fault of [{ kind: "serverError", done: true }, { kind: "silence" }] as const) {
      const key = newKey();
      slack.standIn.faults.next("chat.postMessage", fault);
      expect((await refusal({ kind: "post", key, attempt: 1, to: slack.channel, view: view(key) })).retry).toBe(true);
      await post(key, 2);
      expect((await slack.shown(slack.channel)).filter(({ text }) => text === key)).toHaveLength(1);
    }
  });

  it("posts when the first one never arrived", async () => {
    const key = newKey();
    slack.standIn.faults.next("chat.postMessage", { kind: "serverError" });
    await refusal({ kind: "post", key, attempt: 1, to: slack.channel, view: view(key) });
    await post(key, 2);
    expect((await slack.shown(slack.channel)).filter(({ text }) => text === key)).toHaveLength(1);
  });

  it("posts another effect whose key is only alike", async () => {
    await post("deliver/alike", 1);
    const other = await post("deliver/alike2", 2);
    expect((await slack.shown(slack.channel)).at(-1)?.remote).toBe(other.remote);
  });

  it("does not post blindly when it cannot look", async () => {
    const key = newKey();
    await post(key, 1);
    slack.standIn.faults.next("conversations.history", { kind: "rateLimit", seconds: 30 });
    const error = await refusal({ kind: "post", key, attempt: 2, to: slack.channel, view: view(key) });
    expect(error).toMatchObject({ retry: true, afterMs: 30_000 });
    expect((await slack.shown(slack.channel)).filter(({ text }) => text === key)).toHaveLength(1);
  });

  it("edits keep the key of the post", async () => {
    const key = newKey();
    const { remote } = await post(key, 1);
    await slack.messenger.deliver({ kind: "edit", key: newKey(), attempt: 1, to: slack.channel, message: remote, view: view("Edited") });
    expect((await post(key, 2)).remote).toBe(remote);
  });
});

describe("a thread", () => {
  it("is its root's timestamp, and costs no request", async () => {
    const thread = await slack.messenger.deliver({
      kind: "thread",
      key: newKey(),
      attempt: 1,
      to: slack.channel,
      message: "1700000000.000100",
      title: "T",
    });
    expect(thread.remote).toBe("1700000000.000100");
    expect(slack.standIn.calls).toEqual([]);
  });
});

describe("members", () => {
  it("are shown by display name, asked for once", async () => {
    const message = { title: "Seats", blocks: [{ kind: "text", markdown: `${mention(ada.id)}, ${mention(ben.id)}` }] } as const;
    await slack.messenger.deliver({ kind: "post", key: newKey(), attempt: 1, to: slack.channel, view: { ...message, notify: [ben.id] } });
    await slack.messenger.deliver({ kind: "post", key: newKey(), attempt: 1, to: slack.channel, view: { ...message, notify: [ben.id] } });
    expect((await slack.shown(slack.channel)).at(-1)).toMatchObject({ text: "Seats\nAda *A*, @U2", pinged: [ben.id] });
    expect(slack.standIn.calls.filter((call) => call === "users.info")).toHaveLength(1);
  });

  it("do not hold a message up when Slack does not know them", async () => {
    await slack.messenger.deliver({
      kind: "post",
      key: newKey(),
      attempt: 1,
      to: slack.channel,
      view: { title: "Seats", blocks: [{ kind: "text", markdown: mention("U404") }] },
    });
    expect((await slack.shown(slack.channel)).at(-1)).toMatchObject({ text: "Seats\na member", pinged: [] });
  });
});

describe("what Slack finds too much", () => {
  const long: View = {
    title: "Long",
    blocks: [
      { kind: "text", markdown: "sharding ".repeat(300) },
      { kind: "buttons", buttons: [{ label: "Answer", command: "help", input: {} }] },
    ],
  };
  const say = async () => {
    await slack.messenger.deliver({ kind: "post", key: newKey(), attempt: 1, to: slack.channel, view: long });
    return (await slack.shown(slack.channel)).at(-1) ?? expect.fail("nothing was posted");
  };
  const refuse = (...errors: string[]) => {
    for (const error of errors) slack.standIn.faults.next("chat.postMessage", { kind: "refuse", error });
  };

  it.each(["msg_too_long", "msg_blocks_too_long", "invalid_blocks"])("is said shorter after %s, with its buttons", async (error) => {
    refuse(error);
    const shown = await say();
    expect(shown.buttons).toEqual(["Answer"]);
    expect(shown.text).toContain("sharding");
  });

  it("is said in bare words at last, which say what is left out and ping nobody", async () => {
    refuse("invalid_blocks", "invalid_blocks");
    await slack.messenger.deliver({
      kind: "post",
      key: newKey(),
      attempt: 1,
      to: slack.channel,
      view: { ...long, blocks: [{ kind: "quote", text: "<!channel> <@U2> & more" }, ...long.blocks] },
    });
    const { text, blocks } = slack.standIn.workspace.messages("C100").at(-1) ?? expect.fail("nothing was posted");
    expect(blocks).toEqual([]);
    expect(text).toContain("&lt;!channel&gt; &lt;@U2&gt; &amp; more");
    expect(text).toContain("its buttons (Answer)");
    expect(pingedBy([], text)).toEqual([]);
  });

  it("is given up when Slack takes not even that", async () => {
    refuse("msg_too_long", "msg_too_long", "msg_too_long");
    expect(await refusal({ kind: "post", key: newKey(), attempt: 1, to: slack.channel, view: long })).toMatchObject({ retry: false });
  });
});

describe("refusals", () => {
  it.each([
    ["not_in_channel", "/invite @drillroom"],
    ["channel_not_found", "/invite @drillroom"],
    ["is_archived", "archived"],
    ["restricted_action", "only some members"],
    ["something_new", "something_new"],
  ])("are final for %s, and say what to do", async (error, advice) => {
    slack.standIn.faults.next("chat.postMessage", { kind: "refuse", error });
    const refused = await refusal({ kind: "post", key: newKey(), attempt: 1, to: slack.channel, view: view("x") });
    expect(refused.retry).toBe(false);
    expect(refused.message).toContain(advice);
  });

  it.each(["invalid_auth", "token_revoked", "account_inactive", "token_expired"])(
    "end the process for %s with the line that names the variable, and give nothing up",
    async (error) => {
      const other = await connectSlack(new RecordingDispatcher(), [ada]);
      const say = () =>
        other.messenger
          .deliver({ kind: "post", key: newKey(), attempt: 1, to: other.channel, view: view("x") })
          .catch((err: unknown) => err);
      for (let times = 0; times < 2; times++) {
        other.standIn.faults.next("chat.postMessage", { kind: "refuse", error });
        expect(await say()).toMatchObject({ retry: true });
      }
      expect(other.ended).toEqual([expect.stringMatching(new RegExp(`^Slack refuses SLACK_BOT_TOKEN \\(${error}\\): [^\n]+$`))]);
      await other.stop();
    },
  );

  it("end when the bot is invited again", async () => {
    const channel = slack.standIn.workspace.channel("C100");
    if (!channel) return expect.fail("there is no channel");
    channel.trouble = "not_in_channel";
    expect((await refusal({ kind: "post", key: newKey(), attempt: 2, to: slack.channel, view: view("x") })).message).toContain("/invite");
    expect((await refusal({ kind: "edit", key: newKey(), attempt: 1, to: slack.channel, message: "1.1", view: view("x") })).retry).toBe(
      false,
    );
    channel.trouble = undefined;
    await post(newKey(), 2);
  });

  it("name the permission that is missing", async () => {
    slack.standIn.faults.next("chat.postMessage", { kind: "refuse", error: "missing_scope", needed: "chat:write" });
    const refused = await refusal({ kind: "post", key: newKey(), attempt: 1, to: slack.channel, view: view("x") });
    expect(refused.message).toContain("lacks the permission chat:write");
  });

  it.each(["ratelimited", "internal_error", "service_unavailable", "<html>Bad gateway</html>"])("are not final for %s", async (error) => {
    slack.standIn.faults.next("chat.postMessage", { kind: "refuse", error });
    expect((await refusal({ kind: "post", key: newKey(), attempt: 1, to: slack.channel, view: view("x") })).retry).toBe(true);
  });

  it("are final for a post without a channel, before anything is asked", async () => {
    const { channel: _none, ...nowhere } = slack.channel;
    expect((await refusal({ kind: "post", key: newKey(), attempt: 1, to: nowhere, view: view("x") })).retry).toBe(false);
    expect(slack.standIn.calls).toEqual([]);
  });

  it("tell no token, in whatever depth of the error", async () => {
    for (const fault of [
      { kind: "serverError" },
      { kind: "lostAnswer" },
      { kind: "refuse", error: "invalid_auth" },
      { kind: "rateLimit", seconds: 1 },
    ] as const) {
      slack.standIn.faults.next("chat.postMessage", fault);
      const error = await refusal({ kind: "post", key: newKey(), attempt: 1, to: slack.channel, view: view("x") });
      const { inspect } = await import("node:util");
      expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(slack.standIn.botToken);
    }
  });
});
