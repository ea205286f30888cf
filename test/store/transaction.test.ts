import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { Store } from "../../src/app/ports.ts";
import { type OpenStore, openStore } from "../../src/store/index.ts";
import { describeOnDatabases, freshPostgres, openTestStore } from "../kit/database.ts";
import { ann, channel, instant, view } from "./fixtures.ts";

const NOW = instant("2026-05-05T07:00:00Z");

describeOnDatabases("transaction", (open) => {
  test("an invocation is seen once, and its reply kept", async () => {
    const { store } = await open();
    await store.transaction(async (tx) => {
      expect(await tx.invocations.seen("i", ann, NOW)).toBeUndefined();
      await tx.invocations.replied("i", view("done"));
    });
    expect(await store.transaction((tx) => tx.invocations.seen("i", ann, NOW + 1))).toEqual({ reply: view("done") });
    expect(await store.transaction((tx) => tx.invocations.seen("another", ann, NOW + 1))).toBeUndefined();
  });

  test("an invocation that failed was not seen", async () => {
    const { store } = await open();
    const failing = store.transaction(async (tx) => {
      await tx.invocations.seen("i", ann, NOW);
      throw new Error("a bug");
    });
    await expect(failing).rejects.toThrow("a bug");
    expect(await store.transaction((tx) => tx.invocations.seen("i", ann, NOW))).toBeUndefined();
  });

  test("the same invocation eight times at once runs once, and all get its reply", async () => {
    const { store } = await open();
    let runs = 0;
    const dispatch = () =>
      store.transaction(async (tx) => {
        const seen = await tx.invocations.seen("i", ann, NOW);
        if (seen) return seen.reply;
        const reply = view(`run ${++runs}`);
        await tx.invocations.replied("i", reply);
        return reply;
      });
    const replies = await Promise.all(Array.from({ length: 8 }, dispatch));
    expect(replies).toEqual(Array.from({ length: 8 }, () => view("run 1")));
  });

  test("after an error inside it, a transaction is gone and the next one works", async () => {
    const { store } = await open();
    const broken = store.transaction(async (tx) => {
      await tx.members.remember({ ...channel("c"), id: "ann", name: "Ann", manager: false }, NOW);
      await tx.groups.schedule("no such group", { time: "25:00", zone: "UTC", weekdays: 1 }, NOW);
    });
    await expect(broken).rejects.toThrow();
    expect(await store.read.members.names(channel("c"), ["ann"])).toEqual(new Map());
    await store.ping();
  });

  test("reading beside a running transaction waits for it, or sees what was before", async () => {
    const { store } = await open();
    let reading = Promise.resolve<ReadonlyMap<string, string>>(new Map());
    await store.transaction(async (tx) => {
      reading = store.read.members.names(channel("c"), ["ann"]);
      await tx.members.remember({ ...channel("c"), id: "ann", name: "Ann", manager: false }, NOW);
    });
    expect([0, 1]).toContain((await reading).size);
    expect((await store.read.members.names(channel("c"), ["ann"])).size).toBe(1);
  });
});

describe("locks on postgres", () => {
  let opened: OpenStore;
  let store: Store;
  beforeAll(async () => {
    opened = await openStore({ kind: "postgres", url: await freshPostgres() });
    store = opened.store;
  });
  afterAll(() => store.close());

  test("one aggregate is changed by one transaction at a time", async () => {
    let inside = 0;
    const seen: number[] = [];
    const change = () =>
      store.transaction(async (tx) => {
        await tx.lock("interview/a");
        seen.push(++inside);
        await sleep(10);
        inside--;
      });
    await Promise.all(Array.from({ length: 6 }, change));
    expect(seen).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test("different aggregates are changed at the same time", async () => {
    const inside = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
    const change = (own: 0 | 1, id: string) =>
      store.transaction(async (tx) => {
        await tx.lock(`interview/${id}`);
        inside[own].resolve();
        await inside[own === 0 ? 1 : 0].promise;
        return id;
      });
    expect(await Promise.all([change(0, "a"), change(1, "b")])).toEqual(["a", "b"]);
  });

  test("two transactions that lock crosswise both happen", async () => {
    const met = [Promise.withResolvers<void>(), Promise.withResolvers<void>()] as const;
    const crosswise = (own: 0 | 1, first: string, second: string) =>
      store.transaction(async (tx) => {
        await tx.lock(`member/${first}`);
        met[own].resolve();
        await met[own === 0 ? 1 : 0].promise;
        await tx.lock(`member/${second}`);
        await tx.members.remember({ ...channel("c"), id: first, name: first, manager: false }, NOW);
      });
    await Promise.all([crosswise(0, "x", "y"), crosswise(1, "y", "x")]);
    expect((await store.read.members.names(channel("c"), ["x", "y"])).size).toBe(2);
  });
});

test("a connection that breaks within a transaction fails that transaction alone, and ends no process", async () => {
  const { store, rows } = await openTestStore("postgres");
  onTestFinished(() => store.close());
  const broken = store.transaction(async (tx) => {
    await tx.invocations.seen("first", ann, NOW);
    await rows("select pg_terminate_backend(pid) from pg_stat_activity where state = 'idle in transaction'");
    // The server's goodbye comes while nobody asks it anything.
    await sleep(200);
    await tx.invocations.seen("second", ann, NOW);
  });
  await expect(broken).rejects.toThrow(/connection/i);
  await store.ping();
});
