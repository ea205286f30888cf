/** Fresh, migrated databases for tests: PGlite in memory, and a real PostgreSQL server. */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";
import { PGliteDialect } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, describe, vi } from "vitest";
import { type OpenStore, openOn, openStore } from "../../src/store/index.ts";
import { parsers } from "../../src/store/values.ts";
import { type PostgresServer, startPostgres } from "./postgres.ts";

export const DATABASES = ["pglite", "postgres"] as const;
export type DatabaseKind = (typeof DATABASES)[number];

/**
 * The same suite on both. `open` empties the suite's one database and gives its store, because a new
 * PGlite takes a third of a second; who closes a store, or needs two, calls `openTestStore`.
 */
export function describeOnDatabases(name: string, suite: (open: () => Promise<OpenStore>) => void): void {
  describe.each(DATABASES)(`${name} on %s`, (kind) => {
    let database: Emptied;
    beforeAll(async () => {
      database = kind === "postgres" ? await emptiedPostgres() : await emptiedPglite();
    });
    afterAll(async () => {
      await database.opened.store.close();
    });
    suite(async () => {
      await database.empty();
      return database.opened;
    });
  });
}

export interface TestStore extends OpenStore {
  /** What the tables hold, past the store's own words for it. */
  rows(statement: string): Promise<readonly Record<string, unknown>[]>;
}

/** An empty store that the caller closes. */
export async function openTestStore(kind: DatabaseKind): Promise<TestStore> {
  if (kind === "pglite") {
    const pglite = await freshPglite();
    return { ...(await openPglite(pglite)), rows: async (statement) => (await pglite.query<Record<string, unknown>>(statement)).rows };
  }
  const url = await freshPostgres();
  return {
    ...(await openStore({ kind, url })),
    async rows(statement) {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      const { rows } = await client.query<Record<string, unknown>>(statement);
      await client.end();
      return rows;
    },
  };
}

export interface Row {
  readonly table: string;
  /** As JSON. */
  readonly row: string;
}

/** All that a database holds, but for what the migrator keeps there. */
export async function everyRow(rows: TestStore["rows"]): Promise<readonly Row[]> {
  const tables = await rows(
    "select table_name as name from information_schema.tables where table_schema = 'public' and table_name not like 'kysely%' order by 1",
  );
  const all = await Promise.all(
    tables.map(async ({ name }) => {
      const found = await rows(`select to_jsonb(t)::text as row from "${name}" t order by 1`);
      return found.map(({ row }) => ({ table: String(name), row: String(row) }));
    }),
  );
  return all.flat();
}

/** The address of a database of its own on a real server; `migrated: false` leaves it bare. */
export async function freshPostgres({ migrated = true } = {}): Promise<string> {
  server ??= startPostgres();
  return (await server).create(migrated ? "migrated" : "bare");
}

const MIGRATIONS = new URL("../../migrations/", import.meta.url);
const CACHE = new URL("../../node_modules/.cache/drillroom/", import.meta.url);

/** One per test file. */
let server: Promise<PostgresServer> | undefined;
let pgliteTemplate: Promise<Blob> | undefined;

// The first test of a file may start the server or set PGlite up.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

afterAll(async () => {
  await (await server)?.stop();
});

interface Emptied {
  readonly opened: OpenStore;
  empty(): Promise<void>;
}

const EMPTY = `
  do $$ begin
    execute (
      select 'truncate ' || string_agg(quote_ident(tablename), ', ') || ' restart identity'
      from pg_tables where schemaname = 'public' and tablename not like 'kysely%'
    );
  end $$`;

async function emptiedPostgres(): Promise<Emptied> {
  const url = await freshPostgres();
  const empty = async () => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(EMPTY);
    await client.end();
  };
  return { opened: await openStore({ kind: "postgres", url }), empty };
}

async function emptiedPglite(): Promise<Emptied> {
  const pglite = await freshPglite();
  return { opened: await openPglite(pglite), empty: async () => void (await pglite.exec(EMPTY)) };
}

async function freshPglite(): Promise<PGlite> {
  pgliteTemplate ??= keptPgliteTemplate();
  return new PGlite({ loadDataDir: await pgliteTemplate, parsers });
}

/**
 * Setting PGlite up takes seconds, loading a copy a third of one. The copy is kept beside the
 * packages, named for all that it is made of, so that test files and runs share it.
 */
async function keptPgliteTemplate(): Promise<Blob> {
  const made = createHash("sha256").update(await readFile(fileURLToPath(import.meta.resolve("@electric-sql/pglite"))));
  for (const file of (await readdir(MIGRATIONS)).sort()) made.update(file).update(await readFile(new URL(file, MIGRATIONS)));
  const kept = new URL(`pglite-${made.digest("hex").slice(0, 16)}.tar`, CACHE);
  const before = await readFile(kept).catch(() => undefined);
  if (before) return new Blob([before]);
  const template = await makePgliteTemplate();
  await mkdir(CACHE, { recursive: true });
  const unfinished = new URL(`${process.pid}-${Date.now()}.tmp`, CACHE);
  await writeFile(unfinished, new Uint8Array(await template.arrayBuffer()));
  await rename(unfinished, kept);
  return template;
}

async function makePgliteTemplate(): Promise<Blob> {
  const pglite = new PGlite({ parsers });
  const { store } = await openPglite(pglite);
  const template = await pglite.dumpDataDir("none");
  await store.close();
  return template;
}

const openPglite = (pglite: PGlite): Promise<OpenStore> => openOn({ dialect: new PGliteDialect({ pglite }), release: () => undefined });
