/** A transaction that is run again when PostgreSQL sacrificed it for another. */
import type { Db } from "./tables.ts";

/** https://www.postgresql.org/docs/current/errcodes-appendix.html: deadlock_detected. */
const DEADLOCK = "40P01";
const TRIES = 3;

/**
 * Commits what `work` did, or nothing. Two transactions that wait for each other's locks are told
 * apart by the server, which rolls one back whole; that one is simply played again.
 */
export async function transaction<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      const deadlock = error instanceof Error && "code" in error && error.code === DEADLOCK;
      if (!deadlock || tried === TRIES) throw error;
    }
  }
}
