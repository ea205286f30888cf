/** What every platform's messenger must do when the platform does not do as asked. */
import { describe, expect, it, type TestContext } from "vitest";
import { failing } from "../kit/delivery.ts";
import { boardNamed } from "../kit/pictures.ts";
import { type MessengerStage, view } from "./messenger.ts";

/** Part of the messengers' contract; skipped where such things cannot happen. */
export function messengerFaults({ on, key, post, all, last }: MessengerStage): void {
  describe("faults", () => {
    const faults = ({ skip }: TestContext) => on.harness.fault ?? skip("cannot happen on this platform");
    const attempt = (nth: number, as = key(), content = view("Fault")) => post(content, on.harness.channel, as, nth);

    it("hands a rate limit to the outbox with the platform's own delay", async (context) => {
      faults(context).rateLimit(7);
      const error = await failing(attempt(1));
      expect(error.retry).toBe(true);
      expect(error.afterMs).toBeGreaterThanOrEqual(6_900);
      expect(error.afterMs).toBeLessThanOrEqual(8_000);
    });

    it("asks for another try after a server error", async (context) => {
      faults(context).serverError();
      expect((await failing(attempt(1))).retry).toBe(true);
    });

    it("does not double a message whose answer was lost", async (context) => {
      const fault = faults(context);
      const before = await all();
      const as = key();
      fault.lostAnswer();
      expect((await failing(attempt(1, as))).retry).toBe(true);
      const { remote } = await attempt(2, as);
      const after = await all();
      expect(after).toHaveLength(before.length + 1);
      expect(after.at(-1)).toMatchObject({ remote });
    });

    it("neither doubles nor loses a message whose picture's upload was cut off", async (context) => {
      const fault = faults(context);
      const before = await all();
      const as = key();
      const block = boardNamed("Lost");
      fault.lostPicture();
      expect((await failing(attempt(1, as, view("Lost picture", block)))).retry).toBe(true);
      const { remote } = await attempt(2, as, view("Lost picture", block));
      const after = await all();
      expect(after).toHaveLength(before.length + 1);
      expect(after.at(-1)).toMatchObject({ remote, pictures: [block.alt] });
    });

    it("sends the words where it may send no pictures", async (context) => {
      faults(context).noPictures();
      await post(view("Board", boardNamed("Refused"), { kind: "text", markdown: "Ada leads." }));
      const { text, pictures } = await last();
      expect(text).toContain("Ada leads.");
      expect(pictures).toEqual([]);
    });

    it("gives up when the channel is gone, with a reason an organizer can act on", async (context) => {
      faults(context).channelGone();
      const error = await failing(attempt(1));
      expect(error.retry).toBe(false);
      expect(error.message.length).toBeGreaterThan(20);
    });
  });
}
