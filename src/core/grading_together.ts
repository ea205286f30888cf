/** Whether the groups of a point are met together: close by, in sentences, and not outdone by a denial. */
import type { Hit } from "./grading_point.ts";
import type { Token } from "./grading_text.ts";

/** The groups of a covered point stand within so many neighbouring sentences. */
const NEIGHBOURS = 3;
/** With fewer groups each of them is too much of a point to be said in a list. */
export const FEW_GROUPS = 3;

/** The hits of each group of a point. */
export type Hits = readonly (readonly Hit[])[];

/** Whether there are hits, all in one sentence. */
export const inOneSentence = (hits: readonly Hit[] | undefined): boolean => new Set(hits?.map(({ sentence }) => sentence)).size === 1;

/** "We gather on read, so storing copies buys nothing": what is turned down as a consequence is the alternative. */
export function isConsequence(tokens: readonly Token[], all: readonly Hit[], doubtful: readonly Hit[]): boolean {
  const starts = doubtful.map(({ at: [first = 0], sentence }) => {
    let place = first;
    while (tokens[place]?.sentence === sentence && tokens[place]?.gap !== "comma") place--;
    return tokens[place]?.sentence === sentence && tokens[place]?.word === "so" ? place : -1;
  });
  const start = Math.min(...starts);
  return start >= 0 && all.every((hit) => doubtful.includes(hit) || hit.at.every((at) => at < start));
}

/** What is stated, and in more than a list. */
export const saidIn = (hits: Hits, stuffed: ReadonlySet<number>): Hits =>
  hits.map((group) => group.filter((hit) => hit.stance === "stated" && !hit.at.every((at) => stuffed.has(at))));

/** All groups close together. A terse clause between sentences may add one to what those say: "ranker weekly, tower monthly". */
export function saidTogether(groups: Hits, stuffed: ReadonlySet<number>): readonly Hit[] | undefined {
  const said = saidIn(groups, stuffed);
  const earned = closeTogether(said, groups.length);
  if (earned || groups.length < FEW_GROUPS || stuffed.size === 0) return earned;
  const stated = saidIn(groups, new Set());
  for (const at of groups.keys()) {
    const added = closeTogether(said.with(at, stated[at] ?? []), groups.length);
    if (added) return added;
  }
  return undefined;
}

/**
 * A sentence that denies most of a point is not outdone by stray words of its neighbours: then the
 * point is earned in another sentence, or not.
 */
export function outspoken(groups: Hits, earned: readonly Hit[] | undefined): readonly Hit[] | undefined {
  if (!earned || new Set(earned.map(({ sentence }) => sentence)).size === 1) return earned;
  const sentences = [...new Set(groups.flat().map(({ sentence }) => sentence))];
  const count = (sentence: number, is: (own: readonly Hit[]) => boolean) =>
    groups.filter((group) => is(group.filter((hit) => hit.sentence === sentence))).length;
  const stated = (own: readonly Hit[]) => own.some(({ stance }) => stance === "stated");
  const most = Math.max(...sentences.map((sentence) => count(sentence, (own) => own.length > 0 && !stated(own))));
  const least = Math.max(...earned.map(({ sentence }) => count(sentence, stated)));
  const doubted = groups.every((group) => group.every(({ stance }) => stance !== "denied"));
  return most === 0 || (most === 1 && groups.length > 2) || (least >= 2 && (doubted ? least >= most : least > most)) ? earned : undefined;
}

/** The first hit of each group within a few neighbouring sentences that have enough groups, or undefined. */
export function closeTogether(groups: Hits, enough: number): readonly Hit[] | undefined {
  const starts = [...new Set(groups.flat().map(({ sentence }) => sentence))].sort((a, b) => a - b);
  for (const width of [1, NEIGHBOURS])
    for (const start of starts) {
      const near = groups.flatMap((group) => group.find(({ sentence }) => sentence >= start && sentence < start + width) ?? []);
      if (near.length >= enough) return near;
    }
  return undefined;
}
