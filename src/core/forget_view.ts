/** Takes one member out of what was said: no name, no mention, and none of their words. */
import { FORMER_NAME } from "./former.ts";
import { literal } from "./markup.ts";
import { type BoardRow, type Picture, pictureBlock } from "./picture.ts";
import type { Block, Button, View } from "./view.ts";

export interface Leaving {
  readonly id: string;
  readonly name: string;
  /** Who stands in for them. */
  readonly as: string;
  /** Everything they wrote. */
  readonly words: readonly string[];
}

/** In the place of somebody's words. */
export const REMOVED = "(removed by its author)";
/** Shorter texts are anybody's: they are found only where a line ends with them. */
const TELLING = 12;

/** What is shown may be the beginning of a text, cut. */
const uncut = (shown: string): string => shown.replace(/…$/, "").trim();

/** All of what is shown, or what it was cut from, is a text of theirs. */
const isTheirs = (shown: string, { words }: Leaving): boolean =>
  uncut(shown) !== "" &&
  words.some((text) => text.trim() === uncut(shown) || (uncut(shown).length >= TELLING && text.includes(uncut(shown))));

/** How much of the end of what is shown is the beginning of a text, cut. */
function cutTail(shown: string, text: string): number {
  if (!shown.endsWith("…")) return 0;
  const end = uncut(shown);
  for (let length = Math.min(end.length, text.length); length >= TELLING; length--)
    if (end.endsWith(text.slice(0, length).trimEnd())) return length;
  return 0;
}

/** Without mentions of somebody, as the platforms and we write them. What others call them by name is theirs to say. */
export const unmentioned = (text: string, id: string): string =>
  [`<@${id}>`, `<@!${id}>`, `{member:${id}}`].reduce((bare, form) => bare.replaceAll(form, FORMER_NAME), text);

/** Mentions become "a former member", and quoted words of theirs go: “…” in our own sentences, or bold where nobody is quoted. */
function markdownWithout(markdown: string, leaving: Leaving): string {
  const known = leaving.words.filter((text) => text.trim().length >= TELLING);
  const bare = known.reduce((text, own) => text.replaceAll(literal(own), REMOVED), unmentioned(markdown, leaving.id));
  return bare.replace(/“([^”]*)”/g, (whole, inner: string) => {
    const piece = inner.replace(/…$/, "");
    const theirs = piece.length > 2 && leaving.words.some((text) => literal(text).startsWith(piece) || literal(text).includes(piece));
    return theirs ? `“${REMOVED}”` : whole;
  });
}

/** A whole answer goes whole; among the comments of several people only theirs go. */
function quoteWithout(block: Extract<Block, { kind: "quote" }>, leaving: Leaving): Block {
  if (block.by === leaving.id) return { kind: "quote", text: REMOVED };
  if (isTheirs(block.text, leaving)) return { ...block, text: REMOVED };
  const text = leaving.words.reduce((shown, own) => withoutText(shown, own.trim()), block.text);
  return { ...block, text: unmentioned(text, leaving.id) };
}

function withoutText(shown: string, own: string): string {
  if (own === "") return shown;
  const lines = shown.split("\n").map((line) => (line.endsWith(`: ${own}`) ? `${line.slice(0, -own.length)}${REMOVED}` : line));
  const bare = own.length < TELLING ? lines.join("\n") : lines.join("\n").replaceAll(own, REMOVED);
  const tail = cutTail(bare, own);
  return tail === 0 ? bare : `${uncut(bare).slice(0, -tail)}${REMOVED}`;
}

const rowWithout = <R extends { readonly name: string }>(row: R, { name }: Leaving): R =>
  row.name === name ? { ...row, name: FORMER_NAME } : row;

function pictureWithout(picture: Picture, leaving: Leaving): Picture {
  if (picture.kind !== "board") return picture;
  return { ...picture, rows: picture.rows.map((row: BoardRow) => rowWithout(row, leaving)) };
}

const buttonWithout = (button: Button, { id, as }: Leaving): Button => ({
  ...button,
  input: Object.fromEntries(Object.entries(button.input).map(([key, value]) => [key, value === id ? as : value])),
});

function blockWithout(block: Block, leaving: Leaving): Block {
  switch (block.kind) {
    case "text":
      return { ...block, markdown: markdownWithout(block.markdown, leaving) };
    case "quote":
      return quoteWithout(block, leaving);
    case "facts":
      return { ...block, facts: block.facts.map((fact) => ({ ...fact, value: markdownWithout(fact.value, leaving) })) };
    case "ranking":
      return { ...block, rows: block.rows.map((row) => rowWithout(row, leaving)) };
    case "rubric":
      return {
        ...block,
        points: block.points.map(({ evidence, ...point }) =>
          evidence === undefined || isTheirs(evidence, leaving) ? point : { ...point, evidence },
        ),
      };
    case "picture": {
      const picture = pictureWithout(block.picture, leaving);
      return picture === block.picture ? block : pictureBlock(picture);
    }
    case "buttons":
      return { ...block, buttons: block.buttons.map((button) => buttonWithout(button, leaving)) };
    case "file":
      return { ...block, text: "" };
  }
}

export function viewWithout(view: View, leaving: Leaving): View {
  const { notify, ...rest } = view;
  const called = notify?.filter((id) => id !== leaving.id);
  return {
    ...rest,
    blocks: view.blocks.map((block) => blockWithout(block, leaving)),
    ...(called === undefined ? {} : { notify: called }),
  };
}

/** Whether the version without a member lacks words that the other has: more than a name changed. */
export const hasLost = (before: View, after: View): boolean => losses(after) > losses(before);

const losses = (view: View): number => JSON.stringify(view).split(REMOVED).length;
