/** What every platform's receiver must do: carry invocations in, and forms and replies out. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Invocation } from "../../src/app/command.ts";
import type { Dispatcher } from "../../src/app/dispatch.ts";
import { boardNamed } from "../kit/pictures.ts";
import { ada, ben, type Person, type ReceiverHarness, RecordingDispatcher } from "./receiver.ts";

export function receiverContract(
  name: string,
  start: (dispatcher: Dispatcher, people: readonly Person[]) => Promise<ReceiverHarness>,
): void {
  describe(`receiver contract: ${name}`, () => {
    const dispatcher = new RecordingDispatcher();
    let harness: ReceiverHarness;
    beforeAll(async () => {
      harness = await start(dispatcher, [ada, ben]);
    });
    afterAll(async () => {
      await harness?.stop();
    });
    beforeEach(() => {
      dispatcher.invocations.length = 0;
      dispatcher.slowMs = 0;
      dispatcher.reply = undefined;
    });

    const only = () => {
      expect(dispatcher.invocations).toHaveLength(1);
      return dispatcher.invocations[0] as Invocation;
    };
    const invite = async () => {
      const { remote } = await harness.messenger.deliver({
        kind: "post",
        key: `receiver/${Math.random()}`,
        attempt: 1,
        to: harness.channel,
        view: {
          title: "A round",
          blocks: [
            {
              kind: "buttons",
              buttons: [
                { label: "Answer", command: "round answer", input: { round: "r1" }, revision: 4 },
                { label: "Answer the old one", command: "round answer", input: { round: "gone" } },
                { label: "Loud", command: "echo", input: { words: "hi", loud: true, times: 3 } },
              ],
            },
          ],
        },
      });
      return { remote };
    };

    it("carries a slash command: path, typed input, person, place", async () => {
      const seen = await harness.slash(ada, "echo", { words: "two words: here", times: 2, loud: false, tone: "keen" });
      const invocation = only();
      expect(invocation).toMatchObject({
        path: "echo",
        input: { words: "two words: here", times: 2, loud: false, tone: "keen" },
        who: { ...ada, platform: harness.channel.platform, space: harness.channel.space },
        place: harness.channel,
      });
      expect(invocation.id.length).toBeGreaterThan(4);
      expect(seen).toMatchObject({ kind: "reply", buttons: ["Again"] });
      expect(seen.kind === "reply" && seen.text).toContain("Heard");
    });

    it("carries a command of two words, and who may not manage", async () => {
      await harness.slash(ben, "round start", {});
      expect(only()).toMatchObject({ path: "round start", input: {}, who: { id: ben.id, manager: false } });
    });

    it("gives every invocation an id of its own", async () => {
      await harness.slash(ada, "round start", {});
      await harness.slash(ada, "round start", {});
      expect(new Set(dispatcher.invocations.map((invocation) => invocation.id)).size).toBe(2);
    });

    it("carries a button press, with its input and types", async () => {
      await harness.press(ben, await invite(), "Loud");
      expect(only()).toMatchObject({
        path: "echo",
        input: { words: "hi", loud: true, times: 3 },
        who: { id: ben.id },
        place: harness.channel,
      });
    });

    it("opens a form from a button, and carries what was filled in", async () => {
      const seen = await harness.press(ben, await invite(), "Answer");
      expect(dispatcher.invocations).toHaveLength(0);
      if (seen.kind !== "form") throw new Error("no form opened");
      expect(seen.labels).toEqual(["Your answer", "How sure are you?"]);
      const text = "First I ask for the goal.\nThen: <@1001> & *traffic*";
      const reply = await harness.submit(ben, seen.token, { text, level: "sure" });
      expect(only()).toMatchObject({
        path: "round answer",
        input: { round: "r1", text, level: "sure", carried: "by the form" },
        revision: 4,
        who: { id: ben.id },
        place: harness.channel,
      });
      expect(reply).toMatchObject({ kind: "reply" });
    });

    it("leaves out what was not filled in", async () => {
      const seen = await harness.press(ben, await invite(), "Answer");
      if (seen.kind !== "form") throw new Error("no form opened");
      await harness.submit(ben, seen.token, { text: "only text" });
      expect(only().input).toEqual({ round: "r1", text: "only text", carried: "by the form" });
    });

    it("replies privately when the form cannot be opened", async () => {
      const seen = await harness.press(ben, await invite(), "Answer the old one");
      expect(seen).toMatchObject({ kind: "reply" });
      expect(seen.kind === "reply" && seen.text).toContain("That round is over");
    });

    it("carries a button of a private reply", async () => {
      const seen = await harness.slash(ada, "echo", { words: "x" });
      dispatcher.invocations.length = 0;
      await harness.press(ada, { token: seen.token }, "Again");
      expect(only()).toMatchObject({ path: "echo", input: { words: "again" }, who: { id: ada.id } });
    });

    it("names the thread and its channel", async () => {
      const root = await invite();
      const { remote } = await harness.messenger.deliver({
        kind: "thread",
        key: `receiver/${Math.random()}`,
        attempt: 1,
        to: harness.channel,
        message: root.remote,
        title: "Inside",
      });
      const thread = { ...harness.channel, thread: remote };
      const inside = await harness.messenger.deliver({
        kind: "post",
        key: `receiver/${Math.random()}`,
        attempt: 1,
        to: thread,
        view: {
          title: "In the thread",
          blocks: [{ kind: "buttons", buttons: [{ label: "Loud", command: "echo", input: { words: "in" } }] }],
        },
      });
      await harness.press(ada, { remote: inside.remote }, "Loud", thread);
      expect(only().place).toEqual(thread);
    });

    it("acknowledges in time when the answer takes longer than the platform waits", async () => {
      dispatcher.slowMs = 3_600;
      const seen = await harness.slash(ada, "echo", { words: "slow" });
      expect(seen.kind === "reply" && seen.text).toContain("Heard");
    });

    it.each(["a slash command", "a form"] as const)("replies to %s with a picture and its words", async (what) => {
      const block = boardNamed(`Reply to ${what}`);
      dispatcher.reply = { title: "Board", blocks: [block, { kind: "text", markdown: "Ada leads with 120." }] };
      let seen = await (what === "a form" ? harness.press(ben, await invite(), "Answer") : harness.slash(ben, "round start", {}));
      if (seen.kind === "form") seen = await harness.submit(ben, seen.token, { text: "only text" });
      if (seen.kind !== "reply") throw new Error("no reply");
      expect(seen.text).toContain("Ada leads with 120.");
      expect(await harness.pictured(seen.token)).toEqual([block.alt]);
    });

    it.each(["a slash command", "a form"] as const)("replies to %s with a file for that person alone", async (what) => {
      const name = `${what.replaceAll(" ", "-")}.json`;
      const text = JSON.stringify({ words: "田中 🚀 @everyone <!channel>", long: "x".repeat(100_000) });
      dispatcher.reply = { title: "Your file", blocks: [{ kind: "file", name, type: "application/json", text }] };
      let seen = await (what === "a form" ? harness.press(ben, await invite(), "Answer") : harness.slash(ben, "round start", {}));
      if (seen.kind === "form") seen = await harness.submit(ben, seen.token, { text: "only text" });
      if (seen.kind !== "reply") throw new Error("no reply");
      expect(seen.text).toContain("Your file");
      expect((await harness.files(ben, seen.token)).get(name)).toBe(text);
    });

    it("carries a redelivered interaction under the same id", async ({ skip }) => {
      if (!harness.redeliver) return skip("this platform does not deliver twice");
      await harness.slash(ada, "echo", { words: "once" });
      await harness.redeliver();
      const ids = dispatcher.invocations.map((invocation) => invocation.id);
      expect(ids.length).toBeGreaterThan(0);
      expect(new Set(ids).size).toBe(1);
    });

    it("completes a field while it is typed", async ({ skip }) => {
      if (!harness.complete) return skip("this platform has no completion");
      expect(await harness.complete(ada, "echo", "words", "ab")).toEqual(["words: ab1", "words: ab2"]);
    });
  });
}
