/** A whole interaction: the real bot in a process of its own, the real discord.js, our stand-in of Discord around it. */
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { SECOND } from "../../src/core/place.ts";
import type { PostgresServer } from "../../test/kit/postgres.ts";
import { type Running, start } from "../../test/kit/process.ts";
import { type DiscordStandIn, startDiscordStandIn } from "../../test/platforms/discord/stand_in/index.ts";
import { type Figure, quantile } from "../figures.ts";

/** So many that none is slowed down for pressing too often. */
const PEOPLE = Array.from({ length: 2_000 }, (_, nth) => ({ id: String(10_000 + nth), name: `Member ${nth}`, manager: nth === 0 }));
const [organizer] = PEOPLE as [(typeof PEOPLE)[number]];

export const environment = ({ apiUrl, token }: DiscordStandIn) => ({ DISCORD_API_URL: apiUrl, DISCORD_TOKEN: token });

export async function residentMb({ child }: Running): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

const inspecting = { NODE_OPTIONS: "--inspect=127.0.0.1:0" };

/** What the process keeps: its heap after a full collection, in MiB. It has to be started with `inspecting`. */
async function keptMb(bot: Running): Promise<number> {
  const socket = new WebSocket(/ws:\S+/.exec(bot.output())?.[0] ?? "");
  await once(socket, "open");
  const ask = async (method: string): Promise<string> => {
    socket.send(JSON.stringify({ id: 1, method }));
    const [{ data }] = await once(socket, "message");
    return data;
  };
  await ask("HeapProfiler.collectGarbage");
  const { result } = JSON.parse(await ask("Runtime.getHeapUsage"));
  socket.close();
  return result.usedSize / 2 ** 20;
}

/** Before it is measured: caches are empty, and functions not compiled yet. */
const WARM_UP_S = 5;

/** `perSecond` commands a second for so many seconds, each by another member. */
export async function gateway(server: PostgresServer, perSecond: number, seconds: number): Promise<readonly Figure[]> {
  const standIn = await startDiscordStandIn({ people: PEOPLE });
  const bot = await start({ ...environment(standIn), ...inspecting, DATABASE_URL: await server.create() });
  const begun = new Map<string, number>();
  const acknowledged: number[] = [];
  const replied: number[] = [];
  // The stand-in notes each request as it arrives.
  const { push } = standIn.requests;
  standIn.requests.push = (...lines) => {
    for (const line of lines) {
      const began = begun.get(/^POST \/interactions\/(\d+)\//.exec(line)?.[1] ?? "");
      if (began !== undefined) acknowledged.push(performance.now() - began);
    }
    return push.apply(standIn.requests, lines);
  };
  await standIn.driver.slash(organizer.id, "setup", { time: "09:00", zone: "UTC" });

  let failed = 0;
  const type = async (lasting: number) => {
    const waiting: Promise<void>[] = [];
    const from = performance.now();
    for (let nth = 0; nth < perSecond * lasting; nth++) {
      await sleep(Math.max(0, from + (nth * SECOND) / perSecond - performance.now()));
      const began = performance.now();
      const reply = standIn.driver.slash(PEOPLE[nth % PEOPLE.length]?.id ?? "", "daily remind", { wanted: nth % 2 === 0 });
      begun.set(standIn.driver.last.id, began);
      waiting.push(
        reply.then(
          () => void replied.push(performance.now() - began),
          () => void failed++,
        ),
      );
    }
    await Promise.all(waiting);
  };
  await type(WARM_UP_S);
  const kept = await keptMb(bot);
  for (const times of [acknowledged, replied]) times.length = 0;
  await type(seconds);
  const memory = { resident: await residentMb(bot), kept: await keptMb(bot) };
  await bot.stop();
  await standIn.stop();
  const what = `Discord, ${perSecond} commands/s for ${seconds} s`;
  return [
    { what: `${what}: acknowledged, p99`, ours: quantile(acknowledged, 0.99), unit: "ms", aim: "≤ 100 ms" },
    { what: `${what}: acknowledged, slowest`, ours: Math.max(...acknowledged), unit: "ms", aim: "≤ 3,000 ms" },
    { what: `${what}: replied, p50`, ours: quantile(replied, 0.5), unit: "ms" },
    { what: `${what}: not answered`, ours: failed + standIn.late.length, unit: "", aim: "0" },
    {
      what: `${what}: memory kept after a collection`,
      ours: memory.kept,
      unit: "MiB",
      reference: { name: `MiB after the first ${WARM_UP_S} s`, value: kept },
      aim: "1",
    },
    { what: `${what}: memory of the process at its end`, ours: memory.resident, unit: "MiB" },
  ];
}

/** From the start of the process to the first reply a member sees. */
export async function firstReply(server: PostgresServer): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), "drillroom-bench-"));
  const databases = {
    "PGlite, new folder": { DATA_DIR: folder },
    "PGlite again": { DATA_DIR: folder },
    PostgreSQL: { DATABASE_URL: await server.create() },
  };
  const figures: Figure[] = [];
  for (const [name, database] of Object.entries(databases)) {
    const standIn = await startDiscordStandIn({ people: PEOPLE.slice(0, 2) });
    const began = performance.now();
    const bot = await start({ ...environment(standIn), ...database });
    await standIn.driver.slash(organizer.id, "framework", {});
    figures.push({ what: `start to first reply, ${name}`, ours: (performance.now() - began) / SECOND, unit: "s" });
    figures.push({ what: `memory after it, ${name}`, ours: await residentMb(bot), unit: "MiB" });
    await bot.stop();
    await standIn.stop();
  }
  await rm(folder, { recursive: true, force: true });
  return figures;
}
