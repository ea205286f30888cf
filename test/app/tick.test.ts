/** One row that fails, and those beside it. */
import { afterEach, expect, it } from "vitest";
import { eachAlone } from "../../src/app/batches.ts";
import { createEngine } from "../../src/app/engine.ts";
import { unmetered } from "../../src/app/meter.ts";
import type { Store, Tx } from "../../src/app/ports.ts";
import { createTick } from "../../src/app/tick.ts";
import { DAY, HOUR } from "../../src/core/place.ts";
import { createLog } from "../../src/operations/log.ts";
import { CHANNEL, openProduct, type Product } from "../kit/product.ts";

let product: Product;
afterEach(() => product.close());

const GROUPS = 7;
const BROKEN = "c3";

/** Groups in channels c0 … c6 that all meet at eight. */
async function open(): Promise<void> {
  product = await openProduct();
  for (let nth = 0; nth < GROUPS; nth++)
    await product.act(
      "Ada",
      "setup",
      { time: "08:00", zone: "Europe/Berlin", weekdays: "daily" },
      { place: { ...CHANNEL, channel: `c${nth}` } },
    );
}

/** A tick over the same store in which putting a message into the broken channel fails. */
function brokenEngine(): { beat(): Promise<void>; logged: string[] } {
  const logged: string[] = [];
  const failing = (tx: Tx): Tx => ({
    ...tx,
    outbox: {
      ...tx.outbox,
      async put(effects, now) {
        if (effects.some(({ to }) => to.channel === BROKEN)) throw new Error("a bug");
        return tx.outbox.put(effects, now);
      },
    },
  });
  const store: Store = { ...product.store, transaction: (work) => product.store.transaction((tx) => work(failing(tx))) };
  const log = createLog("error", [], { write: (line: string) => void logged.push(line) });
  const engine = createEngine({ commands: [], store, library: product.library, now: () => product.now, log });
  engine.connect({ platform: "web", inspect: async () => [], deliver: async () => ({ remote: crypto.randomUUID() }) });
  return { beat: () => engine.beat(), logged };
}

const states = async (): Promise<readonly (string | undefined)[]> => {
  const { read } = product.store;
  const groups = await Promise.all(Array.from({ length: GROUPS }, (_, nth) => read.groups.at({ ...CHANNEL, channel: `c${nth}` })));
  return Promise.all(groups.map(async (group) => (group ? (await read.posts.newest(group.id))?.state : "no group")));
};

it("a drill, and a reveal, that cannot be made hold up no other group's, and come when they can", async () => {
  await open();
  const broken = brokenEngine();
  product.now += HOUR;
  await broken.beat();
  expect(await states()).toEqual(["open", "open", "open", undefined, "open", "open", "open"]);
  expect(broken.logged.filter((line) => line.includes("for one row"))).toHaveLength(1);
  await product.engine.beat();
  expect(await states()).toEqual(Array(GROUPS).fill("open"));

  product.now += DAY - 2 * HOUR;
  await broken.beat();
  expect(await states()).toEqual(["revealed", "revealed", "revealed", "open", "revealed", "revealed", "revealed"]);
  await product.engine.beat();
  expect(await states()).toEqual(Array(GROUPS).fill("revealed"));
});

it("what is due still when it was handled is left to the next beat, however much it is", async () => {
  product = await openProduct();
  const ids = Array.from({ length: 150 }, (_, nth) => `round-${nth}`);
  const handled: string[] = [];
  await eachAlone(
    { store: product.store, log: createLog("error", []) },
    async (_tx, limit, without) => ids.filter((id) => !without.includes(id)).slice(0, limit),
    async (_tx, id) => void handled.push(id),
  );
  expect(handled.sort()).toEqual([...ids].sort());
});

it("one that fails alone holds up no other, and is told", async () => {
  product = await openProduct();
  const ids = ["a", "b", "c", "d", "e", "f"];
  const handled: string[] = [];
  const logged: string[] = [];
  await eachAlone(
    { store: product.store, log: createLog("error", [], { write: (line: string) => void logged.push(line) }) },
    async (_tx, limit, without) => ids.filter((id) => !without.includes(id)).slice(0, limit),
    async (_tx, id) => {
      if (id === "b") throw new Error("a bug");
      handled.push(id);
    },
  );
  expect(handled.sort()).toEqual(["a", "c", "d", "e", "f"]);
  expect(logged.map((line) => JSON.parse(line))).toEqual([expect.objectContaining({ row: "b" })]);
});

it("a round that somebody is just changing holds up no other that is due", async () => {
  product = await openProduct("postgres");
  const { act, engine, store } = product;
  const ids: string[] = [];
  for (const channel of ["c0", "c1", "c2"]) {
    await act("Ada", "mock start", {}, { place: { ...CHANNEL, channel } });
    const group = await store.read.groups.at({ ...CHANNEL, channel });
    const [round] = await store.read.rounds.active(group?.id ?? "");
    ids.push(round?.id ?? expect.fail("no lobby"));
    product.now += 1;
  }
  // What a delivery is just changing is passed over, too: here all have ended.
  await product.pass(0);
  product.now += HOUR;
  const phases = () => Promise.all(ids.map(async (id) => (await store.read.rounds.find(id))?.phase.name));
  let beat: Promise<void> | undefined;
  await store.transaction(async (tx) => {
    await tx.lock(`interview/${ids[0]}`);
    beat = engine.beat();
    await expect.poll(phases).toEqual(["lobby", "ended", "ended"]);
  });
  await beat;
  expect(await phases()).toEqual(["ended", "ended", "ended"]);
});

it("a platform that does not say whether the bot is in a server holds up no tick, and is asked once it is connected", async () => {
  product = await openProduct();
  const { store, library, now } = product;
  await store.transaction((tx) => tx.spaces.leave({ platform: "web", space: "s9" }, now));
  const said = Promise.withResolvers<boolean>();
  const asked: string[] = [];
  const { tick, aside } = createTick({
    store,
    library,
    log: createLog("silent", []),
    meter: unmetered,
    isIn({ space }) {
      asked.push(space);
      return said.promise;
    },
  });
  const left = () => store.transaction((tx) => tx.spaces.due(now, ["web"]));
  await tick(now, []);
  await aside();
  expect(asked).toEqual([]);
  await tick(now + 1, ["web"]);
  // An hour later it still has not answered, and is not asked a second time beside that.
  await tick(now + HOUR + 1, ["web"]);
  expect(await left()).toHaveLength(1);
  expect(asked).toEqual(["s9"]);
  said.resolve(false);
  await aside();
  expect(await left()).toEqual([]);
});
