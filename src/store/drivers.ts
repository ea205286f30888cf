/** The two ways to a PostgreSQL: a server, or PGlite in this process. */
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { type Dialect, PGliteDialect, PostgresDialect } from "kysely";
import pg from "pg";
import { takeDataDir } from "./data_dir.ts";
import { preparing } from "./prepared.ts";
import { parsers } from "./values.ts";

export interface Driver {
  readonly dialect: Dialect;
  /** After the dialect was destroyed. */
  release(): void;
}

/** Connections of one process; PostgreSQL's own default allows 100 from all. */
const CONNECTIONS = 10;
const CONNECT_TIMEOUT_MS = 10_000;

export function postgresDriver(url: string, connections = CONNECTIONS): Driver {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: "drillroom",
    // Of this pool alone: pg.types would be everybody's in the process.
    types: { getTypeParser: (id, format) => parsers[id] ?? pg.types.getTypeParser(id, format) },
  });
  // A connection that breaks is replaced at the next query, and readiness asks for one. Without listeners it would end
  // the process: the pool listens to connections that are idle, and to none within a transaction.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return { dialect: new PostgresDialect({ pool: preparing(pool) }), release: () => undefined };
}

/**
 * Every commit is written to the operating system before it is acknowledged, so a killed process
 * loses nothing. PGlite never asks the disk to sync (it runs with fsync off, and its file system
 * ignores fdatasync when it is on), so a power cut can lose or damage the folder. `relaxedDurability`
 * is for browsers' storage and does nothing here. Who needs more sets DATABASE_URL.
 */
export function pgliteDriver(dir: string): Driver {
  const release = takeDataDir(dir);
  return { dialect: new PGliteDialect({ pglite: () => new PGlite({ dataDir: join(dir, "postgres"), parsers }) }), release };
}
