/** The week's leaderboard, posted by itself. The clock begins on Monday 23 November 2026, 07:00 in Berlin. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DAY, HOUR } from "../../src/core/place.ts";
import { earn, rowsOf } from "../kit/board.ts";
import { openProduct, type Product, setUp, wordsOf } from "../kit/product.ts";

let product: Product;
beforeEach(async () => {
  product = await openProduct();
});
afterEach(() => product.close());

describe("the weekly digest", () => {
  const digests = () => product.said("The week's leaderboard");

  it("comes on Monday at the drill's hour, once, with the week before", async () => {
    await setUp(product);
    await product.act("Ben", "points hide");
    await earn(product, "Ben", 50);
    await earn(product, "Chen", 20);
    // This Monday's is about a week in which nobody earned.
    await product.pass(HOUR);
    expect(digests()).toHaveLength(0);
    await product.pass(7 * DAY - 1);
    expect(digests()).toHaveLength(0);
    await product.pass(1);
    await product.pass(1);
    expect(digests().map(({ view }) => rowsOf(view))).toEqual([["1 Chen 20"]]);
    expect(wordsOf(digests()[0]?.view ?? expect.fail("none"))).toContain("23–29 Nov");
    await product.pass(7 * DAY);
    expect(digests()).toHaveLength(1);
  });

  it("comes once after weeks of downtime", async () => {
    await setUp(product);
    await earn(product, "Ben", 9);
    await earn(product, "Ben", 9, product.now + 17 * DAY);
    await product.pass(23 * DAY);
    expect(digests().map(({ view }) => rowsOf(view))).toEqual([["1 Ben 9"]]);
    expect(wordsOf(digests()[0]?.view ?? expect.fail("none"))).toContain("7–13 Dec");
  });

  it("comes this Monday though the hour is moved to one that is over, and once though it is moved back", async () => {
    await setUp(product);
    await earn(product, "Ben", 9);
    await product.pass(HOUR);
    // Monday 07:30, half an hour before it is due.
    await product.pass(7 * DAY - HOUR / 2);
    await product.act("Ada", "setup", { time: "07:15", zone: "Europe/Berlin" });
    await product.pass(HOUR / 2);
    expect(digests().map(({ view }) => rowsOf(view))).toEqual([["1 Ben 9"]]);
    await product.act("Ada", "setup", { time: "20:00", zone: "Europe/Berlin" });
    await product.pass(DAY);
    expect(digests()).toHaveLength(1);
  });

  it("is the organizer's to turn off, and a change of the schedule leaves it so", async () => {
    await setUp(product);
    expect(wordsOf(await product.act("Ben", "points digest", { wanted: false }))).toContain("Only an organizer");
    await product.act("Ada", "points digest", { wanted: false });
    await product.act("Ada", "setup", { time: "10:00", zone: "Europe/Berlin" });
    await earn(product, "Ben", 9);
    await product.pass(8 * DAY);
    expect(digests()).toHaveLength(0);
    await product.act("Ada", "points digest", { wanted: true });
    await earn(product, "Ben", 9);
    await product.pass(7 * DAY);
    expect(digests()).toHaveLength(1);
  });
});
