/** Where recall cards come from, whom they and their points belong to, and what progress makes of it all. */
import { afterEach, describe, expect, it } from "vitest";
import { drillOf } from "../../src/app/drill_book.ts";
import { cardsOfReveal } from "../../src/app/recall_cards.ts";
import { STEPS } from "../../src/core/content.ts";
import { DAY, HOUR, MINUTE } from "../../src/core/place.ts";
import { NEW_A_DAY } from "../../src/core/recall_session.ts";
import type { View } from "../../src/core/view.ts";
import { earnedIn } from "../kit/board.ts";
import { buttonLike, CHANNEL, firstDrill, openProduct, type Product, wordsOf } from "../kit/product.ts";

let product: Product;
const open = async () => {
  product = await openProduct();
};
afterEach(() => product.close());

const learner = (id: string) => ({ platform: "web", space: "s1", id }) as const;
const cardsOf = (id: string) => product.store.read.recall.cards(learner(id));
const points = async (group: string) => (await earnedIn(product.store, group)).find(({ member }) => member === "ben")?.points ?? 0;
const press = (view: View, label: string, who = "Ben") => product.press(who, buttonLike(view, label));
const rate = async (view: View, rating: string) => press(await press(view, "Show answer"), rating);

const SAID =
  "We log every impression with its features, join clicks to it within a window, and train on the past to test on the days that follow.";

const newest = async (group: string) => (await product.store.read.posts.newest(group)) ?? expect.fail("no post");
const drillNow = async (group: string) =>
  (await drillOf(product.store.read, product.library, group, (await newest(group)).drill)) ?? expect.fail("no drill");

/** Ben answers whatever drill the group has now, and may be wrong. */
async function answerNow(group: string, where: { place: typeof CHANNEL } | object = {}) {
  const drill = await drillNow(group);
  const order = drill.kind === "order" ? drill.items.map((_, at) => at + 1).join(" ") : "";
  const answers = { open: SAID, choice: "1", estimate: "1", order, draw: "client -> gateway" };
  const view = await product.act("Ben", "daily answer", { answer: answers[drill.kind] }, where);
  expect(view.tone).not.toBe("warn");
}

