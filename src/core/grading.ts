/**
 * Grades a free-text answer against rubric points, offline and with the words that earned each.
 *
 * A point is covered when every group of its phrases is met close together, in a sentence and not
 * denied. Failing that, its examples decide whether the answer says the same in other words.
 */
import type { RubricPoint, Vocabulary } from "./content.ts";
import { type Evidence, quote, quoteFrom } from "./grading_evidence.ts";
import { type Gradable, questionStems, type Window, windowsOf } from "./grading_likeness.ts";
import { isMereList, listedTokens, OPERATOR } from "./grading_list.ts";
import { type Index, indexOf } from "./grading_phrase.ts";
import { type CompiledPoint, compile, type Hit, hitsOf } from "./grading_point.ts";
import { rejectionsIn } from "./grading_rejection.ts";
import { stuffedSentences } from "./grading_stuffing.ts";
import { type Token, tokenize } from "./grading_text.ts";
import { closeTogether, FEW_GROUPS, type Hits, inOneSentence, isConsequence, outspoken, saidIn, saidTogether } from "./grading_together.ts";

/** From best to worst. `unsure` and `mentioned` count half. */
export type PointState = "covered" | "mentioned" | "unsure" | "missed";

export interface PointGrade {
  readonly id: string;
  readonly state: PointState;
  readonly evidence: readonly Evidence[];
}

/** A grade with the chance, 0 to 1, that a reader would accept the answer. */
export interface ScoredGrade extends PointGrade {
  readonly score: number;
}

/** Log odds of likeness from which on a point with groups is not missed, or is covered if most groups are met. */
const LEANING = 0.5;
const ALIKE = 0.85;
const FAINT = 0.12;
/** Without groups likeness alone decides: even odds cover, and one to two leaves it open. */
const EVEN_ODDS = 0;
const OPEN = -0.7;

/** Notes have an operator for every so many words. */
const NOTED = 6;

/**
 * One grade per point, in their order. Total and deterministic; text beyond `READ_AT_MOST` is not
 * read. Points are compiled once per object, so pass the bank's own rather than copies.
 */
export function gradeAnswer(points: readonly Gradable[], answer: string, vocabulary: Vocabulary): PointGrade[] {
  const { compiled, hits, together, reading } = read(points, answer, vocabulary);
  return compiled.map((point, at) => ({ id: points[at]?.id ?? "", ...gradePoint(point, hits[at] ?? [], together[at], reading) }));
}

/**
 * The same with a score: .5 and more is covered, less is not; only a point without examples, which
 * has no even point, is unsure on either side of .5.
 */
export function scoreAnswer(points: readonly Gradable[], answer: string, vocabulary: Vocabulary): ScoredGrade[] {
  const { compiled, reading } = read(points, answer, vocabulary);
  return gradeAnswer(points, answer, vocabulary).map((grade, at) => {
    const point = compiled[at];
    const alike = point && mostAlike(point, reading);
    const [least, most] = point?.likeness.calibrated === false && grade.state === "unsure" ? UNCALIBRATED : SCORES[grade.state];
    return { ...grade, score: Math.min(most, Math.max(least, alike ? 1 / (1 + Math.exp(-alike.score)) : 0)) };
  });
}

const SCORES: Readonly<Record<PointState, readonly [number, number]>> = {
  covered: [0.5, 1],
  mentioned: [0.25, 0.49],
  unsure: [0.25, 0.49],
  missed: [0, 0.49],
};
const UNCALIBRATED = [0.25, 0.75] as const;

/** Share of the points' weight that was earned, 0 to 1; what is mentioned or unsure counts half. */
export function coverage(points: readonly RubricPoint[], grades: readonly PointGrade[]): number {
  const states = new Map(grades.map(({ id, state }) => [id, state]));
  const earned = points.reduce((sum, { id, weight }) => sum + weight * WORTH[states.get(id) ?? "missed"], 0);
  const total = points.reduce((sum, { weight }) => sum + weight, 0);
  return total === 0 ? 0 : earned / total;
}

/** Which share of a point's weight each state earns. */
export const WORTH: Readonly<Record<PointState, number>> = { covered: 1, mentioned: 0.5, unsure: 0.5, missed: 0 };

interface Reading {
  readonly answer: string;
  readonly index: Index;
  /** Tokens that only list words. */
  readonly stuffed: ReadonlySet<number>;
  /** What is compared with examples, as a question asks for it; words of a mere list are not. */
  windows(question: string): readonly Window[];
  /** Sentences that earn some point by its phrases: they are not taken for another by likeness. */
  readonly spoken: ReadonlySet<number>;
}

function read(points: readonly Gradable[], answer: string, vocabulary: Vocabulary) {
  const index = indexOf(tokenize(answer));
  const compiled = points.map((point) => compile(point, vocabulary));
  const rejections = rejectionsIn(index.tokens);
  const hits = compiled.map((point) => hitsOf(point, index, rejections));
  const stuffed = stuffedTokens(answer, index.tokens, hits.flat(2));
  const together = hits.map((groups) => outspoken(groups, saidTogether(groups, stuffed)));
  const windows = new Map<string, readonly Window[]>();
  const reading: Reading = {
    answer,
    index,
    stuffed,
    windows: (question) => {
      const known = windows.get(question);
      if (known) return known;
      const said = index.tokens.filter((_, at) => !stuffed.has(at));
      const made = windowsOf(said, questionStems(question));
      windows.set(question, made);
      return made;
    },
    spoken: new Set(together.flatMap((earned) => earned?.map(({ sentence }) => sentence) ?? [])),
  };
  return { compiled, hits, together, reading };
}

