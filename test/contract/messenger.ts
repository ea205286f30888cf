/** What every platform's messenger must do. Run for web, Discord and Slack by their own tests. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Delivery, DeliveryError, type Messenger } from "../../src/app/messenger.ts";
import { bold, literal, mention, moment } from "../../src/core/markup.ts";
import type { Place } from "../../src/core/place.ts";
import type { Block, View } from "../../src/core/view.ts";
import { boardNamed } from "../kit/pictures.ts";

/** A message as a person would find it on the platform. */
export interface Shown {
  readonly remote: string;
  /** All visible text, with the platform's own escapes undone where the platform would undo them. */
  readonly text: string;
  readonly buttons: readonly string[];
  /** Ids of the members that this message pings. */
  readonly pinged: readonly string[];
  /** What its pictures say in words, for who cannot see them. */
  readonly pictures: readonly string[];
}

export interface MessengerHarness {
  readonly messenger: Messenger;
  readonly channel: Place;
  /** A member of that space who can be written to directly. */
  readonly member: string;
  /** All messages of the channel (or of its thread, or of the member's direct messages), oldest first. */
  shown(where: Place | { readonly direct: string }): Promise<readonly Shown[]>;
  /**
   * Makes the next request fail as the platform would; undefined where it cannot happen.
   * lost-answer: the platform did it, but the connection dropped before its answer.
   */
  readonly fault?: {
    rateLimit(seconds: number): void;
    serverError(): void;
    lostAnswer(): void;
    channelGone(): void;
    /** As lostAnswer, in the middle of sending a picture. */
    lostPicture(): void;
    /** The platform takes messages of ours, and no pictures. */
    noPictures(): void;
  };
  stop(): Promise<void>;
}

const view = (title: string, ...blocks: Block[]): View => ({ title, blocks });

