/** Whatever people do at once, ledger, scores and buckets say the same, and a rebuild changes nothing. */
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { award } from "../../src/app/awards.ts";
import type { Store } from "../../src/app/ports.ts";
import { DAY, HOUR } from "../../src/core/place.ts";
import { DAILY_CAP } from "../../src/core/points.ts";
import { openStore } from "../../src/store/index.ts";
import { freshPostgres } from "../kit/database.ts";
import { addGroup, berlin, channel, instant } from "./fixtures.ts";

// A Sunday evening: some of what follows is of another day, week and month in Berlin.
const START = instant("2026-05-31T20:00:00Z");
const GROUPS = ["g1", "g2"];
const MEMBERS = ["ann", "ben", "cas"];
const SPACE = "space";

type Deed =
  | {
      readonly does: "award";
      readonly group: string;
      readonly member: string;
      readonly points: number;
      readonly hours: number;
      readonly key: number;
    }
  | { readonly does: "void" | "restore"; readonly nth: number }
  | { readonly does: "rename" | "hide" | "show"; readonly member: string }
  | { readonly does: "season" | "fold" | "rebuild" | "move zone" };

const member = fc.constantFrom(...MEMBERS);
const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      does: fc.constant("award" as const),
      group: fc.constantFrom(...GROUPS),
      member,
      points: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.constant(80)),
      hours: fc.integer({ min: -60, max: 60 }),
      key: fc.nat(40),
    }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constantFrom("void" as const, "restore" as const), nth: fc.nat(6) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom("rename" as const, "hide" as const, "show" as const), member }) },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constantFrom("season" as const, "fold" as const, "rebuild" as const, "move zone" as const) }),
  },
);

let store: Store;
let raw: pg.Client;
beforeAll(async () => {
  const url = await freshPostgres();
  ({ store } = await openStore({ kind: "postgres", url }));
  raw = new pg.Client({ connectionString: url });
  await raw.connect();
});
afterAll(async () => {
  await raw.end();
  await store.close();
});

let serial = 0;

async function doIt(one: Deed): Promise<void> {
  const now = START + 100 * HOUR;
  serial += 1;
  const id = `n${serial}`;
  await store.transaction(async (tx) => {
    if (one.does === "award") {
      const group = await tx.groups.find(one.group);
      if (!group) throw new Error("no group");
      const at = START + one.hours * HOUR;
      await award(tx, group, [{ key: `k${one.key}`, member: one.member, kind: "drill", points: one.points, at }]);
    } else if (one.does === "void" || one.does === "restore") {
      const entry = (await tx.ledger.entries("g1", MEMBERS[one.nth % 3] ?? "", 9))[one.nth % 2];
      if (entry) await tx.ledger.setVoid(entry.id, one.does === "void", "ada", "why", now);
    } else if (one.does === "rename") await tx.ledger.rename("web", SPACE, one.member, `gone-${id}`);
    else if (one.does === "hide" || one.does === "show") await tx.boards.hide(channel("g1"), one.member, one.does === "hide", now);
    else if (one.does === "season") {
      const scope = { platform: "web", space: SPACE } as const;
      const at = START + (serial % 40) * HOUR;
      await tx.seasons.start(
        serial % 2 === 0 ? { kind: "server", ...scope } : { kind: "group", group: "g1", ...scope },
        { id, name: id, by: "ada" },
        at,
      );
    } else if (one.does === "fold") await tx.boards.fold();
    else if (one.does === "rebuild") await tx.boards.rebuild("web", SPACE);
    else await tx.groups.schedule("g1", { ...berlin("09:00"), zone: serial % 2 === 0 ? "Pacific/Kiritimati" : "Pacific/Pago_Pago" }, now);
  });
}

type Line = readonly [key: string, points: number];
const rowsOf = async (statement: string): Promise<readonly Line[]> =>
  sorted((await raw.query<{ key: string; points: string }>(statement)).rows.map(({ key, points }): Line => [key, Number(points)]));
