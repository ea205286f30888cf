/** Rounds in turns and alone with the bot, through the commands that people use. */
import { afterEach, describe, expect, it } from "vitest";
import { materialOf } from "../../src/app/library.ts";
import { STEPS } from "../../src/core/content.ts";
import { HOUR, MINUTE } from "../../src/core/place.ts";
import { earnedIn } from "../kit/board.ts";
import { buttonOf, CHANNEL, groupOf, openProduct, type Product, wordsOf } from "../kit/product.ts";
import { roundOf, roundsOf } from "../kit/round.ts";

const SLUG = "ad-click-prediction";
let product: Product;
afterEach(() => product.close());

/** The step that is open in it, from 0. */
const openStep = async () => {
  const phase = (await roundsOf(product))[0]?.phase;
  return phase?.name === "step" ? phase.step : undefined;
};
const told = (title: string) => product.said(title).at(-1)?.view ?? expect.fail(`"${title}" was not said`);
const board = async () => earnedIn(product.store, (await groupOf(product)).id);
const good = (step: number, from: number, to: number) => {
  const content = materialOf(product.library, SLUG)?.case.steps[STEPS[step] ?? "data"];
  return (
    content?.rubric
      .slice(from, to)
      .map(({ good }) => good[0])
      .join("\n") ?? ""
  );
};

describe("alone with the bot", () => {
  async function begun(input = {}) {
    product = await openProduct();
    const reply = await product.act("Ada", "mock start", { case: SLUG, mode: "solo", ...input });
    await product.pass(0);
    return reply;
  }

  it("a round begins at once, is led by the bot, and ends with a scorecard and points", async () => {
    expect((await begun()).title).toBe("The round begins");
    expect(told("Step 1 of 7").notify).toEqual(["ada"]);
    expect(() => buttonOf(told("Step 1 of 7"), "Show my brief")).toThrow();
    await product.act("Ada", "mock answer", { text: good(0, 0, 1) });
    await product.pass(0);
    const [, quoted = ""] = /“([^”]+)”/.exec(wordsOf(told("Question"))) ?? [];
    expect(good(0, 0, 1)).toContain(quoted);
    expect(quoted.length).toBeGreaterThan(10);
    expect((await product.press("Zoe", buttonOf(told("Question"), "Next step"))).title).toBe("Only the candidate moves on");
    for (let step = await openStep(), nth = 0; step !== undefined; step = await openStep(), nth++) {
      await product.act("Ada", "mock answer", { text: `${good(step, nth % 3, (nth % 3) + 2)} (${nth})` });
      await product.pass(MINUTE / 2);
    }
    expect(product.said("Curveball!")).toHaveLength(1);
    const card = told("Scorecard");
    expect(wordsOf(card)).toMatch(/rubric \*\*\d+ %\*\*/);
    expect(wordsOf(card)).not.toContain("not scored");
    const [paid] = await board();
    expect(paid?.points).toBeGreaterThan(20);
    expect(paid?.points).toBeLessThanOrEqual(30);
    expect(wordsOf(card)).toContain(`{member:ada} ${paid?.points}`);
    expect((await product.press("Ada", buttonOf(card, "Play another"))).title).toBe("Your next round begins");
    expect(await roundOf(product)).toMatchObject({ mode: "solo", candidate: "ada", phase: { name: "step" } });
  });
  it("a case is paid once, and a round of nothing not at all", async () => {
    await begun();
    const finish = async (words: (step: number) => string) => {
      for (const step of STEPS.keys()) {
        await product.act("Ada", "mock answer", { text: words(step) });
        if ((await openStep()) === step) await product.act("Ada", "mock next", {}, { revision: step + 1 });
      }
      await product.pass(0);
    };
    await finish(() => "no idea at all");
    expect(wordsOf(told("Scorecard"))).toContain("No points");
    expect(await board()).toEqual([]);
    for (const _ of [1, 2]) {
      await product.act("Ada", "mock start", { case: SLUG, mode: "solo" });
      await product.pass(0);
      await finish((step) => good(step, 0, 2));
    }
    expect(product.said("Scorecard")).toHaveLength(3);
    const [paid, ...others] = await board();
    expect(others).toEqual([]);
    expect(paid?.points).toBeLessThanOrEqual(30);
  });

  it("is one at a time for a person, and no lobby stands in its way", async () => {
    await begun();
    expect((await product.act("Ada", "mock start", { mode: "solo" })).title).toBe("Your round is still running");
    expect((await product.act("Ben", "mock start", {})).title).toBe("The lobby is open");
    expect((await product.act("Chen", "mock start", { mode: "solo" })).title).toBe("The round begins");
    expect((await product.act("Dina", "mock start", { mode: "solo", seat: "scorer" })).title).toBe("In a solo round you answer");
  });

  it("waits for the scores of who watches, and pays them", async () => {
    await begun();
    expect(
      (await product.press("Ben", buttonOf(product.said("Mock round")[0]?.view ?? expect.fail("no lobby"), "Become a scorer"))).title,
    ).toBe("You are the scorer");
    for (const step of STEPS.keys()) {
      await product.act("Ada", "mock answer", { text: good(step, 0, 2) });
      if ((await openStep()) === step) await product.act("Ada", "mock next", {}, { revision: step + 1 });
    }
    for (const step of STEPS.keys()) await product.act("Ben", "mock score", { step: step + 1, level: 4 });
    await product.pass(0);
    expect(wordsOf(told("Scorecard"))).toContain("median level **4** of 4");
    expect((await board()).map(({ name, points }) => [name, points])).toEqual([
      ["Ada", 40],
      ["Ben", 10],
    ]);
  });
});

