/** Many servers over several connections and processes, on one database. */
import { afterEach, describe, expect, it } from "vitest";
import { commands } from "../../../commands/index.ts";
import { createComings } from "../../../src/app/comings.ts";
import { createEngine } from "../../../src/app/engine.ts";
import type { Store } from "../../../src/app/ports.ts";
import type { Shards } from "../../../src/platforms/discord/index.ts";
import { openStore } from "../../../src/store/index.ts";
import { RecordingDispatcher } from "../../contract/receiver.ts";
import { library } from "../../kit/bank.ts";
import { freshPostgres } from "../../kit/database.ts";
import { adapterFor, silent } from "./harness.ts";
import type { Reply } from "./stand_in/driver.ts";
import { type DiscordStandIn, startDiscordStandIn } from "./stand_in/index.ts";
import { shownOf } from "./stand_in/reading.ts";

const ADA = { id: "1001", name: "Ada", manager: true };
const running: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of running.splice(0).reverse()) await one.stop();
});

async function discord(guilds: number): Promise<DiscordStandIn> {
  const standIn = await startDiscordStandIn({ people: [ADA], guilds });
  running.push(standIn);
  return standIn;
}

interface Replica {
  readonly store: Store;
  beat(): Promise<void>;
  stop(): Promise<void>;
}

/** Drillroom as one of several processes: a store and an engine of its own, and its part of the shards. */
async function replica(standIn: DiscordStandIn, url: string, shards: Shards): Promise<Replica> {
  const { store } = await openStore({ kind: "postgres", url });
  const engine = createEngine({ commands, store, library, now: Date.now, log: silent });
  const comings = createComings({ store, platform: "discord", now: Date.now, log: silent });
  const adapter = adapterFor(standIn, engine.dispatcher, { shards, comings });
  await adapter.start();
  engine.connect(adapter.messenger);
  let stopped = false;
  const stop = async () => {
    if (stopped) return;
    stopped = true;
    await adapter.stop();
    await engine.stop();
    await store.close();
  };
  running.push({ stop });
  return { store, beat: () => engine.beat(), stop };
}

const text = (sight: Awaited<ReturnType<DiscordStandIn["driver"]["slash"]>>) => shownOf((sight as Reply).message.body).text;

describe("shards", () => {
  it.each([
    ["as many as Discord advises", "auto", ["0/3", "1/3", "2/3"]],
    ["all that were asked for", { ids: [0, 1], of: 2 }, ["0/2", "1/2"]],
    ["the part that was asked for", { ids: [2, 3], of: 4 }, ["2/4", "3/4"]],
  ] as const)("are in one process %s", async (_what, shards, connected) => {
    const standIn = await discord(4);
    standIn.gateway.advised = 3;
    const dispatcher = new RecordingDispatcher();
    const adapter = adapterFor(standIn, dispatcher, { shards });
    running.push(adapter);
    await adapter.start();
    expect(standIn.gateway.shards).toEqual(connected);
    expect(standIn.violations).toEqual([]);
  });

  it("answer each command once, and post each post once, from two processes on one database", async () => {
    const standIn = await discord(6);
    const url = await freshPostgres();
    const replicas = [await replica(standIn, url, { ids: [0, 1], of: 4 }), await replica(standIn, url, { ids: [2, 3], of: 4 })];
    expect(standIn.gateway.shards).toEqual(["0/4", "1/4", "2/4", "3/4"]);
    // In every server at once, so that either process would find the other's deliveries waiting.
    const schedule = { time: "09:00", zone: "UTC", weekdays: "daily", mix: "all", sealed: 20 };
    const replies = await Promise.all(standIn.world.guilds.map(({ home }) => standIn.driver.slash(ADA.id, "setup", schedule, home)));
    for (const reply of replies) {
      expect(text(reply)).toContain("The daily drill is set up");
      // Asked of Discord itself: no process knows the servers of the other's shards.
      expect(text(reply)).toContain("The bot may do all it needs here");
    }
    await Promise.all(standIn.world.guilds.map(({ home }) => standIn.driver.slash(ADA.id, "daily now", {}, home)));
    for (let beat = 0; beat < 3; beat++) await Promise.all(replicas.map((one) => one.beat()));
    for (const { home } of standIn.world.guilds) expect(standIn.world.channels.get(home)?.messages).toHaveLength(1);
    expect(standIn.driver.seenBy(ADA.id)).toHaveLength(12);
    expect(standIn.late).toEqual([]);
    expect(standIn.violations).toEqual([]);

    // Removed from a server of the first process's: the second one sees it, in what they share.
    const gone = standIn.world.guilds[2] ?? expect.fail("no server");
    const paused = async () =>
      (await replicas[1]?.store.read.groups.at({ platform: "discord", space: gone.id, channel: gone.home }))?.paused?.reason;
    standIn.gateway.removeFrom(gone.id);
    await expect.poll(paused).toContain("was removed from this server");
    standIn.gateway.addTo(gone.id);
    await expect.poll(paused).toBeUndefined();

    // Invited again while the process that would hear of it does not run: it is there at the next start.
    standIn.gateway.removeFrom(gone.id);
    await expect.poll(paused).toContain("was removed from this server");
    await replicas[0]?.stop();
    standIn.gateway.addTo(gone.id);
    const again = await replica(standIn, url, { ids: [0, 1], of: 4 });
    await expect.poll(paused).toBeUndefined();

    // Removed while that process does not run: it knows at the next start, and says nothing of the other's servers.
    await again.stop();
    standIn.world.leave(gone.id);
    await replica(standIn, url, { ids: [0, 1], of: 4 });
    await expect.poll(paused).toContain("was removed from this server");
    for (const { id, home } of standIn.world.guilds)
      expect((await replicas[1]?.store.read.groups.at({ platform: "discord", space: id, channel: home }))?.paused).toBeUndefined();
  });

  it("wait for their turn when another process begins beside them", async () => {
    const standIn = await discord(2);
    standIn.gateway.concurrency = 1;
    const adapters = [0, 1].map((id) => adapterFor(standIn, new RecordingDispatcher(), { shards: { ids: [id], of: 2 } }));
    running.push(...adapters);
    await Promise.all(adapters.map((adapter) => adapter.start()));
    expect(standIn.gateway.shards).toEqual(["0/2", "1/2"]);
    expect(standIn.gateway.history.filter((what) => what === "identify").length).toBeGreaterThan(2);
  });
});
