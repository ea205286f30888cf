/** An architecture as a picture; with the states of a comparison, the drawing from memory beside its reference. */
import type { Architecture, ArchitectureEdge, ArchitectureNode, Comparison } from "../core/architecture.ts";
import { oneLine } from "./card.ts";
import { extend } from "./extend.ts";
import { fold, shorten, widthOf, wrap } from "./fonts.ts";
import { at, type Box, type Graph, type Layout, type Point, type RoutedEdge, type Size } from "./geometry.ts";
import { KINDS, type Kind, kindOf } from "./icons.ts";
import { choosePlacement, layOut } from "./layout.ts";
import { LEGEND_LINE, type LegendEntry, legendOf } from "./legend.ts";
import type { Line, Scene, Shape } from "./scene.ts";
import { markOf, type Theme } from "./theme.ts";

const MARGIN = 24;
const NODE = { size: 17, weight: 600, line: 21, icon: 24, pad: 14, gap: 10, text: 132, widest: 190, height: 54, radius: 9 } as const;
const LABEL = { size: 14.5, weight: 500, line: 18, short: 62, widest: 260, typed: 150 } as const;
const PLANE = { size: 15, weight: 600, radius: 14 } as const;
const SUBTITLE = { size: 16, weight: 500 } as const;
const TITLE = { size: 25, weight: 700, line: 32 } as const;

export type NodeState = Comparison["nodes"][number]["state"];
export type EdgeState = Comparison["edges"][number]["state"];

type DrawnNode = ArchitectureNode & { readonly state?: NodeState };
type DrawnEdge = ArchitectureEdge & { readonly state?: EdgeState };

export interface Drawing {
  readonly title: string;
  readonly subtitle?: string;
  readonly planes: Architecture["planes"];
  readonly nodes: readonly DrawnNode[];
  readonly edges: readonly DrawnEdge[];
  /** What a comparison is with: its boxes come first among those here, and stand where its own picture has them. */
  readonly reference?: Drawing;
}

interface Words {
  readonly nodes: readonly (readonly string[])[];
  readonly labels: readonly ({ readonly wide: string; readonly folded: readonly string[] } | undefined)[];
  readonly planes: readonly string[];
}

/** Larger ones have no picture that anybody could read, and would hold up everybody else's. */
const MOST = { boxes: 40, arrows: 100 };

/** The drawing with its boxes and arrows in place; what the lint of the bank looks at. Throws for one that is empty or too large. */
export function laidOut(drawing: Drawing): { layout: Layout; words: Words } {
  if (drawing.nodes.length === 0) throw new RangeError("an architecture without boxes has no picture");
  if (drawing.nodes.length > MOST.boxes || drawing.edges.length > MOST.arrows)
    throw new RangeError(`${drawing.nodes.length} boxes and ${drawing.edges.length} arrows are too many for a picture`);
  const words = wordsOf(drawing);
  const graph = graphOf(drawing, words);
  const { reference } = drawing;
  const placement = reference ? extend(choosePlacement(graphOf(reference, wordsOf(reference))), graph) : choosePlacement(graph);
  const margin = { x: MARGIN, top: MARGIN + TITLE.line + (drawing.subtitle ? 26 : 0) + 18, bottom: MARGIN + LEGEND_LINE + 8 };
  return { layout: layOut(graph, placement, margin), words };
}

function wordsOf({ planes, nodes, edges }: Drawing): Words {
  return {
    nodes: nodes.map(({ label }) => nodeLines(oneLine(label))),
    labels: edges.map((edge) => {
      const wide = captionOf(edge);
      if (wide === undefined) return undefined;
      return { wide, folded: widthOf(wide, LABEL.size, LABEL.weight) > LABEL.short ? fold(wide, LABEL.size, LABEL.weight) : [wide] };
    }),
    planes: planes.map(({ title }) => shorten(oneLine(title), 320, PLANE.size, PLANE.weight)),
  };
}

function graphOf(drawing: Drawing, words: Words): Graph {
  const index = new Map(drawing.nodes.map((node, i) => [node.id, i]));
  const plane = new Map(drawing.planes.map((one, i) => [one.id, i]));
  return {
    planes: words.planes.map((title) => ({ title: { w: widthOf(title, PLANE.size, PLANE.weight), h: 18 } })),
    nodes: drawing.nodes.map((node, i) => ({
      ...nodeSize(at(words.nodes, i)),
      plane: node.plane === undefined ? undefined : plane.get(node.plane),
    })),
    edges: drawing.edges.map(({ from, to }, i) => {
      const label = words.labels[i];
      const [source, target] = [index.get(from), index.get(to)];
      if (source === undefined || target === undefined) throw new Error(`an arrow names a box that is not there: ${from} → ${to}`);
      return { from: source, to: target, label: label && { wide: labelSize([label.wide]), folded: labelSize(label.folded) } };
    }),
  };
}

