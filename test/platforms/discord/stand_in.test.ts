/** The stand-in itself: what Discord refuses, it refuses, and says so. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { RecordingDispatcher } from "../../contract/receiver.ts";
import { connectDiscord, type DiscordHarness } from "./harness.ts";
import type { Json } from "./stand_in/world.ts";

const PEOPLE = [{ id: "1001", name: "Ada", manager: true }];
const V2 = 1 << 15;

describe("the stand-in for Discord", () => {
  let harness: DiscordHarness;
  const dispatcher = new RecordingDispatcher();
  beforeAll(async () => {
    harness = await connectDiscord(dispatcher, PEOPLE);
  });
  afterEach(() => {
    harness.standIn.violations.length = 0;
  });
  afterAll(() => harness.stop());

  async function request(
    method: string,
    path: string,
    body: unknown,
    token: string | undefined = harness.standIn.token,
  ): Promise<{ status: number; body: Json }> {
    const response = await fetch(`${harness.standIn.apiUrl}/v10${path}`, {
      method,
      headers: { "content-type": "application/json", ...(token ? { authorization: `Bot ${token}` } : {}) },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? {} : (JSON.parse(text) as Json) };
  }
  const create = (body: Json) =>
    request("POST", `/channels/${harness.standIn.channelId}/messages`, { allowed_mentions: { parse: [] }, ...body });
  const row = (...ids: string[]) => ({ type: 1, components: ids.map((custom_id) => ({ type: 2, style: 1, label: "b", custom_id })) });
  const text = (content: string) => ({ type: 10, content });

  it.each<[string, Json, string]>([
    ["an unknown field", { content: "x", colour: 1 }, "colour"],
    ["too long a content", { content: "x".repeat(2_001) }, "2000 fit"],
    ["embeds that are too long together", { embeds: [0, 1].map(() => ({ description: "x".repeat(3_100) })) }, "6000 fit"],
    ["V2 components without their flag", { components: [{ type: 17, components: [text("x")] }] }, "IS_COMPONENTS_V2"],
    ["content beside V2 components", { flags: V2, content: "x", components: [text("x")] }, "beside"],
    ["too much text", { flags: V2, components: [text("x".repeat(2_001)), text("x".repeat(2_000))] }, "4000 fit"],
    ["too many components", { flags: V2, components: Array.from({ length: 14 }, (_, at) => row(`${at}a`, `${at}b`)) }, "40 fit"],
    ["one custom_id twice", { flags: V2, components: [row("a", "a")] }, "there twice"],
    ["a row of six buttons", { flags: V2, components: [row(..."abcdef")] }, "components"],
    ["mentions that are left open", { content: "x", allowed_mentions: undefined }, "allowed_mentions"],
    ["too long a nonce", { content: "x", nonce: "n".repeat(26), enforce_nonce: true }, "nonce"],
  ])("refuses %s", async (_what, body, words) => {
    const { status, body: answer } = await create(body);
    expect(status).toBe(400);
    expect(answer).toMatchObject({ code: 50_035 });
    expect(harness.standIn.violations.join("\n")).toContain(words);
  });

  it("takes what Discord takes, and answers a nonce with the same message", async () => {
    const first = await create({ content: "hello", nonce: "n1", enforce_nonce: true, tts: false });
    const again = await create({ content: "hello", nonce: "n1", enforce_nonce: true });
    const other = await create({ content: "hello", nonce: "n1" });
    expect(again.body.id).toBe(first.body.id);
    expect(other.body.id).not.toBe(first.body.id);
    expect(harness.standIn.violations).toEqual([]);
  });

  it("knows no message of nobody's, no stranger's token, no other route", async () => {
    expect((await request("PATCH", `/channels/${harness.standIn.channelId}/messages/1`, {})).body).toMatchObject({ code: 10_008 });
    expect((await request("POST", "/channels/1/messages", { content: "x" })).body).toMatchObject({ code: 10_003 });
    expect((await request("GET", "/gateway/bot", undefined, "wrong")).status).toBe(401);
    expect(harness.standIn.violations).toEqual([]);
    expect((await request("POST", "/guilds", {})).status).toBe(404);
    expect(harness.standIn.violations).toHaveLength(1);
  });

  it("takes one acknowledgement, in time, of the right kind", async () => {
    await harness.adapter.stop();
    const begin = () => {
      const sight = harness.standIn.driver.slash("1001", "round start");
      sight.catch(() => undefined);
      const { id, token } = harness.standIn.driver.last;
      const answer = (body: Json) => request("POST", `/interactions/${id}/${token}/callback`, body, "");
      return {
        sight,
        answer,
        edit: (body: Json) => request("PATCH", `/webhooks/${harness.standIn.world.application}/${token}/messages/%40original`, body, ""),
      };
    };
    const modal = {
      type: 9,
      data: { custom_id: "m", title: "T", components: [{ type: 18, label: "L", component: { type: 4, custom_id: "t", style: 1 } }] },
    };
    const deferred = { type: 5, data: { flags: 64 } };

    const one = begin();
    expect((await one.edit({ content: "early" })).status).toBe(404);
    expect((await one.answer(deferred)).status).toBe(204);
    expect((await one.answer(deferred)).body).toMatchObject({ code: 40_060 });
    expect((await one.edit({ flags: V2, components: [text("now")], allowed_mentions: { parse: [] } })).status).toBe(200);
    expect(await one.sight).toMatchObject({ kind: "reply" });

    const two = begin();
    expect((await two.answer({ type: 8, data: { choices: [] } })).body).toMatchObject({ code: 50_035 });
    expect((await two.answer({ type: 4, data: { content: "for all", allowed_mentions: { parse: [] } } })).body).toMatchObject({
      code: 50_035,
    });
    expect(
      (await two.answer({ ...modal, data: { ...modal.data, components: Array(6).fill(modal.data.components[0]) } })).body,
    ).toMatchObject({ code: 50_035 });
    expect((await two.answer(modal)).status).toBe(204);
    const form = await two.sight;
    if (form.kind !== "modal") throw new Error("no form opened");
    const submitted = harness.standIn.driver.submitModal(form, { t: "x" });
    submitted.catch(() => undefined);
    const { id, token } = harness.standIn.driver.last;
    expect((await request("POST", `/interactions/${id}/${token}/callback`, modal, "")).body).toMatchObject({ code: 50_035 });

    const three = begin();
    await expect(three.sight).rejects.toThrow("did not respond");
    expect((await three.answer(deferred)).body).toMatchObject({ code: 10_062 });
    expect(harness.standIn.late).toHaveLength(2);
  });

  it("refuses commands that Discord would refuse", async () => {
    const path = `/applications/${harness.standIn.world.application}/commands`;
    const put = async (...commands: Json[]) => {
      expect((await request("PUT", path, commands)).status).toBe(400);
      return harness.standIn.violations.splice(0).join("\n");
    };
    const option = (name: string, more: Json = {}) => ({ type: 3, name, description: "d", ...more });
    const plain = { name: "a", description: "d", type: 1 };
    expect(await put({ ...plain, name: "Daily" })).toContain("not a name");
    expect(await put({ ...plain, options: [option("x"), option("y", { required: true })] })).toContain("after an optional one");
    expect(await put({ ...plain, options: [option("x"), option("x")] })).toContain("there twice");
    expect(await put({ ...plain, options: [option("x"), { type: 1, name: "s", description: "d" }] })).toContain("side by side");
    expect(
      await put({
        ...plain,
        options: Array.from({ length: 25 }, (_, at) => ({
          type: 1,
          name: `s${at}`,
          description: "d".repeat(100),
          options: [0, 1, 2].map((one) => option(`o${one}`, { description: "d".repeat(100) })),
        })),
      }),
    ).toContain("8000 fit");
    expect(await put(plain, plain)).toContain("there twice");
  });
});
