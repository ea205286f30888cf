/** The contracts of all platforms, kept by Discord, and nothing sent on the way that Discord refuses. */
import { afterAll, expect } from "vitest";
import { messengerContract } from "../../contract/messenger_suite.ts";
import { RecordingDispatcher } from "../../contract/receiver.ts";
import { receiverContract } from "../../contract/receiver_suite.ts";
import { talkContract } from "../../contract/talk_suite.ts";
import { connectDiscord, type DiscordHarness } from "./harness.ts";

const harnesses: DiscordHarness[] = [];
const PEOPLE = [
  { id: "1001", name: "Ada", manager: true },
  { id: "1002", name: "Ben", manager: false },
];

async function start(...args: Parameters<typeof connectDiscord>): Promise<DiscordHarness> {
  const harness = await connectDiscord(...args);
  harnesses.push(harness);
  return harness;
}

messengerContract("discord", () => start(new RecordingDispatcher(), PEOPLE));
receiverContract("discord", start);
talkContract("discord", start);
talkContract("discord, with leave to read all messages", (...args) => start(...args, { messageContent: true }));

afterAll(() => {
  expect(harnesses).toHaveLength(4);
  for (const { standIn } of harnesses) {
    expect(standIn.violations).toEqual([]);
    expect(standIn.late).toEqual([]);
  }
});