const captionOf = ({ label, state }: DrawnEdge): string | undefined => {
  if (state === "shortcut") return state;
  const said = label === undefined ? "" : oneLine(label);
  const words = state === "reversed" ? `${said} (reversed)`.trim() : said;
  return words === "" ? undefined : shorten(words, state === "extra" ? LABEL.typed : LABEL.widest, LABEL.size, LABEL.weight);
};

/** One line where it is short, else two of about the same length; a long word widens its box up to a limit. */
function nodeLines(label: string): string[] {
  if (widthOf(label, NODE.size, NODE.weight) <= NODE.text) return [label];
  const lines = fold(label, NODE.size, NODE.weight);
  const whole = lines.every((line) => widthOf(line, NODE.size, NODE.weight) <= NODE.widest);
  return whole ? lines : wrap(label, NODE.widest, 2, NODE.size, NODE.weight);
}

function nodeSize(lines: readonly string[]): Size {
  const text = Math.max(...lines.map((line) => widthOf(line, NODE.size, NODE.weight)));
  return { w: Math.ceil(2 * NODE.pad + NODE.icon + NODE.gap + text), h: NODE.height };
}

const labelSize = (lines: readonly string[]): Size => ({
  w: Math.max(...lines.map((line) => widthOf(line, LABEL.size, LABEL.weight))) + 8,
  h: lines.length * LABEL.line + 2,
});

export function diagramScene(drawing: Drawing, theme: Theme): Scene {
  const { layout, words } = laidOut(drawing);
  const width = Math.max(layout.w, headWidth(drawing) + 2 * MARGIN);
  const legend = legendOf(entriesOf(drawing), MARGIN, width - MARGIN, layout.h - MARGIN - LEGEND_LINE, theme);
  const shapes: Shape[] = [
    ...head(drawing, theme, width),
    ...layout.planes.flatMap((plane): Shape[] =>
      plane ? [{ kind: "box", ...plane.box, radius: PLANE.radius, fill: theme.plane, line: { colour: theme.planeLine, width: 1.5 } }] : [],
    ),
    ...drawing.edges.flatMap((edge, i) => arrow(edge, at(layout.edges, i), theme)),
    ...layout.planes.flatMap((plane, i): Shape[] =>
      plane
        ? [
            ...halo(plane.title, theme.plane),
            { kind: "text", ...middleLeft(plane.title), text: at(words.planes, i), ...style(PLANE, theme.dim) },
          ]
        : [],
    ),
    ...drawing.edges.flatMap((_, i) => caption(at(layout.edges, i), words.labels[i], layout, theme)),
    ...drawing.nodes.flatMap((node, i) => box(node, at(layout.nodes, i), at(words.nodes, i), theme)),
    ...legend.shapes,
  ];
  return { w: width, h: legend.bottom + MARGIN, background: theme.background, shapes };
}

function entriesOf({ nodes, edges }: Drawing): readonly LegendEntry[] {
  if (nodes.every((node) => node.state === undefined)) {
    const kinds = new Set(nodes.map((node) => kindOf(node.kind)));
    return (Object.keys(KINDS) as Kind[]).filter((kind) => kinds.has(kind));
  }
  // Before the reveal nothing missing is shown, and the word would be a riddle.
  const missing = [...nodes, ...edges].some(({ state }) => state === "missing");
  const shortcut = edges.some(({ state }) => state === "shortcut");
  return ["matched", ...(missing ? (["missing"] as const) : []), "extra", ...(shortcut ? (["shortcut"] as const) : [])];
}

const style = ({ size, weight }: { size: number; weight: 500 | 600 | 700 }, colour: string) => ({ size, weight, colour });
const middleLeft = ({ x, y, h }: Box): Point => ({ x, y: y + h / 2 });
const halo = (box: Box, fill: string): Shape[] => [{ kind: "box", ...box, x: box.x - 5, w: box.w + 10, radius: 5, fill }];

const headWidth = ({ title, subtitle = "" }: Drawing): number =>
  Math.min(640, Math.max(widthOf(oneLine(title), TITLE.size, TITLE.weight), widthOf(subtitle, SUBTITLE.size, SUBTITLE.weight)));

function head({ title, subtitle }: Drawing, theme: Theme, width: number): Shape[] {
  const text = shorten(oneLine(title), width - 2 * MARGIN, TITLE.size, TITLE.weight);
  const y = MARGIN + TITLE.line / 2;
  return [
    { kind: "text", x: MARGIN, y, text, ...style(TITLE, theme.ink) },
    ...(subtitle ? [{ kind: "text", x: MARGIN, y: y + 28, text: subtitle, ...style(SUBTITLE, theme.dim) } as const] : []),
  ];
}

