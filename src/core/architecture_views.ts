/** An architecture and its comparison in words: feedback, text for screen readers, and the arrows as one types them. */
import type { Architecture, ArchitectureEdge, ComparedNode, Comparison } from "./architecture_shape.ts";
import { bold, clip, literal, printable } from "./markup.ts";
import type { Block } from "./view.ts";

/** All blocks of one comparison together; the rest of a view is for what the drill says. */
export const COMPARISON_CHARACTERS = 2_800;

/** How to draw by typing, with one example. Markdown. */
export const DRAWING_HELP = [
  "One arrow a line: `client -> gateway: request`. A chain or a fan-out works too, and a line in brackets begins a plane:",
  "`[online]`",
  "`client -> gateway -> candidate generation -> ranking`",
  "`gateway -.-> event log, monitoring`",
  "A dotted arrow is one whose sender does not wait. `feature store (Redis)` says what a box is made of. Mermaid can be pasted as it is.",
].join("\n");

/** Said, kindly, of a drawing that is a network and no system (`drawsOnlyAModel`). Markdown. */
export const MODEL_ONLY =
  "This is a model, and the question was the system. Start from the request: where does it come in, where do candidates and features come from, how does a new version get there, who notices when the data drifts? Then let the model be one box.";

/** What a drawing got right and wrong, with every name: for when the reference may be shown. At most COMPARISON_CHARACTERS. */
export function comparisonBlocks(comparison: Comparison, unread: readonly string[]): readonly Block[] {
  const { boxes, arrows } = sorted(comparison);
  return paragraphs([
    score(comparison),
    otherNames(boxes.matched),
    section("Missing boxes", boxes.missing.map(nameIn), 450),
    section("Missing arrows", arrows.missing, 600),
    section("Boxes that the reference has not", boxes.extra.map(nameIn), 250),
    section("Arrows that the reference has not", arrows.extra, 350),
    section("The other way round in the reference, half right", arrows.reversed, 250),
    section("Shortcuts, which skip a box and neither earn nor cost", arrows.shortcut, 250),
    notRead(unread),
  ]);
}

/**
 * The same while answers are sealed: what the member drew, sorted; of what is missing only how much. An
 * arrow that points the wrong way is counted and not named, since naming it would turn it round.
 */
export function sealedComparisonBlocks(comparison: Comparison, unread: readonly string[]): readonly Block[] {
  const { boxes, arrows } = sorted(comparison);
  const open = [
    ...(boxes.missing.length > 0 ? [counted(boxes.missing.length, "box", "boxes")] : []),
    ...(arrows.missing.length > 0 ? [counted(arrows.missing.length, "arrow", "arrows")] : []),
    ...(arrows.reversed.length > 0 ? [`the direction of ${counted(arrows.reversed.length, "arrow", "arrows")}`] : []),
  ];
  return paragraphs([
    score(comparison),
    otherNames(boxes.matched),
    section("Boxes that the reference has not", boxes.extra.map(nameIn), 250),
    section("Arrows that the reference has not", arrows.extra, 350),
    section("Shortcuts, which skip a box and neither earn nor cost", arrows.shortcut, 250),
    open.length > 0 ? `**Still open:** ${open.join(", ")}.` : "Nothing is missing.",
    notRead(unread),
  ]);
}

/** An architecture as one types it: reading it again gives the same boxes, planes and arrows. Plain text. */
export const architectureText = (architecture: Architecture): string =>
  architectureSections(architecture)
    .map(({ title, text }) => (title === undefined ? text : `[${typed(title)}]\n${text}`))
    .join("\n\n");

