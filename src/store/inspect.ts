/** What an operator wants to know of the database before a start. Reads, and changes nothing: it does not migrate either. */
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Kysely, sql } from "kysely";
import { amiss, type Finding, fine } from "../app/finding.ts";
import type { Place } from "../core/place.ts";
import { type Driver, pgliteDriver, postgresDriver } from "./drivers.ts";
import type { StoreTarget } from "./index.ts";
import { pendingMigrations } from "./migrate.ts";
import type { Db, Tables } from "./tables.ts";

/** The oldest that the tests have run on. */
const OLDEST = 14;
/** Groups handed out to be looked at. */
const MOST_GROUPS = 1_000;

export interface DatabaseFindings {
  readonly findings: readonly Finding[];
  /** Channels of groups that have a schedule, as far as they can be read. */
  readonly channels: readonly Place[];
}

export async function inspectDatabase(target: StoreTarget): Promise<DatabaseFindings> {
  if (target.kind === "postgres") return look(postgresDriver(target.url), "DATABASE_URL", unreachable);
  const { dir } = target;
  if (!existsSync(join(dir, "postgres"))) return { findings: [folder(dir)], channels: [] };
  try {
    return await look(pgliteDriver(dir), `DATA_DIR ${dir}`, (why) => amiss(`DATA_DIR ${dir} cannot be read: ${why}.`, BACKUP));
  } catch (error) {
    const why = messageOf(error);
    // Its lock is held by whoever runs there, which is as it should be.
    if (why.startsWith("Another Drillroom"))
      return { findings: [fine(`${why.split(";")[0]}: its data is looked at when it is stopped.`)], channels: [] };
    return { findings: [amiss(why, BACKUP)], channels: [] };
  }
}

const BACKUP = "Give this user the right to read and write it, or set DATA_DIR to another folder or a copy of a backup.";

function folder(dir: string): Finding {
  let there = resolve(dir);
  while (!existsSync(there)) there = dirname(there);
  return mayWriteIn(there)
    ? fine(`DATA_DIR ${dir} has no database yet: the first start makes it.`)
    : amiss(`DATA_DIR ${dir} cannot be made: ${there} is no folder that this user may write in.`, "Set DATA_DIR to one that is.");
}

function mayWriteIn(there: string): boolean {
  try {
    accessSync(there, constants.W_OK);
    return statSync(there).isDirectory();
  } catch {
    return false;
  }
}

const unreachable = (why: string): Finding =>
  amiss(
    `The server of DATABASE_URL cannot be used: ${why}.`,
    "Look at its host, port, user, password and database name, and whether the server runs.",
  );

async function look(driver: Driver, name: string, failed: (why: string) => Finding): Promise<DatabaseFindings> {
  const db = new Kysely<Tables>({ dialect: driver.dialect });
  try {
    const server = await aboutServer(db);
    const pending = await pendingMigrations(db);
    return {
      findings: [...server.findings, migrations(pending, server.mayCreate, name)],
      channels: pending === 0 ? await channelsOf(db) : [],
    };
  } catch (error) {
    return { findings: [failed(messageOf(error))], channels: [] };
  } finally {
    await db.destroy().finally(driver.release);
  }
}

async function aboutServer(db: Db): Promise<{ readonly findings: readonly Finding[]; readonly mayCreate: boolean }> {
  const { rows } = await sql<{ version: number; may: boolean }>`
    select current_setting('server_version_num')::integer / 10000 as version,
      has_schema_privilege(current_schema(), 'create') as may`.execute(db);
  const { version = 0, may = false } = rows[0] ?? {};
  const answers = `PostgreSQL ${version} answers.`;
  return { findings: [version < OLDEST ? amiss(answers, `Use ${OLDEST} or newer.`) : fine(answers)], mayCreate: may };
}

function migrations(pending: number, mayCreate: boolean, name: string): Finding {
  if (pending === 0) return fine("Its tables are this version's.");
  return mayCreate
    ? fine(`${pending} migrations are to come: the next start runs them.`)
    : amiss(`${pending} migrations are to come, and the user of ${name} may make no tables.`, "Grant it CREATE on the schema.");
}

async function channelsOf(db: Db): Promise<readonly Place[]> {
  return db
    .selectFrom("study_group")
    .select(["platform", "space", "channel"])
    .where("slot", "is not", null)
    .orderBy("id")
    .limit(MOST_GROUPS)
    .execute();
}

/** A refused connection to a name with several addresses has a code and no message. */
const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message || String((error as Error & { readonly code?: string }).code) : String(error);
