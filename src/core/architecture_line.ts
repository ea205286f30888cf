/** Reads one line of a typed architecture: boxes, arrows between them, or the heading of a plane. */
import { type Arrow, arrowsIn, mask } from "./architecture_arrows.ts";
import { kindNamed } from "./architecture_kinds.ts";
import type { NodeKind } from "./content.ts";
import { clip } from "./markup.ts";

/** A box as one place of the text names it. */
export interface Mention {
  readonly label: string;
  /** Mermaid's short name, as in `gw[API gateway]`: elsewhere the box may be called by it. */
  readonly id?: string;
  readonly kind?: NodeKind;
  readonly aliases: readonly string[];
}

export interface Link extends Omit<Arrow, "start" | "end"> {
  /** No mentions at either end of a line: they stand on the line before or after. */
  readonly from: readonly Mention[];
  readonly to: readonly Mention[];
}

export type Line =
  | { readonly kind: "plane"; readonly title: string; readonly opens: boolean }
  | { readonly kind: "links"; readonly links: readonly Link[]; readonly plane?: string }
  /** `sure`: brackets or a kind say that it is a box; otherwise it only looks like a name. */
  | { readonly kind: "boxes"; readonly boxes: readonly Mention[]; readonly sure: boolean }
  | { readonly kind: "end" | "skip" | "down" | "unread" };

/** Longer names are shortened: a box has room for a few words. UTF-16 units. */
const NAME_CHARACTERS = 60;
/** What is looked at to find one, with its brackets. */
const NAME_READ = 200;
/** A line without an arrow is a box up to here; beyond it is a sentence. */
const NAME_WORDS = 6;

const BULLET = /^\s*(?:(?:[-*+•·‣▪◦●○–—☐☑]|\(?\d{1,3}[.):]|\(?[a-z]\)|>)\s+)+/iu;
const FENCE = /^\s*(?:`{3,}|~{3,})\s*[a-z]*\s*$/i;
const RULE = /^[-=_*~#\s{}]{1,}$/;
const GRAPH = /^\s*(?:(?:graph|flowchart)\s+(?:LR|RL|TD|TB|BT)|flowchart|(?:di)?graph\s*\w*\s*\{|sequenceDiagram)\s*$/;
// Mermaid's own, so only in its text: "click topic" and "style transfer" are names elsewhere.
const DIRECTIVE = /^(?:%%|direction\s|classDef\s|class\s|style\s|linkStyle\s|click\s)/;
const SUBGRAPH = /^subgraph\s+(?:[\w-]+\s*\[(?<named>[^\]]+)\]|(?<bare>.+))$/i;
const DOWN = /^(?:[|↓⬇▼⇩⭣│v]\ufe0f?\s*)+$/u;
const HEADINGS: readonly RegExp[] = [
  /^\[(?<title>[^[\]()]{1,80})\]\s*:?$/,
  /^#{1,6}\s+(?<title>[^<>]{1,80}?)[\s#:]*$/,
  /^(?:={2,}|-{2,}|\*{2}|_{2})\s*(?<title>[^<>=*_-][^<>=*]{0,80}?)\s*:?\s*(?:={2,}|-{2,}|\*{2}|_{2})\s*:?$/,
  /^(?<title>[^<>:]{1,80}?)\s*[:：]$/,
];

/** Total. `mermaid`: its directives are skipped, and an `&` separates boxes, as it does there. */
export function readLine(raw: string, mermaid: boolean): Line {
  // One space for many first: patterns that end in spaces would else take quadratic time on a line of them.
  const line = withoutEnd(raw.replace(/\s+/gu, " ")).replace(BULLET, "").trim();
  if (line === "" || FENCE.test(raw) || GRAPH.test(line)) return { kind: "skip" };
  if (DOWN.test(line)) return { kind: "down" };
  if (RULE.test(line)) return { kind: "skip" };
  const title = HEADINGS.map((heading) => plain(heading.exec(line)?.groups?.title ?? "")).find((found) => found && !/[→⇒➡]/u.test(found));
  if (title) return { kind: "plane", title, opens: false };
  const masked = mask(line);
  const arrows = arrowsIn(line, masked);
  if (arrows.length > 0) return readLinks(line, masked, arrows, mermaid);
  if (/^end$/i.test(line)) return { kind: "end" };
  const { named, bare } = SUBGRAPH.exec(line)?.groups ?? {};
  if (named ?? bare) return { kind: "plane", title: plain(named ?? bare ?? ""), opens: true };
  return mermaid && DIRECTIVE.test(line) ? { kind: "skip" } : readBoxes(line, masked, mermaid);
}

function withoutEnd(line: string): string {
  let end = line.length;
  while (end > 0 && "; ".includes(line.charAt(end - 1))) end--;
  return line.slice(0, end);
}

export const isMermaid = (line: string): boolean => GRAPH.test(line);

function readLinks(line: string, masked: string, arrows: readonly Arrow[], mermaid: boolean): Line {
  const ends = [...arrows.map(({ start }) => start), line.length];
  const pieces = ends.map((end, at) => readPiece(line, masked, at === 0 ? 0 : (arrows[at - 1]?.end ?? 0), end, at === 0, mermaid));
  const links: Link[] = [];
  let from = pieces[0]?.mentions ?? [];
  arrows.forEach(({ points, async, label: own }, at) => {
    const piece = pieces[at + 1];
    // "a -> -> b" is one arrow; at the end of the line it waits for the next.
    if (!piece || (piece.mentions.length === 0 && at < arrows.length - 1)) return;
    const label = own ?? piece.rest;
    links.push({ from, to: piece.mentions, points, async, ...(label ? { label: clip(label, NAME_CHARACTERS) } : {}) });
    from = piece.mentions;
  });
  const plane = pieces[0]?.rest;
  return { kind: "links", links, ...(plane ? { plane } : {}) };
}

function readBoxes(line: string, masked: string, mermaid: boolean): Line {
  const { mentions, rest } = readPiece(line, masked, 0, line.length, true, mermaid);
  const sure = mentions.length > 0 && mentions.every(({ id, kind }) => id !== undefined || kind !== undefined);
  const looksLikeNames = !/[.?!…]$/u.test(line) && mentions.every(({ label }) => label.split(" ").length <= NAME_WORDS);
  if (mentions.length === 0 || rest !== undefined || !(sure || looksLikeNames)) return { kind: "unread" };
  return { kind: "boxes", boxes: mentions, sure };
}

interface Piece {
  readonly mentions: readonly Mention[];
  /** Beside a colon: the plane before the first names, the arrow's label after later ones. */
  readonly rest: string | undefined;
}

function readPiece(line: string, masked: string, from: number, to: number, first: boolean, mermaid: boolean): Piece {
  const hidden = masked.slice(from, to);
  const bracket = first ? /^\s*\[x+\]\s*(?=[^\s:])/.exec(hidden)?.[0].length : undefined;
  const colon = /(?<!:)[:：](?!:|\/\/)(?<!\d.(?=\d))/u.exec(hidden)?.index;
  if (bracket !== undefined)
    return { mentions: names(line, masked, from + bracket, to, mermaid), rest: plain(line.slice(from, from + bracket)) };
  if (colon === undefined) return { mentions: names(line, masked, from, to, mermaid), rest: undefined };
  const [before, after] = [[from, from + colon] as const, [from + colon + 1, to] as const];
  const [named, rest] = first ? [after, before] : [before, after];
  return { mentions: names(line, masked, ...named, mermaid), rest: plain(line.slice(...rest)) || undefined };
}

/** The names of a piece of the line; "{ranking, logging}" is two. */
function names(line: string, masked: string, from: number, to: number, mermaid: boolean): readonly Mention[] {
  const inside = /^\s*[[({](.*,.*)[\])}]\s*$/u.exec(line.slice(from, to))?.[1];
  if (inside !== undefined && /^\s*.x+.\s*$/u.test(masked.slice(from, to))) return between(inside, mask(inside), mermaid);
  return between(line.slice(from, to), masked.slice(from, to), mermaid);
}

/** The names between commas; a comma between digits is part of a number. */
function between(text: string, masked: string, mermaid: boolean): readonly Mention[] {
  const separator = mermaid ? /(?<!\d(?=,\d))[,，、،]|&/gu : /(?<!\d(?=,\d))[,，、،]/gu;
  const mentions: Mention[] = [];
  let start = 0;
  for (const stop of [...[...masked.matchAll(separator)].map(({ index }) => index), text.length]) {
    const mention = readName(text.slice(start, stop));
    if (mention) mentions.push(mention);
    start = stop + 1;
  }
  return mentions;
}

const NODE = /^(?<id>[\p{L}\p{N}_.-]+)(?<open>[[({>])(?<inside>.+)[\])}]$/u;
const NOTED = /^(?<name>.*\S)\s*[([{](?<note>[^()[\]{}]+)[)\]}]$/u;
const ENCLOSED = /^[[({"“«'`*_]+(?<inside>.*?)[\])}"”»'`*_]+$/u;

