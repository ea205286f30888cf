/** What an idle group, and an idle server on Discord, cost in memory: the same process with few and with many. */
import { setTimeout as sleep } from "node:timers/promises";
import { DAY, SECOND } from "../../src/core/place.ts";
import type { PostgresServer } from "../../test/kit/postgres.ts";
import { start } from "../../test/kit/process.ts";
import { startDiscordStandIn } from "../../test/platforms/discord/stand_in/index.ts";
import type { Figure } from "../figures.ts";
import { groupsDue } from "./fan_out.ts";
import { environment, residentMb } from "./gateway.ts";

/** As in a server of middle size, beside the channel that a group meets in. */
const CHANNELS = 20;
/** A process that just started still gives memory back. */
const SETTLED_S = 30;

const FEW = 1_000;
const MANY = 100_000;
const SERVERS = 1_000;

/** One process, since two that start alike differ by more than all groups weigh: groups are added beneath it, then servers. */
export async function memory(server: PostgresServer): Promise<readonly Figure[]> {
  const standIn = await startDiscordStandIn({ people: [{ id: "10000", name: "Member", manager: true }], guilds: SERVERS + 1 });
  const { world, gateway } = standIn;
  for (const { id } of world.guilds) for (let nth = 0; nth < CHANNELS; nth++) world.addChannel("text", `channel-${nth}`, { guild: id });
  const joining = world.guilds.splice(1);
  const url = await server.create();
  await groupsDue(url, FEW, Date.now() + DAY);
  const bot = await start({ ...environment(standIn), DATABASE_URL: url });
  const settled = async () => {
    await sleep(SETTLED_S * SECOND);
    return residentMb(bot);
  };
  const few = await settled();
  await groupsDue(url, MANY, Date.now() + DAY, 63);
  const groups = await settled();
  world.guilds.push(...joining);
  for (const { id } of joining) gateway.addTo(id);
  const guilds = await settled();
  await bot.stop();
  await standIn.stop();
  const reference = { name: `MiB with ${FEW.toLocaleString("en")} groups and one server`, value: few };
  return [
    { what: `idle, ${MANY.toLocaleString("en")} groups more`, ours: groups, unit: "MiB", reference },
    { what: "each group", ours: ((groups - few) * 1024) / MANY, unit: "KiB" },
    { what: `idle, ${SERVERS.toLocaleString("en")} Discord servers of ${CHANNELS} channels more`, ours: guilds, unit: "MiB", reference },
    { what: "each server", ours: ((guilds - groups) * 1024) / SERVERS, unit: "KiB" },
  ];
}
