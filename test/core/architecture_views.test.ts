/** The words for a drawing: short enough, inert, and nothing given away while answers are sealed. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Architecture, compareArchitecture, parseArchitecture } from "../../src/core/architecture.ts";
import {
  architectureText,
  COMPARISON_CHARACTERS,
  comparisonBlocks,
  DRAWING_HELP,
  sealedComparisonBlocks,
} from "../../src/core/architecture_views.ts";
import { parse } from "../../src/core/markup.ts";
import type { Block } from "../../src/core/view.ts";
import { bank } from "../kit/bank.ts";

const diagrams = [...bank.cases].flatMap(([slug, item]) => item.diagrams.map((diagram) => [`${slug}/${diagram.id}`, diagram] as const));
const whole = diagrams[0]?.[1] ?? expect.fail("an empty bank");

const drawing = (text: string): Architecture => {
  const drawn = parseArchitecture(text);
  return drawn.ok ? drawn.drawing : expect.fail(drawn.refusal.title);
};
const markdownOf = (blocks: readonly Block[]) => blocks.map((block) => (block.kind === "text" ? block.markdown : "")).join("\n");
const shown = (blocks: readonly Block[]) =>
  parse(markdownOf(blocks))
    .map((span) => ("text" in span ? span.text : `<${span.kind}>`))
    .join("");

const typed = `app -> gateway -> HNSW -> ranker
auction -> ranker
gateway -> cache
event log -> joiner -> training`;
const compared = compareArchitecture(drawing(typed), whole, bank.vocabulary);

describe("the comparison in words", () => {
  it("names what was matched otherwise, missing, extra, reversed, short-cut and not read", () => {
    const text = shown(comparisonBlocks(compared, ["some thought or other"]));
    expect(text).toContain("8 of 14 boxes and 4 of 21 arrows");
    expect(text).toContain("“HNSW” is Candidate retrieval");
    expect(text).toMatch(/Missing boxes: Light ranker; Feature store/);
    expect(text).toMatch(/Missing arrows: .*Light ranker → Heavy ranker/);
    expect(text).toContain("Boxes that the reference has not: cache.");
    expect(text).toContain("Arrows that the reference has not: Ad server → cache.");
    expect(text).toContain("The other way round in the reference, half right: Heavy ranker → Auction and pacing.");
    expect(text).toMatch(/Shortcuts.*: Candidate retrieval → Heavy ranker\./);
    expect(text).toContain("A line that I did not understand: “some thought or other”.");
  });

  it("gives away nothing that is missing or turned while answers are sealed", () => {
    const text = shown(sealedComparisonBlocks(compared, []));
    expect(text).toContain("Still open: 6 boxes, 16 arrows, the direction of 1 arrow.");
    expect(text).not.toMatch(/Light ranker|Feature store|Release gate|Heavy ranker → Auction/);
  });

  it("is short when all is right", () => {
    const right = compareArchitecture(whole, whole, bank.vocabulary);
    expect(shown(comparisonBlocks(right, []))).toBe("14 of 14 boxes and 21 of 21 arrows, F1 1.00");
    expect(shown(sealedComparisonBlocks(right, []))).toContain("Nothing is missing.");
  });

  it("reads the example that the form gives", () => {
    const examples = [...DRAWING_HELP.matchAll(/^`(.*)`$/gm)].map(([, line]) => line);
    const drawn = parseArchitecture(examples.join("\n"));
    expect(drawn).toMatchObject({ ok: true, unread: [], drawing: { planes: [{ title: "online" }] } });
    expect(drawn.ok && drawn.drawing.edges).toHaveLength(5);
  });
});

describe.each(diagrams)("%s", (_id, diagram) => {
  it("has room for nothing right and for all missing", () => {
    for (const text of ["x -> y", `${"a very long name of some box ".repeat(3)} -> y`, typed]) {
      const found = compareArchitecture(drawing(text), diagram, bank.vocabulary);
      expect(markdownOf(comparisonBlocks(found, ["l".repeat(3_000)])).length).toBeLessThanOrEqual(COMPARISON_CHARACTERS);
    }
  });
});

it("shows hostile names as they were typed, whatever they hold, and stays within its limits", () => {
  const name = fc.string({
    unit: fc.constantFrom("a", "*", "_", "`", "{", "}", "\\", "@", "<", "!", "é", "🙂", " ", "\u202e"),
    minLength: 1,
    maxLength: 60,
  });
  fc.assert(
    fc.property(fc.array(name, { minLength: 2, maxLength: 40 }), (names) => {
      const nodes = names.map((label, at) => ({ id: `n${at}`, label: `${label}z${at}`, kind: "store" as const }));
      const edges = nodes.flatMap(({ id }, at) =>
        [1, 2, 3].map((step) => ({ from: id, to: `n${(at + step) % nodes.length}`, async: false })),
      );
      const drawn = { planes: [], nodes, edges };
      const found = compareArchitecture(drawn, whole, bank.vocabulary);
      for (const blocks of [comparisonBlocks(found, names), sealedComparisonBlocks(found, names)]) {
        expect(markdownOf(blocks).length).toBeLessThanOrEqual(COMPARISON_CHARACTERS);
        expect(parse(markdownOf(blocks)).every(({ kind }) => kind === "plain" || kind === "bold")).toBe(true);
      }
    }),
    { numRuns: 100 },
  );
});

describe("an architecture as one types it", () => {
  it("is arrows under their planes", () => {
    const text = architectureText(drawing("[online]\nclient -> gateway: request\ngateway -.-> log\n[data]\nlog -> job\n"));
    expect(text).toBe("[online]\nclient -> gateway: request\ngateway -.-> log\n\n[data]\nlog -> job\njob");
  });

  it("puts in quotes what would be read otherwise", () => {
    const odd = drawing('"a, b" -> "c: d" -> "e -> f": "g -> h"');
    expect(odd.nodes.map(({ label }) => label)).toEqual(["a, b", "c: d", "e -> f"]);
    expect(drawing(architectureText(odd))).toEqual(odd);
  });
});
