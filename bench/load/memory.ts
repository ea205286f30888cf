/** What an idle group, and an idle server on Discord, cost in memory: the same process with few and with many. */
import { setTimeout as sleep } from "node:timers/promises";
import { DAY, SECOND } from "../../src/core/place.ts";
import type { PostgresServer } from "../../test/kit/postgres.ts";
import { start } from "../../test/kit/process.ts";
import { startDiscordStandIn } from "../../test/platforms/discord/stand_in/index.ts";
import { type Figure, median } from "../figures.ts";
import { groupsDue } from "./fan_out.ts";
import { environment, residentMb } from "./gateway.ts";

/** As in a server of middle size, beside the channel that a group meets in. */
const CHANNELS = 20;
/** A process that just started still gives memory back. */
const SETTLED_S = 20;

interface Size {
  readonly groups: number;
  readonly guilds: number;
}

/** MiB of the bot, idle for so long that it only beats. */
async function idle(server: PostgresServer, { groups, guilds }: Size): Promise<number> {
  const standIn = await startDiscordStandIn({ people: [{ id: "10000", name: "Member", manager: true }], guilds });
  for (const { id } of standIn.world.guilds)
    for (let nth = 0; nth < CHANNELS; nth++) standIn.world.addChannel("text", `channel-${nth}`, { guild: id });
  const url = await server.create();
  await groupsDue(url, groups, Date.now() + DAY);
  const bot = await start({ ...environment(standIn), DATABASE_URL: url });
  await sleep(SETTLED_S * SECOND);
  const resident = await residentMb(bot);
  await bot.stop();
  await standIn.stop();
  return resident;
}

/** Medians of `rounds`, few and many in turn. */
export async function memory(server: PostgresServer, rounds: number): Promise<readonly Figure[]> {
  const sizes = {
    few: { groups: 1_000, guilds: 1 },
    groups: { groups: 100_000, guilds: 1 },
    guilds: { groups: 1_000, guilds: 1_000 },
  };
  const measured = { few: [] as number[], groups: [] as number[], guilds: [] as number[] };
  for (let round = 0; round < rounds; round++)
    for (const name of ["few", "groups", "guilds"] as const) measured[name].push(await idle(server, sizes[name]));
  const [few, groups, guilds] = [median(measured.few), median(measured.groups), median(measured.guilds)];
  const reference = { name: "MiB with 1,000 groups, 1 server", value: few };
  return [
    { what: "idle, 100,000 groups", ours: groups, unit: "MiB", reference },
    { what: "each group", ours: ((groups - few) * 1024) / (sizes.groups.groups - sizes.few.groups), unit: "KiB" },
    { what: `idle, 1,000 Discord servers of ${CHANNELS} channels`, ours: guilds, unit: "MiB", reference },
    { what: "each server", ours: ((guilds - few) * 1024) / (sizes.guilds.guilds - sizes.few.guilds), unit: "KiB" },
  ];
}
