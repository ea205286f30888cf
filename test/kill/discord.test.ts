import { openDiscord } from "./discord_platform.ts";
import { folderOfItsOwn, killScenario } from "./scenario.ts";

killScenario(openDiscord, folderOfItsOwn);
