import { createCanvas, loadImage } from "@napi-rs/canvas";
import { beforeAll, describe, expect, it } from "vitest";
import type { Picture } from "../../src/core/picture.ts";
import { contactSheet } from "../../src/pictures/contact_sheet.ts";
import { laidOut } from "../../src/pictures/diagram.ts";
import { pngOf } from "../../src/pictures/draw.ts";
import { loadFonts, shorten, widthOf, wrap } from "../../src/pictures/fonts.ts";
import { lintLayout } from "../../src/pictures/lint.ts";
import { drawingOf, renderPicture, sceneOf } from "../../src/pictures/render.ts";
import { THEMES } from "../../src/pictures/theme.ts";
import { bank } from "../kit/bank.ts";
import { board, comparisonOf, progress, scorecard } from "./samples.ts";

const HOSTILE = `\u202e<script>@everyone</script>\u0000\u0007 \`\`\`${"W".repeat(5_000)}`;

const system: Picture = {
  kind: "diagram",
  title: "Serving",
  architecture: {
    planes: [],
    nodes: [
      { id: "a", label: "App", kind: "client" },
      { id: "b", label: "Ranker", kind: "model" },
    ],
    edges: [{ from: "a", to: "b", label: "≥ 2,000 →", async: true }],
  },
};

const all: readonly Picture[] = [
  system,
  board,
  scorecard,
  progress,
  { kind: "board", title: "Empty", unit: "points", rows: [] },
  { kind: "progress", title: "New", until: "2024-02-29", days: [], streak: 0, longest: 0, trend: [] },
  { kind: "progress", title: "One", until: "2026-11-22", days: [3], streak: 1, longest: 1, trend: [{ at: "2026-11-22", level: 4 }] },
  { kind: "scorecard", title: "Nobody scored", steps: scorecard.steps.map(({ title }) => ({ title })), essentials: [] },
  { kind: "sheet", title: "Empty", rows: [] },
  {
    kind: "sheet",
    title: HOSTILE,
    rows: Array.from({ length: 300 }, () => ({ title: HOSTILE, a: { name: HOSTILE, when: HOSTILE }, b: { name: "", when: "" } })),
  },
  {
    kind: "board",
    title: HOSTILE,
    subtitle: HOSTILE,
    unit: HOSTILE,
    rows: [
      { rank: 1, name: HOSTILE, value: 9_999_999_999 },
      { rank: 1, name: "", value: -1, own: true },
    ],
  },
  {
    kind: "comparison",
    title: HOSTILE,
    comparison: {
      planes: [],
      nodes: Array.from({ length: 60 }, (_, i) => ({
        id: `n${i}`,
        label: HOSTILE,
        kind: "service",
        state: i < 6 ? ("missing" as const) : ("extra" as const),
      })),
      edges: Array.from({ length: 120 }, (_, i) => ({
        from: `n${i % 60}`,
        to: `n${(i * 7) % 60}`,
        label: HOSTILE,
        async: false,
        state: "extra" as const,
      })),
      f1: 0,
    },
  },
];

async function pixels(png: Uint8Array) {
  const image = await loadImage(Buffer.from(png));
  const canvas = createCanvas(image.width, image.height);
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  return { w: image.width, h: image.height, data: pen.getImageData(0, 0, image.width, image.height).data };
}

/** Text alone, drawn large. */
const drawn = async (text: string) =>
  pixels(
    pngOf({
      w: 80,
      h: 60,
      background: "#FFFFFF",
      shapes: [{ kind: "text", x: 10, y: 30, text, size: 36, weight: 600, colour: "#000000" }],
    }),
  );

const ink = ({ data }: { data: Uint8ClampedArray }): number => data.filter((value, i) => i % 4 < 3 && value < 128).length;

