/** The bank and the drills derived from it, read once at the start and shared by all. */
import type { Bank } from "../core/content.ts";
import { type Drill, drillsOf } from "../core/drill.ts";
import type { RoundMaterial } from "../core/interview_material.ts";

export interface Library {
  readonly bank: Bank;
  readonly drills: ReadonlyMap<string, Drill>;
  /** The language model that reads answers too, as its operator calls it: members are told before they answer. */
  readonly reader?: string | undefined;
}

export const createLibrary = (bank: Bank, reader?: string): Library => ({ bank, drills: drillsOf(bank), reader });

/** What a round on this case is played with; undefined when the case has left the bank. */
export function materialOf({ bank }: Library, slug: string): RoundMaterial | undefined {
  const item = bank.cases.get(slug);
  return item && { case: item, framework: bank.framework, vocabulary: bank.vocabulary, curveballs: bank.curveballs };
}
