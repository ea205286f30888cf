/** Three replicas on one PostgreSQL, each a process that is started again whenever it dies, as by an orchestrator. */
import { setTimeout as sleep } from "node:timers/promises";
import type { PostgresServer } from "../kit/postgres.ts";
import { freePort, type Running, run } from "../kit/process.ts";

const REPLICAS = 3;
/** As long as an orchestrator takes at the least. */
const AGAIN_MS = 200;
/** How long the database stays away, at most. */
const AWAY_MS = 1_500;
const READY_MS = 60_000;

export interface House {
  /** How often each was killed. */
  readonly kills: { replica: number; database: number };
  killReplica(at: number): Promise<void>;
  killAll(): Promise<void>;
  /** `share` of the longest absence, 0 to 1. */
  killDatabase(share: number): Promise<void>;
  /** Waits until all replicas serve. */
  ready(): Promise<void>;
  /** What they logged as errors, each a line of JSON, and all else that one printed. */
  complaints(): readonly string[];
  stop(): Promise<void>;
}

export async function openHouse(server: PostgresServer, env: Readonly<Record<string, string>>): Promise<House> {
  const kills = { replica: 0, database: 0 };
  const replicas: (Running | undefined)[] = [];
  const said: string[] = [];
  let closing = false;
  let away: Promise<void> | undefined;
  const ports = await Promise.all(Array.from({ length: REPLICAS }, freePort));

  const keep = async (at: number): Promise<void> => {
    while (!closing) {
      const replica = run({ ...env, LOG_LEVEL: "error", DISCORD_SHARDS: `${at}/${REPLICAS}`, PORT: String(ports[at]) });
      replicas[at] = replica;
      await replica.exit();
      replicas[at] = undefined;
      said.push(...told(replica));
      await sleep(AGAIN_MS);
    }
  };
  const kept = ports.map((_, at) => keep(at));

  const killReplica = async (at: number) => {
    const replica = replicas[at % REPLICAS];
    if (!replica || closing) return;
    kills.replica += 1;
    await replica.kill();
  };
  const serves = (port: number) =>
    fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );

  return {
    kills,
    killReplica,
    killAll: async () => void (await Promise.all(ports.map((_, at) => killReplica(at)))),
    async killDatabase(share) {
      if (away || closing) return;
      kills.database += 1;
      away = (async () => {
        await server.kill();
        await sleep(share * AWAY_MS);
        await server.restart();
      })().finally(() => {
        away = undefined;
      });
      await away;
    },
    async ready() {
      await away;
      for (const deadline = Date.now() + READY_MS; !(await Promise.all(ports.map(serves))).every(Boolean); await sleep(100))
        if (Date.now() > deadline) throw new Error(`Not all replicas serve:\n${said.slice(-20).join("\n")}`);
    },
    complaints: () => [...said, ...replicas.flatMap((replica) => (replica ? told(replica) : []))],
    async stop() {
      closing = true;
      await away;
      await Promise.all(replicas.map((replica) => replica?.stop()));
      await Promise.all(kept);
    },
  };
}

/** The log's lines one by one, and what stands beside them, such as a stack, as one. */
function told(replica: Running): readonly string[] {
  const lines = replica.output().split("\n").filter(Boolean);
  const rest = lines.filter((line) => !line.startsWith("{")).join("\n");
  return [...lines.filter((line) => line.startsWith("{")), ...(rest ? [rest] : [])];
}
