/** Installing in many workspaces: consent, state, tokens at rest, their exchange, and the end of it. */
import { Writable } from "node:stream";
import pino from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type Installations, REMOVED } from "../../../src/app/installations.ts";
import { DeliveryError } from "../../../src/app/messenger.ts";
import { DAY } from "../../../src/core/place.ts";
import type { SlackAdapter } from "../../../src/platforms/slack/index.ts";
import type { OpenStore } from "../../../src/store/index.ts";
import { RecordingDispatcher } from "../../contract/receiver.ts";
import { openTestStore } from "../../kit/database.ts";
import { Browser, install, KEY, OTHER_KEY, replica, serveSlack } from "./many_harness.ts";
import { type SlackStandIn, startSlackStandIn, type Team } from "./stand_in/index.ts";
import { buttonsOf, textOf } from "./stand_in/shown.ts";
import type { Sight } from "./stand_in/workspace.ts";

const people = (team: string) => [
  { id: `U${team}1`, name: `Ada of ${team}`, manager: true },
  { id: `U${team}2`, name: `Ben of ${team}`, manager: false },
];

const dispatcher = new RecordingDispatcher();
const lines: string[] = [];
const log = pino({ level: "info" }, new Writable({ write: (line, _encoding, done) => done(void lines.push(String(line))) }));
let opened: OpenStore;
let installations: Installations;
let standIn: SlackStandIn;
let adapter: SlackAdapter;
let stopServing: () => Promise<void>;
let serial = 0;
beforeAll(async () => {
  opened = await openTestStore("pglite");
  ({ installations } = opened);
  standIn = await startSlackStandIn({ people: people("T100"), overHttp: true });
  adapter = await replica({ standIn, dispatcher, installations, log });
  stopServing = await serveSlack(adapter.http ?? expect.fail("nothing is served"), standIn);
});
afterAll(async () => {
  await adapter.stop();
  await stopServing();
  await standIn.stop();
  await opened.store.close();
  expect(standIn.violations).toEqual([]);
});
beforeEach(() => {
  dispatcher.invocations.length = 0;
  dispatcher.reply = undefined;
  standIn.oauth.rotates = false;
  standIn.oauth.lives = 43_200;
  standIn.calls.length = 0;
  lines.length = 0;
});

/** A workspace of its own for each test. */
function team(organization?: string): Team {
  const id = `T${++serial}`;
  return standIn.addTeam(id, people(id), organization);
}
const echo = ({ id, driver }: Team, who = `U${id}1`) => driver.slash(who, "C100", "/echo", "hi");
const said = (sight: Sight): string =>
  sight.kind === "failure" ? sight.reason : textOf(sight.kind === "modal" ? sight.view.blocks : sight.message.blocks);
const post = ({ id }: Pick<Team, "id">, over: SlackAdapter = adapter) =>
  over.messenger.deliver({
    kind: "post",
    key: `install/${++serial}`,
    attempt: 1,
    to: { platform: "slack", space: id, channel: "C100" },
    view: { title: `For ${id}`, blocks: [{ kind: "buttons", buttons: [{ label: "Again", command: "echo", input: { words: "again" } }] }] },
  });
const failing = async (sending: Promise<unknown>): Promise<DeliveryError> => {
  const error = await sending.then(
    () => expect.fail("was expected to fail"),
    (err: unknown) => err,
  );
  return error instanceof DeliveryError ? error : Promise.reject(error);
};

