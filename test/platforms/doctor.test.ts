/** `npm run doctor` against stand-ins: all is well, and each thing that can be amiss. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ApplicationFlags } from "discord.js";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { commands } from "../../commands/index.ts";
import { examine, report } from "../../src/operations/doctor.ts";
import { inviteUrl } from "../../src/platforms/discord/permissions.ts";
import { takeDataDir } from "../../src/store/data_dir.ts";
import { RecordingDispatcher } from "../contract/receiver.ts";
import { freshPostgres } from "../kit/database.ts";
import { freePort, run } from "../kit/process.ts";
import { adapterFor } from "./discord/harness.ts";
import { type DiscordStandIn, startDiscordStandIn } from "./discord/stand_in/index.ts";

let dir: string;
let url: string;
let standIn: DiscordStandIn;
let env: Record<string, string>;
const busy: Server[] = [];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "drillroom-doctor-"));
  url = await freshPostgres();
});
afterAll(() => rm(dir, { recursive: true, force: true }));

beforeEach(async () => {
  standIn = await startDiscordStandIn({ people: [{ id: "1001", name: "Ada", manager: true }] });
  env = { DATABASE_URL: url, DISCORD_TOKEN: standIn.token, DISCORD_API_URL: standIn.apiUrl, PORT: String(await freePort()) };
});
afterEach(async () => {
  const posted = standIn.requests.filter((request) => !request.startsWith("GET "));
  for (const server of busy.splice(0)) server.close();
  await standIn.stop();
  expect(standIn.violations).toEqual([]);
  expect(standIn.faults.left).toBe(0);
  expect(posted).toEqual([]);
});

/** All that it says, by section; and what is amiss alone. */
async function doctor(more: Record<string, string> = {}) {
  const { sections, secrets } = await examine({ ...env, ...more });
  const text = report(sections, secrets);
  for (const secret of secrets) expect(text).not.toContain(secret);
  return { text, amiss: sections.flatMap(({ findings }) => findings.filter(({ ok }) => !ok)) };
}
/** What it asks to be mended: exactly one thing, with a way. */
async function only(more: Record<string, string> = {}): Promise<string> {
  const { amiss } = await doctor(more);
  expect(amiss).toHaveLength(1);
  const [{ what, fix } = { what: "", fix: "" }] = amiss;
  expect(fix?.length).toBeGreaterThan(20);
  return `${what} ${fix}`;
}
/** As if it had run before: commands registered, a group set up. Its requests are forgotten. */
async function ranBefore({ setUp = true } = {}): Promise<void> {
  const adapter = adapterFor(standIn, Object.assign(new RecordingDispatcher(), { commands }));
  await adapter.start();
  await adapter.stop();
  standIn.requests.length = 0;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("delete from study_group");
  if (setUp)
    await client.query(
      `with slot as (insert into schedule_slot (zone, wall_time, weekdays, next_due_at) values ('UTC', '09:00', 127, now())
        on conflict (zone, wall_time, weekdays) do update set zone = excluded.zone returning id)
      insert into study_group (id, platform, space, channel, slot, created_at) select 'g1', 'discord', $1, $2, id, now() from slot`,
      [standIn.guildId, standIn.channelId],
    );
  await client.end();
}
/** Something else on a port. */
async function listen(answer: string): Promise<string> {
  const server = createServer((_request, response) => void response.end(answer));
  busy.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return String((server.address() as AddressInfo).port);
}