const sorted = (lines: readonly Line[]): readonly Line[] => [...lines].sort(([a], [b]) => (a < b ? -1 : 1));

const scores = () => rowsOf(`select concat_ws('|', scope, period, member) as key, points from score where points > 0`);
const buckets = () =>
  rowsOf(
    `select concat_ws('|', scope, period, bucket) as key, sum(members) as points from score_bucket group by 1 having sum(members) <> 0`,
  );
const counted = () =>
  rowsOf(`select concat_ws('|', scope, period, bucket_of(points)) as key, count(*) as points from score where points > 0 group by 1`);

/** The same sums, added up here. */
async function summed(): Promise<readonly Line[]> {
  const { rows: seasons } = await raw.query<{ id: string; scope: string; starts: string; ends: string | null }>(
    "select id, scope, extract(epoch from starts_at) as starts, extract(epoch from ends_at) as ends from season",
  );
  const { rows } = await raw.query<{ group_id: string; member: string; day: string; at: string; points: number }>(
    "select group_id, member, day::text, extract(epoch from earned_at) as at, points from ledger",
  );
  const sums = new Map<string, number>();
  for (const { group_id, member, day, at, points } of rows)
    for (const scope of [group_id, `web/${SPACE}`]) {
      const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
      const monday = new Date(Date.parse(`${day}T00:00:00Z`) - weekday * DAY).toISOString().slice(0, 10);
      const own = seasons.filter(
        (one) => one.scope === scope && Number(one.starts) <= Number(at) && (one.ends === null || Number(at) < Number(one.ends)),
      );
      for (const period of ["all", `w${monday}`, `m${day.slice(0, 7)}`, ...own.map(({ id }) => `s${id}`)]) {
        const key = `${scope}|${period}|${member}`;
        sums.set(key, (sums.get(key) ?? 0) + points);
      }
    }
  return sorted([...sums].filter(([, points]) => points > 0));
}

async function ranksAreRight(): Promise<void> {
  const { rows } = await raw.query<{ member: string; points: number; hidden: boolean }>(
    `select member, points, exists (select from hidden_member where hidden_member.member = score.member) as hidden
     from score where scope = 'g1' and period = 'all' and points > 0`,
  );
  for (const { member, points } of rows) {
    const page = await store.read.boards.points({ kind: "group", platform: "web", space: SPACE, group: "g1" }, { kind: "all" }, member);
    const seen = rows.filter((other) => !other.hidden);
    const own = page.around.find((row) => row.member === member);
    expect(own).toMatchObject({ value: points, rank: 1 + seen.filter((other) => other.points > points).length });
    expect(page.top.map((row) => row.value)).toEqual(
      seen
        .map((row) => row.points)
        .sort((a, b) => b - a)
        .slice(0, 11),
    );
    for (const row of page.top) expect(row.rank).toBe(1 + seen.filter((other) => other.points > row.value).length);
    expect(page.members).toBe(seen.length);
  }
}

describe("boards on postgres", () => {
  it("stay the ledger's sums, whatever is done at once", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(deed, { minLength: 1, maxLength: 8 }), { maxLength: 5 }), async (waves) => {
        await raw.query("truncate study_group, ledger, score, score_bucket, season, hidden_member, digest, schedule_slot cascade");
        await store.transaction(async (tx) => {
          for (const group of GROUPS) await addGroup(tx, group, START, berlin("09:00"));
        });
        for (const wave of waves) await Promise.all(wave.map(doIt));
        const before = await scores();
        expect(before).toEqual(await summed());
        expect(await buckets()).toEqual(await counted());
        await ranksAreRight();
        const perDay = await raw.query("select from ledger where voids is null group by group_id, member, day having sum(points) > $1", [
          DAILY_CAP,
        ]);
        expect(perDay.rowCount).toBe(0);
        await store.transaction((tx) => tx.boards.rebuild("web", SPACE));
        expect(await scores()).toEqual(before);
        expect(await buckets()).toEqual(await counted());
      }),
      { numRuns: 25 },
    );
  });
});
