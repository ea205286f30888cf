import { afterEach, describe, expect, it } from "vitest";
import type { DrillKind } from "../../src/core/content.ts";
import type { OpenDrill } from "../../src/core/drill.ts";
import { DAY, HOUR } from "../../src/core/place.ts";
import type { View } from "../../src/core/view.ts";
import { feedbackLines } from "../../src/operations/content_feedback.ts";
import { earnedIn } from "../kit/board.ts";
import { buttonOf, firstDrill, openProduct, type Product, wordsOf } from "../kit/product.ts";

let product: Product;
afterEach(() => product.close());

/** A group whose newest drill is of that kind, and open. */
async function at(kind: DrillKind) {
  product = await openProduct();
  const group = await firstDrill(product);
  for (let days = 0; days < 15; days++) {
    const post = (await product.store.read.posts.newest(group)) ?? expect.fail("there is no post");
    const drill = product.library.drills.get(post.drill ?? "") ?? expect.fail("it has no drill");
    if (drill.kind === kind) return { ...product, group, drill, post };
    await product.pass(DAY);
  }
  return expect.fail(`no ${kind} drill in two weeks`);
}
const points = async (group: string, name: string) => (await earnedIn(product.store, group)).find((one) => one.name === name)?.points ?? 0;
/** A view in a thread that was posted or edited last with these words in its title. */
const newest = (words: string): View => product.said(words).at(-1)?.view ?? expect.fail(`nobody said "${words}"`);
const notices = (member: string) => product.sent.filter((one) => one.kind === "notice" && one.member === member);

describe("sharing", () => {
  it("shows an answer at the reveal to whom its author agreed, and nobody else's", async () => {
    const { act, press, pass } = await at("open");
    const feedback = await act("Ben", "daily answer", { answer: "We ask for the traffic: 500,000 requests a second, @everyone **bold**." });
    await act("Chen", "daily answer", { answer: "I keep this for myself." });
    expect((await press("Ben", buttonOf(feedback, "Share it at the reveal"))).title).toBe("It will be shown");
    expect(wordsOf(await act("Ben", "daily today"))).toContain("Keep it private");
    expect(product.said("An answer from the group")).toHaveLength(0);
    await pass(20 * HOUR);
    expect(product.said("An answer from the group").map(({ view }) => wordsOf(view))).toEqual([
      expect.stringContaining("500,000 requests"),
    ]);
    expect(product.said("An answer from the group")[0]?.kind).toBe("post");
  });

  it("can be taken back, and can come later", async () => {
    const { act, press, pass } = await at("open");
    const feedback = await act("Ben", "daily answer", { answer: "We ask for the traffic first." });
    const share = buttonOf(feedback, "Share it at the reveal");
    await press("Ben", share);
    expect((await press("Ben", { ...share, input: { ...share.input, shared: false } })).title).toBe("It stays with you");
    await pass(20 * HOUR);
    expect(product.said("An answer from the group")).toHaveLength(0);
    expect((await press("Ben", share)).title).toBe("It is in the thread");
    await pass(0);
    expect(product.said("An answer from the group")).toHaveLength(1);
    expect((await press("Dina", share)).title).toBe("There is no answer to share");
  });

  it("can be taken back and given again after the reveal", async () => {
    const { act, press, pass } = await at("open");
    const share = buttonOf(await act("Ben", "daily answer", { answer: "We ask for the traffic first." }), "Share it at the reveal");
    await press("Ben", share);
    await pass(20 * HOUR);
    await press("Ben", { ...share, input: { ...share.input, shared: false } });
    await pass(0);
    expect(newest("An answer was taken out").title).toBeTruthy();
    product.now += 1;
    expect((await press("Ben", share)).title).toBe("It is in the thread");
    await pass(0);
    expect(product.sent.at(-1)).toMatchObject({ kind: "edit", view: { title: "An answer from the group" } });
  });

  it("is taken out of the thread by a muted member, too", async () => {
    const { act, press, pass } = await at("open");
    const share = buttonOf(await act("Ben", "daily answer", { answer: "We ask for the traffic first." }), "Share it at the reveal");
    await press("Ben", share);
    await pass(20 * HOUR);
    expect((await act("Ada", "daily mute", { member: "Ben" })).title).toBe("Muted");
    await press("Ben", { ...share, input: { ...share.input, shared: false } });
    await pass(0);
    expect(newest("An answer was taken out").title).toBeTruthy();
    expect((await act("Ada", "daily mute", { member: "Ben", muted: false })).title).toBe("Not muted any more");
  });

  it("is ended by an organizer, who can mute, and unmute", async () => {
    const { act, press, pass } = await at("open");
    const share = buttonOf(await act("Ben", "daily answer", { answer: "Something rude." }), "Share it at the reveal");
    await press("Ben", share);
    await pass(20 * HOUR);
    const remove = buttonOf(newest("An answer from the group"), "Remove");
    expect((await press("Chen", remove)).title).toBe("Only its author or an organizer removes it");
    const removed = await press("Ada", remove);
    await pass(0);
    expect(newest("An answer was taken out").title).toBeTruthy();
    expect((await press("Ben", share)).title).toBe("You cannot share here");
    const muted = await press("Ada", buttonOf(removed, "Mute this member here"));
    await pass(DAY);
    const next = await act("Ben", "daily answer", { answer: "1 2 3 4" });
    expect((await act("Ben", "daily propose", PROPOSAL)).title).toBe("You are muted in this group");
    expect(next.title).not.toContain("muted");
    await press("Ada", buttonOf(muted, "Unmute"));
    expect((await act("Ben", "daily propose", PROPOSAL)).title).toContain("Proposed");
  });
});

