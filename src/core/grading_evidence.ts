/** Quotes an answer: the clauses around the words that earned a point, exactly as they were written. */
import type { Match } from "./grading_phrase.ts";
import type { Token } from "./grading_text.ts";

/** A verbatim piece of the answer; `start` and `end` are UTF-16 offsets into it. */
export interface Evidence {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Indexes of tokens, both included. */
interface Range {
  readonly from: number;
  readonly to: number;
}

/** A clause that is longer is quoted from its first to its last earning word only. UTF-16 units. */
const LONGEST_QUOTE = 160;

/** One quote per clause, in the order of the answer, none that overlaps another. */
export function quote(answer: string, tokens: readonly Token[], matches: readonly Pick<Match, "at">[]): readonly Evidence[] {
  const pieces: Range[] = [];
  for (const at of [...new Set(matches.flatMap((match) => match.at))].sort((a, b) => a - b)) {
    const piece = clauseAround(tokens, at);
    const last = pieces[pieces.length - 1];
    const merged = last && { from: last.from, to: Math.max(last.to, piece.to) };
    const touches = last && merged && piece.from <= last.to + 1 && tokens[last.to]?.sentence === tokens[piece.from]?.sentence;
    if (touches && (piece.from <= last.to || lengthOf(tokens, merged) <= LONGEST_QUOTE)) pieces[pieces.length - 1] = merged;
    else pieces.push(piece);
  }
  return pieces.map((piece) => cut(answer, tokens, piece));
}

/** The beginning of the words from one token to another, as much as a quote may have. */
export function quoteFrom(answer: string, tokens: readonly Token[], from: number, to: number): readonly Evidence[] {
  let last = to;
  while (last > from && lengthOf(tokens, { from, to: last }) > LONGEST_QUOTE) last--;
  return [cut(answer, tokens, { from, to: last })];
}

/** The clause of a token; the token alone when the clause is too long to quote. */
function clauseAround(tokens: readonly Token[], at: number): Range {
  let [from, to] = [at, at];
  const short = () => lengthOf(tokens, { from, to }) <= LONGEST_QUOTE;
  while (from > 0 && within(tokens[from]) && short()) from--;
  while (to + 1 < tokens.length && within(tokens[to + 1]) && short()) to++;
  return short() ? { from, to } : { from: at, to: at };
}

/** Whether the token goes on with the clause of the one before it. */
const within = (token: Token | undefined): boolean => token?.gap === "space" || token?.gap === "hyphen";

const lengthOf = (tokens: readonly Token[], { from, to }: Range): number => (tokens[to]?.end ?? 0) - (tokens[from]?.start ?? 0);

function cut(answer: string, tokens: readonly Token[], { from, to }: Range): Evidence {
  const [start, end] = [tokens[from]?.start ?? 0, tokens[to]?.end ?? 0];
  return { start, end, text: answer.slice(start, end) };
}
