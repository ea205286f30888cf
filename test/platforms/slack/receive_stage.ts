/** One Slack for a file's tests of the receiver: a message whose buttons open a form and run a command. */
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import type { Invocation } from "../../../src/app/command.ts";
import type { View } from "../../../src/core/view.ts";
import { RecordingDispatcher } from "../../contract/receiver.ts";
import { connectSlack, type SlackHarness, settled } from "./harness.ts";
import type { Sight } from "./stand_in/workspace.ts";

export const ada = { id: "U1", name: "Ada", manager: true };
export const ben = { id: "U2", name: "Ben <!here> **B**", manager: false };

const round: View = {
  title: "A round",
  blocks: [
    {
      kind: "buttons",
      buttons: [
        { label: "Answer", command: "round answer", input: { round: "r1" }, revision: 4 },
        { label: "Again", command: "echo", input: { words: "again" } },
      ],
    },
  ],
};

/** Registers the hooks. Nothing that Slack refuses for its form may be sent by the end. */
export function useReceiver() {
  const on = {} as { slack: SlackHarness };
  const dispatcher = new RecordingDispatcher();
  beforeAll(async () => {
    on.slack = await connectSlack(dispatcher, [ada, ben]);
  });
  afterAll(async () => {
    await on.slack.stop();
    expect(on.slack.standIn.violations).toEqual([]);
  });
  beforeEach(() => {
    dispatcher.invocations.length = 0;
    dispatcher.slowMs = 0;
    dispatcher.reply = undefined;
    dispatcher.amendment = undefined;
  });

  const invite = async (to = on.slack.channel): Promise<string> =>
    (await on.slack.messenger.deliver({ kind: "post", key: `receive/${Math.random()}`, attempt: 1, to, view: round })).remote;
  return {
    on,
    dispatcher,
    /** Posts the message. */
    invite,
    /** What was dispatched since the test began, or since its list was emptied: one invocation. */
    only: (): Invocation => {
      const [invocation, ...more] = dispatcher.invocations;
      expect(more).toEqual([]);
      return invocation ?? expect.fail("nothing was dispatched");
    },
    async openForm(): Promise<Sight> {
      const form = await on.slack.standIn.driver.press(ben.id, "C100", await invite(), "Answer");
      return settled(on.slack.standIn, ben.id, form);
    },
  };
}
