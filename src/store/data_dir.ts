/** One process per DATA_DIR: two PGlites on one folder lose each other's rows without an error. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** https://www.sqlite.org/rescode.html#busy */
const SQLITE_BUSY = 5;

/**
 * Makes the folder when it is missing and takes it for this process; the result gives it back.
 * Throws when another process has it, naming that process.
 *
 * The lock is one of the kernel's on a file, so that it is taken atomically, goes with its process
 * however that ends, is not fooled by a process id that is used again, and holds between containers
 * that share a volume. Node takes such locks only through the SQLite it comes with; the file stays
 * empty. The process id lies beside it, for the message alone.
 */
export function takeDataDir(dir: string): () => void {
  const file = openLockFile(dir);
  const holder = join(dir, "drillroom.pid");
  try {
    // The journal stays in memory: nothing is ever written.
    file.exec("pragma journal_mode = memory; begin exclusive");
  } catch (error) {
    file.close();
    if (!(error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY)) throw error;
    throw new Error(`Another Drillroom (process ${processIn(holder)}) is using DATA_DIR ${dir}; stop it or choose another DATA_DIR.`);
  }
  writeFileSync(holder, `${process.pid}\n`);
  return () => file.close();
}

function openLockFile(dir: string): DatabaseSync {
  try {
    mkdirSync(dir, { recursive: true });
    return new DatabaseSync(join(dir, "drillroom.lock"), { timeout: 0 });
  } catch (cause) {
    throw new Error(`DATA_DIR ${dir} cannot be used: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

function processIn(file: string): string {
  try {
    return readFileSync(file, "utf8").trim() || "unknown";
  } catch {
    return "unknown";
  }
}
