/**
 * Reads an estimate as people type it: "3.5M", "3.5e6", "20k rps", "1.2 TB/day".
 * A number without a unit is in the unit that was asked for; one in another unit of the same kind is converted.
 */

/** What is counted: plain things, bytes, or seconds. */
type Kind = "count" | "bytes" | "time" | "percent";

interface Unit {
  readonly kind: Kind;
  /** In base units: things, bytes, seconds, percent. */
  readonly scale: number;
  /** Seconds in "per …"; undefined for an amount that is no rate. */
  readonly per: number | undefined;
}

export type Reading = { readonly ok: true; readonly value: number } | { readonly ok: false; readonly problem: string };

/** Words by what they are worth: "minute mins" -> 60. */
const worth = (table: readonly (readonly [number, string])[]): ReadonlyMap<string, number> =>
  new Map(table.flatMap(([value, words]) => words.split(" ").map((word) => [word, value] as const)));

const SECONDS = worth([
  [1, "s sec secs second seconds"],
  [60, "min mins minute minutes"],
  [3_600, "h hr hrs hour hours"],
  [86_400, "d day days daily"],
  [604_800, "week weeks"],
  [2_629_800, "month months"],
  [31_557_600, "yr year years"],
]);
/** In seconds. "core-hours" are hours, too: what they are counted on is the question's. */
const TIMES = worth([
  [60, "min mins minute minutes"],
  [3_600, "h hr hrs hour hours"],
  [86_400, "day days"],
  [1, "s sec second seconds"],
  [1e-3, "ms millisecond milliseconds"],
  [1e-6, "us µs μs"],
]);
const SCALES = worth([
  [1e3, "k thousand"],
  [1e5, "lakh"],
  [1e6, "m mm mn mio million millions"],
  [1e7, "crore"],
  [1e9, "b bn g billion billions"],
  [1e12, "t tn trillion"],
  [1e15, "p"],
]);
/** Seconds that "per" means in them. */
const RATES = worth([
  [1, "rps qps tps req/s"],
  [60, "rpm qpm"],
]);
const PERCENT = new Set(["%", "percent", "pct"]);
const PREFIXES = worth([
  [1, "k kilo"],
  [2, "m mega"],
  [3, "g giga"],
  [4, "t tera"],
  [5, "p peta"],
  [6, "e exa"],
]);
const BYTES = /^(?:([kmgtpe])?(i)?b|(kilo|mega|giga|tera|peta|exa)?bytes?)$/;
/** `1 250 000`, `1,250,000`, `1.250.000`, `1,5`, `3.5e6`, `3.5 × 10^6`, `10^9`. */
const NUMBER =
  /^(?:10\s*(?:\^|\*\*)\s*(\d{1,2})|(\d{1,3}(?:[ ,.'_\u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)?)(?:e([+-]?\d{1,2}))?\s*(?:[x*×·]\s*10\s*(?:\^|\*\*)\s*(\d{1,2}))?)/;

/** The typed amount in `unit`, as the bank writes it ("requests/s", "TB", "percent"). Total. */
export function readQuantity(typed: string, unit: string): Reading {
  const text = typed
    .normalize("NFKC")
    .trim()
    .toLowerCase()
    .replace(/^(?:[$€£]|i(?:'d| would) say|about|approximately|approx\.?|around|roughly|circa|ca\.?|some|~|≈|=|>|<)\s*/, "")
    .replace(/^[~≈=]\s*/, "");
  const match = NUMBER.exec(text);
  if (!match) return { ok: false, problem: `Begin with a number, such as \`3.5M\`, \`20k\` or \`1.2e6\`, in ${unit}.` };
  const rest = text.slice(match[0].length).trim();
  if (/^(?:-|–|to\b|\.\.)\s*\d/.test(rest)) return { ok: false, problem: "Commit to one number: a range cannot be right or wrong." };
  const given = unitOf(rest);
  if (!given) return { ok: false, problem: `The unit cannot be read. Leave it out, or write it as ${unit}.` };
  const asked = unitOf(unit.toLowerCase()) ?? { kind: "count", scale: 1, per: undefined };
  return convert(numberOf(match), given, asked, unit);
}

function numberOf(match: RegExpExecArray): number {
  const [, power, digits = "", exponent = 0, tens = 0] = match;
  return power === undefined ? Number(plain(digits)) * 10 ** (Number(exponent) + Number(tens)) : 10 ** Number(power);
}

/** "1,250,000" and "1.250.000" group by three; a single "1,25" is a decimal comma; "1,250" groups. */
function plain(digits: string): string {
  const tight = digits.replace(/[ '_\u00a0\u202f]/g, "");
  const marks = tight.match(/[.,]/g) ?? [];
  const last = Math.max(tight.lastIndexOf("."), tight.lastIndexOf(","));
  if (marks.length === 0) return tight;
  const tail = tight.length - last - 1;
  const mixed = new Set(marks).size > 1;
  const decimal = marks.length === 1 ? tight[last] === "." || tail !== 3 : mixed;
  if (marks.length === 1 && /^0[.,]/.test(tight)) return tight.replace(",", ".");
  const whole = (decimal ? tight.slice(0, last) : tight).replace(/[.,]/g, "");
  return decimal ? `${whole}.${tight.slice(last + 1)}` : whole;
}

interface Given extends Unit {
  /** "per" something was said. */
  readonly rate: boolean;
  /** Whether a unit was said at all. */
  readonly said: boolean;
}

function unitOf(text: string): Given | undefined {
  if (text === "") return { kind: "count", scale: 1, per: undefined, said: false, rate: false };
  const [amount = "", ...denominators] = text.split(/\s*(?:\/|\bper\b|\beach\b|\ban?\b|\bevery\b)\s*/);
  if (denominators.length > 1) return undefined;
  const said = denominators.length > 0 || amount !== "";
  const words = amount
    .split(/[\s-]+/)
    .filter(Boolean)
    .map(wordOf);
  if (words.some((word) => word === undefined)) return undefined;
  const read = words.filter((word) => word !== undefined);
  const denominator = denominators[0]?.replace(/[.\s].*$/, "");
  const onlyScale = denominators.length === 0 && read.every(({ bare }) => bare);
  return {
    kind: read.find(({ kind }) => kind !== undefined)?.kind ?? "count",
    scale: read.reduce((product, { scale }) => product * (scale ?? 1), 1),
    per: read.find(({ per }) => per !== undefined)?.per ?? (denominator === undefined ? undefined : SECONDS.get(denominator)),
    said: said && !onlyScale,
    rate: denominator !== undefined,
  };
}

interface Word {
  readonly kind?: Kind;
  readonly scale?: number;
  readonly per?: number;
  /** It only scales: "million". */
  readonly bare?: true;
}

/** What one word of a unit says; undefined for what is no word. What is counted says no more than the question did. */
function wordOf(word: string): Word | undefined {
  const bytes = bytesOf(word);
  if (bytes !== undefined) return { kind: "bytes", scale: bytes };
  const scale = SCALES.get(word);
  if (scale !== undefined) return { scale, bare: true };
  const per = RATES.get(word);
  if (per !== undefined) return { per };
  const time = TIMES.get(word);
  if (time !== undefined) return { kind: "time", scale: time };
  if (PERCENT.has(word)) return { kind: "percent" };
  // Bits are no bytes, and nobody asked for them.
  return /^[\p{L}().]+$/u.test(word) && !/^[kmgtpe]?(?:bits?|bps)$/.test(word) ? {} : undefined;
}

/** Bytes in "GB", "gib", "terabytes"; a bare "b" is a billion. */
function bytesOf(word: string): number | undefined {
  const match = BYTES.exec(word);
  if (!match || word === "b") return undefined;
  const power = PREFIXES.get(match[1] ?? match[3] ?? "") ?? 0;
  return (match[2] ? 1_024 : 1_000) ** power;
}

function convert(number: number, given: Given, asked: Unit, unit: string): Reading {
  // "1.2T" where terabytes were asked for, "500" where thousands were: a bare scale is the base unit's.
  if (!given.said) {
    const bare = given.scale === 1 || asked.kind !== "bytes" ? number * given.scale : (number * given.scale) / asked.scale;
    return finite(bare, unit);
  }
  const loose = given.kind === "count" && asked.kind !== "percent";
  if (given.kind !== asked.kind && !loose) return { ok: false, problem: `The question asks for ${unit}. Write the number in that unit.` };
  const amount = given.kind === asked.kind ? (number * given.scale) / asked.scale : number * given.scale;
  if (given.per === undefined && given.rate && asked.per !== undefined)
    return { ok: false, problem: `That “per …” is not known. Write the number in ${unit}.` };
  if (given.per === undefined) return finite(amount, unit);
  if (asked.per === undefined) return { ok: false, problem: `The question asks for ${unit}, which is no rate. Leave the “per …” out.` };
  return finite((amount * asked.per) / given.per, unit);
}

const finite = (value: number, unit: string): Reading =>
  Number.isFinite(value) && value > 0 ? { ok: true, value } : { ok: false, problem: `Write a number above zero, in ${unit}.` };

const WORDS = new Intl.NumberFormat("en", { notation: "compact", compactDisplay: "long", maximumSignificantDigits: 3 });
const SMALL = new Intl.NumberFormat("en", { maximumSignificantDigits: 4 });

/** "521 thousand requests/s", "0.62 percent". */
export const quantityInWords = (value: number, unit: string): string => `${(value >= 10_000 ? WORDS : SMALL).format(value)} ${unit}`;

/** Within the accepted factor, either way. */
export const withinFactor = (value: number, right: number, factor: number): boolean =>
  value <= right * factor * (1 + 1e-9) && value >= right / factor / (1 + 1e-9);
