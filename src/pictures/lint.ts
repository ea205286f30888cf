/** What must hold of every picture of an architecture, checked on the pixels and not on how they came about. */
import { type Drawing, laidOut } from "./diagram.ts";
import { around, at, type Box, type Layout, overlap } from "./geometry.ts";
import { ASPECT, MAX_WIDTH } from "./layout.ts";

/** One sentence for each thing that is wrong with a picture of this drawing; none if it is sound. */
export function lintDrawing(drawing: Drawing): string[] {
  const { layout, words } = laidOut(drawing);
  const shortened = [...words.nodes.flat(), ...words.planes, ...words.labels.map((label) => label?.wide ?? "")].filter((text) =>
    text.endsWith("…"),
  );
  return [...shortened.map((text) => `"${text}" is too long to be shown whole; shorten it`), ...lintLayout(drawing, layout)];
}

/** The geometry alone. */
export const lintLayout = (drawing: Drawing, layout: Layout): string[] => [
  ...shape(layout),
  ...boxes(drawing, layout),
  ...arrows(drawing, layout),
  ...labels(drawing, layout),
];

function shape({ w, h }: Layout): string[] {
  const aspect = w / h;
  return [
    ...(w > MAX_WIDTH ? [`it is ${Math.round(w)} wide, and a phone takes ${MAX_WIDTH}; fewer or shorter labels help`] : []),
    ...(aspect < ASPECT.least || aspect > ASPECT.most
      ? [`its aspect is ${aspect.toFixed(2)}, not between ${ASPECT.least} and ${ASPECT.most}; a plane may be too long`]
      : []),
  ];
}

function boxes({ nodes, planes }: Drawing, layout: Layout): string[] {
  const places = layout.planes.map((plane) => plane?.box);
  const wrongSide = (box: Box, node: number) =>
    planes.filter((plane, i) => places[i] && hits(box, [places[i]]).length > 0 !== (at(nodes, node).plane === plane.id));
  return [
    ...layout.nodes.flatMap((box, i) => [
      ...hits(box, layout.nodes.slice(i + 1)).map((j) => `"${at(nodes, i).label}" overlaps "${at(nodes, i + 1 + j).label}"`),
      ...wrongSide(box, i).map((plane) => `"${at(nodes, i).label}" is on the wrong side of plane "${plane.title}"`),
    ]),
    ...places.flatMap((box, i) =>
      box ? hits(box, places.slice(i + 1)).map(() => `plane "${at(planes, i).title}" overlaps another one`) : [],
    ),
  ];
}

const nameOf = ({ edges }: Drawing, index: number): string => `${at(edges, index).from} → ${at(edges, index).to}`;

const arrows = (drawing: Drawing, layout: Layout): string[] =>
  layout.edges.flatMap(({ points }, i) =>
    points
      .slice(1)
      .flatMap((to, j) => hits(around(at(points, j), to), layout.nodes, -1))
      .map((node) => `the arrow ${nameOf(drawing, i)} runs through "${at(drawing.nodes, node).label}"`),
  );

function labels(drawing: Drawing, layout: Layout): string[] {
  const all = layout.edges.map(({ label }) => label);
  const titles = layout.planes.map((plane) => plane?.title);
  return all.flatMap((label, i) => {
    if (!label) return [];
    const name = `the label of ${nameOf(drawing, i)}`;
    return [
      ...(inside(label, layout) ? [] : [`${name} leaves the picture`]),
      ...hits(label, layout.nodes).map((node) => `${name} lies on "${at(drawing.nodes, node).label}"`),
      ...hits(label, titles).map((plane) => `${name} lies on the title "${at(drawing.planes, plane).title}"`),
      ...hits(label, all.slice(i + 1)).map((other) => `${name} lies on that of ${nameOf(drawing, i + 1 + other)}`),
    ];
  });
}

const hits = (box: Box, others: readonly (Box | undefined)[], gap = 0): number[] =>
  others.flatMap((other, i) => (other && overlap(box, other, gap) ? [i] : []));

const inside = (box: Box, { w, h }: Layout): boolean => box.x >= 0 && box.y >= 0 && box.x + box.w <= w && box.y + box.h <= h;
