/**
 * The one text format of views: a small Markdown that every platform's renderer understands.
 *
 *   **bold**  _italic_  `code`  [label](https://address)  and lines that begin with "- ".
 *   {member:ID}, {channel:ID} and {time:MS:STYLE} become the platform's own mention, link and local time.
 *
 * Text that a person typed must pass through `literal` (inline) or a `quote` block before it
 * enters a view: only then can it neither ping, nor format, nor forge a link.
 */
import { FORMER_NAME, isFormer } from "./former.ts";
import type { Instant } from "./place.ts";

export type TimeStyle = "time" | "date" | "datetime" | "relative";

export type Span =
  | { readonly kind: "plain"; readonly text: string }
  | { readonly kind: "bold"; readonly text: string }
  | { readonly kind: "italic"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly href: string }
  | { readonly kind: "member"; readonly id: string }
  | { readonly kind: "channel"; readonly id: string }
  | { readonly kind: "time"; readonly at: Instant; readonly style: TimeStyle };

const ESCAPABLE = /[\\*_`[\]{}]/g;
// C0 and C1 controls but for tab and newline, and the Unicode direction overrides that reorder a line.
const UNPRINTABLE = /[[\p{Cc}--[\t\n]]\u202a-\u202e\u2066-\u2069]/gv;

/** Text as its author typed it, without characters that are invisible or reorder the line. */
export const printable = (text: string): string => text.replace(/\r\n?/g, "\n").replace(UNPRINTABLE, "");

/** Hostile text made inert for use inside `markdown`: it shows exactly as typed, on one line. */
export const literal = (text: string): string => printable(text).replace(/\s+/g, " ").trim().replace(ESCAPABLE, "\\$&");

export const bold = (text: string): string => `**${literal(text)}**`;

/** A reference to a member. It pings only if the view also lists the id under `notify`. */
export const mention = (id: string): string => `{member:${id}}`;

/** A link to a channel, by its platform's id. */
export const channelLink = (id: string): string => `{channel:${id}}`;

/** An instant, shown by each platform in the reader's own zone. */
export const moment = (at: Instant, style: TimeStyle = "datetime"): string => `{time:${at}:${style}}`;

const SPAN =
  /\\([\\*_`[\]{}])|\*\*((?:\\.|[^*\\])+)\*\*|(?<![\p{L}\p{N}])_((?:\\.|[^_\\])+)_(?![\p{L}\p{N}])|`([^`]+)`|\[((?:\\.|[^\]\\])+)\]\((https?:\/\/[^\s)]+)\)|\{member:([^{}\s]+)\}|\{time:(\d+):(time|date|datetime|relative)\}|\{channel:([^{}\s]+)\}/gu;

const unescaped = (text: string): string => text.replace(/\\([\\*_`[\]{}])/g, "$1");

const memberSpan = (id: string): Span => (isFormer(id) ? { kind: "plain", text: FORMER_NAME } : { kind: "member", id });

/** Splits markdown into spans. Total: whatever is not understood is plain text. */
export function parse(markdown: string): Span[] {
  const spans: Span[] = [];
  let plain = "";
  let from = 0;
  const flush = () => {
    if (plain) spans.push({ kind: "plain", text: plain });
    plain = "";
  };
  for (const match of markdown.matchAll(SPAN)) {
    plain += markdown.slice(from, match.index);
    from = match.index + match[0].length;
    const [, escaped, strong, slanted, code, label, href, member, at, style, channel] = match;
    if (escaped !== undefined) {
      plain += escaped;
      continue;
    }
    flush();
    if (strong !== undefined) spans.push({ kind: "bold", text: unescaped(strong) });
    else if (slanted !== undefined) spans.push({ kind: "italic", text: unescaped(slanted) });
    else if (code !== undefined) spans.push({ kind: "code", text: code });
    else if (label !== undefined && href !== undefined) spans.push({ kind: "link", text: unescaped(label), href });
    else if (member !== undefined) spans.push(memberSpan(member));
    else if (channel !== undefined) spans.push({ kind: "channel", id: channel });
    else spans.push({ kind: "time", at: Number(at), style: style as TimeStyle });
  }
  plain += markdown.slice(from);
  flush();
  return spans;
}

/** Shortens text to at most `limit` UTF-16 units at a word, without splitting a character. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = [...text.slice(0, limit - 1)].join("").replace(/[\ud800-\udbff]$/, "");
  const space = cut.lastIndexOf(" ");
  return `${(space > limit * 0.6 ? cut.slice(0, space) : cut).trimEnd()}…`;
}
