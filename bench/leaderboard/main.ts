/**
 * `npm run bench:leaderboard [events] [largest group]`: a leaderboard as `/leaderboard` reads it (top ten,
 * own rank, neighbours, streaks, names) and batches of awards, beside Redis sorted sets in the same run.
 * Prints medians and ratios and writes bench/leaderboard/figures.json; nothing is asserted.
 */
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { availableParallelism, cpus, loadavg } from "node:os";
import pg from "pg";
import type { BoardScope } from "../../src/app/ports.ts";
import { mondayOf } from "../../src/core/schedule.ts";
import { openStore } from "../../src/store/index.ts";
import { startPostgres } from "../../test/kit/postgres.ts";
import { median } from "../figures.ts";
import { DAYS, fill, NOW, type Size, SPACE, sizes } from "./data.ts";
import { startRedis } from "./redis.ts";

const EVENTS = Number(process.argv[2] ?? 10_000_000);
const LARGEST = Number(process.argv[3] ?? 1_000_000);
const READS = 400;
const WARM = 40;
const BATCH = 1_000;
const BATCHES = 30;

const round = (value: number, digits = 2): number => Number(value.toFixed(digits));

/** Milliseconds of each, one after the other; the first ones only warm up. */
async function timed(times: number, work: (nth: number) => Promise<unknown>): Promise<readonly number[]> {
  const taken: number[] = [];
  for (let nth = 0; nth < times + WARM; nth++) {
    const start = performance.now();
    await work(nth);
    if (nth >= WARM) taken.push(performance.now() - start);
  }
  return taken;
}

/**
 * Microseconds that processes have run for, as Linux counts them: what a read costs however busy the machine
 * is. Undefined elsewhere.
 */