describe("installing", () => {
  it("sends to Slack with the scopes of the manifest, and our address to come back to", async () => {
    const { status, location, headers } = await new Browser(standIn).get("/slack/install");
    expect(status).toBe(302);
    expect(location?.origin).toBe("https://slack.com");
    expect(location?.searchParams.get("scope")).toContain("chat:write");
    expect(location?.searchParams.get("redirect_uri")).toBe("https://drill.example/slack/oauth_redirect");
    expect(headers.get("set-cookie")).toMatch(/HttpOnly/);
  });

  it("serves the workspace from then on, with its own token", async () => {
    const [one, two] = [team(), team()];
    expect(await install(standIn, { team: one.id })).toContain("/invite @Drillroom");
    await install(standIn, { team: two.id });
    for (const each of [one, two]) {
      await post(each);
      expect(said(await echo(each))).toContain("Heard");
      expect(each.workspace.messages("C100").map(({ text }) => text)).toEqual([`For ${each.id}`]);
      expect(dispatcher.invocations.at(-1)).toMatchObject({ place: { space: each.id }, who: { name: `Ada of ${each.id}`, manager: true } });
    }
  });

  it("shows what a workspace is called as its words, whatever it is called", async () => {
    const page = await install(standIn, { team: team().id });
    expect(page).toContain("Team &lt;b&gt;");
    expect(page).not.toContain("<b>");
  });

  it("tells who presses a button where it is not installed how to install it", async () => {
    const stranger = team();
    const reply = said(await echo(stranger));
    expect(reply).toContain("not installed here any more");
    expect(reply).toContain("install it again");
    expect(dispatcher.invocations).toEqual([]);
  });

  it("survives the person's own refusal at Slack", async () => {
    const { status, page } = await new Browser(standIn).get("/slack/oauth_redirect?error=access_denied&state=x");
    expect(status).toBe(400);
    expect(page).toContain("was not installed");
  });

  it("keeps no token that a reader of the database could use, and logs none", async () => {
    const here = team();
    await install(standIn, { team: here.id });
    const { sealed = "" } = (await installations.serving(here.id)) ?? {};
    expect(sealed).toMatch(/^v1\.[0-9a-f]{8}\.[\w-]{80,}$/);
    expect(sealed).not.toContain("xoxb");
    expect(Buffer.from(sealed.split(".")[2] ?? "", "base64url").toString("latin1")).not.toContain("xoxb");
    expect(lines.join("")).not.toMatch(/xox|stand-in-client-secret/);
  });

  it("again replaces the token", async () => {
    const here = team();
    await install(standIn, { team: here.id });
    standIn.oauth.revoke(here.id);
    await install(standIn, { team: here.id });
    await post(here);
    expect(here.workspace.messages("C100")).toHaveLength(1);
  });
});

describe("a state", () => {
  const refused = async (coming: ReturnType<Browser["comeBack"]>) => {
    const { status, page } = await coming;
    expect(status).toBe(400);
    expect(page).toContain("was not installed");
    expect(standIn.calls).not.toContain("oauth.v2.access");
  };

  it("of another browser is refused", async () => {
    const here = team();
    const state = await new Browser(standIn).begin();
    const victim = new Browser(standIn);
    await victim.begin();
    await refused(victim.comeBack(state, standIn.oauth.agree({ team: here.id })));
    await refused(new Browser(standIn).comeBack(state, standIn.oauth.agree({ team: here.id })));
  });

  it("is good for once, in every replica", async () => {
    const here = team();
    const browser = new Browser(standIn);
    const state = await browser.begin();
    const cookie = new Browser(standIn);
    Object.assign(cookie, browser);
    expect((await browser.comeBack(state, standIn.oauth.agree({ team: here.id }))).status).toBe(200);
    standIn.calls.length = 0;
    const replay = await fetch(`${standIn.http.url}/slack/oauth_redirect?${new URLSearchParams({ code: "x", state })}`, {
      headers: { cookie: `slack-app-oauth-state=${state}` },
    });
    expect(replay.status).toBe(400);
    expect(standIn.calls).toEqual([]);
  });

  it("that was made up, changed or is missing is refused", async () => {
    const state = await new Browser(standIn).begin();
    const [body = "", signature = ""] = state.split(".");
    const later = Buffer.from(
      Buffer.from(body, "base64url")
        .toString()
        .replace(/"expires":\d+/, '"expires":9999999999999'),
    ).toString("base64url");
    for (const forged of ["", "x", `${later}.${signature}`, `${body}.`, `${body}.${signature.slice(1)}A`]) {
      const response = await fetch(`${standIn.http.url}/slack/oauth_redirect?${new URLSearchParams({ code: "x", state: forged })}`, {
        headers: { cookie: `slack-app-oauth-state=${forged}` },
      });
      expect(response.status, forged).toBe(400);
    }
    expect(standIn.calls).toEqual([]);
  });
});

