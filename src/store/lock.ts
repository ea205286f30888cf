/** Named locks that a transaction holds until it ends. */
import { sql } from "kysely";
import type { Db } from "./tables.ts";

/**
 * Advisory, on 64 bits of the name's hash: two names that collide only wait for each other. Not a
 * row lock, because the aggregate may have no row yet and its rows are in several tables.
 */
export async function lock(db: Db, name: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}::text, 0))`.execute(db);
}