function cpu(pids: readonly number[]): number | undefined {
  try {
    return pids.reduce((sum, pid) => sum + Number(readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ")[0]) / 1_000, 0);
  } catch {
    return undefined;
  }
}

/** As `timed`, with the microseconds of the server's own work for each. */
async function measured(pids: readonly number[], times: number, work: (nth: number) => Promise<unknown>) {
  const before = cpu(pids);
  const taken = await timed(times, work);
  const after = cpu(pids);
  return { ms: median(taken), us: before === undefined || after === undefined ? undefined : (after - before) / (times + WARM) };
}

/** The same members for both, spread over the whole board. */
const memberOf = ({ group, members }: Size, nth: number): string => `${group}-${Math.floor(members * ((nth * 0.618034) % 1) ** 2)}`;

const server = await startPostgres([
  "synchronous_commit=off",
  "shared_buffers=1GB",
  "work_mem=256MB",
  "maintenance_work_mem=512MB",
  "max_wal_size=8GB",
]);
const url = server.address("postgres");
const { store } = await openStore({ kind: "postgres", url });
const raw = new pg.Client({ connectionString: url });
await raw.connect();
const redis = await startRedis();
if (!redis) console.log("No redis-server is installed here: PostgreSQL alone is measured.");

const all = sizes(EVENTS, LARGEST);
const load = loadavg().map((one) => round(one));
console.log(`${EVENTS} events; ${availableParallelism()} cores (${cpus()[0]?.model ?? "unknown"}), load ${load.join(" ")} before the run`);
const { insertMs, rebuildMs } = await fill(url, store, all);
console.log(`inserted without triggers in ${round(insertMs / 1_000, 1)} s, rebuilt from the ledger in ${round(rebuildMs / 1_000, 1)} s`);

if (redis) {
  for (const { group } of all)
    for (const period of ["all", "streak"]) {
      const { rows } = await raw.query<{ member: string; points: number }>(
        "select member, points from score where scope = $1 and period = $2",
        [group, period],
      );
      await redis.load(
        `${group}/${period}`,
        rows.map(({ member, points }) => [member, points]),
      );
    }
  const { rows } = await raw.query<{ id: string; name: string }>("select id, name from member");
  await redis.loadNames(rows.map(({ id, name }) => [id, name]));
}

const reads = [];
for (const size of all) {
  const scope: BoardScope = { kind: "group", ...SPACE, group: size.group };
  const pids = (await raw.query<{ pid: number }>("select pid from pg_stat_activity where application_name = 'drillroom'")).rows.map(
    ({ pid }) => pid,
  );
  const ours = await measured(pids, READS, (nth) => store.read.boards.points(scope, { kind: "all" }, memberOf(size, nth)));
  const theirs =
    redis && (await measured([redis.pid], READS, (nth) => redis.read(`${size.group}/all`, `${size.group}/streak`, memberOf(size, nth))));
  // What the buckets are for: the rank as a plain count over the index.
  const counting = await timed(Math.min(READS, 60), (nth) =>
    raw.query(
      `select count(*) from score where scope = $1 and period = 'all' and points > 0
         and points > (select points from score where scope = $1 and period = 'all' and member = $2)`,
      [size.group, memberOf(size, nth)],
    ),
  );
  const page = await store.read.boards.points(scope, { kind: "all" }, memberOf(size, 7));
  reads.push({
    members: size.members,
    events: size.events,
    ranked: page.members,
    "ours ms": round(ours.ms, 3),
    "Redis ms": theirs ? round(theirs.ms, 3) : null,
    ratio: theirs ? round(ours.ms / theirs.ms) : null,
    "our server's CPU µs": ours.us === undefined ? null : Math.round(ours.us),
    "Redis' CPU µs": theirs?.us === undefined ? null : Math.round(theirs.us),
    "rank by counting alone ms": round(median(counting)),
  });
}
console.table(reads);

const day = new Date(NOW).toISOString().slice(0, 10);
const periods = ["all", `w${mondayOf(day)}`, `m${day.slice(0, 7)}`];
const batchOf = (size: Size, nth: number) =>
  Array.from({ length: BATCH }, (_, at) => ({
    key: `bench/${size.group}/${nth}/${at}`,
    group: size.group,
    member: memberOf(size, nth * BATCH + at),
    kind: "drill" as const,
    points: 1 + (at % 10),
    at: NOW - (at % 7) * 1_000,
    boards: [size.group, `${SPACE.platform}/${SPACE.space}`].flatMap((scope) => periods.map((period) => `${scope}/${period}`)),
  }));

const writes = [];
for (const size of all) {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let nth = 0; nth < BATCHES; nth++) {
    const batch = batchOf(size, nth);
    const start = performance.now();
    await store.transaction((tx) => tx.ledger.award(batch));
    ours.push(performance.now() - start);
    // What the tick does every second.
    await store.transaction((tx) => tx.boards.fold());
    const other = performance.now();
    await redis?.write(batch);
    theirs.push(performance.now() - other);
  }
  const perSecond = (times: readonly number[]) => Math.round((BATCH * 1_000) / median(times));
  writes.push({
    members: size.members,
    "ours awards/s": perSecond(ours),
    "Redis awards/s": redis ? perSecond(theirs) : null,
    ratio: redis ? round(perSecond(ours) / perSecond(theirs)) : null,
  });
}
console.table(writes);

const figures = {
  at: new Date().toISOString(),
  machine: { cores: availableParallelism(), model: cpus()[0]?.model, loadBefore: load, loadAfter: loadavg().map((one) => round(one)) },
  events: EVENTS,
  days: DAYS,
  redis: redis?.version ?? null,
  insertMs: Math.round(insertMs),
  rebuildMs: Math.round(rebuildMs),
  reads,
  writes: { batch: BATCH, boardsPerAward: 2 * periods.length, groups: writes },
};
await writeFile(new URL("figures.json", import.meta.url), `${JSON.stringify(figures, null, 2)}\n`);
await raw.end();
await store.close();
await redis?.stop();
await server.stop();
