/** Everything around a daily drill as people do it: set up, five kinds, sharing, dispute, report, replacement, own questions. */
import { expect } from "vitest";
import { diagramBlock } from "../../src/core/drawing_views.ts";
import { diagramOf } from "../../src/core/drill.ts";
import { DAY, HOUR } from "../../src/core/place.ts";
import type { Shown } from "../contract/messenger.ts";
import { PEOPLE, type Stage } from "./stage.ts";

const { ada, ben, chen } = PEOPLE;

const SAID = "We ask what the business earns from it, how many requests a second come at peak, and within how many milliseconds.";
const setup = (mix: string) => () => ({ time: "09:00", zone: "Europe/Berlin", weekdays: "daily", mix, sealed: "20" });

export async function dailyScript(stage: Stage): Promise<void> {
  const { channel, store, library, clock, restart, find, slash, press, fill, fillSlash, threadOf, text, walker } = stage;
  const postNow = async () => {
    const group = (await store.read.groups.at(channel)) ?? expect.fail("no group");
    return (await store.read.posts.newest(group.id)) ?? expect.fail("no post");
  };
  const drillNow = async () => library.drills.get((await postNow()).drill ?? "") ?? expect.fail("no drill");
  const nextDrill = async (): Promise<Shown> => {
    await clock.advanceTo(clock.now() + DAY);
    return find(channel, "Daily drill");
  };

  // The organizer's form, with a mistake, then right; the bot checks its own permissions.
  expect(await fillSlash(ada, "setup", () => ({ ...setup("open draw")(), zone: "Berlin Time" }))).toContain("no IANA time zone");
  const reply = await fillSlash(ada, "setup", setup("choice estimate order"));
  expect(reply).toContain("The daily drill is set up");
  expect(reply).toContain("✓");
  expect(await slash(ben, "daily status")).toContain("Europe/Berlin");

  // Quick kinds: sealed until the reveal, and what cannot be read is explained.
  const kinds = new Set<string>();
  for (let day = 0; day < 12 && kinds.size < 3; day++) {
    const message = await nextDrill();
    const drill = await drillNow();
    if (kinds.has(drill.kind)) continue;
    kinds.add(drill.kind);
    if (drill.kind === "estimate") {
      expect(await fill(ben, message, "Answer", () => ({ answer: "a lot" }))).toContain("That number cannot be read");
      expect(await fill(ben, message, "Answer", () => ({ answer: String(drill.value) }))).toContain("Your estimate is in");
    } else if (drill.kind === "order") {
      expect(await fill(ben, message, "Answer", () => ({ answer: "1 1 1" }))).toContain("no order of these");
      expect(await fill(ben, message, "Answer", () => ({ answer: drill.right.map((at) => at + 1).join(" ") }))).toContain(
        "Your order is in",
      );
    } else expect(await fill(ben, message, "Answer", () => ({ answer: "1" }))).toContain("Your choice is in");
    expect(await slash(ben, "daily today")).toMatch(/is in/);
  }
  expect([...kinds].sort()).toEqual(["choice", "estimate", "order"]);

  // Long kinds: a drawing, then an answer in one's own words.
  expect(await fillSlash(ada, "setup", setup("open draw"))).toContain("The schedule is changed");
  let message = await nextDrill();
  for (let day = 0; day < 4 && (await drillNow()).kind !== "draw"; day++) message = await nextDrill();
  const form = await press(ben, message, "Answer");
  if (form.kind !== "form") return expect.fail("no form opened");
  const drawn = await walker.submit(ben, form.token, { answer: "client -> gateway\n@everyone" });
  expect(text(drawn)).toContain("% of the boxes and arrows");
  // The picture of it, in which nothing is said of what is missing.
  expect(await walker.pictured(drawn.token)).toEqual([expect.stringMatching(/^Your drawing: .*What is missing opens with the reveal\.$/)]);
  message = await nextDrill();
  expect((await find(await threadOf(await find(channel, "Closed with 1 answer")), "Reference answer")).pictures).toHaveLength(1);
  for (let day = 0; day < 4 && (await drillNow()).kind !== "open"; day++) message = await nextDrill();

  // Two answer; one shares; a form that was opened for this drill stays with it.
  const feedback = await press(ben, message, "Answer");
  if (feedback.kind !== "form") return expect.fail("no form opened");
  const answered = await walker.submit(ben, feedback.token, { answer: SAID });
  expect(text(answered)).toContain("points covered");
  if (answered.kind !== "reply") return expect.fail("no reply");
  expect(text(await press(ben, answered, "Share it at the reveal"))).toContain("It will be shown");
  const answeredPost = await postNow();
  const diagram = diagramOf(await drillNow(), library.bank);
  const open = await press(chen, message, "Answer");
  if (open.kind !== "form") return expect.fail("no form opened");
  await restart();

  // Reported, the reveal, and the thread with the shared answer.
  expect(await fillSlash(chen, "daily report", () => ({ reason: "unclear", note: "Which service is meant?" }))).toContain("Thank you");
  await clock.advanceTo(clock.now() + 20 * HOUR);
  const closed = await find(channel, "Closed with");
  const thread = await threadOf(closed);
  await find(thread, "Reference answer");
  // The reference first, then the diagram that it describes, where there is one.
  const shown = (await walker.shown(thread)).flatMap(({ pictures }) => pictures);
  expect(shown).toEqual(diagram ? [diagramBlock(diagram).alt] : []);
  expect((await find(thread, "An answer from the group")).text).toContain("how many requests");
  expect(text(await walker.submit(chen, open.token, { answer: "too late for points" }))).toContain("kept as practice");

  // A dispute, which the others decide.
  const [first] = await store.read.answers.of(answeredPost, ben.id);
  const uncounted = first?.grades.find(({ state }) => state !== "covered") ?? expect.fail("every point was counted");
  const mine = await press(ben, closed, "My answer");
  const disputed = { point: uncounted.id, words: "how many requests a second come at peak" };
  expect(await fill(ben, mine, "Dispute a point", () => ({ ...disputed, words: "never said" }))).toContain("not your words");
  expect(await fill(ben, mine, "Dispute a point", () => disputed)).toContain("The group is asked");
  const asked = await find(thread, "Does this answer say it?");
  expect(text(await press(ben, asked, "It says it", thread))).toContain("Nobody decides about themselves");
  expect(text(await press(chen, asked, "It does not", thread))).toContain("Thank you");
  expect(text(await press(ada, asked, "It says it", thread))).toContain("That decided it");
  await find(thread, "The group says: earned");

  // Replaced by the organizer; taken out of the thread; reasons given.
  expect(await slash(ben, "daily skip")).toContain("Only an organizer");
  await nextDrill();
  expect(await slash(ada, "daily why")).toContain("Kind");
  expect(await slash(ada, "daily skip")).toContain("Another one is on its way");
  await find(channel, "An organizer replaced this drill");
  expect(text(await press(ada, await find(thread, "An answer from the group"), "Remove", thread))).toContain("It is removed");
  await find(thread, "An answer was taken out");

  // A question of one's own, tried at once, approved, and paid.
  const proposal = {
    step: "data",
    prompt: "Where do the labels of our own shop come from, and how late are they?",
    reference: "From the order log: an order counts when it was not returned within thirty days, so labels are a month late.",
    points: "Names the order log as source | order log, orders\nSays how late labels are | thirty days, month & late",
    examples: "From the orders, a month late.",
  };
  expect(await fillSlash(ben, "daily propose", () => ({ ...proposal, points: "x" }))).toMatch(/cannot be read/);
  expect(await fillSlash(ben, "daily propose", () => proposal)).toContain("Proposed");
  const waiting = await walker.slash(ada, "daily proposals", {});
  if (waiting.kind !== "reply") return expect.fail("no reply");
  expect(text(await press(ada, waiting, "Approve"))).toContain("Approved");

  // Days off, a pause, and on again.
  expect(await fillSlash(ada, "daily off", () => ({ days: "2099-12-24 to 2099-12-26", back: "no" }))).toContain("Marked");
  expect(await slash(ada, "daily pause")).toContain("Paused");
  expect(await slash(ada, "daily resume")).toContain("It goes on");
  expect(await slash(ben, "daily remind", { wanted: true })).toContain("You will be reminded");
}
