/** What every platform must do with what people write: carry it in once, and answer by a sign, or privately where that goes. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Dispatcher } from "../../src/app/dispatch.ts";
import { HELLO } from "../../src/app/talk.ts";
import type { Place } from "../../src/core/place.ts";
import { MARKS, type Mark, type View } from "../../src/core/view.ts";
import { eventually } from "../kit/pictures.ts";
import { ada, ben, type Person, type ReceiverHarness, RecordingDispatcher } from "./receiver.ts";

const marked = (mark: Mark): View => ({ title: `Marked as ${mark}`, mark, blocks: [] });
const LONG: View = { title: "That is too long", tone: "warn", blocks: [{ kind: "text", markdown: "Nothing was kept, **@everyone**." }] };

export function talkContract(name: string, start: (dispatcher: Dispatcher, people: readonly Person[]) => Promise<ReceiverHarness>): void {
  describe(`talk contract: ${name}`, () => {
    const dispatcher = new RecordingDispatcher();
    let harness: ReceiverHarness;
    let thread: Place;
    beforeAll(async () => {
      harness = await start(dispatcher, [ada, ben]);
      thread = await harness.talk.thread();
    });
    afterAll(async () => {
      await harness?.stop();
    });
    beforeEach(() => {
      dispatcher.invocations.length = 0;
      dispatcher.heard.length = 0;
      dispatcher.slowMs = 0;
      dispatcher.hearing = { reply: marked("said") };
    });

    const heard = (count: number) =>
      eventually(() => (dispatcher.heard.length >= count ? dispatcher.heard : undefined), `${count} messages to be heard`);
    const signed = (message: string, sign: string) =>
      eventually(async () => ((await harness.talk.signs(message, thread)).includes(sign) ? true : undefined), `the sign ${sign}`);
    /** What is written in a thread is taken in its order: when this is there, all before it was dealt with. */
    const fence = async (where = thread) => {
      const before = dispatcher.heard.length;
      await harness.talk.write(ada, "that was all", where);
      await eventually(() => dispatcher.heard.slice(before).some(({ text }) => text === "that was all") || undefined, "the last message");
    };
    const texts = () => dispatcher.heard.map(({ text }) => text);

    it("carries words in a thread: text, person, place, an id, and puts a sign beside them", async () => {
      const message = await harness.talk.write(ben, "First I ask for the goal.\nThen for traffic.", thread);
      const [words] = await heard(1);
      const { channel } = harness;
      expect(words).toMatchObject({
        text: "First I ask for the goal.\nThen for traffic.",
        who: { ...ben, platform: channel.platform, space: channel.space },
        place: thread,
      });
      expect(words?.ageMs).toBeLessThan(2_000);
      expect(words?.id.length).toBeGreaterThan(4);
      await signed(message, MARKS.said);
      expect(await harness.talk.told(ben, thread)).toEqual([]);
    });

    it("puts another sign beside a question", async () => {
      dispatcher.hearing = { reply: marked("asked") };
      await signed(await harness.talk.write(ada, "And at peak?", thread), MARKS.asked);
    });

    it("takes several in a row one by one, in their order, each with an id of its own", async () => {
      dispatcher.slowMs = 40;
      dispatcher.sideBySide = 0;
      const said = ["one", "two", "three", "four"];
      for (const text of said) await harness.talk.write(ben, text, thread);
      await heard(4);
      expect(texts()).toEqual(said);
      expect(dispatcher.sideBySide).toBe(1);
      expect(new Set(dispatcher.heard.map(({ id }) => id)).size).toBe(4);
    });

    it("knows a message that is delivered again by its id, and signs it once", async () => {
      const message = await harness.talk.write(ben, "said once", thread, { times: 3 });
      await heard(3);
      expect(new Set(dispatcher.heard.map(({ id }) => id)).size).toBe(1);
      await signed(message, MARKS.said);
      expect(await harness.talk.signs(message, thread)).toEqual([MARKS.said]);
    });

    it("says how old words are that come late", async ({ skip }) => {
      if (!harness.talk.unreliable) return skip("nothing comes late here");
      await harness.talk.write(ben, "written long ago", thread, { ageMs: 3_600_000 });
      const [words] = await heard(1);
      expect(words?.ageMs).toBeGreaterThan(3_590_000);
    });

    it("hears no bot, not itself, and no change of what was said", async ({ skip }) => {
      if (!harness.talk.unreliable) return skip("there are neither bots nor changes here");
      await harness.talk.write(ada, "I am a bot", thread, { by: "bot" });
      await harness.talk.write(ada, "I am the bot", thread, { by: "self" });
      await harness.talk.write(ben, "as first written", thread, { edited: true });
      await fence();
      expect(texts()).toEqual(["as first written", "that was all"]);
    });

    it("gives markup as plain words", async () => {
      const { written, plain } = harness.talk.markup(ada);
      await harness.talk.write(ben, written, thread);
      expect((await heard(1))[0]?.text).toBe(plain);
    });

    it("carries a file without words, and one with them", async ({ skip }) => {
      if (!harness.talk.unreliable) return skip("there are no files here");
      await harness.talk.write(ben, "", thread, { file: true });
      await harness.talk.write(ben, "as in the drawing", thread, { file: true });
      await heard(2);
      expect(texts()).toEqual(["", "as in the drawing"]);
    });

    it("tells who is not on turn privately, or by a sign", async () => {
      dispatcher.hearing = { reply: marked("hush") };
      const { hushSign } = harness.talk;
      const before = (await harness.talk.told(ben, thread)).length;
      const message = await harness.talk.write(ben, "I would do otherwise", thread);
      if (hushSign !== undefined) return signed(message, hushSign);
      const told = await eventually(async () => (await harness.talk.told(ben, thread))[before], "a private word");
      expect(told).toContain("Marked as hush");
      expect(await harness.talk.signs(message, thread)).toEqual([]);
    });

    it("answers in words what no sign can say, and pings nobody", async () => {
      dispatcher.hearing = { reply: LONG };
      const before = (await harness.talk.told(ben, thread)).length;
      await harness.talk.write(ben, "much too long", thread);
      const told = await eventually(async () => (await harness.talk.told(ben, thread))[before], "words");
      expect(told).toContain("That is too long");
    });

    it("says nothing where there is nothing to say, and nothing of what is no round's", async () => {
      const before = (await harness.talk.told(ben, thread)).length;
      dispatcher.hearing = {};
      const first = await harness.talk.write(ben, "I said so before", thread);
      await heard(1);
      dispatcher.hearing = undefined;
      const second = await harness.talk.write(ben, "just talking", thread, { calling: false });
      await fence();
      for (const message of [first, second]) expect(await harness.talk.signs(message, thread)).toEqual([]);
      expect((await harness.talk.told(ben, thread)).length).toBe(before);
      expect(dispatcher.invocations.filter(({ who }) => who.id === ben.id)).toEqual([]);
    });

    it("does not listen outside of threads", async () => {
      await harness.talk.write(ben, "good morning", harness.channel);
      await fence();
      expect(texts()).toEqual(["that was all"]);
      expect(dispatcher.invocations).toEqual([]);
    });

    it("says what it can do when it is called by name where no round is, or written to alone", async ({ skip }) => {
      const { direct } = harness.talk;
      if (!direct) return skip("nobody is called by name here");
      for (const where of [harness.channel, direct]) {
        dispatcher.invocations.length = 0;
        const before = (await harness.talk.told(ben, where)).length;
        await harness.talk.write(ben, "what is this", where, { calling: true });
        const told = await eventually(async () => (await harness.talk.told(ben, where))[before], "an answer");
        expect(told).toContain("Heard");
        expect(dispatcher.invocations).toMatchObject([{ path: HELLO, input: {}, who: { id: ben.id }, place: where }]);
      }
      expect(dispatcher.heard).toEqual([]);
    });
  });
}
