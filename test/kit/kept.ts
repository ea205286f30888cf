/** What a table holds about a member, as an export gives it. */
import type { Store } from "../../src/app/ports.ts";
import type { Who } from "../../src/core/place.ts";

export async function keptIn(store: Store, table: string, who: Who): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const parts = await store.transaction((tx) => tx.personal.kept(who));
  const part = parts.find(({ name }) => name === table);
  if (!part) throw new Error(`An export has no part ${table}.`);
  return part.rows;
}
