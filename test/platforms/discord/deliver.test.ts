/** What sending does when Discord does not do as asked. */
import { REST } from "discord.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Delivery, DeliveryError } from "../../../src/app/messenger.ts";
import type { Place } from "../../../src/core/place.ts";
import type { View } from "../../../src/core/view.ts";
import { createMessenger } from "../../../src/platforms/discord/deliver.ts";
import { RecordingDispatcher } from "../../contract/receiver.ts";
import { failing } from "../../kit/delivery.ts";
import { pictures } from "../../kit/pictures.ts";
import { connectDiscord, type DiscordHarness, silent } from "./harness.ts";

const SECRET = "the words of the message";
const view: View = { title: "Title", blocks: [{ kind: "text", markdown: SECRET }] };
const PEOPLE = [
  { id: "1001", name: "Ada", manager: true },
  { id: "1002", name: "Ben", manager: false },
];

describe("sending on Discord", () => {
  let harness: DiscordHarness;
  let serial = 0;
  beforeEach(async () => {
    harness = await connectDiscord(new RecordingDispatcher(), PEOPLE);
  });
  afterEach(async () => {
    await harness.stop();
    expect(harness.standIn.faults.left).toBe(0);
    expect(harness.standIn.violations).toEqual([]);
  });

  const post = (to: Place = harness.channel): Delivery => ({ kind: "post", key: `deliver/${++serial}`, attempt: 1, to, view });
  const send = (delivery: Delivery) => harness.messenger.deliver(delivery);
  /** What it fails with, which tells nothing that is to stay secret. */
  const refusal = async (delivery: Delivery): Promise<DeliveryError> => {
    const error = await failing(send(delivery));
    const told = JSON.stringify([error, error.message, error.stack, error.cause]);
    for (const hidden of [SECRET, harness.standIn.token]) expect(told).not.toContain(hidden);
    return error;
  };
  const channel = (place = harness.channel) => harness.standIn.world.channels.get(place.channel ?? "") ?? expect.fail("no channel");
  const newChannel = (): Place => ({ ...harness.channel, channel: harness.standIn.world.addChannel("text", "other").id });

  it("sends nothing to a limited channel before its time, and to others at once", async () => {
    const place = newChannel();
    await send(post());
    harness.standIn.faults.next("create", { kind: "rateLimit", seconds: 0.4, scope: "user" });
    const first = await refusal(post(place));
    const before = harness.standIn.requests.length;
    const second = await refusal(post(place));
    expect(harness.standIn.requests).toHaveLength(before);
    for (const { retry, afterMs } of [first, second]) {
      expect(retry).toBe(true);
      expect(afterMs).toBeGreaterThan(300);
      expect(afterMs).toBeLessThan(600);
    }
    await send(post());
    await new Promise((later) => setTimeout(later, second.afterMs));
    await send(post(place));
    expect(channel(place).messages).toHaveLength(1);
  });

  it("leaves the pause to the outbox when the whole bot is limited", async () => {
    harness.standIn.faults.next("create", { kind: "rateLimit", seconds: 0.3, scope: "global" });
    const { retry, afterMs } = await refusal(post());
    expect(retry).toBe(true);
    await new Promise((later) => setTimeout(later, afterMs));
    await send(post());
  });

  it.each([
    ["a fault of Discord's", { kind: "serverError", status: 502 }],
    ["a connection that drops", { kind: "dropped" }],
    ["an answer that is lost", { kind: "lostAnswer" }],
    ["an overload", { kind: "refuse", status: 503, code: 130_000, message: "API resource is currently overloaded" }],
  ] as const)("asks for another try after %s, of every kind of message", async (_what, fault) => {
    const { remote: message } = await send(post());
    const attempt = { attempt: 1, to: harness.channel, view } as const;
    const deliveries: readonly [Parameters<DiscordHarness["standIn"]["faults"]["next"]>[0], Delivery][] = [
      ["create", post()],
      ["edit", { ...attempt, kind: "edit", key: `deliver/${++serial}`, message }],
      ["thread", { ...attempt, kind: "thread", key: `deliver/${++serial}`, message, title: "T" }],
      ["direct", { ...attempt, kind: "notice", key: `deliver/${++serial}`, member: "1002" }],
      ["create", { ...attempt, kind: "notice", key: `deliver/${++serial}`, member: "1002" }],
    ];
    for (const [on, delivery] of deliveries) {
      harness.standIn.faults.next(on, fault);
      const error = await refusal(delivery);
      expect(error.retry).toBe(true);
      expect(error.afterMs).toBeUndefined();
      await send({ ...delivery, attempt: 2 });
    }
  });

  it.each([
    ["view", "post", "View Channel"],
    ["send", "post", "Send Messages"],
    ["create threads", "thread", "Create Public Threads"],
  ] as const)("names the permission when it lacks the one to %s", async (permission, kind, words) => {
    const place = newChannel();
    const { remote: message } = await send(post(place));
    channel(place).denied.add(permission);
    const error = await refusal(
      kind === "post" ? post(place) : { kind, key: `deliver/${++serial}`, attempt: 1, to: place, message, title: "T" },
    );
    expect(error.retry).toBe(false);
    expect(error.message).toContain(words);
    expect(error.message).toContain(`https://discord.com/channels/${place.space}/${place.channel}`);
  });

  it("names every permission that is missing, each with its reason, when Discord says only that one is", async () => {
    const place = newChannel();
    for (const permission of ["send", "create threads"] as const) channel(place).denied.add(permission);
    const { message } = await refusal(post(place));
    expect(message).toContain("lacks permissions in [the channel]");
    expect(message).toContain("**Send Messages**, to post the drill. Channel settings → Permissions → Drillroom → allow Send Messages.");
    expect(message).toContain("**Create Public Threads**");
    expect(message).not.toContain("Attach Files");
  });

  it("names what is most likely missing when the channel cannot be asked", async () => {
    const place = newChannel();
    channel(place).denied.add("send");
    harness.standIn.faults.next("self", { kind: "serverError" });
    expect((await refusal(post(place))).message).toContain("lacks the permission Send Messages in");
  });

  it("waits no longer for an answer than it says, and asks for another try that finds what was sent", async () => {
    const rest = new REST({ api: harness.standIn.apiUrl, retries: 0, rejectOnRateLimit: () => true, timeout: 200 });
    rest.setToken(harness.standIn.token);
    const impatient = createMessenger({ rest, pictures, log: silent, inspect: harness.messenger.inspect });
    harness.standIn.faults.next("create", { kind: "silence" });
    const delivery = post();
    const thrown = await impatient.deliver(delivery).catch((error: unknown) => error);
    expect(thrown).toMatchObject({ name: "DeliveryError", retry: true, message: expect.stringContaining("could not be reached") });
    const { remote } = await impatient.deliver({ ...delivery, attempt: 2 });
    expect(channel().messages.map(({ id }) => id)).toEqual([remote]);
  });

  it("gives up on what is deleted, and on who takes no messages", async () => {
    const place = newChannel();
    harness.standIn.world.channels.delete(place.channel ?? "");
    expect(await refusal(post(place))).toMatchObject({ retry: false });
    const notice: Delivery = { kind: "notice", key: `deliver/${++serial}`, attempt: 1, to: harness.channel, member: "1002", view };
    harness.standIn.faults.next("create", { kind: "refuse", status: 403, code: 50_007, message: "Cannot send messages to this user" });
    expect(await refusal(notice)).toMatchObject({ retry: false });
    expect(await refusal({ ...notice, member: "4040" })).toMatchObject({ retry: false });
    harness.standIn.faults.next("create", { kind: "refuse", status: 403, code: 40_333, message: "internal network error" });
    expect((await refusal(post())).message).toContain("403, 40333");
  });

  it("says that the token was refused, and lets the outbox wait for a valid one", async () => {
    harness.standIn.faults.next("create", { kind: "refuse", status: 401, code: 0, message: "401: Unauthorized" });
    const error = await refusal(post());
    expect(error.retry).toBe(true);
    expect(error.message).toContain("DISCORD_TOKEN");
  });

  it("shows a fault of ours as one", async () => {
    const broken: Delivery = {
      ...post(),
      view: { title: "t", blocks: [{ kind: "buttons", buttons: [{ label: "b", command: "x".repeat(200), input: {} }] }] },
    } as Delivery;
    await expect(send(broken)).rejects.toBeInstanceOf(RangeError);
  });
});
