/**
 * Views as JSON that the page draws without understanding any markup: text arrives as spans,
 * and the page only ever sets `textContent`.
 */
import type { ChatMessage } from "../../app/playground.ts";
import { parse, printable, type Span } from "../../core/markup.ts";
import type { Picture } from "../../core/picture.ts";
import type { Block, Form, RankingRow, RubricLine, View } from "../../core/view.ts";
import type { Frame } from "./pictures.ts";

type Drawn = Exclude<Span, { kind: "member" }> | { readonly kind: "member"; readonly id: string; readonly name: string };
export type Inline = readonly Drawn[];
/** Lines of a paragraph, or items of a list. */
export type Part = { readonly kind: "lines" | "list"; readonly rows: readonly Inline[] };

export type DrawnBlock =
  | { readonly kind: "text"; readonly parts: readonly Part[] }
  | { readonly kind: "quote"; readonly text: string; readonly by?: string }
  | { readonly kind: "facts"; readonly facts: readonly { readonly name: string; readonly value: Inline }[] }
  | { readonly kind: "ranking"; readonly unit: string; readonly rows: readonly RankingRow[] }
  | { readonly kind: "rubric"; readonly points: readonly (Omit<RubricLine, "text"> & { readonly text: Inline })[] }
  | (Frame & { readonly kind: "picture"; readonly alt: string })
  | Extract<Block, { kind: "file" | "buttons" }>;

export interface DrawnView extends Omit<View, "blocks"> {
  readonly blocks: readonly DrawnBlock[];
}

export interface DrawnForm extends Omit<Form, "intro"> {
  readonly intro?: readonly Part[];
}

export interface DrawnMessage extends Pick<ChatMessage, "id" | "thread" | "starts" | "at" | "edited"> {
  /** Undefined for the bot. */
  readonly author?: { readonly id: string; readonly name: string };
  /** Whether only one member sees it. */
  readonly direct: boolean;
  readonly view?: DrawnView;
  readonly text?: string;
}

type NameOf = (id: string) => string;
/** What a view refers to and does not hold. */
export interface References {
  readonly nameOf: NameOf;
  readonly frameOf: (picture: Picture) => Frame;
}
type Table = { readonly [K in Block["kind"]]: (block: Extract<Block, { kind: K }>, references: References) => DrawnBlock };

const inline = (markdown: string, nameOf: NameOf): Inline =>
  parse(markdown).map((span) => (span.kind === "member" ? { ...span, name: nameOf(span.id) } : span));

/** An empty line ends a paragraph; lines that begin with "- " are a list. */
function parts(markdown: string, nameOf: NameOf): readonly Part[] {
  const found: { kind: Part["kind"]; rows: Inline[] }[] = [];
  let open: (typeof found)[number] | undefined;
  for (const line of markdown.split("\n")) {
    if (line.trim() === "") {
      open = undefined;
      continue;
    }
    const kind = line.startsWith("- ") ? "list" : "lines";
    const row = inline(kind === "list" ? line.slice(2) : line, nameOf);
    if (open?.kind === kind) open.rows.push(row);
    else {
      open = { kind, rows: [row] };
      found.push(open);
    }
  }
  return found;
}

const table: Table = {
  text: ({ markdown }, { nameOf }) => ({ kind: "text", parts: parts(markdown, nameOf) }),
  quote: ({ text, by }, { nameOf }) => ({
    kind: "quote",
    text: printable(text),
    ...(by === undefined ? {} : { by: printable(nameOf(by)) }),
  }),
  facts: ({ facts }, { nameOf }) => ({ kind: "facts", facts: facts.map(({ name, value }) => ({ name, value: inline(value, nameOf) })) }),
  ranking: ({ unit, rows }) => ({ kind: "ranking", unit, rows: rows.map((row) => ({ ...row, name: printable(row.name) })) }),
  rubric: ({ points }, { nameOf }) => ({
    kind: "rubric",
    points: points.map(({ state, text, evidence }) => ({
      state,
      text: inline(text, nameOf),
      ...(evidence === undefined ? {} : { evidence: printable(evidence) }),
    })),
  }),
  picture: ({ picture, alt }, { frameOf }) => ({ kind: "picture", alt: printable(alt), ...frameOf(picture) }),
  file: (block) => block,
  buttons: (block) => block,
};

const drawBlock = <K extends Block["kind"]>(block: Extract<Block, { kind: K }>, references: References): DrawnBlock =>
  table[block.kind as K](block, references);

export const drawView = (view: View, references: References): DrawnView => ({
  ...view,
  title: printable(view.title),
  blocks: view.blocks.map((block) => drawBlock(block, references)),
});

export function drawForm({ intro, ...form }: Form, nameOf: NameOf): DrawnForm {
  return intro === undefined ? form : { ...form, intro: parts(intro, nameOf) };
}

export function drawMessage(message: ChatMessage, references: References): DrawnMessage {
  const { id, thread, starts, at, edited, author, recipient, body } = message;
  return {
    id,
    thread,
    starts,
    at,
    edited,
    direct: recipient !== undefined,
    ...(author === undefined ? {} : { author: { id: author, name: printable(references.nameOf(author)) } }),
    ...("view" in body ? { view: drawView(body.view, references) } : { text: printable(body.text) }),
  };
}
