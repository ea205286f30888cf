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

const SECONDS: Readonly<Record<string, number>> = {
  s: 1, sec: 1, secs: 1, second: 1, seconds: 1,
  min: 60, mins: 60, minute: 60, minutes: 60,
  h: 3_600, hr: 3_600, hrs: 3_600, hour: 3_600, hours: 3_600,
  d: 86_400, day: 86_400, days: 86_400, daily: 86_400,
  week: 604_800, weeks: 604_800,
  month: 2_629_800, months: 2_629_800,
  year: 31_557_600, years: 31_557_600, yr: 31_557_600,
};
const MILLI: Readonly<Record<string, number>> = { ms: 1e-3, millisecond: 1e-3, milliseconds: 1e-3, us: 1e-6, µs: 1e-6 };
const SCALES: Readonly<Record<string, number>> = {
  k: 1e3, thousand: 1e3, m: 1e6, mm: 1e6, mn: 1e6, mio: 1e6, million: 1e6, millions: 1e6,
  b: 1e9, bn: 1e9, g: 1e9, billion: 1e9, billions: 1e9, t: 1e12, tn: 1e12, trillion: 1e12, p: 1e15, lakh: 1e5, crore: 1e7,
};
const RATES: Readonly<Record<string, number>> = { rps: 1, qps: 1, tps: 1, "req/s": 1, rpm: 60, qpm: 60 };
const PREFIXES: Readonly<Record<string, number>> = { "": 0, k: 1, m: 2, g: 3, t: 4, p: 5, e: 6 };
const BYTES = /^(k|m|g|t|p|e)?(i)?(?:b|bytes?)$|^(kilo|mega|giga|tera|peta)?bytes?$/;
const LONG_PREFIX: Readonly<Record<string, number>> = { kilo: 1, mega: 2, giga: 3, tera: 4, peta: 5 };
/** `1 250 000`, `1,250,000`, `1.250.000`, `1,5`, `3.5e6`, `3.5 × 10^6`, `10^9`. */
const NUMBER =
  /^(?:10\s*(?:\^|\*\*)\s*(\d{1,2})|(\d{1,3}(?:[ ,.'_\u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)(?:e([+-]?\d{1,2}))?\s*(?:[x*×·]\s*10\s*(?:\^|\*\*)\s*(\d{1,2}))?)/;

/** The typed amount in `unit`, as the bank writes it ("requests/s", "TB", "percent"). Total. */
export function readQuantity(typed: string, unit: string): Reading {
  const text = typed
    .normalize("NFKC")
    .trim()
    .toLowerCase()
    .replace(/^(?:i(?:'d| would) say|about|approximately|approx\.?|around|roughly|circa|ca\.?|some|~|≈|=|>|<)\s*/, "")
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
  const whole = (decimal ? tight.slice(0, last) : tight).replace(/[.,]/g, "");
  return decimal ? `${whole}.${tight.slice(last + 1)}` : whole;
}

interface Given extends Unit {
  /** Whether a unit was said at all. */
  readonly said: boolean;
}

function unitOf(text: string): Given | undefined {
  if (text === "") return { kind: "count", scale: 1, per: undefined, said: false };
  const [amount = "", ...denominators] = text.split(/\s*(?:\/|\bper\b|\beach\b|\ban?\b|\bevery\b)\s*/);
  if (denominators.length > 1) return undefined;
  const said = denominators.length > 0 || amount !== "";
  const words = amount.split(/[\s-]+/).filter(Boolean);
  let scale = 1;
  let kind: Kind = "count";
  let per = denominators[0] === undefined ? undefined : SECONDS[denominators[0].replace(/[.\s].*$/, "")];
  for (const word of words) {
    const bytes = bytesOf(word);
    if (SCALES[word] !== undefined && bytes === undefined) scale *= SCALES[word];
    else if (word === "b" && kind === "count") scale *= 1e9;
    else if (bytes !== undefined) [kind, scale] = ["bytes", scale * bytes];
    else if (RATES[word] !== undefined) per = RATES[word];
    else if (word === "%" || word === "percent" || word === "pct") kind = "percent";
    else if (MILLI[word] !== undefined) [kind, scale] = ["time", scale * MILLI[word]];
    else if (word === "s" || word === "sec" || word === "seconds" || word === "second") kind = "time";
    // What is counted ("requests", "core hours") says no more than the question did.
    else if (!/^[\p{L}().]+$/u.test(word)) return undefined;
  }
  const onlyScale = words.every((word) => SCALES[word] !== undefined) && denominators.length === 0;
  return { kind, scale, per, said: said && !onlyScale };
}

/** Bytes in "GB", "gib", "terabytes"; a bare "b" is a billion. */
function bytesOf(word: string): number | undefined {
  const match = BYTES.exec(word);
  if (!match || word === "b") return undefined;
  const power = match[3] ? (LONG_PREFIX[match[3]] ?? 0) : (PREFIXES[match[1] ?? ""] ?? 0);
  return (match[2] ? 1_024 : 1_000) ** power;
}

function convert(number: number, given: Given, asked: Unit, unit: string): Reading {
  // "1.2T" where terabytes were asked for, "500" where thousands were: a bare scale is the base unit's.
  if (!given.said) {
    const bare = given.scale === 1 || asked.kind === "count" ? number * given.scale : (number * given.scale) / asked.scale;
    return finite(bare, unit);
  }
  const loose = given.kind === "count" && asked.kind !== "percent";
  if (given.kind !== asked.kind && !loose) return { ok: false, problem: `The question asks for ${unit}. Write the number in that unit.` };
  const amount = given.kind === asked.kind ? (number * given.scale) / asked.scale : number * given.scale;
  if (given.per === undefined) return finite(amount, unit);
  if (asked.per === undefined) return { ok: false, problem: `The question asks for ${unit}, which is no rate. Leave the “per …” out.` };
  return finite((amount * asked.per) / given.per, unit);
}

const finite = (value: number, unit: string): Reading =>
  Number.isFinite(value) && value > 0 ? { ok: true, value } : { ok: false, problem: `Write a number above zero, in ${unit}.` };

const WORDS = new Intl.NumberFormat("en", { notation: "compact", compactDisplay: "long", maximumSignificantDigits: 3 });
const SMALL = new Intl.NumberFormat("en", { maximumSignificantDigits: 4 });

/** "521 thousand requests/s", "0.62 percent". */
export const quantityInWords = (value: number, unit: string): string =>
  `${(value >= 10_000 ? WORDS : SMALL).format(value)} ${unit}`;

/** Within the accepted factor, either way. */
export const withinFactor = (value: number, right: number, factor: number): boolean =>
  value <= right * factor * (1 + 1e-9) && value >= right / factor / (1 + 1e-9);
