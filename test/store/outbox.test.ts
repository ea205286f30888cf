import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Store } from "../../src/app/ports.ts";
import type { Effect } from "../../src/core/effect.ts";
import { openStore } from "../../src/store/index.ts";
import { describeOnDatabases, freshPostgres } from "../kit/database.ts";
import { channel, edit, instant, post, thread, view } from "./fixtures.ts";

const NOW = instant("2026-05-05T07:00:00Z");
const LEASE = 60_000;

const put = (store: Store, ...effects: Effect[]) => store.transaction((tx) => tx.outbox.put(effects, NOW));
const claim = async (store: Store, lease = LEASE) => (await store.queue.claim("web", 16, lease)).map(({ effect }) => effect.key);
const sent = (store: Store, key: string, remote = `remote of ${key}`) => store.transaction((tx) => tx.outbox.sent(key, remote));
const dead = async (store: Store, key: string) =>
  (await store.transaction((tx) => tx.outbox.dead(key, "the channel is gone"))).map((effect) => effect.key);

describeOnDatabases("outbox", (open) => {
  test("one row of a lane at a time, in the order they were put", async () => {
    const { store } = await open();
    await put(store, post("1", "c"), post("2", "c"), post("3", "other"));
    expect(await claim(store)).toEqual(["1", "3"]);
    expect(await claim(store)).toEqual([]);
    expect(await sent(store, "1")).toBe(true);
    expect(await claim(store)).toEqual(["2"]);
  });

  test("a claimed effect comes as it was put, with its attempt", async () => {
    const { store } = await open();
    const effect: Effect = { ...post("1"), tell: "interview/abc" };
    await put(store, effect);
    const [claimed] = await store.queue.claim("web", 16, LEASE);
    expect(claimed).toEqual({ effect, attempt: 1, to: channel("c"), message: undefined });
  });

  test("what is keyed is put once and settled once", async () => {
    const { store } = await open();
    await put(store, post("1", "c"));
    await put(store, post("1", "other"));
    const [claimed, ...others] = await store.queue.claim("web", 16, LEASE);
    expect([claimed?.effect.to.channel, others]).toEqual(["c", []]);
    expect(await sent(store, "1")).toBe(true);
    expect(await sent(store, "1")).toBe(false);
    expect(await dead(store, "1")).toEqual([]);
    await put(store, post("1", "c"));
    expect(await claim(store)).toEqual([]);
  });

  test("a platform claims its own, and no more than asked for", async () => {
    const { store } = await open();
    await put(store, post("1", "a"), post("2", "b"), post("3", "d"));
    expect(await store.queue.claim("slack", 16, LEASE)).toEqual([]);
    expect((await store.queue.claim("web", 2, LEASE)).map(({ effect }) => effect.key)).toEqual(["1", "2"]);
    expect(await claim(store)).toEqual(["3"]);
  });

  test("an expired lease is claimed again, as a second attempt", async () => {
    const { store } = await open();
    await put(store, post("1"), post("2"));
    expect(await claim(store, 30)).toEqual(["1"]);
    await sleep(60);
    const [again, ...others] = await store.queue.claim("web", 16, LEASE);
    expect([again?.effect.key, again?.attempt, others]).toEqual(["1", 2, []]);
  });

  test("a row that waits for another try keeps its lane closed, and no other", async () => {
    const { store } = await open();
    await put(store, post("1"), post("2"), post("3", "other"));
    await claim(store);
    await store.queue.retry("1", 2_000, "rate limited");
    expect(await claim(store)).toEqual([]);
    await sleep(2_050);
    const [again] = await store.queue.claim("web", 16, LEASE);
    expect([again?.effect.key, again?.attempt]).toEqual(["1", 2]);
  });

  test("leases are given back, waits for another try are not", async () => {
    const { store } = await open();
    await put(store, post("leased", "a"), post("waiting", "b"));
    await claim(store);
    await store.queue.retry("waiting", LEASE, "rate limited");
    await store.queue.releaseLeases();
    expect(await claim(store)).toEqual(["leased"]);
  });

  test("a thread waits for its message, and what is in it for the thread, each with the platform's id", async () => {
    const { store } = await open();
    const inThread = { thread: "thread", channel: "c" };
    await put(
      store,
      post("root"),
      thread("thread", "root"),
      post("p1", inThread),
      edit("e1", "p1"),
      post("p2", inThread),
      edit("e2", "root"),
    );
    expect(await claim(store)).toEqual(["root"]);
    await sent(store, "root", "m1");
    const [made] = await store.queue.claim("web", 16, LEASE);
    expect(made).toMatchObject({ effect: { key: "thread" }, message: "m1" });
    await sent(store, "thread", "t1");
    const [edited, posted, ...others] = await store.queue.claim("web", 16, LEASE);
    expect(posted ?? edited).toBeDefined();
    const byKey = Object.fromEntries([edited, posted].map((row) => [row?.effect.key, row]));
    expect(byKey.p1).toMatchObject({ to: { ...channel("c"), thread: "t1" }, message: undefined });
    expect(byKey.e2).toMatchObject({ to: channel("c"), message: "m1" });
    expect(others).toEqual([]);
    await sent(store, "p1", "m2");
    const [inOrder, ...none] = await store.queue.claim("web", 16, LEASE);
    expect(inOrder).toMatchObject({ effect: { key: "e1" }, message: "m2" });
    expect(none).toEqual([]);
  });

  test("an edit keeps its place behind what it edits, also when it is put later", async () => {
    const { store } = await open();
    await put(store, post("root"), thread("thread", "root"), post("p1", { thread: "thread", channel: "c" }));
    for (const key of ["root", "thread", "p1"]) {
      expect(await claim(store)).toEqual([key]);
      await sent(store, key);
    }
    await put(store, post("p2", { thread: "thread", channel: "c" }), edit("e1", "p1"));
    expect(await claim(store)).toEqual(["p2"]);
    await sent(store, "p2");
    // It goes to the thread that the message stands in, which on Discord is a channel of its own.
    const [claimed] = await store.queue.claim("web", 16, LEASE);
    expect(claimed).toMatchObject({ effect: { key: "e1" }, to: { channel: "c", thread: "remote of thread" }, message: "remote of p1" });
  });

  test("a notice holds up nobody but its reader", async () => {
    const { store } = await open();
    const notice = (key: string, member: string): Effect => ({ kind: "notice", key, to: channel("c"), member, view: view(key) });
    await put(store, notice("1", "ann"), notice("2", "ann"), notice("3", "bob"), post("4"));
    expect(await claim(store)).toEqual(["1", "3", "4"]);
  });

  test("death takes along what depends on it, however far; its lane goes on", async () => {
    const { store } = await open();
    await put(
      store,
      post("root"),
      thread("thread", "root"),
      post("p1", { thread: "thread", channel: "c" }),
      edit("e1", "p1"),
      post("after"),
    );
    await claim(store);
    expect(await dead(store, "root")).toEqual(["root", "thread", "p1", "e1"]);
    expect(await sent(store, "thread")).toBe(false);
    expect(await claim(store)).toEqual(["after"]);
  });

  test("the death of a thread leaves its message and edits of that alone", async () => {
    const { store } = await open();
    await put(store, post("root"), thread("thread", "root"), edit("e", "root"), post("p", { thread: "thread", channel: "c" }));
    await claim(store);
    await sent(store, "root");
    await claim(store);
    expect(await dead(store, "thread")).toEqual(["thread", "p"]);
    expect(await claim(store)).toEqual(["e"]);
  });

  test("what is put after the death of what it needs is handed out once, as orphaned, to be given up", async () => {
    const { store } = await open();
    await put(store, post("root"), thread("thread", "root"));
    await claim(store);
    await dead(store, "root");
    await put(store, post("late", { thread: "thread", channel: "c" }), edit("later", "root"), edit("unknown", "never put"));
    const claimed = await store.queue.claim("web", 16, LEASE);
    expect(claimed.map(({ effect, orphaned }) => [effect.key, orphaned])).toEqual([
      ["late", true],
      ["later", true],
    ]);
    expect(await dead(store, "late")).toEqual(["late"]);
    expect(await dead(store, "later")).toEqual(["later"]);
    expect(await store.queue.claim("web", 16, LEASE)).toMatchObject([{ effect: { key: "unknown" }, orphaned: true }]);
  });

  test("nothing is put when the transaction fails", async () => {
    const { store } = await open();
    const failing = store.transaction(async (tx) => {
      await tx.outbox.put([post("1")], NOW);
      throw new Error("after the put");
    });
    await expect(failing).rejects.toThrow("after the put");
    expect(await claim(store)).toEqual([]);
  });
});

test("eight workers drain forty lanes: everything once, every lane in its order", async () => {
  const { store } = await openStore({ kind: "postgres", url: await freshPostgres() });
  try {
    const lanes = Array.from({ length: 40 }, (_, lane) => `lane${lane}`);
    await Promise.all(lanes.map((lane) => put(store, ...Array.from({ length: 6 }, (_, nth) => post(`${lane}/${nth}`, lane)))));
    const delivered: string[] = [];
    const worker = async (): Promise<void> => {
      for (let idle = 0; idle < 20; ) {
        const rows = await store.queue.claim("web", 5, LEASE);
        idle = rows.length === 0 ? idle + 1 : 0;
        for (const { effect } of rows) {
          delivered.push(effect.key);
          await sent(store, effect.key);
        }
      }
    };
    await Promise.all(Array.from({ length: 8 }, worker));
    expect(delivered).toHaveLength(240);
    for (const lane of lanes)
      expect(delivered.filter((key) => key.startsWith(`${lane}/`))).toEqual([0, 1, 2, 3, 4, 5].map((nth) => `${lane}/${nth}`));
  } finally {
    await store.close();
  }
});
