/** Cuts a message that is too long for Slack, which would refuse it whole. */
import type { types } from "@slack/bolt";
import { clip } from "../../core/markup.ts";
import type { Inline } from "./markup.ts";

type RichText = Extract<types.KnownBlock, { type: "rich_text" }>;
type TextElement = Extract<Inline, { type: "text" }>;

/** Below this, halving a text saves less than dropping a whole line. */
const WORTH_HALVING = 100;

const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
const isRich = (block: types.KnownBlock): block is RichText => block.type === "rich_text";

export interface Room {
  readonly blocks: number;
  readonly bytes: number;
}

/**
 * At most so many blocks and bytes. The longest text gives first, then whole lines, and what can be
 * pressed last. Says at its end what is missing.
 */
export function fitted(blocks: readonly types.KnownBlock[], room: Room): types.KnownBlock[] {
  if (blocks.length <= room.blocks && bytes(blocks) <= room.bytes) return [...blocks];
  const kept = structuredClone(atMost(room.blocks - 1, blocks));
  // Counted block by block: to write the whole anew for each line that goes takes minutes for a large view.
  const sizes = new Map(kept.map((block) => [block, bytes(block) + COMMA]));
  let over = bytes(noteOn(blocks, [])) + 2 * COMMA - room.bytes;
  for (const size of sizes.values()) over += size;
  while (over > 0) {
    const changed = shrink(kept, sizes);
    if (!changed) break;
    const now = kept.includes(changed) ? bytes(changed) + COMMA : 0;
    over += now - (sizes.get(changed) ?? 0);
    sizes.set(changed, now);
  }
  return [...kept, noteOn(blocks, kept)];
}

const COMMA = 1;

const buttonsIn = (blocks: readonly types.KnownBlock[]): number =>
  blocks.reduce((sum, block) => sum + (block.type === "actions" ? block.elements.length : 0), 0);

/** Nothing is left out in silence. */
function noteOn(all: readonly types.KnownBlock[], kept: readonly types.KnownBlock[]): RichText {
  const buttons = buttonsIn(all) - buttonsIn(kept);
  const what = buttons === 0 ? "the rest" : buttons === 1 ? "the rest and one button" : `the rest and ${buttons} buttons`;
  const text = `Slack takes no longer message: ${what} is left out.`;
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text, style: { italic: true } }] }] };
}

/** Words go before what can be pressed: without its buttons a message is no use. */
function atMost(limit: number, blocks: readonly types.KnownBlock[]): types.KnownBlock[] {
  const kept = [...blocks];
  while (kept.length > limit) {
    const words = kept.findLastIndex(isRich);
    kept.splice(words < 0 ? kept.length - 1 : words, 1);
  }
  return kept;
}

/** Makes one block shorter, or takes it away; undefined when there is nothing left to cut. */
function shrink(blocks: types.KnownBlock[], sizes: ReadonlyMap<types.KnownBlock, number>): types.KnownBlock | undefined {
  const rich = blocks.filter(isRich).sort((a, b) => (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0))[0];
  if (!rich) return blocks.length > 1 ? blocks.pop() : undefined;
  const longest = rich.elements
    .flatMap(textsOf)
    .reduce<TextElement | undefined>((a, b) => (a && a.text.length >= b.text.length ? a : b), undefined);
  if (longest && longest.text.length > WORTH_HALVING) longest.text = clip(longest.text, Math.ceil(longest.text.length / 2));
  else if (!shorten(rich)) blocks.splice(blocks.indexOf(rich), 1);
  return rich;
}

/** Takes its last line away; false when it was the only one. */
function shorten({ elements }: RichText): boolean {
  const part = elements.at(-1);
  part?.elements.pop();
  if (part?.elements.length === 0) elements.pop();
  return elements.length > 0;
}

function textsOf(part: RichText["elements"][number]): TextElement[] {
  const inlines: Inline[] = part.type === "rich_text_list" ? part.elements.flatMap((item) => item.elements) : part.elements;
  return inlines.filter((element): element is TextElement => element.type === "text");
}
