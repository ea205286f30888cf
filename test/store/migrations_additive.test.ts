/**
 * While replicas are replaced one at a time, an old version reads and writes the new database. So no
 * migration may take away, narrow or demand anything of what was there before it.
 */
import { promises as fs } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Kysely, PostgresDialect } from "kysely";
import { FileMigrationProvider, Migrator } from "kysely/migration";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openStore } from "../../src/store/index.ts";
import { freshPostgres } from "../kit/database.ts";

const FOLDER = fileURLToPath(new URL("../../migrations", import.meta.url));

/** What broke the rule before the first release, when no old version ran beside a new one. Nothing is added here after it. */
const BEFORE_THE_FIRST_RELEASE: Readonly<Record<string, readonly string[]>> = {
  // Editions became part of the keys of drills and answers.
  "0007_daily": [
    "drill_answer lost FOREIGN KEY (group_id, local_date) REFERENCES drill_post(group_id, local_date)",
    "drill_answer lost PRIMARY KEY (group_id, local_date, member, nth)",
    "drill_answer demands FOREIGN KEY (group_id, local_date, edition) REFERENCES drill_post(group_id, local_date, edition)",
    "drill_answer demands PRIMARY KEY (group_id, local_date, edition, member, nth)",
    "drill_post lost CHECK ((state = ANY (ARRAY['due'::text, 'open'::text, 'revealed'::text, 'skipped'::text])))",
    "drill_post lost PRIMARY KEY (group_id, local_date)",
    "drill_post demands CHECK ((state = ANY (ARRAY['due'::text, 'open'::text, 'revealed'::text, 'skipped'::text, 'replaced'::text])))",
    "drill_post demands PRIMARY KEY (group_id, local_date, edition)",
  ],
  // A trigger fills it where an old version leaves it out, which the last test here looks at.
  "0010_leaderboards": ["ledger.day is new and must be given"],
};

interface Column {
  readonly name: string;
  readonly type: string;
  readonly needed: boolean;
  readonly filled: boolean;
}
interface Constraint {
  readonly table: string;
  readonly definition: string;
  readonly columns: readonly string[];
  /** A unique index without a constraint of its own is one. */
  readonly kind: "check" | "foreign" | "unique" | "other";
}
interface Shape {
  readonly columns: ReadonlyMap<string, Column>;
  readonly constraints: ReadonlyMap<string, Constraint>;
  readonly functions: ReadonlySet<string>;
}

/** filled: by a default, an identity or an expression. */
const COLUMNS = `
  select format('%s.%s', c.relname, a.attname) as name, format_type(a.atttypid, a.atttypmod) as type,
    a.attnotnull as needed, a.atthasdef or a.attidentity <> '' as filled
  from pg_attribute a join pg_class c on c.oid = a.attrelid
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not like 'kysely%'
    and a.attnum > 0 and not a.attisdropped`;

/** Not null has been a constraint of its own since PostgreSQL 18; here it is a property of a column. */
const CONSTRAINTS = `
  select c.conrelid::regclass::text as table, pg_get_constraintdef(c.oid) as definition,
    case c.contype when 'c' then 'check' when 'f' then 'foreign' when 'p' then 'unique' when 'u' then 'unique' else 'other' end as kind,
    array(select attname::text from pg_attribute where attrelid = c.conrelid and attnum = any(c.conkey)) as columns
  from pg_constraint c where c.connamespace = 'public'::regnamespace and c.conrelid <> 0 and c.contype <> 'n'
  union all
  select i.indrelid::regclass::text, pg_get_indexdef(i.indexrelid), 'unique',
    array(select attname::text from pg_attribute where attrelid = i.indrelid and attnum = any(i.indkey))
  from pg_index i join pg_class c on c.oid = i.indexrelid
  where i.indisunique and c.relnamespace = 'public'::regnamespace
    and not exists (select from pg_constraint where conindid = i.indexrelid)`;

const FUNCTIONS = `
  select format('%s(%s) returning %s', proname, pg_get_function_identity_arguments(oid), pg_get_function_result(oid)) as name
  from pg_proc where pronamespace = 'public'::regnamespace`;

