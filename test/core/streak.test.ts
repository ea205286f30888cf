import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MOST_FREEZES, streakInWords, streakOf } from "../../src/core/streak.ts";

/** x answered, - missed, ? still open. */
const of = (days: string) => streakOf([...days].map((day) => ({ answered: day === "x", open: day === "?" })));

describe("a streak", () => {
  it.each([
    ["", 0, 0, 0],
    ["x", 1, 1, 0],
    ["xxx", 3, 3, 0],
    ["xx-", 0, 2, 0],
    ["xx-x", 1, 2, 0],
    ["xxx?", 3, 3, 0],
    ["?", 0, 0, 0],
    ["xxxxxxx", 7, 7, 1],
    ["xxxxxxx-", 7, 7, 0],
    ["xxxxxxx-x", 8, 8, 0],
    ["xxxxxxx--", 0, 7, 0],
    ["xxxxxxxxxxxxxx", 14, 14, 2],
    ["xxxxxxxxxxxxxxxxxxxxx", 21, 21, 2],
    ["xxxxxxxxxxxxxxxxxxxxx--x", 22, 22, 0],
    ["xxxxxxxxxxxxxxxxxxxxx---x", 1, 21, 0],
    // The streak stands at seven over the missed day: the eighth answered day is its eighth.
    ["xxxxxxx-xxxxxxx", 14, 14, 1],
  ])("%s is %i long, %i at best, with %i freezes", (days, current, best, freezes) => expect(of(days)).toEqual({ current, best, freezes }));

  it("never grows by a missed day, nor keeps more freezes than allowed", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("x", "-")), (days) => {
        const before = of(days.join(""));
        expect(before.freezes).toBeLessThanOrEqual(MOST_FREEZES);
        expect(before.best).toBeLessThanOrEqual(days.filter((day) => day === "x").length);
        expect(of(`${days.join("")}-`).current).toBeLessThanOrEqual(before.current);
        expect(of(`${days.join("")}?`)).toEqual(before);
      }),
    );
  });

  it("is put in words", () => {
    expect(streakInWords({ current: 0, best: 9, freezes: 0 })).toBe("");
    expect(streakInWords({ current: 7, best: 9, freezes: 1 })).toBe("**7** drills in a row, 1 freeze kept");
  });
});
