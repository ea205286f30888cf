import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodePress } from "../../src/app/button.ts";
import { type BoardPage, boardRows, METRICS, periodInWords, type Ranked, SCOPES, WINDOWS } from "../../src/core/leaderboard.ts";
import { boardTitle, boardView } from "../../src/core/leaderboard_views.ts";
import { dayAfter, mondayOf } from "../../src/core/schedule.ts";
import { buttonsOf } from "../kit/view.ts";

/** Ranked by points, then by id, as the store gives them. */
function pageOf(points: Readonly<Record<string, number>>, own?: string, hidden: readonly string[] = []): BoardPage {
  const values = Object.values(points);
  const seen = (member: string) => !hidden.includes(member);
  const all = Object.entries(points)
    .map(([member, value]): Ranked => {
      const above = Object.entries(points).filter(([other, more]) => more > value && seen(other)).length;
      return { member, name: member.toUpperCase(), value, rank: 1 + above, streak: 0 };
    })
    .sort((a, b) => b.value - a.value || (a.member < b.member ? 1 : -1));
  const listed = all.filter(({ member }) => seen(member) || member === own);
  const at = listed.findIndex(({ member }) => member === own);
  return {
    top: all.filter(({ member }) => seen(member)).slice(0, 11),
    around: at < 0 ? [] : listed.slice(Math.max(0, at - 1), at + 2),
    members: values.length,
  };
}

const thirty = Object.fromEntries(
  Array.from({ length: 30 }, (_, at) => [`m${String(30 - at).padStart(2, "0")}`, 100 - Math.floor(at / 2)]),
);
const rows = (page: BoardPage, own?: string) => boardRows(page, own, "points");

describe("leaderboard rows", () => {
  it("share ranks on ties and skip after them", () => {
    expect(rows(pageOf(thirty)).map((row) => row.rank)).toEqual([1, 1, 3, 3, 5, 5, 7, 7, 9, 9]);
  });

  it("have a low own row with its neighbours after a gap", () => {
    expect(
      rows(pageOf(thirty, "m10"), "m10")
        .slice(10)
        .map(({ rank, value, own, gap }) => [rank, value, own, gap]),
    ).toEqual([
      [19, 91, undefined, true],
      [21, 90, true, undefined],
      [21, 90, undefined, undefined],
    ]);
  });

  it("mark no gap when the neighbours follow the top", () => {
    for (const own of ["m20", "m19"]) expect(rows(pageOf(thirty, own), own).some((row) => row.gap)).toBe(false);
    expect(
      rows(pageOf(thirty, "m18"), "m18")
        .filter((row) => row.gap)
        .map((row) => row.member),
    ).toEqual(["m19"]);
  });

  it("show nobody twice, in order, the reader always", () => {
    const board = fc.uniqueArray(fc.tuple(fc.string({ minLength: 2, maxLength: 2 }), fc.integer({ min: 1, max: 12 })), {
      minLength: 1,
      maxLength: 25,
      selector: ([id]) => id,
    });
    fc.assert(
      fc.property(board, fc.nat(), fc.boolean(), (entries, nth, hides) => {
        const own = entries[nth % entries.length]?.[0] ?? "";
        const shown = rows(pageOf(Object.fromEntries(entries), own, hides ? [own] : []), own);
        expect(new Set(shown.map(({ member }) => member)).size).toBe(shown.length);
        expect(shown.filter((row) => row.own).map(({ member }) => member)).toEqual([own]);
        expect(shown.map(({ value }) => value)).toEqual(shown.map(({ value }) => value).sort((a, b) => b - a));
        expect(shown.length).toBeLessThanOrEqual(13);
        expect(shown.length).toBeGreaterThanOrEqual(Math.min(10, entries.length));
      }),
    );
  });
});

describe("a week in words", () => {
  it("is that of its Monday", () => {
    expect(periodInWords({ kind: "week", monday: "2026-11-16" })).toBe("16–22 Nov");
    expect(periodInWords({ kind: "week", monday: "2026-11-30" })).toBe("30 Nov – 6 Dec");
    expect(periodInWords({ kind: "month", month: "2026-11" })).toBe("November 2026");
  });

  it("begins on Monday", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), (days) => {
        const day = dayAfter("2000-01-01", days);
        const date = new Date(`${day}T00:00:00Z`);
        date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
        expect(mondayOf(day)).toBe(date.toISOString().slice(0, 10));
      }),
    );
  });
});

describe("a board's view", () => {
  const framework = { steps: Array.from({ length: 7 }, (_, at) => ({ title: `Step ${at + 1}` })) } as unknown as Parameters<
    typeof boardView
  >[0]["framework"];
  const words = {
    page: pageOf({ ann: 12, ben: 3 }, "ben"),
    period: "16–22 Nov",
    days: new Map([["ann", [0, 0, 0, 0, 0, 2, 10]]]),
    framework,
  };

  it("has buttons for every other window, scope and metric, each of which fits its carrier", () => {
    for (const window of WINDOWS)
      for (const scope of SCOPES)
        for (const metric of METRICS) {
          const choice = { window, scope, metric };
          const view = boardView({ ...words, choice }, boardTitle(choice), { id: "ben", hidden: false });
          const buttons = buttonsOf(view);
          for (const button of buttons) encodePress(button);
          expect(new Set(buttons.map(({ label }) => label)).size).toBe(buttons.length);
          for (const block of view.blocks) if (block.kind === "buttons") expect(block.buttons.length).toBeLessThanOrEqual(5);
        }
    encodePress({ label: "", command: "leaderboard", input: { window: "season", season: "abcdefghijkl", scope: "server" } });
  });

  it("says the same in picture and text, and whose row is whose", () => {
    const choice = { window: "week", scope: "group", metric: "points" } as const;
    const { blocks } = boardView({ ...words, choice }, "x", { id: "ben", hidden: true });
    const picture = blocks.find((block) => block.kind === "picture");
    const ranking = blocks.find((block) => block.kind === "ranking");
    expect(ranking?.rows.map(({ rank, name, value, own }) => [rank, name, value, own])).toEqual([
      [1, "ANN", 12, undefined],
      [2, "BEN", 3, true],
    ]);
    expect(picture?.alt).toBe("x, 16–22 Nov · 2 members. 1. ANN 12 points. 2. BEN (you) 3 points.");
    expect(JSON.stringify(blocks)).toContain("You are hidden");
  });

  it("is nobody's own where everybody reads it", () => {
    const choice = { window: "week", scope: "group", metric: "points" } as const;
    const { blocks } = boardView({ ...words, choice }, "x");
    expect(blocks.some((block) => block.kind === "buttons")).toBe(false);
    expect(JSON.stringify(blocks)).not.toContain('"own"');
  });
});
