/** Which box of a drawing is which box of the reference: the best pairing of all, not the first that fits. */
import { assign } from "./architecture_assign.ts";
import { kindNamed } from "./architecture_kinds.ts";
import {
  madeOf,
  muchInCommon,
  type Name,
  nameOf,
  oneInOther,
  spelledAlike,
  type Terms,
  termsOf,
  withoutTools,
} from "./architecture_names.ts";
import type { Architecture, ArchitectureNode } from "./architecture_shape.ts";
import type { NodeKind, Vocabulary } from "./content.ts";

/**
 * Why two boxes may be the same, the best reason last. Each outweighs any number of lesser ones, so
 * an exact name is never given up for two aliases. `place` settles ties: by whom the box is joined to.
 */
const REASONS = ["place", "part", "role", "overlap", "spelling", "vocabulary", "alias", "exact"] as const;
type Reason = (typeof REASONS)[number];
/** More than boxes in a drawing. 64 to the power of 7, times 40 boxes, still fits a double exactly. */
const OUTWEIGHS = 64;
const weightOf = (reason: Reason): number => OUTWEIGHS ** REASONS.indexOf(reason);

/** Terms that fill a role by themselves: Kafka is the queue of a reference that has one queue. */
const ROLES: ReadonlyMap<string, NodeKind> = new Map([
  ["message queue", "queue"],
  ["stream processing", "stream"],
  ["batch processing", "batch"],
  ["monitoring", "monitor"],
  ["model server", "model"],
]);

/** Kinds that are no role: any box may be a service, and what begins a release is drawn as a client. */
const NO_ROLE: ReadonlySet<NodeKind> = new Set(["service", "client"]);

interface Known {
  readonly node: ArchitectureNode;
  readonly label: Name;
  /** The label and every other name. */
  readonly names: readonly Name[];
  /** Of all its names. */
  readonly roots: ReadonlySet<string>;
  /** Terms of the vocabulary that its names and aliases stand for. */
  readonly terms: ReadonlySet<string>;
  /** Terms that it is a tool of. */
  readonly serves: ReadonlySet<string>;
}

/** Reasons that leave no doubt about a name by itself. */
const SURE: ReadonlySet<Reason | undefined> = new Set<Reason>(["spelling", "vocabulary", "alias", "exact"]);

/** Tells whether a name, by itself, is surely one of the reference's boxes. */
export function knownIn(reference: Architecture, vocabulary: Vocabulary): (label: string) => boolean {
  const terms = termsOf(vocabulary);
  const wanted = knowAll(reference, terms);
  return (label) => {
    const node = { id: "", label, kind: "service" } as const;
    const have = know(node, drawnNames(node, terms), terms);
    return wanted.some((want) => SURE.has(reasonFor(have, want, wanted)));
  };
}

const knowAll = ({ nodes }: Architecture, terms: Terms): readonly Known[] =>
  nodes.map((node) => know(node, [node.label, ...(node.aliases ?? [])].map(nameOf), terms));

/** By the reference's ids, the drawing's ids. One to one, deterministic. */
export function matchBoxes(drawing: Architecture, reference: Architecture, vocabulary: Vocabulary): ReadonlyMap<string, string> {
  const terms = termsOf(vocabulary);
  const drawn = drawing.nodes.map((node) => know(node, drawnNames(node, terms), terms));
  const wanted = knowAll(reference, terms);
  const weights = wanted.map((want) => drawn.map((have) => weigh(have, want, wanted)));
  const first = pairsOf(wanted, drawn, assign(weights));
  const placed = weights.map((row, at) =>
    row.map((weight, column) => (weight === 0 ? 0 : weight + neighbours(wanted[at], drawn[column], first, drawing, reference))),
  );
  return pairsOf(wanted, drawn, assign(placed));
}

