/** The reference: the same boards as Redis sorted sets, one Lua script for a read, one pipeline for a batch of writes. */
import { spawn, spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { freePort } from "../../test/kit/process.ts";

/**
 * KEYS: the sorted set, the streaks, the names. ARGV: the reader. Ties share a rank, which ZREVRANK does
 * not know: a rank is one more than the count of higher scores.
 */
const READ = `
local function row(member, score)
  return {member, score, redis.call('ZCOUNT', KEYS[1], '(' .. score, '+inf') + 1,
    redis.call('HGET', KEYS[3], member) or member, redis.call('ZSCORE', KEYS[2], member) or '0'}
end
local rows = {}
local top = redis.call('ZREVRANGE', KEYS[1], 0, 10, 'WITHSCORES')
for i = 1, #top, 2 do rows[#rows + 1] = row(top[i], top[i + 1]) end
local at = redis.call('ZREVRANK', KEYS[1], ARGV[1])
if at then
  local around = redis.call('ZREVRANGE', KEYS[1], math.max(0, at - 1), at + 1, 'WITHSCORES')
  for i = 1, #around, 2 do rows[#rows + 1] = row(around[i], around[i + 1]) end
end
rows[#rows + 1] = redis.call('ZCARD', KEYS[1])
return rows`;

/** An award once: its key, its line of the ledger, and every board it counts on. */
const WRITE = `
if redis.call('SET', KEYS[1], '1', 'NX') then
  redis.call('RPUSH', KEYS[2], ARGV[1])
  for i = 3, #KEYS do redis.call('ZINCRBY', KEYS[i], ARGV[2], ARGV[3]) end
end`;

export interface RedisBoards {
  load(board: string, scores: readonly (readonly [member: string, points: number])[]): Promise<void>;
  loadNames(names: readonly (readonly [member: string, name: string])[]): Promise<void>;
  read(board: string, streaks: string, own: string): Promise<readonly unknown[]>;
  write(
    awards: readonly {
      readonly key: string;
      readonly group: string;
      readonly member: string;
      readonly points: number;
      readonly boards: readonly string[];
    }[],
  ): Promise<void>;
  readonly version: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Undefined when no redis-server is installed. */
export async function startRedis(): Promise<RedisBoards | undefined> {
  const version = spawnSync("redis-server", ["--version"], { encoding: "utf8" });
  if (version.status !== 0) return undefined;
  const port = await freePort();
  const dir = await mkdtemp(join(tmpdir(), "drillroom-redis-"));
  // What a crash may lose is about a second, as with PostgreSQL's synchronous_commit=off beside it.
  const settings = [
    "--port",
    String(port),
    "--bind",
    "127.0.0.1",
    "--dir",
    dir,
    "--save",
    "",
    "--appendonly",
    "yes",
    "--appendfsync",
    "everysec",
  ];
  const server = spawn("redis-server", settings, { stdio: "ignore" });
  const redis = new Redis({ host: "127.0.0.1", port, retryStrategy: () => 100 });
  redis.on("error", () => undefined);
  await redis.ping();
  const read = (await redis.script("LOAD", READ)) as string;
  const write = (await redis.script("LOAD", WRITE)) as string;
  const inBatches = async <T>(items: readonly T[], put: (pipeline: ReturnType<Redis["pipeline"]>, item: T) => void) => {
    for (let at = 0; at < items.length; at += 10_000) {
      const pipeline = redis.pipeline();
      for (const item of items.slice(at, at + 10_000)) put(pipeline, item);
      await pipeline.exec();
    }
  };
  return {
    pid: server.pid ?? 0,
    version: /v=(\S+)/.exec(version.stdout)?.[1] ?? "unknown",
    load: (board, scores) => inBatches(scores, (pipeline, [member, points]) => pipeline.zadd(board, points, member)),
    loadNames: (names) => inBatches(names, (pipeline, [member, name]) => pipeline.hset("names", member, name)),
    read: async (board, streaks, own) => (await redis.evalsha(read, 3, board, streaks, "names", own)) as readonly unknown[],
    async write(awards) {
      const pipeline = redis.pipeline();
      for (const { key, group, member, points, boards } of awards)
        pipeline.evalsha(write, 2 + boards.length, `award/${key}`, `ledger/${group}`, ...boards, key, points, member);
      const results = await pipeline.exec();
      for (const [error] of results ?? []) if (error) throw error;
    },
    async stop() {
      redis.disconnect();
      server.kill();
      await new Promise((resolve) => server.once("exit", resolve));
      await rm(dir, { recursive: true, force: true });
    },
  };
}
