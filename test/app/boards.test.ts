/** Leaderboards as people use them. The clock begins on Monday 23 November 2026, 07:00 in Berlin. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE } from "../../src/core/place.ts";
import { board, earn, OTHER, rowsOf } from "../kit/board.ts";
import { buttonOf, CHANNEL, firstDrill, MONDAY, openProduct, type Product, setUp, wordsOf } from "../kit/product.ts";

let product: Product;
beforeEach(async () => {
  product = await openProduct();
});
afterEach(() => product.close());

describe("/leaderboard", () => {
  it("counts weeks and months of the group's own zone, and all time", async () => {
    await setUp(product);
    // Sunday 23:30 in Berlin is Sunday, though UTC says 22:30; half an hour later is Monday there.
    const sunday = MONDAY - 7.5 * HOUR;
    await earn(product, "Ben", 10, sunday);
    await earn(product, "Ben", 5, sunday + 40 * MINUTE);
    await earn(product, "Chen", 7);
    await earn(product, "Dan", 3, Date.parse("2026-10-31T22:59:00Z"));
    await earn(product, "Dan", 4, Date.parse("2026-10-31T23:01:00Z"));
    expect(await board(product, "Ben")).toEqual(["1 Chen 7", "2 Ben 5 *"]);
    expect(await board(product, "Dan", { window: "month" })).toEqual(["1 Ben 15", "2 Chen 7", "3 Dan 4 *"]);
    expect(await board(product, "Eve", { window: "all" })).toEqual(["1 Ben 15", "2 Dan 7", "2 Chen 7"]);
    const view = await product.act("Eve", "leaderboard");
    expect(wordsOf(view)).toContain("23–29 Nov · 2 members");
    expect(wordsOf(view)).toContain("You have no points in this window yet.");
  });

  it("always shows the reader with their neighbours", async () => {
    await setUp(product);
    for (let nth = 0; nth < 15; nth++) await earn(product, `M${nth}`, 60 - nth);
    expect((await board(product, "M12")).slice(9)).toEqual(["10 M9 51", "12 M11 49", "13 M12 48 *", "14 M13 47"]);
    expect((await board(product, "M14")).slice(10)).toEqual(["14 M13 47", "15 M14 46 *"]);
  });

  it("sums a server's channels, and shows the best streak", async () => {
    const group = await firstDrill(product);
    await product.act("Ada", "setup", { time: "08:00", zone: "America/New_York", weekdays: "daily" }, { place: OTHER });
    await earn(product, "Ben", 10);
    await earn(product, "Ben", 20, product.now, OTHER);
    await earn(product, "Chen", 25, product.now, OTHER);
    await product.store.transaction(async (tx) => {
      await tx.boards.setStreaks(group, new Map([["ben", 3]]));
      await tx.boards.setStreaks(
        (await tx.groups.at(OTHER))?.id ?? "",
        new Map([
          ["ben", 8],
          ["chen", 2],
        ]),
      );
    });
    expect(await board(product, "Ben")).toEqual(["1 Ben 10 *"]);
    const whole = await product.press("Ben", buttonOf(await product.act("Ben", "leaderboard"), "All channels"));
    expect(rowsOf(whole)).toEqual(["1 Ben 30 *", "2 Chen 25"]);
    expect(wordsOf(whole)).toContain("streak 8");
    expect(rowsOf(await product.press("Ben", buttonOf(whole, "Streaks")))).toEqual(["1 Ben 8 *", "2 Chen 2"]);
    expect(await board(product, "Ben", { metric: "streak" })).toEqual(["1 Ben 3 *"]);
    // Another server's people are none of ours.
    expect(wordsOf(await product.act("Zoe", "leaderboard", { scope: "server" }, { place: { ...CHANNEL, space: "s2" } }))).toContain(
      "No group meets here",
    );
  });

  it("ranks streaks as they stand: an answer lengthens, a missed day ends", async () => {
    await firstDrill(product);
    await product.act("Ben", "daily answer", { answer: "1" });
    await product.act("Chen", "daily answer", { answer: "1" });
    expect(await board(product, "Ben", { metric: "streak" })).toEqual(["1 Chen 1", "1 Ben 1 *"]);
    await product.pass(DAY);
    await product.act("Ben", "daily answer", { answer: "1" });
    expect(await board(product, "Ben", { metric: "streak" })).toEqual(["1 Ben 2 *", "2 Chen 1"]);
    await product.pass(20 * HOUR);
    expect(await board(product, "Ben", { metric: "streak" })).toEqual(["1 Ben 2 *"]);
  });

  it("ranks a step by mean coverage from three revealed answers on", async () => {
    const group = await setUp(product);
    const steps: string[] = [];
    for (let day = 0; day < 12; day++) {
      await product.pass(day === 0 ? HOUR : 4 * HOUR);
      const post = await product.store.read.posts.newest(group);
      steps.push(post?.why?.step ?? "");
      await product.act("Ben", "daily answer", { answer: "1" });
      await product.act("Chen", "daily answer", {
        answer: "We begin with the traffic of 500 million users a day, then batch features and a two-stage ranking.",
      });
      await product.pass(20 * HOUR);
    }
    const often = steps.find((step) => steps.filter((other) => other === step).length >= 3) ?? expect.fail("no step came three times");
    const view = await product.act("Ben", "leaderboard", { metric: often, window: "all" });
    expect(rowsOf(view).length).toBeGreaterThan(0);
    expect(wordsOf(view)).toMatch(/[3-9] answers/);
    expect(wordsOf(view)).toContain("% covered");
    const rare = steps.find((step) => steps.filter((other) => other === step).length < 3);
    if (rare !== undefined)
      expect(wordsOf(await product.act("Ben", "leaderboard", { metric: rare, window: "all" }))).toContain("Nobody has 3 revealed answers");
  });

  it("leaves out who hides, but for themselves", async () => {
    const group = await setUp(product);
    for (const [who, points] of [
      ["Ben", 30],
      ["Chen", 20],
      ["Dan", 10],
    ] as const)
      await earn(product, who, points);
    await product.act("Ben", "points hide");
    expect(await board(product, "Chen")).toEqual(["1 Chen 20 *", "2 Dan 10"]);
    expect(await board(product, "Ben")).toEqual(["1 Ben 30 *", "1 Chen 20", "2 Dan 10"]);
    expect(wordsOf(await product.act("Ben", "leaderboard"))).toContain("You are hidden");
    for (const scope of ["group", "server"])
      expect(await board(product, "Dan", { scope, window: "all" })).toEqual(["1 Chen 20", "2 Dan 10 *"]);
    // The boards that no table keeps count them above nobody either.
    await product.store.transaction((tx) =>
      tx.boards.setStreaks(
        group,
        new Map([
          ["ben", 4],
          ["chen", 3],
        ]),
      ),
    );
    for (const scope of ["group", "server"]) {
      const streaks = await product.act("Ben", "leaderboard", { scope, metric: "streak" });
      expect(rowsOf(streaks)).toEqual(["1 Ben 4 *", "1 Chen 3"]);
      expect(wordsOf(streaks)).toContain("1 member");
    }
    await product.act("Ben", "points show");
    expect(await board(product, "Dan")).toEqual(["1 Ben 30", "2 Chen 20", "3 Dan 10 *"]);
  });

  it("shows hostile names as typed", async () => {
    await setUp(product);
    await earn(product, "@everyone **x** <!channel>", 3);
    expect(await board(product, "Ben")).toEqual(["1 @everyone **x** <!channel> 3"]);
  });
});
