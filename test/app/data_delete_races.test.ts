/** A deletion beside whatever else is going on in that moment. */
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { command } from "../../src/app/command.ts";
import { remind } from "../../src/app/daily_post.ts";
import { reveal } from "../../src/app/daily_reveal.ts";
import { pairGroup } from "../../src/app/pairings.ts";
import type { Tx } from "../../src/app/ports.ts";
import { PAIRING_DAY } from "../../src/core/pairing_views.ts";
import { DAY, HOUR } from "../../src/core/place.ts";
import { done } from "../../src/core/view.ts";
import { forget, found, OWN, ZEBRA } from "../kit/busy_member.ts";
import { buttonOf, firstDrill, openProduct, type Product, wordsOf } from "../kit/product.ts";
import { freeCase } from "../kit/round.ts";

let product: Product;
afterEach(() => product.close());

/** Transactions of others that wait for the gate in the middle, or before they commit; all have come so far. */
async function begun(gate: Promise<void>, work: readonly ((tx: Tx, held: () => Promise<void>) => Promise<void>)[]) {
  const arrived = work.map(() => Promise.withResolvers<void>());
  const under = work.map((one, nth) =>
    product.store.transaction((tx) =>
      one(tx, () => {
        arrived[nth]?.resolve();
        return gate;
      }),
    ),
  );
  await Promise.race([Promise.all(arrived.map(({ promise }) => promise)), Promise.all(under)]);
  return under;
}
const one = <T>([first]: readonly T[]): readonly [T] => [first ?? expect.fail("nothing is due")];
/** Deletes while the others hold on to what they have read; they let go when the deletion has had time to overtake them. */
async function forgetBeside(others: readonly Promise<unknown>[], gate: PromiseWithResolvers<void>): Promise<void> {
  const going = forget(product);
  await Promise.race([going, sleep(500)]);
  gate.resolve();
  await Promise.all([...others, going]);
}

describe("/data delete", () => {
  it("waits for what its author does just now", async () => {
    const [under, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const slow = command({
      path: "slow",
      summary: "Keeps a plan, and takes its time",
      access: "anyone",
      input: z.object({}),
      async run(_input, { tx, who, now }) {
        await tx.studies.save(who, { plan: "two-weeks", from: now, zone: "UTC", days: 14, tasks: [], habits: {} });
        under.resolve();
        await gate.promise;
        return { ok: true, reply: done("Kept", "") };
      },
    });
    product = await openProduct("postgres", [slow]);
    await product.act(ZEBRA, "help");
    const acting = product.act(ZEBRA, "slow");
    await under.promise;
    await forgetBeside([acting], gate);
    expect(await found(product, "zebra")).toEqual([]);
  });

  it("waits for others who write back what has its author in it", async () => {
    product = await openProduct("postgres");
    const { act, press, pass, store, library } = product;
    const group = await firstDrill(product);
    await act("Ada", "setup", { time: "08:00", zone: "Europe/Berlin", mix: "open" });
    await pass(DAY);
    const feedback = await act(ZEBRA, "daily answer", { answer: `${OWN} asks for the traffic, 500,000 requests a second.` });
    await press(ZEBRA, buttonOf(feedback, "Share it at the reveal"));
    await act("Ada", "daily organizer", { member: ZEBRA });
    await act(ZEBRA, "mock plan", { when: "in 90 hours" });
    const [planned] = await store.read.plans.ahead(group);
    const gate = Promise.withResolvers<void>();
    const others = await begun(gate.promise, [
      async (tx, held) => {
        await tx.lock(`plan/${planned?.id}`);
        const plan = (await tx.plans.find(planned?.id ?? "")) ?? expect.fail("no plan");
        await held();
        await tx.plans.save(plan);
      },
      async (tx, held) => {
        await tx.lock(`group/${group}`);
        const organizers = (await tx.groups.find(group))?.organizers ?? [];
        await held();
        await tx.groups.set(group, { organizers: [...organizers, "ben"] });
      },
      async (tx, held) => {
        for (const post of await tx.posts.claimReveals(product.now + 20 * HOUR, 10)) await reveal(tx, library, post, product.now);
        await held();
      },
    ]);
    await forgetBeside(others, gate);
    expect(await found(product, "zebra")).toEqual([]);
    expect(await found(product, "xylophone")).toEqual([]);
  });

  it("waits for a heartbeat that matches or reminds its author", async () => {
    product = await openProduct("postgres");
    const { act, library } = product;
    const group = await firstDrill(product);
    await act(ZEBRA, "daily remind");
    for (const name of [ZEBRA, "Chen"])
      expect((await act(name, "mock pair", { action: "join", level: "starting", days: "daily", times: "18:00-21:00" })).tone).not.toBe(
        "warn",
      );
    const gate = Promise.withResolvers<void>();
    const beats = await begun(gate.promise, [
      async (tx, held) => {
        const [{ due }] = one(await tx.pairing.claimDue(PAIRING_DAY, product.now + 8 * DAY, 1));
        expect(await pairGroup(tx, group, due, due)).toHaveLength(1);
        await held();
      },
      async (tx, held) => {
        const [{ post, members }] = one(await tx.posts.claimReminders(product.now + 20 * HOUR, 1));
        expect(members).toEqual(["zebra"]);
        await remind(tx, library, post, members, product.now);
        await held();
      },
    ]);
    await forgetBeside(beats, gate);
    expect(await found(product, "zebra")).toEqual([]);
  });

  it("edits a message, too, that was on its way", async () => {
    product = await openProduct();
    const { act, pass, sent } = product;
    await firstDrill(product);
    await act(ZEBRA, "mock start", { mode: "solo", case: await freeCase(product) });
    await pass(0);
    const [begun, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    product.onDeliver = async (delivery) => {
      if (!("view" in delivery) || !/xylophone/.test(wordsOf(delivery.view))) return;
      begun.resolve();
      await gate.promise;
    };
    await act(ZEBRA, "mock answer", { text: `${OWN} would ask who looks at the ads, and how many requests a second there are.` });
    const beating = pass(0);
    await begun.promise;
    await forget(product);
    gate.resolve();
    await beating;
    await pass(0);
    const late = sent.findIndex((one) => "view" in one && /xylophone/.test(wordsOf(one.view)));
    expect(late).toBeGreaterThan(0);
    expect(sent.slice(late + 1).filter(({ kind, key }) => kind === "edit" && key.startsWith("forgotten/"))).not.toEqual([]);
  });

  it("asked for twice at once is done once, and stays done", async () => {
    product = await openProduct("postgres");
    await firstDrill(product);
    await product.act(ZEBRA, "daily answer", { answer: "1 2 3" });
    const replies = await Promise.all([forget(product), forget(product)]);
    expect(replies.map(({ title }) => title)).toEqual(Array(2).fill("What was kept about you is deleted"));
    expect(await found(product, "zebra")).toEqual([]);
  });
});