describe("what was missed", () => {
  it("in a drill becomes cards at the reveal, each once, and what is a card already is not reset", async () => {
    await open();
    const group = await firstDrill(product);
    for (let day = 0; (await drillNow(group)).kind !== "open"; day++) {
      if (day > 12) expect.fail("no open drill");
      await product.pass(DAY);
    }
    const drill = await drillNow(group);
    if (drill.kind !== "open") return;
    await product.act("Ben", "daily answer", { answer: SAID });
    expect(await cardsOf("ben")).toEqual([]);
    const post = await newest(group);
    await product.pass(20 * HOUR);
    const cards = await cardsOf("ben");
    expect(cards.length).toBeGreaterThan(0);
    expect(cards.every(({ origin, ref }) => origin === "drill" && ref.startsWith("point/"))).toBe(true);
    const [answer] = await product.store.read.answers.of(post, "ben");
    const covered = answer?.grades.filter(({ state }) => state === "covered").map(({ id }) => id) ?? [];
    expect(cards.some(({ ref }) => covered.some((id) => ref.endsWith(`/${id}`)))).toBe(false);
    expect(await cardsOf("chen")).toEqual([]);

    // Asked by a probe, before the deck; and not reset by missing it again.
    const view = await product.act("Ben", "recall");
    expect(wordsOf(view)).toContain("missed in a drill");
    // The first session, though the deck is not the first thing in it.
    expect(wordsOf(view)).toContain("At most **8 new cards a day**");
    expect(wordsOf(await rate(view, "Good"))).not.toContain("At most **8 new cards a day**");
    const after = await cardsOf("ben");
    const stored = (await product.store.read.groups.find(group)) ?? expect.fail("no group");
    await product.store.transaction((tx) => cardsOfReveal(tx, product.library, stored, post, drill, product.now));
    expect(await cardsOf("ben")).toEqual(after);
  });

  it("of a case that is being asked waits, also behind a button that was drawn before", async () => {
    await open();
    const group = await firstDrill(product);
    const drill = await drillNow(group);
    const asked = drill.case ?? [...product.library.bank.cases.keys()][0] ?? "";
    const [point] = product.library.bank.cases.get(asked)?.steps.data.rubric ?? [];
    const ref = `point/${asked}/data/${point?.id}`;
    await product.store.transaction((tx) => tx.recall.add(learner("ben"), [{ ref, origin: "round", place: 0 }], product.now));
    const [card] = await cardsOf("ben");
    const view = await product.act("Ben", "recall");
    if (drill.case === undefined) return expect(wordsOf(view)).toContain("missed in a mock round");
    expect(wordsOf(view)).not.toContain("missed in a mock round");
    const shown = await product.act("Ben", "recall show", { card: card?.id }, { revision: 0 });
    expect(wordsOf(shown)).toContain("being asked here now");
    await product.pass(20 * HOUR);
    expect(wordsOf(await product.act("Ben", "recall"))).toContain("missed in a mock round");
  });

  it("of a round's case waits in every channel of the space, and without one", async () => {
    await open();
    await product.act("Ada", "mock start", { case: "ad-click-prediction" });
    const [point] = product.library.bank.cases.get("ad-click-prediction")?.steps.data.rubric ?? [];
    const card = { ref: `point/ad-click-prediction/data/${point?.id}`, origin: "round", place: 0 } as const;
    await product.store.transaction((tx) => tx.recall.add(learner("ben"), [card], product.now));
    for (const place of [CHANNEL, { ...CHANNEL, channel: "c2" }, { platform: "web", space: "s1" } as const])
      expect(wordsOf(await product.act("Ben", "recall", {}, { place }))).not.toContain("missed in a mock round");
  });

  it("in a drawing of one's own becomes at most three cards, said in the reply", async () => {
    await open();
    const input = { case: "ad-click-prediction", diagram: "online", drawing: "client -> gateway -> my cache" };
    expect(wordsOf(await product.act("Ben", "draw", input))).toContain("3 missing boxes are in your `/recall` now");
    expect((await cardsOf("ben")).map(({ origin }) => origin)).toEqual(["drawing", "drawing", "drawing"]);
    expect(wordsOf(await product.act("Ben", "draw", input))).not.toContain("in your `/recall` now");
    expect(wordsOf(await product.act("Ben", "recall"))).toContain("rubbed one box");
  });

  it("in a mock round becomes the candidate's cards, and is what progress is made of", async () => {
    await open();
    await product.act("Ada", "mock start", { case: "ad-click-prediction" });
    await product.pass(0);
    const lobby = product.said("Mock round")[0]?.view ?? expect.fail("no lobby");
    await press(lobby, "Interviewer");
    await press(lobby, "Begin");
    for (const step of STEPS.keys()) {
      await product.pass(0);
      const prompt = product.said(`Step ${step + 1} of 7`)[0]?.view ?? expect.fail(`step ${step + 1} was not asked`);
      const answer = buttonLike(prompt, "Answer");
      await product.act("Ada", answer.command, { ...answer.input, text: `${SAID} (${step})` }, { revision: answer.revision ?? 0 });
      await press(prompt, "Next step");
    }
    await product.pass(0);
    const scoring = product.said("scoring")[0]?.view ?? expect.fail("no scoring");
    for (const step of STEPS.keys()) {
      const score = buttonLike(scoring, `Score step ${step + 1}`);
      await product.act("Ben", score.command, { ...score.input, level: step === 0 ? "3" : "2" }, { revision: score.revision ?? 0 });
    }
    await product.pass(HOUR);
    const cards = await cardsOf("ada");
    expect(cards.length).toBeGreaterThan(10);
    expect(new Set(cards.map(({ origin }) => origin))).toEqual(new Set(["round"]));
    expect(await cardsOf("ben")).toEqual([]);

    const mine = await product.act("Ada", "progress");
    expect(wordsOf(mine)).toContain("level **2** of 4 in the last of 1");
    expect(wordsOf(mine)).toMatch(/\*\*\d+ %\*\* over 1 answer/);
    expect(wordsOf(mine)).toContain("recall cards wait for you");
    expect(wordsOf(await press(mine, "Recall", "Ada"))).toContain("missed in a mock round");
    expect(wordsOf(await product.act("Ben", "progress"))).toContain("none scored yet");
  });
});

