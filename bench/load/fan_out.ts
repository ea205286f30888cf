/**
 * A morning: so many groups are due in one minute. Beside two job queues that do no more than take jobs in, claim and
 * complete them, on the same server, which waits for the disk at each commit.
 */
import { Logger, makeWorkerUtils, run } from "graphile-worker";
import pg from "pg";
import { PgBoss } from "pg-boss";
import { inBatches, WIDE } from "../../src/app/batches.ts";
import { giveDrills } from "../../src/app/daily_post.ts";
import type { Library } from "../../src/app/library.ts";
import type { BarePost, Store } from "../../src/app/ports.ts";
import { chooseDrill, type Why } from "../../src/core/drill_choice.ts";
import { drillPostView } from "../../src/core/drill_views.ts";
import { HOUR, type Instant, SECOND } from "../../src/core/place.ts";
import { createLog } from "../../src/operations/log.ts";
import { openStore } from "../../src/store/index.ts";
import type { PostgresServer } from "../../test/kit/postgres.ts";
import { type Figure, median } from "../figures.ts";

const DUE = Date.parse("2026-05-05T07:00:00Z");
const NOW = DUE + SECOND;
/** As many as the job queues fetch at once. */
const FETCH = 500;
const WHY: Why = { kind: "open", step: "data", strength: null, fresh: 3, allowed: 4, widened: false };

/** Seconds that a piece of work takes. */
async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / SECOND;
}

const together = (workers: number, work: () => Promise<void>): Promise<unknown> => Promise.all(Array.from({ length: workers }, work));

/** Groups of one schedule, each in a channel of its own; another schedule has other `weekdays`. */
export async function groupsDue(url: string, groups: number, due: Instant, weekdays = 127): Promise<void> {
  const raw = new pg.Client({ connectionString: url });
  await raw.connect();
  await raw.query(
    `with slot as (
       insert into schedule_slot (zone, wall_time, weekdays, next_due_at)
       values ('Europe/Berlin', '09:00', $3, $1) returning id
     )
     insert into study_group (id, platform, space, channel, slot, scheduled_from, created_at)
     select 'g' || slot.id || 'n' || n, 'web', 's' || n % 1000, 'c' || slot.id || 'n' || n, slot.id, $1 - interval '1 hour', $1
     from slot, generate_series(1, $2::int) n`,
    [new Date(due), groups, weekdays],
  );
  await raw.query("vacuum analyze");
  await raw.end();
}

async function opened(server: PostgresServer, groups: number): Promise<Store> {
  const url = await server.create();
  await groupsDue(url, groups, DUE);
  return (await openStore({ kind: "postgres", url })).store;
}

type Give = Parameters<typeof inBatches<BarePost>>[3];

/**
 * Groups a second: their slot is due, their posts are written, and they are given drills as the product does it. A
 * worker is a transaction after the other; a process of the product has four of them.
 */
async function given(server: PostgresServer, groups: number, workers: number, give: Give): Promise<number> {
  const store = await opened(server, groups);
  const log = createLog("error", []);
  const took = await seconds(async () => {
    await store.transaction((tx) => tx.posts.claimSlots(NOW));
    await inBatches(
      { store, log },
      (tx, limit, without) => tx.posts.claimDue(["web"], limit, without),
      ({ group }) => group,
      give,
      { ...WIDE, atOnce: workers },
    );
  });
  await store.close();
  return groups / took;
}

/** Claimed from the schedule and marked as done, which is what the queues do with a job; still with all that a post's row has to say. */
const markOpen: Give = (tx, posts) =>
  tx.posts.open(posts.map((post) => ({ ...post, drill: "a/drill", why: WHY, revealAt: NOW + HOUR, remindAt: NOW + HOUR })));

/**
 * Jobs a second: inserted by the ten thousand, fetched and completed by the five hundred, which is its fastest way.
 * With `messageFor` a job is what a post is to us: its message is made, and goes to a second queue for whoever sends it.
 * That queue keeps no order of places, and of the group nothing is read.
 */
async function pgBoss(server: PostgresServer, jobs: number, workers: number, messageFor?: (group: number) => object): Promise<number> {
  const boss = new PgBoss({ connectionString: await server.create("bare"), supervise: false, schedule: false });
  await boss.start();
  await boss.createQueue("due");
  await boss.createQueue("to-send");
  const took = await seconds(async () => {
    for (let from = 0; from < jobs; from += 10_000)
      await boss.insert(
        "due",
        Array.from({ length: Math.min(10_000, jobs - from) }, (_, at) => ({ data: { group: from + at } })),
      );
    await together(workers, async () => {
      for (;;) {
        const fetched = await boss.fetch<{ group: number }>("due", { batchSize: FETCH });
        if (fetched.length === 0) return;
        if (messageFor)
          await boss.insert(
            "to-send",
            fetched.map(({ data }) => ({ data: messageFor(data.group) })),
          );
        await boss.complete(
          "due",
          fetched.map(({ id }) => id),
        );
      }
    });
  });
  await boss.stop({ graceful: false });
  return jobs / took;
}