function gradePoint(point: CompiledPoint, hits: Hits, together: readonly Hit[] | undefined, reading: Reading): Grade {
  const { answer, index, stuffed } = reading;
  if (index.tokens.length === 0) return { state: "missed", evidence: [] };
  if (together) return { state: "covered", evidence: quote(answer, index.tokens, together) };
  if (hits.length === 0) return byLikeness(point, reading);

  const said = saidIn(hits, stuffed);
  return byDenial(hits, said, reading) ?? byParts(point, hits, said, reading);
}

type Grade = Omit<PointGrade, "id">;

const isOpen = ({ stance }: Hit): boolean => stance !== "denied";

/** The grade of a point some of whose groups are denied or in doubt. */
function byDenial(hits: Hits, said: Hits, { answer, index }: Reading): Grade | undefined {
  const grade = (state: PointState, earned: readonly Hit[]) => ({ state, evidence: quote(answer, index.tokens, earned) });
  // All but one are stated in one sentence: what the denial is about is in doubt.
  const almost = hits.length >= FEW_GROUPS && inOneSentence(closeTogether(said, hits.length - 1));
  if (hits.some((group) => group.length > 0 && !group.some(isOpen)))
    return almost
      ? grade(
          "unsure",
          said.flatMap(([first]) => first ?? []),
        )
      : { state: "missed", evidence: [] };
  const best = bestOf(hits, said);
  const doubtful = best.filter(({ stance }) => stance === "doubtful");
  if (doubtful.length === 0) return undefined;
  const excused = almost && best.length === hits.length && isConsequence(index.tokens, best, doubtful);
  return grade(excused ? "covered" : "unsure", best);
}

/** What is said of each group, or else what is not denied. */
const bestOf = (hits: Hits, said: Hits): readonly Hit[] => hits.flatMap((group, at) => said[at]?.[0] ?? group.find(isOpen) ?? []);

/** The grade of a point that is met in part, or in other words. */
function byParts(point: CompiledPoint, hits: Hits, said: Hits, reading: Reading): Grade {
  const { answer, index, spoken } = reading;
  const met = said.filter((group) => group.length > 0).length;
  const alike = point.likeness.calibrated ? mostAlike(point, reading) : undefined;
  if (alike && alike.score >= (met > 0 ? LEANING : ALIKE)) {
    const sure =
      alike.score >= ALIKE && met >= Math.max(2, hits.length - 1) && !spoken.has(alike.window.from) && !spoken.has(alike.window.to);
    return { state: sure ? "covered" : "unsure", evidence: quoteSentences(reading, alike.window) };
  }
  const part = closeTogether(
    hits.map((group) => group.filter(isOpen)),
    Math.ceil(hits.length / 2),
  );
  if (part) return { state: "mentioned", evidence: quote(answer, index.tokens, part) };
  // Without examples nobody knows how else it can be said.
  return { state: point.likeness.calibrated ? "missed" : "unsure", evidence: [] };
}

/** A point without groups has nothing but its statements and examples. */
function byLikeness(point: CompiledPoint, reading: Reading): Grade {
  const alike = mostAlike(point, reading);
  const evidence = alike ? quoteSentences(reading, alike.window) : [];
  if (!point.likeness.calibrated) return { state: "unsure", evidence };
  if (alike && alike.score >= EVEN_ODDS && !point.asksForList && isMereList(reading.answer, reading.index.tokens))
    return { state: "mentioned", evidence };
  if (alike && alike.score >= OPEN) return { state: alike.score >= EVEN_ODDS ? "covered" : "unsure", evidence };
  return { state: "missed", evidence: [] };
}

function stuffedTokens(answer: string, tokens: readonly Token[], hits: readonly Hit[]): ReadonlySet<number> {
  if (hits.length === 0) return new Set();
  const dense = stuffedSentences(tokens, hits);
  const listed = listedTokens(answer, tokens);
  const noted = new Set([...dense].filter((sentence) => isNoted(answer, tokens, sentence)));
  return new Set(tokens.flatMap(({ sentence }, at) => ((dense.has(sentence) && !noted.has(sentence)) || listed.has(at) ? at : [])));
}

/** "20M ads → retrieval 2k → ranker 200": dense, and yet it says how things follow and how much. */
function isNoted(answer: string, tokens: readonly Token[], sentence: number): boolean {
  const own = tokens.filter((token) => token.sentence === sentence);
  const text = answer.slice(own[0]?.start ?? 0, own[own.length - 1]?.end ?? 0);
  const operators = text.split(OPERATOR).length - 1;
  return operators * NOTED >= own.length && own.some(({ word }) => /^\d/.test(word));
}

/** The best of the windows around the sentence that a cheap guess prefers: all of them would take too long. */
function mostAlike({ likeness, groups }: CompiledPoint, reading: Reading): { score: number; window: Window } | undefined {
  const windows = reading.windows(likeness.question);
  const guesses = windows.map((window) => (window.from === window.to ? likeness.guess(window.portrait) : 0));
  const { from = 0 } = windows[guesses.indexOf(Math.max(...guesses))] ?? {};
  let best: { score: number; window: Window } | undefined;
  // With groups a point is earned close together or not at all, and what is faintly alike is not looked at.
  if (groups.length > 0 && Math.max(...guesses) < FAINT) return undefined;
  for (const window of windows) {
    if (window.from > from || window.to < from || (groups.length > 0 && window.to - window.from > 1)) continue;
    const score = likeness.score(window.portrait);
    if (!best || score > best.score) best = { score, window };
  }
  return best;
}

function quoteSentences({ answer, index }: Reading, { from, to }: Window): readonly Evidence[] {
  const first = index.tokens.findIndex(({ sentence }) => sentence === from);
  const last = index.tokens.findLastIndex(({ sentence }) => sentence === to);
  return quoteFrom(answer, index.tokens, first, last);
}