describe("without a channel", () => {
  const nowhere = { place: { platform: "web", space: "s1" } } as const;
  const other = { place: { ...CHANNEL, channel: "c2" } } as const;
  const fives = async (view: View) => {
    for (let card = 0; card < 5; card++) {
      const answer = await product.press("Ben", buttonLike(view, "Show answer"), nowhere);
      view = await product.press("Ben", buttonLike(answer, "Good"), nowhere);
    }
    return view;
  };

  it("who is in no group has a deck and no points, and is told so", async () => {
    await open();
    let view = await product.act("Ben", "recall", {}, nowhere);
    view = await fives(view);
    for (let card = 5; card < NEW_A_DAY; card++)
      view = await product.press("Ben", buttonLike(await product.press("Ben", buttonLike(view, "Show answer"), nowhere), "Good"), nowhere);
    expect(wordsOf(view)).toContain("Points go to a group");
    expect(wordsOf(await product.act("Ben", "progress", {}, nowhere))).toContain("in no group here yet");
  });

  it("who is in several is asked once, and can change it; a group one is not in is refused", async () => {
    await open();
    const first = await firstDrill(product);
    await product.act("Ada", "setup", { time: "08:00", zone: "Europe/Berlin", weekdays: "daily" }, other);
    const second = (await product.store.read.groups.at(other.place))?.id ?? "";
    // Of one group, without a question.
    await answerNow(first);
    expect((await product.act("Ben", "recall", {}, nowhere)).title).toMatch(/^Recall · /);
    await product.pass(DAY);
    await answerNow(second, other);
    const asked = await product.act("Ben", "recall", {}, nowhere);
    expect(asked.title).toBe("Which group is yours?");
    expect(wordsOf(asked)).toContain("{channel:c2}");
    const paid = await points(second);
    await fives(await product.press("Ben", buttonLike(asked, "Group 2"), nowhere));
    expect([await points(first), await points(second)]).toEqual([expect.any(Number), paid + 1]);
    const mine = await product.act("Ben", "progress", {}, nowhere);
    expect(wordsOf(mine)).toContain("In {channel:c2}.");
    const changed = await product.press(
      "Ben",
      buttonLike(await product.press("Ben", buttonLike(mine, "Another group"), nowhere), "Group 1"),
      nowhere,
    );
    expect(wordsOf(changed)).toContain("In {channel:c1}.");
    expect((await product.act("Chen", "recall group", { group: second }, nowhere)).title).toBe("You are not in that group");
    expect((await product.act("Ben", "leaderboard", {}, nowhere)).title).toContain("Leaderboard");
    const board = await product.press(
      "Ben",
      { label: "Group 2", command: "recall group", input: { group: second, to: "leaderboard" } },
      nowhere,
    );
    expect(board.title).toContain("Leaderboard");
    expect(wordsOf(await product.act("Stranger", "leaderboard", {}, nowhere))).toContain("I know of no group of yours here");
    // Each command that wants a channel still says so.
    expect((await product.act("Ben", "daily today", {}, nowhere)).title).toBe("This needs a channel");
  });
});

describe("progress", () => {
  it("tells streak, days and steps, and proposes what closes first", async () => {
    await open();
    const group = await firstDrill(product);
    expect(wordsOf(await product.act("Ben", "progress"))).toContain("answer today's drill");
    for (let day = 0; day < 3; day++) {
      await answerNow(group);
      if (day < 2) await product.pass(DAY);
    }
    const view = await product.act("Ben", "progress");
    expect(wordsOf(view)).toContain("**3** drills in a row; the longest was 3");
    const picture = view.blocks.find((block) => block.kind === "picture")?.picture;
    if (picture?.kind !== "progress") return expect.fail("no picture");
    expect(picture.days).toHaveLength(182);
    expect(picture.until).toBe("2026-11-25");
    expect(picture.days.slice(-4)).toEqual([0, 1, 1, 1]);
    // Who has not begun is told of the deck; who is through with it, of a round.
    expect(wordsOf(view)).toContain("recall card");
    let session = await press(view, "Recall");
    for (let guard = 0; session.title !== "Recall · done for today" && guard < 30; guard++) {
      session = await rate(session, "Easy");
      await product.pass(MINUTE);
    }
    const after = await press(session, "My progress");
    expect(wordsOf(after)).toContain("play a mock round: you have not been in one");
  });
});
