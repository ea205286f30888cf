import { describe, expect, it } from "vitest";
import { ALT_CHARACTERS, altOf, type DiagramPicture, type Picture } from "../../src/core/picture.ts";
import { bank } from "../kit/bank.ts";
import { board, comparisonOf, progress, scorecard, sheetOf } from "./samples.ts";

describe("alt texts", () => {
  it("say what the picture says", () => {
    expect(altOf(board)).toContain("2. 田中 さくら 4655 points, streak 12, up 2.");
    expect(altOf(board)).toContain("… 41. Neighbour above 11 points, streak 2. 42. Grace (you) 10 points, streak 4, up 5.");
    expect(altOf({ ...board, rows: [] })).toBe("Weekly leaderboard, #ml-design-drills · 16–22 Nov · 148 players. Nobody is on it yet.");
    expect(altOf(scorecard)).toContain("4 Feature engineering, level 2.5, scorers differ, median 2, rubric 55 %, 6 of 6 min");
    expect(altOf(scorecard)).toContain(
      "58 % system, 42 % ML; the aim is 70/30. Settled: Scale, Latency, Data → features → serving. Missing: When data drifts.",
    );
    expect(altOf(progress)).toMatch(
      /streak 5, longest 14\. Step 1 [^.]*: no answer yet\. Step 2 [^.]*: 40 % over 3\. .* 62 % system, 38 % ML; the aim is 70\/30\. Mock rounds: level 1.5 \(2026-07-04\) to 3 \(2026-11-14\), 6 in all\.$/,
    );
  });

  it("tell a drawing's arrows, and an author's words where there are some", () => {
    const nodes = ["A", "B", "C", "D"].map((label) => ({ id: label.toLowerCase(), label, kind: "service" as const }));
    const edges = [
      { from: "a", to: "b", async: false },
      { from: "a", to: "c", async: true },
    ];
    const diagram: DiagramPicture = { kind: "diagram", title: "T", architecture: { planes: [], nodes, edges } };
    expect(altOf(diagram)).toBe("T. A → B, C; without arrows: D.");
    expect(altOf({ ...diagram, alt: "Told." })).toBe("T. Told.");
  });

  it("name what is missing, extra, reversed and short-cut", async () => {
    const diagram = bank.cases.get("ad-click-prediction")!.diagrams[0]!;
    const alt = altOf({ kind: "comparison", title: "From memory", comparison: comparisonOf(diagram, 3) });
    expect(alt).toMatch(/^From memory\. 62 % of boxes and arrows; \d+ boxes and \d+ arrows match\./);
    for (const heading of ["Not in the reference: Response cache.", "Reversed arrows: ", "Shortcuts: ", "Missing arrows: "])
      expect(alt).toContain(heading);
    expect(altOf(sheetOf([bank.tradeoffs.get("l1-or-l2")!]))).toContain("L1 or L2 regularisation: L1 (lasso) or L2 (ridge).");
  });

  it("fit every platform, on one line, without controls", () => {
    const long = "\u202eW\u0000\n".repeat(3_000);
    const pictures: Picture[] = [
      { ...board, title: long },
      { ...scorecard, subtitle: long },
      { ...board, rows: Array.from({ length: 200 }, (_, i) => ({ rank: i, name: "👩‍💻".repeat(50), value: i })) },
    ];
    for (const picture of pictures) {
      const alt = altOf(picture);
      expect(alt.length).toBeLessThanOrEqual(ALT_CHARACTERS);
      expect(alt).not.toMatch(/[\p{Cc}\u202e]/u);
    }
  });
});
