/** A member's own things as people do them: a study plan, all that is kept about them, and leaving without a trace. */
import { expect } from "vitest";
import { DAY } from "../../src/core/place.ts";
import { PEOPLE, type Stage } from "./stage.ts";

const { ada, ben, chen } = PEOPLE;

/** Hostile in every way that a platform knows. */
const SAID = "@everyone <!channel> <@1001> half a million requests a second **at peak**";

export async function peopleScript(stage: Stage): Promise<void> {
  const { walker, channel, store, clock, restart, beat, find, text, slash, press, fill, fillSlash } = stage;
  const replyTo = async (who: typeof ada | typeof ben, path: string) => {
    const seen = await walker.slash(who, path, {});
    return seen.kind === "reply" ? seen : expect.fail(`/${path} opened a form`);
  };

  // The group's plan is the organizer's; a newcomer follows none.
  expect(await slash(ben, "plan today")).toContain("You follow no plan");
  expect(await slash(ada, "setup", { time: "09:00", zone: "Europe/Berlin", mix: "open" })).toContain("The daily drill is set up");
  expect(await slash(ben, "plan group", { days: "30" })).toContain("Only an organizer");
  expect(await slash(ada, "plan group", { days: "12" })).toContain("There is no such plan");
  expect(await fillSlash(ada, "plan group", () => ({ days: "one-month" }))).toContain("The group follows One month");
  const told = await find(channel, "This group follows a plan");
  expect(await slash(ben, "plan today")).toContain("The group's plan: One month, day 1 of 30");
  expect(await slash(ada, "daily status")).toContain("day 1 of 30");

  // One's own, from the button under it: today's things, each with its way there.
  const first = await press(ben, told, "Follow it yourself");
  expect(text(first)).toContain("Day 1 of 30");
  expect(text(first)).toContain("0 of ");
  expect(await slash(ben, "plan start", { days: "14" })).toContain("You follow a plan already");
  expect(text(await press(ben, first as never, "Read it"))).toContain("The seven steps");
  expect(await slash(ben, "plan today")).toContain("✓ The seven steps");
  expect(text(await press(ben, await replyTo(ben, "plan today"), "Open the sheet"))).toContain("Trade-offs");
  await restart();
  const rest = await replyTo(ben, "plan today");
  expect(rest.text).toContain("That is all for today");
  expect(text(await press(ben, rest, "Not done after all"))).toContain("1 of ");

  // Two days away: no word was said, and nothing is lost.
  const before = (await walker.shown({ direct: ben.id })).length;
  await clock.advanceTo(clock.now() + 2 * DAY);
  const back = await replyTo(ben, "plan today");
  expect(back.text).toContain("Day 3 of 30");
  expect(back.text).toContain("No harm done");
  expect(await slash(ben, "plan today")).not.toContain("No harm done");
  expect((await walker.shown({ direct: ben.id })).length).toBe(before);
  expect(await slash(ben, "plan show")).toContain("Frameworks and trade-offs");
  expect(text(await press(ben, back, "Done"))).toContain("✓");

  // Words in a drill and a round.
  expect(await slash(ada, "plan group", { days: "none" })).toContain("The group follows no plan");
  await slash(ada, "setup", { time: "09:00", zone: "Europe/Berlin", mix: "open" });
  await clock.advanceTo(clock.now() + DAY);
  expect(await fill(ben, await find(channel, "Daily drill"), "Answer", () => ({ answer: SAID }))).toContain("points covered");
  expect(await slash(ada, "mock start", { seat: "candidate" })).toContain("The lobby is open");
  const lobby = await find(channel, "Mock round");
  await press(ben, lobby, "Interviewer");
  await press(chen, lobby, "Scorer");
  await press(ben, lobby, "Begin");
  await beat();
  const group = (await store.read.groups.at(channel)) ?? expect.fail("no group");
  const [round] = await store.read.rounds.active(group.id);
  const thread = { ...channel, thread: round?.thread ?? expect.fail("the round has no thread") };
  const prompt = await find(thread, "Step 1 of 7");
  expect(await fill(ben, prompt, "Ask", () => ({ question: "own", words: SAID }), thread)).toContain("Asked");
  const asked = await find(thread, "half a million");

  // Taken along, by its owner alone.
  const exported = await replyTo(ben, "data export");
  const files = await walker.files(ben, exported.token);
  const { data } = JSON.parse(files.get("drillroom-data.json") ?? expect.fail("no file came")) as {
    data: Record<string, { text?: string }[]>;
  };
  expect(JSON.stringify(data.drill_answer)).toContain("half a million");
  expect(Object.keys(data)).toEqual(expect.arrayContaining(["round", "study", "member", "invocation"]));
  expect(JSON.stringify(data)).not.toContain("Chen");

  // Asked twice, done once.
  const summary = await replyTo(ben, "data delete");
  expect(summary.text).toContain("It cannot be taken back");
  expect(await fill(ben, summary, "Delete it all", () => ({ word: "yes" }))).toContain("Nothing was deleted");
  const form = await press(ben, summary, "Delete it all");
  if (form.kind !== "form") return expect.fail("no form opened");
  expect(text(await walker.submit(ben, form.token, { word: "delete" }))).toContain("What was kept about you is deleted");
  await beat();

  // The channel keeps its history, without him; the round waits for another interviewer.
  const after = await walker.shown(thread);
  expect(after.map((message) => message.text).join("\n")).not.toContain("half a million");
  expect(after.find(({ remote }) => remote === asked.remote)?.text).toContain("removed by its author");
  const vacant = await find(thread, "The interviewer's seat is free");
  expect(vacant.text).toContain("Who had it has left");
  expect(text(await press(chen, vacant, "Take the interviewer's seat", thread))).toContain("You are the interviewer");
  expect(await store.read.studies.of({ ...ben, platform: channel.platform, space: channel.space })).toBeUndefined();

  // He may come back, and starts at nothing.
  expect(await slash(ben, "plan today")).toContain("You follow no plan");
}
