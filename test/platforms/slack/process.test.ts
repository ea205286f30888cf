/** Slack over HTTP as an operator runs it: the real process, one port for health and Slack. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { freshPostgres } from "../../kit/database.ts";
import { type Running, start } from "../../kit/process.ts";
import { Browser, install, KEY } from "./many_harness.ts";
import { type SlackStandIn, startSlackStandIn } from "./stand_in/index.ts";
import { CLIENT } from "./stand_in/oauth.ts";
import { textOf } from "./stand_in/shown.ts";

const ada = { id: "U1", name: "Ada", manager: true };

let standIn: SlackStandIn;
let bot: (Running & { readonly url: string }) | undefined;
beforeEach(async () => {
  standIn = await startSlackStandIn({ people: [ada], overHttp: true });
});
afterEach(async () => {
  await bot?.kill();
  bot = undefined;
  await standIn.stop();
});

async function run(env: Readonly<Record<string, string>>) {
  bot = await start({
    DATABASE_URL: await freshPostgres(),
    SLACK_API_URL: standIn.apiUrl,
    SLACK_SIGNING_SECRET: standIn.signingSecret,
    ...env,
  });
  standIn.http.url = bot.url;
  return bot;
}

it("installs, answers, shows the home tab, and keeps health on the same port", async () => {
  const many = {
    SLACK_CLIENT_ID: CLIENT.id,
    SLACK_CLIENT_SECRET: CLIENT.secret,
    SLACK_STATE_SECRET: "a-state-secret-of-the-operator",
    ENCRYPTION_KEY: KEY,
    PUBLIC_URL: "https://drill.example",
  };
  const first = await run(many);
  expect((await fetch(`${first.url}/healthz`)).status).toBe(200);
  expect((await new Browser(standIn).get("/slack/install")).status).toBe(302);
  await install(standIn, { team: standIn.team });
  const help = await standIn.driver.slash(ada.id, "C100", "/help");
  expect(help.kind === "private" && textOf(help.message.blocks)).toContain("/setup");
  await standIn.driver.openHome(ada.id);
  await expect.poll(() => standIn.workspace.homes.get(ada.id)).toBeDefined();
  expect(await first.stop()).toBe(0);
  expect(first.output()).not.toMatch(/xox|stand-in-client-secret/);
  expect(standIn.violations).toEqual([]);
});

it("ends with the line that names the variable when the one workspace's token is revoked, and not at a start only", async () => {
  const running = await run({ SLACK_BOT_TOKEN: standIn.botToken });
  standIn.oauth.revoke(standIn.team);
  await standIn.driver.slash(ada.id, "C100", "/help");
  expect(await running.exit()).toBe(1);
  expect(running.output()).toMatch(/^Drillroom stops: Slack refuses SLACK_BOT_TOKEN \(token_revoked\): [^\n]+$/m);
  expect(running.output()).not.toContain(standIn.botToken);
});
