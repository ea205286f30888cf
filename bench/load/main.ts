/**
 * `npm run bench [what] [groups] [seconds]`: what the product carries, beside references of the same run: fan-out, interaction,
 * gateway, start, memory, idle. Prints one table and writes bench/load/figures.json; nothing is asserted.
 */
import { createLibrary } from "../../src/app/library.ts";
import { loadBank } from "../../src/store/bank.ts";
import { startPostgres } from "../../test/kit/postgres.ts";
import { type Figure, report } from "../figures.ts";
import { fanOut, idleTick } from "./fan_out.ts";
import { firstReply, gateway } from "./gateway.ts";
import { interaction } from "./interaction.ts";
import { memory } from "./memory.ts";

const [what = "all", size = "100000", lasting = "60"] = process.argv.slice(2);
const [groups, seconds] = [Number(size), Number(lasting)];
const library = createLibrary(await loadBank(new URL("../../content/", import.meta.url)));
const wanted = (name: string) => what === "all" || what === name;

const figures: Figure[] = [];
// As a careful operator runs it: a commit waits for the disk.
const server = await startPostgres(["max_connections=200", "shared_buffers=512MB", "max_wal_size=4GB"]);
if (wanted("fan-out")) figures.push(...(await fanOut(server, library, groups, 3)));
if (wanted("interaction")) figures.push(...(await interaction(server, library, 3)));
if (wanted("gateway")) figures.push(...(await gateway(server, 200, seconds)));
if (wanted("start")) figures.push(...(await firstReply(server)));
if (wanted("memory")) figures.push(...(await memory(server)));
if (wanted("idle")) figures.push(...(await idleTick(server, 10 * groups)));
await server.stop();
await report(figures, new URL("figures.json", import.meta.url));
process.exit(0);
