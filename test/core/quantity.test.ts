import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quantityInWords, readQuantity, withinFactor } from "../../src/core/quantity.ts";

const read = (typed: string, unit: string) => {
  const found = readQuantity(typed, unit);
  return found.ok ? found.value : found.problem;
};

describe("an estimate", () => {
  it.each([
    ["3.5M", "requests/s", 3.5e6],
    ["3.5e6", "requests/s", 3.5e6],
    ["20k rps", "requests/s", 20e3],
    ["20 k requests per second at peak", "requests/s", 20e3],
    ["1.2 TB/day", "TB/day", 1.2],
    ["1.2 TB/day", "GB/day", 1_200],
    ["86.4 TB/day", "GB/s", 1],
    ["1,250,000", "labels", 1_250_000],
    ["1.250.000", "labels", 1_250_000],
    ["1 250 000", "labels", 1_250_000],
    ["1,5 million", "labels", 1.5e6],
    ["1,250", "labels", 1_250],
    ["0.0038", "dollars per thousand page views", 0.0038],
    ["$0.0038", "dollars per thousand page views", 0.0038],
    ["1234.5678", "labels", 1_234.5678],
    ["1,234,567.25", "labels", 1_234_567.25],
    ["1,25", "TB", 1.25],
    ["~500k", "requests/s", 500e3],
    ["about 500 thousand requests per second", "requests/s", 500e3],
    ["43.2 million per day", "requests/s", 500],
    ["12k/s", "examples/day", 12e3 * 86_400],
    ["500 GB", "TB", 0.5],
    ["500G", "GB", 500],
    ["512GiB", "GB", 549.755813888],
    ["2 x 10^6", "items/s", 2e6],
    ["10^9", "examples/day", 1e9],
    ["10 ** 9", "examples/day", 1e9],
    ["0.62 %", "percent", 0.62],
    ["75", "percent", 75],
    ["5b", "rows/day", 5e9],
    ["250ms", "ms", 250],
    ["0.25 s", "ms", 250],
    ["12.5 s", "s per impression", 12.5],
    ["48k core-hours", "core-hours", 48e3],
    ["2 min", "s", 120],
    ["3 hours", "s", 10_800],
    ["90 min", "hours", 1.5],
    ["2 days", "core-hours", 48],
    ["0,250", "TB", 0.25],
    ["435 GPUs", "accelerators", 435],
    ["500 cards a day", "cards/day", 500],
  ])("reads %s as %s", (typed, unit, value) => expect(read(typed, unit)).toBeCloseTo(value, 6));

  it.each([
    ["many", "x"],
    ["-5", "x"],
    ["0", "x"],
    ["1-2M", "x"],
    ["1M to 2M", "x"],
    ["5 TB", "requests/s"],
    ["300 per second", "accelerators"],
    ["3 $", "x"],
    ["20k per fortnight", "requests/s"],
    ["5 Mbit", "MB"],
    ["9".repeat(400), "x"],
    ["", "x"],
  ])("refuses %s with what to write", (typed, unit) => expect(read(typed, unit)).toMatch(/[Nn]umber|unit|asks for|per …/));

  it("reads whatever is typed, and gives back what it says", () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom("requests/s", "TB", "percent", "ms", "labels"), (typed, unit) => {
        const found = readQuantity(typed, unit);
        if (found.ok) expect(found.value).toBeGreaterThan(0);
        else expect(found.problem).not.toBe("");
      }),
    );
    fc.assert(fc.property(fc.integer({ min: 1, max: 999_999_999 }), (number) => read(String(number), "labels") === number));
  });

  it("is right within its factor either way", () => {
    expect(withinFactor(150, 100, 1.5)).toBe(true);
    expect(withinFactor(100 / 1.5, 100, 1.5)).toBe(true);
    expect(withinFactor(151, 100, 1.5)).toBe(false);
    expect(withinFactor(66, 100, 1.5)).toBe(false);
    expect(quantityInWords(520_833, "requests/s")).toBe("521 thousand requests/s");
    expect(quantityInWords(0.62, "percent")).toBe("0.62 percent");
  });
});
