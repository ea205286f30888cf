/**
 * Whether an answer states what it names, denies it, or leaves it open.
 *
 * Denials are counted from the named words to the left, up to where their scope ends, and in what
 * directly follows ("is not needed", "is overkill"). An even number states: "cannot launch without
 * an A/B test". The words are those of English negation; nothing here knows the subject.
 */
import type { Match } from "./grading_phrase.ts";
import { type Rejection, rejectionsIn } from "./grading_rejection.ts";
import type { Token } from "./grading_text.ts";

export type Stance = "stated" | "doubtful" | "denied";

const words = (list: string): ReadonlySet<string> => new Set(list.split(" "));

const NOT = words(
  "not never without cannot cant dont doesnt didnt wont wouldnt shouldnt couldnt isnt arent wasnt werent havent hasnt hadnt " +
    "neednt mustnt nothing nobody none neither nor no hardly barely",
);
/** These deny what directly follows: "skip the canary". */
const LEAVE_OUT = words(
  "skip skips skipped skipping avoid avoids avoiding ignore ignores ignored ignoring omit omits omitted omitting forget forgets " +
    "forgot forgetting neglect neglecting lack lacks lacking forgo",
);
/** "X is unnecessary", "overkill to do X" */
const DISMISSED = words(
  "unnecessary unneeded overkill optional pointless useless needless premature waste superfluous irrelevant unimportant luxury",
);
const FAR_PAIRS: ReadonlySet<string> = new Set(["instead of", "rather than"]);
/** "X can be skipped" */
const LEFT_OUT = words("skipped ignored omitted neglected forgotten");
/** "X is not needed", "X is not our problem" */
const WORTH = words(
  "needed necessary required worth worthwhile matter important useful relevant essential justified something problem concern priority issue worry",
);
/** "not only", "no more than 50 ms" deny nothing. */
const HARMLESS_BEFORE = words(
  "only just merely simply solely more less later fewer exceed exceeding over above below under beyond enough sufficient necessarily",
);
/** What one cannot afford to do without is "not to be lost". */
const LOSSES = words("leave let risk afford allow allowed accept tolerate miss lose live");
/** "must not get worse", "no rise in complaints", "without hurting latency" keep what they speak of. */
const WORSE = words(
  "worse worsen worsens worsening rise rises rising increase increases increasing regress regresses regression degrade degrades degradation " +
    "hurt hurts hurting harm harms harming suffer suffers suffering decline declines declining fall falls falling slip slips shrink shrinks " +
    "grow grows growing breach breaches damage damages damaging jump jumps spike spikes deteriorate deteriorates loss",
);
/** "cut what isn't supported" supports the rest. */
const RELATIVE = words("what whatever whoever anything everything");
/** "not X until we are bigger" puts X off for good. */
const PUT_OFF = words(
  "need needs needed bigger larger grow grows outgrow complain complains problem problems necessary forced forces hurts breaks later really ask asks",
);
/** A new thought begins: what denied before it denies no more. */
const BARRIERS = words(
  "but however although though yet while whereas because since so then unless until till before except if when whenever after " +
    "where otherwise therefore thus hence instead",
);
/** "If we never do X …" weighs it; it does not deny it. */
const CONDITIONS = words("if when whenever unless where");
/** "not X until Y" does X in time. */
const POSTPONES = words("until unless till before");
const SUBJECTS = words("we i they you it he she");

/** How far a denial reaches, in words; some deny the next words only. */
const REACH = 8;
const SHORT_REACH = 5;
/** Two denials cancel each other when they stand this close: "never skip", "no reason to avoid". */
const PAIRED = 4;
/** What follows a statement and takes it back stands within so many words. */
const TRAILING = 6;
const POSTPONED = 14;

/**
 * The stance of an answer to a match. `own` says which tokens belong to the author's phrases:
 * "no" denies nothing where the phrase is "no leakage".
 */
export function stanceOf(
  tokens: readonly Token[],
  match: Match,
  own: (place: number) => boolean,
  rejections: readonly Rejection[] = rejectionsIn(tokens),
  denialIsFine = false,
): Stance {
  if (denialIsFine) return rejections.some((one) => one.sure && rejects(one, match) && !ownIn(tokens, one, own)) ? "doubtful" : "stated";
  const before = denialsBefore(tokens, match, own);
  const last = match.at[match.at.length - 1] ?? 0;
  const count = before.count + denialsAfter(tokens, last, own);
  const negated = count % 2 === 0 ? "stated" : odd(tokens, last, before);
  if (negated === "doubtful" || (negated === "stated" && count > 0)) return negated;
  const turned = rejections.filter((one) => rejects(one, match) && !ownIn(tokens, one, own));
  const reversed = turned.some(({ from }) => [1, 2, 3].some((back) => negates(tokens, from - back)));
  if (negated === "stated" && (turned.length === 0 || reversed)) return "stated";
  const cancelled = denialsIn(tokens, last).some((place) => !turned.some(({ from, to }) => place >= from && place <= to));
  if (negated === "stated") return cancelled || !turned.some(({ sure }) => sure) ? "doubtful" : "denied";
  return reversed || denialsIn(tokens, last).length > 1 || prescribes(tokens, before.nearest) ? "doubtful" : "denied";
}

