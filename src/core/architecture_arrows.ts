/** Finds the arrows in one line, in every spelling that people type, paste or get from their phone. */

export interface Arrow {
  /** UTF-16 offsets into the line. */
  readonly start: number;
  readonly end: number;
  readonly points: "right" | "left" | "both";
  readonly async: boolean;
  readonly label?: string;
}

/** Of every dash that a phone, a word processor or a terminal makes of "-". */
const DASH = "[-‐‑‒–—―−─━]";
const SHAFT = `(?:${DASH}|=){1,12}`;
const WORDS = "[^<>|\\s][^<>|]{0,60}?";

/** Every quantifier is bounded: a line of dashes must not take quadratic time. Tried in this order at each place. */
const ARROW = new RegExp(
  [
    `(?<bothAsync><${DASH}{0,4}[.…~]{1,6}${DASH}{0,4}>)`,
    `(?<both><${SHAFT}>|[↔⇔⟷⇄⇆⇌⬌⟺])`,
    // -. label .->
    `(?<asyncWords>${DASH}\\.{1,3} ?(?<dotted>${WORDS}) ?\\.{1,3}${DASH}{1,4}>)`,
    `(?<async>(?:${DASH}{1,4}[.…~]{1,6}|[.…~]{2,6}|[…~])${DASH}{0,4}>{1,2}|[⇢⤏⤍⤳])`,
    `(?<leftAsync><{1,2}${DASH}{0,4}[.…~]{1,6}(?!\\d)${DASH}{0,4}|⇠)`,
    // -- label -->   — label —>   -label->   -[label]->
    `(?<words>(?:(?:--|==)(?![->=]) ?(?<open>${WORDS}) ?${SHAFT}>|(?<=\\s)[–—] (?<dash>${WORDS}) ?[–—]${DASH}{0,4}>|(?<=[\\s\\])}"])-(?<tight>(?!-)${WORDS})(?<!\\s)-{1,4}>|${DASH}{1,2}\\[(?<square>[^\\]]{1,80})\\]${DASH}{1,4}>))`,
    `(?<right>(?:${SHAFT}>{1,2})|[→⟶⇒⟹➔➜➝➞➡⇨➙➛↦⟼▶►]\\ufe0f?)`,
    `(?<left><{1,2}(?!=\\s*[\\d.])${SHAFT}|[←⟵⇐⟸⬅⇦◀]\\ufe0f?)`,
    // mermaid's "---" and Graphviz's "--" have no direction: people write from cause to effect.
    "(?<line>-{2,12}|={3,12})",
  ].join("|"),
  "dgu",
);

/** "client > gateway": only where no proper arrow stands, since ">" also compares. */
const PLAIN = /(?<=[\p{L}\p{N})\]"%]\s*)(?:>{1,3}|[»›])(?=\s*[\p{L}\p{Extended_Pictographic}"([])/gu;

const PIPED = /\s*\|(?<label>[^|]{0,80})\|/y;

/**
 * The arrows of a line, from left to right. `masked` is the line with what stands in quotes and
 * brackets painted over, at the same offsets: an arrow in there belongs to a name.
 */
export function arrowsIn(line: string, masked: string): readonly Arrow[] {
  const found = [...masked.matchAll(ARROW)].map((match): Arrow => {
    const is = match.groups ?? {};
    const at = match.indices?.groups ?? {};
    const words = at.open ?? at.dash ?? at.tight ?? at.square ?? at.dotted;
    const end = match.index + match[0].length;
    const left = is.left ?? is.leftAsync;
    const both = is.both ?? is.bothAsync;
    return {
      start: match.index,
      points: left ? "left" : both ? "both" : "right",
      async: (is.async ?? is.leftAsync ?? is.bothAsync ?? is.asyncWords) !== undefined,
      ...labelled(line, words ? line.slice(...words) : undefined, end),
    };
  });
  if (found.length > 0) return found;
  return [...masked.matchAll(PLAIN)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    points: "right",
    async: false,
  }));
}

/** The label that an arrow carries itself: in its shaft, or between bars behind it. */
function labelled(line: string, words: string | undefined, end: number): { readonly end: number; readonly label?: string } {
  PIPED.lastIndex = end;
  const piped = PIPED.exec(line);
  const label = (piped?.groups?.label ?? words ?? "").trim().replace(/^["'“[]|["'”\]]$/g, "");
  return { end: piped ? PIPED.lastIndex : end, ...(label ? { label } : {}) };
}

const PAIRS: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}", "“": "”", "«": "»", '"': '"', "|": "|" };

/**
 * Paints over what stands between brackets, quotes and bars, so that a comma or an arrow in there is
 * read as part of a name. Same length; a bracket without its partner is left as it is.
 */
export function mask(line: string): string {
  const chars = line.split("");
  let painted = 0;
  for (const [from, to] of enclosures(chars)) for (painted = Math.max(painted, from + 1); painted < to; painted++) chars[painted] = "x";
  return chars.join("");
}

/** From each opening bracket, quote or bar to its partner, in the order of the openings. */
function enclosures(chars: readonly string[]): readonly (readonly [number, number])[] {
  const open: { readonly close: string; readonly at: number }[] = [];
  const spans: [number, number][] = [];
  chars.forEach((char, at) => {
    const last = open[open.length - 1];
    if (last?.close === char) spans.push([open.pop()?.at ?? at, at]);
    else if (PAIRS[char]) open.push({ close: PAIRS[char], at });
  });
  return spans.sort(([a], [b]) => a - b);
}