/** The same plane by plane; first, without a title, what stands in none. */
export function architectureSections({
  planes,
  nodes,
  edges,
}: Architecture): readonly { readonly title?: string; readonly text: string }[] {
  const names = new Map(nodes.map(({ id, label }) => [id, typed(label)]));
  const arrow = ({ from, to, async, label }: ArchitectureEdge): string => {
    // An arrow within a label would be read as one.
    const words = label === undefined ? "" : `: ${/[<>|→←↔]|--/.test(label) ? quoted(label) : spoken(label)}`;
    return `${names.get(from) ?? from} ${async ? "-.->" : "->"} ${names.get(to) ?? to}${words}`;
  };
  const text = (plane: string | undefined): string => {
    const here = nodes.filter((node) => node.plane === plane).map(({ id }) => id);
    const leaving = edges.filter(({ from }) => here.includes(from));
    // A box that nothing leaves would else stand in the plane of whoever points at it.
    const ends = here.filter((id) => edges.every(({ from }) => from !== id));
    return [...leaving.map(arrow), ...ends.map((id) => names.get(id) ?? id)].join("\n");
  };
  return [{ text: text(undefined) }, ...planes.map(({ id, title }) => ({ title, text: text(id) }))].filter(
    (section) => section.text !== "",
  );
}

/** A name with signs that mean something between names stands in quotes. */
function typed(name: string): string {
  const text = spoken(name);
  return /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N} %.’'/+]|(?<=[\p{L}\p{N}])[-–](?=[\p{L}\p{N}]))*$/u.test(text) ? text : quoted(text);
}

const quoted = (text: string): string => `"${spoken(text).replaceAll('"', "'")}"`;

const spoken = (name: string): string => printable(name).replace(/\s+/g, " ").trim();
const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
const nameIn = ({ label }: ComparedNode): string => literal(label);

function sorted({ nodes, edges }: Comparison, name: (label: string) => string = literal) {
  const labels = new Map(nodes.map(({ id, label }) => [id, name(label)]));
  const of = (state: ComparedNode["state"]) => nodes.filter((node) => node.state === state);
  const arrows = (state: Comparison["edges"][number]["state"]) =>
    edges.filter((edge) => edge.state === state).map(({ from, to }) => `${labels.get(from) ?? from} → ${labels.get(to) ?? to}`);
  return {
    boxes: { matched: of("matched"), missing: of("missing"), extra: of("extra") },
    arrows: { missing: arrows("missing"), extra: arrows("extra"), reversed: arrows("reversed"), shortcut: arrows("shortcut") },
  };
}

function scoreWords({ nodes, edges, f1 }: Comparison): string {
  const right = (list: readonly { readonly state: string }[]) => list.filter(({ state }) => state === "matched").length;
  const wanted = (list: readonly { readonly state: string }[]) =>
    list.filter(({ state }) => state !== "extra" && state !== "shortcut").length;
  return `${right(nodes)} of ${wanted(nodes)} boxes and ${right(edges)} of ${wanted(edges)} arrows, F1 ${f1.toFixed(2)}`;
}

const score = (comparison: Comparison): string => bold(scoreWords(comparison));

function otherNames(matched: readonly ComparedNode[]): string {
  const names = matched.flatMap(({ label, typed }) => (typed === undefined ? [] : [`“${literal(typed)}” is ${literal(label)}`]));
  return section("Matched by another name", names, 400);
}

function notRead(unread: readonly string[]): string {
  return section(
    unread.length === 1 ? "A line that I did not understand" : "Lines that I did not understand",
    unread.map((line) => `“${literal(clip(line, 80))}”`),
    250,
  );
}

/** As many items as fit in so many characters with their heading, and how many more there are. Nothing for none. */
function section(title: string, items: readonly string[], room: number): string {
  if (items.length === 0) return "";
  const heading = `**${title}:** `;
  const shown: string[] = [];
  // " … and 120 more."
  let left = room - heading.length - 16;
  for (const item of items) {
    left -= item.length + 2;
    if (left < 0) break;
    shown.push(item);
  }
  const more = items.length - shown.length;
  if (shown.length === 0) return `${heading}${more}.`;
  return `${heading}${shown.join("; ")}${more === 0 ? "." : `; and ${more} more.`}`;
}

const paragraphs = (texts: readonly string[]): readonly Block[] => texts.filter(Boolean).map((markdown) => ({ kind: "text", markdown }));