describe("tokens that rotate", () => {
  it("are exchanged before they expire, once, however many replicas want them", async () => {
    const here = team();
    standIn.oauth.rotates = true;
    standIn.oauth.lives = 3_600;
    await install(standIn, { team: here.id });
    standIn.oauth.lives = 43_200;
    const replicas = await Promise.all([replica({ standIn, dispatcher, installations }), replica({ standIn, dispatcher, installations })]);
    const before = standIn.oauth.exchanges;
    await Promise.all([adapter, ...replicas].map((one) => post(here, one)));
    expect(standIn.oauth.exchanges).toBe(before + 1);
    expect(here.workspace.messages("C100")).toHaveLength(3);
    await Promise.all(replicas.map((one) => post(here, one)));
    expect(standIn.oauth.exchanges).toBe(before + 1);
    await Promise.all(replicas.map((one) => one.stop()));
  });

  it("that are over make everybody wait for the one who exchanges them", async () => {
    const here = team();
    standIn.oauth.rotates = true;
    standIn.oauth.lives = 0;
    await install(standIn, { team: here.id });
    standIn.oauth.lives = 43_200;
    const replicas = await Promise.all([replica({ standIn, dispatcher, installations }), replica({ standIn, dispatcher, installations })]);
    const before = standIn.oauth.exchanges;
    await Promise.all(replicas.map((one) => post(here, one)));
    expect(standIn.oauth.exchanges).toBe(before + 1);
    await Promise.all(replicas.map((one) => one.stop()));
  });

  it("are used on while Slack cannot exchange them, and exchanged later", async () => {
    const here = team();
    standIn.oauth.rotates = true;
    standIn.oauth.lives = 3_600;
    await install(standIn, { team: here.id });
    standIn.faults.next("oauth.v2.access", { kind: "serverError" });
    await post(here);
    expect(here.workspace.messages("C100")).toHaveLength(1);
    expect(await installations.serving(here.id)).toBeDefined();
    const other = await replica({ standIn, dispatcher, installations });
    const before = standIn.oauth.exchanges;
    await post(here, other);
    expect(standIn.oauth.exchanges).toBe(before + 1);
    await other.stop();
  });

  it("that Slack exchanges no more are an installation that is over", async () => {
    const here = team();
    standIn.oauth.rotates = true;
    standIn.oauth.lives = 3_600;
    await install(standIn, { team: here.id });
    standIn.oauth.revoke(here.id);
    expect(await failing(post(here))).toMatchObject({ retry: false, message: REMOVED });
    expect(await installations.serving(here.id)).toBeUndefined();
  });

  it("outlast a client's secret that the operator has wrong", async () => {
    const here = team();
    standIn.oauth.rotates = true;
    standIn.oauth.lives = 3_600;
    await install(standIn, { team: here.id });
    standIn.faults.next("oauth.v2.access", { kind: "refuse", error: "bad_client_secret" });
    await post(here);
    expect(here.workspace.messages("C100")).toHaveLength(1);
    expect(await installations.serving(here.id)).toBeDefined();
  });

  it("that are over wait for an operator who mends the client's secret", async () => {
    const here = team();
    standIn.oauth.rotates = true;
    standIn.oauth.lives = 0;
    await install(standIn, { team: here.id });
    standIn.oauth.lives = 43_200;
    standIn.faults.next("oauth.v2.access", { kind: "refuse", error: "bad_client_secret" });
    const refusal = await failing(post(here));
    expect(refusal).toMatchObject({ retry: true });
    expect(refusal).toHaveProperty("message", expect.stringContaining("SLACK_CLIENT_SECRET"));
    await post(here);
    expect(here.workspace.messages("C100")).toHaveLength(1);
  });
});

