/** What a database of an older version holds is read by this one. */
import { promises as fs } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Kysely, PostgresDialect, sql } from "kysely";
import { FileMigrationProvider, Migrator } from "kysely/migration";
import pg from "pg";
import { expect, test } from "vitest";
import { DAY } from "../../src/core/place.ts";
import { openStore } from "../../src/store/index.ts";
import { freshPostgres } from "../kit/database.ts";
import { channel, instant, round } from "./fixtures.ts";

const FOLDER = fileURLToPath(new URL("../../migrations", import.meta.url));
const NOW = instant("2026-05-01T10:00:00Z");

/** A database as the version before that migration left it, with some rows. */
async function before(migration: string, fill: (db: Kysely<never>) => Promise<void>): Promise<string> {
  const url = await freshPostgres({ migrated: false });
  const db = new Kysely<never>({ dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url }) }) });
  const migrator = new Migrator({ db, provider: new FileMigrationProvider({ fs, path, migrationFolder: FOLDER }) });
  const { error } = await migrator.migrateTo(migration);
  if (error) throw error;
  await fill(db);
  await db.destroy();
  return url;
}

test("cases that were revealed, or played, before that was kept count as met; the ledger knows the rounds of before", async () => {
  const step = { openedAt: NOW, closedAt: NOW + 1, extended: false, asks: [], answers: [] };
  const over = { phase: { name: "ended", how: "finished" }, steps: [step, step] } as const;
  const { interviewers: _new, ...first } = round("r1", "a", { ...over, candidate: "ann", scorers: ["cas"] });
  const rounds = [{ ...first, interviewer: "bob" }, round("r2", "a", { case: "never-begun", phase: { name: "ended", how: "expired" } })];
  const url = await before("0008_model", async (db) => {
    await sql`insert into study_group (id, platform, space, channel, created_at) values ('a', 'web', 'space', 'a', now())`.execute(db);
    for (const [nth, [drill, state]] of [
      ["open/video/data", "revealed"],
      ["draw/video/system", "revealed"],
      ["choice/batch/x", "revealed"],
      ["estimate/maps/peak", "open"],
    ].entries()) {
      const at = new Date(NOW + nth * DAY);
      await sql`insert into drill_post (group_id, local_date, state, due_at, drill, reveal_at)
        values ('a', ${at.toISOString().slice(0, 10)}::date, ${state}, ${at}, ${drill}, ${at})`.execute(db);
      await sql`insert into drill_answer (group_id, local_date, edition, member, nth, answer, answered_at, standing, coverage, grades)
        values ('a', ${at.toISOString().slice(0, 10)}::date, 1, 'dan', 1, 'x', ${at}, 'scored', 0, '[]')`.execute(db);
    }
    for (const one of rounds)
      await sql`insert into round (id, group_id, platform, space, channel, ended, interview)
        values (${one.id}, 'a', 'web', 'space', 'a', true, ${JSON.stringify(one)}::jsonb)`.execute(db);
  });
  const { store } = await openStore({ kind: "postgres", url });
  const met = { case: "ad-click", how: "round", at: NOW };
  expect(await store.read.seen.by(channel("a"), ["ann", "bob", "cas", "dan"])).toEqual([
    { member: "ann", ...met },
    { member: "bob", ...met },
    { member: "cas", ...met },
    { member: "dan", case: "video", how: "drill", at: NOW },
  ]);
  expect(await store.read.seats.lastCandidate("a", ["ann", "bob"])).toEqual(new Map([["ann", NOW + 1]]));
  await store.close();
});
