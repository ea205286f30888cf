/** Whose words they are where one bot serves many workspaces: of a thread, an organization, another company. */
import { describe, expect, it, vi } from "vitest";
import { REMOVED } from "../../../src/app/installations.ts";
import { failing } from "../../kit/delivery.ts";
import { install } from "./many_harness.ts";
import { people, useMany } from "./many_stage.ts";
import { wordsOf } from "./stand_in/shown.ts";

const { on, dispatcher, team, installed, echo, post } = useMany();

describe("words in a thread", () => {
  it("are delivered again when it could not be asked just then who the bot is there", async () => {
    const here = await installed();
    const words = { type: "message", user: `U${here.id}1`, channel: "C100", text: "half a million", parent_user_id: "UBOT" };
    const event = { ...words, ts: "1790000001.000100", thread_ts: "1790000000.000100" };
    const heard = () => dispatcher.heard.filter(({ who }) => who.space === here.id).length;
    const away = vi.spyOn(on.installations, "serving").mockRejectedValue(new Error("the database is away"));
    await expect(here.driver.tell(event, "Ev1")).rejects.toThrow("nobody acknowledged");
    away.mockRestore();
    expect(heard()).toBe(0);
    await here.driver.tell(event, "Ev1");
    expect(heard()).toBe(1);
  });
});

describe("an organization", () => {
  it("installs once for all of its workspaces, which stay apart", async () => {
    const [one, two] = [team("E1"), team("E1")];
    await install(on.standIn, { organization: "E1" });
    for (const each of [one, two]) {
      expect(wordsOf(await echo(each))).toContain("Heard");
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
    const here = on.standIn.addTeam("TSHARED", [...people("TSHARED"), { id: "UOUT", name: "Out", manager: true, from: "TTHEIRS" }]);
    await install(on.standIn, { team: here.id });
    const { remote } = await on.adapter.messenger.deliver({
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
