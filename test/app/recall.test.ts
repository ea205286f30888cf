/** A recall session as a member lives it: the first deck, second clicks and second thoughts, points. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DAY, HOUR } from "../../src/core/place.ts";
import { NEW_A_DAY } from "../../src/core/recall_session.ts";
import type { View } from "../../src/core/view.ts";
import { earnedIn } from "../kit/board.ts";
import type { DatabaseKind } from "../kit/database.ts";
import { keptIn } from "../kit/kept.ts";
import { buttonLike, CHANNEL, openProduct, type Product, setUp, wordsOf } from "../kit/product.ts";

let product: Product;
const open = async (kind: DatabaseKind = "pglite") => {
  product = await openProduct(kind);
};

const learner = (id: string) => ({ platform: "web", space: "s1", id }) as const;
const cardsOf = (id: string) => product.store.read.recall.cards(learner(id));
const points = async (group: string, id = "ben") => (await earnedIn(product.store, group)).find(({ member }) => member === id)?.points ?? 0;

const press = (view: View, label: string, who = "Ben") => product.press(who, buttonLike(view, label));
const rate = async (view: View, rating: string, who = "Ben") => press(await press(view, "Show answer", who), rating, who);

describe("a session", () => {
  // One product for members who have nothing to do with each other.
  let group: string;
  let serial = 0;
  let me: string;
  beforeAll(async () => {
    await open();
    group = await setUp(product);
  });
  beforeEach(() => {
    me = `Member${++serial}`;
  });
  afterAll(() => product.close());

  it("begins with eight cards of the deck, pays for five, and is done for the day after them", async () => {
    let view = await product.act(me, "recall");
    expect(wordsOf(view)).toContain("At most **8 new cards a day**");
    for (let left = NEW_A_DAY; left > 0; left--) {
      expect(view.title).toBe(`Recall · ${left} new`);
      expect(await points(group, me.toLowerCase())).toBe(left > NEW_A_DAY - 5 ? 0 : 1);
      view = await rate(view, "Good", me);
    }
    expect(view.title).toBe("Recall · done for today");
    expect(wordsOf(view)).toContain("8 cards, 8 of at most 8 new ones");
    // Tomorrow has new ones: the group's midnight in Berlin.
    expect(wordsOf(view)).toContain(`Next on {time:${Date.parse("2026-11-23T23:00:00Z")}:date}`);
    expect((await product.act(me, "recall")).title).toBe("Recall · done for today");

    // The next day has new ones, the day after that the first come back, whatever the hour.
    await product.pass(DAY);
    expect((await product.act(me, "recall")).title).toBe("Recall · 8 new");
    await product.pass(DAY - 6 * HOUR);
    expect((await product.act(me, "recall")).title).toBe("Recall · 8 due, 8 new");
    expect(await cardsOf(me.toLowerCase())).toHaveLength(2 * NEW_A_DAY);
  });

  it("shows for each rating when the card comes back, and brings a forgotten one back at its end", async () => {
    const answer = await press(await product.act(me, "recall"), "Show answer", me);
    const labels = answer.blocks.flatMap((block) => (block.kind === "buttons" ? block.buttons.map(({ label }) => label) : []));
    expect(labels).toEqual(["Again · 10 min", "Hard · 15 min", "Good · 2 d", "Easy · 8 d", "Not useful"]);
    let view = await press(answer, "Again", me);
    expect(view.title).toBe("Recall · 1 due, 7 new");
    for (let left = 7; left > 0; left--) view = await rate(view, "Easy", me);
    expect(view.title).toBe("Recall · 1 due");
    expect(wordsOf(view)).toContain("Name the 7 steps");
    expect((await rate(view, "Good", me)).title).toBe("Recall · done for today");
  });

  it("counts a second click once, and says what happened", async () => {
    const answer = await press(await product.act(me, "recall"), "Show answer", me);
    await press(answer, "Good", me);
    const again = await press(answer, "Easy", me);
    expect(again.title).toBe("This card has moved on");
    expect(wordsOf(again)).toContain("You said **Good** already");
    expect((await press(again, "Go on", me)).title).toBe("Recall · 7 new");
    expect(await keptIn(product.store, "recall_review", learner(me.toLowerCase()))).toHaveLength(1);
  });

  it("is undone exactly, once, and only the last", async () => {
    let view = await product.act(me, "recall");
    for (let card = 0; card < 4; card++) view = await rate(view, "Good", me);
    const older = buttonLike(view, "Undo");
    const before = await cardsOf(me.toLowerCase());
    const rated = await rate(view, "Hard", me);
    expect(await points(group, me.toLowerCase())).toBe(1);
    const undone = await press(rated, "Undo", me);
    expect(wordsOf(undone)).toContain("Taken back");
    const plain = (cards: typeof before) => cards.map(({ revision: _, ...card }) => card);
    expect(plain(await cardsOf(me.toLowerCase()))).toEqual(plain(before));
    expect((await press(rated, "Undo", me)).title).toBe("This card has moved on");
    // The card asks again; that is no second point, and the button from before the undo is stale.
    const same = await press(undone, "Show answer", me);
    expect(wordsOf(same)).toContain("Good · 2 d");
    await press(same, "Good", me);
    expect(await points(group, me.toLowerCase())).toBe(1);
    // What is not the last is not undone.
    expect((await product.press(me, older)).title).toBe("This card has moved on");
  });

  it("leaves out what the member takes out, until they bring it back", async () => {
    const first = await product.act(me, "recall");
    const view = await press(first, "Not useful", me);
    expect(wordsOf(view)).toContain("Taken out");
    expect(wordsOf(view)).not.toContain("Name the 7 steps");
    // Its old buttons do nothing.
    expect((await press(first, "Show answer", me)).title).toBe("This card has moved on");
    const list = await product.act(me, "recall removed");
    expect(list.title).toBe("Taken out · 1 card");
    expect(wordsOf(await press(list, "Bring back 1", me))).toContain("Name the 7 steps");
    expect((await product.act(me, "recall removed")).title).toBe("Nothing is taken out");
    expect((await product.press(me, buttonLike(list, "Bring back 1"))).title).toBe("This card has moved on");
  });

  it("passes over a card whose content has left the bank", async () => {
    const who = learner(me.toLowerCase());
    await product.store.transaction((tx) => tx.recall.add(who, [{ ref: "tradeoff/gone", origin: "drill", place: 0 }], product.now));
    const view = await product.act(me, "recall");
    expect(view.title).toBe("Recall · 8 new");
    expect(wordsOf(view)).not.toContain("missed in a drill");
    const [gone] = await cardsOf(me.toLowerCase());
    expect((await product.act(me, "recall show", { card: gone?.id }, { revision: 0 })).title).toBe("This card has moved on");
  });

  it("is the member's own: another one's buttons and another space's ids do nothing", async () => {
    const answer = await press(await product.act(me, "recall"), "Show answer", me);
    const stolen = buttonLike(answer, "Good");
    expect((await product.press("Chen", stolen)).title).toBe("This card has moved on");
    expect((await product.press(me, stolen, { place: { ...CHANNEL, space: "s2" } })).title).toBe("This card has moved on");
    expect((await product.act(me, "recall rate", { card: 9_999, rating: "good" })).title).toBe("This card has moved on");
    expect((await product.act(me, "recall rate", { card: 1, rating: "best" })).title).toBe("That cannot be read");
    expect(await keptIn(product.store, "recall_review", learner(me.toLowerCase()))).toEqual([]);
    await press(answer, "Good", me);
    expect(await cardsOf("chen")).toEqual([]);
  });
});

describe("on a real server", () => {
  afterEach(() => product.close());

  it("counts one of eight clicks at once, on a real server", async () => {
    await open("postgres");
    await setUp(product);
    const answer = await press(await product.act("Ben", "recall"), "Show answer");
    const replies = await Promise.all(Array.from({ length: 8 }, () => press(answer, "Good")));
    expect(replies.filter(({ title }) => title === "This card has moved on")).toHaveLength(7);
    expect(await keptIn(product.store, "recall_review", learner("ben"))).toHaveLength(1);
  });
});