/** "Feature store", "feature store (Redis)", "gw[API gateway]", "db[(Users)]"; undefined when it has nothing to read. */
function readName(raw: string): Mention | undefined {
  const text = raw
    .trim()
    .slice(0, NAME_READ)
    .replace(/:::\S+$/u, "");
  const label = plain(text);
  return mermaidNode(text) ?? notedName(text) ?? (readable(label) ? { label, aliases: [] } : undefined);
}

function mermaidNode(text: string): Mention | undefined {
  const { id = "", open, inside = "" } = NODE.exec(text)?.groups ?? {};
  const label = tidy(inside.replace(/^[[\](){}/\\"“\s]+|[[\](){}/\\"”\s]+$/gu, ""));
  if (!readable(label)) return undefined;
  const round = inside.startsWith("(");
  const kind = open === "(" && !round ? kindNamed(label) : undefined;
  if (kind) return { label: tidy(id), kind, aliases: [] };
  return { label, id, aliases: [], ...(open === "[" && round ? { kind: "store" } : {}) };
}

function notedName(text: string): Mention | undefined {
  const { name, note } = NOTED.exec(text)?.groups ?? {};
  const label = plain(name ?? "");
  if (!readable(label)) return undefined;
  const notes = (note ?? "").split(",").map(tidy).filter(readable);
  const kind = notes.map(kindNamed).find((found) => found !== undefined);
  return { label, aliases: notes.filter((one) => one.toLowerCase() !== kind), ...(kind ? { kind } : {}) };
}

const readable = (name: string): boolean => /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(name);
const tidy = (name: string): string =>
  clip(
    name
      .replace(/<br\s*\/?>/gi, " ")
      .replace(/\s+/gu, " ")
      .trim(),
    NAME_CHARACTERS,
  );
/** Without the quotes, brackets or emphasis around it. */
const plain = (name: string): string => tidy(ENCLOSED.exec(name.trim().slice(0, NAME_READ))?.groups?.inside ?? name);
