/** Hours and times in the one string that a slash command of Slack carries. */
import { expect, it } from "vitest";
import { commands } from "../../../commands/index.ts";
import { readSlash } from "../../../src/platforms/slack/grammar.ts";

it.each([
  ["plan tomorrow at 6:30 pm", "mock plan", { when: "tomorrow at 6:30 pm" }],
  ["plan fri 18:30 pace:async hours:12", "mock plan", { when: "fri 18:30", pace: "async", hours: 12 }],
  ["plans", "mock plans", {}],
  ["pair leave", "mock pair", { action: "leave" }],
  [
    'pair join level:starting days:mon,wed times:"18-21, 12:30"',
    "mock pair",
    { action: "join", level: "starting", days: "mon,wed", times: "18-21, 12:30" },
  ],
])("reads an hour as people type it: %s", (text, path, input) => {
  expect(readSlash(commands, "mock", text)).toEqual({ path, input });
});
