/** Slack over HTTP: the same acts, and what nobody but Slack may bring. */
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Dispatcher } from "../../../src/app/dispatch.ts";
import { BODY_BYTES } from "../../../src/platforms/slack/routes.ts";
import { type Person, RecordingDispatcher } from "../../contract/receiver.ts";
import { receiverContract } from "../../contract/receiver_suite.ts";
import { talkContract } from "../../contract/talk_suite.ts";
import { connectSlack, type SlackHarness } from "./harness.ts";
import type { Forgery } from "./stand_in/http.ts";
import type { SlackStandIn } from "./stand_in/index.ts";

const used: SlackStandIn[] = [];
const overHttp = async (dispatcher: Dispatcher, people: readonly Person[]) => {
  const harness = await connectSlack(dispatcher, people, { overHttp: true });
  used.push(harness.standIn);
  return harness;
};
receiverContract("slack over HTTP", overHttp);
talkContract("slack over HTTP", overHttp);
it("acknowledged all in time, and sent nothing that Slack refuses", () => {
  expect(used.flatMap(({ violations, late }) => [...violations, ...late])).toEqual([]);
});

/** Long enough for requests that are in order, on a busy machine. */
const PATIENCE_MS = 3_000;
const ada = { id: "U1", name: "Ada", manager: true };
const dispatcher = new RecordingDispatcher();
let slack: SlackHarness;
beforeAll(async () => {
  slack = await connectSlack(dispatcher, [ada], { overHttp: true, patience: { requestMs: PATIENCE_MS, checkMs: 50 } });
});
afterAll(() => slack.stop());
beforeEach(() => {
  dispatcher.invocations.length = 0;
  dispatcher.slowMs = 0;
});

const command = (text: string) =>
  new URLSearchParams({
    command: "/echo",
    text,
    trigger_id: `1.${text}`,
    response_url: "http://127.0.0.1:9/gone",
    user_id: "U1",
    user_name: "ada",
    team_id: "T100",
    channel_id: "C100",
    is_enterprise_install: "false",
  }).toString();

describe("a request that is not Slack's", () => {
  const SIX_MINUTES = 6 * 60;
  it.each<[string, Forgery]>([
    ["signed with another secret", { secret: "ffffffffffffffffffffffffffffffff" }],
    ["older than five minutes", { ageSeconds: SIX_MINUTES }],
    ["more than five minutes ahead", { ageSeconds: -SIX_MINUTES }],
    ["of a time without an end", { headers: { "x-slack-request-timestamp": "Infinity" } }],
    ["without a signature", { headers: { "x-slack-signature": undefined } }],
    ["without a timestamp", { headers: { "x-slack-request-timestamp": undefined } }],
    ["with a timestamp that is none", { headers: { "x-slack-request-timestamp": "soon" } }],
    ["with a signature of another kind", { headers: { "x-slack-signature": "v1=abc" } }],
    ["with an empty signature", { headers: { "x-slack-signature": "v0=" } }],
  ])("is refused with 401 when it is %s", async (_what, forgery) => {
    expect((await slack.standIn.http.send(command("forged"), true, forgery)).status).toBe(401);
    expect(dispatcher.invocations).toEqual([]);
  });

  it("is refused when its body was changed under its signature", async () => {
    const { http, signingSecret } = slack.standIn;
    const { createHmac } = await import("node:crypto");
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const signature = `v0=${createHmac("sha256", signingSecret)
      .update(`v0:${timestamp}:${command("true")}`)
      .digest("hex")}`;
    const headers = { "x-slack-request-timestamp": timestamp, "x-slack-signature": signature };
    expect((await http.send(command("changed"), true, { headers })).status).toBe(401);
  });

  it("is refused with 413 when it is larger than any of Slack's, signed or not", async () => {
    const large = command("x".repeat(600 * 1024));
    expect((await slack.standIn.http.send(large, true)).status).toBe(413);
    expect((await slack.standIn.http.send(large, true, { secret: "f".repeat(32) })).status).toBe(413);
    // What comes next on the same connection is not held up.
    expect((await slack.standIn.http.send(command("next"), true, { secret: "f".repeat(32) })).status).toBe(401);
    expect(dispatcher.invocations).toEqual([]);
  });

  const stamped = () => ({ "x-slack-request-timestamp": String(Math.floor(Date.now() / 1_000)), "x-slack-signature": "v0=0" });
  /** Writes raw bytes; what came back when the server hung up, and how many bytes it took until then. */
  const raw = (head: string, more: (socket: Socket) => void) =>
    new Promise<{ answer: string; sent: number }>((resolve) => {
      const socket = connect(Number(new URL(slack.standIn.http.url ?? "").port), "127.0.0.1");
      let answer = "";
      socket.on("data", (chunk) => {
        answer += chunk;
      });
      socket.on("error", () => undefined);
      socket.once("close", () => resolve({ answer, sent: socket.bytesWritten }));
      socket.write(`POST /slack/events HTTP/1.1\r\nhost: x\r\n${head}`, () => more(socket));
    });
  const headers = () =>
    Object.entries(stamped())
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join("");

  it("is refused before a body that is announced as too large was sent", async () => {
    const { answer } = await raw(`${headers()}content-length: 99999999\r\n\r\n`, () => undefined);
    expect(answer).toMatch(/^HTTP\/1.1 413/);
  });

  it("is cut off when its body has no end", async () => {
    const piece = `10000\r\n${"x".repeat(0x10000)}\r\n`;
    const { answer, sent } = await raw(`${headers()}transfer-encoding: chunked\r\n\r\n`, (socket) => {
      const pour = (): void => {
        if (!socket.destroyed) socket.write(piece, () => setImmediate(pour));
      };
      pour();
    });
    expect(answer).toMatch(/^HTTP\/1.1 413/);
    expect(sent).toBeGreaterThan(2 * BODY_BYTES);
  });

  it.each([
    ["its headers", ""],
    ["its body", `content-length: 100\r\n\r\nhalf`],
  ])("is cut off when it stalls in the middle of %s", async (_what, rest) => {
    const began = Date.now();
    const { answer } = await raw(`${headers()}${rest}`, () => undefined);
    expect(answer).toMatch(/^HTTP\/1.1 (408|401)/);
    expect(Date.now() - began).toBeLessThan(10 * PATIENCE_MS);
  });

  it("smuggles nothing in beside a check of our certificate, which Slack does not sign", async () => {
    const forgery = { secret: "f".repeat(32) };
    expect(await slack.standIn.http.send(`ssl_check=1&${command("smuggled")}`, true, forgery)).toEqual({ status: 200, body: "" });
    expect(dispatcher.invocations).toEqual([]);
  });

  it("is not found at any other path, or by any other method", async () => {
    const { url } = slack.standIn.http;
    for (const path of ["/slack/", "/slack/install", "/slack/oauth_redirect", "/slack/events/x"])
      expect((await fetch(`${url}${path}`)).status).toBe(404);
    expect((await fetch(`${url}/slack/events`)).status).toBe(404);
  });
});

