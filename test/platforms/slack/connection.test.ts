/** Starting, losing and finding Slack, and stopping. */
import { createServer } from "node:net";
import { Writable } from "node:stream";
import pino from "pino";
import { afterEach, describe, expect, it } from "vitest";
import { createSlack } from "../../../src/platforms/slack/index.ts";
import { RecordingDispatcher } from "../../contract/receiver.ts";
import { pictures } from "../../kit/pictures.ts";
import { connectSlack, noInstallations, silent } from "./harness.ts";
import { type SlackStandIn, startSlackStandIn } from "./stand_in/index.ts";

const ada = { id: "U1", name: "Ada", manager: true };
const dispatcher = new RecordingDispatcher();

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  dispatcher.invocations.length = 0;
  dispatcher.slowMs = 0;
});

async function standIn(): Promise<SlackStandIn> {
  const slack = await startSlackStandIn({ people: [ada] });
  cleanups.push(() => slack.stop());
  return slack;
}

const adapterFor = (slack: Pick<SlackStandIn, "apiUrl" | "botToken" | "appToken">, log = silent) =>
  createSlack({
    transport: { kind: "socket", appToken: slack.appToken },
    tenancy: { kind: "one", botToken: slack.botToken },
    apiUrl: slack.apiUrl,
    dispatcher,
    pictures,
    installations: noInstallations,
    ended: () => undefined,
    log,
  });

function recorded() {
  const lines: string[] = [];
  const sink = new Writable({ write: (line, _encoding, done) => done(void lines.push(String(line))) });
  return { lines, log: pino({ level: "info" }, sink) };
}

describe("starting", () => {
  it.each([
    ["SLACK_BOT_TOKEN", { botToken: "xoxb-wrong" }],
    ["SLACK_APP_TOKEN", { appToken: "xapp-wrong" }],
  ])("stops with one line that names %s and not its value", async (variable, wrong) => {
    const slack = await standIn();
    const { lines, log } = recorded();
    const start = adapterFor({ ...slack, ...wrong }, log).start();
    await expect(start).rejects.toThrow(variable);
    await expect(start).rejects.toThrow(/^[^\n]+$/);
    await expect(start).rejects.not.toThrow(/wrong/);
    expect(lines).toEqual([]);
  });

  it("says which token is which when they were exchanged", async () => {
    const slack = await standIn();
    await expect(adapterFor({ ...slack, appToken: slack.botToken }).start()).rejects.toThrow("SLACK_APP_TOKEN");
  });

  it("waits for a Slack that does not answer yet", async () => {
    const slack = await standIn();
    slack.faults.next("auth.test", { kind: "serverError" });
    slack.faults.next("auth.test", { kind: "lostAnswer" });
    slack.faults.next("apps.connections.open", { kind: "rateLimit", seconds: 1 });
    const adapter = adapterFor(slack);
    await adapter.start();
    cleanups.push(() => adapter.stop());
    expect(slack.socket.connected).toBe(true);
  });

  it("can be stopped while nothing listens", async () => {
    const adapter = adapterFor({ apiUrl: await deadAddress(), botToken: "xoxb-1", appToken: "xapp-1" });
    const starting = adapter.start();
    setTimeout(() => adapter.stop(), 100);
    await expect(starting).rejects.toThrow("closed while it was being opened");
  });

  it("leaves nothing open when it is stopped just then", async () => {
    const slack = await standIn();
    const adapter = adapterFor(slack);
    slack.faults.next("apps.connections.open", { kind: "meanwhile", when: "after", run: () => adapter.stop() });
    await adapter.start();
    expect(slack.socket.connections).toBe(1);
    await expect.poll(() => slack.socket.connected).toBe(false);
  });

  it("takes the address with and without its last slash", async () => {
    const slack = await standIn();
    const adapter = adapterFor({ ...slack, apiUrl: slack.apiUrl.replace(/\/$/, "") });
    await adapter.start();
    await adapter.stop();
    expect(slack.calls).toEqual(["auth.test", "apps.connections.open"]);
  });
});

