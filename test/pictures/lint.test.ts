import { beforeAll, describe, expect, it } from "vitest";
import { type Drawing, laidOut } from "../../src/pictures/diagram.ts";
import { loadFonts } from "../../src/pictures/fonts.ts";
import type { Layout } from "../../src/pictures/geometry.ts";
import { lintDrawing, lintLayout } from "../../src/pictures/lint.ts";
import { bank } from "../kit/bank.ts";

const drawing: Drawing = {
  title: "Chain",
  planes: [
    { id: "online", title: "Online" },
    { id: "offline", title: "Offline" },
  ],
  nodes: [
    { id: "a", label: "A", kind: "client", plane: "online" },
    { id: "b", label: "B", kind: "service", plane: "online" },
    { id: "c", label: "C", kind: "store", plane: "offline" },
  ],
  edges: [
    { from: "a", to: "b", label: "ask", async: false },
    { from: "b", to: "c", label: "log", async: true },
  ],
};

describe("lint of pictures", () => {
  let sound: Layout;
  beforeAll(() => {
    loadFonts();
    sound = laidOut(drawing).layout;
  });

  const problems = (change: Partial<Layout>) => lintLayout(drawing, { ...sound, ...change }).join("\n");
  const middle = (node: number) => {
    const box = sound.nodes[node]!;
    return { x: box.x + box.w / 2, y: box.y + box.h / 2 };
  };
  const labelAt = (edge: number, x: number, y: number) =>
    sound.edges.map((one, i) => (i === edge ? { ...one, label: { ...one.label!, x, y } } : one));

  it("has nothing to say about a sound one", () => expect(lintDrawing(drawing)).toEqual([]));

  it.each([
    [
      "an arrow through a box",
      () => ({
        edges: [
          {
            ...sound.edges[0]!,
            points: [
              { x: 0, y: middle(2).y },
              { x: 900, y: middle(2).y },
            ],
          },
          sound.edges[1]!,
        ],
      }),
      /a → b runs through "C"/,
    ],
    ["boxes that overlap", () => ({ nodes: [sound.nodes[0]!, sound.nodes[0]!, sound.nodes[2]!] }), /"A" overlaps "B"/],
    [
      "a box outside of its plane",
      () => ({ nodes: [sound.nodes[0]!, sound.nodes[1]!, { ...sound.nodes[2]!, y: -500 }] }),
      /"C" is on the wrong side of plane "Offline"/,
    ],
    ["planes that overlap", () => ({ planes: [sound.planes[0], sound.planes[0]] }), /plane "Online" overlaps/],
    ["a label outside", () => ({ edges: labelAt(1, -5, 10) }), /label of b → c leaves the picture/],
    ["a label on a box", () => ({ edges: labelAt(1, middle(0).x, middle(0).y) }), /label of b → c lies on "A"/],
    [
      "a label on a title",
      () => ({ edges: labelAt(0, sound.planes[1]!.title.x, sound.planes[1]!.title.y) }),
      /lies on the title "Offline"/,
    ],
    [
      "a label on another",
      () => ({ edges: labelAt(1, sound.edges[0]!.label!.x, sound.edges[0]!.label!.y) }),
      /label of a → b lies on that of b → c/,
    ],
    ["too wide a picture", () => ({ w: 1_201, h: 1_201 }), /1201 wide/],
    ["too long a picture", () => ({ w: 500, h: 900 }), /aspect is 0.56/],
  ] as const)("sees %s", (_, change, message) => expect(problems(change())).toMatch(message));

  it("sees a name that would be cut off", () => {
    const long = {
      ...drawing,
      nodes: [{ ...drawing.nodes[0]!, label: "Supercalifragilisticexpialidocious recommendation" }, ...drawing.nodes.slice(1)],
    };
    expect(lintDrawing(long).join()).toMatch(/too long to be shown whole/);
  });

  it("passes every diagram of the bank", { timeout: 240_000 }, async () => {
    const found = [...bank.cases].flatMap(([slug, { diagrams }]) =>
      diagrams.flatMap((diagram) => lintDrawing(diagram).map((problem) => `${slug}/${diagram.id}: ${problem}`)),
    );
    expect(found).toEqual([]);
  });
});
