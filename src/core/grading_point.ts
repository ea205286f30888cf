/** A rubric point made ready for grading: its phrases with their aliases, and what its examples teach. */
import type { Vocabulary } from "./content.ts";
import { calibrate, type Gradable, type Likeness } from "./grading_likeness.ts";
import { isMereList } from "./grading_list.ts";
import { type Stance, stanceOf } from "./grading_negation.ts";
import { type Aliases, aliasesOf, compilePhrase, findPhrase, type Index, indexOf, type Match, type Phrase } from "./grading_phrase.ts";
import { rejectionsIn } from "./grading_rejection.ts";
import { tokenize } from "./grading_text.ts";

export interface CompiledPoint {
  readonly groups: readonly Group[];
  readonly likeness: Likeness;
  /** One of its own examples is a mere list: then an answer may be one. */
  readonly asksForList: boolean;
}

interface Group {
  readonly phrases: readonly Phrase[];
  /**
   * The point's own statements and good examples deny these words ("never sample across time"):
   * then a denial does not speak against the answer.
   */
  readonly denialIsFine: boolean;
}

export interface Hit extends Match {
  readonly stance: Stance;
  readonly sentence: number;
}

const compiled = new WeakMap<Vocabulary, WeakMap<Gradable, CompiledPoint>>();
const aliases = new WeakMap<Vocabulary, Aliases>();

/** Compiles a point once for each vocabulary; the same objects give the same result at once. */
export function compile(point: Gradable, vocabulary: Vocabulary): CompiledPoint {
  const points = remember(compiled, vocabulary, () => new WeakMap<Gradable, CompiledPoint>());
  return remember(points, point, () => {
    const known = remember(aliases, vocabulary, () => aliasesOf(vocabulary));
    const groups = point.groups.map((group) => ({ phrases: group.flatMap((text) => compilePhrase(text, known)), denialIsFine: false }));
    const examples = [...point.statements, ...point.good].map((text) => hitsOf({ groups }, indexOf(tokenize(text))));
    return {
      groups: groups.map((group, at) => {
        const best = examples.map((hits) => hits[at] ?? []).filter((hits) => hits.length > 0);
        const stated = best.filter((hits) => hits.some(({ stance }) => stance === "stated")).length;
        const denied = examples.slice(0, point.statements.length).some((hits) => isDenied(hits[at] ?? []));
        return { ...group, denialIsFine: denied || best.length - stated >= Math.max(1, stated) };
      }),
      likeness: calibrate(point),
      asksForList: [...point.statements, ...point.good].some((text) => isMereList(text, tokenize(text))),
    };
  });
}

const isDenied = (hits: readonly Hit[]): boolean => hits.length > 0 && hits.every(({ stance }) => stance !== "stated");

/** Where each group of a point is met in an answer, and whether the answer states or denies it there. */
export function hitsOf(
  { groups }: Pick<CompiledPoint, "groups">,
  index: Index,
  rejections = rejectionsIn(index.tokens),
): readonly (readonly Hit[])[] {
  const found = groups.map(({ phrases }) => phrases.flatMap((phrase) => findPhrase(phrase, index)));
  const places = new Set(found.flatMap((matches) => matches.flatMap(({ at }) => at)));
  const own = (place: number) => places.has(place);
  const hits = found.map((matches, at) =>
    matches.map(
      (match): Hit => ({
        ...match,
        stance: stanceOf(index.tokens, match, own, rejections, groups[at]?.denialIsFine),
        sentence: index.tokens[match.at[0] ?? 0]?.sentence ?? 0,
      }),
    ),
  );
  const asked = onlyAsked(hits, index);
  return hits.map((group) =>
    group.map((hit) => (asked.has(hit.sentence) && hit.stance === "stated" ? { ...hit, stance: "doubtful" } : hit)),
  );
}

const YES: ReadonlySet<string> = new Set(
  "yes sure definitely absolutely of always certainly exactly yep yeah indeed obviously depends".split(" "),
);

/** "That decides everything": the question is taken up. */
const MATTERS: ReadonlySet<string> = new Set("decides determines changes matters shapes drives".split(" "));

/** A real question, by any or by its first word, is an answer too where requirements are asked for. */
const WHICH: ReadonlySet<string> = new Set("what which who whose how when where why".split(" "));
const ASKS: ReadonlySet<string> = new Set(
  "is are was were do does did can could may should shall will would has have any and but so".split(" "),
);

/** "A cache with a TTL? We trust the database.": sentences that only ask for the point, when the next does not take it up. */
function onlyAsked(hits: readonly (readonly Hit[])[], { tokens }: Index): ReadonlySet<number> {
  const spoken = new Set(hits.flatMap((group) => group.map(({ sentence }) => sentence)));
  return new Set(
    tokens.flatMap(({ gap, sentence, word }, at) => {
      const before = tokens[at - 1]?.sentence;
      if (gap !== "question" || before === undefined || spoken.has(sentence) || YES.has(word) || MATTERS.has(tokens[at + 1]?.word ?? ""))
        return [];
      const asks = tokens
        .filter((token) => token.sentence === before)
        .some(({ word: one }, nth) => WHICH.has(one) || (nth === 0 && ASKS.has(one)));
      return !asks && hits.filter((group) => group.some((hit) => hit.sentence === before)).length > 1 ? [before] : [];
    }),
  );
}

function remember<K extends WeakKey, V>(cache: WeakMap<K, V>, key: K, make: () => V): V {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const value = make();
  cache.set(key, value);
  return value;
}
