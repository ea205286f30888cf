/** What an operator, a member or a database gets to see while all that the bot talks to fails and says its secrets back. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import pino from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { z } from "zod";
import { command } from "../../src/app/command.ts";
import { createReader } from "../../src/model/index.ts";
import { examine, report } from "../../src/operations/doctor.ts";
import { everyRow, freshPostgres } from "../kit/database.ts";
import { freePort, type Running, run } from "../kit/process.ts";
import { openProduct, setUp, wordsOf } from "../kit/product.ts";

/** With what JSON, addresses and regular expressions write in another way. */
const SECRETS = {
  DISCORD_TOKEN: 'MTAx."quoted"\\and$&more',
  SLACK_BOT_TOKEN: "xoxb-100-botword+/=",
  SLACK_APP_TOKEN: "xapp-1-appword",
  SLACK_SIGNING_SECRET: "8f742231b10e8888abcd99edeee85a57",
  SLACK_CLIENT_SECRET: "clientword&<+>",
  SLACK_STATE_SECRET: "stateword-stateword",
  ENCRYPTION_KEY: `${Buffer.alloc(32, "+").toString("base64")},${Buffer.alloc(32, "/").toString("base64")}`,
  LLM_API_KEY: 'sk-"modelword"',
} as const;
const PASSWORD = 'pass"word 9%';
const PROXY_PASSWORD = "proxyword";

const FORMS = [...Object.values(SECRETS).flatMap((secret) => secret.split(",")), PASSWORD, PROXY_PASSWORD].flatMap((secret) => [
  secret,
  JSON.stringify(secret).slice(1, -1),
  JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1),
  encodeURIComponent(secret),
  Buffer.from(secret).toString("base64"),
]);

/** Says back all that it was sent, decoded too, as an error in everybody's shape. */
let parrot: Server;
let address: string;
let heard: string[] = [];
let status = 400;
let said = "";
const textOf = async (request: IncomingMessage) => (await request.toArray()).join("");

beforeAll(async () => {
  parrot = createServer(async (request, response) => {
    const body = await textOf(request);
    heard.push(`${request.url} ${JSON.stringify(request.headers)} ${body}`);
    const words = `refused ${request.url} ${JSON.stringify(request.headers)} ${body} ${said}`;
    response.writeHead(status, { "content-type": "application/json", "x-words": "refused" });
    response.end(
      JSON.stringify({
        ok: false,
        code: 50_035,
        message: words,
        error: words,
        errors: { at: { _errors: [{ code: words, message: words }] } },
      }),
    );
  });
  parrot.listen(0, "127.0.0.1");
  await once(parrot, "listening");
  address = `127.0.0.1:${(parrot.address() as AddressInfo).port}`;
});
afterAll(() => {
  parrot.closeAllConnections();
  parrot.close();
});

let running: Running | undefined;
beforeEach(() => {
  heard = [];
  said = Object.values(SECRETS).join(" ");
});
afterEach(async () => {
  await running?.kill();
});

const { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, SLACK_CLIENT_SECRET, SLACK_STATE_SECRET, ENCRYPTION_KEY, ...others } =
  SECRETS;
const one = { SLACK_BOT_TOKEN, SLACK_APP_TOKEN };
const many = {
  SLACK_SIGNING_SECRET,
  SLACK_CLIENT_SECRET,
  SLACK_STATE_SECRET,
  ENCRYPTION_KEY,
  SLACK_CLIENT_ID: "12.34",
  PUBLIC_URL: "https://drill.example",
};

const model = (): Record<string, string> => ({ LLM_BASE_URL: `http://${address}/v1`, LLM_MODEL: "m" });
const ended = () => running?.child.exitCode !== null;

function expectNone(where: string, text: string): void {
  for (const form of FORMS) expect(text.includes(form), `${form} in ${where}:\n${text}`).toBe(false);
}

/** Runs it so until then; neither it nor the doctor says a secret. */
async function expectSilent(env: Record<string, string>, until: () => boolean | Promise<boolean>): Promise<void> {
  said = Object.values(env).join(" ");
  const all = { DATABASE_URL: await freshPostgres(), PORT: String(await freePort()), LOG_LEVEL: "trace", ...env };
  running = run(all);
  await expect.poll(until, { timeout: 40_000, interval: 50 }).toBe(true);
  const { sections, secrets } = await examine(all);
  const pages = await Promise.all(
    ["readyz", "metrics", "healthz"].map((page) =>
      fetch(`http://127.0.0.1:${all.PORT}/${page}`).then(
        (answer) => answer.text(),
        () => "",
      ),
    ),
  );
  await running.stop();
  expectNone("its output", running.output());
  expectNone("the doctor's report", report(sections, secrets));
  expectNone("its pages", pages.join());
}

