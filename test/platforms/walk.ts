/** The product's walk as people take it: a daily drill, a mock round, the leaderboard. */
import { expect } from "vitest";
import { STEPS } from "../../src/core/content.ts";
import { DAY, HOUR, MINUTE } from "../../src/core/place.ts";
import type { Shown } from "../contract/messenger.ts";
import { earnedIn } from "../kit/board.ts";
import { dailyScript } from "./daily_walk.ts";
import { everyScript } from "./every_walk.ts";
import { modesScript } from "./modes_walk.ts";
import { peopleScript } from "./people_walk.ts";
import { planScript } from "./plan_walk.ts";
import { recallScript } from "./recall_walk.ts";
import { type FormSeen, PEOPLE, type Stage, type Start, walk } from "./stage.ts";
import { talkScript } from "./talk_walk.ts";

const { ada, ben, chen } = PEOPLE;

const SAID = "About 500 million users a day with 30 requests each make half a million requests a second at peak, within 150 ms at p99.";

/** All walks of the product, on one platform. */
export function productWalk(start: Start): void {
  walk("walks through a daily drill, a mock round and the leaderboard", start, firstWeek);
  walk("walks through all that one can do with a daily drill", start, dailyScript);
  walk("walks through a mock round that is played by writing", start, talkScript);
  walk("walks through a round alone with the bot, and one in turns", start, modesScript);
  walk("walks through a recall session and one's own progress", start, recallScript);
  walk("follows a study plan, takes the data along and has it deleted", start, peopleScript);
  walk("walks from a planned round to its lobby, and through the weekly pairing", start, planScript);
  walk("is answered whatever it types", start, everyScript);
}

async function firstWeek({
  walker,
  channel,
  store,
  library,
  clock,
  restart,
  beat,
  find,
  text,
  slash,
  press,
  fill,
  fillSlash,
  threadOf,
}: Stage): Promise<void> {
  // A newcomer: nothing is set up, and only an organizer may.
  expect(await slash(ben, "daily today", {})).toContain("No group meets here yet");
  expect(await slash(ben, "setup", { time: "09:00", zone: "Europe/Berlin", weekdays: "daily" })).toContain("Only an organizer");
  expect(await slash(ada, "setup", { time: "25:00", zone: "Europe/Berlin", weekdays: "daily" })).toContain("is no time of day");
  expect(await slash(ada, "setup", { time: "09:00", zone: "Europe/Berlin", weekdays: "daily", mix: "open choice" })).toContain(
    "The daily drill is set up",
  );

  // The day comes: one post, however often the clock beats.
  await clock.advanceTo(clock.now() + DAY);
  const drill = await find(channel, "Daily drill");
  await restart();
  await beat();
  const posts = (await walker.shown(channel)).filter((shown) => shown.text.includes("Daily drill"));
  expect(posts).toHaveLength(1);

  // Two people answer; a second answer is an improvement.
  const answer = (words: string) => (form: FormSeen) => ({ answer: form.title === "Your choice" ? "1" : words });
  for (const who of [ada, ben]) expect(await fill(who, drill, "Answer", answer(SAID))).toMatch(/points covered|choice is in/);
  expect(await fill(ben, drill, "Answer", answer(`${SAID} And we roll back.`))).toMatch(
    /improvement|first answer scores|first choice scores/i,
  );

  // The reveal opens the thread. By some hours of the day the next drill is there by then, too.
  await clock.advanceTo(clock.now() + 21 * HOUR);
  const group = await store.read.groups.at(channel);
  const closed = await find(channel, "Closed with 2 answers");
  expect(closed.remote).toBe(drill.remote);
  await find(await threadOf(closed), "Reference answer");

  // A round of three: lobby, seats, seven steps with questions, a curveball and more time.
  expect(await slash(ada, "mock start", { seat: "candidate" })).toContain("The lobby is open");
  expect(await slash(ben, "mock start", {})).toContain("A lobby is open already");
  const lobby = await find(channel, "Mock round");
  expect(text(await press(ada, lobby, "Begin"))).toContain("There is no interviewer yet");
  expect(text(await press(ben, lobby, "Candidate"))).toContain("seat is taken");
  expect(text(await press(ben, lobby, "Interviewer"))).toContain("You are the interviewer");
  expect(text(await press(chen, lobby, "Scorer"))).toContain("You are the scorer");
  expect(text(await press(ben, lobby, "Begin"))).toContain("The round begins");
  await beat();
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
    if (step === 0) {
      expect(text(await press(chen, prompt, "Ask", thread))).toContain("Only the interviewer asks");
      expect(await fill(ben, prompt, "Ask", () => ({ question: "1" }), thread)).toContain("A strong answer");
      expect(await fill(ben, prompt, "Ask", () => ({ question: "own", words: "@everyone, and why?" }), thread)).toContain("Asked");
      expect(await fill(ada, await find(thread, "and why?"), "Answer", () => ({ text: "Because it is cheap." }), thread)).toContain("Said");
      await find(thread, "Because it is cheap.");
    }
    if (step === 1) {
      expect(text(await press(ben, prompt, "Curveball", thread))).toContain("Should stay");
      await find(thread, "Curveball!");
      expect(text(await press(ben, prompt, "Curveball", thread))).toContain("The curveball is thrown");
    }
    if (step === 2) {
      await clock.advanceTo(clock.now() + 5 * MINUTE);
      const warning = await find(thread, "2 minutes left");
      expect(text(await press(ada, warning, "3 more minutes", thread))).toContain("3 minutes more");
      expect(text(await press(ben, prompt, "3 more minutes", thread))).toContain("extended already");
      await find(thread, "asked for them");
    }
    if (step === 3) await restart();
    if (step === 4) await clock.advanceTo(clock.now() + 8 * MINUTE);
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

  // Taken along, by who took part.
  const exported = await press(chen, card, "Export", thread);
  expect(text(exported)).toContain("Scorer A");
  if (exported.kind !== "reply") return expect.fail("no reply");
  expect(text(await press(chen, exported, "As JSON", thread))).toContain("version");
  expect(text(await press(chen, exported, "Next part", thread))).toContain("part 2 of");

  // The sum of it.
  const board = await slash(chen, "leaderboard", { window: "all" });
  const points = group ? await earnedIn(store, group.id) : [];
  expect(points.map(({ member }) => member).sort()).toEqual([ada.id, ben.id, chen.id]);
  expect(points.find(({ member }) => member === chen.id)?.points).toBe(10);
  expect(points.find(({ member }) => member === ada.id)?.points).toBeGreaterThanOrEqual(37);
  for (const { name, points: sum } of points) expect(board).toMatch(new RegExp(`${name}[\\s\\S]*${sum}`));
  await boards({ walker, channel, slash, press, fill, find, text });
  expect(await slash(ben, "help", {})).toContain("/mock start");

  // Drawing of one's own accord, but not what the group is being asked.
  const asked = group && (await store.read.posts.newest(group.id))?.drill?.split("/")[1];
  const free = [...library.bank.cases.keys()].find((slug) => slug !== asked) ?? expect.fail("one case alone");
  const drawing = () => ({ case: free, diagram: "online", drawing: "client -> gateway -> my cache" });
  expect(await fillSlash(ben, "draw", drawing)).toContain("% of the boxes and arrows");
  expect(await fillSlash(ben, "draw", () => ({ ...drawing(), drawing: "just words" }))).toContain("There is no arrow in it");
}

