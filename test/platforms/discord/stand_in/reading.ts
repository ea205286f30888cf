/** Reads a message as Discord's app shows it: whom it pings, and its text without the markup. */

type Json = Readonly<Record<string, unknown>>;

export interface Shown {
  readonly text: string;
  readonly buttons: readonly string[];
}

interface Node {
  readonly type?: number;
  readonly content?: string;
  readonly label?: string;
  readonly custom_id?: string;
  readonly components?: readonly Node[];
}

export interface ShownButton {
  readonly label: string;
  readonly customId: string;
}

const everything = (nodes: readonly Node[]): readonly Node[] => nodes.flatMap((node) => [node, ...everything(node.components ?? [])]);
const nodesOf = (body: Json): readonly Node[] => everything((body.components ?? []) as readonly Node[]);

const textsOf = (body: Json): readonly string[] => [
  ...(typeof body.content === "string" ? [body.content] : []),
  ...nodesOf(body).flatMap(({ content }) => (content === undefined ? [] : [content])),
];

export const buttonsOf = (body: Json): readonly ShownButton[] =>
  nodesOf(body).flatMap(({ type, label, custom_id }) => (type === 2 ? [{ label: label ?? "", customId: custom_id ?? "" }] : []));

export const shownOf = (body: Json): Shown => ({
  text: textsOf(body).map(readMarkdown).join("\n"),
  buttons: buttonsOf(body).map(({ label }) => label),
});

/**
 * Whom Discord notifies: who is both written in the text and allowed. It looks at the raw text,
 * so that a backslash before a mention saves nobody.
 * https://discord.com/developers/docs/resources/message#allowed-mentions-object
 */
export function pingedBy(body: Json): readonly string[] {
  const allowed = (body.allowed_mentions ?? { parse: ["users", "roles", "everyone"] }) as { parse?: string[]; users?: string[] };
  const raw = textsOf(body).join("\n");
  const written = [...new Set([...raw.matchAll(/<@!?(\d+)>/g)].map(([, id]) => id ?? ""))];
  const users = allowed.parse?.includes("users") ? written : written.filter((id) => allowed.users?.includes(id));
  return [...users, ...(allowed.parse?.includes("everyone") ? (raw.match(/@(everyone|here)/g) ?? []) : [])];
}

/** What stands at the beginning of a line and is not shown: heading, small print, quote, list. */
const LINE = /^[ \t]*(#{1,3} |-# |(?:> )+|>>> )/;
/** In the order in which Discord tries them; an escape shows what follows it. */
const INLINE =
  /\\([^0-9A-Za-z\s])|`([^`\n]+)`|\*\*([\s\S]+?)\*\*|(?<![A-Za-z0-9])_([\s\S]+?)_(?![A-Za-z0-9])|\*([^\s*][\s\S]*?)\*|~~([\s\S]+?)~~|\|\|([\s\S]+?)\|\||\[((?:\\.|[^\]\\])+)\]\((https?:\/\/[^\s)]+)\)/g;

/** The text that a person reads. Mentions, times and bare addresses stay as they are written. */
export function readMarkdown(markdown: string): string {
  return markdown
    .split("\n")
    .map((line) => line.replace(LINE, ""))
    .map(readInline)
    .join("\n");
}

function readInline(text: string): string {
  return text.replace(INLINE, (_all, escaped, code, ...formatted) => {
    if (escaped !== undefined || code !== undefined) return escaped ?? code;
    const [bold, italic, starred, struck, spoiler, label] = formatted as (string | undefined)[];
    return readInline(bold ?? italic ?? starred ?? struck ?? spoiler ?? label ?? "");
  });
}

/** Everything in a text that Discord's app would turn into something else than itself. */
export function livePieces(markdown: string): readonly string[] {
  const bare = markdown.replace(/\\[^0-9A-Za-z\s]/g, "\u0000");
  const live = /<@[!&]?\d+>|<#\d+>|<a?:\w+:\d+>|<t:|<\/|@everyone|@here|https?:\/\/\S|:\w+:|^[ \t]*(?:#{1,3} |-# |>|[*-] |\d+\. )/gm;
  const inline = [...bare.matchAll(INLINE)].map(([all]) => all);
  return [...(bare.match(live) ?? []), ...inline];
}
