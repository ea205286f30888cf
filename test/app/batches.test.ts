import { setImmediate as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { inBatches, WIDE } from "../../src/app/batches.ts";
import type { Store, Tx } from "../../src/app/ports.ts";
import { createLog } from "../../src/operations/log.ts";

/** Rows as PostgreSQL hands them out: to one transaction at a time, and back when it fails. */
function table(rows: number) {
  const free = new Set(Array.from({ length: rows }, (_, nth) => String(nth)));
  const done: string[] = [];
  let [open, most] = [0, 0];
  let claimed: string[] = [];
  const claim = async (_tx: Tx, limit: number, without: readonly string[]) => {
    claimed = [...free].filter((row) => !without.includes(row)).slice(0, limit);
    for (const row of claimed) free.delete(row);
    return claimed;
  };
  const transaction: Store["transaction"] = async (work) => {
    open += 1;
    most = Math.max(most, open);
    const running = work({} as Tx);
    const taken = claimed;
    claimed = [];
    try {
      const result = await running;
      done.push(...taken);
      return result;
    } catch (error) {
      for (const row of taken) free.add(row);
      throw error;
    } finally {
      open -= 1;
    }
  };
  const logged: string[] = [];
  const log = createLog("info", [], { write: (line: string) => void logged.push(line) });
  const store = { transaction } as Store;
  return { parts: { store, log }, claim, done, logged, most: () => most };
}

const keyOf = (row: string) => row;

describe("wide batches", () => {
  it("handle every row once, a few transactions side by side", async () => {
    const { parts, claim, done, most } = table(5 * WIDE.rows);
    await inBatches(parts, claim, keyOf, () => pause(), WIDE);
    expect(done.toSorted()).toEqual(Array.from({ length: 5 * WIDE.rows }, (_, nth) => String(nth)).sort());
    expect(most()).toBe(WIDE.atOnce);
  });

  it("leave out the row that fails, and no other", async () => {
    const { parts, claim, done, logged } = table(2 * WIDE.rows);
    const handle = async (_tx: Tx, rows: readonly string[]) => {
      await pause();
      if (rows.includes("17")) throw new Error("cannot be made");
    };
    await inBatches(parts, claim, keyOf, handle, WIDE);
    expect(done).toHaveLength(2 * WIDE.rows - 1);
    expect(new Set(done)).not.toContain("17");
    expect(logged.filter((line) => line.includes("failed for one row"))).toHaveLength(1);
  });

  it("are one transaction where a batch is not full", async () => {
    const { parts, claim, done, most } = table(WIDE.rows - 1);
    await inBatches(parts, claim, keyOf, () => pause(), WIDE);
    expect(done).toHaveLength(WIDE.rows - 1);
    expect(most()).toBe(1);
  });

  it("fail when nothing can be claimed, and not before all have ended", async () => {
    const { parts, claim, done } = table(WIDE.rows);
    const ended: string[] = [];
    const failing: typeof claim = async (tx, limit, without) => {
      const rows = await claim(tx, limit, without);
      if (rows.length > 0) return rows;
      if (ended.push("asked") === 1) throw new Error("the database is away");
      await pause();
      ended.push("ended");
      return rows;
    };
    await expect(inBatches(parts, failing, keyOf, async () => undefined, WIDE)).rejects.toThrow("the database is away");
    expect(done).toHaveLength(WIDE.rows);
    expect(ended.filter((one) => one === "ended")).toHaveLength(WIDE.atOnce - 1);
  });
});
