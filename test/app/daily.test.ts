import { afterEach, describe, expect, it } from "vitest";
import { DeliveryError } from "../../src/app/messenger.ts";
import type { DrillKind } from "../../src/core/content.ts";
import { DAY, HOUR } from "../../src/core/place.ts";
import { earnedIn } from "../kit/board.ts";
import { buttonOf, CHANNEL, firstDrill, openProduct, type Product, setUp, wordsOf } from "../kit/product.ts";

let product: Product;
afterEach(() => product.close());
const open = async () => {
  product = await openProduct();
  return product;
};

const SAID =
  "The auction charges by bid times predicted CTR, so calibration matters: half a million requests a second at peak and 150 ms at p99.";
/** How many drills were posted; the edit that closes one has the same title. */
const posted = () => product.said("Daily drill").filter(({ kind }) => kind === "post").length;
const newest = async (group: string) => (await product.store.read.posts.newest(group)) ?? expect.fail("there is no post");
const drillOf = async (group: string) => product.library.drills.get((await newest(group)).drill ?? "") ?? expect.fail("it has no drill");
const board = async (group: string) => (await earnedIn(product.store, group)).map(({ name, points }) => [name, points]);

/** Lets days pass until the group's drill is of that kind. */
async function until(group: string, kind: DrillKind) {
  for (let days = 0; (await drillOf(group)).kind !== kind; days++) {
    if (days > 12) expect.fail(`no ${kind} drill within twelve days`);
    await product.pass(DAY);
  }
  return drillOf(group);
}

