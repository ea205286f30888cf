/** Blocks as a person sees them. */
import type { Inline, StandInBlock, StandInView } from "./blocks.ts";
import type { Sight } from "./workspace.ts";

type RichText = Extract<StandInBlock, { type: "rich_text" }>;

const inlinesOf = (block: RichText): Inline[][] =>
  block.elements.flatMap((part): Inline[][] =>
    part.type === "rich_text_list" ? part.elements.map((item) => item.elements) : [part.elements],
  );

function seen(element: Inline): string {
  switch (element.type) {
    case "text":
      return element.text;
    case "link":
      return element.text ?? element.url;
    case "user":
      return `@${element.user_id}`;
    case "channel":
      return `#${element.channel_id}`;
    case "broadcast":
      return `@${element.range}`;
    case "date":
      return new Date(element.timestamp * 1_000).toISOString();
  }
}

/** All visible text, one line per paragraph. Nothing is unescaped: rich text has no escapes. */
export const textOf = (blocks: readonly StandInBlock[]): string =>
  blocks
    .flatMap((block) => {
      if (block.type === "header") return [block.text.text];
      if (block.type === "input") return [block.label.text];
      return block.type === "rich_text" ? inlinesOf(block).map((line) => line.map(seen).join("")) : [];
    })
    .join("\n");

/** The words of whatever one person sees, or of Slack's own failure. */
export const wordsOf = (sight: Sight): string =>
  sight.kind === "failure" ? `Slack: ${sight.reason}` : textOf(sight.kind === "modal" ? sight.view.blocks : sight.message.blocks);

/** The words of its pictures. */
export const picturesOf = (blocks: readonly StandInBlock[]): string[] =>
  blocks.flatMap((block) => (block.type === "image" ? [block.alt_text] : []));

export const buttonsOf = (blocks: readonly StandInBlock[]) =>
  blocks.flatMap((block) =>
    block.type === "actions" ? block.elements.map((element) => ({ ...element, block_id: block.block_id ?? "b" })) : [],
  );

export const fieldsOf = (view: StandInView) => view.blocks.flatMap((block) => (block.type === "input" ? [block] : []));

/**
 * Whom a message pings: mentions and broadcasts in its blocks, and those that the text beside them
 * would make if it held any markup. https://docs.slack.dev/messaging/formatting-message-text
 */
export function pingedBy(blocks: readonly StandInBlock[], text: string): string[] {
  const elements = blocks.flatMap((block) => (block.type === "rich_text" ? inlinesOf(block).flat() : []));
  const called = elements.flatMap((element) =>
    element.type === "user" ? [element.user_id] : element.type === "broadcast" ? [`@${element.range}`] : [],
  );
  const marked = [...text.matchAll(/<(?:@([^>|]+)|!(here|channel|everyone|subteam\^[^>|]+))(?:\|[^>]*)?>/g)].map(
    (match) => match[1] ?? `@${match[2]}`,
  );
  return [...new Set([...called, ...marked])];
}