/** Every board by its buttons, an entry voided, somebody hidden, a season. */
async function boards({
  walker,
  channel,
  slash,
  press,
  fill,
  find,
  text,
}: Pick<Stage, "walker" | "channel" | "slash" | "press" | "fill" | "find" | "text">): Promise<void> {
  let view = await walker.slash(ben, "leaderboard", {});
  for (const [label, words] of [
    ["This month", "this month"],
    ["All channels", "all channels"],
    ["Streaks", "drills in a row"],
    ["By step", "revealed answers"],
    ["7 Monitoring and maintenance", "revealed answers"],
    ["Points", "this month"],
  ] as const) {
    if (view.kind !== "reply") return expect.fail("no reply");
    view = await press(ben, view, label);
    expect(text(view)).toContain(words);
  }
  const entries = await walker.slash(ada, "points void", { member: chen.id });
  if (entries.kind !== "reply") return expect.fail("no reply");
  expect(await fill(ada, entries, "Void 1", () => ({ reason: "Scored @everyone <!channel> alike" }))).toContain("Voided");
  expect(await slash(chen, "points mine", {})).toContain("that do not count");
  expect(await slash(ben, "points void", { member: chen.id })).toContain("Only an organizer");
  await slash(ben, "points hide", {});
  expect(await slash(ada, "leaderboard", { window: "all" })).not.toContain("Ben");
  expect(await slash(ben, "leaderboard", { window: "all" })).toContain("Ben");
  await slash(ben, "points show", {});
  expect(await slash(ada, "season start", { name: "Winter *2027* @here" })).toContain("The season has begun");
  expect((await find(channel, "A season begins")).text).toContain("Winter *2027* @here");
  expect(await slash(ben, "season list", {})).toContain("Winter *2027* @here");
  expect(await slash(ada, "points rings", {})).toContain("Nothing stands out");
}
