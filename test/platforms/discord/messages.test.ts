/** What people write on Discord that the contract cannot say for all platforms. */
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SAY } from "../../../src/app/talk.ts";
import type { Place } from "../../../src/core/place.ts";
import { MARKS } from "../../../src/core/view.ts";
import { plain } from "../../../src/platforms/discord/plain.ts";
import { RecordingDispatcher } from "../../contract/receiver.ts";
import { eventually } from "../../kit/pictures.ts";
import { adapterFor } from "./harness.ts";
import { type DiscordStandIn, startDiscordStandIn } from "./stand_in/index.ts";
import { shownOf } from "./stand_in/reading.ts";

const PEOPLE = [
  { id: "1001", name: "Ada", manager: true },
  { id: "1002", name: "Ben", manager: false },
];
const ben = { id: "1002", bot: false };

describe("messages on Discord", () => {
  let standIn: DiscordStandIn;
  let adapter: ReturnType<typeof adapterFor>;
  let dispatcher: RecordingDispatcher;
  let lines: string[];
  let thread: Place;
  beforeEach(async () => {
    standIn = await startDiscordStandIn({ people: PEOPLE });
    dispatcher = new RecordingDispatcher();
    dispatcher.hearing = { reply: { title: "Said", mark: "said", blocks: [] } };
    lines = [];
    adapter = adapterFor(standIn, dispatcher, { log: pino({ level: "warn" }, { write: (line: string) => void lines.push(line) }) });
    await adapter.start();
    const to: Place = { platform: "discord", space: standIn.guildId, channel: standIn.channelId };
    const { remote: message } = await adapter.messenger.deliver({
      kind: "post",
      key: "p",
      attempt: 1,
      to,
      view: { title: "R", blocks: [] },
    });
    const { remote } = await adapter.messenger.deliver({ kind: "thread", key: "t", attempt: 1, to, message, title: "R" });
    thread = { ...to, thread: remote };
  });
  afterEach(async () => {
    await adapter.stop();
    await standIn.stop();
    expect(standIn.violations).toEqual([]);
    expect(standIn.faults.left).toBe(0);
  });

  const call = (words: string) => standIn.writer.write(ben, thread.thread ?? "", `<@${standIn.world.application}> ${words}`);
  const signed = (message: { readonly signs?: Set<string> }) =>
    eventually(() => (message.signs?.size ? [...message.signs] : undefined), "a sign");
  const repliesTo = ({ id }: { readonly id: string }) =>
    (standIn.world.channels.get(thread.thread ?? "")?.messages ?? []).filter(
      ({ body }) => (body.message_reference as { message_id?: string } | undefined)?.message_id === id,
    );

  it("are not read where they do not call the bot: Discord does not even give their words", async () => {
    standIn.writer.write(ben, thread.thread ?? "", "just talking");
    await signed(call("an answer"));
    expect(dispatcher.heard.map(({ text }) => text)).toEqual(["an answer"]);
  });

  it("get their sign although its request fails at first, and words where the bot may add none", async () => {
    for (const fault of [{ kind: "dropped" }, { kind: "serverError" }, { kind: "lostAnswer" }] as const) {
      standIn.faults.next("reaction", fault);
      expect(await signed(call(`after ${fault.kind}`))).toEqual([MARKS.said]);
    }
    standIn.faults.next("reaction", { kind: "rateLimit", seconds: 0.2, scope: "shared" });
    await signed(call("not so fast"));
    standIn.faults.next("reaction", { kind: "refuse", status: 403, code: 50_013, message: "Missing Permissions" });
    const message = call("without leave to react");
    const [reply] = await eventually(() => (repliesTo(message).length > 0 ? repliesTo(message) : undefined), "a reply");
    expect(shownOf(reply?.body ?? {}).text).toContain("Said");
    expect(lines).toEqual([]);
  });

  it("are answered once although they are told of twice", async () => {
    dispatcher.hearing = { reply: { title: "That is too long", blocks: [] } };
    const message = standIn.writer.write(ben, thread.thread ?? "", `<@${standIn.world.application}> long`, { times: 2 });
    await eventually(() => (dispatcher.heard.length === 2 ? true : undefined), "both");
    await adapter.stop();
    expect(repliesTo(message)).toHaveLength(1);
  });

  it("that are deleted before they are answered trouble nobody", async () => {
    standIn.faults.next("reaction", { kind: "refuse", status: 404, code: 10_008, message: "Unknown Message" });
    call("gone");
    await signed(call("still here"));
    expect(lines).toEqual([]);
  });

  it("written while the connection was down are heard when it resumes", async () => {
    standIn.gateway.drop();
    expect(await signed(call("said meanwhile"))).toEqual([MARKS.said]);
  });

  it("can be made an answer by their menu, when they are one's own", async () => {
    const own = standIn.writer.write(ben, thread.thread ?? "", "my <@1001> words");
    const reply = await standIn.driver.menu("1002", "Answer with this message", own.id);
    expect(reply.kind === "reply" && shownOf(reply.message.body).text).toContain("Heard");
    expect(dispatcher.invocations).toMatchObject([{ path: SAY, input: { text: "my @Ada words" }, who: { id: "1002" }, place: thread }]);
    const other = await standIn.driver.menu("1001", "Answer with this message", own.id);
    expect(other.kind === "reply" && shownOf(other.message.body).text).toContain("somebody else's message");
    expect(dispatcher.invocations).toHaveLength(1);
  });
});

describe("Discord's markup in plain words", () => {
  const names = { member: (id: string) => (id === "7" ? "Zoë <#1>" : undefined), channel: () => undefined, role: () => "Team" };

  it.each([
    ["<@!5> <@7>, <@8> and <@&9>", "@Zoë #a channel, @somebody and @Team"],
    ["<a:wave:1> </mock start:12> <#4>", ":wave: /mock start #a channel"],
    ["<t:99999999999999999:R> <t:0>", "<t:99999999999999999:R> 1970-01-01 00:00 UTC"],
    ["a <b> && <3 <https://a.example/?x=1>", "a <b> && <3 https://a.example/?x=1"],
    ["**bold** `code` ||hidden|| @everyone", "**bold** `code` ||hidden|| @everyone"],
  ])("%s", (written, read) => {
    expect(plain(written, "5", names)).toBe(read);
  });
});
