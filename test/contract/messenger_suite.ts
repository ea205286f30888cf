/** What every platform's messenger must do. Run for web, Discord and Slack by their own tests. */
import { describe, expect, it } from "vitest";
import type { Delivery } from "../../src/app/messenger.ts";
import { bold, literal, mention, moment } from "../../src/core/markup.ts";
import type { Block, View } from "../../src/core/view.ts";
import { failing } from "../kit/delivery.ts";
import { boardNamed } from "../kit/pictures.ts";
import { type MessengerHarness, useMessenger, view } from "./messenger.ts";
import { messengerFaults } from "./messenger_faults.ts";

export function messengerContract(name: string, start: () => Promise<MessengerHarness>): void {
  describe(`messenger contract: ${name}`, () => {
    const stage = useMessenger(start);
    const { on, key, post, all, last } = stage;
    const edit = (message: string, content: View) =>
      on.harness.messenger.deliver({ kind: "edit", key: key(), attempt: 1, to: on.harness.channel, message, view: content });

    it("posts a view: title, every kind of block, buttons", async () => {
      const { remote } = await post(
        view(
          "Drill of the day",
          { kind: "text", markdown: `Design ${bold("ad click prediction")} by ${moment(1_790_000_000_000, "relative")}.\n- one\n- two` },
          { kind: "quote", text: "we would shard by user", by: on.harness.member },
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
      const hostile = `@everyone @here <!channel> <@${on.harness.member}> <@&1> <#1> **bold** [x](https://evil.example)`;
      await post(
        view(
          hostile,
          { kind: "quote", text: hostile },
          { kind: "text", markdown: `${literal(hostile)} and ${mention(on.harness.member)}` },
        ),
      );
      const message = await last();
      expect(message.pinged).toEqual([]);
      expect(message.text).toContain("**bold** [x](https://evil.example)");

      await post({ ...view("Your turn"), notify: [on.harness.member] });
      expect((await last()).pinged).toEqual([on.harness.member]);
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
      const edited = async (content: View) => {
        await edit(remote, content);
        return (await all()).find((message) => message.remote === remote);
      };
      expect((await edited(view("Board", second, text, first)))?.pictures).toEqual([second.alt, first.alt]);
      const without = await edited(view("Board", text));
      expect(without?.pictures).toEqual([]);
      expect(without?.text).toContain("Ada leads with 120.");
    });

    it("edits a message in place", async () => {
      const { remote } = await post(view("Before"));
      const before = await all();
      expect((await edit(remote, view("After"))).remote).toBe(remote);
      const after = await all();
      expect(after).toHaveLength(before.length);
      expect(after.find((message) => message.remote === remote)?.text).toContain("After");
    });

    it("starts a thread from a message, once, and posts in it", async () => {
      const { remote } = await post(view("Root"));
      const thread: Delivery = {
        kind: "thread",
        key: key(),
        attempt: 1,
        to: on.harness.channel,
        message: remote,
        title: "Mock round: ads",
      };
      const first = await on.harness.messenger.deliver(thread);
      const again = await on.harness.messenger.deliver({ ...thread, attempt: 2 });
      expect(again.remote).toBe(first.remote);
      const inThread = { ...on.harness.channel, thread: first.remote };
      const inside = await post(view("Inside"), inThread);
      expect((await last(inThread)).remote).toBe(inside.remote);
      expect((await last(inThread)).text).toContain("Inside");
    });

    it("writes to one member directly", async () => {
      await on.harness.messenger.deliver({
        kind: "notice",
        key: key(),
        attempt: 1,
        to: on.harness.channel,
        member: on.harness.member,
        view: view("The schedule is paused"),
      });
      expect((await last({ direct: on.harness.member })).text).toContain("The schedule is paused");
    });

    it("says the same key again without doubling the message", async () => {
      const before = await all();
      const first = await post(view("Once"), on.harness.channel, "contract/once", 1);
      const again = await post(view("Once"), on.harness.channel, "contract/once", 2);
      expect(again.remote).toBe(first.remote);
      expect(await all()).toHaveLength(before.length + 1);
    });

    it("gives up on an edit of a message that is gone", async () => {
      expect((await failing(edit("999999", view("Gone")))).retry).toBe(false);
    });

    messengerFaults(stage);
  });
}
