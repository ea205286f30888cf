/** Reads a typed architecture generously and without failing; what is not understood is kept for an echo. */
import { guessKind } from "./architecture_kinds.ts";
import { isMermaid, type Link, type Mention } from "./architecture_line.ts";
import { nameKey } from "./architecture_names.ts";
import { type Passage, readPassages } from "./architecture_passages.ts";
import type { Architecture, ArchitectureEdge, ArchitectureNode } from "./architecture_shape.ts";
import { printable } from "./markup.ts";
import { type Refusal, refuse } from "./refusal.ts";

/** Longer text is refused. UTF-16 units; a form takes 3,000. */
export const MOST_CHARACTERS = 10_000;
/** A reference has at most 14 boxes and some 25 arrows; a drawing beyond these is refused. */
export const MOST_BOXES = 40;
export const MOST_ARROWS = 120;

type Drawn =
  | { readonly ok: true; readonly drawing: Architecture /** Lines not understood. */; readonly unread: readonly string[] }
  | { readonly ok: false; readonly refusal: Refusal };

// Direction marks, joiners of nothing and soft hyphens: invisible, and they would make two names of one.
const INVISIBLE = /[\u00ad\u200b\u200e\u200f\u2060\ufeff]/g;
const ENTITIES: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&#39;": "'" };

/**
 * Reads what a member typed. Refuses text that is too long, has too many boxes or arrows, or has no
 * arrow at all. Total, and linear in the text.
 */
export function parseArchitecture(text: string): Drawn {
  if (text.length > MOST_CHARACTERS) return tooMany("characters", MOST_CHARACTERS);
  const clean = printable(text)
    .replace(/&(?:lt|gt|amp|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(INVISIBLE, "");
  const { passages, unread } = readPassages(clean.split("\n").flatMap(statements));
  const sheet: Sheet = { names: shortNames(passages), nodes: new Map(), edges: new Map() };
  const loops: string[] = [];
  for (const passage of passages) {
    if (!draw(sheet, passage)) loops.push(passage.line.trim());
    if (sheet.nodes.size > MOST_BOXES) return tooMany("boxes", MOST_BOXES);
    if (sheet.edges.size > MOST_ARROWS) return tooMany("arrows", MOST_ARROWS);
  }
  return sheet.edges.size > 0
    ? { ok: true, drawing: finish(sheet), unread: [...unread, ...loops] }
    : refuse(
        "There is no arrow in it",
        "Write one arrow a line, like this:\n`client -> gateway: request`\n`gateway -> candidate generation -> ranking`",
      );
}

const tooMany = (what: string, limit: number) =>
  refuse(
    `More than ${limit.toLocaleString("en")} ${what}`,
    `A drawing has at most ${limit.toLocaleString("en")} ${what}. Draw the parts that carry the design and leave the rest out.`,
  );

/** Mermaid puts several statements on one line: `graph LR; a --> b; b --> c`. */
function statements(line: string): readonly string[] {
  const parts = line.split(";").filter((part) => part.trim() !== "");
  return parts.length > 1 && parts.every((part) => isMermaid(part) || /[>→]/.test(part)) ? parts : [line];
}

interface Box {
  readonly id: string;
  readonly label: string;
  readonly kind: ArchitectureNode["kind"] | undefined;
  readonly aliases: readonly string[];
  readonly plane: string | undefined;
  /** Its plane was told by a line that it begins or stands alone on, not by one that only points at it. */
  readonly settled: boolean;
}

interface Sheet {
  /** Mermaid's short names, and what they stand for. */
  readonly names: ReadonlyMap<string, Mention>;
  /** By normal form of the label. */
  readonly nodes: Map<string, Box>;
  readonly edges: Map<string, ArchitectureEdge>;
}

function shortNames(passages: readonly Passage[]): ReadonlyMap<string, Mention> {
  const mentions = passages.flatMap(({ boxes, links }) => [...boxes, ...links.flatMap(({ from, to }) => [...from, ...to])]);
  return new Map(mentions.flatMap((mention) => (mention.id === undefined ? [] : [[mention.id.toLowerCase(), mention] as const])));
}

/** Puts a passage on the sheet; false when all it says is that a box points at itself, which no picture shows. */
function draw(sheet: Sheet, { plane, boxes, links }: Passage): boolean {
  let drawn = links.length === 0;
  for (const link of links) {
    const from = ends(sheet, link.from, plane, true);
    const to = ends(sheet, link.to, plane, false);
    // Checked before all are joined to all: a line of 10,000 characters names 5,000 boxes.
    if (sheet.nodes.size > MOST_BOXES) return true;
    const pairs = [...from].flatMap((a) => [...to].filter((b) => a !== b).map((b) => [a, b] as const));
    for (const [a, b] of pairs) connect(sheet, a, b, link);
    drawn ||= pairs.length > 0;
  }
  for (const box of boxes) place(sheet, box, plane, true);
  return drawn;
}

const ends = (sheet: Sheet, mentions: readonly Mention[], plane: string | undefined, leaves: boolean): ReadonlySet<string> =>
  new Set(mentions.map((mention) => place(sheet, mention, plane, leaves)));

/** Adds a box, or adds to it what this mention knows of it; its id. */
function place({ names, nodes }: Sheet, mention: Mention, plane: string | undefined, settles: boolean): string {
  const known = mention.id === undefined ? (names.get(mention.label.toLowerCase()) ?? mention) : mention;
  const key = nameKey(known.label);
  const box = nodes.get(key);
  const settled = settles && plane !== undefined;
  nodes.set(key, {
    id: box?.id ?? `drawn-${nodes.size + 1}`,
    label: box?.label ?? known.label,
    kind: box?.kind ?? mention.kind ?? known.kind,
    aliases: [...new Set([...(box?.aliases ?? []), ...known.aliases, ...mention.aliases])],
    plane: box?.settled ? box.plane : settled ? plane : (box?.plane ?? plane),
    settled: box?.settled || settled,
  });
  return nodes.get(key)?.id ?? "";
}

function connect(sheet: Sheet, from: string, to: string, link: Link): void {
  if (link.points !== "left") addEdge(sheet, from, to, link);
  if (link.points !== "right") addEdge(sheet, to, from, link);
}

/** An arrow that was drawn already only gains a label. */
function addEdge({ edges }: Sheet, from: string, to: string, link: Link): void {
  const key = `${from} ${to}`;
  const known = edges.get(key);
  const label = known?.label ?? link.label;
  edges.set(key, { from, to, async: known?.async ?? link.async, ...(label === undefined ? {} : { label }) });
}

function finish({ nodes, edges }: Sheet): Architecture {
  const boxes = [...nodes.values()];
  const titles = new Map<string, string>();
  for (const { plane } of boxes) if (plane !== undefined && !titles.has(nameKey(plane))) titles.set(nameKey(plane), plane);
  const ids = new Map([...titles.keys()].map((key, at) => [key, `plane-${at + 1}`]));
  return {
    planes: [...titles].map(([key, title]) => ({ id: ids.get(key) ?? "", title })),
    nodes: boxes.map(({ id, label, kind, aliases, plane }) => ({
      id,
      label,
      kind: kind ?? guessKind(label),
      ...(aliases.length === 0 ? {} : { aliases }),
      ...(plane === undefined ? {} : { plane: ids.get(nameKey(plane)) ?? "" }),
    })),
    edges: [...edges.values()],
  };
}
