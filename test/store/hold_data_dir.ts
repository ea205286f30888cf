/** A process for open.test.ts: opens a DATA_DIR, commits without end and says each commit aloud. */
import { setTimeout as sleep } from "node:timers/promises";
import { openStore } from "../../src/store/index.ts";
import { channel, view } from "./fixtures.ts";

const [dir = ""] = process.argv.slice(2);

try {
  const { chatLog } = await openStore({ kind: "pglite", dir });
  process.stdout.write("open\n");
  for (let nth = 0; ; nth++) {
    await chatLog.post({ key: `${process.pid}/${nth}`, to: channel("c"), view: view("x".repeat(5_000)), at: nth });
    process.stdout.write(`${process.pid}/${nth}\n`);
    await sleep(1);
  }
} catch (error) {
  process.stdout.write(`refused: ${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
