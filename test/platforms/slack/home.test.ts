/** The home tab: opened, used, and drawn again when something changed. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { commands } from "../../../commands/index.ts";
import { type Command, command, type Invocation } from "../../../src/app/command.ts";
import type { View } from "../../../src/core/view.ts";
import { HOME_PATHS, homePath } from "../../../src/platforms/slack/home.ts";
import { contractCommands, RecordingDispatcher } from "../../contract/receiver.ts";
import { boardNamed } from "../../kit/pictures.ts";
import { connectSlack, type SlackHarness } from "./harness.ts";
import { picturesOf, textOf } from "./stand_in/shown.ts";
import { directOf } from "./stand_in/workspace.ts";

const ada = { id: "U1", name: "Ada", manager: true };
const ben = { id: "U2", name: "Ben", manager: false };

const page = (points: number): View => ({
  title: "Your progress",
  blocks: [
    { kind: "text", markdown: `${points} points <!channel>` },
    {
      kind: "buttons",
      buttons: [
        { label: "Practise", command: "echo", input: { words: "from home" } },
        { label: "Answer", command: "round answer", input: { round: "r1" } },
      ],
    },
  ],
});

class HomeDispatcher extends RecordingDispatcher {
  override readonly commands: readonly Command[] = [
    ...contractCommands,
    command({ path: "help", summary: "Help", access: "anyone", input: z.object({}), run: () => Promise.reject(new Error("never run")) }),
  ];
  page: View = page(0);
  override async dispatch(invocation: Invocation, amend?: (view: View) => Promise<void>): Promise<View> {
    const reply = await super.dispatch(invocation, amend);
    return invocation.path === "help" ? this.page : reply;
  }
}

const dispatcher = new HomeDispatcher();
let slack: SlackHarness;
beforeAll(async () => {
  slack = await connectSlack(dispatcher, [ada, ben]);
});
afterAll(async () => {
  await slack.stop();
  expect(slack.standIn.violations).toEqual([]);
  expect(slack.standIn.late).toEqual([]);
});
beforeEach(() => {
  slack.standIn.workspace.homes.clear();
  dispatcher.invocations.length = 0;
  dispatcher.slowMs = 0;
  dispatcher.page = page(0);
});

const home = (who = ben) => slack.standIn.workspace.homes.get(who.id);
async function open(who = ben) {
  await slack.standIn.driver.openHome(who.id);
  await expect.poll(() => home(who)).toBeDefined();
}
const words = (who = ben) => textOf(home(who)?.view.blocks ?? []);

describe("the home tab", () => {
  it("shows a command that there is", () => {
    expect(HOME_PATHS).toContain(homePath(commands));
    expect(commands.find(({ path }) => path === homePath(commands))).toMatchObject({ anywhere: true, access: "anyone" });
  });

  it("is drawn for who opens it, outside of any channel", async () => {
    await open();
    expect(words()).toContain("0 points <!channel>");
    expect(dispatcher.invocations).toMatchObject([
      { path: "help", who: { ...ben, space: slack.standIn.team }, place: { platform: "slack", space: slack.standIn.team } },
    ]);
    expect(dispatcher.invocations[0]?.place.channel).toBeUndefined();
    expect(home(ada)).toBeUndefined();
  });

  it("is not drawn when the messages tab is opened", async () => {
    await slack.standIn.driver.tell({ type: "app_home_opened", user: ben.id, channel: directOf(ben.id), tab: "messages" });
    await new Promise((soon) => setTimeout(soon, 100));
    expect(home()).toBeUndefined();
  });

  it("runs its command once for an event that is delivered twice", async () => {
    await slack.standIn.driver.openHome(ben.id, "EvTwice");
    await slack.standIn.driver.openHome(ben.id, "EvTwice");
    await expect.poll(() => dispatcher.invocations.length).toBe(2);
    expect(new Set(dispatcher.invocations.map(({ id }) => id)).size).toBe(1);
  });

  it("answers its buttons in a modal, and carries on there", async () => {
    await open();
    dispatcher.invocations.length = 0;
    const reply = await slack.standIn.driver.pressHome(ben.id, "Practise");
    expect(reply.kind).toBe("modal");
    expect(dispatcher.invocations[0]).toMatchObject({ path: "echo", input: { words: "from home" }, place: { space: slack.standIn.team } });
    const form = await slack.standIn.driver.pressHome(ben.id, "Answer");
    expect(form).toMatchObject({ kind: "modal", view: { callback_id: "form" } });
    const sent = await slack.standIn.driver.submit(ben.id, form, { text: "words" });
    expect(sent).toMatchObject({ kind: "modal", view: { callback_id: "reply" } });
  });

  it("says one moment when an answer takes longer than a trigger lives", async () => {
    await open();
    dispatcher.slowMs = 2_000;
    const first = await slack.standIn.driver.pressHome(ben.id, "Practise");
    expect(first.kind === "modal" && textOf(first.view.blocks)).toContain("One moment");
    const reply = await slack.standIn.driver.next(ben.id, first);
    expect(reply.kind === "modal" && textOf(reply.view.blocks)).toContain("Heard");
  });

  it("answers in the messages tab when the trigger is spent", async () => {
    await open();
    slack.standIn.faults.next("views.open", { kind: "refuse", error: "expired_trigger_id" });
    const before = slack.standIn.workspace.messages(directOf(ben.id)).length;
    void slack.standIn.driver.pressHome(ben.id, "Practise").catch(() => undefined);
    await expect.poll(() => slack.standIn.workspace.messages(directOf(ben.id)).length).toBe(before + 1);
  });

  it("is drawn again after its reader did something that changed it, once, and for nobody else", async () => {
    await open();
    await open(ada);
    dispatcher.page = page(10);
    for (let times = 0; times < 3; times++) await slack.slash(ben, "echo", { words: "hi" });
    await expect.poll(() => words()).toContain("10 points");
    expect(home()?.times).toBe(2);
    expect(words(ada)).toContain("0 points");
  });

  it("is left alone when nothing changed", async () => {
    await open();
    const asked = () => dispatcher.invocations.filter(({ path }) => path === "help").length;
    const before = asked();
    await slack.slash(ben, "echo", { words: "hi" });
    await expect.poll(asked).toBe(before + 1);
    expect(home()?.times).toBe(1);
  });

  it("shows pictures as soon as Slack does", async () => {
    dispatcher.page = { title: "Your progress", blocks: [boardNamed("This month"), { kind: "text", markdown: "Third of nine." }] };
    await open();
    expect(words()).toContain("Third of nine.");
    await expect.poll(() => picturesOf(home()?.view.blocks ?? [])).toHaveLength(1);
  });
});
