/**
 * The views' small Markdown as Discord's. Everything that is plain is escaped, so that it shows
 * as typed: no mention, no format, no link, no emoji code, no heading.
 * https://discord.com/developers/docs/reference#message-formatting
 */
import { parse, printable, type Span, type TimeStyle } from "../../core/markup.ts";
import { SECOND } from "../../core/place.ts";

// A colon before a word begins an emoji (:tada:) or an address (https://): Discord links bare ones.
const INLINE = /[\\*_~`|<[\]@]|:(?=\S)/g;
/** What makes a line a heading, a quote, a list item or small print. */
const LINE_START = /^([ \t]*)([#>+-])/gm;
const NUMBERED = /^([ \t]*\d+)([.)])/gm;
/** The one thing that plain text may begin a line with: it makes a list in both notations. */
const LIST_ITEM = /^- /;

const STYLES: Readonly<Record<TimeStyle, string>> = { time: "t", date: "D", datetime: "f", relative: "R" };
const SNOWFLAKE = /^\d{1,20}$/;

const escapeInline = (text: string): string => text.replace(INLINE, "\\$&");
const escapeLines = (text: string): string => text.replace(LINE_START, "$1\\$2").replace(NUMBERED, "$1\\$2");

/** Somebody's words as Discord text that reads exactly as typed, line breaks included. */
export const typed = (text: string): string => escapeLines(escapeInline(printable(text)));

/** The same on one line, for names, titles and labels. */
export const typedLine = (text: string): string => typed(text.replace(/\s+/g, " ").trim());

/** A view's markdown as Discord text. */
export function draw(markdown: string): string {
  let drawn = "";
  for (const span of parse(markdown)) drawn += drawSpan(span, drawn === "" || drawn.endsWith("\n"));
  return drawn;
}

function drawSpan(span: Span, atLineStart: boolean): string {
  switch (span.kind) {
    case "plain":
      return drawPlain(span.text, atLineStart);
    case "bold":
      return `**${escapeInline(span.text)}**`;
    case "italic":
      return `_${escapeInline(span.text)}_`;
    case "code":
      return `\`${span.text}\``;
    case "link":
      return `[${escapeInline(span.text)}](${span.href})`;
    case "member":
      return SNOWFLAKE.test(span.id) ? memberMention(span.id) : escapeInline(`@${span.id}`);
    case "channel":
      return SNOWFLAKE.test(span.id) ? `<#${span.id}>` : escapeInline(`#${span.id}`);
    case "time":
      return `<t:${Math.floor(span.at / SECOND)}:${STYLES[span.style]}>`;
  }
}

function drawPlain(text: string, atLineStart: boolean): string {
  const drawLine = (line: string, index: number) => {
    if (index === 0 && !atLineStart) return escapeInline(line);
    return LIST_ITEM.test(line) ? `- ${escapeInline(line.slice(2))}` : escapeLines(escapeInline(line));
  };
  return text.split("\n").map(drawLine).join("\n");
}

export const memberMention = (id: string): string => `<@${id}>`;

/** Sets words apart as Discord's block quote. */
export const quoted = (text: string): string => text.replace(/^/gm, "> ");
