/** Works through what is due, many rows in one transaction, so that one row that fails holds up no other. */
import type { Logger } from "pino";
import type { Store, Tx } from "./ports.ts";

/** Rows handled in one transaction: enough to share its costs, few enough to keep locks short. */
const BATCH = 100;

/** Transactions of their own that run side by side, mostly waiting for the database: of its ten connections some are left to people. */
const AT_ONCE = 4;

/** How wide a stage works: rows in one transaction, and transactions side by side. */
interface Width {
  readonly rows: number;
  readonly atOnce: number;
}

/** Where nobody else waits for the rows, nor for what is locked along with them. */
export const WIDE: Width = { rows: 250, atOnce: AT_ONCE };

/**
 * Claims and handles until there is less than a full batch left. When a batch fails, its rows are
 * claimed one at a time; the one that fails alone is left out until the next beat. `claim` gives the
 * oldest rows first, and none whose key is among `without`.
 */
export async function inBatches<T>(
  { store, log }: { readonly store: Store; readonly log: Logger },
  claim: (tx: Tx, limit: number, without: readonly string[]) => Promise<readonly T[]>,
  keyOf: (row: T) => string,
  handle: (tx: Tx, rows: readonly T[]) => Promise<void>,
  { rows, atOnce }: Width = { rows: BATCH, atOnce: 1 },
): Promise<void> {
  const broken: string[] = [];
  /** How many to claim next. */
  const afterFailing = ([first, ...more]: readonly T[], err: unknown): number => {
    if (first === undefined) throw err;
    if (more.length === 0) {
      broken.push(keyOf(first));
      log.error({ err, row: keyOf(first) }, "a part of the tick failed for one row; the next beat tries it again");
    }
    return 1;
  };
  const beside: Promise<void>[] = [];
  const work = async () => {
    for (let limit = rows; ; ) {
      let claimed: readonly T[] = [];
      try {
        await store.transaction(async (tx) => {
          claimed = await claim(tx, limit, broken);
          await handle(tx, claimed);
        });
        if (claimed.length < limit) return;
        limit = Math.min(2 * limit, rows);
        // A full batch: there may be work for others, too.
        while (beside.length < atOnce - 1) beside.push(worker());
      } catch (err) {
        limit = afterFailing(claimed, err);
      }
    }
  };
  const failures: unknown[] = [];
  const worker = () => work().catch((err) => void failures.push(err));
  await worker();
  await Promise.all(beside);
  if (failures.length > 0) throw failures[0];
}

/**
 * Handles each in a transaction of its own, a few at once; it waits for whoever changes the same aggregate just now.
 * They may end in any order. `claim` as above; what failed, or is due again already, is for the next beat.
 */
export async function eachAlone(
  { store, log }: { readonly store: Store; readonly log: Logger },
  claim: (tx: Tx, limit: number, without: readonly string[]) => Promise<readonly string[]>,
  handle: (tx: Tx, id: string) => Promise<void>,
): Promise<void> {
  const taken: string[] = [];
  for (;;) {
    const ids = await store.transaction((tx) => claim(tx, BATCH, taken));
    taken.push(...ids);
    // One iterator for all: whoever is done takes the next, the oldest first.
    const left = ids.values();
    const work = async () => {
      for (const id of left)
        await store
          .transaction((tx) => handle(tx, id))
          .catch((err) => log.error({ err, row: id }, "a part of the tick failed for one row; the next beat tries it again"));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    if (ids.length < BATCH) return;
  }
}