describe("in turns", () => {
  async function begun(input = {}) {
    product = await openProduct();
    await product.act("Ada", "mock start", { case: SLUG, mode: "relay", ...input });
    await product.pass(0);
    const lobby = told("Mock round");
    expect((await product.press("Ada", buttonOf(lobby, "Begin"))).title).toBe("It takes 2 to answer in turn");
    for (const who of ["Ben", "Chen"])
      expect((await product.press(who, buttonOf(lobby, "Take a turn"))).title).toBe("You are the candidate");
    await product.press("Ben", buttonOf(lobby, "Begin"));
    await product.pass(0);
  }
  const nameOf = (id: string | undefined) => ({ ada: "Ada", ben: "Ben", chen: "Chen" })[id ?? ""] ?? expect.fail(`who is ${id}?`);

  it("each answers a step, the others are told to wait, and each is paid six a step", async () => {
    await begun();
    for (const step of STEPS.keys()) {
      const { candidate, line } = await roundOf(product);
      const prompt = told(`Step ${step + 1} of 7`);
      expect(prompt.notify).toEqual([candidate]);
      expect((await product.press(nameOf(line[0]), buttonOf(prompt, "Next step"))).title).toBe("It is not your turn");
      expect((await product.act(nameOf(line[0]), "mock answer", { text: "me too" })).title).toBe("It is not your turn");
      await product.act(nameOf(candidate), "mock answer", { text: good(step, 0, 3) });
      expect((await product.press(nameOf(candidate), buttonOf(prompt, "Next step"))).title).toBe("On to the next");
      await product.pass(0);
      // Typed without a step, it is not the one that they answered just now.
      const who = { platform: "web", space: CHANNEL.space, id: candidate ?? "", name: nameOf(candidate), manager: false } as const;
      const scoring = await product.engine.dispatcher.open({ id: `score-${step}`, path: "mock score", input: {}, who, place: CHANNEL });
      expect("form" in scoring ? scoring.form.title : scoring.reply.title).toBe(step === 0 ? "You answered that step" : "Score a step");
    }
    for (const who of ["Ada", "Ben", "Chen"])
      for (const step of STEPS.keys()) await product.act(who, "mock score", { step: step + 1, level: 3 });
    await product.pass(0);
    expect(wordsOf(told("Scorecard"))).toMatch(/\{member:\w+\} \(steps \d, \d(, \d)?\)/);
    const points = (await board()).map(({ points }) => points);
    expect(points.sort((a, b) => a - b)).toEqual([12, 12, 18]);
  });

  it("across time zones who is absent is skipped, and the round closes itself when nobody is left", async () => {
    await begun({ pace: "async", hours: 12 });
    const order = await roundOf(product);
    await product.pass(12 * HOUR);
    await product.pass(0);
    expect(wordsOf(told("Step 1 of 7"))).toContain(`{member:${order.candidate}} is out of the line`);
    expect(await roundOf(product)).toMatchObject({ candidate: order.line[0], phase: { step: 0 } });
    for (let beats = 0; beats < 8; beats++) await product.pass(12 * HOUR);
    expect(wordsOf(told("Mock round over"))).toContain("nobody took the free seat");
    expect(await product.store.nextDue(0)).toBeUndefined();
  });
});
