import { expect, test } from "vitest";
import { DAY, MINUTE, SECOND } from "../../src/core/place.ts";
import { describeOnDatabases } from "../kit/database.ts";
import { ann, instant, post, view } from "./fixtures.ts";

const THEN = instant("2026-05-05T07:00:00Z");
const DAY_THEN = "2026-05-05";

describeOnDatabases("retention", (open) => {
  test("what nobody can ask for again goes, a bite at a time; what waits stays", async () => {
    const { store } = await open();
    await store.transaction(async (tx) => {
      for (const id of ["a", "b", "c"]) {
        await tx.invocations.seen(id, ann, THEN);
        await tx.invocations.replied(id, view(id));
      }
      await tx.outbox.put([post("sent", "one"), post("waiting", "two")], THEN);
      await tx.outbox.sent("sent", "remote");
      await tx.modelCalls.take(DAY_THEN, "ann", 1, 9);
    });
    const sweep = (after: number) => store.transaction((tx) => tx.sweep(THEN + after, 2));
    const seen = (id: string) => store.transaction((tx) => tx.invocations.seen(id, ann, THEN));
    const known = (key: string) => store.transaction((tx) => tx.outbox.known(key));

    expect(await sweep(7 * DAY)).toBe(0);
    expect(await sweep(7 * DAY + 1)).toBe(2);
    expect(await sweep(7 * DAY + 1)).toBe(1);
    expect(await sweep(7 * DAY + 1)).toBe(0);

    // By whole days; the member's own count and that of all.
    expect(await sweep(40 * DAY)).toBe(0);
    expect(await sweep(41 * DAY)).toBe(2);
    expect(await store.transaction((tx) => tx.modelCalls.take(DAY_THEN, "ann", 1, 9))).toBe(true);

    await sweep(180 * DAY);
    expect([await known("sent"), await known("waiting")]).toEqual([true, true]);
    await sweep(180 * DAY + 1);
    expect([await known("sent"), await known("waiting")]).toEqual([false, true]);
    expect(await seen("a")).toBeUndefined();
  });

  test("the backlog is told by platform and state, with the age of its oldest", async () => {
    const { store } = await open();
    await store.transaction(async (tx) => {
      await tx.outbox.put([post("first", "one")], THEN);
      await tx.outbox.put([post("second", "one"), post("third", "two"), post("fourth", "three")], THEN + MINUTE);
    });
    await store.queue.claim("web", 1, MINUTE);
    await store.queue.claim("web", 1, MINUTE);
    await store.queue.retry("third", MINUTE, "the platform is away");
    expect(await store.backlog(THEN + 90 * SECOND)).toEqual([
      { platform: "web", state: "free", messages: 2, oldestMs: 30 * SECOND },
      { platform: "web", state: "leased", messages: 1, oldestMs: 90 * SECOND },
      { platform: "web", state: "retry", messages: 1, oldestMs: 30 * SECOND },
    ]);
  });
});
