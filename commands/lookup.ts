/** Looking an entry of the bank up by a few words. */
import type { Choice, Refused } from "../src/app/command.ts";
import { lookUp, suggest } from "../src/core/lookup.ts";
import { clip, literal } from "../src/core/markup.ts";
import { refuse } from "../src/core/refusal.ts";

/** Discord offers at most 25: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-autocomplete */
export const OFFERED = 25;

type Entries<T> = ReadonlyMap<string, T & { readonly title: string }>;

export type Looked<T> = { readonly ok: true; readonly slug: string; readonly found: T } | Refused;

/** The entry that was meant; otherwise which ones it may have been, or `none`, the advice where there is none. */
export function entry<T>(entries: Entries<T>, typed: string, what: string, none: string): Looked<T> {
  const slug = lookUp(entries, typed) ?? "";
  const found = entries.get(slug);
  if (found) return { ok: true, slug, found };
  const near = suggest(entries, typed).map((slug) => literal(entries.get(slug)?.title ?? slug));
  return near.length > 1
    ? refuse("There are several", `Which one: ${near.slice(0, OFFERED).join("; ")}?`)
    : refuse(`There is no such ${what}`, none);
}

export const offered = <T>(entries: Entries<T>, typed: string): readonly Choice[] =>
  suggest(entries, typed)
    .slice(0, OFFERED)
    .map((slug) => ({ label: clip(entries.get(slug)?.title ?? slug, 100), value: slug }));
