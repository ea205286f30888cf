/** How far a turn of phrase reaches that turns something down: which words of an answer it may be about. */
import type { Token } from "./grading_text.ts";

/** The first and the last token, both included. */
export interface Sentence {
  readonly from: number;
  readonly to: number;
}

interface Scope {
  readonly first: number;
  readonly last: number;
}

interface Turn extends Sentence {
  /** What it turns down may follow. */
  readonly forward: boolean;
  readonly sure: boolean;
}

/** "a waste to X", "no point in X": a verdict that goes on like this speaks of what follows too. */
const ABOUT = new Set("to for of that in on about".split(" "));

/** A later sentence that turns down what came before says so with one of these. */
const POINTS_BACK = new Set(
  "it that this them they these those neither none both all any such either one ones same so nope nah no not disagree".split(" "),
);
/** What points back to the sentence before does so within so many words. */
const EARLY = 8;
/** After these the sentence speaks of something else, unless it points back soon: "but I turned it off". */
const TURNING = new Set("but however although though while whereas yet instead otherwise".split(" "));
const OBJECTS = new Set("it them this that those these neither none".split(" "));
const SOON = 4;
const CONDITIONS = new Set("if unless otherwise".split(" "));

/** The first and the last token that a turn of phrase may turn down. */
export function scopeOf(tokens: readonly Token[], turn: Turn, sentence: Sentence, before: Sentence | undefined): Scope {
  const { from, to } = turn;
  const on = turn.forward || ABOUT.has(tokens[to]?.word ?? "") || ABOUT.has(tokens[to + 1]?.word ?? "");
  const widest = widestScope(tokens, from, on ? undefined : to, sentence, before);
  // "We dropped X", "no need for X": what stands before has its own verb, unless it is the question that this answers.
  // What only casts doubt ("we stick with X") has the alternative for an object.
  if (!on || !turn.sure || tokens[sentence.from]?.gap === "question" || !takesObject(tokens, from, to) || isLinked(tokens, from))
    return widest;
  return { first: Math.max(widest.first, clauseStart(tokens, from)), last: objectEnd(tokens, to, widest.last) };
}

/** `end`: the last token of what reaches back only. */
function widestScope(
  tokens: readonly Token[],
  from: number,
  end: number | undefined,
  sentence: Sentence,
  before: Sentence | undefined,
): Scope {
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
  if (first === sentence.from && before && early && !isConditional(tokens, from)) first = before.from;
  return { first, last };
}

/** Whether a condition stands before a token in its thought: "if it is not calibrated, adding up is meaningless" weighs. */
export function isConditional(tokens: readonly Token[], at: number): boolean {
  const { sentence } = tokens[at] ?? {};
  for (let place = at; place >= 0 && tokens[place]?.sentence === sentence; place--) {
    // "If you ask me" and "even if" are no conditions.
    const [before, after] = [tokens[place - 1]?.word ?? "", tokens[place + 1]?.word];
    if (CONDITIONS.has(tokens[place]?.word ?? "") && after !== "you" && before !== "even" && before !== "as") return true;
    if (tokens[place]?.gap === "pause") return false;
  }
  return false;
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
/** "I decided against at first", "I don't see the value": nothing follows that could be turned down. */
const ENDS_OBJECT = new Set(
  (
    "and or but so because since as when if until till before after again here there anymore now at for good either with by us me " +
    "value point benefit benefits need use sense gain reason effort work complexity trouble hassle overhead extra more another"
  ).split(" "),
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