describe("npm run doctor", () => {
  it("prints a sign and a word for each finding, what to do below, and no secret", () => {
    const findings = [
      { what: "The sea", ok: true },
      { what: "The ship", ok: true, fix: "it is the Beagle" },
      { what: "The mast word9 is gone.", ok: false, fix: "Plant a tree." },
    ];
    expect(report([{ name: "Voyage", findings }], ["word9"])).toBe(
      "Voyage\n  ✓ ok   The sea\n  ✓ ok   The ship: it is the Beagle\n  ✕ FIX  The mast [secret] is gone.\n           Plant a tree.\n\n1 thing needs you.\n",
    );
  });

  it("says that all is well, what it looked at, and how to invite the bot", async () => {
    await ranBefore();
    const { text, amiss } = await doctor();
    expect(amiss).toEqual([]);
    expect(text).toMatch(/All is well\.\n$/);
    for (const words of [
      "Every variable that is set can be read.",
      "is free to listen on",
      "tables are this version's",
      "DISCORD_TOKEN is the bot ",
      "Message Content is off",
      "gateway answers",
      "1 of 1 shards run here; Discord advises 1. 999 of 1000 starts are left today.",
      inviteUrl(standIn.world.application),
      "The commands are registered in all servers.",
      `https://discord.com/channels/${standIn.guildId}/${standIn.channelId}: the bot may do all it needs.`,
      "Not used: no Slack variable is set.",
      "None reads answers",
    ])
      expect(text).toContain(words);
    expect(standIn.gateway.history.filter((what) => what === "identify")).toHaveLength(1);
  });

  it("names a variable that is wrong, and looks no further", async () => {
    expect(await only({ DISCORD_SHARDS: "many" })).toMatch(/^DISCORD_SHARDS must be/);
    expect(standIn.requests).toEqual([]);
  });

  it("tells a port that something else has from one where Drillroom answers", async () => {
    await ranBefore();
    expect(await only({ PORT: await listen("hello") })).toMatch(/cannot be listened on \(EADDRINUSE\).* Set PORT/);
    expect((await doctor({ PORT: await listen("ok\n") })).text).toContain("A Drillroom answers at");
  });

  it.each([
    ["a wrong token", () => ({ DISCORD_TOKEN: "not.the.token" }), /refuses DISCORD_TOKEN\. Under Bot at/],
    ["nothing that listens", () => ({ DISCORD_API_URL: "http://127.0.0.1:9/api" }), /cannot be reached \(ECONNREFUSED\)/],
    ["a server that it is not in", () => ({ DISCORD_GUILD_ID: "12345" }), /DISCORD_GUILD_ID is 12345/],
    ["other commands", () => ({ DISCORD_GUILD_ID: standIn.guildId }), /are not this version's\. Start Drillroom/],
    ["too few shards", () => ({ DISCORD_SHARDS: "0-1/4" }), /makes 4 shards, and Discord advises 9/],
  ])("finds %s", async (_what, change, words) => {
    await ranBefore({ setUp: false });
    standIn.gateway.advised = 9;
    const { amiss } = await doctor(change());
    expect(amiss.map(({ what, fix }) => `${what} ${fix}`).join("\n")).toMatch(words);
  });

  it("finds what Discord refuses or limits", async () => {
    await ranBefore({ setUp: false });
    standIn.faults.next("gateway", { kind: "refuse", status: 403, code: 40_333, message: "internal network error" });
    expect(await only()).toContain("Discord refused a question (403 40333).");
    standIn.gateway.remaining = 0;
    expect(await only()).toMatch(/Only 0 starts of a shard are left.* in 1 h/);
    standIn.gateway.remaining = 999;
    standIn.gateway.deaf = true;
    expect(await only()).toMatch(/gateway at 127\.0\.0\.1:\d+ does not answer/);
    standIn.gateway.deaf = false;
    Object.assign(standIn.world.applicationSettings, { bot_require_code_grant: true });
    expect(await only()).toContain("code grant");
    Object.assign(standIn.world.applicationSettings, {
      bot_require_code_grant: false,
      install_params: { scopes: ["bot"], permissions: "3072" },
    });
    expect(await only()).toContain("does not ask for Create Public Threads, Send Messages in Threads,");
  });

  it("finds an intent that is asked for and was not granted", async () => {
    await ranBefore({ setUp: false });
    expect(await only({ DISCORD_MESSAGE_CONTENT: "1" })).toMatch(/Message Content is off.* Switch Message Content Intent on/);
    standIn.world.applicationFlags = ApplicationFlags.GatewayMessageContentLimited;
    expect((await doctor({ DISCORD_MESSAGE_CONTENT: "1" })).text).toContain("Message Content is on, and in a round's thread");
    expect((await doctor()).text).toContain("Message Content is on for this application, and not used");
  });

  it("finds that the bot is in no server, and gives the address that invites it", async () => {
    await ranBefore();
    standIn.world.guilds.length = 0;
    const { amiss } = await doctor();
    expect(amiss).toHaveLength(2);
    expect(amiss[0]).toMatchObject({
      what: "The bot is in no server.",
      fix: expect.stringContaining("https://discord.com/oauth2/authorize?"),
    });
    expect(amiss[1]?.what).toContain("is in a server that the bot is not in");
  });

  it("finds each permission that is missing in a group's channel", async () => {
    await ranBefore();
    for (const permission of ["attach", "create threads"] as const) standIn.world.channels.get(standIn.channelId)?.denied.add(permission);
    expect(await only()).toMatch(/lacks Create Public Threads, Attach Files\. .*allow Create Public Threads.*allow Attach Files/);
    standIn.world.channels.delete(standIn.channelId);
    expect(await only()).toContain("lacks View Channel, Send Messages");
  });

  it("finds a database that cannot be used, and says what a start will do to one that can", async () => {
    await ranBefore({ setUp: false });
    expect(await only({ DATABASE_URL: "postgres://nobody:secretword@127.0.0.1:9/none" })).toMatch(
      /DATABASE_URL cannot be used: .*ECONNREFUSED/,
    );
    const bare = await freshPostgres({ migrated: false });
    expect((await doctor({ DATABASE_URL: bare })).text).toMatch(/✓ ok {3}\d+ migrations are to come: the next start runs them/);
    const client = new pg.Client({ connectionString: bare });
    await client.connect();
    try {
      await client.query(`create role guest login password 'guest'; revoke create on schema public from public`);
      const guest = Object.assign(new URL(bare), { username: "guest", password: "guest" });
      expect(await only({ DATABASE_URL: guest.href })).toMatch(/the user of DATABASE_URL may make no tables/);
      // It has migrated nothing on the way.
      expect((await client.query("select from pg_tables where schemaname = 'public'")).rowCount).toBe(0);
    } finally {
      await client.query("drop role guest");
      await client.end();
    }
  });

  it("leaves a folder alone: one that is not there, one in use, one that cannot be", async () => {
    await ranBefore({ setUp: false });
    const { DATABASE_URL: _, ...embedded } = env;
    env = embedded;
    const fresh = join(dir, "fresh");
    expect((await doctor({ DATA_DIR: fresh })).text).toContain(`DATA_DIR ${fresh} has no database yet`);
    await expect(rm(fresh)).rejects.toThrow("ENOENT");
    const used = join(dir, "used");
    await mkdir(join(used, "postgres"), { recursive: true });
    const release = takeDataDir(used);
    expect((await doctor({ DATA_DIR: used })).text).toMatch(/✓ ok {3}Another Drillroom \(process \d+\) is using DATA_DIR/);
    release();
    const file = join(dir, "file");
    await writeFile(file, "");
    expect(await only({ DATA_DIR: join(file, "data") })).toContain("cannot be made");
  });

  it("exits with 1 when something is amiss, and says nothing that is secret", async () => {
    const running = run({ ...env, DISCORD_TOKEN: "a.secret.word" }, "src/operations/doctor.ts");
    expect(await running.exit()).toBe(1);
    expect(running.output()).toMatch(/✕ FIX {2}Discord refuses DISCORD_TOKEN/);
    expect(running.output()).not.toContain("a.secret.word");
  });
});
