/** The end of an installation, however it is heard of. */
import { describe, expect, it } from "vitest";
import { REMOVED } from "../../../src/app/installations.ts";
import { DAY } from "../../../src/core/place.ts";
import { failing } from "../../kit/delivery.ts";
import { install } from "./many_harness.ts";
import { useMany } from "./many_stage.ts";
import { wordsOf } from "./stand_in/shown.ts";

const { on, installed, another, echo, post } = useMany();

describe("a removal", () => {
  it.each([
    ["app_uninstalled", { type: "app_uninstalled" }],
    ["tokens_revoked", { type: "tokens_revoked", tokens: { oauth: [], bot: ["UBOT"] } }],
  ])("heard by %s deletes the tokens at once, and only that workspace's", async (_name, event) => {
    const [here, other] = [await installed(), await installed()];
    await here.driver.tell(event);
    expect(await on.installations.serving(here.id)).toBeUndefined();
    expect(await failing(post(here))).toMatchObject({ retry: false, message: REMOVED });
    await post(other);
    expect(wordsOf(await echo(here))).toContain("not installed here any more");
  });

  it("of somebody's own token is none of ours", async () => {
    const here = await installed();
    await here.driver.tell({ type: "tokens_revoked", tokens: { oauth: ["U1"] } });
    await post(here);
  });

  it("that is told late does not undo what was installed since", async () => {
    const here = await installed();
    await here.driver.tell({ type: "app_uninstalled" }, "EvLate", Math.floor(Date.now() / 1_000) - 60);
    await post(here);
  });

  it.each(["token_revoked", "account_inactive", "invalid_auth"])(
    "heard from the API by %s ends that one workspace, and the process goes on",
    async (error) => {
      const [here, other] = [await installed(), await installed()];
      on.standIn.oauth.revoke(here.id, error);
      // Tried once more, since another replica may have newer tokens; then given up for good.
      expect(await failing(post(here))).toMatchObject({ retry: true });
      expect(await failing(post(here))).toMatchObject({ retry: false, message: REMOVED });
      expect(await on.installations.serving(here.id)).toBeUndefined();
      await post(other);
    },
  );

  it("does not take newer tokens along that another replica has got", async () => {
    const here = await installed();
    const other = await another();
    await post(here, other);
    on.standIn.oauth.revoke(here.id);
    await install(on.standIn, { team: here.id });
    expect(await failing(post(here, other))).toMatchObject({ retry: true });
    await post(here, other);
    await other.stop();
  });

  it("is forgotten after thirty days, and not before", async () => {
    const here = await installed();
    await here.driver.tell({ type: "app_uninstalled" });
    const due = (at: number) => on.store.transaction((tx) => tx.spaces.due(at, ["slack"]));
    const space = { platform: "slack", space: here.id };
    expect(await due(Date.now() + 30 * DAY - 60_000)).not.toContainEqual(space);
    expect(await due(Date.now() + 30 * DAY + 60_000)).toContainEqual(space);
  });
});
