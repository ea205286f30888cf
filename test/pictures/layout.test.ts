import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { NODE_KINDS } from "../../src/core/content.ts";
import { type Drawing, laidOut } from "../../src/pictures/diagram.ts";
import { loadFonts } from "../../src/pictures/fonts.ts";
import type { Box, Layout, Point } from "../../src/pictures/geometry.ts";
import { lintLayout } from "../../src/pictures/lint.ts";

const LABELS = ["App", "Feature store", "Candidate generation service", "Ranker (MMoE)", "特征存储", "🔥 cache", "x"];

/** Architectures with planes and without, loose boxes, cycles, loops and double arrows. */
const drawings: fc.Arbitrary<Drawing> = fc
  .record({ boxes: fc.integer({ min: 1, max: 16 }), planes: fc.integer({ min: 0, max: 4 }) })
  .chain(({ boxes, planes }) =>
    fc.record({
      title: fc.constant("Any system"),
      planes: fc.constant(Array.from({ length: planes }, (_, i) => ({ id: `plane-${i}`, title: `Plane ${i}` }))),
      nodes: fc.tuple(
        ...Array.from({ length: boxes }, (_, i) =>
          fc
            .record({
              label: fc.constantFrom(...LABELS),
              kind: fc.constantFrom(...NODE_KINDS),
              plane: fc.integer({ min: 0, max: planes }),
            })
            .map(({ plane, ...node }) => ({ ...node, id: `n${i}`, ...(plane < planes ? { plane: `plane-${plane}` } : {}) })),
        ),
      ),
      edges: fc.array(
        fc
          .record({
            from: fc.nat(boxes - 1),
            to: fc.nat(boxes - 1),
            async: fc.boolean(),
            label: fc.constantFrom(undefined, "features", "labelled rows of the day"),
          })
          .map(({ from, to, label, async }) => ({ from: `n${from}`, to: `n${to}`, async, ...(label === undefined ? {} : { label }) })),
        { maxLength: 22 },
      ),
    }),
  );

const touches = (box: Box, { x, y }: Point): boolean => {
  const beside = (x === box.x || x === box.x + box.w) && y > box.y && y < box.y + box.h;
  const above = (y === box.y || y === box.y + box.h) && x > box.x && x < box.x + box.w;
  return beside || above;
};

function ends({ edges, nodes }: Drawing, layout: Layout): void {
  for (const [i, { points }] of layout.edges.entries()) {
    const box = (id: string) => layout.nodes[nodes.findIndex((node) => node.id === id)]!;
    expect(touches(box(edges[i]!.from), points[0]!)).toBe(true);
    expect(touches(box(edges[i]!.to), points.at(-1)!)).toBe(true);
    for (const [j, to] of points.slice(1).entries()) expect(points[j]!.x === to.x || points[j]!.y === to.y).toBe(true);
  }
}

describe("layout", () => {
  beforeAll(loadFonts);

  it("runs no arrow through a box, lets no boxes overlap, and keeps every box in its plane", () => {
    fc.assert(
      fc.property(drawings, (drawing) => {
        const { layout } = laidOut(drawing);
        expect(lintLayout(drawing, layout).filter((problem) => /runs through|overlaps|wrong side/.test(problem))).toEqual([]);
        ends(drawing, layout);
      }),
      { numRuns: 25 },
    );
  });

  it("gives the same picture for the same architecture", () => {
    fc.assert(
      fc.property(drawings, (drawing) => {
        expect(laidOut(structuredClone(drawing)).layout).toEqual(laidOut(drawing).layout);
      }),
      { numRuns: 3 },
    );
  });

  it("refuses what nobody could read", () => {
    const nodes = Array.from({ length: 500 }, (_, i) => ({ id: `n${i}`, label: "x", kind: "service" as const }));
    expect(() => laidOut({ title: "All", planes: [], nodes, edges: [] })).toThrow(/500 boxes/);
    expect(() =>
      laidOut({ title: "Loose end", planes: [], nodes: nodes.slice(0, 2), edges: [{ from: "n0", to: "n9", async: false }] }),
    ).toThrow(/n0 → n9/);
  });
});