let client: pg.Client;
let db: Kysely<never>;
let url: string;
beforeEach(async () => {
  url = await freshPostgres({ migrated: false });
  client = new pg.Client({ connectionString: url });
  await client.connect();
  db = new Kysely<never>({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url }) }) });
});
afterEach(async () => {
  await client.end();
  await db.destroy();
});

async function shape(): Promise<Shape> {
  const rows = async <T extends pg.QueryResultRow>(query: string) => (await client.query<T>(query)).rows;
  return {
    columns: new Map((await rows<Column>(COLUMNS)).map((column) => [column.name, column])),
    constraints: new Map((await rows<Constraint>(CONSTRAINTS)).map((one) => [`${one.table} ${one.definition}`, one])),
    functions: new Set((await rows<{ name: string }>(FUNCTIONS)).map(({ name }) => name)),
  };
}

const tableOf = (column: string): string => column.slice(0, column.indexOf("."));

function broken(before: Shape, after: Shape): readonly string[] {
  const tables = new Set([...before.columns.keys()].map(tableOf));
  const columns = [...before.columns.values()].flatMap((was) => {
    const is = after.columns.get(was.name);
    if (!is) return [`${was.name} is gone`];
    return [
      ...(is.type === was.type ? [] : [`${was.name} was ${was.type} and is ${is.type}`]),
      ...(is.needed && !was.needed ? [`${was.name} must be given`] : []),
      ...(was.filled && !is.filled ? [`${was.name} lost its default`] : []),
    ];
  });
  const added = [...after.columns.values()].filter(({ name }) => !before.columns.has(name) && tables.has(tableOf(name)));
  const demanded = added.filter(({ needed, filled }) => needed && !filled).map(({ name }) => `${name} is new and must be given`);
  /** What is null in every row of an old version satisfies any check, key or reference. */
  const leftNull = new Set(added.filter(({ needed, filled }) => !needed && !filled).map(({ name }) => name));
  const lost = [...before.constraints].filter(([key]) => !after.constraints.has(key));
  const gained = [...after.constraints].filter(
    ([key, { table, columns }]) =>
      !before.constraints.has(key) && tables.has(table) && !columns.some((column) => leftNull.has(`${table}.${column}`)),
  );
  return [
    ...columns,
    ...demanded,
    // An old version's "on conflict" names it, and what it forbade the old version does not expect to read.
    ...lost.map(([, { table, definition }]) => `${table} lost ${definition}`),
    ...gained.map(([, { table, definition }]) => `${table} demands ${definition}`),
    ...[...before.functions].filter((name) => !after.functions.has(name)).map((name) => `${name} is gone`),
  ];
}

/** Runs them one by one; gives what each broke, where it broke anything. */
async function brokenByEach(migrator: Migrator): Promise<Record<string, readonly string[]>> {
  const found: Record<string, readonly string[]> = {};
  for (let before = await shape(); ; ) {
    const { error, results = [] } = await migrator.migrateUp();
    if (error) throw error;
    const done = results[0];
    if (!done) return found;
    const after = await shape();
    const lines = broken(before, after);
    if (lines.length > 0) found[done.migrationName] = [...lines].sort();
    before = after;
  }
}

const sorted = (all: Readonly<Record<string, readonly string[]>>) =>
  Object.fromEntries(Object.entries(all).map(([name, lines]) => [name, [...lines].sort()]));

