/** Starting and stopping as an operator does it: the real process, its exit code and its one line. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Running, run, start } from "../kit/process.ts";

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "drillroom-start-"));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

/** What it says when it refuses to start: exactly one line. */
async function refusal(env: Record<string, string>): Promise<string> {
  const refused = run({ DATA_DIR: join(dir, "refused"), PORT: "0", ...env });
  expect(await refused.exit()).toBe(1);
  const lines = refused.output().trim().split("\n");
  expect(lines).toHaveLength(1);
  return lines[0] ?? "";
}

describe("a start that cannot be", () => {
  it.each([
    [{ PORT: "eighty" }, "PORT"],
    [{ SLACK_BOT_TOKEN: "xoxb-1" }, "SLACK_APP_TOKEN"],
    [{ HOST: "0.0.0.0" }, "HOST"],
    [{ DATABASE_URL: "postgres://nobody:wrong@127.0.0.1:9/none" }, "DATABASE_URL"],
  ])("is one line that names what is wrong: %o", async (env, name) => {
    expect(await refusal(env as Record<string, string>)).toMatch(new RegExp(`^Drillroom cannot start: .*${name}`));
  });
});

describe("a running Drillroom", () => {
  let bot: Running & { readonly url: string };
  beforeAll(async () => {
    bot = await start({ DATA_DIR: join(dir, "data") });
  });
  afterAll(() => bot?.kill());

  it("prints one address, and is alive and ready there", async () => {
    expect(bot.output().match(/http:\/\/\S+/g)).toEqual([bot.url]);
    expect((await fetch(`${bot.url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${bot.url}/readyz`)).text()).toBe("ready\n");
    const metrics = await fetch(`${bot.url}/metrics`);
    expect(metrics.headers.get("content-type")).toContain("text/plain");
    expect(await metrics.text()).toMatch(/^drillroom_query_seconds_count\{outcome="done"\} [1-9]/m);
  });

  it("lets no second process into its folder", async () => {
    const line = await refusal({ DATA_DIR: join(dir, "data") });
    expect(line).toContain("DATA_DIR");
    expect(line).toContain(String(bot.child.pid));
  });

  it("lets no second process onto its port", async () => {
    expect(await refusal({ PORT: new URL(bot.url).port })).toMatch(/PORT \d+/);
  });

  it("stops on SIGTERM with a clean exit, and its folder is free again", async () => {
    expect(await bot.stop()).toBe(0);
    bot = await start({ DATA_DIR: join(dir, "data") });
    expect((await fetch(`${bot.url}/readyz`)).status).toBe(200);
  });
});
