/** A rubric point made ready for grading: its phrases with their aliases, and what its examples teach. */
import type { Vocabulary } from "./content.ts";
import { calibrate, type Gradable, type Likeness } from "./grading_likeness.ts";
import { type Stance, stanceOf } from "./grading_negation.ts";
import { type Aliases, aliasesOf, compilePhrase, findPhrase, type Index, indexOf, type Match, type Phrase } from "./grading_phrase.ts";
import { tokenize } from "./grading_text.ts";

export interface CompiledPoint {
  readonly groups: readonly Group[];
  readonly likeness: Likeness;
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
        return { ...group, denialIsFine: best.length - stated >= Math.max(1, stated) };
      }),
      likeness: calibrate(point),
    };
  });
}

/** Where each group of a point is met in an answer, and whether the answer states or denies it there. */
export function hitsOf({ groups }: Pick<CompiledPoint, "groups">, index: Index): readonly (readonly Hit[])[] {
  const found = groups.map(({ phrases }) => phrases.flatMap((phrase) => findPhrase(phrase, index)));
  const places = new Set(found.flatMap((matches) => matches.flatMap(({ at }) => at)));
  const own = (place: number) => places.has(place);
  return found.map((matches, at) =>
    matches.map((match) => ({
      ...match,
      stance: groups[at]?.denialIsFine ? "stated" : stanceOf(index.tokens, match, own),
      sentence: index.tokens[match.at[0] ?? 0]?.sentence ?? 0,
    })),
  );
}

function remember<K extends WeakKey, V>(cache: WeakMap<K, V>, key: K, make: () => V): V {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const value = make();
  cache.set(key, value);
  return value;
}
