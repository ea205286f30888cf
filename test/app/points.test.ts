/** What an entry of the ledger is worth afterwards: voided, counted once, rebuilt, left behind. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { rebuildBoards } from "../../src/app/boards.ts";
import { DAY, HOUR, MINUTE } from "../../src/core/place.ts";
import { board, earn, OTHER, rowsOf } from "../kit/board.ts";
import { buttonOf, CHANNEL, firstDrill, openProduct, type Product, setUp, wordsOf } from "../kit/product.ts";

let product: Product;
beforeEach(async () => {
  product = await openProduct();
});
afterEach(() => product.close());

describe("voiding", () => {
  it("takes points off every board, says why, and can be taken back", async () => {
    const group = await setUp(product);
    await product.act("Ada", "season start", { name: "S" });
    await earn(product, "Ben", 30);
    await earn(product, "Ben", 7, product.now, CHANNEL, "drill");
    expect(wordsOf(await product.act("Ben", "points void", { member: "ben" }))).toContain("Only an organizer");
    const list = await product.act("Ada", "points void", { member: "Ben" });
    expect(wordsOf(list)).toMatch(/1\. 7 points · Drill · 2026-11-23.*2\. 30 points · Candidate/);
    const button = buttonOf(list, "Void 2");
    const strike = (reason: string, where = {}) => product.act("Ada", "points strike", { ...button.input, reason }, where);
    expect(wordsOf(await strike("Not theirs", { place: { ...CHANNEL, space: "s2" } }))).toContain("No group meets here");
    await product.act("Ada", "setup", { time: "08:00", zone: "Europe/Berlin" }, { place: OTHER });
    expect(wordsOf(await strike("Not theirs", { place: OTHER }))).toContain("no such entry here");
    expect(wordsOf(await strike("Copied *all* of it @everyone"))).toContain("Voided");
    expect(wordsOf(await strike("Twice"))).toContain("voided already");
    for (const input of [{}, { window: "month" }, { window: "season" }, { window: "all" }, { scope: "server" }] as const)
      expect(await board(product, "Ben", input)).toEqual(["1 Ben 7 *"]);

    await product.pass(0);
    const notice = product.said("An entry of yours was voided");
    expect(notice.map((one) => one.kind)).toEqual(["notice"]);
    expect(wordsOf(notice[0]?.view ?? expect.fail("none"))).toContain("Copied *all* of it @everyone");
    const mine = await product.act("Ben", "points mine");
    expect(wordsOf(mine)).toContain("30 points that do not count");
    expect(wordsOf(mine)).toContain("Copied \\\\*all\\\\* of it @everyone");
    expect(wordsOf(mine)).toContain("**7** points in this channel");

    const back = buttonOf(await product.act("Ada", "points void", { member: "ben" }), "Count again 2");
    await product.act("Ada", "points strike", { ...back.input, reason: "It was theirs" });
    expect(await board(product, "Ben")).toEqual(["1 Ben 37 *"]);
    expect(wordsOf(await product.act("Ben", "points mine"))).toContain("counts again by {member:ada}: “It was theirs”");
    const again = buttonOf(await product.act("Ada", "points void", { member: "ben" }), "Void 2");
    await product.act("Ada", "points strike", { ...again.input, reason: "After all not" });
    expect(await board(product, "Ben")).toEqual(["1 Ben 7 *"]);
    expect((await product.store.read.ledger.entries(group, "ben", 9)).map(({ points, voided }) => [points, voided?.reason])).toEqual([
      [7, undefined],
      [30, "After all not"],
    ]);
  });

  it("stays visible with its reason, however much is earned after it", async () => {
    await setUp(product);
    await earn(product, "Ben", 5);
    const button = buttonOf(await product.act("Ada", "points void", { member: "Ben" }), "Void 1");
    await product.act("Ada", "points strike", { ...button.input, reason: "Copied" });
    for (let more = 1; more <= 10; more++) await earn(product, "Ben", 1, product.now + more * MINUTE);
    for (const [who, path, input] of [
      ["Ben", "points mine", {}],
      ["Ada", "points void", { member: "Ben" }],
    ] as const) {
      const first = await product.act(who, path, input);
      expect(wordsOf(first)).not.toContain("Copied");
      const second = await product.press(who, buttonOf(first, "Older"));
      expect(wordsOf(second)).toContain("Copied");
      expect(wordsOf(second)).not.toContain('Older"');
      expect(wordsOf(await product.press(who, buttonOf(second, "Newer")))).toEqual(wordsOf(first));
    }
  });

  it("leaves no room under the day's cap", async () => {
    const group = await setUp(product);
    await earn(product, "Ben", 60);
    const [entry] = await product.store.read.ledger.entries(group, "ben", 1);
    await product.store.transaction((tx) => tx.ledger.setVoid(entry?.id ?? 0, true, "ada", "why", product.now));
    await earn(product, "Ben", 60);
    expect(await board(product, "Ben")).toEqual(["1 Ben 20 *"]);
    await product.store.transaction((tx) => tx.ledger.setVoid(entry?.id ?? 0, false, "ada", "why", product.now));
    expect(await board(product, "Ben")).toEqual(["1 Ben 80 *"]);
  });
});

describe("points", () => {
  it("of one drill go to each person once, whatever is sent twice", async () => {
    const group = await firstDrill(product);
    await product.act("Ben", "daily answer", { answer: "1" }, { id: "twice" });
    await product.act("Ben", "daily answer", { answer: "1" }, { id: "twice" });
    await product.act("Ben", "daily answer", { answer: "2" });
    await product.pass(21 * HOUR);
    await product.pass(1);
    expect((await product.store.read.ledger.entries(group, "ben", 9)).length).toBeLessThanOrEqual(1);
    const post = (await product.store.read.posts.newest(group)) ?? expect.fail("no post");
    expect((await product.store.read.answers.scored(post)).filter(({ member }) => member === "ben")).toHaveLength(1);
  });

  it("come out of a rebuild as they were, streaks too", async () => {
    await firstDrill(product);
    await product.act("Ben", "daily answer", { answer: "1" });
    await earn(product, "Ben", 30);
    await earn(product, "Chen", 12, product.now - 9 * DAY);
    const all = async () => {
      const boards = [];
      for (const window of ["week", "month", "all"])
        for (const scope of ["group", "server"]) boards.push(await board(product, "Ben", { window, scope }));
      return [...boards, await board(product, "Ben", { metric: "streak" })];
    };
    const before = await all();
    const spaces: string[] = [];
    await rebuildBoards(product.store, ({ space }, groups) => void spaces.push(`${space} ${groups}`));
    expect(spaces).toEqual(["s1 1"]);
    expect(await all()).toEqual(before);
  });

  it("stay under a stand-in when a member's data is deleted, and hiding does", async () => {
    await setUp(product);
    await earn(product, "Ben", 30);
    await earn(product, "Chen", 12);
    await product.act("Chen", "points hide");
    const gone = (id: string) => ({ platform: "web" as const, space: "s1", id, as: `gone-${id}`, name: id, rounds: [], words: [] });
    await product.store.transaction(async (tx) => {
      await tx.personal.forget(gone("ben"));
      await tx.personal.forget(gone("chen"));
    });
    const view = await product.act("Dan", "leaderboard");
    expect(rowsOf(view).map((row) => row.replace(/^1 .* /, ""))).toEqual(["30"]);
    expect(wordsOf(view)).not.toContain("Ben");
    expect(await product.store.read.boards.hidden(CHANNEL, "gone-chen")).toBe(true);
  });
});

describe("/points rings", () => {
  it("is the organizer's alone", async () => {
    await setUp(product);
    expect(wordsOf(await product.act("Ben", "points rings"))).toContain("Only an organizer");
    expect(wordsOf(await product.act("Ada", "points rings"))).toContain("Nothing stands out.");
  });
});
