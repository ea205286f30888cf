/** Brings a database to the newest version. */
import { promises as fs } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { FileMigrationProvider, Migrator } from "kysely/migration";
import type { Db } from "./tables.ts";

const FOLDER = fileURLToPath(new URL("../../migrations", import.meta.url));

/** Replicas that start together wait for each other on the migrator's lock; all or nothing is applied. */
export async function migrate(db: Db): Promise<void> {
  const { error } = await migratorOf(db).migrateToLatest();
  if (error) throw error;
}

/** How many the next start would run. Reads only. */
export const pendingMigrations = async (db: Db): Promise<number> =>
  (await migratorOf(db).getMigrations()).filter(({ executedAt }) => executedAt === undefined).length;

const migratorOf = (db: Db) => new Migrator({ db, provider: new FileMigrationProvider({ fs, path, migrationFolder: FOLDER }) });
