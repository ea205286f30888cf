/** Threads that were archived, locked or deleted while nobody looked, and channels that have none. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Delivery, DeliveryError } from "../../../src/app/messenger.ts";
import type { Place } from "../../../src/core/place.ts";
import { RecordingDispatcher } from "../../contract/receiver.ts";
import { connectDiscord, type DiscordHarness } from "./harness.ts";
import { shownOf } from "./stand_in/reading.ts";
import type { Channel } from "./stand_in/world.ts";

describe("threads on Discord", () => {
  let harness: DiscordHarness;
  let serial = 0;
  beforeEach(async () => {
    harness = await connectDiscord(new RecordingDispatcher(), [{ id: "1001", name: "Ada", manager: true }]);
  });
  afterEach(async () => {
    await harness.stop();
    expect(harness.standIn.violations).toEqual([]);
  });

  const attempt = () => ({ key: `threads/${++serial}`, attempt: 1, view: { title: `Words ${serial}`, blocks: [] } }) as const;
  const send = (delivery: Delivery) => harness.messenger.deliver(delivery);
  const post = (to: Place) => send({ kind: "post", ...attempt(), to });
  const edit = (to: Place, message: string) => send({ kind: "edit", ...attempt(), to, message });
  const begin = (to: Place, message: string, more: { readonly quietHours?: number } = {}) =>
    send({ kind: "thread", ...attempt(), to, message, title: "A round", ...more });
  const inNew = (kind: Channel["kind"]): Place => ({ ...harness.channel, channel: harness.standIn.world.addChannel(kind, "other").id });
  const opened = async (quietHours?: number) => {
    const { remote: root } = await post(harness.channel);
    const { remote } = await begin(harness.channel, root, quietHours === undefined ? {} : { quietHours });
    const thread = harness.standIn.world.channels.get(remote) ?? expect.fail("no thread");
    return { thread, root, place: { ...harness.channel, thread: remote } };
  };
  const refused = async (sending: Promise<unknown>): Promise<string> => {
    const error = await sending.then(
      () => expect.fail("was expected to fail"),
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(DeliveryError);
    expect(error).toMatchObject({ retry: false });
    return (error as DeliveryError).message;
  };

  it.each([
    [1, 60],
    [24, 1_440],
    [48, 4_320],
    [96, 10_080],
    [336, 10_080],
    [undefined, 4_320],
  ])("stay in sight for %s hours without a word: archived after %s minutes", async (hours, minutes) => {
    expect((await opened(hours)).thread.archiveAfter).toBe(minutes);
  });

  it("are opened again by a message, and by a changed one", async () => {
    const { thread, place } = await opened();
    thread.archived = true;
    const { remote } = await post(place);
    expect(thread.archived).toBe(false);
    thread.archived = true;
    await edit(place, remote);
    expect(thread.archived).toBe(false);
    expect(shownOf(thread.messages[0]?.body ?? {}).text).toBe(`Words ${serial}`);
  });

  it.each([false, true])("are left alone when somebody locked them, with the way out (archived: %s)", async (archived) => {
    const { thread, place } = await opened();
    const { remote } = await post(place);
    Object.assign(thread, { locked: true, archived });
    for (const sending of [post(place), edit(place, remote)])
      expect(await refused(sending)).toMatch(/locked. Unlock it, or give .*Manage Threads/);
    expect(thread.messages).toHaveLength(1);
  });

  it("are said to be deleted, and not their channel", async () => {
    const { thread, place } = await opened();
    harness.standIn.world.channels.delete(thread.id);
    expect(await refused(post(place))).toMatch(/\[the thread\].* somebody deleted it/);
    expect(await refused(post({ ...harness.channel, channel: "99999" }))).toContain(
      "Run `/setup` in the channel that should be used instead",
    );
  });

  it("cannot begin at a message that was deleted, and say so", async () => {
    const { remote } = await post(harness.channel);
    harness.standIn.world.channels.get(harness.standIn.channelId)?.messages.pop();
    expect(await refused(begin(harness.channel, remote))).toContain("was deleted");
    expect(await refused(edit(harness.channel, remote))).toContain("was deleted");
  });

  it("cannot begin where the server has as many as it may", async () => {
    const { remote } = await post(harness.channel);
    harness.standIn.world.threadsFull = true;
    expect(await refused(begin(harness.channel, remote))).toContain("as many active threads as Discord allows");
  });

  it("name the permission that is missing in their channel", async () => {
    const { place } = await opened();
    harness.standIn.world.channels.get(harness.standIn.channelId)?.denied.add("send in threads");
    expect(await refused(post(place))).toContain("**Send Messages in Threads**, to post in it.");
  });

  it("begin in an announcement channel too, and nowhere in a voice channel or a forum", async () => {
    const announcements = inNew("announcement");
    const { remote } = await begin(announcements, (await post(announcements)).remote);
    expect(harness.standIn.world.channels.get(remote)?.kind).toBe("announcement thread");
    await post({ ...announcements, thread: remote });
    const voice = inNew("voice");
    expect(await refused(begin(voice, (await post(voice)).remote))).toContain("can have no threads");
    expect(await refused(post(inNew("forum")))).toContain("takes no messages");
  });
});