/** An odd number of denials denies, unless it only puts the matter off or sets a condition. */
function odd(tokens: readonly Token[], last: number, before: Scope): Stance {
  if (before.count > 0) {
    // "skip X until Y" puts X off, "not X until Y" has a condition for it.
    if (follows(tokens, last, POSTPONED, (word) => POSTPONES.has(word)))
      return before.leftOut || follows(tokens, last, POSTPONED, (word) => PUT_OFF.has(word)) ? "doubtful" : "stated";
    if (follows(tokens, last, POSTPONED, (word) => word === "without")) return "doubtful";
  }
  return before.weighed ? "doubtful" : "denied";
}

const rejects = ({ first, last, from, to }: Rejection, { at }: Match): boolean =>
  at.every((place) => place >= first && place <= last && (place < from || place > to));

/** "we skip" rejects nothing where the phrase is "skip"; "no one monitors" does although the phrase is "monitor". */
const ownIn = (tokens: readonly Token[], { from, to }: Rejection, own: (place: number) => boolean): boolean => {
  const places = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  const denial = places.filter((place) => NOT.has(tokens[place]?.word ?? ""));
  return (denial.length > 0 ? denial : places).some(own);
};

/** Every denial in the thought of a token. Two may cancel each other where no rule says so. */
function denialsIn(tokens: readonly Token[], place: number): number[] {
  const sentence = tokens[place]?.sentence;
  let [from, to] = [place, place];
  while (from > 0 && tokens[from]?.gap !== "pause" && tokens[from - 1]?.sentence === sentence) from--;
  while (tokens[to + 1]?.sentence === sentence && tokens[to + 1]?.gap !== "pause") to++;
  const places = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  // "Neither X nor Y" and "a luxury we cannot afford" deny once.
  return places.filter((at) => denialAt(tokens, at) && tokens[at]?.word !== "nor" && tokens[at + 1]?.word !== "afford");
}

/** "Don't X", "X must not Y", "we can't leave X": a rule, and perhaps the one that the point asks for. */
function prescribes(tokens: readonly Token[], place: number): boolean {
  const [before, { word = "", sentence } = {}, after] = [tokens[place - 1], tokens[place], tokens[place + 1]];
  if (word === "mustnt" || (word === "not" && before?.word === "must") || LOSSES.has(after?.word ?? "")) return true;
  return (word === "dont" || word === "forget") && before?.sentence !== sentence;
}

/** What is known of the words before a match while they are read from right to left. */
interface Scope {
  count: number;
  /** The denial is weighed rather than made: "without X the model decays", "not doing X would leak". */
  weighed: boolean;
  /** The denial leaves out ("skip X") rather than negates. */
  leftOut: boolean;
  /** Where the leftmost denial so far stands. */
  nearest: number;
  /** An "and" lies between here and the match. */
  joined: boolean;
  /** The match is in a list that an "or" ends: the commas of "no caching, sharding or balancing" end no scope. */
  listed: boolean;
}

function denialsBefore(tokens: readonly Token[], { at }: Match, own: (place: number) => boolean): Scope {
  const [first = 0, last = 0] = [at[0], at[at.length - 1]];
  const listed = follows(tokens, last, TRAILING, (word) => word === "or" || word === "nor");
  const scope: Scope = { count: 0, weighed: false, leftOut: false, nearest: first, joined: false, listed };
  for (
    let place = POSTPONES.has(tokens[last]?.word ?? "") ? -1 : last - 1;
    place >= 0 && scope.nearest - place <= REACH + first - scope.nearest;
    place--
  ) {
    if (tokens[place]?.sentence !== tokens[last]?.sentence) break;
    if (place < first && closes(tokens[place + 1]?.gap, scope)) break;
    if (own(place) ? BARRIERS.has(tokens[place]?.word ?? "") : !goesOn(tokens, place, last, scope)) break;
  }
  return scope;
}

const closes = (gap: Token["gap"] | undefined, { count, listed }: Scope): boolean =>
  gap === "pause" || (gap === "comma" && (count > 0 || !listed));

