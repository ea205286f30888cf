/** Figures for Prometheus; docs/operations.md says which of them to be woken by. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Meter } from "../app/meter.ts";
import type { Store } from "../app/ports.ts";
import { type Instant, SECOND } from "../core/place.ts";

/** The text format that prom-client writes. */
export const METRICS_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

/** Seconds; 3 is where both platforms stop waiting. */
const REPLY = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 10];
const QUERY = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2];

export interface Metrics extends Meter {
  /** A statement took so long, in milliseconds. */
  queried(ms: number, failed: boolean): void;
  /** All figures as Prometheus reads them; those of the database are read now. */
  expose(store: Pick<Store, "backlog" | "nextDue">, now: Instant): Promise<string>;
}

export function createMetrics(): Metrics {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  collectDefaultMetrics({ register: registry });

  const seconds = <L extends string>(name: string, help: string, labelNames: readonly L[], buckets: readonly number[]) =>
    new Histogram<L>({ name: `drillroom_${name}_seconds`, help, labelNames: [...labelNames], buckets: [...buckets], registers });
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Gauge<L>({ name: `drillroom_${name}`, help, labelNames: [...labelNames], registers });

  const reply = seconds("reply", "From hearing of an interaction to its committed reply.", ["platform", "command"], REPLY);
  const delivery = seconds(
    "delivery",
    "One try to deliver a message: sent, to be tried again (retry), or given up (dead).",
    ["platform", "outcome"],
    REPLY,
  );
  const tick = seconds("tick", "One stage of the heartbeat's work.", ["stage", "outcome"], REPLY);
  const query = seconds("query", "One statement of the database.", ["outcome"], QUERY);
  const waiting = gauge(
    "outbox_messages",
    "Messages that wait to be sent: free to be claimed, leased by a worker, or waiting for another try (retry).",
    ["platform", "state"],
  );
  const oldest = gauge("outbox_oldest_seconds", "How long the oldest of them has waited.", ["platform", "state"]);
  const late = gauge("late_seconds", "How long the most overdue of all posts, reveals, reminders and deadlines has been due.", []);
  const unread = new Counter({ name: "drillroom_unread_total", help: "Scrapes for which the database did not answer.", registers });

  return {
    replied: (platform, command, ms) => reply.observe({ platform, command }, ms / SECOND),
    delivered: (platform, outcome, ms) => delivery.observe({ platform, outcome }, ms / SECOND),
    ticked: (stage, ms, failed) => tick.observe({ stage, outcome: failed ? "failed" : "done" }, ms / SECOND),
    queried: (ms, failed) => query.observe({ outcome: failed ? "failed" : "done" }, ms / SECOND),
    async expose(store, now) {
      waiting.reset();
      oldest.reset();
      try {
        const [rows, due] = await Promise.all([store.backlog(now), store.nextDue(0)]);
        for (const { platform, state, messages, oldestMs } of rows) {
          waiting.set({ platform, state }, messages);
          oldest.set({ platform, state }, oldestMs / SECOND);
        }
        late.set(due === undefined ? 0 : Math.max(0, now - due) / SECOND);
      } catch {
        // The other figures are most wanted when the database is away.
        unread.inc();
      }
      return registry.metrics();
    },
  };
}
