/** Finds an entry of the bank by what a person typed: its slug, its title, or words of them. */
import { tokenize } from "./grading_text.ts";

type Titled = ReadonlyMap<string, { readonly title: string }>;

const stemsOf = (text: string): readonly string[] => tokenize(text).map(({ stem }) => stem);

/** Slugs whose slug or title has every word that was typed (the last may be unfinished), in the bank's order; all when nothing was. */
export function suggest(entries: Titled, typed: string): readonly string[] {
  const words = tokenize(typed.toLowerCase()).map(({ word, stem }) => ({ word, stem }));
  return [...entries].filter(([slug, { title }]) => holds(`${slug} ${title}`, words)).map(([slug]) => slug);
}

function holds(text: string, words: readonly { readonly word: string; readonly stem: string }[]): boolean {
  const known = tokenize(text);
  return words.every(({ word, stem }) => known.some((one) => one.stem === stem || one.word.startsWith(word)));
}

/** The slug that was meant: an exact slug or title, or the only entry with these words. */
export function lookUp(entries: Titled, typed: string): string | undefined {
  const wanted = stemsOf(typed).join(" ");
  const exact = [...entries].find(([slug, { title }]) => stemsOf(slug).join(" ") === wanted || stemsOf(title).join(" ") === wanted);
  const found = suggest(entries, typed);
  return exact?.[0] ?? (wanted !== "" && found.length === 1 ? found[0] : undefined);
}
