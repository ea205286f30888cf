/** Brings a database to the newest version. */
import { promises as fs } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { FileMigrationProvider, type Migration, Migrator } from "kysely/migration";
import type { Db } from "./tables.ts";

const FOLDER = fileURLToPath(new URL("../../migrations", import.meta.url));
const files = new FileMigrationProvider({ fs, path, migrationFolder: FOLDER });

/** Of a newer version, and done: Kysely wants to know it, and never runs it. */
const NEWER: Migration = { up: () => Promise.reject(new Error("This migration belongs to a newer version.")) };

/**
 * Replicas that start together wait for each other on the migrator's lock; all or nothing is applied. A
 * database that a newer version has migrated is taken as it is: migrations only add.
 */
export async function migrate(db: Db): Promise<void> {
  // Read before: PGlite's one connection is the migrator's until it is done.
  const done = await executed(db);
  const getMigrations = async (): Promise<Record<string, Migration>> => {
    const own = await files.getMigrations();
    const last = Object.keys(own).sort().at(-1) ?? "";
    return { ...own, ...Object.fromEntries(done.filter((name) => name > last).map((name) => [name, NEWER])) };
  };
  const { error } = await new Migrator({ db, provider: { getMigrations } }).migrateToLatest();
  if (!error) return;
  // A newer version may have migrated while this one waited for its lock.
  if ((await executed(db)).length === done.length) throw error;
  await migrate(db);
}

/** Names of what was run there; none in an empty database. */
async function executed(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ there: boolean }>`select to_regclass('kysely_migration') is not null as there`.execute(db);
  if (!rows[0]?.there) return [];
  return (await sql<{ name: string }>`select name from kysely_migration`.execute(db)).rows.map(({ name }) => name);
}

/** How many the next start would run. Reads only. */
export const pendingMigrations = async (db: Db): Promise<number> =>
  (await new Migrator({ db, provider: files }).getMigrations()).filter(({ executedAt }) => executedAt === undefined).length;
