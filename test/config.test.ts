import { describe, expect, it } from "vitest";
import { ConfigError, readConfig } from "../src/config.ts";

const line = (env: Record<string, string>) => {
  try {
    readConfig(env);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).message;
  }
  return undefined;
};

describe("configuration", () => {
  it("is the playground on an embedded database when nothing is set", () => {
    expect(readConfig({})).toMatchObject({ database: { kind: "pglite", dir: "./data" }, host: "127.0.0.1", port: 3000, playground: true });
    expect(readConfig({ PORT: "", DISCORD_TOKEN: "  " })).toMatchObject({ port: 3000, discord: undefined });
  });

  it("takes tokens, and leaves the playground out beside them", () => {
    const config = readConfig({
      DISCORD_TOKEN: "abc",
      SLACK_BOT_TOKEN: "xoxb-1",
      SLACK_APP_TOKEN: "xapp-1",
      DATABASE_URL: "postgres://u:p%40ss@db:5432/x",
    });
    expect(config).toMatchObject({ playground: false, discord: { token: "abc" }, slack: { botToken: "xoxb-1", appToken: "xapp-1" } });
    expect(config.secrets).toEqual(expect.arrayContaining(["abc", "xoxb-1", "xapp-1", "p%40ss"]));
    expect(readConfig({ DISCORD_TOKEN: "abc", PLAYGROUND: "1" }).playground).toBe(true);
    expect(config.discord).toEqual({ token: "abc", shards: "auto" });
    for (const [set, messageContent] of [
      ["1", true],
      ["0", undefined],
    ] as const)
      expect(readConfig({ DISCORD_TOKEN: "abc", DISCORD_MESSAGE_CONTENT: set }).discord?.messageContent).toBe(messageContent);
  });

  it.each([
    [{ PORT: "http" }, "PORT must be a port number."],
    [{ PORT: "70000" }, "PORT must be 0 to 65535."],
    [{ DATABASE_URL: "mysql://x" }, "DATABASE_URL must look like postgres://user:password@host:5432/database."],
    [{ LOG_LEVEL: "loud" }, "LOG_LEVEL must be fatal, error, warn, info, debug, trace or silent."],
    [{ DISCORD_TOKEN: "a b" }, "DISCORD_TOKEN must be one word: the bot's token, without quotes."],
    [{ DISCORD_API_URL: "discord" }, "DISCORD_API_URL must be an http or https address."],
    [{ DISCORD_MESSAGE_CONTENT: "yes" }, "DISCORD_MESSAGE_CONTENT must be 0 or 1."],
    [{ DISCORD_GUILD_ID: "my-server" }, "DISCORD_GUILD_ID must be a server's id: digits alone."],
    [{ SLACK_BOT_TOKEN: "xoxp-1" }, "SLACK_BOT_TOKEN must be a bot token, which begins with xoxb-."],
    [{ SLACK_COMMAND_PREFIX: "Drill Room" }, "SLACK_COMMAND_PREFIX must be 1 to 20 of a-z, 0-9, _ and -."],
    [{ LLM_BASE_URL: "here" }, "LLM_BASE_URL must be an http or https address."],
    [{ LLM_DAILY_LIMIT: "many" }, "LLM_DAILY_LIMIT must be a number of calls a day."],
    [{ LLM_API_KEY: "sk" }, "LLM_BASE_URL is missing beside LLM_MODEL or LLM_API_KEY."],
    [{ LLM_BASE_URL: "http://127.0.0.1:1/v1" }, "LLM_MODEL is missing beside LLM_BASE_URL: name the model that the endpoint shall use."],
    [{ PLAYGROUND: "yes" }, "PLAYGROUND must be 0 or 1."],
  ])("names what is wrong in %o", (env, message) => expect(line(env as Record<string, string>)).toBe(message));

  it.each([
    [{}, "auto"],
    [{ DISCORD_SHARDS: "auto" }, "auto"],
    [{ DISCORD_SHARDS: "4" }, { ids: [0, 1, 2, 3], of: 4 }],
    [{ DISCORD_SHARDS: "2-3/16" }, { ids: [2, 3], of: 16 }],
    [{ DISCORD_SHARDS: "15/16" }, { ids: [15], of: 16 }],
  ])("runs the shards of %o", (env, shards) => {
    expect(readConfig({ DISCORD_TOKEN: "abc", ...env }).discord?.shards).toEqual(shards);
  });

  it.each(["0", "4-2/8", "0-8/8", "8/8", "1-2", "0-3/99999", "-1/4", "all", "1,2/4"])("refuses %s as shards", (shards) => {
    expect(line({ DISCORD_SHARDS: shards })).toBe(
      "DISCORD_SHARDS must be auto, a number of shards such as 4, or a part of them such as 0-3/16, counted from 0.",
    );
  });

  it("asks for the other half of Slack's tokens", () => {
    expect(line({ SLACK_BOT_TOKEN: "xoxb-1" })).toMatch(/^SLACK_APP_TOKEN is missing/);
    expect(line({ SLACK_APP_TOKEN: "xapp-1" })).toMatch(/^SLACK_BOT_TOKEN is missing/);
  });

  it("keeps the playground on this machine", () => {
    expect(line({ HOST: "0.0.0.0" })).toMatch(/^HOST is 0\.0\.0\.0/);
    expect(line({ DATABASE_URL: "postgres://db.example/x" })).toMatch(/^DATABASE_URL is on another host/);
    expect(readConfig({ DATABASE_URL: "postgres://db.example/x", PLAYGROUND: "1" }).playground).toBe(true);
    expect(readConfig({ DATABASE_URL: "postgres://127.0.0.1/x" }).playground).toBe(true);
    expect(line({ PLAYGROUND: "0" })).toMatch(/^PLAYGROUND is 0/);
  });

  it("never repeats a secret in an error", () => {
    expect(line({ DISCORD_TOKEN: "very secret" })).not.toContain("very secret");
    expect(line({ DATABASE_URL: "postgres//u:secret@x" })).not.toContain("secret@");
  });
});
