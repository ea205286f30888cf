/** How values cross the border to the database, alike for both drivers. */
import { type CompiledQuery, PostgresQueryCompiler, type QueryId, type RawBuilder, type RootOperationNode, sql } from "kysely";
import type { Instant } from "../core/place.ts";

/** Type ids of PostgreSQL's own types never change: src/include/catalog/pg_type.dat. */
const INT8 = 20;
const DATE = 1082;
const TIMESTAMPTZ = 1184;
const NUMERIC = 1700;

/** "2026-11-21 09:54:29.123+00" in any session's zone; an offset without minutes is not ISO. */
const instant = (text: string): Instant => Date.parse(text.replace(" ", "T").replace(/([+-]\d\d)$/, "$1:00"));

/**
 * What the drivers read differently, or as text. Our int8 and numeric are ids and sums far below
 * 2^53, where a number is still exact.
 */
export const parsers: Readonly<Record<number, (text: string) => number | string>> = {
  [INT8]: Number,
  [NUMERIC]: Number,
  [DATE]: (text) => text,
  [TIMESTAMPTZ]: instant,
};

/** An instant as a parameter of a hand-written statement. */
export const at = (moment: Instant): RawBuilder<Instant> => sql<Instant>`${new Date(moment)}::timestamptz`;

export const optionalDate = (moment: Instant | undefined): Date | null => (moment === undefined ? null : new Date(moment));

/** People can type what PostgreSQL refuses: NUL, and half of a surrogate pair, which a clipped emoji leaves. */
const storable = (text: string): string => text.replaceAll("\0", "\uFFFD").toWellFormed();

const parameter = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(parameter);
  return typeof value === "string" ? storable(value) : value;
};

/** Makes every text storable on its way to the database, also one that something is only looked for by. */
export class StorableCompiler extends PostgresQueryCompiler {
  override compileQuery(node: RootOperationNode, id: QueryId): CompiledQuery {
    const query = super.compileQuery(node, id);
    return { ...query, parameters: query.parameters.map(parameter) };
  }
}

/** How JSON.stringify writes what `storable` replaces. */
const UNSTORABLE = /\\u(?:0000|d[89a-f])/;

/** For a jsonb column. Text, since node-postgres would send a JavaScript array as a PostgreSQL one. */
export function json(value: unknown): string {
  const text = JSON.stringify(value);
  // A look at every string takes as long as all the rest, and hardly ever finds anything.
  return UNSTORABLE.test(text) ? JSON.stringify(value, (_, part) => (typeof part === "string" ? storable(part) : part)) : text;
}
