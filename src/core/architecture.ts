/** Compares an architecture that was drawn from memory with its reference: boxes, arrows, and a score. */
import { matchBoxes } from "./architecture_match.ts";
import { nameKey } from "./architecture_names.ts";
import type { Architecture, ArchitectureEdge, ArchitectureNode, ComparedEdge, ComparedNode, Comparison } from "./architecture_shape.ts";
import { splitJoined } from "./architecture_split.ts";
import type { Vocabulary } from "./content.ts";

export { drawsOnlyAModel } from "./architecture_kinds.ts";
export type { Architecture, ArchitectureEdge, ArchitectureNode, Comparison } from "./architecture_shape.ts";
export { MOST_ARROWS, MOST_BOXES, MOST_CHARACTERS, parseArchitecture } from "./architecture_text.ts";

/** The right two boxes, and the wrong way round. */
const REVERSED_WORTH = 0.5;

/**
 * Compares a drawing with a reference. Names are matched by normal form, the reference's and the
 * vocabulary's aliases, and spelling, all boxes together; arrows over the boxes so matched.
 *
 * The score is F1 over boxes and arrows together: twice what is right, divided by all that was drawn
 * and all that was wanted. A reversed arrow is half right. A shortcut is left out of what was drawn:
 * it is true at a coarser grain, so it costs no precision, and what it skips is missing, so it earns
 * nothing either. Deterministic.
 */
export function compareArchitecture(drawn: Architecture, reference: Architecture, vocabulary: Vocabulary): Comparison {
  const drawing = splitJoined(drawn, reference, vocabulary);
  const pairs = matchBoxes(drawing, reference, vocabulary);
  const nodes = compareNodes(drawing, reference, pairs);
  const edges = compareEdges(drawing, reference, idsOf(drawing, reference, pairs), new Set(pairs.keys()));
  const count = (state: string) => [...nodes, ...edges].filter((one) => one.state === state).length;
  const right = count("matched") + REVERSED_WORTH * count("reversed");
  const total = drawing.nodes.length + drawing.edges.length - count("shortcut") + reference.nodes.length + reference.edges.length;
  return { planes: reference.planes, nodes, edges, f1: total === 0 ? 0 : (2 * right) / total };
}

/** What each drawn box is called in the comparison: as in the reference, or by an id of its own. */
function idsOf(drawing: Architecture, reference: Architecture, pairs: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const taken = new Set(reference.nodes.map(({ id }) => id));
  const own = (id: string): string => (taken.has(id) ? own(`${id}-extra`) : id);
  const matched = new Map([...pairs].map(([wanted, drawn]) => [drawn, wanted]));
  return new Map(drawing.nodes.map(({ id }) => [id, matched.get(id) ?? own(id)]));
}

function compareNodes(drawing: Architecture, reference: Architecture, pairs: ReadonlyMap<string, string>): readonly ComparedNode[] {
  const drawn = new Map(drawing.nodes.map((node) => [node.id, node]));
  const wanted = reference.nodes.map((node): ComparedNode => {
    const found = drawn.get(pairs.get(node.id) ?? "");
    if (!found) return { ...node, state: "missing" };
    return { ...node, state: "matched", ...(nameKey(found.label) === nameKey(node.label) ? {} : { typed: found.label }) };
  });
  const matched = new Set(pairs.values());
  const ids = idsOf(drawing, reference, pairs);
  const extra = drawing.nodes.filter(({ id }) => !matched.has(id));
  return [
    ...wanted,
    ...extra.map((node): ComparedNode => ({ ...inPlane(node, drawing, reference), id: ids.get(node.id) ?? node.id, state: "extra" })),
  ];
}

/** An extra box stands in the reference's plane of the same name, or in none. */
function inPlane({ plane, ...node }: ArchitectureNode, drawing: Architecture, reference: Architecture): ArchitectureNode {
  const title = drawing.planes.find(({ id }) => id === plane)?.title;
  const same = title === undefined ? undefined : reference.planes.find((other) => nameKey(other.title) === nameKey(title));
  return same ? { ...node, plane: same.id } : node;
}

function compareEdges(
  drawing: Architecture,
  reference: Architecture,
  ids: ReadonlyMap<string, string>,
  matched: ReadonlySet<string>,
): readonly ComparedEdge[] {
  const drawn = drawing.edges.map((edge) => ({ ...edge, from: ids.get(edge.from) ?? edge.from, to: ids.get(edge.to) ?? edge.to }));
  const has = new Set(drawn.map(keyOf));
  const wants = new Set(reference.edges.map(keyOf));
  const skips = skipping(reference, matched, has);
  const reversed = (wanted: Ends): boolean => {
    const turned = back(wanted);
    // A box that is left out between the two is the likelier reading, but not a way round through several.
    return has.has(keyOf(turned)) && !has.has(keyOf(wanted)) && !wants.has(keyOf(turned)) && skips(turned) !== "one";
  };
  const wanted = reference.edges.map((edge): ComparedEdge => {
    const state = has.has(keyOf(edge)) ? "matched" : reversed(edge) ? "reversed" : "missing";
    return { ...edge, state };
  });
  const told = new Set(wanted.map((edge) => keyOf(edge.state === "reversed" ? back(edge) : edge)));
  const others = drawn.filter((edge) => !told.has(keyOf(edge)));
  return [...wanted, ...others.map((edge): ComparedEdge => ({ ...edge, state: skips(edge) ? "shortcut" : "extra" }))];
}

type Ends = Pick<ArchitectureEdge, "from" | "to">;
const keyOf = ({ from, to }: Ends): string => `${from} ${to}`;
const back = ({ from, to }: Ends): Ends => ({ from: to, to: from });

/**
 * Tells whether an arrow is a shortcut, and how many boxes it skips: the reference leads from one end to
 * the other through boxes that were not drawn, or through one that was drawn but not between the two.
 */
function skipping(reference: Architecture, matched: ReadonlySet<string>, has: ReadonlySet<string>) {
  const next = new Map<string, string[]>();
  for (const { from, to } of reference.edges) next.set(from, [...(next.get(from) ?? []), to]);
  const after = (id: string): readonly string[] => next.get(id) ?? [];
  return ({ from, to }: Ends): "one" | "several" | undefined => {
    if (!matched.has(from) || !matched.has(to)) return undefined;
    const between = (by: string): boolean => has.has(keyOf({ from, to: by })) && has.has(keyOf({ from: by, to }));
    if (after(from).some((by) => by !== to && after(by).includes(to) && !between(by))) return "one";
    const seen = new Set<string>();
    const open = after(from).filter((id) => !matched.has(id));
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (after(id).includes(to)) return "several";
      seen.add(id);
      open.push(...after(id).filter((other) => !matched.has(other) && !seen.has(other)));
    }
    return undefined;
  };
}