const pairsOf = (wanted: readonly Known[], drawn: readonly Known[], columns: readonly number[]): ReadonlyMap<string, string> =>
  new Map(
    columns.flatMap((column, row) => {
      const [want, have] = [wanted[row], drawn[column]];
      return want && have ? [[want.node.id, have.node.id] as const] : [];
    }),
  );

/** What a box may be called: its label, what stood in brackets, the sides of a slash, the words without the tools. */
function drawnNames({ label, aliases = [] }: ArchitectureNode, terms: Terms): readonly Name[] {
  const sides = label.includes("/") ? label.split("/") : [];
  const names = [label, ...aliases, ...sides].map(nameOf);
  return names.flatMap((name) => {
    const { rest, tools } = withoutTools(name, terms);
    return rest !== "" && tools.length > 0 ? [name, nameOf(rest)] : [name];
  });
}

function know(node: ArchitectureNode, names: readonly Name[], { named, tools }: Terms): Known {
  return {
    node,
    label: nameOf(node.label),
    names,
    roots: new Set(names.flatMap(({ roots }) => roots)),
    terms: new Set(names.flatMap(({ key }) => named.get(key) ?? [])),
    serves: new Set(names.flatMap((name) => withoutTools(name, { named, tools }).tools.flatMap((key) => tools.get(key) ?? []))),
  };
}

function weigh(have: Known, want: Known, wanted: readonly Known[]): number {
  const reason = reasonFor(have, want, wanted);
  return reason === undefined ? 0 : weightOf(reason);
}

function reasonFor(have: Known, want: Known, wanted: readonly Known[]): Reason | undefined {
  if (have.label.key === want.label.key) return "exact";
  if (some(have.names, want.names, (a, b) => a.key === b.key)) return "alias";
  // A tool stands for its term; a term never for one of its tools.
  if (shared(have.terms, want.terms) || shared(have.serves, want.terms)) return "vocabulary";
  if (some(have.names, want.names, spelledAlike)) return "spelling";
  if (some(have.names, want.names, muchInCommon)) return "overlap";
  if (shared(have.serves, want.serves) || fillsRole(have, want, wanted)) return "role";
  return partOf(have, want) && only(wanted, want, (other) => partOf(have, other)) ? "part" : undefined;
}

/** Fits this box if it fits no other: "log" where one box is some log. */
const partOf = (have: Known, want: Known): boolean =>
  some(have.names, [want.label], oneInOther) || have.names.some((name) => madeOf(name, want.roots));

const some = (left: readonly Name[], right: readonly Name[], alike: (a: Name, b: Name) => boolean): boolean =>
  left.some((a) => right.some((b) => alike(a, b)));
const shared = (left: ReadonlySet<string>, right: ReadonlySet<string>): boolean => [...left].some((term) => right.has(term));
const only = (wanted: readonly Known[], want: Known, holds: (other: Known) => boolean): boolean =>
  wanted.every((other) => other === want || !holds(other));

function fillsRole(have: Known, want: Known, wanted: readonly Known[]): boolean {
  const roles = [...have.names.map(({ key }) => kindNamed(key)), ...[...have.terms, ...have.serves].map((term) => ROLES.get(term))];
  const { kind } = want.node;
  return !NO_ROLE.has(kind) && roles.includes(kind) && only(wanted, want, ({ node }) => node.kind === kind);
}

/** How many arrows of the two boxes lead to the same neighbours, whatever their direction. */
function neighbours(
  want: Known | undefined,
  have: Known | undefined,
  pairs: ReadonlyMap<string, string>,
  drawing: Architecture,
  reference: Architecture,
): number {
  if (!want || !have) return 0;
  const around = new Set(joinedTo(drawing, have.node.id));
  const same = joinedTo(reference, want.node.id).filter((id) => around.has(pairs.get(id) ?? ""));
  return Math.min(same.length, OUTWEIGHS - 1);
}

const joinedTo = ({ edges }: Architecture, id: string): readonly string[] => [
  ...new Set(edges.flatMap(({ from, to }) => (from === id ? [to] : to === id ? [from] : []))),
];