/** The drill of a group that has had none, as the post that says it. */
const messageFor =
  ({ drills }: Library) =>
  (nth: number): object => {
    const chosen = chooseDrill(
      drills,
      { group: `g${nth}`, seen: [], strengths: {} },
      { kinds: [], steps: [], cases: [], closed: new Set() },
    );
    return chosen ? drillPostView(chosen.drill, `g${nth}/2026-05-05`, NOW + HOUR) : {};
  };

/** Its own pools outlive its stop: their last connections would end the bench when the server goes. */
function patientPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString, max: 12 });
  const ignored = () => undefined;
  pool.on("error", ignored);
  pool.on("connect", (client) => void client.on("error", ignored));
  return pool;
}

/** Jobs a second: added by the ten thousand, fetched and completed by the batch, which is its fastest way. */
async function graphileWorker(server: PostgresServer, jobs: number, workers: number): Promise<number> {
  const connectionString = await server.create("bare");
  const [adding, ...pools] = [patientPool(connectionString), ...Array.from({ length: workers }, () => patientPool(connectionString))];
  const utils = await makeWorkerUtils({ pgPool: adding });
  await utils.migrate();
  let done = 0;
  const all = Promise.withResolvers<void>();
  const took = await seconds(async () => {
    for (let from = 0; from < jobs; from += 10_000)
      await utils.addJobs(
        Array.from({ length: Math.min(10_000, jobs - from) }, (_, at) => ({ identifier: "due", payload: { group: from + at } })),
      );
    const runners = await Promise.all(
      pools.map((pgPool) =>
        run({
          pgPool,
          noHandleSignals: true,
          logger: new Logger(() => () => undefined),
          taskList: {
            due: () => {
              done += 1;
              if (done === jobs) all.resolve();
            },
          },
          preset: {
            worker: {
              concurrentJobs: 24,
              localQueue: { size: FETCH },
              completeJobBatchDelay: 0,
              failJobBatchDelay: 0,
            },
          },
        }),
      ),
    );
    await all.promise;
    await Promise.all(runners.map((runner) => runner.stop()));
  });
  await utils.release();
  await Promise.all([adding, ...pools].map((pool) => pool.end()));
  return jobs / took;
}

/** One and four workers, the systems in turn, the medians of `rounds`. */
export async function fanOut(server: PostgresServer, library: Library, groups: number, rounds: number): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const workers of [1, 4]) {
    const systems = {
      bare: () => given(server, groups, workers, markOpen),
      chosen: () => given(server, groups, workers, (tx, posts) => giveDrills(tx, library, posts, NOW)),
      "pg-boss": () => pgBoss(server, groups, workers),
      "pg-boss, chosen": () => pgBoss(server, groups, workers, messageFor(library)),
      "graphile-worker": () => graphileWorker(server, groups, workers),
    };
    const measured = new Map<string, number[]>();
    for (let round = 0; round < rounds; round++)
      for (const [name, measure] of Object.entries(systems)) measured.set(name, [...(measured.get(name) ?? []), await measure()]);
    const of = (name: keyof typeof systems) => median(measured.get(name) ?? []);
    const best = of("pg-boss") > of("graphile-worker") ? "pg-boss" : "graphile-worker";
    const reference = { name: `${best}/s`, value: of(best) };
    const named = `${groups.toLocaleString("en")} groups due, ${workers} worker${workers > 1 ? "s" : ""}`;
    const marked = { what: `${named}: claimed and marked`, ours: of("bare"), unit: "posts/s" };
    const put = { what: `${named}: with the drill chosen and put`, ours: of("chosen"), unit: "posts/s" };
    const doing = { name: "pg-boss/s that chooses and puts, too", value: of("pg-boss, chosen") };
    figures.push(
      { ...marked, reference, aim: workers === 1 ? "≥ 1.7" : "≥ 2.2" },
      { ...put, reference, aim: workers === 1 ? "≥ 2" : "≥ 3" },
      { ...put, reference: doing },
    );
  }
  return figures;
}

/** What a heartbeat costs when nothing is due, beside the least that a trip to the database can cost. */
export async function idleTick(server: PostgresServer, groups: number): Promise<readonly Figure[]> {
  const store = await opened(server, groups);
  await store.transaction((tx) => tx.posts.claimSlots(DUE - HOUR));
  const times = { agenda: [] as number[], ping: [] as number[] };
  for (let nth = 0; nth < 1_000; nth++)
    for (const [name, ask] of [
      ["agenda", () => store.agenda()],
      ["ping", () => store.ping()],
    ] as const) {
      const began = performance.now();
      await ask();
      if (nth >= 100) times[name].push(performance.now() - began);
    }
  await store.close();
  return [
    {
      what: `idle heartbeat, ${groups.toLocaleString("en")} groups`,
      ours: median(times.agenda),
      unit: "ms",
      reference: { name: "ms select 1", value: median(times.ping) },
      aim: "≤ 1.3 (1.5)",
    },
  ];
}
