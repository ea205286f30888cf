/** Forms and what is sent by them, where Slack alone has its ways: triggers that expire, modals that wait, lost acknowledgements. */
import { describe, expect, it } from "vitest";
import { slowView } from "../../../src/platforms/slack/trouble_views.ts";
import { RecordingDispatcher } from "../../contract/receiver.ts";
import { connectSlack, settled } from "./harness.ts";
import { ada, ben, useReceiver } from "./receive_stage.ts";
import { wordsOf } from "./stand_in/shown.ts";

const { on, dispatcher, invite, only, openForm } = useReceiver();

describe("a form", () => {
  it("opens at once when it is ready", async () => {
    const form = await on.slack.standIn.driver.press(ben.id, "C100", await invite(), "Answer");
    expect(form).toMatchObject({ kind: "modal", view: { callback_id: "form", title: { text: "Your answer to step…" } } });
  });

  it("opens as one moment when it takes longer, and is filled in then", async () => {
    dispatcher.slowMs = 2_000;
    const { driver } = on.slack.standIn;
    const first = await driver.press(ben.id, "C100", await invite(), "Answer");
    expect(wordsOf(first)).toContain("One moment");
    const form = await driver.next(ben.id, first);
    expect(form).toMatchObject({ kind: "modal", viewId: first.kind === "modal" && first.viewId, view: { callback_id: "form" } });
    dispatcher.slowMs = 0;
    await driver.submit(ben.id, form, { text: "late but here" });
    expect(only()).toMatchObject({ input: { round: "r1", text: "late but here" }, revision: 4 });
  });

  it("is not opened again by a redelivery", async () => {
    const { driver, socket, workspace, calls } = on.slack.standIn;
    const form = await driver.press(ben.id, "C100", await invite(), "Answer");
    calls.length = 0;
    socket.redeliver();
    await expect.poll(() => calls).toContain("views.open");
    await driver.submit(ben.id, form, { text: "x" });
    await new Promise((soon) => setTimeout(soon, 100));
    const since = workspace.sights(ben.id).slice(workspace.sights(ben.id).indexOf(form) + 1);
    expect(since).toMatchObject([{ kind: "modal", view: { callback_id: "reply" } }]);
  });

  it("says so when Slack's trigger is too old", async () => {
    on.slack.standIn.faults.next("views.open", { kind: "refuse", error: "expired_trigger_id" });
    const { driver } = on.slack.standIn;
    const sight = await driver.press(ben.id, "C100", await invite(), "Answer");
    expect(sight.kind).toBe("private");
    expect(wordsOf(sight)).toContain("too slow to open the form");
    // Another press has another trigger: the same form, for the same step of the round.
    const form = await settled(on.slack.standIn, ben.id, await driver.pressSeen(ben.id, sight, "Open the form"));
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
    const { driver } = on.slack.standIn;
    const reply = await driver.submit(ben.id, await openForm(), { text: "words", level: "sure" });
    expect(reply).toMatchObject({ kind: "modal" });
    expect(wordsOf(reply)).toContain("Heard");
    dispatcher.invocations.length = 0;
    const again = await driver.pressSeen(ben.id, reply, "Again");
    expect(only()).toMatchObject({ path: "echo", place: on.slack.channel });
    expect(again).toMatchObject({ kind: "modal", viewId: reply.kind === "modal" && reply.viewId });
    await driver.pressSeen(ben.id, again, "Again");
    expect(dispatcher.invocations.at(-1)?.place).toEqual(on.slack.channel);
  });

  it("is acknowledged in time when the answer takes longer, and answered in the same modal", async () => {
    const form = await openForm();
    dispatcher.slowMs = 3_300;
    const first = await on.slack.standIn.driver.submit(ben.id, form, { text: "slow" });
    expect(wordsOf(first)).toContain("One moment");
    expect(wordsOf(await on.slack.standIn.driver.next(ben.id, first))).toContain("Heard");
  });

  it("is answered in the channel when the modal was closed meanwhile", async () => {
    const form = await openForm();
    dispatcher.slowMs = 2_500;
    const first = await on.slack.standIn.driver.submit(ben.id, form, { text: "slow" });
    on.slack.standIn.driver.close(first);
    const reply = await on.slack.standIn.driver.next(ben.id, first);
    expect(reply.kind).toBe("private");
    expect(wordsOf(reply)).toContain("Heard");
  });

  it("is the same one when it is delivered again", async () => {
    const { driver, socket } = on.slack.standIn;
    const first = await driver.submit(ben.id, await openForm(), { text: "words" });
    socket.redeliver();
    await driver.next(ben.id, first);
    const [one, two] = dispatcher.invocations.map(({ id }) => id);
    expect(one).toBe(two);
  });

  it("is the same one when Slack offers the form again and it is sent again, unless it was changed", async () => {
    const { driver, socket } = on.slack.standIn;
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

describe("a reply", () => {
  it("gives way to what is said later, in the modal that a form became", async () => {
    const form = await openForm();
    dispatcher.amendment = { title: "Read again", blocks: [] };
    await on.slack.standIn.driver.submit(ben.id, form, { text: "words" });
    const found = await on.slack.standIn.workspace.until(
      () => on.slack.standIn.workspace.sights(ben.id).find((sight) => wordsOf(sight).includes("Read again")),
      "the second view",
      20_000,
    );
    expect(found.kind).toBe("modal");
  });
});
