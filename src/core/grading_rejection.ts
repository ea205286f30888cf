/**
 * Where an answer turns down what it names without negating it: "X is hype", "we decided against
 * X", "X? Nope.", "X, Y. I said no to all of that." Each turn of phrase is a line of the tables.
 */

import type { Token } from "./grading_text.ts";
import { DECISIONS, DOUBTS, FRAMES, PREFERENCES, VERDICTS } from "./grading_turns.ts";

export interface Rejection {
  /** Tokens of the turn of phrase itself, both included. */
  readonly from: number;
  readonly to: number;
  /** Tokens that it may turn down, both included. */
  readonly first: number;
  readonly last: number;
  /** Whether it turns the thing down for good, rather than casts doubt on it. */
  readonly sure: boolean;
}

/** A later sentence that turns down what came before says so with one of these. */
const POINTS_BACK = new Set(
  "it that this them they these those neither none both all any such either so nope nah no not disagree".split(" "),
);
/** What points back to the sentence before does so within so many words. */
const EARLY = 8;
/** After these the sentence speaks of something else, unless it points back soon: "but I turned it off". */
const TURNING = new Set("but however although though while whereas yet instead otherwise".split(" "));
const OBJECTS = new Set("it them this that those these neither none".split(" "));
const SOON = 4;
interface Turn {
  /** Speaks of the whole sentence, whatever clauses it has. */
  readonly whole: boolean;
  /** Matches where the turn of phrase begins. */
  readonly pattern: RegExp;
  readonly forward: boolean;
  readonly sure: boolean;
}

/** "X is pointless" is a verdict; "a pointless visit" and "the fashion shop" are not. `is` is lost where "that's" became "that". */
const PREDICATE =
  "(?:is|are|was|were|be|been|seems|seem|sounds|looks|it|that|this|just|pure|mere|simply|all|find it|consider it) (?:just |pure |mere |all |simply |rather |quite |too |only |such |often |usually |completely |totally |really |mostly |a |an |the |some )*";

/** By their first word: trying hundreds of them at each word of an answer would take longer than all the rest. */
const TURNS = new Map<string, Turn[]>();
for (const { lines, forward = true, sure = true, whole = false } of [
  { lines: DECISIONS },
  { lines: VERDICTS, forward: false },
  { lines: PREFERENCES },
  { lines: DOUBTS, sure: false },
  { lines: FRAMES, sure: false, whole: true },
]) {
  const turns = lines
    .flatMap(alternatives)
    .map((turn) => turn.replace(/^= /, PREDICATE).replace(/^is /, "(?:is|it|that|this) ").replaceAll("_", "(?:\\S+ ){0,2}"));
  for (const [word, same] of Map.groupBy(
    turns.flatMap((turn) => firstWords(turn).map((word) => ({ word, turn }))),
    ({ word }) => word,
  ))
    TURNS.set(word, [
      ...(TURNS.get(word) ?? []),
      { pattern: new RegExp(`(?:${same.map(({ turn }) => turn).join("|")})(?= )`, "y"), forward, sure, whole },
    ]);
}

/** The parts between the bars that stand in no bracket. */
function alternatives(line: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const sign of line) {
    if (sign === "(") depth++;
    if (sign === ")") depth--;
    if (sign === "|" && depth === 0) parts.push("");
    else parts.push(`${parts.pop()}${sign}`);
  }
  return parts;
}

function firstWords(turn: string): string[] {
  const bare = turn.replace(/^(?:\(\?<[!=][^)]*\))+/, "");
  const group = /^\(\?:([^)]*)\)/.exec(bare)?.[1];
  return [...new Set((group?.split("|") ?? [bare]).map((one) => one.split(/[ (]/)[0] ?? ""))];
}

/** "a waste to X", "no point in X": a verdict that goes on like this speaks of what follows too. */
const ABOUT = new Set("to for of that in on about".split(" "));

interface Sentence {
  readonly from: number;
  readonly to: number;
}

/** Every rejection of an answer, with what it may reject. */
export function rejectionsIn(tokens: readonly Token[]): Rejection[] {
  const sentences = sentencesOf(tokens);
  return sentences.flatMap((sentence, at) => {
    const starts: number[] = [];
    let text = " ";
    for (let place = sentence.from; place <= sentence.to; place++) {
      starts.push(text.length);
      text += `${tokens[place]?.word} `;
    }
    return starts.flatMap((start, nth) =>
      (TURNS.get(tokens[sentence.from + nth]?.word ?? "") ?? []).flatMap(({ pattern, forward, sure, whole }) => {
        pattern.lastIndex = start;
        const [match] = pattern.exec(text) ?? [];
        if (match === undefined) return [];
        const from = sentence.from + nth;
        const to = from + match.split(" ").length - 1;
        if (whole) return [{ from, to, sure, first: from, last: sentence.to }];
        const on = forward || ABOUT.has(tokens[to]?.word ?? "") || ABOUT.has(tokens[to + 1]?.word ?? "");
        const scope = scopeOf(tokens, from, on ? undefined : to, sentence, sentences[at - 1]);
        // "We dropped X", "no need for X": what stands before has its own verb.
        if (!sure || !on || !takesObject(tokens, from, to) || isLinked(tokens, from)) return [{ from, to, sure, ...scope }];
        return [{ from, to, sure, first: Math.max(scope.first, clauseStart(tokens, from)), last: objectEnd(tokens, to, scope.last) }];
      }),
    );
  });
}

