/** What the doctor finds in Slack, asked of the stand-in; it posts nothing. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { inspectSlack } from "../../../src/platforms/slack/doctor.ts";
import { BOT_SCOPES } from "../../../src/platforms/slack/manifest.ts";
import { type SlackStandIn, startSlackStandIn } from "./stand_in/index.ts";

let slack: SlackStandIn;
beforeAll(async () => {
  slack = await startSlackStandIn({ people: [] });
});
afterAll(() => slack.stop());

const ask = (tokens: { botToken?: string; appToken?: string } = {}, apiUrl = slack.apiUrl) =>
  inspectSlack({
    transport: { kind: "socket", appToken: tokens.appToken ?? slack.appToken },
    tenancy: { kind: "one", botToken: tokens.botToken ?? slack.botToken },
    apiUrl,
  });

it("finds nothing wrong where nothing is, and posts nothing", async () => {
  expect(await ask()).toEqual([
    { what: "SLACK_BOT_TOKEN", ok: true, fix: expect.stringContaining("drillroom") },
    { what: "The app's scopes", ok: true, fix: expect.any(String) },
    { what: "SLACK_APP_TOKEN", ok: true, fix: "Socket Mode is on" },
  ]);
  expect(new Set(slack.calls)).toEqual(new Set(["auth.test", "apps.connections.open"]));
  expect(slack.socket.connections).toBe(0);
});

it("says how to bring the bot into a group's channel that it is not in, and posts nothing", async () => {
  const before = slack.calls.length;
  const channels = ["C100", "C404"].map((channel) => ({ platform: "slack", space: "T100", channel }) as const);
  const config = { transport: { kind: "socket", appToken: slack.appToken }, tenancy: { kind: "one", botToken: slack.botToken } } as const;
  const findings = await inspectSlack({ ...config, apiUrl: slack.apiUrl }, channels);
  expect(findings).toContainEqual({ what: "The group in the channel C100: the bot is in it.", ok: true });
  expect(findings).toContainEqual({
    what: "The group in the channel C404: the bot is not in it.",
    ok: false,
    fix: "Type /invite @drillroom there.",
  });
  expect(new Set(slack.calls.slice(before))).toEqual(new Set(["auth.test", "apps.connections.open", "conversations.history"]));
});

it("names each wrong token and what it should be, and repeats none", async () => {
  const findings = await ask({ botToken: "xoxb-wrong", appToken: "xapp-wrong" });
  expect(findings.map(({ what, ok }) => ({ what, ok }))).toEqual([
    { what: "SLACK_BOT_TOKEN", ok: false },
    { what: "SLACK_APP_TOKEN", ok: false },
  ]);
  expect(findings[0]?.fix).toContain("Bot User OAuth Token");
  expect(JSON.stringify(findings)).not.toContain("wrong");
});

it("names the scopes that are missing", async () => {
  slack.grant(BOT_SCOPES.filter((scope) => scope !== "files:write"));
  expect(await ask()).toContainEqual({ what: "The app's scopes", ok: false, fix: expect.stringContaining("lacks files:write") });
  slack.grant(BOT_SCOPES);
});

it("says that Slack cannot be reached", async () => {
  for (const { ok, fix } of await ask({}, "http://127.0.0.1:9/api/"))
    expect({ ok, fix }).toEqual({ ok: false, fix: expect.stringContaining("network") });
});

it("knows what it cannot ask", async () => {
  const key = Buffer.alloc(32).toString("base64");
  const findings = await inspectSlack({
    transport: { kind: "http", signingSecret: "0".repeat(32) },
    tenancy: {
      kind: "many",
      clientId: "1.2",
      clientSecret: "s",
      stateSecret: "t",
      encryptionKeys: [key, key],
      publicUrl: "https://drill.example",
    },
  });
  expect(findings.map(({ what }) => what)).toEqual(["PUBLIC_URL", "ENCRYPTION_KEY", "SLACK_SIGNING_SECRET"]);
  expect(findings[0]?.fix).toContain("https://drill.example/slack/install");
});
