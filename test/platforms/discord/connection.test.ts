/** Opening the gateway, losing it, and closing it. */
import { pino } from "pino";
import { afterEach, describe, expect, it } from "vitest";
import { RecordingDispatcher } from "../../contract/receiver.ts";
import { freePort } from "../../kit/process.ts";
import { adapterFor } from "./harness.ts";
import { type DiscordStandIn, type DiscordStandInOptions, startDiscordStandIn } from "./stand_in/index.ts";
import { shownOf } from "./stand_in/reading.ts";

const PEOPLE = [{ id: "1001", name: "Ada", manager: true }];
const running: { stop(): Promise<void> }[] = [];

async function discord(more: Partial<DiscordStandInOptions> = {}): Promise<DiscordStandIn> {
  const standIn = await startDiscordStandIn({ people: PEOPLE, ...more });
  running.push(standIn);
  return standIn;
}
function bot(
  standIn: Parameters<typeof adapterFor>[0],
  ...[more, dispatcher = new RecordingDispatcher()]: [Parameters<typeof adapterFor>[2]?, RecordingDispatcher?]
) {
  const adapter = adapterFor(standIn, dispatcher, more);
  running.push(adapter);
  return adapter;
}
/** A log that is read instead of written. */
function listening() {
  const lines: string[] = [];
  return { lines, log: pino({ level: "trace" }, { write: (line: string) => void lines.push(line) }) };
}
const until = async (what: () => boolean) => {
  while (!what()) await new Promise((soon) => setTimeout(soon, 10));
};

afterEach(async () => {
  // Bots first: a stand-in that goes away under them makes them try again.
  for (const one of running.splice(0).reverse()) await one.stop();
});