function sentencesOf(tokens: readonly Token[]): Sentence[] {
  const found: Sentence[] = [];
  let from = 0;
  tokens.forEach(({ sentence }, at) => {
    if (tokens[at + 1]?.sentence === sentence) return;
    found.push({ from, to: at });
    from = at + 1;
  });
  return found;
}

/** `end`: the last token of what reaches back only. */
function scopeOf(tokens: readonly Token[], from: number, end: number | undefined, sentence: Sentence, before: Sentence | undefined) {
  // "X is known, but we won't": the turn of phrase itself opens the clause.
  const opening = from > sentence.from && opensOther(tokens, from) ? from - 1 : from;
  let [first, last] = [opening, end ?? from];
  while (first > sentence.from && !opensOther(tokens, first)) first--;
  while (end === undefined && last < sentence.to && !opensOther(tokens, last + 1)) last++;
  // "Instead of X, do Y" has no subject that would tell where Y begins.
  if (last === sentence.to && PREFERRING.has(tokens[from]?.word ?? "") && from === sentence.from)
    last = Math.max(from, tokens.findIndex(({ gap }, at) => at > from && gap === "comma") - 1);
  const early =
    from - sentence.from < EARLY &&
    tokens.slice(sentence.from, Math.min(last + 1, sentence.from + 2 * EARLY)).some(({ word }) => POINTS_BACK.has(word));
  if (first === sentence.from && before && early) first = before.from;
  return { first, last };
}

/** Whether the turn of phrase goes on with what it turns down, rather than with a word that points back to it. */
function takesObject(tokens: readonly Token[], from: number, to: number): boolean {
  if (tokens.slice(from, to + 1).some(({ word }) => OBJECTS.has(word))) return false;
  const [next, second] = [tokens[to + 1], tokens[to + 2]];
  const joins = (token: Token | undefined) => token?.gap === "space" || token?.gap === "hyphen";
  if (!joins(next)) return false;
  const object = ABOUT.has(next?.word ?? "") ? (joins(second) ? second : undefined) : next;
  return object !== undefined && !POINTS_BACK.has(object.word) && !ENDS_OBJECT.has(object.word);
}
/** "I decided against at first", "we dropped again": nothing follows that could be turned down. */
const ENDS_OBJECT = new Set(
  "and or but so because since as when if until till before after again here there anymore now at for good either with by us me".split(" "),
);

/** "X isn't something we want", "X is what I decided against": the thing stands before, as a subject. */
const LINKS = new Set("is are was were be been isnt arent wasnt werent being which that what who whether".split(" "));
const isLinked = (tokens: readonly Token[], from: number): boolean =>
  LINKS.has(tokens[from]?.word ?? "") || [1, 2].some((back) => LINKS.has(tokens[from - back]?.word ?? ""));

/** Where the object of a turn of phrase ends, at the latest: a second main clause is not about it. */
function objectEnd(tokens: readonly Token[], to: number, latest: number): number {
  for (let at = to + 2; at <= latest; at++)
    if (REASONS.has(tokens[at]?.word ?? "") || (tokens[at]?.gap === "comma" && opensSecond(tokens, at))) return at - 1;
  return latest;
}

const REASONS = new Set("when whenever if because since unless".split(" "));

/** The first token after the last comma or pause before a token. */
function clauseStart(tokens: readonly Token[], at: number): number {
  let from = at;
  while (from > 0 && (tokens[from]?.gap === "space" || tokens[from]?.gap === "hyphen") && !opensSecond(tokens, from)) from--;
  return from;
}

/** "… and we", ", and the link": a second main clause begins with this "and". */
const opensSecond = (tokens: readonly Token[], at: number): boolean => {
  const [{ word = "", gap } = {}, next = ""] = [tokens[at], tokens[at + 1]?.word];
  return word === "and" && (SUBJECTS.has(next) || (gap === "comma" && DETERMINERS.has(next)));
};
const SUBJECTS = new Set("we i you he she they it".split(" "));
const DETERMINERS = new Set("the a an our each every".split(" "));

/** Whether a clause about something else begins with this token. */
function opensOther(tokens: readonly Token[], at: number): boolean {
  const { word = "", gap, sentence } = tokens[at] ?? {};
  if (!TURNING.has(word) && !(gap === "comma" && CLAUSE.has(word))) return false;
  return !tokens.slice(at, at + SOON + 1).some((token) => token.sentence === sentence && OBJECTS.has(token.word));
}
const PREFERRING = new Set(["instead", "rather"]);
const CLAUSE = new Set("we i you he she so then because since".split(" "));
