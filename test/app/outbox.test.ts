import { afterEach, describe, expect, it } from "vitest";
import { type Delivery, DeliveryError } from "../../src/app/messenger.ts";
import { unmetered } from "../../src/app/meter.ts";
import { createOutbox, MAX_FAULTS } from "../../src/app/outbox.ts";
import type { Effect } from "../../src/core/effect.ts";
import { createLog } from "../../src/operations/log.ts";
import { CHANNEL, openProduct, type Product } from "../kit/product.ts";

let product: Product;
afterEach(() => product.close());

const post = (key: string, more: Partial<Extract<Effect, { kind: "post" }>> = {}): Effect => ({
  kind: "post",
  key,
  to: CHANNEL,
  view: { title: key, blocks: [] },
  ...more,
});
const put = (...effects: Effect[]) => product.store.transaction((tx) => tx.outbox.put(effects, product.now));
const keys = () => product.sent.map(({ key }) => key);
const open = async () => {
  product = await openProduct();
  return product;
};

describe("outbox", () => {
  it("delivers each key once, in the order of its lane", async () => {
    await open();
    await put(post("a"), post("b"), post("c"));
    await put(post("b"));
    await Promise.all([product.engine.beat(), product.engine.beat()]);
    expect(keys()).toEqual(["a", "b", "c"]);
  });

  it("holds its lane back while a message waits for another try, and no other lane", async () => {
    await open();
    product.onDeliver = ({ key }) => {
      if (key === "a") throw new DeliveryError("slow down", { retry: true, afterMs: 60_000 });
    };
    await put(post("a"), post("b"), post("elsewhere", { to: { ...CHANNEL, channel: "c2" } }));
    await product.engine.beat();
    expect(keys()).toEqual(["elsewhere"]);
  });

  it("looks again for what comes while it stops", async () => {
    const { store, library } = await open();
    // So many steps of the event loop after its last look.
    for (let steps = 0; steps < 10; steps++) {
      let looks = 0;
      let coming: Promise<void> | undefined;
      const claim: typeof store.queue.claim = async () => {
        looks += 1;
        if (looks === 1) {
          let then = Promise.resolve();
          for (let step = 0; step < steps; step++) then = then.then(() => undefined);
          coming = then.then(() => outbox.drain());
        }
        return [];
      };
      const outbox = createOutbox({
        store: { ...store, queue: { ...store.queue, claim } },
        messenger: { platform: "web", inspect: async () => [], deliver: () => expect.fail("nothing to say") },
        library,
        now: () => product.now,
        log: createLog("silent", []),
        meter: unmetered,
      });
      await outbox.drain();
      await coming;
      expect(looks, `${steps} steps`).toBe(2);
    }
  });

  it("waits for the platform's own delay and then goes on in order", async () => {
    await open();
    let limited = true;
    product.onDeliver = ({ key }) => {
      if (key === "a" && limited) throw new DeliveryError("slow down", { retry: true, afterMs: 30 });
    };
    await put(post("a"), post("b"));
    await product.engine.beat();
    expect(keys()).toEqual([]);
    limited = false;
    await new Promise((done) => setTimeout(done, 50));
    await product.engine.beat();
    expect(keys()).toEqual(["a", "b"]);
  });

  it("resolves threads and edits by our keys, also when their root comes later", async () => {
    await open();
    await put(
      post("root"),
      { kind: "thread", key: "thread", to: CHANNEL, root: "root", title: "T" },
      post("inside", { thread: "thread" }),
      { kind: "edit", key: "edit", to: CHANNEL, post: "root", view: { title: "edited", blocks: [] } },
    );
    await product.engine.beat();
    const by = (key: string) => product.sent.find((one) => one.key === key) as Delivery;
    const thread = product.sent.indexOf(by("thread")) + 1;
    expect(by("thread")).toMatchObject({ message: "remote-1" });
    expect(by("inside").to).toEqual({ ...CHANNEL, thread: `remote-${thread}` });
    expect(by("edit")).toMatchObject({ message: "remote-1" });
  });

  it("gives up what cannot succeed, and what depends on it; the lane goes on", async () => {
    await open();
    product.onDeliver = ({ key }) => {
      if (key === "root") throw new DeliveryError("Missing permission: Send Messages.", { retry: false });
    };
    await put(
      post("root"),
      { kind: "thread", key: "thread", to: CHANNEL, root: "root", title: "T" },
      post("inside", { thread: "thread" }),
      post("next"),
    );
    await product.engine.beat();
    expect(keys()).toEqual(["next"]);
    await put(post("too late", { thread: "thread" }));
    await product.engine.beat();
    await product.engine.beat();
    expect(keys()).toEqual(["next"]);
    expect(product.logged.filter((line) => line.includes("given up")).length).toBeGreaterThan(0);
  });

  it("says from the second attempt on that an earlier one may have arrived", async () => {
    await open();
    const attempts: number[] = [];
    product.onDeliver = ({ attempt }) => {
      attempts.push(attempt);
      if (attempt < 3) throw new DeliveryError("lost", { retry: true, afterMs: 1 });
    };
    await put(post("a"));
    for (let beat = 0; beat < 3; beat++) {
      await product.engine.beat();
      await new Promise((done) => setTimeout(done, 10));
    }
    expect(attempts).toEqual([1, 2, 3]);
    expect(keys()).toEqual(["a"]);
  });

  it("gives up after the last try, logging a bug of ours as an error", async () => {
    await open();
    const { store, library } = product;
    await put(post("a"));
    let tries = 0;
    const messenger = {
      platform: "web",
      inspect: async () => [],
      deliver: async () => {
        tries += 1;
        throw new TypeError("a bug");
      },
    } as const;
    const outbox = createOutbox({ store, library, messenger, now: () => product.now, log: createLog("silent", []), meter: unmetered });
    for (let round = 0; round < MAX_FAULTS + 2; round++) {
      await outbox.drain();
      await store.queue.retry("a", 0, "at once, for the test");
    }
    expect(tries).toBe(MAX_FAULTS);
  });
});
