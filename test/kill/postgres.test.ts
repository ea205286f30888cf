/** On a server nobody knows that a killed process is gone: its leases run out, and then others take over. */
import { freshPostgres } from "../kit/database.ts";
import { openDiscord } from "./discord_platform.ts";
import { killScenario } from "./scenario.ts";

killScenario(openDiscord, async () => ({ DATABASE_URL: await freshPostgres() }), ["between send and mark"]);
