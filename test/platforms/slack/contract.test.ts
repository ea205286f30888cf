/** The contract suites, through the real bolt. */
import { expect, it } from "vitest";
import { messengerContract } from "../../contract/messenger_suite.ts";
import { RecordingDispatcher } from "../../contract/receiver.ts";
import { receiverContract } from "../../contract/receiver_suite.ts";
import { talkContract } from "../../contract/talk_suite.ts";
import { connectSlack, type SlackHarness } from "./harness.ts";
import type { SlackStandIn } from "./stand_in/index.ts";

const used: SlackStandIn[] = [];

const PEOPLE = [
  { id: "1001", name: "Ada Lovelace", manager: true },
  { id: "1002", name: "Ben", manager: false },
];

async function start(...args: Parameters<typeof connectSlack>): Promise<SlackHarness> {
  const harness = await connectSlack(...args);
  used.push(harness.standIn);
  return harness;
}

messengerContract("slack", () => start(new RecordingDispatcher(), PEOPLE));
receiverContract("slack", start);
talkContract("slack", start);

it("sent nothing in the whole of all suites that Slack refuses for its form, and acknowledged all in time", () => {
  expect(used).toHaveLength(3);
  expect(used.flatMap(({ violations, late }) => [...violations, ...late])).toEqual([]);
});
