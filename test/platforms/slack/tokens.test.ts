/** A workspace's token: exchanged while it rotates, and sealed anew when the operator's key changes. */
import { describe, expect, it } from "vitest";
import { REMOVED } from "../../../src/app/installations.ts";
import { failing } from "../../kit/delivery.ts";
import { KEY, OTHER_KEY } from "./many_harness.ts";
import { useMany } from "./many_stage.ts";
import { buttonsOf } from "./stand_in/shown.ts";

const { on, team, installed, rotating, another, post } = useMany();

describe("tokens that rotate", () => {
  it("are exchanged before they expire, once, however many replicas want them", async () => {
    const here = await rotating(3_600);
    const replicas = await Promise.all([another(), another()]);
    const before = on.standIn.oauth.exchanges;
    await Promise.all([on.adapter, ...replicas].map((one) => post(here, one)));
    expect(on.standIn.oauth.exchanges).toBe(before + 1);
    expect(here.workspace.messages("C100")).toHaveLength(3);
    await Promise.all(replicas.map((one) => post(here, one)));
    expect(on.standIn.oauth.exchanges).toBe(before + 1);
    await Promise.all(replicas.map((one) => one.stop()));
  });

  it("that are over make everybody wait for the one who exchanges them", async () => {
    const here = await rotating(0);
    const replicas = await Promise.all([another(), another()]);
    const before = on.standIn.oauth.exchanges;
    await Promise.all(replicas.map((one) => post(here, one)));
    expect(on.standIn.oauth.exchanges).toBe(before + 1);
    await Promise.all(replicas.map((one) => one.stop()));
  });

  it("are used on while Slack cannot exchange them, and exchanged later", async () => {
    const here = await rotating(3_600);
    on.standIn.faults.next("oauth.v2.access", { kind: "serverError" });
    await post(here);
    expect(here.workspace.messages("C100")).toHaveLength(1);
    expect(await on.installations.serving(here.id)).toBeDefined();
    const other = await another();
    const before = on.standIn.oauth.exchanges;
    await post(here, other);
    expect(on.standIn.oauth.exchanges).toBe(before + 1);
    await other.stop();
  });

  it("that Slack exchanges no more are an installation that is over", async () => {
    const here = await rotating(3_600);
    on.standIn.oauth.revoke(here.id);
    expect(await failing(post(here))).toMatchObject({ retry: false, message: REMOVED });
    expect(await on.installations.serving(here.id)).toBeUndefined();
  });

  it("outlast a client's secret that the operator has wrong", async () => {
    const here = await rotating(3_600);
    on.standIn.faults.next("oauth.v2.access", { kind: "refuse", error: "bad_client_secret" });
    await post(here);
    expect(here.workspace.messages("C100")).toHaveLength(1);
    expect(await on.installations.serving(here.id)).toBeDefined();
  });

  it("that are over wait for an operator who mends the client's secret", async () => {
    const here = await rotating(0);
    on.standIn.faults.next("oauth.v2.access", { kind: "refuse", error: "bad_client_secret" });
    const refusal = await failing(post(here));
    expect(refusal).toMatchObject({ retry: true });
    expect(refusal).toHaveProperty("message", expect.stringContaining("SLACK_CLIENT_SECRET"));
    await post(here);
    expect(here.workspace.messages("C100")).toHaveLength(1);
  });
});

describe("keys", () => {
  it("can be replaced: what the old one sealed is sealed anew at the start", async () => {
    const here = await installed();
    const both = await another({ encryptionKeys: [OTHER_KEY, KEY] });
    await post(here, both);
    await both.stop();
    // This one runs on with the old key alone: it leaves the work to the others, and takes nobody for gone.
    const late = await another({ installations: { ...on.installations, all: async () => [] } });
    expect(await failing(post(here, late))).toMatchObject({
      retry: true,
      message: expect.stringContaining("ENCRYPTION_KEY lacks the key"),
    });
    await late.stop();
    const onlyNew = await another({ encryptionKeys: [OTHER_KEY] });
    await post(here, onlyNew);
    await onlyNew.stop();
    const back = another({ encryptionKeys: [KEY] });
    await expect(back).rejects.toThrow(/^ENCRYPTION_KEY lacks the key [0-9a-f]{8}/);
    await (await another({ encryptionKeys: [KEY, OTHER_KEY] })).stop();
  });

  it("open a row for its own workspace alone", async () => {
    const [here, other] = [await installed(), team()];
    const { sealed = "" } = (await on.installations.serving(here.id)) ?? {};
    await on.installations.install({ id: other.id, sealed }, { space: other.id }, Date.now());
    expect(await failing(post(other))).toMatchObject({ retry: false, message: REMOVED });
    expect(buttonsOf(here.workspace.messages("C100")[0]?.blocks ?? [])).toEqual([]);
  });
});
