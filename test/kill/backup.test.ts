/** A server is copied while it is written to, and lost; the bot goes on with the copy where it stood. */
import pg from "pg";
import { expect, it, onTestFinished } from "vitest";
import { openStore } from "../../src/store/index.ts";
import { backUp, restorePostgres, startPostgres } from "../kit/postgres.ts";
import { start } from "../kit/process.ts";
import { ann, view } from "../store/fixtures.ts";
import { openDiscord } from "./discord_platform.ts";

const ada = { id: "1001", name: "Ada", manager: true };
const PATIENCE = { timeout: 40_000, interval: 100 };

/** Commits one interaction after another until `stop`, which tells how many there were. */
async function writer(url: string): Promise<{ committed(): number; stop(): Promise<void> }> {
  const { store } = await openStore({ kind: "postgres", url });
  let done = 0;
  let writing = true;
  const work = (async () => {
    while (writing) {
      await store.transaction(async (tx) => {
        await tx.invocations.seen(`i${done + 1}`, ann, done);
        await tx.invocations.replied(`i${done + 1}`, view("kept"));
      });
      done += 1;
    }
  })();
  return {
    committed: () => done,
    async stop() {
      writing = false;
      await work;
      await store.close();
    },
  };
}

/** The first rows of a query, read past the product. */
async function ask(url: string, ...statements: readonly string[]): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const answers: unknown[] = [];
  for (const statement of statements) answers.push((await client.query<Record<string, unknown>>(statement)).rows[0]);
  await client.end();
  return answers;
}

it("a backup of a server in use holds all that was committed before it; what waited in it is sent", async () => {
  const server = await startPostgres();
  onTestFinished(() => server.stop());
  const url = await server.create();
  const platform = await openDiscord([ada]);
  onTestFinished(() => platform.stop());
  const said = async (words: string) => (await platform.shown(platform.channel)).filter(({ text }) => text.includes(words));
  const times = async (words: string) => (await said(words)).length;
  const bot = await start({ ...platform.env, DATABASE_URL: url });
  onTestFinished(() => bot.kill());
  await platform.slash(ada, "setup", { time: "09:00", zone: "UTC", weekdays: "daily" });
  await platform.slash(ada, "daily now", {});
  await expect.poll(() => times("Daily drill"), PATIENCE).toBe(1);

  // A round that was asked for, and that nobody has seen when the process ends.
  const ended = new Promise<void>((done) => platform.turnAwayNextPost(() => void bot.stop().then(() => done())));
  await platform.slash(ada, "mock start", {});
  await ended;
  expect(await times("Mock round")).toBe(0);

  const others = await writer(url);
  onTestFinished(() => others.stop().catch(() => undefined));
  await expect.poll(() => others.committed()).toBeGreaterThan(10);
  const promised = others.committed();
  const copy = await backUp(server);
  await others.stop();
  expect(others.committed()).toBeGreaterThan(promised);
  await server.stop();

  const restored = await restorePostgres(copy);
  onTestFinished(() => restored.stop());
  const where = restored.address(new URL(url).pathname.slice(1));
  const [held] = await ask(
    where,
    `select count(*)::int as kept from invocation where substr(id, 2)::int <= ${promised} and id ~ '^i\\d+$'`,
  );
  expect(held).toEqual({ kept: promised });
  const next = await start({ ...platform.env, DATABASE_URL: where });
  onTestFinished(() => next.kill());
  await expect.poll(() => times("Mock round"), PATIENCE).toBe(1);
  expect(await times("Daily drill")).toBe(1);

  // Numbers go on where they stood, and points still reach the boards.
  const [lobby = expect.fail("no lobby")] = await said("Mock round");
  await platform.press(ada, lobby, "Interviewer");
  const [lanes, , score] = await ask(
    where,
    "select count(*) = count(distinct seq) as apart from outbox",
    "insert into ledger (key, group_id, member, kind, points, earned_at) select 'k', id, 'ann', 'drill', 5, now() from study_group",
    "select points from score where member = 'ann' and period = 'all'",
  );
  expect([lanes, score]).toEqual([{ apart: true }, { points: 5 }]);
  expect(await next.stop()).toBe(0);
});