describe("a daily drill", () => {
  it("is posted once a day at the local time, each time another one", async () => {
    await open();
    const group = await setUp(product);
    await product.pass(HOUR - 1);
    expect(posted()).toBe(0);
    await product.pass(1);
    await product.pass(0);
    expect(posted()).toBe(1);
    for (let day = 1; day < 12; day++) await product.pass(DAY);
    expect(posted()).toBe(12);
    const seen = await product.store.read.posts.drillsSeen(group);
    expect(new Set(seen).size).toBe(12);
  });

  it("grades an open answer at once, privately, and gives nothing away before the reveal", async () => {
    await open();
    const group = await firstDrill(product);
    const drill = await until(group, "open");
    const view = await product.act("Ben", "daily answer", { answer: SAID });
    expect(view.title).toMatch(/of \d points covered/);
    if (drill.kind !== "open") return;
    for (const point of drill.rubric) {
      const line = view.blocks.flatMap((block) => (block.kind === "rubric" ? block.points : [])).find(({ text }) => text === point.text);
      if (line) expect(line.state).toBe("covered");
    }
    expect(wordsOf(await product.act("Ben", "daily today"))).toContain("points covered");
  });

  it("scores the first answer alone, and keeps the others as improvements", async () => {
    const { act, library } = await open();
    const group = await firstDrill(product);
    const drill = await until(group, "open");
    if (drill.kind !== "open") return;
    await act("Ben", "daily answer", { answer: "I would ask about the goal." });
    const before = await board(group);
    const reference = await act("Ben", "daily answer", { answer: drill.reference });
    expect(wordsOf(reference)).toContain("improvement");
    expect(await board(group)).toEqual(before);
    const answers = await product.store.read.answers.of(await newest(group), "ben");
    expect(answers.map(({ standing }) => standing)).toEqual(["scored", "improved"]);
    expect(answers[1]?.coverage).toBeGreaterThan(answers[0]?.coverage ?? 1);
    await act("Chen", "daily answer", { answer: drill.reference });
    expect(await board(group)).toContainEqual(["Chen", expect.any(Number)]);
    expect(library.drills.size).toBeGreaterThan(7);
  });

  it("keeps an answer once that is sent again because its reply was never seen", async () => {
    const { act, store } = await open();
    const group = await firstDrill(product);
    const [first, again] = [await act("Ben", "daily answer", { answer: "1" }), await act("Ben", "daily answer", { answer: "1" })];
    expect(again.title).toBe(first.title);
    expect(await store.read.answers.of(await newest(group), "ben")).toHaveLength(1);
  });

  it("keeps a choice sealed until the reveal, with its points", async () => {
    const { act, pass } = await open();
    const group = await firstDrill(product);
    const drill = await until(group, "choice");
    if (drill.kind !== "choice") return;
    const before = await board(group);
    const wrong = (drill.right + 1) % drill.options.length;
    const right = await act("Ben", "daily answer", { answer: String(drill.right + 1) });
    const other = await act("Chen", "daily answer", { answer: String(wrong + 1) });
    expect(right.title).toBe(other.title);
    expect(wordsOf(right)).not.toContain(drill.reason);
    expect((await act("Dina", "daily answer", { answer: "99" })).title).toBe("That is none of the options");
    expect(await board(group)).toEqual(before);
    await pass(20 * HOUR);
    expect(await board(group)).toEqual([
      ["Ben", 10],
      ["Chen", 3],
    ]);
    expect(wordsOf(await act("Chen", "daily today"))).toContain(drill.reason.slice(0, 30));
  });

  it("opens a thread with the reference answer, and takes what comes later as practice", async () => {
    const { act, pass } = await open();
    const group = await firstDrill(product);
    const post = product.said("Daily drill")[0]?.view ?? expect.fail("no post");
    await act("Ben", "daily answer", { answer: "1" });
    await pass(20 * HOUR);
    const [reveal] = product.said("Reference answer");
    expect(reveal?.kind === "post" && reveal.to.thread).toMatch(/^remote-/);
    expect(wordsOf(product.said("Daily drill").at(-1)?.view ?? post)).toContain("Closed with 1 answer.");
    const before = await board(group);
    const { title } = await product.press("Chen", buttonOf(post, "Answer"), {});
    expect(title).toBe("That cannot be read");
    const late = await act("Chen", "daily answer", { ...buttonOf(post, "Answer").input, answer: "1" });
    expect(wordsOf(late)).toContain("kept as practice");
    expect(await board(group)).toEqual(before);
  });

  it("can be had at once, in the place of today's", async () => {
    const { act, pass } = await open();
    await setUp(product);
    expect((await act("Ben", "daily now")).title).toBe("Only an organizer can do this");
    expect((await act("Ada", "daily now")).title).toBe("On its way");
    await pass(0);
    expect(posted()).toBe(1);
    expect((await act("Ada", "daily now")).title).toBe("Today already has its drill");
    await pass(HOUR);
    expect(posted()).toBe(1);
  });

  it("is caught up once inside the window after downtime, skipped outside it, and the organizer is told", async () => {
    const { pass, act } = await open();
    await setUp(product);
    await pass(3 * DAY + 2 * HOUR);
    expect(posted()).toBe(1);
    await pass(2 * DAY + 8 * HOUR);
    expect(posted()).toBe(1);
    const told = product.sent.filter(({ kind }) => kind === "notice");
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ member: "ada", view: { title: "A daily drill was skipped" } });
    expect((await act("Ada", "daily now")).title).toBe("On its way");
  });

  it("pauses when its channel is gone, tells the organizer once, and goes on after setup", async () => {
    const { pass, act, store } = await open();
    const group = await setUp(product);
    product.onDeliver = ({ kind }) => {
      if (kind === "post") throw new DeliveryError("The channel is gone. Choose another one.", { retry: false });
    };
    await pass(HOUR);
    await pass(DAY);
    expect((await store.read.groups.find(group))?.paused?.reason).toBe("The channel is gone. Choose another one.");
    expect(product.sent.filter(({ kind }) => kind === "notice")).toHaveLength(1);
    product.onDeliver = undefined;
    expect(wordsOf(await act("Ada", "setup", { time: "08:00", zone: "Europe/Berlin" }))).toContain("Post the first drill now");
    expect((await act("Ada", "daily now")).title).toBe("On its way");
    await pass(0);
    expect(posted()).toBe(1);
    await pass(DAY);
    expect(posted()).toBe(2);
  });

  it("says in an empty channel what to do", async () => {
    const { act } = await open();
    for (const [path, input] of [
      ["daily today", {}],
      ["daily answer", { answer: "x" }],
      ["leaderboard", {}],
    ] as const)
      expect(wordsOf(await act("Ben", path, input))).toContain("/setup");
    expect(await product.store.read.groups.at(CHANNEL)).toBeUndefined();
  });
});
