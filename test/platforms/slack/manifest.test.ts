import { describe, expect, it } from "vitest";
import { z } from "zod";
import { commands } from "../../../commands/index.ts";
import { command } from "../../../src/app/command.ts";
import { slackManifest } from "../../../src/platforms/slack/manifest.ts";

const one = (path: string) =>
  command({ path, summary: "Do it", access: "anyone", input: z.object({}), run: () => Promise.reject(new Error("never run")) });

/** https://docs.slack.dev/reference/app-manifest */
const slash = z.strictObject({
  url: z.url().optional(),
  command: z.string().regex(/^\/[a-z0-9_-]{1,31}$/),
  description: z.string().min(1).max(2_000),
  usage_hint: z.string().min(1).max(1_000).optional(),
  should_escape: z.literal(false),
});

describe("the Slack manifest", () => {
  it("names no command of Slack's own", () => {
    for (const { command } of slackManifest(commands).features.slash_commands)
      expect(["/me", "/remind", "/status", "/topic", "/who", "/join", "/leave", "/invite", "/search", "/feedback", "/call"]).not.toContain(
        command,
      );
  });

  it("has one slash command per first word, in the order of the commands, that Slack takes", () => {
    const { slash_commands: all } = slackManifest(commands).features;
    z.array(slash).min(1).max(50).parse(all);
    const words = commands.filter(({ hidden }) => !hidden).map(({ path }) => `/${path.split(" ")[0]}`);
    expect(all.map(({ command }) => command)).toEqual([...new Set(words)]);
  });

  it("hints at subcommands and their options, but not at hidden ones", () => {
    const hint = slackManifest(commands).features.slash_commands.find(({ command }) => command === "/mock")?.usage_hint;
    expect(hint).toContain("start [case:…] [mode:peer|relay|solo] [seat:candidate|interviewer|scorer]");
    expect(hint).not.toContain("take");
  });

  it("asks for Socket Mode, buttons, a bot, and no permission beyond what is used", () => {
    const { settings, oauth_config: oauth, features } = slackManifest(commands);
    expect(settings).toMatchObject({ socket_mode_enabled: true, interactivity: { is_enabled: true } });
    expect(features.bot_user.display_name).toBe("drillroom");
    expect(features.app_home.home_tab_enabled).toBe(true);
    expect(settings.event_subscriptions).toEqual({
      bot_events: [
        "app_mention",
        "message.channels",
        "message.groups",
        "message.im",
        "app_home_opened",
        "app_uninstalled",
        "tokens_revoked",
      ],
    });
    expect(oauth).not.toHaveProperty("redirect_urls");
    for (const { name, description } of features.shortcuts) {
      // https://docs.slack.dev/reference/app-manifest
      expect(name.length).toBeLessThanOrEqual(24);
      expect(description.length).toBeLessThanOrEqual(150);
    }
    expect([...oauth.scopes.bot].sort()).toEqual([
      "app_mentions:read",
      "channels:history",
      "chat:write",
      "commands",
      "files:write",
      "groups:history",
      "im:history",
      "im:write",
      "reactions:write",
      "users:read",
    ]);
  });

  it("names our address everywhere over HTTP, and Socket Mode nowhere", () => {
    const { settings, oauth_config: oauth, features } = slackManifest(commands, { publicUrl: "https://drill.example" });
    const url = "https://drill.example/slack/events";
    expect(settings).toMatchObject({
      socket_mode_enabled: false,
      event_subscriptions: { request_url: url },
      interactivity: { request_url: url },
      // Slack never turns it off again, and a token that the operator pasted would be over after 12 hours.
      token_rotation_enabled: false,
    });
    expect(new Set(features.slash_commands.map((command) => command.url))).toEqual(new Set([url]));
    expect(oauth).not.toHaveProperty("redirect_urls");
  });

  it("lets everybody install it, whole organizations too, with tokens that rotate", () => {
    const { settings, oauth_config: oauth } = slackManifest(commands, { publicUrl: "https://drill.example", many: true });
    expect(oauth).toMatchObject({ redirect_urls: ["https://drill.example/slack/oauth_redirect"] });
    expect(settings).toMatchObject({ org_deploy_enabled: true, token_rotation_enabled: true });
    expect(settings.event_subscriptions.bot_events).toContain("team_access_revoked");
    expect(() => slackManifest(commands, { many: true })).toThrow("PUBLIC_URL");
  });

  it("puts the prefix before every command", () => {
    for (const { command } of slackManifest(commands, { prefix: "ml-" }).features.slash_commands) expect(command).toMatch(/^\/ml-[a-z]/);
  });

  it.each(["me", "remind", "status", "topic", "who", "join", "leave", "invite", "search"])(
    "refuses Slack's own /%s, and says what to do",
    (word) => {
      expect(() => slackManifest([one(`${word} now`)])).toThrow(`"/${word}" is Slack's own command`);
      expect(() => slackManifest([one(`${word} now`)])).toThrow("SLACK_COMMAND_PREFIX");
      expect(slackManifest([one(`${word} now`)], { prefix: "ml-" }).features.slash_commands).toHaveLength(1);
    },
  );

  it("refuses names that Slack cannot have, and more commands than it takes", () => {
    expect(() => slackManifest([one("Daily")])).toThrow('"/Daily"');
    expect(() => slackManifest([one("x".repeat(32))])).toThrow("up to 31");
    expect(() => slackManifest(Array.from({ length: 51 }, (_, at) => one(`c${at}`)))).toThrow("these are 51");
  });
});
