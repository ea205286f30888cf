/** What an orchestrator asks: is the process alive, and can it serve. */
import { Hono } from "hono";
import { METRICS_TYPE } from "./metrics.ts";

/** `/healthz` answers while the event loop turns; `/readyz` only when all of `checks` pass; `/metrics` is for Prometheus. */
export function healthRoutes(checks: Readonly<Record<string, () => Promise<void> | void>>, metrics: () => Promise<string>): Hono {
  return new Hono()
    .get("/healthz", (context) => context.text("ok\n"))
    .get("/metrics", async (context) => context.text(await metrics(), 200, { "Content-Type": METRICS_TYPE }))
    .get("/readyz", async (context) => {
      const results = await Promise.allSettled(Object.values(checks).map(async (check) => check()));
      const failed = Object.keys(checks).filter((_, at) => results[at]?.status === "rejected");
      return failed.length === 0 ? context.text("ready\n") : context.text(`not ready: ${failed.join(", ")}\n`, 503);
    });
}
