/** Somebody on the way kept every request of a day, and sends each again while its signature is still good. */
import { expect } from "vitest";
import { MARKS } from "../../../src/core/view.ts";
import type { Person } from "../../contract/receiver.ts";
import { eventually } from "../../kit/pictures.ts";
import { PEOPLE, walk } from "../stage.ts";
import { connectSlack, type SlackHarness } from "./harness.ts";

const { ada, ben } = PEOPLE;
let slack: SlackHarness;

walk(
  "a request that is replayed does nothing a second time: command, button, form, words",
  async (dispatcher, people) => {
    slack = await connectSlack(dispatcher, people, { overHttp: true });
    return slack;
  },
  async ({ channel, store, rows, walker: { talk }, find, text, slash, press, fill, beat }) => {
    const { http, workspace } = slack.standIn;
    await slash(ada, "setup", { time: "09:00", zone: "UTC", weekdays: "daily", mix: "open" });
    await slash(ada, "daily now");
    const drill = await find(channel, "Daily drill");
    expect(await fill(ben, drill, "Answer", () => ({ answer: "We ask for the traffic and for the goal first." }))).toContain("points");
    await slash(ben, "daily report", { reason: "unclear", note: "what is meant?" });
    await slash(ada, "mock start", { seat: "candidate" });
    await press(ben, await find(channel, "Mock round"), "Interviewer");
    expect(text(await press(ben, await find(channel, "Mock round"), "Begin"))).toContain("The round begins");
    await beat();
    const group = (await store.read.groups.at(channel)) ?? expect.fail("no group");
    const round = async () => (await store.read.rounds.active(group.id))[0] ?? expect.fail("no round");
    const thread = { ...channel, thread: (await round()).thread ?? expect.fail("no thread") };
    const say = async (who: Person, words: string, sign: string) => {
      const message = await talk.write(who, words, thread);
      await eventually(async () => (await talk.signs(message, thread)).includes(sign) || undefined, `a sign beside "${words}"`);
    };
    await say(ada, "Half a million requests a second.", MARKS.said);
    await say(ben, "How fresh must it be?", MARKS.asked);
    await beat();

    const kinds = new Set(
      http.captured.map(({ body }) => /block_actions|view_submission|event_callback|command=/.exec(decodeURIComponent(body))?.[0]),
    );
    expect([...kinds].sort()).toEqual(["block_actions", "command=", "event_callback", "view_submission"]);
    const everything = async () => ({
      rows: await rows(),
      messages: workspace.messages(channel.channel ?? ""),
      thread: await slack.shown(thread),
    });
    const before = structuredClone(await everything());
    for (const captured of [...http.captured, ...http.captured.toReversed()])
      expect((await http.replay(captured)).status).toBeLessThan(500);
    await beat();
    expect(await everything()).toEqual(before);
    // And once its five minutes are over it does not even get in.
    for (const { headers, body } of http.captured.slice(0, 3)) {
      const stale = { ...headers, "x-slack-request-timestamp": String(Number(headers["x-slack-request-timestamp"]) - 301) };
      expect((await http.replay({ headers: stale, body })).status).toBe(401);
    }
  },
);