/** Reads one word; false when the scope of a denial cannot begin before it. */
function goesOn(tokens: readonly Token[], place: number, last: number, scope: Scope): boolean {
  const { word = "", gap } = tokens[place] ?? {};
  const denial = denialAt(tokens, place);
  if (denial !== undefined) return deny(tokens, place, denial, last, scope);
  if (word === "and" || word === "plus" || word === "or") {
    scope.joined ||= word !== "or";
    scope.listed ||= word === "or";
    return scope.count === 0;
  }
  if (BARRIERS.has(word)) {
    scope.weighed ||= scope.count > 0 && CONDITIONS.has(word);
    return false;
  }
  const opensClause = SUBJECTS.has(word) && (gap === "comma" || tokens[place - 1]?.word === "and");
  return !opensClause;
}

function deny(tokens: readonly Token[], place: number, denial: "far" | "near", last: number, scope: Scope): boolean {
  const { word, sentence } = tokens[place] ?? {};
  const reach =
    scope.count === 0 ? (denial === "near" ? SHORT_REACH : REACH) : tokens[scope.nearest]?.word === "without" ? Infinity : PAIRED;
  if (scope.nearest - place > reach) return true;
  // "not X and Y" may well do Y; "no X and Y" and "without X and Y" do neither.
  if (scope.joined && scope.count === 0 && word !== "no" && word !== "without") return false;
  scope.count++;
  scope.nearest = place;
  scope.leftOut = denial === "near";
  const gerund = word === "without" || (word === "not" && tokens[place + 1]?.word.endsWith("ing"));
  scope.weighed ||= gerund === true && tokens[place - 1]?.sentence !== sentence && follows(tokens, last + 2, TRAILING, () => true);
  return word !== "neither" && word !== "nor";
}

/** Whether the word denies, and how far. */
function denialAt(tokens: readonly Token[], place: number): "far" | "near" | undefined {
  const word = tokens[place]?.word ?? "";
  const before = tokens[place - 1]?.word ?? "";
  if (NOT.has(word) && RELATIVE.has(before)) return undefined;
  if (NOT.has(word)) return isHarmless(word, tokens[place + 1]?.word ?? "", tokens[place + 2]?.word) ? undefined : "far";
  if (DISMISSED.has(word) || FAR_PAIRS.has(`${before} ${word}`)) return "far";
  return LEAVE_OUT.has(word) || /^(leave|leaves|leaving|left|rule|rules|ruling|ruled) out$/.test(`${before} ${word}`) ? "near" : undefined;
}

const isHarmless = (word: string, next: string, afterNext: string | undefined): boolean =>
  HARMLESS_BEFORE.has(next) ||
  WORSE.has(next) ||
  (WORSE.has(afterNext ?? "") && /^(gets?|getting|be|a|any|to|the|let|go|goes|going|further|significantly)$/.test(next)) ||
  (next === "longer" && afterNext === "than") ||
  (word === "no" && (next === "matter" || next === "doubt" || (next === "way" && afterNext === "around")));

function denialsAfter(tokens: readonly Token[], last: number, own: (place: number) => boolean): number {
  let count = 0;
  for (let place = last + 1; place <= last + TRAILING; place++) {
    const token = tokens[place];
    // "Sharding? Not at this size."
    if (token?.gap === "question") return negates(tokens, place) ? count + 1 : 0;
    if (token === undefined || endsThought(token)) return 0;
    if (own(place)) continue;
    if (dismisses(token.word, tokens[place - 1]?.word ?? "")) return count + 1;
    if (WORTH.has(token.word)) return count;
    if (negates(tokens, place)) count++;
  }
  return 0;
}

const endsThought = ({ word, gap }: Token): boolean =>
  gap === "comma" || gap === "pause" || word === "and" || word === "or" || BARRIERS.has(word);

const negates = (tokens: readonly Token[], place: number): boolean =>
  NOT.has(tokens[place]?.word ?? "") && denialAt(tokens, place) !== undefined;

const dismisses = (word: string, before: string): boolean =>
  DISMISSED.has(word) || (LEFT_OUT.has(word) && before === "be") || (word === "wait" && /^(can|could|may)$/.test(before));

/** Whether such a word follows within the sentence and so many words. */
function follows(tokens: readonly Token[], last: number, within: number, is: (word: string) => boolean): boolean {
  for (let place = last + 1; place <= last + within; place++) {
    const token = tokens[place];
    if (token === undefined || token.sentence !== tokens[last]?.sentence) return false;
    if (is(token.word)) return true;
  }
  return false;
}
