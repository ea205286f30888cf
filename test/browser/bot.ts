/** The product's own process, Ada on a desk and Ben on a phone, for a file's tests. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { openPlayground, type PersonTab, PHONE, type Playground } from "../kit/browser.ts";
import { type Running, start } from "../kit/process.ts";

const hourInBerlin = () => Number(new Date().toLocaleString("en-GB", { timeZone: "Europe/Berlin", hour: "2-digit", hourCycle: "h23" }));

/** It is noon in Berlin, whenever the tests are run: the daily drill comes at nine there, and is revealed in the night. */
async function makeItNoon(someone: PersonTab): Promise<void> {
  for (let hour = hourInBerlin(); hour % 24 !== 12; hour++) await someone.moveClock("+1 h");
}

/** Registers the hooks. */
export function useBot() {
  const on = {} as { bot: Running & { readonly url: string }; playground: Playground; ada: PersonTab; ben: PersonTab };
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), "drillroom-browser-"));
    on.bot = await start({ DATA_DIR: dir });
    on.playground = await openPlayground(on.bot.url);
    on.ada = await on.playground.openPerson("Ada");
    await makeItNoon(on.ada);
    on.ben = await on.playground.openPerson("Ben", { viewport: PHONE, colorScheme: "dark" });
  });
  afterAll(async () => {
    await on.playground?.close();
    await on.bot?.stop();
    await rm(dir, { recursive: true, force: true });
  });
  return {
    on,
    /** Kills it, and starts it again on the same port with the same data. */
    async restart() {
      await on.bot.kill();
      on.bot = await start({ DATA_DIR: dir, PORT: new URL(on.bot.url).port });
    },
  };
}
