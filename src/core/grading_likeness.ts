/**
 * How much an answer sounds like what earns a point. Every point has a scale of its own, set by
 * its examples: no threshold holds for all points (a scorer moved to another subject without
 * examples is barely better than chance).
 */
import type { RubricPoint } from "./content.ts";
import { contentStems, type Token, tokenize } from "./grading_text.ts";

/** One or two neighbouring sentences, by the stems that carry their subject. */
export interface Window {
  readonly from: number;
  readonly to: number;
  readonly stems: ReadonlySet<string>;
}

export interface Likeness {
  /** 0 lies midway between the point's good and bad examples; higher is more like the good ones. */
  score(window: Window): number;
}

type Stems = ReadonlySet<string>;

/** What a statement says weighs more than what else the answer says. */
const OF_STATEMENT = 0.65;
export function windowsOf(tokens: readonly Token[]): Window[] {
  const sentences = [...Map.groupBy(tokens, ({ sentence }) => sentence).values()];
  const window = (part: readonly Token[]): Window => ({
    from: part[0]?.sentence ?? 0,
    to: part[part.length - 1]?.sentence ?? 0,
    stems: contentStems(part),
  });
  return sentences.flatMap((sentence, at) => {
    const next = sentences[at + 1];
    return next ? [window(sentence), window([...sentence, ...next])] : [window(sentence)];
  });
}

/**
 * Undefined for a point without examples. Only the centre is the point's own: three examples are
 * too few to estimate a spread, and dividing by one told good from bad worse on the bank.
 */
export function calibrate(point: RubricPoint): Likeness | undefined {
  const [statements, good, bad] = [point.statements, point.good, point.bad].map((texts) =>
    texts.map((text) => contentStems(tokenize(text))),
  ) as [Stems[], Stems[], Stems[]];
  if (good.length === 0 || bad.length === 0) return undefined;
  const raw = (stems: Stems, others: Stems[] = good, wrong: Stems[] = bad): number =>
    closest(stems, statements) + closest(stems, others) - closest(stems, wrong);
  const without = (all: Stems[], one: Stems) => all.filter((other) => other !== one);
  const high = mean(good.map((one) => raw(one, without(good, one))));
  const low = mean(bad.map((one) => raw(one, good, without(bad, one))));
  return { score: ({ stems }) => raw(stems) - (high + low) / 2 };
}

const closest = (stems: Stems, texts: readonly Stems[]): number => texts.reduce((best, text) => Math.max(best, overlap(stems, text)), 0);

function overlap(answer: Stems, text: Stems): number {
  let shared = 0;
  for (const stem of text) if (answer.has(stem)) shared++;
  return shared === 0 ? 0 : shared / (OF_STATEMENT * text.size + (1 - OF_STATEMENT) * answer.size);
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
