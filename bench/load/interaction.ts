/**
 * From dispatch to commit, sixteen at a time, beside pgbench, which plays the very statements of one such
 * interaction without a program in between.
 */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { commands } from "../../commands/index.ts";
import { createEngine } from "../../src/app/engine.ts";
import type { Library } from "../../src/app/library.ts";
import { createLog } from "../../src/operations/log.ts";
import { openStore } from "../../src/store/index.ts";
import type { PostgresServer } from "../../test/kit/postgres.ts";
import { type Figure, median, quantile } from "../figures.ts";

const AT_ONCE = 16;
const SECONDS = 5;
const MEMBERS = 10_000;
const PLACE = { platform: "web", space: "s1", channel: "c1" } as const;

interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** All that goes to the server while `work` runs; the driver is asked, so nothing is left out. */
async function overheard(work: () => Promise<unknown>): Promise<readonly Statement[]> {
  const heard: Statement[] = [];
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
    heard.push(given[0] as Statement);
    return Reflect.apply(query, this, given);
  } as typeof query;
  await work();
  pg.Client.prototype.query = query;
  return heard;
}

/** pgbench takes what follows a colon for a variable of its own, within a literal, too. */
const quoted = (inside: string): string => `E'${inside.replaceAll("\\", "\\\\").replaceAll(":", "\\072")}'`;

/** A script of pgbench: its variables stand for what differs between two interactions. */
function scriptOf(statements: readonly Statement[], invocation: string, member: string): string {
  const literal = (value: unknown): string => {
    if (value === null || value === undefined) return "null";
    if (typeof value === "number" || typeof value === "boolean") return String(value);
    const text = value instanceof Date ? value.toISOString() : Array.isArray(value) ? `{${value.join(",")}}` : String(value);
    if (text === invocation) return "('p' || :client_id || '-' || :nth)";
    if (text === member) return "('m' || :member)";
    return quoted(text.replaceAll(member, "m1").replaceAll("'", "''"));
  };
  const lines = statements.map(
    ({ text, values }) =>
      `${text
        .replaceAll(/\s+/g, " ")
        .replace(/'([^']*)'/g, (_, inside: string) => quoted(inside))
        .replace(/\$(\d+)/g, (_, at: string) => literal(values[Number(at) - 1]))};`,
  );
  return ["\\set nth random(1, 1000000000)", `\\set member random(1, ${MEMBERS})`, ...lines].join("\n");
}

/** How pgbench sends its statements: as text each time, or prepared once a connection, as our store does. */
const PROTOCOLS = ["simple", "prepared"] as const;

/** Ours and the references in turn, the medians of `rounds`. */
export async function interaction(server: PostgresServer, library: Library, rounds: number): Promise<readonly Figure[]> {
  const url = await server.create();
  const { store } = await openStore({ kind: "postgres", url }, undefined, AT_ONCE);
  const engine = createEngine({ commands, store, library, now: Date.now, log: createLog("error", []) });
  let nth = 0;
  const dispatch = (id: string, member: string) =>
    engine.dispatcher.dispatch({
      id,
      path: "daily remind",
      input: { wanted: true },
      who: { platform: "web", space: PLACE.space, id: member, name: "Bench", manager: false },
      place: PLACE,
    });
  await store.transaction((tx) => tx.groups.ensure(PLACE, "group", Date.now()));
  await dispatch("warm", "m1");

  const statements = await overheard(() => dispatch("the-invocation", "the-member"));
  const dir = await mkdtemp(join(tmpdir(), "drillroom-pgbench-"));
  const script = join(dir, "interaction.sql");
  await writeFile(script, scriptOf(statements, "the-invocation", "the-member"));
  const taken: number[] = [];
  const ours: number[] = [];
  const theirs = { simple: [] as number[], prepared: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    const before = taken.length;
    const until = performance.now() + SECONDS * 1_000;
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        while (performance.now() < until) {
          const began = performance.now();
          nth += 1;
          await dispatch(`i${nth}`, `m${nth % MEMBERS}`);
          taken.push(performance.now() - began);
        }
      }),
    );
    ours.push((taken.length - before) / SECONDS);
    for (const protocol of PROTOCOLS) theirs[protocol].push(...(await pgbench(url, script, protocol)));
  }
  await rm(dir, { recursive: true });
  await store.close();
  const what = `an interaction, ${statements.length} statements, ${AT_ONCE} at once`;
  const against = PROTOCOLS.filter((protocol) => theirs[protocol].length > 0);
  if (against.length === 0) console.log("pgbench is not installed here: there is no reference.");
  const rate = { ours: median(ours), unit: "/s", aim: "≥ 0.55" };
  return [
    ...(against.length === 0 ? [{ what: `${what}: dispatch to commit`, ...rate }] : []),
    ...against.map((protocol) => ({
      what: `${what}: dispatch to commit`,
      ...rate,
      reference: { name: `pgbench (${protocol})/s`, value: median(theirs[protocol]) },
    })),
    { what: `${what}: p50`, ours: quantile(taken, 0.5), unit: "ms" },
    { what: `${what}: p99`, ours: quantile(taken, 0.99), unit: "ms" },
  ];
}

/** Transactions a second; none where pgbench is not installed. */
async function pgbench(url: string, script: string, protocol: string): Promise<readonly number[]> {
  const load = ["--client", String(AT_ONCE), "--jobs", "2", "--time", String(SECONDS)];
  const options = ["--no-vacuum", "--protocol", protocol, ...load, "--file", script, url];
  const done = await promisify(execFile)("pgbench", options).catch((error: { code?: string; stderr?: string }) => {
    if (error.code === "ENOENT") return undefined;
    throw new Error(`pgbench failed: ${error.stderr}`);
  });
  const tps = done && /tps = ([\d.]+)/.exec(done.stdout)?.[1];
  return tps === undefined ? [] : [Number(tps)];
}
