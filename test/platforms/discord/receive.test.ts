/** What people do on Discord that the contract cannot say for all platforms. */
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Place } from "../../../src/core/place.ts";
import type { Button } from "../../../src/core/view.ts";
import { RecordingDispatcher } from "../../contract/receiver.ts";
import { adapterFor } from "./harness.ts";
import type { Modal, Reply } from "./stand_in/driver.ts";
import { type DiscordStandIn, startDiscordStandIn } from "./stand_in/index.ts";
import { shownOf } from "./stand_in/reading.ts";
import type { Message } from "./stand_in/world.ts";

const PEOPLE = [
  { id: "1001", name: "Ada", manager: true },
  { id: "1002", name: "Ben", manager: false },
];

describe("interactions on Discord", () => {
  let standIn: DiscordStandIn;
  let adapter: ReturnType<typeof adapterFor>;
  let dispatcher: RecordingDispatcher;
  let lines: string[];
  beforeEach(async () => {
    standIn = await startDiscordStandIn({ people: PEOPLE });
    dispatcher = new RecordingDispatcher();
    lines = [];
    adapter = adapterFor(standIn, dispatcher, { log: pino({ level: "debug" }, { write: (line: string) => void lines.push(line) }) });
    await adapter.start();
  });
  afterEach(async () => {
    await adapter.stop();
    await standIn.stop();
    expect(standIn.violations).toEqual([]);
    expect(standIn.faults.left).toBe(0);
    // An interaction's token lets anybody answer in our name.
    expect(lines.join("")).not.toMatch(/[\w-]{60}/);
  });

  const until = async (what: () => boolean) => {
    while (!what()) await new Promise((soon) => setTimeout(soon, 10));
  };
  const edits = () => standIn.requests.filter((request) => request.startsWith("PATCH /webhooks")).length;
  const callbacks = () => standIn.requests.filter((request) => request.endsWith("/callback")).length;
  /** Longer than a reply may take to be the first answer. */
  const SLOW_MS = 300;
  const textOf = (sight: Reply | Modal) => (sight.kind === "reply" ? shownOf(sight.message.body).text : expect.fail("a form opened"));
  const place = (): Place => ({ platform: "discord", space: standIn.guildId, channel: standIn.channelId });
  const message = async (...buttons: Button[]): Promise<Message> => {
    const view = { title: "A round", blocks: [{ kind: "buttons", buttons }] } as const;
    const { remote } = await adapter.messenger.deliver({ kind: "post", key: `receive/${Math.random()}`, attempt: 1, to: place(), view });
    return standIn.world.find(remote, "1001") ?? expect.fail("nothing was sent");
  };
  const loud: Button = { label: "Loud", command: "echo", input: { words: "hi" } };
  const answer: Button = { label: "Answer", command: "round answer", input: { round: "r1" } };

  it.each(["", "v1:answer:17", '["echo"]', '{"command":"echo"}', '["echo",{"words":{"deep":1}}]'])(
    "explains a button it does not know: %s",
    async (customId) => {
      expect(textOf(await standIn.driver.pressId("1001", await message(loud), customId))).toContain("from an older version");
      expect(dispatcher.invocations).toEqual([]);
    },
  );

  it("puts what is said later in the place of the reply", async () => {
    dispatcher.amendment = { title: "Read again", blocks: [] };
    const reply = await standIn.driver.slash("1001", "round start");
    expect(textOf(reply)).toContain("Heard");
    while (edits() < 1) await new Promise((soon) => setTimeout(soon, 10));
    await new Promise((soon) => setTimeout(soon, 50));
    expect(textOf(reply)).toContain("Read again");
  });

  it("carries a command of a direct message: there is no server and no channel", async () => {
    expect(textOf(await standIn.driver.slashDirectly("1001", "round start"))).toContain("Heard");
    expect(dispatcher.invocations).toMatchObject([
      { path: "round start", who: { id: "1001", name: "Ada elsewhere", manager: false }, place: { platform: "discord", space: "@me" } },
    ]);
    expect(dispatcher.invocations[0]?.place.channel).toBeUndefined();
  });

  it("carries a double click as two invocations", async () => {
    const { id } = await message(loud);
    await Promise.all([standIn.driver.press("1002", id, "Loud"), standIn.driver.press("1002", id, "Loud")]);
    expect(new Set(dispatcher.invocations.map((invocation) => invocation.id)).size).toBe(2);
  });

  it("keeps several private replies apart", async () => {
    await standIn.driver.slash("1001", "round start");
    await standIn.driver.slash("1002", "round start");
    expect(standIn.driver.seenBy("1001")).toHaveLength(1);
    expect(standIn.driver.seenBy("1002")).toHaveLength(1);
  });

  it("pings nobody in a private reply", async () => {
    dispatcher.reply = { title: "Yours", notify: ["1002"], blocks: [{ kind: "text", markdown: "{member:1002} is next" }] };
    const reply = await standIn.driver.slash("1001", "round start");
    expect(reply.kind === "reply" && reply.message.pinged).toEqual([]);
  });

  it("says so when a form takes longer than Discord waits", async () => {
    const { id } = await message(answer);
    dispatcher.slowMs = 2_600;
    expect(textOf(await standIn.driver.press("1001", id, "Answer"))).toContain("took too long");
    expect(standIn.late).toEqual([]);
  });

  it("opens a form once when the press is delivered twice", async () => {
    const { id } = await message(answer);
    const form = await standIn.driver.press("1001", id, "Answer");
    standIn.driver.redeliver();
    if (form.kind !== "modal") throw new Error("no form opened");
    expect(textOf(await standIn.driver.submitModal(form, { text: "mine" }))).toContain("Heard");
    expect(lines.filter((line) => line.includes("could not be answered"))).toEqual([]);
  });

  it("answers in one request when the reply is there at once", async () => {
    expect(textOf(await standIn.driver.slash("1001", "round start"))).toContain("Heard");
    const form = await standIn.driver.press("1001", (await message(answer)).id, "Answer");
    if (form.kind !== "modal") throw new Error("no form opened");
    expect(textOf(await standIn.driver.submitModal(form, { text: "mine" }))).toContain("Heard");
    expect([callbacks(), edits()]).toEqual([3, 0]);
  });

  it("says that it thinks when the reply is not there at once, or brings a file", async () => {
    dispatcher.slowMs = SLOW_MS;
    expect(textOf(await standIn.driver.slash("1001", "round start"))).toContain("Heard");
    expect([callbacks(), edits()]).toEqual([1, 1]);
    dispatcher.slowMs = 0;
    dispatcher.reply = { title: "Yours", blocks: [{ kind: "file", name: "mine.json", type: "application/json", text: "{}" }] };
    const reply = await standIn.driver.slash("1001", "round start");
    expect(reply.kind === "reply" && reply.message.attachments.map(({ filename }) => filename)).toEqual(["mine.json"]);
    expect([callbacks(), edits()]).toEqual([2, 2]);
  });

  it("puts the reply where somebody before it had said that it thinks", async () => {
    dispatcher.slowMs = SLOW_MS;
    for (let tries = 0; tries < 3; tries++) standIn.faults.next("follow-up", { kind: "dropped" });
    const waiting = standIn.driver.slash("1001", "round start");
    await until(() => standIn.faults.left === 0);
    dispatcher.slowMs = 0;
    standIn.driver.redeliver();
    expect(textOf(await waiting)).toContain("Heard");
  });

  it.each([0, 300])("answers although its first answer or its reply did not get through at first, after %i ms", async (slowMs) => {
    dispatcher.slowMs = slowMs;
    for (const kind of ["dropped", "lostAnswer", "serverError"] as const)
      for (const on of ["callback", "reply"] as const) {
        standIn.faults.next(on, { kind });
        expect(textOf(await standIn.driver.slash("1001", "round start"))).toContain("Heard");
      }
    standIn.faults.next("reply", { kind: "rateLimit", seconds: 0.3 });
    expect(textOf(await standIn.driver.slash("1001", "round start"))).toContain("Heard");
    expect(dispatcher.invocations).toHaveLength(7);
  });

  it("loses nothing that was asked for too late to be answered, and says in the log what happened", async () => {
    standIn.driver.delayMs = 3_100;
    await expect(standIn.driver.slash("1001", "round start")).rejects.toThrow("did not respond");
    await until(() => dispatcher.invocations.length === 1);
    await until(() => lines.length > 1);
    const last = JSON.parse(lines.at(-1) ?? "");
    expect(last).toMatchObject({ level: 40, err: { code: 10_062 }, invocation: dispatcher.invocations[0]?.id });
    expect(last.msg).toContain("due within 3 s");
    expect(edits()).toBe(0);
  });

  it("keeps what a form said when its acknowledgement never gets through", async () => {
    const form = await standIn.driver.press("1001", (await message(answer)).id, "Answer");
    if (form.kind !== "modal") throw new Error("no form opened");
    for (let tries = 0; tries < 3; tries++) standIn.faults.next("callback", { kind: "dropped" });
    await expect(standIn.driver.submitModal(form, { text: "what I wrote" })).rejects.toThrow("did not respond");
    expect(dispatcher.invocations).toMatchObject([{ path: "round answer", input: { text: "what I wrote" } }]);
    expect(lines.join("")).toContain("could not be answered");
  });

  it.each([
    ["an expired token", { status: 401, code: 50_027, message: "Invalid Webhook Token" }, "15 minutes"],
    ["a forgotten token", { status: 404, code: 10_015, message: "Unknown Webhook" }, "15 minutes"],
    ["a locked thread", { status: 400, code: 50_083, message: "Thread is archived" }, "takes no replies"],
  ])("says plainly that a reply met %s", async (_what, refusal, words) => {
    dispatcher.slowMs = SLOW_MS;
    standIn.driver.patience = 2 * SLOW_MS;
    standIn.faults.next("follow-up", { kind: "refuse", ...refusal });
    await expect(standIn.driver.slash("1001", "round start")).rejects.toThrow("No reply came");
    expect(dispatcher.invocations).toHaveLength(1);
    const last = JSON.parse(lines.at(-1) ?? "");
    expect(last).toMatchObject({ level: 40, err: { code: refusal.code } });
    expect(last.msg).toContain(words);
  });

  it.each([
    ["voice", "a voice channel"],
    ["stage", "a stage channel"],
    ["text", undefined],
    ["announcement", undefined],
  ] as const)("says of a %s channel whether it takes threads", async (kind, threadless) => {
    const channel = standIn.world.addChannel(kind, "elsewhere");
    const { id } = channel;
    standIn.gateway.created(channel);
    await standIn.driver.slash("1001", "round start", {}, id);
    expect(dispatcher.invocations[0]).toMatchObject({ place: { ...place(), channel: id } });
    expect(dispatcher.invocations[0]?.threadless).toBe(threadless);
  });

  it("counts a forum's post as the forum, and a private thread as its channel", async () => {
    const { world, channelId } = standIn;
    const forum = world.addChannel("forum", "questions");
    const post = world.addChannel("thread", "How to shard?", { parent: forum.id });
    const aside = world.addChannel("private thread", "aside", { parent: channelId });
    for (const channel of [forum, post, aside]) standIn.gateway.created(channel);
    await standIn.driver.slash("1001", "round start", {}, post.id);
    await standIn.driver.slash("1001", "round start", {}, aside.id);
    expect(dispatcher.invocations[0]).toMatchObject({ place: { channel: forum.id, thread: post.id }, threadless: "a forum" });
    expect(dispatcher.invocations[1]).toMatchObject({ place: { channel: channelId, thread: aside.id } });
    expect(dispatcher.invocations[1]?.threadless).toBeUndefined();
  });

  it("knows the channel of a thread that was archived before it connected", async () => {
    const root = await message(loud);
    const to = place();
    const { remote: thread } = await adapter.messenger.deliver({
      kind: "thread",
      key: "receive/t",
      attempt: 1,
      to,
      message: root.id,
      title: "T",
    });
    const view = { title: "In it", blocks: [{ kind: "buttons", buttons: [loud] }] } as const;
    const { remote } = await adapter.messenger.deliver({ kind: "post", key: "receive/p", attempt: 1, to: { ...to, thread }, view });
    await adapter.stop();
    const archived = standIn.world.channels.get(thread) ?? expect.fail("no thread");
    archived.archived = true;
    adapter = adapterFor(standIn, dispatcher);
    await adapter.start();
    await standIn.driver.press("1002", remote, "Loud");
    expect(dispatcher.invocations[0]?.place).toEqual({ ...to, thread });
  });

  it("suggests at most 25, cut between characters, and nothing that could not be sent back", async () => {
    dispatcher.choices = [
      { label: "🧑‍🚀".repeat(40), value: "astronauts" },
      { label: " ", value: "blank" },
      { label: "too long to send back", value: "v".repeat(101) },
      ...Array.from({ length: 40 }, (_, at) => ({ label: `${at}`, value: `${at}` })),
    ];
    const found = await standIn.driver.autocomplete("1001", "echo", "words", "@everyone");
    expect(found).toHaveLength(25);
    expect(found.map(({ value }) => value).slice(0, 3)).toEqual(["astronauts", "blank", "0"]);
    expect(found.every(({ name }) => name.isWellFormed() && name.trim() !== "")).toBe(true);
  });

  it("answers at once although the bot has spent its requests of this second", async () => {
    const posts = Promise.allSettled(Array.from({ length: 60 }, () => message(loud)));
    expect(textOf(await standIn.driver.slash("1001", "round start"))).toContain("Heard");
    expect((await posts).some(({ status }) => status === "rejected")).toBe(true);
  });

  it("answers more people in a second than the bot may send messages", async () => {
    // Three tries within fifty a second would be 150.
    const replies = await Promise.all(Array.from({ length: 200 }, () => standIn.driver.slash("1001", "round start")));
    expect(replies).toHaveLength(200);
    expect(lines.filter((line) => line.includes("could not be answered"))).toEqual([]);
  });
});