describe("a connection that is lost", () => {
  it("is opened again, and carries on", async () => {
    const slack = await connectSlack(dispatcher, [ada]);
    cleanups.push(() => slack.stop());
    const { socket } = slack.standIn;
    for (const lose of [() => socket.drop(), () => socket.refresh(), () => socket.refresh("warning")]) {
      const before = slack.standIn.socket.connections;
      slack.standIn.faults.next("apps.connections.open", { kind: "serverError" });
      lose();
      await expect.poll(() => slack.standIn.socket.connections).toBe(before + 1);
      await slack.standIn.connected(1_000);
      const reply = await slack.slash(ada, "echo", { words: "still here" });
      expect(reply.kind).toBe("reply");
    }
  });

  it("brings what was not acknowledged again, under the same id", async () => {
    const slack = await connectSlack(dispatcher, [ada]);
    cleanups.push(() => slack.stop());
    const { standIn: there } = slack;
    const ts = (
      await slack.messenger.deliver({
        kind: "post",
        key: "connection/form",
        attempt: 1,
        to: slack.channel,
        view: {
          title: "Round",
          blocks: [{ kind: "buttons", buttons: [{ label: "Answer", command: "round answer", input: { round: "r1" } }] }],
        },
      })
    ).remote;
    const form = await there.driver.press(ada.id, "C100", ts, "Answer");
    expect(form.kind).toBe("modal");
    // The line goes while the submission is being answered: its acknowledgement is lost, and Slack brings it again.
    dispatcher.slowMs = 300;
    setTimeout(() => there.socket.drop(), 100);
    await there.driver.submit(ada.id, form, { text: "words" });
    await expect.poll(() => dispatcher.invocations.length).toBe(2);
    expect(new Set(dispatcher.invocations.map(({ id }) => id)).size).toBe(1);
    // Nobody need wait for that: the first answer took the way beside the socket.
    expect(there.calls.indexOf("views.update")).toBeLessThan(there.calls.lastIndexOf("apps.connections.open"));
    expect(there.calls).toContain("views.update");
  });

  it.each(["drop", "refresh"] as const)("does what was asked for in the moment of a %s, and tells nobody that it failed", async (how) => {
    const slack = await standIn();
    const { lines, log } = recorded();
    const adapter = adapterFor(slack, log);
    await adapter.start();
    cleanups.push(() => adapter.stop());
    const seen = slack.driver.slash(ada.id, "C100", "/echo", "words");
    slack.socket[how]();
    expect(await seen).toMatchObject({ kind: "private" });
    // It was not acknowledged: Slack brings it again.
    await expect.poll(() => dispatcher.invocations.length).toBe(2);
    expect(new Set(dispatcher.invocations.map(({ id }) => id)).size).toBe(1);
    expect(lines.join("")).not.toContain("could not be answered");
    expect(slack.workspace.sights(ada.id).map(({ kind }) => kind)).not.toContain("failure");
  });

  it("does not end the process when the token was revoked meanwhile, and says so", async () => {
    const slack = await standIn();
    const { lines, log } = recorded();
    const adapter = adapterFor(slack, log);
    await adapter.start();
    cleanups.push(() => adapter.stop());
    slack.faults.next("apps.connections.open", { kind: "refuse", error: "invalid_auth" });
    slack.socket.drop();
    await expect.poll(() => lines.join("")).toContain("Slack refuses SLACK_APP_TOKEN (invalid_auth)");
    expect(lines.join("")).not.toContain(slack.appToken);
    expect(lines.join("")).not.toContain(slack.botToken);
  });
});

describe("stopping", () => {
  it("lets what runs finish, takes nothing new, and leaves", async () => {
    const slack = await connectSlack(dispatcher, [ada]);
    cleanups.push(() => slack.stop());
    dispatcher.slowMs = 600;
    const running = slack.slash(ada, "echo", { words: "running" });
    await expect.poll(() => dispatcher.invocations.length).toBe(1);
    const stopping = slack.adapter.stop();
    const refused = slack.standIn.driver.slash(ada.id, "C100", "/echo", "too late");
    expect(await running).toMatchObject({ kind: "reply" });
    await stopping;
    await expect.poll(() => slack.standIn.socket.connected).toBe(false);
    expect(dispatcher.invocations).toHaveLength(1);
    await refused;
  });

  it("can be done twice", async () => {
    const slack = await connectSlack(dispatcher, [ada]);
    await slack.adapter.stop();
    await slack.stop();
  });
});

/** An address that was free a moment ago. */
async function deadAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return `http://127.0.0.1:${typeof address === "object" && address ? address.port : 9}/api/`;
}
