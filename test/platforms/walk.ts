/** The product's two walks as people take them: a daily drill and a mock round, on any platform. */
import { expect, it } from "vitest";
import { commands } from "../../commands/index.ts";
import { createClock } from "../../src/app/clock.ts";
import type { Dispatcher } from "../../src/app/dispatch.ts";
import { createEngine } from "../../src/app/engine.ts";
import { createLibrary } from "../../src/app/library.ts";
import { STEPS } from "../../src/core/content.ts";
import { DAY, HOUR, MINUTE, type Place } from "../../src/core/place.ts";
import { createLog } from "../../src/operations/log.ts";
import { loadBank } from "../../src/store/bank.ts";
import type { MessengerHarness, Shown } from "../contract/messenger.ts";
import type { Person, ReceiverHarness, Seen } from "../contract/receiver.ts";
import { openTestStore } from "../kit/database.ts";

export type Walker = ReceiverHarness & Pick<MessengerHarness, "shown">;

export const PEOPLE = {
  ada: { id: "1001", name: "Ada", manager: true },
  ben: { id: "1002", name: "Ben", manager: false },
  chen: { id: "1003", name: "Chen", manager: false },
} as const satisfies Record<string, Person>;
const { ada, ben, chen } = PEOPLE;

const SAID = "About 500 million users a day with 30 requests each make half a million requests a second at peak, within 150 ms at p99.";

