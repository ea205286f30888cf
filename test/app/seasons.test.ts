/** Seasons of a channel and of a whole server. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE } from "../../src/core/place.ts";
import { board, earn, OTHER, rowsOf } from "../kit/board.ts";
import { buttonOf, openProduct, type Product, setUp, wordsOf } from "../kit/product.ts";

let product: Product;
beforeEach(async () => {
  product = await openProduct();
});
afterEach(() => product.close());

describe("seasons", () => {
  it("begin at nought, end the one before, and lose nothing", async () => {
    await setUp(product);
    await earn(product, "Ben", 30);
    expect(wordsOf(await product.act("Ben", "leaderboard", { window: "season" }))).toContain("No season has begun");
    expect(wordsOf(await product.act("Ben", "season start", { name: "Mine" }))).toContain("Only an organizer");
    product.now += MINUTE;
    await product.act("Ada", "season start", { name: "*Winter* @everyone" });
    expect(await board(product, "Ben", { window: "season" })).toEqual([]);
    await earn(product, "Ben", 5);
    await earn(product, "Chen", 8);
    // A sealed answer of before pays late, and counts where it was given.
    await earn(product, "Chen", 40, product.now - HOUR);
    expect(await board(product, "Ben", { window: "season" })).toEqual(["1 Chen 8", "2 Ben 5 *"]);
    await product.pass(DAY);
    await product.act("Ada", "season start", { name: "Spring" });
    await product.pass(0);
    const said = product.said("A season begins").at(-1) ?? expect.fail("nothing said");
    expect(rowsOf(said.view)).toEqual(["1 Chen 8", "2 Ben 5"]);
    expect(wordsOf(said.view)).toContain("\\\\*Winter\\\\* @everyone");
    expect(await board(product, "Ben", { window: "season" })).toEqual([]);
    const list = await product.act("Ben", "season list");
    expect(rowsOf(await product.press("Ben", buttonOf(list, "Board 2")))).toEqual(["1 Chen 8", "2 Ben 5 *"]);
    expect(await board(product, "Ben", { window: "all" })).toEqual(["1 Chen 48", "2 Ben 35 *"]);
  });

  it("can all be looked at, however many there were", async () => {
    await setUp(product);
    for (let nth = 1; nth <= 6; nth++) {
      await product.act("Ada", "season start", { name: `S${nth}` });
      await earn(product, "Ben", nth);
      await product.pass(DAY);
    }
    const list = await product.act("Ben", "season list");
    expect(wordsOf(list)).not.toContain("6 S1");
    const older = await product.press("Ben", buttonOf(list, "Older"));
    expect(wordsOf(older)).toContain("6 S1");
    expect(rowsOf(await product.press("Ben", buttonOf(older, "Board 6")))).toEqual(["1 Ben 1 *"]);
    expect(wordsOf(await product.press("Ben", buttonOf(older, "Newer")))).toEqual(wordsOf(list));
  });

  it("of a whole server are for who manages it, and every channel's", async () => {
    const group = await setUp(product);
    await earn(product, "Chen", 1, product.now, OTHER);
    await product.act("Ada", "daily organizer", { member: "chen" });
    expect(wordsOf(await product.act("Chen", "season start", { name: "All", scope: "server" }))).toContain("who manages the server");
    product.now += MINUTE;
    await product.act("Ada", "season start", { name: "All", scope: "server" });
    await earn(product, "Ben", 5, product.now, OTHER);
    expect(await board(product, "Ben", { window: "season", scope: "server" })).toEqual(["1 Ben 5 *"]);
    expect(wordsOf(await product.act("Ben", "leaderboard", { window: "season" }))).toContain("No season has begun");
    // A season of one channel is not another's.
    await product.act("Ada", "season start", { name: "Here" });
    const [own] = await product.store.read.seasons.of({ kind: "group", platform: "web", space: "s1", group }, 1);
    expect(wordsOf(await product.act("Ben", "leaderboard", { window: "season", season: own?.id ?? "" }, { place: OTHER }))).toContain(
      "No season has begun",
    );
  });
});
