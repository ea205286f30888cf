import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { command, type Outcome } from "../../src/app/command.ts";
import { DeliveryError } from "../../src/app/messenger.ts";
import { HOUR, MINUTE } from "../../src/core/place.ts";
import { done } from "../../src/core/view.ts";
import { createMetrics } from "../../src/operations/metrics.ts";
import { firstDrill, openProduct, setUp } from "../kit/product.ts";

/** The value of one line of the exposition. */
function figure(text: string, line: string): number {
  const found = text.split("\n").find((one) => one.startsWith(`${line} `));
  if (found === undefined) throw new Error(`There is no figure ${line}`);
  return Number(found.slice(line.length));
}

async function opened(...given: Parameters<typeof openProduct>) {
  const product = await openProduct(...given);
  onTestFinished(() => product.close());
  return product;
}

describe("metrics", () => {
  it("count replies, deliveries by outcome, the tick, the backlog and what is late", async () => {
    const metrics = createMetrics();
    const product = await opened("pglite", [], undefined, metrics);
    await firstDrill(product);
    let text = await metrics.expose(product.store, product.now);
    expect(figure(text, 'drillroom_reply_seconds_count{platform="web",command="setup"}')).toBe(1);
    expect(figure(text, 'drillroom_delivery_seconds_count{platform="web",outcome="sent"}')).toBe(product.sent.length);
    expect(figure(text, 'drillroom_tick_seconds_count{stage="drills",outcome="done"}')).toBe(1);
    expect(figure(text, "drillroom_late_seconds")).toBe(0);

    product.onDeliver = () => {
      throw new DeliveryError("away", { retry: true });
    };
    await product.pass(24 * HOUR);
    text = await metrics.expose(product.store, product.now + MINUTE);
    expect(figure(text, 'drillroom_delivery_seconds_count{platform="web",outcome="retry"}')).toBeGreaterThan(0);
    expect(figure(text, 'drillroom_outbox_messages{platform="web",state="retry"}')).toBeGreaterThan(0);
    expect(figure(text, 'drillroom_outbox_oldest_seconds{platform="web",state="retry"}')).toBe(60);
  });

  it("say how late the most overdue is when nothing beats", async () => {
    const metrics = createMetrics();
    const product = await opened();
    await setUp(product);
    expect(figure(await metrics.expose(product.store, product.now + 3 * HOUR), "drillroom_late_seconds")).toBe(2 * 3600);
  });

  it("tell what failed from what was done, in seconds", async () => {
    const metrics = createMetrics();
    metrics.replied("slack", "help", 1_500);
    metrics.delivered("discord", "dead", 2_500);
    metrics.ticked("reveals", 3_500, true);
    metrics.ticked("reveals", 4_500, false);
    metrics.queried(5_500, true);
    metrics.queried(6_500, false);
    const text = await metrics.expose({ backlog: async () => [], nextDue: async () => undefined }, 0);
    expect(figure(text, 'drillroom_reply_seconds_sum{platform="slack",command="help"}')).toBe(1.5);
    expect(figure(text, 'drillroom_delivery_seconds_sum{platform="discord",outcome="dead"}')).toBe(2.5);
    expect(figure(text, 'drillroom_tick_seconds_sum{stage="reveals",outcome="failed"}')).toBe(3.5);
    expect(figure(text, 'drillroom_tick_seconds_sum{stage="reveals",outcome="done"}')).toBe(4.5);
    expect(figure(text, 'drillroom_query_seconds_sum{outcome="failed"}')).toBe(5.5);
    expect(figure(text, 'drillroom_query_seconds_sum{outcome="done"}')).toBe(6.5);
  });

  it("forget a backlog that is no more", async () => {
    const metrics = createMetrics();
    const row = { platform: "slack", state: "free", messages: 3, oldestMs: 2_000 } as const;
    const nextDue = async () => undefined;
    let text = await metrics.expose({ backlog: async () => [row], nextDue }, 0);
    expect(figure(text, 'drillroom_outbox_messages{platform="slack",state="free"}')).toBe(3);
    expect(figure(text, 'drillroom_outbox_oldest_seconds{platform="slack",state="free"}')).toBe(2);
    text = await metrics.expose({ backlog: async () => [], nextDue }, 0);
    expect(text).not.toMatch(/^drillroom_outbox_.*slack/m);
  });

  it("answer when the database does not", async () => {
    const metrics = createMetrics();
    metrics.queried(5, true);
    const gone = { backlog: () => Promise.reject(new Error("gone")), nextDue: () => Promise.reject(new Error("gone")) };
    const text = await metrics.expose(gone, 0);
    expect(figure(text, "drillroom_unread_total")).toBe(1);
    expect(figure(text, 'drillroom_query_seconds_count{outcome="failed"}')).toBe(1);
  });
});

describe("a stop", () => {
  it("waits for the invocation under way, whose reply still needs the platform", async () => {
    const begun = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<Outcome>();
    const slow = command({
      path: "slow",
      summary: "Takes its time",
      access: "anyone",
      input: z.object({}),
      run() {
        begun.resolve();
        return finish.promise;
      },
    });
    const product = await opened("pglite", [slow]);
    const events: string[] = [];
    const reply = product.act("Ben", "slow").then(() => events.push("replied"));
    await begun.promise;
    const settled = product.engine.settle().then(() => events.push("settled"));
    finish.resolve({ ok: true, reply: done("Done", "At last.") });
    await Promise.all([reply, settled]);
    expect(events).toEqual(["replied", "settled"]);
  });
});
