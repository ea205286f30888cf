/** `npm run slack:manifest`: prints what to paste under "Create an app from a manifest". */
// biome-ignore lint/style/noRestrictedImports: a program of its own, so it composes like main.ts does
import { commands } from "../../../commands/index.ts";
import { slackManifest } from "./manifest.ts";

// An empty value counts as unset, as in config.ts.
console.log(JSON.stringify(slackManifest(commands, { prefix: process.env.SLACK_COMMAND_PREFIX?.trim() }), null, 2));
