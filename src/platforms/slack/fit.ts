/** Cuts a message that is too long for Slack, which would refuse it whole. */
import type { types } from "@slack/bolt";
import { clip } from "../../core/markup.ts";
import { MESSAGE_BLOCKS, MESSAGE_BLOCKS_BYTES } from "./limits.ts";
import type { Inline } from "./markup.ts";

type RichText = Extract<types.KnownBlock, { type: "rich_text" }>;
type TextElement = Extract<Inline, { type: "text" }>;

/** Below this halving a text saves less than dropping a whole line. */
const WORTH_HALVING = 100;

const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
const isRich = (block: types.KnownBlock): block is RichText => block.type === "rich_text";

/** At most MESSAGE_BLOCKS and MESSAGE_BLOCKS_BYTES. The longest text gives first; headers and buttons stay. */
export function fitted(blocks: readonly types.KnownBlock[]): types.KnownBlock[] {
  const kept = structuredClone(atMost(MESSAGE_BLOCKS, blocks));
  while (bytes(kept) > MESSAGE_BLOCKS_BYTES && shrink(kept));
  return kept;
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

/** Makes one text shorter; false when there is nothing left to cut. */
function shrink(blocks: types.KnownBlock[]): boolean {
  const texts = blocks.filter(isRich).flatMap((block) => block.elements.flatMap(textsOf));
  const longest = texts.reduce<TextElement | undefined>((a, b) => (a && a.text.length >= b.text.length ? a : b), undefined);
  if (longest && longest.text.length > WORTH_HALVING) {
    longest.text = clip(longest.text, Math.ceil(longest.text.length / 2));
    return true;
  }
  const biggest = blocks.filter(isRich).sort((a, b) => bytes(b) - bytes(a))[0];
  const part = biggest?.elements.at(-1);
  if (!biggest || !part) return false;
  part.elements.pop();
  if (part.elements.length === 0) biggest.elements.pop();
  if (biggest.elements.length === 0) blocks.splice(blocks.indexOf(biggest), 1);
  return true;
}

function textsOf(part: RichText["elements"][number]): TextElement[] {
  const inlines: Inline[] = part.type === "rich_text_list" ? part.elements.flatMap((item) => item.elements) : part.elements;
  return inlines.filter((element): element is TextElement => element.type === "text");
}
