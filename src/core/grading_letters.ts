/**
 * Compares the spelling of texts, which forgives typing errors and unites "evaporate" with
 * "evaporation": the cosine of how often three or four letters stand in a row.
 */
import type { Token } from "./grading_text.ts";

/** The buckets that occur, ascending, and the root of how often each does. */
export interface Letters {
  readonly buckets: Uint16Array;
  readonly values: Float32Array;
  readonly length: number;
}

const SIZES = [3, 4];
/** Letters are told apart by a hash: two rows of one bucket are rare among the hundred or two of a sentence. */
const BUCKETS = 8192;
/** Words are remembered with their buckets; so many take about 1 MB. */
const REMEMBERED = 10_000;

/** All zero between two texts: clearing what one has met is ten times faster than a map for each. */
const counts = new Float64Array(BUCKETS);
const known = new Map<string, Uint16Array>();

/** `weightOf`: how much the letters of a word count. */
export function lettersOf(tokens: readonly Token[], weightOf: (word: string) => number): Letters {
  const met: number[] = [];
  let total = 0;
  for (const { word } of tokens) {
    const weight = weightOf(word);
    for (const bucket of bucketsOf(word)) {
      const count = counts[bucket] ?? 0;
      if (count === 0) met.push(bucket);
      counts[bucket] = count + weight;
      total += weight;
    }
  }
  const buckets = Uint16Array.from(met).sort();
  const values = Float32Array.from(buckets, (bucket) => Math.sqrt(counts[bucket] ?? 0));
  for (const bucket of buckets) counts[bucket] = 0;
  return { buckets, values, length: Math.sqrt(total) };
}

function bucketsOf(word: string): Uint16Array {
  const found = known.get(word);
  if (found) return found;
  if (known.size >= REMEMBERED) known.clear();
  const padded = ` ${word} `;
  const made = Uint16Array.from(
    SIZES.flatMap((size) => Array.from({ length: Math.max(0, padded.length - size + 1) }, (_, at) => hash(padded, at, at + size))),
  );
  known.set(word, made);
  return made;
}

/** FNV-1a over UTF-16 units. */
function hash(text: string, from: number, to: number): number {
  let value = 0x811c9dc5;
  for (let at = from; at < to; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return (value >>> 8) % BUCKETS;
}

/** The cosine of what two texts are spelt of, 0 to 1. */
export function sharedLetters(a: Letters, b: Letters): number {
  let product = 0;
  for (let i = 0, j = 0; i < a.buckets.length && j < b.buckets.length; ) {
    const difference = (a.buckets[i] ?? 0) - (b.buckets[j] ?? 0);
    if (difference === 0) product += (a.values[i] ?? 0) * (b.values[j] ?? 0);
    if (difference <= 0) i++;
    if (difference >= 0) j++;
  }
  return product === 0 ? 0 : product / (a.length * b.length);
}