describe("the connection to Discord", () => {
  it("stops at a wrong token with one line that names it, and does not say the token", async () => {
    const standIn = await discord();
    const { lines, log } = listening();
    const starting = bot(standIn, { token: "not.the.token", log }).start();
    await expect(starting).rejects.toThrow(/^Discord refused DISCORD_TOKEN: /);
    await expect(starting).rejects.not.toThrow(/not\.the\.token/);
    expect(lines.join("")).not.toContain("not.the.token");
    expect(standIn.gateway.history).toEqual([]);
  });

  it.each([
    [4004, /^Discord refused DISCORD_TOKEN: /],
    [4010, /DISCORD_SHARDS \(close code 4010\)/],
    [4011, /DISCORD_SHARDS/],
    [4013, /close code 4013\).*Update it/],
    [4014, /intents \(close code 4014\)/],
  ])("stops with one line on what to do when Discord closes with %s", async (code, line) => {
    const standIn = await discord();
    standIn.gateway.refuseWith = code;
    await expect(bot(standIn).start()).rejects.toThrow(line);
  });

  it("asks to read all messages only when it is told to, and names the variable when Discord does not allow it", async () => {
    const standIn = await discord();
    await bot(standIn).start();
    await expect(bot(standIn, { messageContent: true }).start()).rejects.toThrow("DISCORD_MESSAGE_CONTENT");
    standIn.gateway.messageContent = true;
    await bot(standIn, { messageContent: true }).start();
    expect(standIn.gateway.history).toEqual(["identify", "identify", "identify"]);
  });

  it("asks for no intent that needs approval, at an address with or without a slash at its end", async () => {
    const standIn = await discord();
    await bot(standIn, { apiUrl: `${standIn.apiUrl}/` }).start();
    expect(standIn.gateway.history).toEqual(["identify"]);
    expect(standIn.violations).toEqual([]);
  });

  it("waits while nothing listens, and while Discord has a fault of its own", async () => {
    const port = await freePort();
    const { lines, log } = listening();
    const starting = bot({ apiUrl: `http://127.0.0.1:${port}/api`, token: "stand-in.discord.token" } as DiscordStandIn, { log }).start();
    await until(() => lines.some((line) => line.includes("cannot be reached")));
    const standIn = await startDiscordStandIn({ people: PEOPLE, port });
    running.unshift(standIn);
    standIn.faults.next("gateway", { kind: "serverError", status: 503 });
    await starting;
    expect(standIn.gateway.connected).toBe(true);
  });

  it("gives up waiting when it is stopped", async () => {
    const adapter = bot({ apiUrl: `http://127.0.0.1:${await freePort()}/api`, token: "t" } as DiscordStandIn);
    const starting = adapter.start();
    starting.catch(() => undefined);
    await new Promise((soon) => setTimeout(soon, 50));
    await adapter.stop();
    await expect(starting).rejects.toThrow();
  });

  it("resumes after a drop, and answers what was asked meanwhile", async () => {
    const standIn = await discord();
    await bot(standIn).start();
    standIn.gateway.drop();
    const reply = await standIn.driver.slash("1001", "round start");
    expect(reply.kind === "reply" && shownOf(reply.message.body).text).toContain("Heard");
    expect(standIn.gateway.history).toEqual(["identify", "resume"]);
  });

  it("begins a new session when the old one cannot be resumed", async () => {
    const standIn = await discord();
    await bot(standIn).start();
    standIn.gateway.drop({ forget: true });
    await until(() => standIn.gateway.connected);
    expect(standIn.gateway.history).toEqual(["identify", "resume", "identify"]);
    expect((await standIn.driver.slash("1001", "round start")).kind).toBe("reply");
  });

  it.each([4004, 4013, 4014])("tells who runs it when Discord closes for good later on with %s", async (code) => {
    const standIn = await discord();
    const { promise, resolve: lost } = Promise.withResolvers<Error>();
    await bot(standIn, { lost }).start();
    standIn.gateway.close(code);
    const { message } = await promise;
    expect(message).toMatch(code === 4004 ? /^Discord refused DISCORD_TOKEN: / : new RegExp(`close code ${code}`));
    expect(message).not.toContain(standIn.token);
  });

  it("goes on where it was when Discord asks it to reconnect", async () => {
    const standIn = await discord();
    await bot(standIn).start();
    standIn.gateway.askToReconnect();
    await until(() => standIn.gateway.history.length === 2);
    expect(standIn.gateway.history).toEqual(["identify", "resume"]);
    expect((await standIn.driver.slash("1001", "round start")).kind).toBe("reply");
  });

  it("hears that it was removed from a server and came back, and not of an outage", async () => {
    const standIn = await discord({ guilds: 2 });
    const heard: string[] = [];
    const removed = async (space: string) => void heard.push(`-${space}`);
    const invited = async (space: string) => void heard.push(`+${space}`);
    const there = async (spaces: readonly string[]) => void heard.push(`all: ${[...spaces].sort()}`);
    await bot(standIn, { comings: { removed, invited, there } }).start();
    const [first = "", second = ""] = standIn.world.guilds.map(({ id }) => id);
    expect(heard.splice(0)).toEqual([`all: ${[first, second].sort()}`]);
    standIn.gateway.removeFrom(first, { outage: true });
    standIn.gateway.addTo(first);
    standIn.gateway.removeFrom(second);
    standIn.gateway.addTo(second);
    await until(() => heard.length > 1);
    expect(heard.splice(0)).toEqual([`-${second}`, `+${second}`]);
    // Removed while the connection is away for good: the next session does without that server.
    standIn.world.leave(second);
    standIn.gateway.drop({ forget: true });
    await until(() => heard.length > 0);
    standIn.gateway.addTo(second);
    await until(() => heard.length > 1);
    expect(heard).toEqual([`all: ${first}`, `+${second}`]);
  });

  it("lets what is running finish when it stops, and takes nothing new", async () => {
    const standIn = await discord();
    const dispatcher = new RecordingDispatcher();
    const adapter = bot(standIn, {}, dispatcher);
    await adapter.start();
    dispatcher.slowMs = 300;
    let replied = false;
    standIn.driver.slash("1001", "round start").then(() => {
      replied = true;
    });
    await until(() => dispatcher.invocations.length === 1);
    const stopping = adapter.stop();
    standIn.driver.slash("1001", "round start").catch(() => undefined);
    await stopping;
    expect(replied).toBe(true);
    expect(dispatcher.invocations).toHaveLength(1);
  });
});