describe("a migration", () => {
  test("leaves an old version all that it reads and writes", async () => {
    const provider = new FileMigrationProvider({ fs, path, migrationFolder: FOLDER });
    expect(await brokenByEach(new Migrator({ db, provider }))).toEqual(sorted(BEFORE_THE_FIRST_RELEASE));
  });

  test("that takes away, narrows or demands something is noticed", async () => {
    const one = (statement: string) => ({ up: async () => void (await client.query(statement)) });
    const steps = [
      "create table a (id text primary key, kept text, n integer not null default 1, m text unique)",
      "alter table a drop column kept",
      "alter table a alter column n type bigint",
      "alter table a alter column n drop default",
      "alter table a alter column m set not null",
      "alter table a add column needed text not null",
      "alter table a add check (n > 0)",
      "alter table a drop constraint a_m_key",
      "create unique index on a (n)",
      "alter table a add column x text not null default '' unique",
      // These are as they should be.
      "alter table a add column y text unique references a, add column z integer not null default 0, add check (y <> '')",
      "create table b (id text primary key references a)",
      "create index on a (n)",
    ];
    const migrations = Object.fromEntries(steps.map((statement, nth) => [String(nth).padStart(2, "0"), one(statement)]));
    const found = await brokenByEach(new Migrator({ db, provider: { getMigrations: async () => migrations } }));
    expect(Object.values(found)).toEqual([
      ["a.kept is gone"],
      ["a.n was integer and is bigint"],
      ["a.n lost its default"],
      ["a.m must be given"],
      ["a.needed is new and must be given"],
      ["a demands CHECK ((n > 0))"],
      ["a lost UNIQUE (m)"],
      ["a demands CREATE UNIQUE INDEX a_n_idx ON public.a USING btree (n)"],
      ["a demands UNIQUE (x)"],
    ]);
  });

  test("0010 fills the day of what an old version enters into the ledger", async () => {
    const { store } = await openStore({ kind: "postgres", url });
    await client.query("insert into study_group (id, platform, space, channel, created_at) values ('g', 'web', 's', 'c', now())");
    await client.query(
      "insert into ledger (key, group_id, member, kind, points, earned_at) values ('k', 'g', 'ann', 'drill', 5, '2026-05-01T23:30:00Z')",
    );
    const { rows } = await client.query("select day::text from ledger");
    expect(rows).toEqual([{ day: "2026-05-01" }]);
    await store.close();
  });
});

test("four replicas that start at once on an older database bring it up to date once", async () => {
  const provider = new FileMigrationProvider({ fs, path, migrationFolder: FOLDER });
  await new Migrator({ db, provider }).migrateTo("0009_mock_plans");
  await client.query("insert into study_group (id, platform, space, channel, created_at) values ('g', 'web', 's', 'c', now())");
  await client.query("insert into ledger (key, group_id, member, kind, points, earned_at) values ('k', 'g', 'ann', 'drill', 5, now())");
  const opened = await Promise.all([1, 2, 3, 4].map(() => openStore({ kind: "postgres", url })));
  const { rows } = await client.query(
    "select (select sum(points) from score where period = 'all' and scope = 'g') as points, (select count(*) from kysely_migration) as done",
  );
  expect(rows).toEqual([{ points: "5", done: String((await fs.readdir(FOLDER)).length) }]);
  await Promise.all(opened.map(({ store }) => store.close()));
});

test("a version from before starts on a database that a newer one has migrated, as when an update is taken back", async () => {
  const first = await openStore({ kind: "postgres", url });
  await first.store.close();
  await client.query("alter table study_group add column newer text not null default ''");
  await client.query("insert into kysely_migration (name, timestamp) values ('9999_newer', '2030-01-01T00:00:00.000Z')");
  const { store } = await openStore({ kind: "postgres", url });
  const at = { platform: "web", space: "s", channel: "c" } as const;
  expect(await store.transaction((tx) => tx.groups.ensure(at, "g", 0))).toMatchObject({ id: "g" });
  await store.close();
  // One that stands between those of this version is no newer one's: somebody took a file away.
  await client.query("insert into kysely_migration (name, timestamp) values ('0001_gone', '2030-01-02T00:00:00.000Z')");
  await expect(openStore({ kind: "postgres", url })).rejects.toThrow("0001_gone is missing");
});

test("a version that waits while a newer one migrates starts, too", async () => {
  const first = await openStore({ kind: "postgres", url });
  await first.store.close();
  // As Kysely's migrator does, for the time of its work.
  await client.query("begin");
  await client.query("select pg_advisory_xact_lock(3853314791062309107)");
  const waiting = openStore({ kind: "postgres", url });
  await sleep(500);
  await client.query("insert into kysely_migration (name, timestamp) values ('9999_newer', '2030-01-01T00:00:00.000Z')");
  await client.query("commit");
  await (await waiting).store.close();
});