const PROPOSAL = {
  step: "data",
  prompt: "Where do the labels of our own shop come from, and how late are they?",
  reference: "From the order log: an order counts when it was not returned within thirty days, so labels are a month late.",
  points:
    "Names the order log as source | order log, orders\nSays how late labels are | thirty days, month & late, delay\nA point without words behind a bar",
  examples: "From the orders, a month late.\nWe ask people.",
};

describe("a dispute", () => {
  async function disputed() {
    const open = await at("open");
    const drill = open.drill as OpenDrill;
    const text = "We would begin with the goal, and the goal is what the business earns from it.";
    await open.act("Ben", "daily answer", { answer: text });
    const [missed] = drill.rubric;
    const input = { point: missed?.id ?? "", words: "the goal is what the business earns" };
    return { ...open, drill, input, missed: missed ?? expect.fail() };
  }

  it("waits for the reveal, and quotes the member's own words", async () => {
    const { act, pass, input } = await disputed();
    expect((await act("Ben", "daily dispute", input)).title).toBe("Not before the reveal");
    await pass(20 * HOUR);
    expect((await act("Ben", "daily dispute", { ...input, words: "what I never said" })).title).toBe("Those are not your words");
    expect((await act("Ben", "daily dispute", { ...input, point: "nothing" })).title).toBe("There is no such point");
    expect((await act("Chen", "daily dispute", input)).title).toBe("You have no scored answer here");
    expect((await act("Ben", "daily dispute", input)).title).toBe("The group is asked");
    expect((await act("Ben", "daily dispute", input)).title).toBe("You disputed that point already");
  });

  it("is decided by two peers, changes the score once and is kept for the author", async () => {
    const { act, press, pass, input, group, post, missed, store } = await disputed();
    const before = await points(group, "Ben");
    await pass(20 * HOUR);
    await act("Ben", "daily dispute", input);
    await pass(0);
    const agree = buttonOf(newest("Does this answer say it?"), "It says it");
    expect((await press("Ben", agree)).title).toBe("Nobody decides about themselves");
    await press("Chen", agree);
    await press("Chen", agree);
    expect(await points(group, "Ben")).toBe(before);
    await press("Dina", agree);
    await pass(0);
    expect(newest("The group says: earned").tone).toBe("good");
    const [answer] = await store.read.answers.of(post, "ben");
    expect(answer?.grades.find(({ id }) => id === missed.id)).toMatchObject({ state: "covered", evidence: [{ text: input.words }] });
    expect(await points(group, "Ben")).toBeGreaterThan(before);
    expect((await press("Emil", agree)).title).toBe("It is decided");
    expect(await store.read.disputes.confirmed()).toEqual([
      expect.objectContaining({ point: missed.id, words: input.words, state: "confirmed" }),
    ]);
    expect(wordsOf(await act("Ben", "daily today"))).toContain(input.words);
    // What the group confirmed is for the author of the rubric; who said it is not.
    await act("Chen", "daily report", { reason: "unclear", note: "Which service?" });
    const lines = await feedbackLines(store.read, product.library);
    expect(lines).toEqual([
      { kind: "good example", drill: post.drill, point: missed.id, text: missed.text, words: input.words },
      { kind: "report", drill: post.drill, reason: "unclear", note: "Which service?", date: post.date },
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/ben|chen/);
  });

  it("is decided by one organizer, either way", async () => {
    const { act, press, pass, input, group } = await disputed();
    await pass(20 * HOUR);
    const before = await points(group, "Ben");
    await act("Ben", "daily dispute", input);
    await pass(0);
    await press("Ada", buttonOf(newest("Does this answer say it?"), "It does not"));
    await pass(0);
    expect(newest("The group says: not earned").title).toBeTruthy();
    expect(await points(group, "Ben")).toBe(before);
  });
});

describe("reporting and replacing", () => {
  it("tells the organizer, once for each member", async () => {
    const { act, store, post } = await at("open");
    await act("Ben", "daily report", { reason: "wrong", note: "The peak is not three times the mean. <!channel>" });
    await act("Ben", "daily report", { reason: "unclear" });
    await product.pass(0);
    expect(notices("ada")).toHaveLength(1);
    expect(await store.read.reports.of(post)).toEqual([expect.objectContaining({ member: "ben", reason: "unclear" })]);
  });

  it("puts another drill in its place, and keeps points and streaks", async () => {
    const { act, pass, group, post, store } = await at("choice");
    await act("Ben", "daily answer", { answer: "1" });
    expect((await act("Ben", "daily skip")).title).toBe("Only an organizer can do this");
    expect((await act("Ada", "daily skip")).title).toBe("Another one is on its way");
    expect(await points(group, "Ben")).toBeGreaterThanOrEqual(3);
    await pass(0);
    const next = (await store.read.posts.newest(group)) ?? expect.fail();
    expect(next).toMatchObject({ date: post.date, edition: 2, state: "open" });
    expect(next.drill).not.toBe(post.drill);
    expect(newest("Daily drill").title).not.toBe("");
    expect(wordsOf(product.said("Daily drill").findLast(({ kind }) => kind === "edit")?.view ?? expect.fail())).toContain(
      "replaced this drill",
    );
    // A day is one day, however many drills it had.
    expect(await store.read.posts.days(group, "ben")).toHaveLength(1);
    await pass(20 * HOUR);
    expect((await act("Ada", "daily skip")).title).toBe("It is closed already");
    await pass(4 * HOUR);
    expect((await store.read.posts.newest(group))?.edition).toBe(1);
  });

  it("is today's until midnight, and no longer when the night is over", async () => {
    const { act, pass } = await at("choice");
    await pass(15 * HOUR);
    expect((await act("Ada", "daily skip")).title).toBe("Another one is on its way");
    const another = await at("choice");
    await another.pass(18 * HOUR);
    expect((await another.act("Ada", "daily skip")).title).toBe("Today's drill has not come yet");
  });

  it("reminds whoever asked for it and has not answered", async () => {
    const { act, pass } = await at("open");
    for (const who of ["Ben", "Chen", "Dina"]) await act(who, "daily remind", {});
    await act("Dina", "daily remind", { wanted: false });
    await act("Chen", "daily answer", { answer: "I have answered." });
    await pass(18 * HOUR - 1);
    expect(notices("ben")).toHaveLength(0);
    await pass(1);
    await pass(0);
    expect(notices("ben")).toHaveLength(1);
    expect(notices("chen")).toHaveLength(0);
    expect(notices("dina")).toHaveLength(0);
  });
});

describe("a group's own question", () => {
  it("is tried out at once, approved by an organizer, paid, and comes next", async () => {
    const { act, press, pass, group, store } = await at("choice");
    const proposed = await act("Ben", "daily propose", PROPOSAL);
    expect(wordsOf(proposed)).toContain("Names the order log as source");
    const line = wordsOf(proposed);
    expect(line).toMatch(/✓ Names the order log as source · examples: 1 ✓, 2 \?/);
    expect(line).toContain("Give words behind a bar");
    await pass(0);
    expect(notices("ada").at(-1)).toMatchObject({ view: { title: "A question was proposed" } });
    expect((await act("Ben", "daily proposals")).title).toBe("Only an organizer can do this");
    const shown = await act("Ada", "daily proposals");
    expect((await press("Ada", buttonOf(shown, "Approve"))).title).toBe("Approved");
    expect((await press("Ada", buttonOf(shown, "Decline"))).title).toBe("It was decided already");
    expect(await points(group, "Ben")).toBe(5);
    await pass(0);
    expect(notices("ben").at(-1)).toMatchObject({ view: { title: "Your question was approved" } });
    for (let day = 0; day < 6; day++) await pass(DAY);
    const seen = await store.read.posts.drillsSeen(group);
    expect(seen.filter((id) => id.startsWith("own/"))).toHaveLength(1);
  });

  it("pays no organizer for approving their own, and says so", async () => {
    const { act, press, group } = await at("choice");
    await act("Ada", "daily propose", PROPOSAL);
    const approved = await press("Ada", buttonOf(await act("Ada", "daily proposals"), "Approve"));
    expect(wordsOf(approved)).toContain("your own question earns no points");
    expect(await points(group, "Ada")).toBe(0);
  });

  it("is refused with what to mend, and can be taken back by its author alone", async () => {
    const { act, press } = await at("choice");
    expect((await act("Ben", "daily propose", { ...PROPOSAL, points: "- too few" })).title).toBe("The points cannot be read");
    const proposed = await act("Ben", "daily propose", PROPOSAL);
    expect((await press("Chen", buttonOf(proposed, "Take it back"))).title).toBe("It is not yours");
    expect((await press("Ben", buttonOf(proposed, "Take it back"))).title).toBe("It is taken back");
    expect((await act("Ada", "daily proposals")).title).toBe("Nothing waits");
  });
});