describe("words in a thread", () => {
  it("are delivered again when it could not be asked just then who the bot is there", async () => {
    const here = team();
    await install(standIn, { team: here.id });
    const words = { type: "message", user: `U${here.id}1`, channel: "C100", text: "half a million", parent_user_id: "UBOT" };
    const event = { ...words, ts: "1790000001.000100", thread_ts: "1790000000.000100" };
    const heard = () => dispatcher.heard.filter(({ who }) => who.space === here.id).length;
    const away = vi.spyOn(installations, "serving").mockRejectedValue(new Error("the database is away"));
    await expect(here.driver.tell(event, "Ev1")).rejects.toThrow("nobody acknowledged");
    away.mockRestore();
    expect(heard()).toBe(0);
    await here.driver.tell(event, "Ev1");
    expect(heard()).toBe(1);
  });
});

describe("a removal", () => {
  it.each([
    ["app_uninstalled", { type: "app_uninstalled" }],
    ["tokens_revoked", { type: "tokens_revoked", tokens: { oauth: [], bot: ["UBOT"] } }],
  ])("heard by %s deletes the tokens at once, and only that workspace's", async (_name, event) => {
    const [here, other] = [team(), team()];
    for (const one of [here, other]) await install(standIn, { team: one.id });
    await here.driver.tell(event);
    expect(await installations.serving(here.id)).toBeUndefined();
    expect(await failing(post(here))).toMatchObject({ retry: false, message: REMOVED });
    await post(other);
    expect(said(await echo(here))).toContain("not installed here any more");
  });

  it("of somebody's own token is none of ours", async () => {
    const here = team();
    await install(standIn, { team: here.id });
    await here.driver.tell({ type: "tokens_revoked", tokens: { oauth: ["U1"] } });
    await post(here);
  });

  it("that is told late does not undo what was installed since", async () => {
    const here = team();
    await install(standIn, { team: here.id });
    await here.driver.tell({ type: "app_uninstalled" }, "EvLate", Math.floor(Date.now() / 1_000) - 60);
    await post(here);
  });

  it.each(["token_revoked", "account_inactive", "invalid_auth"])(
    "heard from the API by %s ends that one workspace, and the process goes on",
    async (error) => {
      const [here, other] = [team(), team()];
      for (const one of [here, other]) await install(standIn, { team: one.id });
      standIn.oauth.revoke(here.id, error);
      // Tried once more, since another replica may have newer tokens; then given up for good.
      expect(await failing(post(here))).toMatchObject({ retry: true });
      expect(await failing(post(here))).toMatchObject({ retry: false, message: REMOVED });
      expect(await installations.serving(here.id)).toBeUndefined();
      await post(other);
    },
  );

  it("does not take newer tokens along that another replica has got", async () => {
    const here = team();
    await install(standIn, { team: here.id });
    const other = await replica({ standIn, dispatcher, installations });
    await post(here, other);
    standIn.oauth.revoke(here.id);
    await install(standIn, { team: here.id });
    expect(await failing(post(here, other))).toMatchObject({ retry: true });
    await post(here, other);
    await other.stop();
  });

  it("is forgotten after thirty days, and not before", async () => {
    const here = team();
    await install(standIn, { team: here.id });
    await here.driver.tell({ type: "app_uninstalled" });
    const forget = (at: number) => opened.store.transaction((tx) => tx.spaces.forgetOne(at));
    const forgotten = async (at: number) => {
      const all: string[] = [];
      for (let one = await forget(at); one !== undefined; one = await forget(at)) all.push(one);
      return all;
    };
    expect(await forgotten(Date.now() + 30 * DAY - 60_000)).not.toContain(here.id);
    expect(await forgotten(Date.now() + 30 * DAY + 60_000)).toContain(here.id);
  });
});

