/**
 * `npm run slack:manifest`: prints what to paste under "Create an app from a manifest". For Socket Mode;
 * with PUBLIC_URL for HTTP, and with `-- --many` besides for everybody to install.
 */
// biome-ignore lint/style/noRestrictedImports: a program of its own, so it composes like main.ts does
import { commands } from "../../../commands/index.ts";
import { slackManifest } from "./manifest.ts";

// An empty value counts as unset, as in config.ts.
const set = (name: string): string | undefined => process.env[name]?.trim() || undefined;
const publicUrl = set("PUBLIC_URL");

try {
  const manifest = slackManifest(commands, {
    prefix: set("SLACK_COMMAND_PREFIX"),
    publicUrl: publicUrl && new URL(publicUrl).origin,
    many: process.argv.includes("--many"),
  });
  console.log(JSON.stringify(manifest, null, 2));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
