/**
 * Views' markdown as Slack's rich text. mrkdwn has no way to show `*stars*`, `:emoji:` or `> quotes`
 * as typed (it has no escape but & < >), and is scanned for pings; a rich_text element says what it
 * is, so whatever stands in a "text" element is shown as typed and can do nothing.
 */
import type { types } from "@slack/bolt";
import { FORMER_NAME, isFormer } from "../../core/former.ts";
import { parse, printable, type Span, type TimeStyle } from "../../core/markup.ts";
import type { Instant } from "../../core/place.ts";

export type Inline = types.RichTextElement;
export type Paragraph = types.RichTextBlockElement;
type Style = NonNullable<types.RichTextText["style"]>;

/**
 * How a member is shown: a name as plain text, or undefined for a real mention. A mention in a
 * message pings, whatever block it stands in, so it is for whom the view notifies; in a modal or an
 * ephemeral message, which nobody else receives, it cannot ping anybody else.
 */
export type Naming = (id: string) => string | undefined;

/**
 * https://docs.slack.dev/reference/block-kit/block-elements/date-element
 * `{ago}` is documented for the past alone, and most of our instants lie ahead.
 */
const TIME_FORMATS: { readonly [S in TimeStyle]: string } = {
  time: "{time}",
  date: "{date_short}",
  datetime: "{date_short} at {time}",
  relative: "{date_short_pretty} at {time}",
};

/** A line that begins so is an item of a list. */
const BULLET = "- ";

const inUtc = (at: Instant): string => `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;

const styled = (text: string, style: Style): Inline => ({ type: "text", text, style });

/** Somebody's words, exactly as typed. */
export const verbatim = (text: string, style?: Style): Inline =>
  style ? styled(printable(text), style) : { type: "text", text: printable(text) };

const SPANS: { readonly [K in Span["kind"]]: (span: Extract<Span, { kind: K }>, naming: Naming) => Inline } = {
  plain: ({ text }) => ({ type: "text", text }),
  bold: ({ text }) => styled(text, { bold: true }),
  italic: ({ text }) => styled(text, { italic: true }),
  code: ({ text }) => styled(text, { code: true }),
  link: ({ text, href }) => ({ type: "link", text, url: href }),
  member: ({ id }, naming) => member(id, naming),
  channel: ({ id }) => ({ type: "channel", channel_id: id }),
  time: ({ at, style }) => ({ type: "date", timestamp: Math.floor(at / 1000), format: TIME_FORMATS[style], fallback: inUtc(at) }),
};

export function member(id: string, naming: Naming): Inline {
  const name = isFormer(id) ? FORMER_NAME : naming(id);
  return name === undefined ? { type: "user", user_id: id } : styled(printable(name), { bold: true });
}

const drawSpan = <K extends Span["kind"]>(span: Extract<Span, { kind: K }>, naming: Naming): Inline => SPANS[span.kind as K](span, naming);

/** One run of text, line breaks kept. */
export const inline = (markdown: string, naming: Naming): Inline[] => parse(markdown).map((span) => drawSpan(span, naming));

/** Paragraphs and bullet lists. */
export function paragraphs(markdown: string, naming: Naming): Paragraph[] {
  const groups: { list: boolean; lines: string[] }[] = [];
  for (const line of markdown.split("\n")) {
    const list = line.startsWith(BULLET);
    const open = groups.at(-1);
    if (open?.list === list) open.lines.push(line);
    else groups.push({ list, lines: [line] });
  }
  return groups.flatMap(({ list, lines }): Paragraph[] => {
    if (list) return [bullets(lines.map((line) => inline(line.slice(BULLET.length), naming)))];
    const text = lines.join("\n").trim();
    return text === "" ? [] : [section(inline(text, naming))];
  });
}

export const section = (elements: Inline[]): Paragraph => ({ type: "rich_text_section", elements });
export const bullets = (items: readonly Inline[][]): Paragraph => ({
  type: "rich_text_list",
  style: "bullet",
  elements: items.map((elements) => ({ type: "rich_text_section", elements })),
});

/** Without what is empty: Slack refuses a whole message for one empty text, item or paragraph. */
export function tidied(parts: readonly Paragraph[]): Paragraph[] {
  const said = (elements: readonly Inline[]) => elements.filter((element) => element.type !== "text" || element.text !== "");
  return parts.flatMap((part): Paragraph[] => {
    if (part.type !== "rich_text_list") {
      const elements = said(part.elements);
      return elements.length === 0 ? [] : [{ ...part, elements } as Paragraph];
    }
    const items = part.elements.map((item) => ({ ...item, elements: said(item.elements) })).filter(({ elements }) => elements.length > 0);
    return items.length === 0 ? [] : [{ ...part, elements: items }];
  });
}

/** What notifications show, where & < > are markup and must be escaped. https://docs.slack.dev/messaging/formatting-message-text#escaping */
export const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** An element in words, for notifications and screen readers. */
export function spoken(element: Inline): string {
  if (element.type === "text") return element.text;
  if (element.type === "link") return element.text ?? element.url;
  if (element.type === "date") return element.fallback ?? "";
  return "";
}
