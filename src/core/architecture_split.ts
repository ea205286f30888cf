/** "Ranker and feature store" is two boxes where the reference has both, and one where it has "auction and pacing". */
import { knownIn } from "./architecture_match.ts";
import { nameKey } from "./architecture_names.ts";
import type { Architecture, ArchitectureEdge, ArchitectureNode } from "./architecture_shape.ts";
import type { Vocabulary } from "./content.ts";

const BETWEEN = /\s+(?:and|plus|[&+])\s+/iu;

/** The drawing with such boxes taken apart, each part with all arrows of the whole. */
export function splitJoined(drawing: Architecture, reference: Architecture, vocabulary: Vocabulary): Architecture {
  const joined = drawing.nodes.filter(({ label }) => BETWEEN.test(label));
  if (joined.length === 0) return drawing;
  const known = knownIn(reference, vocabulary);
  const apart = joined.filter(({ label }) => !known(label) && label.split(BETWEEN).every(known));
  const byKey = new Map(drawing.nodes.map((node) => [nameKey(node.label), node] as const));
  const parts = new Map<string, readonly ArchitectureNode[]>();
  for (const { aliases: _aliases, ...node } of apart) {
    const own = node.label.split(BETWEEN).map((label, at) => byKey.get(nameKey(label)) ?? { ...node, id: `${node.id}-${at + 1}`, label });
    for (const part of own) byKey.set(nameKey(part.label), part);
    parts.set(node.id, own);
  }
  const nodes = drawing.nodes.flatMap((node) => parts.get(node.id) ?? node);
  const ends = (id: string): readonly string[] => parts.get(id)?.map((part) => part.id) ?? [id];
  const edges = drawing.edges.flatMap((edge) =>
    ends(edge.from).flatMap((from) =>
      ends(edge.to).flatMap((to): readonly ArchitectureEdge[] => (from === to ? [] : [{ ...edge, from, to }])),
    ),
  );
  return {
    ...drawing,
    nodes: [...new Map(nodes.map((node) => [node.id, node])).values()],
    edges: [...new Map(edges.map((edge) => [`${edge.from} ${edge.to}`, edge])).values()],
  };
}
