/** Rounds without a human interviewer, as people take them: one alone with the bot, one in turns. */
import { expect } from "vitest";
import { STEPS } from "../../src/core/content.ts";
import { MINUTE } from "../../src/core/place.ts";
import type { Stage } from "./stage.ts";
import { PEOPLE } from "./stage.ts";

const { ada, ben, chen } = PEOPLE;
const byId = new Map<string, (typeof PEOPLE)[keyof typeof PEOPLE]>(Object.values(PEOPLE).map((one) => [one.id, one]));

export async function modesScript(stage: Stage): Promise<void> {
  const { channel, store, beat, find, text, slash, press, fill, restart, clock } = stage;
  const active = async () => {
    const group = await store.read.groups.at(channel);
    return group ? store.read.rounds.active(group.id) : [];
  };
  const threadOf = async () => {
    await beat();
    const round = (await active()).at(-1);
    return { ...channel, thread: round?.thread ?? expect.fail("the round has no thread") };
  };

  // Alone: the question is there at once; what was said is quoted back as typed, and pings nobody.
  expect(await slash(ben, "mock start", { mode: "solo", case: "ad-click-prediction" })).toContain("The round begins");
  expect(await slash(ben, "mock start", { mode: "solo" })).toContain("Your round is still running");
  const alone = await threadOf();
  const first = await find(alone, "Step 1 of 7");
  expect(text(await press(ada, first, "Answer", alone))).toContain("Only the candidate answers");
  const hostile = "<!channel> @everyone I would use BERT *embeddings* for that.";
  expect(await fill(ben, first, "Answer", () => ({ text: hostile }), alone)).toContain("Said");
  const question = await find(alone, "names a model early");
  expect(question.text).toContain("BERT");
  await restart();
  expect(await fill(ben, question, "Answer", () => ({ text: "no idea" }), alone)).toContain("Said");
  const again = await find(alone, "Question");
  expect(again.remote).not.toBe(question.remote);
  expect(await fill(ben, again, "Answer", () => ({ text: "no idea" }), alone)).toContain("Said");
  for (const step of STEPS.keys()) {
    if (step === 0) continue;
    const prompt = await find(alone, `Step ${step + 1} of 7`);
    if (step === 2) await clock.advanceTo(clock.now() + 6 * MINUTE);
    else expect(text(await press(ben, prompt, "Next step", alone))).toContain("On to the next");
    if (step === 1) expect(text(await press(ben, prompt, "Next step", alone))).toContain("has closed already");
  }
  expect((await find(alone, "Scorecard")).text).toContain("No points");

  // In turns: each has a step, whoever is not on turn is told so, who leaves is passed over.
  expect(await slash(ada, "mock start", { mode: "relay", case: "news-feed" })).toContain("The lobby is open");
  const lobby = await find(channel, "in turn");
  expect(text(await press(ada, lobby, "Begin"))).toContain("It takes 2");
  for (const who of [ben, chen]) expect(text(await press(who, lobby, "Take a turn"))).toContain("You are the candidate");
  expect(text(await press(chen, lobby, "Begin"))).toContain("The round begins");
  const together = await threadOf();
  const onTurn = async () => {
    const round = (await active()).at(-1);
    const [now, then] = [round?.candidate, round?.line[0]].map((id) => byId.get(id ?? ""));
    return { now: now ?? expect.fail("nobody is on turn"), then };
  };
  for (const step of STEPS.keys()) {
    if (step === 3) {
      const { now } = await onTurn();
      expect(text(await press(now, await find(channel, "Running in the thread"), "Leave"))).toContain("You left your seat");
      await find(together, "out of the line");
    }
    const prompt = await find(together, `Step ${step + 1} of 7`);
    const { now, then } = await onTurn();
    if (then) expect(text(await press(then, prompt, "Answer", together))).toContain("It is not your turn");
    expect(await fill(now, prompt, "Answer", () => ({ text: `Half a million requests a second, ${step}.` }), together)).toContain("Said");
    if (step === 0) await restart();
    expect(text(await press(now, prompt, "Next step", together))).toContain("On to the next");
  }
  const scoring = await find(together, "scoring");
  const { steps = [] } = (await active()).at(-1) ?? {};
  const author = byId.get(steps.at(-1)?.answers[0]?.by ?? "") ?? expect.fail("nobody answered the last step");
  expect(text(await press(author, scoring, "Score step 7", together))).toContain("You answered that step");
  await clock.advanceTo(clock.now() + 16 * MINUTE);
  expect((await find(together, "Scorecard")).text).toMatch(/steps? \d/);
}
