/** Pictures of diagrams and drawings: what they may show, and the form that asks for a drawing. */
import { describe, expect, it } from "vitest";
import { encodePress } from "../../src/app/button.ts";
import { compareArchitecture, parseArchitecture } from "../../src/core/architecture.ts";
import { architectureText } from "../../src/core/architecture_views.ts";
import {
  comparisonBlock,
  DIAGRAM_CHOICES,
  diagramBlock,
  drawingForm,
  drawnView,
  findDiagram,
  sealedComparisonBlock,
} from "../../src/core/drawing_views.ts";
import type { View } from "../../src/core/view.ts";
import { bank } from "../kit/bank.ts";

const slug = "ad-click-prediction";
const item = bank.cases.get(slug) ?? expect.fail("no such case");
const whole = item.diagrams[0] ?? expect.fail("no diagram");

const compared = (typed: string, reference = whole) => {
  const drawn = parseArchitecture(typed);
  return compareArchitecture(drawn.ok ? drawn.drawing : expect.fail(drawn.refusal.title), reference, bank.vocabulary);
};
const comparison = compared(`app -> gateway -> HNSW -> ranker
auction -> ranker
gateway -> cache
event log -> joiner -> training`);

describe("a drawing beside its reference", () => {
  it("shows all of the reference once it is open", () => {
    const { picture, alt } = comparisonBlock(whole, comparison);
    for (const { label } of whole.nodes) expect(JSON.stringify(picture)).toContain(label);
    expect(alt).toContain("Missing boxes: Light ranker");
  });

  it("shows nothing while it is sealed that was not drawn, and no arrow the right way round", () => {
    const { picture, alt } = sealedComparisonBlock(whole, comparison);
    if (picture.kind !== "comparison") return expect.fail("no comparison");
    const told = `${JSON.stringify(picture)} ${alt}`;
    const missing = comparison.nodes.filter(({ state }) => state === "missing");
    expect(missing.length).toBeGreaterThan(3);
    for (const { id, label } of missing) {
      expect(told).not.toContain(`"${id}"`);
      expect(told).not.toContain(label);
    }
    expect(told).not.toMatch(/"missing"|"reversed"|"label":"[^"]*","async"/);
    const reversed = comparison.edges.find(({ state }) => state === "reversed") ?? expect.fail("none is reversed");
    const { edges, nodes, planes, f1 } = picture.comparison;
    expect(edges).toContainEqual({ from: reversed.to, to: reversed.from, async: reversed.async, state: "extra" });
    expect(edges.some(({ from, to }) => from === reversed.from && to === reversed.to)).toBe(false);
    expect(edges.every(({ label }) => label === undefined)).toBe(true);
    expect(planes.every(({ id }) => nodes.some(({ plane }) => plane === id))).toBe(true);
    expect([f1, picture.sealed]).toEqual([comparison.f1, true]);
  });
});

it("says an author's own words of a diagram", () => {
  const { picture, alt } = diagramBlock(whole);
  expect(alt).toContain(whole.alt.slice(0, 200).trim());
  expect(picture).toMatchObject({ kind: "diagram", architecture: { planes: whole.planes, nodes: whole.nodes, edges: whole.edges } });
});

describe.each([...bank.cases])("drawing %s", (caseSlug, one) => {
  it("finds every diagram by what it is called, and every kind", () => {
    for (const diagram of one.diagrams) {
      expect(findDiagram(one, diagram.id)).toBe(diagram);
      expect(findDiagram(one, ` ${diagram.title.toUpperCase()}`)).toBe(diagram);
    }
    for (const { value } of DIAGRAM_CHOICES) expect(findDiagram(one, value)?.shows).toBe(value);
    expect(findDiagram(one, "")).toBeUndefined();
    expect(findDiagram(one, "@everyone")).toBeUndefined();
  });

  it("has buttons that fit their carrier, to every reference", () => {
    for (const diagram of one.diagrams) {
      const right = compared(architectureText(diagram), diagram);
      const view: View = drawnView(caseSlug, one, diagram, { comparison: right, unread: [], modelOnly: false, added: 0 });
      expect(view).toMatchObject({ title: "100 % of the boxes and arrows", tone: "good" });
      for (const block of view.blocks) if (block.kind === "buttons") for (const button of block.buttons) encodePress(button);
      encodePress({ command: "draw", input: { ...drawingForm({ slug: caseSlug, item: one }, diagram, undefined).carry } });
    }
  });
});

it("asks only for what is not chosen, and keeps what was typed", () => {
  const names = (...args: Parameters<typeof drawingForm>) => drawingForm(...args).fields.map(({ name }) => name);
  expect(names(undefined, undefined, undefined)).toEqual(["case", "diagram", "drawing"]);
  expect(names({ slug, item }, undefined, undefined)).toEqual(["diagram", "drawing"]);
  const form = drawingForm({ slug, item }, whole, "a -> b");
  expect(form).toMatchObject({ carry: { case: slug, diagram: whole.id }, fields: [{ name: "drawing", value: "a -> b" }] });
  expect(form.intro).toContain(whole.title);
});