it.each([401, 500])("none of Discord's is said when Discord answers %i", async (code) => {
  status = code;
  await expectSilent({ ...others, ...model(), DISCORD_API_URL: `http://${address}/api` }, () => heard.length > 1 || ended());
  expect(heard.join()).toContain("MTAx.");
});

it.each([200, 500])("none of one Slack workspace's is said when Slack answers %i", async (code) => {
  status = code;
  await expectSilent({ ...one, SLACK_API_URL: `http://${address}/api/` }, () => heard.length > 1 || ended());
  expect(heard.join()).toContain(SLACK_BOT_TOKEN);
});

it.each([200, 500])("none of many Slack workspaces' is said when an installation gets %i", async (code) => {
  status = code;
  const port = await freePort();
  const here = `http://127.0.0.1:${port}`;
  await expectSilent({ ...many, SLACK_API_URL: `http://${address}/api/`, PORT: String(port) }, async () => {
    const begun = await fetch(`${here}/slack/install`, { redirect: "manual" }).catch(() => undefined);
    const state = new URL(begun?.headers.get("location") ?? "http://none").searchParams.get("state");
    if (!begun || state === null) return false;
    const headers = { cookie: begun.headers.get("set-cookie") ?? "" };
    const back = await fetch(`${here}/slack/oauth_redirect?code=c&state=${state}`, { headers });
    expect(back.status).toBe(502);
    expectNone("the page", await back.text());
    return true;
  });
  expect(heard.join()).toContain("clientword");
});

it.each([
  ["a database that is not there", `postgres://bot:${encodeURIComponent(PASSWORD)}@127.0.0.1:9/x`],
  ["a database's password after the question mark", `postgres://bot@127.0.0.1:9/x?password=${encodeURIComponent(PASSWORD)}`],
])("none is said of %s", async (_what, DATABASE_URL) => {
  await expectSilent({ DATABASE_URL, PLAYGROUND: "1" }, ended);
  expect(running?.output()).toContain("DATABASE_URL cannot be used");
});

it("none is said of an address with a password of its own", async () => {
  status = 500;
  const env = { ...one, SLACK_API_URL: `http://me:${PROXY_PASSWORD}@${address}/api/` };
  await expectSilent(env, () => ended() || (running?.output().includes("Slack cannot be reached") ?? false));
});

it("none is said of an error that nobody caught, which ends the process", async () => {
  status = 500;
  const error = "Object.assign(new Error(process.env.DISCORD_TOKEN), { config: { headers: process.env.LLM_API_KEY } })";
  const fault = encodeURIComponent(`setTimeout(() => Promise.reject(${error}), 1500)`);
  const env = { ...others, ...model(), DISCORD_API_URL: `http://${address}/api` };
  await expectSilent({ ...env, NODE_OPTIONS: `--import=data:text/javascript,${fault}` }, ended);
  expect(running?.child.exitCode).toBe(1);
  expect(running?.output()).toContain("nobody caught");
});

it("a model's key and what it was asked are in no line, even before lines are scrubbed", async () => {
  const lines: string[] = [];
  const log = pino({ level: "trace" }, { write: (line: string) => void lines.push(line) });
  status = 401;
  const reader = createReader({ baseUrl: `http://${address}/v1`, apiKey: SECRETS.LLM_API_KEY, model: "m", log });
  expect(await reader({ question: "Why?", points: [], answer: "heliotrope" })).toBeUndefined();
  expect(heard.join()).toContain("modelword");
  expect(lines.join()).toContain("could not read an answer");
  expectNone("the log", lines.join());
  expect(lines.join()).not.toContain("heliotrope");
});

it("an error's words reach neither who caused it, nor an organizer, nor the database", async () => {
  const said = SECRETS.DISCORD_TOKEN;
  const fails = command({
    path: "break",
    summary: "Break",
    access: "anyone",
    input: z.object({}),
    run: () => Promise.reject(new Error(said)),
  });
  const product = await openProduct("pglite", [fails]);
  await setUp(product);
  product.onDeliver = () => {
    throw new Error(said);
  };
  const broken = await product.act("Ben", "break");
  expect(wordsOf(broken)).toContain("went wrong");
  await product.act("Ada", "daily now");
  await product.pass(1_000);
  const exported = await product.act("Ada", "data export");
  const rows = await everyRow(product.rows);
  expectNone("replies, files and rows", [wordsOf(broken), wordsOf(exported), JSON.stringify(rows)].join());
  expect(JSON.stringify(rows)).toContain("its log says why");
  expect(product.logged.join()).toContain("MTAx.");
  await product.close();
});
