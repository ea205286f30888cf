/** Installing in many workspaces: consent, its state, and what is kept of the token. */
import { describe, expect, it } from "vitest";
import { Browser, install } from "./many_harness.ts";
import { useMany } from "./many_stage.ts";
import { wordsOf } from "./stand_in/shown.ts";

const { on, dispatcher, lines, team, installed, echo, post } = useMany();

describe("installing", () => {
  it("sends to Slack with the scopes of the manifest, and our address to come back to", async () => {
    const { status, location, headers } = await new Browser(on.standIn).get("/slack/install");
    expect(status).toBe(302);
    expect(location?.origin).toBe("https://slack.com");
    expect(location?.searchParams.get("scope")).toContain("chat:write");
    expect(location?.searchParams.get("redirect_uri")).toBe("https://drill.example/slack/oauth_redirect");
    expect(headers.get("set-cookie")).toMatch(/HttpOnly/);
  });

  it("serves the workspace from then on, with its own token", async () => {
    const [one, two] = [team(), team()];
    expect(await install(on.standIn, { team: one.id })).toContain("/invite @Drillroom");
    await install(on.standIn, { team: two.id });
    for (const each of [one, two]) {
      await post(each);
      expect(wordsOf(await echo(each))).toContain("Heard");
      expect(each.workspace.messages("C100").map(({ text }) => text)).toEqual([`For ${each.id}`]);
      expect(dispatcher.invocations.at(-1)).toMatchObject({ place: { space: each.id }, who: { name: `Ada of ${each.id}`, manager: true } });
    }
  });

  it("shows what a workspace is called as its words, whatever it is called", async () => {
    const page = await install(on.standIn, { team: team().id });
    expect(page).toContain("Team &lt;b&gt;");
    expect(page).not.toContain("<b>");
  });

  it("tells who presses a button where it is not installed how to install it", async () => {
    const stranger = team();
    const reply = wordsOf(await echo(stranger));
    expect(reply).toContain("not installed here any more");
    expect(reply).toContain("install it again");
    expect(dispatcher.invocations).toEqual([]);
  });

  it("survives the person's own refusal at Slack", async () => {
    const { status, page } = await new Browser(on.standIn).get("/slack/oauth_redirect?error=access_denied&state=x");
    expect(status).toBe(400);
    expect(page).toContain("was not installed");
  });

  it("keeps no token that a reader of the database could use, and logs none", async () => {
    const here = await installed();
    const { sealed = "" } = (await on.installations.serving(here.id)) ?? {};
    expect(sealed).toMatch(/^v1\.[0-9a-f]{8}\.[\w-]{80,}$/);
    expect(sealed).not.toContain("xoxb");
    expect(Buffer.from(sealed.split(".")[2] ?? "", "base64url").toString("latin1")).not.toContain("xoxb");
    expect(lines.join("")).not.toMatch(/xox|stand-in-client-secret/);
  });

  it("again replaces the token", async () => {
    const here = await installed();
    on.standIn.oauth.revoke(here.id);
    await install(on.standIn, { team: here.id });
    await post(here);
    expect(here.workspace.messages("C100")).toHaveLength(1);
  });
});

describe("a state", () => {
  const refused = async (coming: ReturnType<Browser["comeBack"]>) => {
    const { status, page } = await coming;
    expect(status).toBe(400);
    expect(page).toContain("was not installed");
    expect(on.standIn.calls).not.toContain("oauth.v2.access");
  };
  /** Whatever a browser would not send: a state in the address and in the cookie alike. */
  const byHand = (state: string) =>
    fetch(`${on.standIn.http.url}/slack/oauth_redirect?${new URLSearchParams({ code: "x", state })}`, {
      headers: { cookie: `slack-app-oauth-state=${state}` },
    });

  it("of another browser is refused", async () => {
    const here = team();
    const state = await new Browser(on.standIn).begin();
    const victim = new Browser(on.standIn);
    await victim.begin();
    await refused(victim.comeBack(state, on.standIn.oauth.agree({ team: here.id })));
    await refused(new Browser(on.standIn).comeBack(state, on.standIn.oauth.agree({ team: here.id })));
  });

  it("is good for once, in every replica", async () => {
    const here = team();
    const browser = new Browser(on.standIn);
    const state = await browser.begin();
    expect((await browser.comeBack(state, on.standIn.oauth.agree({ team: here.id }))).status).toBe(200);
    on.standIn.calls.length = 0;
    expect((await byHand(state)).status).toBe(400);
    expect(on.standIn.calls).toEqual([]);
  });

  it("that was made up, changed or is missing is refused", async () => {
    const state = await new Browser(on.standIn).begin();
    const [body = "", signature = ""] = state.split(".");
    const later = Buffer.from(
      Buffer.from(body, "base64url")
        .toString()
        .replace(/"expires":\d+/, '"expires":9999999999999'),
    ).toString("base64url");
    for (const forged of ["", "x", `${later}.${signature}`, `${body}.`, `${body}.${signature.slice(1)}A`]) {
      expect((await byHand(forged)).status, forged).toBe(400);
    }
    expect(on.standIn.calls).toEqual([]);
  });
});