function arrow({ async, state }: DrawnEdge, { points }: RoutedEdge, theme: Theme): Shape[] {
  const colour = state === undefined ? theme.edge : markOf(state, theme).line;
  const width = state === undefined || state === "missing" ? 2 : 2.5;
  const dash: Line = state === "missing" ? { colour, width, dash: [3, 5] } : async ? { colour, width, dash: [8, 5] } : { colour, width };
  const tip = at(points, points.length - 1);
  const before = at(points, points.length - 2);
  const [dx, dy] = [Math.sign(tip.x - before.x), Math.sign(tip.y - before.y)];
  const base = { x: tip.x - 11 * dx, y: tip.y - 11 * dy };
  const head = [tip, { x: base.x - 5 * dy, y: base.y + 5 * dx }, { x: base.x + 5 * dy, y: base.y - 5 * dx }];
  return [
    { kind: "strokes", points: [...points.slice(0, -1), base], line: dash, radius: 9 },
    { kind: "area", points: head, fill: colour },
  ];
}

function caption({ label }: RoutedEdge, words: Words["labels"][number], { planes }: Layout, theme: Theme): Shape[] {
  if (!label || !words) return [];
  const lines = label.folded ? words.folded : [words.wide];
  const centre = { x: label.x + label.w / 2, y: label.y + label.h / 2 };
  const top = centre.y - ((lines.length - 1) * LABEL.line) / 2;
  return [
    { kind: "box", ...label, radius: 0, fill: theme.background },
    // Half on a plane, half beside it: each half has the colour of its ground.
    ...planes
      .flatMap((plane) => (plane ? common(label, plane.box) : []))
      .map((part): Shape => ({ kind: "box", ...part, radius: 0, fill: theme.plane })),
    ...lines.map(
      (text, i): Shape => ({ kind: "text", x: centre.x, y: top + i * LABEL.line, text, ...style(LABEL, theme.dim), align: "center" }),
    ),
  ];
}

function common(a: Box, b: Box): Box[] {
  const [x, y] = [Math.max(a.x, b.x), Math.max(a.y, b.y)];
  const [w, h] = [Math.min(a.x + a.w, b.x + b.w) - x, Math.min(a.y + a.h, b.y + b.h) - y];
  return w > 0 && h > 0 ? [{ x, y, w, h }] : [];
}

/** Kinds differ in icon and outline; colour is only a help. */
function box({ kind, state }: DrawnNode, place: Box, lines: readonly string[], theme: Theme): Shape[] {
  const known = kindOf(kind);
  const mark = state && markOf(state, theme);
  const colour = mark?.line ?? theme.kinds[known];
  const dashed = state === undefined ? known === "batch" : state === "missing";
  const radius = known === "queue" || known === "stream" ? place.h / 2 : known === "client" ? 18 : NODE.radius;
  const line: Line = dashed ? { colour, width: 2, dash: [7, 5] } : { colour, width: mark ? 2.5 : 2 };
  const text = Math.max(...lines.map((one) => widthOf(one, NODE.size, NODE.weight)));
  const left = place.x + (place.w - NODE.icon - NODE.gap - text) / 2;
  const top = place.y + place.h / 2 - ((lines.length - 1) * NODE.line) / 2;
  return [
    { kind: "box", ...place, radius, fill: mark?.fill ?? theme.card, line },
    { kind: "icon", x: left, y: place.y + (place.h - NODE.icon) / 2, icon: known, size: NODE.icon, colour },
    ...lines.map(
      (one, i): Shape => ({
        kind: "text",
        x: left + NODE.icon + NODE.gap,
        y: top + i * NODE.line,
        text: one,
        ...style(NODE, state === "missing" ? theme.dim : theme.ink),
      }),
    ),
    ...(state ? badge(state, { x: place.x + place.w - 4, y: place.y + 4 }, theme) : []),
  ];
}

function badge(state: NodeState, { x, y }: Point, theme: Theme): Shape[] {
  const disc: Shape = { kind: "disc", x, y, r: 11, fill: markOf(state, theme).line };
  if (state === "missing") return [disc, { kind: "text", x, y, text: "?", size: 16, weight: 700, colour: theme.onMark, align: "center" }];
  return [
    disc,
    { kind: "icon", x: x - 7, y: y - 7, size: 14, icon: state === "matched" ? "check" : "cross", colour: theme.onMark, width: 2.6 },
  ];
}
