import { describe, expect, it } from "vitest";
import { readConfig } from "../src/config.ts";
import { ConfigError } from "../src/config_values.ts";

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
    expect(config).toMatchObject({
      playground: false,
      discord: { token: "abc" },
      slack: { transport: { kind: "socket", appToken: "xapp-1" }, tenancy: { kind: "one", botToken: "xoxb-1" } },
    });
    expect(config.secrets).toEqual(expect.arrayContaining(["abc", "xoxb-1", "xapp-1", "p%40ss", "p@ss"]));
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

  const signing = "8f742231b10e8888abcd99edeee85a57";
  const key = Buffer.alloc(32, 7).toString("base64");
  const many = {
    SLACK_SIGNING_SECRET: signing,
    SLACK_CLIENT_ID: "12.34",
    SLACK_CLIENT_SECRET: "client-secret",
    SLACK_STATE_SECRET: "a state secret".replaceAll(" ", "-").padEnd(16, "-"),
    ENCRYPTION_KEY: key,
    PUBLIC_URL: "https://drill.example/",
  };
  const without = (name: keyof typeof many) => Object.fromEntries(Object.entries(many).filter(([one]) => one !== name));

  it("takes Slack over HTTP, and many workspaces, and keeps all of it out of the log", () => {
    expect(readConfig({ SLACK_BOT_TOKEN: "xoxb-1", SLACK_SIGNING_SECRET: signing }).slack).toEqual({
      transport: { kind: "http", signingSecret: signing },
      tenancy: { kind: "one", botToken: "xoxb-1" },
    });
    const older = Buffer.alloc(32, 8).toString("base64");
    const { slack, secrets } = readConfig({ ...many, ENCRYPTION_KEY: `${key},${older}` });
    expect(slack?.tenancy).toMatchObject({ kind: "many", encryptionKeys: [key, older], publicUrl: "https://drill.example" });
    expect(secrets).toEqual(expect.arrayContaining([signing, "client-secret", many.SLACK_STATE_SECRET, key, older]));
  });

  it.each([
    [{ SLACK_BOT_TOKEN: "xoxb-1" }, /^SLACK_APP_TOKEN is missing/],
    [{ SLACK_APP_TOKEN: "xapp-1" }, /^SLACK_BOT_TOKEN is missing/],
    [{ SLACK_SIGNING_SECRET: signing }, /^SLACK_BOT_TOKEN is missing beside SLACK_SIGNING_SECRET/],
    [{ SLACK_BOT_TOKEN: "xoxb-1", SLACK_APP_TOKEN: "xapp-1", SLACK_SIGNING_SECRET: signing }, /^SLACK_APP_TOKEN and SLACK_SIGNING_SECRET/],
    [{ ...many, SLACK_BOT_TOKEN: "xoxb-1" }, /^SLACK_BOT_TOKEN and SLACK_CLIENT_ID exclude each other/],
    [{ ...many, SLACK_APP_TOKEN: "xapp-1" }, /^SLACK_APP_TOKEN and SLACK_CLIENT_ID exclude each other/],
    [without("SLACK_SIGNING_SECRET"), /^SLACK_SIGNING_SECRET is missing beside SLACK_CLIENT_ID/],
    [without("SLACK_CLIENT_ID"), /^SLACK_CLIENT_ID is missing/],
    [without("SLACK_CLIENT_SECRET"), /^SLACK_CLIENT_SECRET is missing/],
    [without("SLACK_STATE_SECRET"), /^SLACK_STATE_SECRET is missing/],
    [without("ENCRYPTION_KEY"), /^ENCRYPTION_KEY is missing/],
    [without("PUBLIC_URL"), /^PUBLIC_URL is missing/],
    [{ ...many, SLACK_SIGNING_SECRET: "short" }, /^SLACK_SIGNING_SECRET must be the app's signing secret/],
    [{ ...many, SLACK_CLIENT_ID: "drillroom" }, /^SLACK_CLIENT_ID must be/],
    [{ ...many, SLACK_STATE_SECRET: "short" }, /^SLACK_STATE_SECRET must be/],
    [{ ...many, ENCRYPTION_KEY: "c2hvcnQ=" }, /^ENCRYPTION_KEY must be 32 bytes/],
    [{ ...many, PUBLIC_URL: "http://drill.example" }, /^PUBLIC_URL must begin with https/],
    [{ ...many, PUBLIC_URL: "https://drill.example/bot" }, /^PUBLIC_URL must end after the host/],
    [{ ...many, PLAYGROUND: "1" }, /^PLAYGROUND is 1 beside SLACK_SIGNING_SECRET/],
  ])("says in one line what does not go together in %o", (env, message) => {
    expect(line(env as Record<string, string>)).toMatch(message);
    expect(line(env as Record<string, string>)).not.toMatch(/\n|client-secret|8f742231/);
  });

  it("keeps the playground on this machine", () => {
    expect(line({ HOST: "0.0.0.0" })).toMatch(/^HOST is 0\.0\.0\.0/);
    expect(line({ DATABASE_URL: "postgres://db.example/x" })).toMatch(/^DATABASE_URL is on another host/);
    expect(readConfig({ DATABASE_URL: "postgres://db.example/x", PLAYGROUND: "1" }).playground).toBe(true);
    expect(readConfig({ DATABASE_URL: "postgres://127.0.0.1/x" }).playground).toBe(true);
    expect(line({ PLAYGROUND: "0" })).toMatch(/^PLAYGROUND is 0/);
  });

  it("counts a password inside any address among the secrets", () => {
    const env = { DATABASE_URL: "postgres://u@db/x?password=one", LLM_BASE_URL: "http://u:two@a/v1", LLM_MODEL: "m", PLAYGROUND: "1" };
    expect(readConfig(env).secrets).toEqual(expect.arrayContaining(["one", "two"]));
    expect(readConfig({ DISCORD_TOKEN: "abc", DISCORD_API_URL: "http://u:50%@a" }).secrets).toContain("50%");
  });

  it("never repeats a secret in an error", () => {
    expect(line({ DISCORD_TOKEN: "very secret" })).not.toContain("very secret");
    expect(line({ DATABASE_URL: "postgres//u:secret@x" })).not.toContain("secret@");
  });
});
