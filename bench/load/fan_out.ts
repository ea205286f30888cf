/** A morning: so many groups are due in one minute. Beside two job queues that do no more than claim and complete. */
import { Logger, makeWorkerUtils, run } from "graphile-worker";
import pg from "pg";
import { PgBoss } from "pg-boss";
import { inBatches, WIDE } from "../../src/app/batches.ts";
import { giveDrills } from "../../src/app/daily_post.ts";
import type { Library } from "../../src/app/library.ts";
import type { Store } from "../../src/app/ports.ts";
import type { Why } from "../../src/core/drill_choice.ts";
import { HOUR, SECOND } from "../../src/core/place.ts";
import { createLog } from "../../src/operations/log.ts";
import { openStore } from "../../src/store/index.ts";
import type { PostgresServer } from "../../test/kit/postgres.ts";
import { type Figure, median } from "../figures.ts";

export const DUE = Date.parse("2026-05-05T07:00:00Z");
export const NOW = DUE + SECOND;
/** As many as the job queues fetch at once. */
const FETCH = 500;
export const WHY: Why = { kind: "open", step: "data", strength: null, fresh: 3, allowed: 4, widened: false };

/** Seconds that a piece of work takes. */
async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / SECOND;
}

const together = (workers: number, work: () => Promise<void>): Promise<unknown> => Promise.all(Array.from({ length: workers }, work));

/** Groups of one schedule that is due, each in a channel of its own. */
export async function opened(server: PostgresServer, groups: number): Promise<Store> {
  const url = await server.create();
  const raw = new pg.Client({ connectionString: url });
  await raw.connect();
  await raw.query("insert into schedule_slot (zone, wall_time, weekdays, next_due_at) values ('Europe/Berlin', '09:00', 127, $1)", [
    new Date(DUE),
  ]);
  await raw.query(
    `insert into study_group (id, platform, space, channel, slot, scheduled_from, created_at)
     select 'g' || n, 'web', 's' || n % 1000, 'c' || n, 1, $1, $1 from generate_series(1, $2::int) n`,
    [new Date(DUE - HOUR), groups],
  );
  await raw.query("vacuum analyze");
  await raw.end();
  return (await openStore({ kind: "postgres", url })).store;
}

/** Claimed from the schedule and marked as done, which is what the queues do with a job. */
export async function bare(server: PostgresServer, groups: number, workers: number): Promise<number> {
  const store = await opened(server, groups);
  const took = await seconds(async () => {
    await store.transaction((tx) => tx.posts.claimSlots(NOW));
    await together(workers, async () => {
      for (let left = FETCH; left === FETCH; )
        left = await store.transaction(async (tx) => {
          const posts = await tx.posts.claimDue(["web"], FETCH);
          await tx.posts.open(posts.map((post) => ({ ...post, drill: "a/drill", why: WHY, revealAt: NOW + HOUR, remindAt: NOW + HOUR })));
          return posts.length;
        });
    });
  });
  await store.close();
  return groups / took;
}

/** As the product does it: chosen for each group from what it has had, and put into the outbox. */
export async function chosen(server: PostgresServer, library: Library, groups: number, workers: number): Promise<number> {
  const store = await opened(server, groups);
  const log = createLog("error", []);
  const took = await seconds(async () => {
    await store.transaction((tx) => tx.posts.claimSlots(NOW));
    await together(workers, () =>
      inBatches(
        { store, log },
        (tx, limit, without) => tx.posts.claimDue(["web"], limit, without),
        ({ group }) => group,
        (tx, posts) => giveDrills(tx, library, posts, NOW),
        WIDE,
      ),
    );
  });
  await store.close();
  return groups / took;
}

export async function pgBoss(server: PostgresServer, jobs: number, workers: number): Promise<number> {
  const boss = new PgBoss({ connectionString: await server.create("bare"), supervise: false, schedule: false });
  await boss.start();
  await boss.createQueue("due");
  const took = await seconds(async () => {
    for (let from = 0; from < jobs; from += 10_000)
      await boss.insert(
        "due",
        Array.from({ length: Math.min(10_000, jobs - from) }, (_, at) => ({ data: { group: from + at } })),
      );
    await together(workers, async () => {
      for (;;) {
        const fetched = await boss.fetch("due", { batchSize: FETCH });
        if (fetched.length === 0) return;
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

export async function graphileWorker(server: PostgresServer, jobs: number, workers: number): Promise<number> {
  const connectionString = await server.create("bare");
  const utils = await makeWorkerUtils({ connectionString });
  await utils.migrate();
  let done = 0;
  const all = Promise.withResolvers<void>();
  const took = await seconds(async () => {
    for (let from = 0; from < jobs; from += 10_000)
      await utils.addJobs(
        Array.from({ length: Math.min(10_000, jobs - from) }, (_, at) => ({ identifier: "due", payload: { group: from + at } })),
      );
    const runners = await Promise.all(
      Array.from({ length: workers }, () =>
        run({
          connectionString,
          noHandleSignals: true,
          logger: new Logger(() => () => undefined),
          taskList: {
            due: () => {
              done += 1;
              if (done === jobs) all.resolve();
            },
          },
          // Its fast way: jobs are fetched and completed by the batch.
          preset: {
            worker: {
              concurrentJobs: 24,
              maxPoolSize: 12,
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
  return jobs / took;
}

/** One and four workers, the systems in turn, the medians of `rounds`. */
export async function fanOut(server: PostgresServer, library: Library, groups: number, rounds: number): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const workers of [1, 4]) {
    const systems = {
      bare: () => bare(server, groups, workers),
      chosen: () => chosen(server, library, groups, workers),
      "pg-boss": () => pgBoss(server, groups, workers),
      "graphile-worker": () => graphileWorker(server, groups, workers),
    };
    const measured = new Map<string, number[]>();
    for (let round = 0; round < rounds; round++)
      for (const [name, measure] of Object.entries(systems)) measured.set(name, [...(measured.get(name) ?? []), await measure()]);
    const of = (name: keyof typeof systems) => median(measured.get(name) ?? []);
    const best = of("pg-boss") > of("graphile-worker") ? "pg-boss" : "graphile-worker";
    const reference = { name: `${best}/s`, value: of(best) };
    const named = `${groups.toLocaleString("en")} groups due, ${workers} worker${workers > 1 ? "s" : ""}`;
    figures.push({
      what: `${named}: claimed and marked`,
      ours: of("bare"),
      unit: "posts/s",
      reference,
      aim: workers === 1 ? "≥ 1.7" : "≥ 2.2",
    });
    figures.push({
      what: `${named}: with the drill chosen and put`,
      ours: of("chosen"),
      unit: "posts/s",
      reference,
      aim: workers === 1 ? "≥ 2" : "≥ 3",
    });
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
