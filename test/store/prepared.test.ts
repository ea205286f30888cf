import pg from "pg";
import { afterEach, describe, expect, it, vi } from "vitest";
import { DAY } from "../../src/core/place.ts";
import { statementNames } from "../../src/store/prepared.ts";
import { busyMember, wholeRound, ZEBRA } from "../kit/busy_member.ts";
import { freshPostgres } from "../kit/database.ts";
import { openProduct, type Product } from "../kit/product.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** The name after so many times as make it worth one. */
const asked = (text: string, nameOf = statementNames()) => Array.from({ length: 5 }, () => nameOf(text)).at(-1);

describe("names of statements", () => {
  it("are given to what is asked often, the same each time", () => {
    const nameOf = statementNames();
    const given = Array.from({ length: 7 }, () => nameOf("select name from member where id = $1"));
    expect(given.slice(0, 4)).toEqual([undefined, undefined, undefined, undefined]);
    expect(new Set(given.slice(4)).size).toBe(1);
    expect(given[4]).toMatch(/^drillroom_\d+$/);
    expect(asked("select id from member where id = $1", nameOf)).not.toBe(given[4]);
  });

  it.each([
    "select * from question where id = $1",
    'select "study_group".*, zone from study_group where id = $1',
    "select post.* from drill_post post where id = $1",
    "update t set a = $1 returning *",
    "insert into t (a) values ($1)\nreturning\n  *",
    "select zone, * from t where id = $1",
    "SELECT DISTINCT * from t where id = $1",
    "select distinct on (member) * from t where id = $1",
  ])("are not given to what takes all columns: %s", (text) => {
    expect(asked(text)).toBeUndefined();
  });

  it.each(["select count(*) from t where a = $1", "select a + $1 * interval '1 hour' from t", "select a.b * $1 from t"])(
    "are given to another star: %s",
    (text) => {
      expect(asked(text)).toBeDefined();
    },
  );

  it("are few, whatever is asked", () => {
    const nameOf = statementNames();
    for (let nth = 0; nth < 3_000; nth++) nameOf(`select ${nth} where a = $1`);
    const given = Array.from({ length: 300 }, (_, nth) => asked(`select ${nth} where a = $1`, nameOf));
    expect(new Set(given.filter((name) => name !== undefined)).size).toBe(200);
    expect(given.slice(-100)).toEqual(Array.from({ length: 100 }, () => undefined));
  });
});

describe("a newer version's migration adds a column to every table while this one runs", () => {
  const MIGRATION = `
    do $$ declare name text; begin
      for name in select tablename from pg_tables where schemaname = 'public' and tablename not like 'kysely%' loop
        execute format('alter table %I add column newer integer not null default 7', name);
      end loop;
    end $$`;
  let product: Product;
  afterEach(() => product.close());

  it("and nobody notices", async () => {
    product = await openProduct("postgres");
    await busyMember(product);
    await wholeRound(product, ZEBRA, "Ben", "Chen");
    await wholeRound(product, "Chen", "Ben", ZEBRA);
    await product.rows(MIGRATION);
    await wholeRound(product, "Ben", "Chen", ZEBRA);
    await product.pass(DAY);
    for (const path of ["leaderboard", "progress", "recall", "data export"]) await product.act(ZEBRA, path);
    expect(product.logged.filter((line) => line.includes("failed"))).toEqual([]);
  });

  it("and whatever may be prepared gives what it gave", async () => {
    product = await openProduct("postgres");
    const sent = vi.spyOn(pg.Client.prototype, "query");
    await busyMember(product);
    await wholeRound(product, ZEBRA, "Ben", "Chen");
    for (const path of ["leaderboard", "progress", "recall", "data export"]) await product.act(ZEBRA, path);
    const statements = new Map(sent.mock.calls.map(([statement]) => statement as unknown as pg.QueryConfig).map((one) => [one.text, one]));
    sent.mockRestore();
    const preparable = [...statements.values()].filter(({ text, values }) => (values ?? []).length > 0 && asked(text) !== undefined);
    expect(preparable.length).toBeGreaterThan(80);

    const client = new pg.Client({ connectionString: await freshPostgres() });
    await client.connect();
    /** What the server refuses to run again: https://www.postgresql.org/docs/current/errcodes-appendix.html, feature_not_supported. */
    const refused = async () => {
      const texts: string[] = [];
      for (const [nth, { text, values = [] }] of preparable.entries()) {
        await client.query("begin");
        const error = await client.query({ name: `statement_${nth}`, text, values }).catch((reason: pg.DatabaseError) => reason);
        if ("code" in error && error.code === "0A000") texts.push(text);
        await client.query("rollback");
      }
      return texts;
    };
    expect(await refused()).toEqual([]);
    await client.query(MIGRATION);
    expect(await refused()).toEqual([]);
    await client.end();
  });
});