describe("an organization", () => {
  it("installs once for all of its workspaces, which stay apart", async () => {
    const [one, two] = [team("E1"), team("E1")];
    await install(standIn, { organization: "E1" });
    for (const each of [one, two]) {
      expect(said(await echo(each))).toContain("Heard");
      const { remote } = await post(each);
      await each.driver.press(`U${each.id}2`, "C100", remote, "Again");
      expect(dispatcher.invocations.at(-1)).toMatchObject({ place: { space: each.id }, who: { id: `U${each.id}2`, manager: false } });
    }
    await one.driver.tell({ type: "team_access_revoked", team_ids: [one.id] });
    expect(await failing(post(one))).toMatchObject({ message: REMOVED });
    await post(two);
    await two.driver.tell({ type: "app_uninstalled" });
    expect(await failing(post(two))).toMatchObject({ message: REMOVED });
  });
});

describe("somebody of another company in a shared channel", () => {
  it("acts in our place under their own id, and manages nothing here", async () => {
    const here = standIn.addTeam("TSHARED", [...people("TSHARED"), { id: "UOUT", name: "Out", manager: true, from: "TTHEIRS" }]);
    await install(standIn, { team: here.id });
    const { remote } = await adapter.messenger.deliver({
      kind: "post",
      key: "install/shared",
      attempt: 1,
      to: { platform: "slack", space: here.id, channel: "C100" },
      view: {
        title: "Shared",
        blocks: [{ kind: "buttons", buttons: [{ label: "Answer", command: "round answer", input: { round: "r1" } }] }],
      },
    });
    const form = await here.driver.press("UOUT", "C100", remote, "Answer");
    await here.driver.submit("UOUT", form, { text: "words" });
    expect(dispatcher.invocations).toMatchObject([
      { place: { space: here.id, channel: "C100" }, who: { id: "UOUT", space: here.id, name: "Out", manager: false } },
    ]);
  });
});

describe("keys", () => {
  it("can be replaced: what the old one sealed is sealed anew at the start", async () => {
    const here = team();
    await install(standIn, { team: here.id });
    const both = await replica({ standIn, dispatcher, installations, encryptionKeys: [OTHER_KEY, KEY] });
    await post(here, both);
    await both.stop();
    // This one runs on with the old key alone: it leaves the work to the others, and takes nobody for gone.
    const late = await replica({ standIn, dispatcher, installations: { ...installations, all: async () => [] } });
    expect(await failing(post(here, late))).toMatchObject({
      retry: true,
      message: expect.stringContaining("ENCRYPTION_KEY lacks the key"),
    });
    await late.stop();
    const onlyNew = await replica({ standIn, dispatcher, installations, encryptionKeys: [OTHER_KEY] });
    await post(here, onlyNew);
    await onlyNew.stop();
    const back = replica({ standIn, dispatcher, installations, encryptionKeys: [KEY] });
    await expect(back).rejects.toThrow(/^ENCRYPTION_KEY lacks the key [0-9a-f]{8}/);
    await (await replica({ standIn, dispatcher, installations, encryptionKeys: [KEY, OTHER_KEY] })).stop();
  });

  it("open a row for its own workspace alone", async () => {
    const [here, other] = [team(), team()];
    await install(standIn, { team: here.id });
    const { sealed = "" } = (await installations.serving(here.id)) ?? {};
    await installations.install({ id: other.id, sealed }, { space: other.id }, Date.now());
    expect(await failing(post(other))).toMatchObject({ retry: false, message: REMOVED });
    expect(buttonsOf(here.workspace.messages("C100")[0]?.blocks ?? [])).toEqual([]);
  });
});