describe("a request of Slack's", () => {
  it("proves the address when Slack asks", async () => {
    const challenge = JSON.stringify({ type: "url_verification", token: "t", challenge: "abc" });
    expect(await slack.standIn.http.send(challenge, false)).toEqual({ status: 200, body: '{"challenge":"abc"}' });
    expect((await slack.standIn.http.send(challenge, false, { secret: "f".repeat(32) })).status).toBe(401);
  });

  it("is the same act when it is delivered again", async () => {
    await slack.slash(ada, "echo", { words: "once" });
    await slack.redeliver?.();
    expect(new Set(dispatcher.invocations.map(({ id }) => id)).size).toBe(1);
    expect(dispatcher.invocations).toHaveLength(2);
  });

  it("is acknowledged before the answer is there", async () => {
    dispatcher.slowMs = 2_500;
    const began = Date.now();
    const { status, body } = await slack.standIn.http.send(command("slow"), true);
    expect({ status, body }).toEqual({ status: 200, body: "" });
    expect(Date.now() - began).toBeLessThan(2_000);
    await expect.poll(() => dispatcher.invocations.length).toBe(1);
  });

  const press = (value: unknown) => `payload=${encodeURIComponent(JSON.stringify(value))}`;
  it.each<[string, string, boolean, number]>([
    ["JSON that breaks off", "{", false, 400],
    ["a form that is sent as JSON", command("x"), false, 400],
    ["a payload that breaks off", "payload=%7B", true, 400],
    ["an encoding that breaks off", "payload=%7B%", true, 400],
    ["an interaction without an author", press({ type: "block_actions", actions: [] }), true, 500],
    ["a type that reaches for prototypes", '{"type":"block_actions","actions":[],"__proto__":{"x":1}}', false, 500],
    ["a command with a prototype", `${command("x")}&__proto__=1&__proto__[team_id]=T9`, true, 200],
  ])("that nobody understands is answered, and does not end the process: %s", async (_what, body, form, status) => {
    expect((await slack.standIn.http.send(body, form)).status).toBe(status);
    expect(Object.keys(Object.prototype)).toEqual([]);
    for (const { place } of dispatcher.invocations) expect(place.space).toBe("T100");
  });
});
