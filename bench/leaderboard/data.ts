/** Groups from 50 to a million members with ten million events, made in SQL. */
import pg from "pg";
import type { Store } from "../../src/app/ports.ts";

export const SPACE = { platform: "web", space: "bench" } as const;
/** Everything happened before this, within DAYS: longer, and the old weeks' boards would fill the disk and tell no more. */
export const NOW = Date.parse("2026-11-21T12:00:00Z");
export const DAYS = 5;

export interface Size {
  readonly group: string;
  readonly members: number;
  readonly events: number;
}

/** Larger groups have fewer events for each member: the sum is `events`. */
export function sizes(events: number, largest: number): readonly Size[] {
  const smaller = [50, 5_000, 100_000].filter((members) => members < largest);
  const shares = smaller.map((members) => ({ members, events: Math.round(Math.min(events / 8, members * 60)) }));
  const rest = events - shares.reduce((sum, share) => sum + share.events, 0);
  return [...shares, { members: largest, events: rest }].map((share) => ({ group: `g${share.members}`, ...share }));
}

/** Some people do much and most do little: the square of a uniform number. */
export async function fill(
  url: string,
  store: Store,
  all: readonly Size[],
): Promise<{ readonly insertMs: number; readonly rebuildMs: number }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const began = performance.now();
  // The triggers would sum each entry: here the rebuild does it, and is measured.
  await client.query("alter table ledger disable trigger user");
  const { rows: indexes } = await client.query<{ name: string; made: string }>(
    "select indexname as name, indexdef as made from pg_indexes where indexname in ('ledger_board', 'ledger_member')",
  );
  for (const { name } of indexes) await client.query(`drop index ${name}`);
  await client.query("select setseed(0.5)");
  for (const { group, members, events } of all) {
    await client.query("insert into study_group (id, platform, space, channel, created_at) values ($1, 'web', 'bench', $1, $2)", [
      group,
      new Date(NOW),
    ]);
    await client.query(
      "insert into member select 'web', 'bench', $1 || '-' || n, 'Member ' || n, $3 from generate_series(0, $2::integer - 1) as n on conflict do nothing",
      [group, members, new Date(NOW)],
    );
    await client.query(
      `insert into ledger (key, group_id, member, kind, points, earned_at, day)
       select $1 || '/' || n, $1, $1 || '-' || floor($2 * power(random(), 2)), 'drill', 1 + floor(10 * random()), at, at::date
       from (select n, $4::timestamptz - random() * interval '${DAYS} days' as at from generate_series(1, $3::integer) as n) as event`,
      [group, members, events, new Date(NOW)],
    );
  }
  for (const { made } of indexes) await client.query(made);
  await client.query("alter table ledger enable trigger user");
  await client.query("vacuum analyze ledger");
  const insertMs = performance.now() - began;
  const rebuilding = performance.now();
  await store.transaction((tx) => tx.boards.rebuild(SPACE.platform, SPACE.space));
  const rebuildMs = performance.now() - rebuilding;
  await client.query(
    `insert into score (scope, period, member, points)
     select scope, 'streak', member, 1 + floor(200 * power(random(), 3)) from score
     where period = 'all' and position('/' in scope) = 0 and random() < 0.4`,
  );
  await client.query("vacuum analyze");
  await client.end();
  return { insertMs, rebuildMs };
}
