/** What somebody wrote, without Slack's markup: as they would have typed it into a form. */

/** https://docs.slack.dev/messaging/formatting-message-text */
const REFERENCE = /<([@#!]?)([^|>]*)(?:\|([^>]*))?>/g;
/** ":wave::skin-tone-3:" says no more than ":wave:". */
const SKIN_TONE = /(?<=:)(?::skin-tone-\d:)/g;

export const calls = (text: string, bot: string): boolean => new RegExp(`<@${bot}(?:\\|[^>]*)?>`).test(text);

/** Ids of the people that a text mentions. */
export const mentionedIn = (text: string): readonly string[] =>
  [...text.matchAll(REFERENCE)].flatMap(([, kind, id]) => (kind === "@" && id ? [id] : []));

/** References in words, with & < > still escaped; without any mention of `bot`. */
export const inWords = (text: string, bot: string, names: ReadonlyMap<string, string>): string =>
  text
    .replaceAll(new RegExp(`<@${bot}(?:\\|[^>]*)?>`, "g"), "")
    .replace(REFERENCE, (_whole, kind: string, target: string, label?: string) => spoken(kind, target, label, names))
    .replace(SKIN_TONE, "")
    .trim();

function spoken(kind: string, target: string, label: string | undefined, names: ReadonlyMap<string, string>): string {
  if (kind === "@") return `@${names.get(target) ?? label ?? "somebody"}`;
  if (kind === "#") return `#${label || "channel"}`;
  if (kind === "!") return label ?? `@${target.split("^")[0]}`;
  const address = target.replace(/^mailto:/, "");
  const shortened = label === undefined || label === address || address === `http://${label}` || address === `https://${label}`;
  return shortened ? (label ?? address) : `${label} (${address})`;
}

/** What Slack escapes. https://docs.slack.dev/messaging/formatting-message-text#escaping */
export const unescaped = (text: string): string => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