/** `start` connects real people to the platform's stand-in, and the platform to our dispatcher. */
export function productWalk(start: (dispatcher: Dispatcher, people: readonly Person[]) => Promise<Walker>): void {
  it("walks through a daily drill, a mock round and the leaderboard", async () => {
    const { store, chatLog } = await openTestStore("pglite");
    const library = createLibrary(await loadBank(new URL("../../content/", import.meta.url)));
    const log = createLog("warn", []);
    const clock = createClock(0, { chatLog, store, beat: () => engine.beat() });
    const make = () => createEngine({ commands, store, library, now: clock.now, log });
    let engine = make();
    // What a receiver holds outlives a restart of the engine in the middle of the walk.
    const dispatcher: Dispatcher = {
      commands,
      wantsForm: (path, input) => engine.dispatcher.wantsForm(path, input),
      open: (invocation) => engine.dispatcher.open(invocation),
      dispatch: (invocation) => engine.dispatcher.dispatch(invocation),
      complete: (...typed) => engine.dispatcher.complete(...typed),
    };
    const walker = await start(dispatcher, [ada, ben, chen]);
    engine.connect(walker.messenger);
    const { channel } = walker;

    const restart = async () => {
      await engine.stop();
      engine = make();
      engine.connect(walker.messenger);
    };
    const find = async (where: Place, words: string): Promise<Shown> => {
      await engine.beat();
      const all = await walker.shown(where);
      const found = all.findLast(({ text }) => text.includes(words));
      return found ?? expect.fail(`"${words}" is not among: ${all.map(({ text }) => text.slice(0, 60)).join(" | ")}`);
    };
    const text = (seen: Seen) => (seen.kind === "reply" ? seen.text : `a form: ${seen.title}`);
    const press = (who: Person, on: Shown, label: string, where = channel) => walker.press(who, on, label, where);
    const fill = async (
      who: Person,
      on: Shown,
      label: string,
      values: (form: Seen & { kind: "form" }) => Record<string, string>,
      where = channel,
    ) => {
      const seen = await press(who, on, label, where);
      if (seen.kind !== "form") return expect.fail(`no form opened: ${seen.text}`);
      return text(await walker.submit(who, seen.token, values(seen)));
    };

    try {
      // A newcomer: nothing is set up, and only an organizer may.
      expect(text(await walker.slash(ben, "daily today", {}))).toContain("No group meets here yet");
      expect(text(await walker.slash(ben, "setup", { time: "09:00", zone: "Europe/Berlin", weekdays: "daily" }))).toContain(
        "Only an organizer",
      );
      expect(text(await walker.slash(ada, "setup", { time: "25:00", zone: "Europe/Berlin", weekdays: "daily" }))).toContain(
        "is no time of day",
      );
      expect(text(await walker.slash(ada, "setup", { time: "09:00", zone: "Europe/Berlin", weekdays: "daily" }))).toContain(
        "The daily drill is set up",
      );

      // The day comes: one post, however often the clock beats.
      await clock.advanceTo(clock.now() + DAY);
      const drill = await find(channel, "Daily drill");
      await restart();
      await engine.beat();
      const posts = (await walker.shown(channel)).filter((shown) => shown.text.includes("Daily drill"));
      expect(posts).toHaveLength(1);

      // Two people answer; a second answer is an improvement.
      const answer = (words: string) => (form: Seen & { kind: "form" }) => ({ answer: form.labels.includes("Which one?") ? "1" : words });
      for (const who of [ada, ben]) expect(await fill(who, drill, "Answer", answer(SAID))).toMatch(/points covered|choice is in/);
      expect(await fill(ben, drill, "Answer", answer(`${SAID} And we roll back.`))).toMatch(
        /improvement|first answer scores|first choice scores/i,
      );

      // The reveal opens the thread. By some hours of the day the next drill is there by then, too.
      await clock.advanceTo(clock.now() + 21 * HOUR);
      const group = await store.read.groups.at(channel);
      const closed = await find(channel, "Closed with 2 answers");
      expect(closed.remote).toBe(drill.remote);
      await find({ ...channel, thread: await threadOf(walker, closed) }, "Reference answer");

      // A round of three: lobby, seats, seven steps.
      expect(text(await walker.slash(ada, "mock start", { seat: "candidate" }))).toContain("The lobby is open");
      expect(text(await walker.slash(ben, "mock start", {}))).toContain("A lobby is open already");
      const lobby = await find(channel, "Mock round");
      expect(text(await press(ada, lobby, "Begin"))).toContain("There is no interviewer yet");
      expect(text(await press(ben, lobby, "Candidate"))).toContain("seat is taken");
      expect(text(await press(ben, lobby, "Interviewer"))).toContain("You are the interviewer");
      expect(text(await press(chen, lobby, "Scorer"))).toContain("You are the scorer");
      expect(text(await press(ben, lobby, "Begin"))).toContain("The round begins");
      await engine.beat();
      const [round] = group ? await store.read.rounds.active(group.id) : [];
      const thread = { ...channel, thread: round?.thread ?? expect.fail("the round has no thread") };

      let first: Shown | undefined;
      for (const step of STEPS.keys()) {
        const prompt = await find(thread, `Step ${step + 1} of 7`);
        first ??= prompt;
        expect(text(await press(ben, prompt, "Show my brief", thread))).toContain("A strong answer");
        expect(text(await press(ada, prompt, "Show my brief", thread))).toContain("The brief is for the interviewer");
        expect(text(await press(chen, prompt, "Answer", thread))).toContain("Only the candidate answers");
        expect(await fill(ada, prompt, "Answer", () => ({ text: `${SAID} (${step})` }), thread)).toContain("Said");
        await find(thread, `(${step})`);
        if (step === 3) await restart();
        if (step === 4) await clock.advanceTo(clock.now() + 15 * MINUTE);
        else expect(text(await press(ben, prompt, "Next step", thread))).toContain("On to the next");
        if (step === 1) expect(text(await press(ben, prompt, "Next step", thread))).toContain("has closed already");
      }
      expect(await fill(ada, first ?? expect.fail("no prompt"), "Answer", () => ({ text: "one more thing, too late" }), thread)).toContain(
        "kept as practice",
      );

      // Blind scores, then all at once.
      const scoring = await find(thread, "scoring");
      expect(text(await press(ada, scoring, "Score step 1", thread))).toContain("Only the interviewer and scorers score");
      for (const [who, level] of [
        [ben, "3"],
        [chen, "4"],
      ] as const)
        for (const step of STEPS.keys())
          expect(
            await fill(who, scoring, `Score step ${step + 1}`, () => ({ level, worked: "numbers", change: "draw first" }), thread),
          ).toContain("is scored");
      const card = await find(thread, "Scorecard");
      expect(card.text).toContain("3.5");

      // The sum of it.
      const board = text(await walker.slash(chen, "leaderboard", { window: "all" }));
      const points = group ? await store.read.ledger.board(group.id, undefined) : [];
      expect(points.map(({ member }) => member).sort()).toEqual([ada.id, ben.id, chen.id]);
      expect(points.find(({ member }) => member === chen.id)?.points).toBe(10);
      expect(points.find(({ member }) => member === ada.id)?.points).toBeGreaterThanOrEqual(37);
      for (const { name, points: sum } of points) expect(board).toMatch(new RegExp(`${name}[\\s\\S]*${sum}`));
      expect(text(await walker.slash(ben, "help", {}))).toContain("/mock start");
    } finally {
      await walker.stop();
      await engine.stop();
      await store.close();
    }
  }, 60_000);
}

/** The thread that starts from a message: every messenger answers a second request for it with the first one. */
const threadOf = async (walker: Walker, root: Shown): Promise<string> =>
  (
    await walker.messenger.deliver({
      kind: "thread",
      key: "walk/thread",
      attempt: 2,
      to: walker.channel,
      message: root.remote,
      title: "again",
    })
  ).remote;
