/** A live round that is played by writing: several answers, questions, a stranger, a restart in the middle. */
import { expect } from "vitest";
import { STEPS } from "../../src/core/content.ts";
import { MARKS } from "../../src/core/view.ts";
import type { Writing } from "../contract/receiver.ts";
import { eventually } from "../kit/pictures.ts";
import { PEOPLE, type Stage } from "./stage.ts";

const { ada, ben, chen } = PEOPLE;

export async function talkScript({ walker, channel, store, restart, beat, find, text, slash, press }: Stage): Promise<void> {
  expect(await slash(ada, "mock start", { seat: "candidate" })).toContain("The lobby is open");
  const lobby = await find(channel, "Mock round");
  expect(lobby.text).toContain("and nothing else");
  await press(ben, lobby, "Interviewer");
  await press(chen, lobby, "Scorer");
  expect(text(await press(ben, lobby, "Begin"))).toContain("The round begins");
  await beat();
  const group = (await store.read.groups.at(channel)) ?? expect.fail("there is no group");
  const round = async () => (await store.read.rounds.active(group.id))[0] ?? expect.fail("no round is active");
  const thread = { ...channel, thread: (await round()).thread ?? expect.fail("the round has no thread") };
  const { talk } = walker;
  /** Writes, and waits for the bot's sign. */
  const say = async (who: typeof ada | typeof ben, words: string, sign: string, how: Writing = {}) => {
    const message = await talk.write(who, words, thread, how);
    await eventually(async () => ((await talk.signs(message, thread)).includes(sign) ? true : undefined), `${sign} beside "${words}"`);
  };
  const step = async (at: number) => (await round()).steps[at];
  const copies = async (words: string) => (await walker.shown(thread)).filter((shown) => shown.text.includes(words));

  let prompt = await find(thread, "Step 1 of 7");
  await say(ada, "First I ask for the goal, @everyone.", MARKS.said);
  await say(ada, "Then for traffic: half a million requests a second.", MARKS.said, { times: 3 });
  await say(ben, "How fresh must it be?", MARKS.asked);
  // A scorer comments, twice: told once, and nothing of it is kept.
  const toldChen = async () => (await talk.told(chen, thread)).length;
  const before = await toldChen();
  const comment = await talk.write(chen, "I would have asked for latency", thread);
  await talk.write(chen, "and for cost", thread);
  await eventually(
    async () => (talk.hushSign ? (await talk.signs(comment, thread)).includes(talk.hushSign) : (await toldChen()) > before) || undefined,
    "a word to the scorer",
  );
  await restart();
  await say(ada, "An hour old at most.", MARKS.said);
  // All that came before it in the thread has been dealt with by now.
  expect(await toldChen()).toBe(talk.hushSign ? before : before + 1);
  const first = await step(0);
  expect(first?.answers.map((answer) => answer.text)).toEqual([
    "First I ask for the goal, @everyone.",
    "Then for traffic: half a million requests a second.",
    "An hour old at most.",
  ]);
  expect(first?.asks.map((asked) => asked.text)).toEqual(["How fresh must it be?"]);
  expect(JSON.stringify(await round())).not.toContain("latency");

  for (const at of STEPS.keys()) {
    if (at > 0) await say(ada, `My answer to step ${at + 1}.`, MARKS.said);
    if (at === 2) await restart();
    expect(text(await press(ben, prompt, "Next step", thread))).toContain("On to the next");
    if (at + 1 < STEPS.length) prompt = await find(thread, `Step ${at + 2} of 7`);
  }
  await find(thread, "scoring");
  // What was written stands in the thread once, where its author put it.
  expect(await copies("My answer to step 4.")).toHaveLength(1);
  const after = await talk.write(ada, "That was hard!", thread, { calling: false });
  await beat();
  expect(await talk.signs(after, thread)).toEqual([]);
  const { steps } = await round();
  expect(steps.map(({ answers }) => answers.length)).toEqual([3, 1, 1, 1, 1, 1, 1]);
  expect(steps.flatMap(({ answers }) => answers.filter(({ late }) => late))).toEqual([]);
}
