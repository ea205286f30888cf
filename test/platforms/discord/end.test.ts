/** The real process, when Discord closes its connection for good: one line, and an exit that an orchestrator sees. */
import { afterEach, describe, expect, it } from "vitest";
import { freshPostgres } from "../../kit/database.ts";
import { start } from "../../kit/process.ts";
import { startDiscordStandIn } from "./stand_in/index.ts";

const running: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of running.splice(0).reverse()) await stop();
});

describe("a process that Discord closes for good", () => {
  it("says what to do in one line and exits with 1", async () => {
    const standIn = await startDiscordStandIn({ people: [] });
    running.push(() => standIn.stop());
    const bot = await start({
      DISCORD_TOKEN: standIn.token,
      DISCORD_API_URL: standIn.apiUrl,
      DATABASE_URL: await freshPostgres(),
      DISCORD_SHARDS: "0/1",
    });
    running.push(() => bot.kill());
    standIn.gateway.close(4014);
    expect(await bot.exit()).toBe(1);
    expect(bot.output().match(/^Drillroom stops: .*$/gm)).toEqual([expect.stringContaining("(close code 4014)")]);
    expect(bot.output()).not.toContain(standIn.token);
  });
});
