/**
 * Where an answer turns down what it names without negating it: "X is hype", "we decided against
 * X", "X? Nope.", "X, Y. I said no to all of that." Each turn of phrase is a line of the tables.
 */

import { isConditional, type Sentence, scopeOf } from "./grading_scope.ts";
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

interface Turn {
  /** Speaks of the whole sentence, whatever clauses it has. */
  readonly whole: boolean;
  /** Matches where the turn of phrase begins. */
  readonly pattern: RegExp;
  readonly forward: boolean;
  readonly sure: boolean;
}

/** Marks what is a verdict as a predicate only. */
const NOUN = "= ";
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
  const all = lines.flatMap(alternatives);
  const nouns = all.filter((turn) => turn.startsWith(NOUN)).map((turn) => turn.slice(NOUN.length));
  const turns = [...all.filter((turn) => !turn.startsWith(NOUN)), ...(nouns.length > 0 ? [`${PREDICATE}(?:${nouns.join("|")})`] : [])].map(
    (turn) => turn.replace(/^is /, "(?:is|it|that|this) ").replaceAll("_", "(?:\\S+ ){0,2}"),
  );
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
        const turn = { from, to: from + match.split(" ").length - 1, forward, sure };
        if (whole) return [{ ...turn, first: from, last: sentence.to }];
        const condition = isConditional(tokens, from);
        return condition && !(sure && forward)
          ? []
          : [{ ...turn, sure: sure && !condition, ...scopeOf(tokens, turn, sentence, sentences[at - 1]) }];
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
