/**
 * How much an answer sounds like what earns a point. The features and their weights are the same
 * for all points; the even point is each point's own, set by its examples, because no threshold
 * holds for all (a scorer moved to another subject without examples is barely better than chance).
 */
import type { RubricPoint } from "./content.ts";
import { sharedLetters } from "./grading_letters.ts";
import { type Portrait, portraitOf, sharedWords } from "./grading_portrait.ts";
import { contentStems, type Token, tokenize } from "./grading_text.ts";
import { EVEN, FEATURES, type Feature, TYPICAL_BAD, TYPICAL_GOOD } from "./grading_weights.ts";

/** A piece of an answer: the first and the last of its sentences. */
export interface Window {
  readonly from: number;
  readonly to: number;
  readonly portrait: Portrait;
}

/** What a point is graded by. A rubric point of the bank is one; a question asked elsewhere need not have more. */
export interface Gradable extends Pick<RubricPoint, "id" | "statements" | "groups" | "good" | "bad"> {
  /** Words of the question are worth less in the answer. */
  readonly question?: string;
}

export interface Likeness {
  /** Whether examples set the even point. */
  readonly calibrated: boolean;
  readonly question: string;
  /** Log odds that a reader would accept it: 0 is the even point. */
  score(portrait: Portrait): number;
  /** A cheap guess at the order of scores. */
  guess(portrait: Portrait): number;
}

interface Examples {
  readonly statements: readonly Portrait[];
  readonly good: readonly Portrait[];
  readonly bad: readonly Portrait[];
}

/** So many examples as a typical point has are taken for known before the point's own are counted. */
const PRIOR = 0.5;
/** The even point is estimated from so many examples of a kind; each is compared with all others. */
const ENOUGH = 40;

/** A whole that is longer, in words, is no answer to one point. */
const SHORT = 80;

/** Single sentences, pairs of neighbours and a short whole, as far as they differ. */
export function windowsOf(tokens: readonly Token[], question: ReadonlySet<string>): Window[] {
  const sentences = [...Map.groupBy(tokens, ({ sentence }) => sentence).values()];
  const window = (part: readonly Token[]): Window => ({
    from: part[0]?.sentence ?? 0,
    to: part[part.length - 1]?.sentence ?? 0,
    portrait: portraitOf(part, question),
  });
  const parts = sentences.flatMap((sentence, at) => {
    const next = sentences[at + 1];
    return next ? [window(sentence), window([...sentence, ...next])] : [window(sentence)];
  });
  return sentences.length > 2 && tokens.length <= SHORT ? [...parts, window(tokens)] : parts;
}

/** The stems that a question's answer may repeat without saying anything. */
export const questionStems = (question: string): ReadonlySet<string> => contentStems(tokenize(question));

/** Learns a point's scale from its statements and examples. */
export function calibrate({ statements, good, bad, question: asked = "" }: Gradable): Likeness {
  const question = questionStems(asked);
  const portraits = (texts: readonly string[]) => texts.map((text) => portraitOf(tokenize(text), question));
  const all: Examples = { statements: portraits(statements), good: portraits(good), bad: portraits(bad) };
  const without = (kind: "good" | "bad", one: Portrait): Examples => ({ ...all, [kind]: all[kind].filter((other) => other !== one) });
  const centre = (kind: "good" | "bad", typical: number): number => {
    const some = all[kind].slice(0, ENOUGH);
    const total = some.reduce((sum, one) => sum + weighed(features(one, without(kind, one))), 0);
    return (total + PRIOR * typical) / (some.length + PRIOR);
  };
  const even = (centre("good", TYPICAL_GOOD) + centre("bad", TYPICAL_BAD)) / 2;
  const wanted = [...all.statements, ...all.good];
  return {
    calibrated: good.length > 0 || bad.length > 0,
    question: asked,
    score: (portrait) => weighed(features(portrait, all)) - even + EVEN,
    guess: (portrait) => most(wanted, (one) => sharedWords(portrait, one).overlap),
  };
}

/** What an answer is judged by, each 0 to 1. */
function features(answer: Portrait, { statements, good, bad }: Examples): Record<Feature, number> {
  const overlap = (other: Portrait) => sharedWords(answer, other).overlap;
  const letters = (other: Portrait) => sharedLetters(answer.letters(), other.letters());
  const statement = most(statements, overlap);
  return {
    statement,
    recall: most(statements, (one) => sharedWords(answer, one).recall),
    letters: most(statements, letters),
    nearestGood: Math.max(statement, most(good, overlap)),
    nearestBad: most(bad, overlap),
    lettersOfBad: most(bad, letters),
  };
}

/** The features of an answer to a point; for the script that learns their weights. */
export function featuresOf(point: Gradable, answer: string): Record<Feature, number> {
  const question = questionStems(point.question ?? "");
  const portraits = (texts: readonly string[]) => texts.map((text) => portraitOf(tokenize(text), question));
  const examples = { statements: portraits(point.statements), good: portraits(point.good), bad: portraits(point.bad) };
  return features(portraitOf(tokenize(answer), question), examples);
}

const weighed = (values: Readonly<Record<Feature, number>>): number =>
  Object.entries(FEATURES).reduce((sum, [name, weight]) => sum + weight * values[name as Feature], 0);

const most = (texts: readonly Portrait[], like: (text: Portrait) => number): number =>
  texts.reduce((best, text) => Math.max(best, like(text)), 0);
