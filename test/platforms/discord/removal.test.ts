/** The bot is removed from a server: what is kept of it waits thirty days for an invitation, and is deleted then. */
import { pino } from "pino";
import { expect, it } from "vitest";
import { commands } from "../../../commands/index.ts";
import { createComings } from "../../../src/app/comings.ts";
import { createEngine } from "../../../src/app/engine.ts";
import { DAY, HOUR } from "../../../src/core/place.ts";
import { library } from "../../kit/bank.ts";
import { openTestStore } from "../../kit/database.ts";
import { adapterFor } from "./harness.ts";
import { startDiscordStandIn } from "./stand_in/index.ts";

const NOW = Date.parse("2026-11-23T06:00:00Z");
const REMOVED_AT = NOW + HOUR;
const ADA = { id: "1001", name: "Ada", manager: true };
const BEN = { id: "1002", name: "Ben", manager: false };

interface Stage extends Awaited<ReturnType<typeof stage>> {}

/** Two servers with the same people, in which the same was done, and one of their members alone with the bot. */
async function stage() {
  const standIn = await startDiscordStandIn({ people: [ADA, BEN], guilds: 2 });
  const { store, rows } = await openTestStore("pglite");
  const errors: string[] = [];
  const log = pino({ level: "error" }, { write: (line: string) => void errors.push(line) });
  let now = NOW;
  const engine = createEngine({ commands, store, library, now: () => now, log });
  const comings = createComings({ store, platform: "discord", now: () => now, log });
  const adapter = adapterFor(standIn, engine.dispatcher, { comings, log });
  await adapter.start();
  engine.connect(adapter.messenger);
  const { driver, gateway, world } = standIn;
  const [gone, stays] = world.guilds;
  if (!gone || !stays) return expect.fail("no servers");

  const schedule = { time: "08:00", zone: "Europe/Berlin", weekdays: "daily", mix: "open" };
  for (const { home } of [gone, stays]) {
    await driver.slash(ADA.id, "setup", schedule, home);
    await driver.slash(BEN.id, "plan start", { days: "14" }, home);
  }
  await driver.slash(BEN.id, "plan start", { days: "14" }, world.directWith(BEN.id).id);
  now = NOW + HOUR;
  await engine.beat();
  for (const { home } of [gone, stays]) {
    const drill = world.channels.get(home)?.messages.at(-1) ?? expect.fail("no drill");
    const form = await driver.press(BEN.id, drill.id, "Answer");
    if (form.kind !== "modal") expect.fail("no form");
    else await driver.submitModal(form, { answer: "First whom it serves, then what it earns." });
    await driver.slash(ADA.id, "mock start", {}, home);
  }
  await engine.beat();

  const all = async () => {
    const tables = await rows("select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'kysely%'");
    const found = [];
    for (const { name } of tables)
      found.push(`${name}: ${JSON.stringify(await rows(`select * from "${String(name)}" t order by t::text`))}`);
    return found.join("\n");
  };
  const groupIn = ({ id, home }: typeof gone) => store.read.groups.at({ platform: "discord", space: id, channel: home });
  return {
    ...{ standIn, driver, gateway, world, gone, stays, store, groupIn, all },
    marks: () => rows("select space from left_space"),
    async at(instant: number) {
      now = instant;
      await engine.beat();
    },
    async stop() {
      await adapter.stop();
      await engine.stop();
      await standIn.stop();
      await store.close();
      expect(standIn.violations).toEqual([]);
      // What was still to be said in a server that is gone cannot be.
      expect(errors.filter((line) => !line.includes("a delivery was given up"))).toEqual([]);
    },
  };
}

const removal = (name: string, script: (on: Stage) => Promise<void>) =>
  it(name, async () => {
    const on = await stage();
    try {
      await script(on);
    } finally {
      await on.stop();
    }
  });

removal("a server that removed the bot is deleted whole after thirty days, and no other is", async ({ gone, stays, ...on }) => {
  const group = (await on.groupIn(gone)) ?? expect.fail("no group");
  const ids = [gone.id, gone.home, group.id];
  for (const id of ids) expect(await on.all()).toContain(id);
  // So that none of its groups pauses for the removal.
  await on.driver.slash(ADA.id, "daily pause", {}, gone.home);
  const paused = (await on.groupIn(gone))?.paused ?? expect.fail("not paused");
  on.gateway.removeFrom(gone.id);
  await expect.poll(on.marks).toEqual([{ space: gone.id }]);
  expect((await on.groupIn(gone))?.paused).toEqual(paused);

  await on.at(REMOVED_AT + 30 * DAY - HOUR);
  expect((await on.groupIn(gone))?.id).toBe(group.id);
  await on.at(REMOVED_AT + 30 * DAY);
  const left = await on.all();
  for (const id of ids) expect(left).not.toContain(id);
  for (const id of [stays.id, stays.home, "@me", "First whom it serves"]) expect(left).toContain(id);
  expect(await on.groupIn(stays)).toMatchObject({ paused: undefined });
});

removal("a server that invites the bot again in time finds all as it was, and its groups go on", async ({ gone, ...on }) => {
  const before = await on.groupIn(gone);
  on.gateway.removeFrom(gone.id);
  await expect.poll(async () => (await on.groupIn(gone))?.paused?.reason).toContain("was removed");
  await on.at(REMOVED_AT + 29 * DAY);
  on.gateway.addTo(gone.id);
  await expect.poll(on.marks).toEqual([]);
  await on.at(REMOVED_AT + 60 * DAY);
  expect(await on.groupIn(gone)).toEqual(before);
  expect(await on.all()).toMatch(new RegExp(`^study: .*"space":"${gone.id}","member":"${BEN.id}"`, "m"));
});

removal("an outage is no removal, and neither are direct messages a server", async ({ gone, stays, ...on }) => {
  on.gateway.removeFrom(gone.id, { outage: true });
  // A new session names the servers that it has: with that outage, and without one that was lost unheard.
  on.world.leave(stays.id);
  on.gateway.drop({ forget: true });
  await expect.poll(on.marks).toEqual([{ space: stays.id }]);
  expect((await on.groupIn(gone))?.paused).toBeUndefined();
  expect((await on.groupIn(stays))?.paused).toBeDefined();
});
