/** What the bot finds it may do in a channel. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RecordingDispatcher } from "../../contract/receiver.ts";
import { connectSlack, type SlackHarness } from "./harness.ts";

let slack: SlackHarness;
beforeAll(async () => {
  slack = await connectSlack(new RecordingDispatcher(), [{ id: "U1", name: "Ada", manager: true }]);
});
afterAll(async () => {
  await slack.stop();
  expect(slack.standIn.violations).toEqual([]);
});

describe("the bot's permissions in Slack", () => {
  it("are its membership and its scopes", async () => {
    const found = await slack.messenger.inspect(slack.channel);
    expect(found.map(({ name, granted }) => [name, granted])).toEqual([
      ["Membership of this channel", true],
      ["The app's scopes", true],
    ]);
  });

  it.each(["not_in_channel", "channel_not_found"])("say how to invite it after %s", async (error) => {
    slack.standIn.faults.next("conversations.history", { kind: "refuse", error });
    const [membership] = await slack.messenger.inspect(slack.channel);
    expect(membership).toMatchObject({ granted: false, fix: "to post here. Type `/invite @drillroom` in this channel." });
  });

  it("name the scopes that an old installation lacks", async () => {
    slack.standIn.grant(["commands", "chat:write"]);
    const scopes = (await slack.messenger.inspect(slack.channel))[1];
    expect(scopes?.granted).toBe(false);
    expect(scopes?.fix).toContain("it lacks users:read, channels:history");
  });
});
