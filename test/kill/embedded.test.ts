/** The embedded database is killed at random moments: all that was committed is there, and nothing half done. */
import { spawn } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { openStore } from "../../src/store/index.ts";
import { chance, SEED } from "../kit/random.ts";
import { ann, view } from "../store/fixtures.ts";

const KILLS = 6;
/** Longest time at work before a kill; starting takes about as long again. */
const AT_WORK_MS = 600;

async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "drillroom-embedded-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** Works until it is killed; returns the number of the last commit it told of. */
async function workAndDie(dir: string, from: number, ms: number): Promise<number> {
  const script = fileURLToPath(new URL("commit_forever.ts", import.meta.url));
  const child = spawn(process.execPath, [script, dir, String(from)], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  const working = new Promise<void>((begun) =>
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      begun();
    }),
  );
  await working;
  await sleep(ms);
  const gone = new Promise((done) => child.once("close", done));
  child.kill("SIGKILL");
  await gone;
  // Half a line was never finished saying.
  return Number(said.slice(0, said.lastIndexOf("\n")).split("\n").at(-1));
}

it(`keeps all committed work over ${KILLS} kills (CHAOS_SEED=${SEED})`, async () => {
  const dir = await folder();
  const next = chance(SEED);
  let last = 0;
  for (let kill = 0; kill < KILLS; kill++) last = await workAndDie(dir, last + 1, next() * AT_WORK_MS);
  const { store } = await openStore({ kind: "pglite", dir });
  const reply = (nth: number) => store.transaction((tx) => tx.invocations.seen(`i${nth}`, ann, nth));
  for (let nth = 1; nth <= last; nth++) expect(await reply(nth), `commit ${nth} of ${last}`).toEqual({ reply: view(`reply ${nth}`) });
  await store.close();
});

it("can be backed up and restored by copying its folder while nobody uses it", async () => {
  const [dir, copy] = [await folder(), await folder()];
  const { store } = await openStore({ kind: "pglite", dir });
  await store.transaction((tx) => tx.groups.ensure({ platform: "web", space: "s", channel: "c" }, "group", 0));
  await store.close();
  await cp(dir, copy, { recursive: true });
  const restored = await openStore({ kind: "pglite", dir: copy });
  expect(await restored.store.read.groups.find("group")).toMatchObject({ id: "group" });
  await restored.store.close();
});