export function messengerContract(name: string, start: () => Promise<MessengerHarness>): void {
  describe(`messenger contract: ${name}`, () => {
    let harness: MessengerHarness;
    let serial = 0;
    beforeAll(async () => {
      harness = await start();
    });
    afterAll(async () => {
      await harness?.stop();
    });

    const post = (content: View, to = harness.channel, key = `contract/${++serial}`, attempt = 1) =>
      harness.messenger.deliver({ kind: "post", key, attempt, to, view: content });
    const last = async (where: Place | { direct: string } = harness.channel) => {
      const all = await harness.shown(where);
      const message = all[all.length - 1];
      if (!message) throw new Error("nothing is shown");
      return message;
    };

    it("posts a view: title, every kind of block, buttons", async () => {
      const { remote } = await post(
        view(
          "Drill of the day",
          { kind: "text", markdown: `Design ${bold("ad click prediction")} by ${moment(1_790_000_000_000, "relative")}.\n- one\n- two` },
          { kind: "quote", text: "we would shard by user", by: harness.member },
          { kind: "facts", facts: [{ name: "Closes", value: "tomorrow" }] },
          {
            kind: "ranking",
            unit: "points",
            rows: [
              { rank: 1, name: "Ada", value: 120, note: "streak 12", own: true },
              { rank: 7, name: "Ben", value: 20, gap: true },
            ],
          },
          {
            kind: "rubric",
            points: [
              { state: "covered", text: "Names the traffic", evidence: "1M queries a second" },
              { state: "mentioned", text: "Names the budget" },
              { state: "unsure", text: "Names the freshness" },
              { state: "missed", text: "Names the goal" },
            ],
          },
          {
            kind: "buttons",
            buttons: [
              { label: "Answer", command: "daily answer", input: { post: "g1/2026-11-21" }, style: "primary" },
              { label: "Standings", command: "leaderboard", input: {} },
            ],
          },
        ),
      );
      const message = await last();
      expect(message.remote).toBe(remote);
      for (const piece of [
        "Drill of the day",
        "ad click prediction",
        "one",
        "we would shard by user",
        "Closes",
        "tomorrow",
        "Ada",
        "120",
        "streak 12",
        "Ben",
        "Names the traffic",
        "1M queries a second",
        "Names the goal",
      ])
        expect(message.text).toContain(piece);
      expect(message.buttons).toEqual(["Answer", "Standings"]);
      expect(message.pinged).toEqual([]);
    });

    it("pings only whom the view means, whatever the text says", async () => {
      const hostile = `@everyone @here <!channel> <@${harness.member}> <@&1> <#1> **bold** [x](https://evil.example)`;
      await post(
        view(hostile, { kind: "quote", text: hostile }, { kind: "text", markdown: `${literal(hostile)} and ${mention(harness.member)}` }),
      );
      const message = await last();
      expect(message.pinged).toEqual([]);
      expect(message.text).toContain("**bold** [x](https://evil.example)");

      await post({ ...view("Your turn"), notify: [harness.member] });
      expect((await last()).pinged).toEqual([harness.member]);
    });

    it("keeps the longest view we make in one message", async () => {
      const words = "sharding ".repeat(370).trim();
      await post(view("Long", { kind: "text", markdown: words }));
      expect((await last()).text).toContain(words);
    });

    it("cuts a view that is far too long instead of failing", async () => {
      await post(
        view(
          "L".repeat(400),
          { kind: "quote", text: "x ".repeat(9_000) },
          { kind: "buttons", buttons: [{ label: "B".repeat(90), command: "help", input: {} }] },
        ),
      );
      expect((await last()).buttons).toHaveLength(1);
    });

    it("shows emoji, CJK and right-to-left text as typed", async () => {
      await post(view("田中 さくら 🚀", { kind: "quote", text: "שלום عالم 👩‍💻" }));
      const { text } = await last();
      expect(text).toContain("田中 さくら 🚀");
      expect(text).toContain("שלום عالم 👩‍💻");
    });

    it("posts a picture with its words, and another one by an edit", async () => {
      const text: Block = { kind: "text", markdown: "Ada leads with 120." };
      const first = boardNamed("This week");
      const second = boardNamed("All time");
      const { remote } = await post(view("Board", first, text));
      const posted = await last();
      expect(posted.pictures).toEqual([first.alt]);
      expect(posted.text).toContain("Ada leads with 120.");
      const edit = async (content: View) => {
        const key = `contract/${++serial}`;
        await harness.messenger.deliver({ kind: "edit", key, attempt: 1, to: harness.channel, message: remote, view: content });
        return (await harness.shown(harness.channel)).find((message) => message.remote === remote);
      };
      expect((await edit(view("Board", second, text, first)))?.pictures).toEqual([second.alt, first.alt]);
      const without = await edit(view("Board", text));
      expect(without?.pictures).toEqual([]);
      expect(without?.text).toContain("Ada leads with 120.");
    });

    it("edits a message in place", async () => {
      const { remote } = await post(view("Before"));
      const before = (await harness.shown(harness.channel)).length;
      const edited = await harness.messenger.deliver({
        kind: "edit",
        key: `contract/${++serial}`,
        attempt: 1,
        to: harness.channel,
        message: remote,
        view: view("After"),
      });
      expect(edited.remote).toBe(remote);
      const all = await harness.shown(harness.channel);
      expect(all).toHaveLength(before);
      expect(all.find((message) => message.remote === remote)?.text).toContain("After");
    });

    it("starts a thread from a message, once, and posts in it", async () => {
      const { remote } = await post(view("Root"));
      const thread: Delivery = {
        kind: "thread",
        key: `contract/${++serial}`,
        attempt: 1,
        to: harness.channel,
        message: remote,
        title: "Mock round: ads",
      };
      const first = await harness.messenger.deliver(thread);
      const again = await harness.messenger.deliver({ ...thread, attempt: 2 });
      expect(again.remote).toBe(first.remote);
      const inThread = { ...harness.channel, thread: first.remote };
      const inside = await post(view("Inside"), inThread);
      expect((await last(inThread)).remote).toBe(inside.remote);
      expect((await last(inThread)).text).toContain("Inside");
    });

    it("writes to one member directly", async () => {
      await harness.messenger.deliver({
        kind: "notice",
        key: `contract/${++serial}`,
        attempt: 1,
        to: harness.channel,
        member: harness.member,
        view: view("The schedule is paused"),
      });
      expect((await last({ direct: harness.member })).text).toContain("The schedule is paused");
    });

    it("says the same key again without doubling the message", async () => {
      const before = (await harness.shown(harness.channel)).length;
      const first = await post(view("Once"), harness.channel, "contract/once", 1);
      const again = await post(view("Once"), harness.channel, "contract/once", 2);
      expect(again.remote).toBe(first.remote);
      expect(await harness.shown(harness.channel)).toHaveLength(before + 1);
    });

    it("gives up on an edit of a message that is gone", async () => {
      const edit = harness.messenger.deliver({
        kind: "edit",
        key: `contract/${++serial}`,
        attempt: 1,
        to: harness.channel,
        message: "999999",
        view: view("Gone"),
      });
      await expect(edit).rejects.toSatisfy((error: unknown) => error instanceof DeliveryError && !error.retry);
    });

    describe("faults", () => {
      const failing = async (content = view("Fault"), key = "contract/fault") => {
        try {
          await post(content, harness.channel, key, 1);
        } catch (error) {
          if (error instanceof DeliveryError) return error;
          throw error;
        }
        throw new Error("was expected to fail");
      };

      it("hands a rate limit to the outbox with the platform's own delay", async ({ skip }) => {
        if (!harness.fault) return skip("cannot happen on this platform");
        harness.fault.rateLimit(7);
        const error = await failing();
        expect(error.retry).toBe(true);
        expect(error.afterMs).toBeGreaterThanOrEqual(6_900);
        expect(error.afterMs).toBeLessThanOrEqual(8_000);
      });

      it("asks for another try after a server error", async ({ skip }) => {
        if (!harness.fault) return skip("cannot happen on this platform");
        harness.fault.serverError();
        expect((await failing()).retry).toBe(true);
      });

      it("does not double a message whose answer was lost", async ({ skip }) => {
        if (!harness.fault) return skip("cannot happen on this platform");
        const before = (await harness.shown(harness.channel)).length;
        harness.fault.lostAnswer();
        expect((await failing(view("Lost"))).retry).toBe(true);
        const again = await post(view("Lost"), harness.channel, "contract/fault", 2);
        const all = await harness.shown(harness.channel);
        expect(all).toHaveLength(before + 1);
        expect(all[all.length - 1]?.remote).toBe(again.remote);
      });

      it("neither doubles nor loses a message whose picture's upload was cut off", async ({ skip }) => {
        if (!harness.fault) return skip("cannot happen on this platform");
        const before = (await harness.shown(harness.channel)).length;
        const block = boardNamed(`Lost ${++serial}`);
        harness.fault.lostPicture();
        expect((await failing(view("Lost picture", block), "contract/picture")).retry).toBe(true);
        const again = await post(view("Lost picture", block), harness.channel, "contract/picture", 2);
        const all = await harness.shown(harness.channel);
        expect(all).toHaveLength(before + 1);
        expect(all.at(-1)).toMatchObject({ remote: again.remote, pictures: [block.alt] });
      });

      it("sends the words where it may send no pictures", async ({ skip }) => {
        if (!harness.fault) return skip("cannot happen on this platform");
        harness.fault.noPictures();
        await post(view("Board", boardNamed(`Refused ${++serial}`), { kind: "text", markdown: "Ada leads." }));
        const { text, pictures } = await last();
        expect(text).toContain("Ada leads.");
        expect(pictures).toEqual([]);
      });

      it("gives up when the channel is gone, with a reason an organizer can act on", async ({ skip }) => {
        if (!harness.fault) return skip("cannot happen on this platform");
        harness.fault.channelGone();
        const error = await failing();
        expect(error.retry).toBe(false);
        expect(error.message.length).toBeGreaterThan(20);
      });
    });
  });
}
