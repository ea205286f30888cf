import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openStore } from "../../src/store/index.ts";
import { freshPostgres } from "../kit/database.ts";
import { channel, view } from "./fixtures.ts";

const HOLDER = fileURLToPath(new URL("hold_data_dir.ts", import.meta.url));
const MIGRATIONS = readdirSync(new URL("../../migrations/", import.meta.url)).map((file) => file.replace(".ts", ""));

describe("on postgres", () => {
  test("four that start at once on an empty database migrate it once", async () => {
    const url = await freshPostgres({ migrated: false });
    const opened = await Promise.all(Array.from({ length: 4 }, () => openStore({ kind: "postgres", url })));
    for (const { store } of opened) await store.ping();
    await Promise.all(opened.map(({ store }) => store.close()));
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query("select name from kysely_migration order by name");
    await client.end();
    expect(rows.map(({ name }) => name)).toEqual(MIGRATIONS.toSorted());
  });

  test("parsers of other users of the driver stay as they are", async () => {
    const url = await freshPostgres();
    const { store } = await openStore({ kind: "postgres", url });
    await store.ping();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query("select 1::int8 as big, now() as time");
    await client.end();
    await store.close();
    expect(rows).toEqual([{ big: "1", time: expect.any(Date) }]);
  });

  test("a server that is not there is said in one line, without the password", async () => {
    const opening = openStore({ kind: "postgres", url: "postgres://someone:s3cret@127.0.0.1:1/none" });
    const error = await opening.then(
      () => undefined,
      (reason: Error) => reason,
    );
    expect(error?.message).toMatch(/^DATABASE_URL cannot be used: .*ECONNREFUSED/);
    expect(`${error?.message} ${error?.stack}`).not.toContain("s3cret");
  });
});

describe("on a folder", () => {
  let dir: string;
  const children: ChildProcess[] = [];
  beforeEach(() => {
    dir = join(mkdtempSync(join(tmpdir(), "drillroom-data-")), "made", "by the store");
  });
  afterEach(async () => {
    for (const child of children.splice(0)) await killed(child);
    rmSync(join(dir, "..", ".."), { recursive: true, force: true });
  });

  const hold = () => {
    // From another folder: migrations are found all the same.
    const child = spawn(process.execPath, [HOLDER, dir], { cwd: tmpdir(), stdio: ["ignore", "pipe", "inherit"] });
    children.push(child);
    return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
  };
  const open = () => openStore({ kind: "pglite", dir });
  const killed = async (child: ChildProcess) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  };

  test("what was committed before SIGKILL is there after it, and the folder is taken over", async () => {
    const seen: string[] = [];
    for (let life = 0; life < 2; life++) {
      const { child, lines } = hold();
      for (let count = 0; count < 150; count++) seen.push((await lines.next()).value as string);
      child.kill("SIGKILL");
      for await (const line of lines) seen.push(line);
      await killed(child);
    }
    const { store, chatLog } = await open();
    const { messages } = await chatLog.changes("space", "c", 0);
    const committed = seen.filter((line) => line !== "open");
    expect(committed.length).toBeGreaterThan(250);
    // One more of each life may have been committed and not yet said.
    expect(messages.length - committed.length).toBeLessThanOrEqual(2);
    const ids = await Promise.all(committed.map((key) => chatLog.post({ key, to: channel("c"), view: view("again"), at: 0 })));
    expect(new Set(ids).size).toBe(committed.length);
    expect((await chatLog.changes("space", "c", 0)).messages).toHaveLength(messages.length);
    await store.close();
  });

  test("a second process is refused and told who has the folder; afterwards it may", async () => {
    const { child, lines } = hold();
    expect((await lines.next()).value).toBe("open");
    await expect(open()).rejects.toThrow(`Another Drillroom (process ${child.pid}) is using DATA_DIR ${dir}; stop it or choose another`);
    await killed(child);
    const { store } = await open();
    await expect(open()).rejects.toThrow(`(process ${process.pid})`);
    await store.close();
    await (await open()).store.close();
  });

  test("of four that start at once one has the folder", async () => {
    const first = await Promise.all(Array.from({ length: 4 }, async () => (await hold().lines.next()).value as string));
    expect(first.filter((line) => line === "open")).toHaveLength(1);
    expect(first.filter((line) => line.startsWith("refused: Another Drillroom"))).toHaveLength(3);
  });

  test("the process id in the folder decides nothing: it may be somebody else's by now", async () => {
    await (await open()).store.close();
    expect(readFileSync(join(dir, "drillroom.pid"), "utf8").trim()).toBe(String(process.pid));
    writeFileSync(join(dir, "drillroom.pid"), `${process.ppid}\n`);
    await (await open()).store.close();
  });

  test("a folder that cannot be used is named", async () => {
    writeFileSync(join(dir, "..", "..", "file"), "");
    await expect(openStore({ kind: "pglite", dir: join(dir, "..", "..", "file", "data") })).rejects.toThrow(
      /^DATA_DIR .* cannot be used: ENOTDIR/,
    );
  });
});