describe("pictures", () => {
  beforeAll(loadFonts);

  it.each(all.map((picture) => [picture.kind, picture.title.slice(0, 12), picture] as const))(
    "draws a %s (%s) whole, opaque and readable",
    async (_, __, picture) => {
      const scene = sceneOf(picture, "light");
      for (const shape of scene.shapes) if (shape.kind === "text") expect(shape.text).not.toMatch(/[\p{Cc}\u202e]/u);
      const { w, h, data } = await pixels(renderPicture(picture, "light"));
      expect([w, h]).toEqual([Math.ceil(scene.w) * 2, Math.ceil(scene.h) * 2]);
      expect(w).toBeLessThanOrEqual(2_400);
      expect(h).toBeLessThanOrEqual(4_000);
      let transparent = 0;
      const colours = new Set<number>();
      for (let i = 0; i < data.length; i += 4) {
        if (data[i + 3] !== 255) transparent += 1;
        colours.add((data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!);
      }
      expect(transparent).toBe(0);
      // Text is drawn with soft edges: a page without any has a dozen colours.
      expect(colours.size).toBeGreaterThan(40);
    },
  );

  it("keeps every text within the picture", () => {
    for (const picture of all) {
      const { w, shapes } = sceneOf(picture, "dark");
      for (const shape of shapes) {
        if (shape.kind !== "text") continue;
        const width = widthOf(shape.text, shape.size, shape.weight);
        const left = shape.x - (shape.align === "right" ? width : shape.align === "center" ? width / 2 : 0);
        expect(left, shape.text).toBeGreaterThanOrEqual(0);
        expect(left + width, shape.text).toBeLessThanOrEqual(w);
      }
    }
  });

  it.each([..."→≥≤×÷σ²✓田さ김Żё🔥مש", "👩‍💻", "🇧🇷", "नमस्ते", "ไทย"])("draws %s with a glyph of its own", async (text) => {
    const [glyph, missing] = [await drawn(text), await drawn("\u{10fffd}")];
    expect(ink(glyph)).toBeGreaterThan(30);
    expect(Buffer.from(glyph.data).equals(Buffer.from(missing.data))).toBe(false);
  });

  it("shows pictures side by side as wide as on a phone", async () => {
    const png = renderPicture(system, "light");
    const { w, h, data } = await pixels(await contactSheet([png, png, png], 2, "#FF0000"));
    expect(w).toBe(16 + 2 * (780 + 16));
    expect(h).toBeGreaterThan(800);
    expect([...data.slice(0, 3)]).toEqual([255, 0, 0]);
    expect([...data.slice((20 * w + 20) * 4, (20 * w + 20) * 4 + 3)]).toEqual([255, 255, 255]);
  });

  it("draws emoji in colour", async () => {
    const { data } = await drawn("🔥");
    expect(data.some((value, i) => i % 4 === 0 && value - (data[i + 2] ?? 0) > 100)).toBe(true);
  });

  it("shortens by whole emoji and letters", () => {
    const short = shorten("👩‍💻👩‍💻👩‍💻👩‍💻", 90, 24, 600);
    expect(short).toMatch(/^(👩‍💻)+…$/u);
    expect(widthOf(short, 24, 600)).toBeLessThanOrEqual(90);
    for (const line of wrap(`${"W".repeat(300)} ${"word ".repeat(40)}`, 120, 3, 16, 500))
      expect(widthOf(line, 16, 500)).toBeLessThanOrEqual(121);
  });

  it("draws the reference and few of the boxes that are too many, and counts them all", () => {
    const many = all.find((picture) => picture.kind === "comparison")!;
    const { nodes, planes, subtitle } = drawingOf(many);
    expect(nodes.filter((node) => node.state === "missing")).toHaveLength(6);
    expect(nodes.length).toBeLessThan(20);
    expect(planes.at(-1)?.title).toBe("Extra");
    expect(subtitle).toMatch(/wrong or extra 174/);
  });

  it("draws a comparison where its reference has the boxes, and nothing through a box", async () => {
    // A diagram of each of four cases, with none to six boxes missing.
    for (const [missing, diagram] of [...bank.cases.values()]
      .slice(0, 4)
      .flatMap((item) => item.diagrams.slice(0, 1))
      .entries()) {
      const drawing = drawingOf({ kind: "comparison", title: "From memory", comparison: comparisonOf(diagram, 2 * missing) });
      const [own, reference] = [laidOut(drawing).layout, laidOut(diagram).layout];
      // Channels may be wider, but what stands left of or above another box still does.
      const order = (nodes: typeof own.nodes, axis: "x" | "y") =>
        reference.nodes.map((_, i) => reference.nodes.map((_, j) => Math.sign(Math.round(nodes[i]![axis] - nodes[j]![axis]))));
      expect(order(own.nodes, "x")).toEqual(order(reference.nodes, "x"));
      expect(order(own.nodes, "y")).toEqual(order(reference.nodes, "y"));
      expect(lintLayout(drawing, own).filter((problem) => /runs through|overlaps|wrong side/.test(problem))).toEqual([]);
    }
  });

  it("tells kinds and states apart without colour", () => {
    const marks = (state: "matched" | "missing" | "extra") =>
      sceneOf(
        {
          kind: "comparison",
          title: "x",
          comparison: { planes: [], nodes: [{ id: "a", label: "A", kind: "store", state }], edges: [], f1: 0 },
        },
        "dark",
      )
        .shapes.map((shape) =>
          shape.kind === "icon"
            ? shape.icon
            : shape.kind === "text"
              ? shape.text
              : shape.kind === "box"
                ? (shape.line?.dash?.join() ?? "solid")
                : "",
        )
        .join(" ");
    expect(marks("matched")).toContain("check");
    expect(marks("extra")).toContain("cross");
    expect(marks("missing")).toMatch(/7,5.* \? /);
  });

  it("has inks that can be read on every ground of their theme", () => {
    const light = (hex: string) =>
      [1, 3, 5]
        .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
        .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    const luminance = (hex: string) => light(hex).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i]!, 0);
    const contrast = (a: string, b: string) =>
      (Math.max(luminance(a), luminance(b)) + 0.05) / (Math.min(luminance(a), luminance(b)) + 0.05);
    for (const theme of Object.values(THEMES)) {
      for (const ground of [theme.background, theme.plane, theme.card]) {
        expect(contrast(theme.ink, ground)).toBeGreaterThan(7);
        expect(contrast(theme.dim, ground)).toBeGreaterThan(4.5);
      }
      // WCAG 2 asks 3 to 1 of lines and icons.
      for (const line of [...Object.values(theme.kinds), theme.good.line, theme.bad.line, theme.edge])
        expect(contrast(line, theme.card)).toBeGreaterThan(3);
    }
  });
});
