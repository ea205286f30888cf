/** A fortnight of daily drills of all kinds, in a browser on a desk and one on a phone. */
import { describe, expect, it } from "vitest";
import type { PersonTab } from "../kit/browser.ts";
import { useBot } from "./bot.ts";
import { answerDrill, DRILL_REPLY } from "./drills.ts";

const SAID = "We ask what the business earns from it, how many requests a second come at peak, and within how many milliseconds.";

/** The newest picture has arrived. */
const drawn = (who: PersonTab) =>
  who.page
    .locator(".only-you img")
    .last()
    .evaluate((image: HTMLImageElement) => image.decode());

describe("daily drills", () => {
  const { on } = useBot();

  it("are set up in a form", async () => {
    const { ada } = on;
    await ada.command("/setup");
    await ada.fill({ "Time of day": "9 am", "Time zone": "Europe/Berlin" });
    await ada.screenshot("daily-setup");
    await ada.submit();
    await ada.expectPrivate("The daily drill is set up");
    await ada.screenshot("daily-set-up");
  });

  it("come in five kinds, each answered on a phone", async () => {
    const { ada, ben } = on;
    const seen = new Set<string>();
    for (let day = 0; day < 14 && seen.size < 5; day++) {
      await ada.moveClock("+1 day");
      await ben.expectMessage("Your first answer scores");
      await ben.press("Answer");
      await ben.form().waitFor();
      const kind = (await ben.form().getByRole("heading").first().textContent())?.replace("Your ", "") ?? "";
      const fresh = !seen.has(kind);
      seen.add(kind);
      await answerDrill(ben, SAID, async () => {
        if (fresh) await ben.screenshot(`daily-${kind}-form-phone`);
      });
      await ben.expectPrivate(DRILL_REPLY);
      if (fresh) await ben.screenshot(`daily-${kind}-feedback-phone`);
      if (fresh) await ada.screenshot(`daily-${kind}-post`);
      expect(await ben.overflow()).toBeLessThanOrEqual(0);
    }
    expect([...seen].sort()).toEqual(["answer", "choice", "drawing", "estimate", "order"]);
  });

  it("are revealed in their threads, and shown again after", async () => {
    const { ada, ben } = on;
    await ada.moveClock("+1 day");
    await ben.command("/daily");
    await ben.expectPrivate("Daily drill");
    await ada.openThread("Answers");
    await ada.expectMessage("Reference answer");
    await ada.screenshot("daily-reveal");
    await ada.closeThread();
  });

  it("leave cards of what was missed, recalled on a phone, and progress in both themes", async () => {
    const { ben } = on;
    await ben.command("/recall");
    await ben.expectPrivate("missed in a drill");
    await ben.screenshot("recall-question-phone");
    await ben.press("Show answer");
    await ben.expectPrivate("Recall · compare");
    await ben.screenshot("recall-answer-phone");
    expect(await ben.overflow()).toBeLessThanOrEqual(0);
    await ben.press("Good · 2 d");
    await ben.expectPrivate("Good: it comes back");
    await ben.press("Undo");
    await ben.expectPrivate("Taken back");
    await ben.screenshot("recall-undone-phone");
    await ben.command("/progress");
    await ben.expectPrivate("Your progress");
    await drawn(ben);
    await ben.screenshot("progress-phone");
    expect(await ben.overflow()).toBeLessThanOrEqual(0);

    const desk = await on.playground.openPerson("Ben");
    await desk.command("/progress");
    await desk.expectPrivate("Your progress");
    await drawn(desk);
    await desk.screenshot("progress");
    await desk.command("/recall");
    await desk.expectPrivate("Recall · 8 new");
    await desk.press("Show answer");
    await desk.expectPrivate("Recall · compare");
    await desk.screenshot("recall-answer");
    expect(desk.troubles).toEqual([]);
    await desk.close();
  });

  it("are the organizer's to change", async () => {
    const { ada, ben } = on;
    for (const [command, words] of [
      ["/daily why", "Why:"],
      ["/daily status", "The daily drill of this channel"],
      ["/daily skip", "Another one is on its way"],
    ] as const) {
      await ada.command(command);
      await ada.expectPrivate(words);
      await ada.screenshot(`daily-${command.split(" ")[1]}`);
    }
    await ben.command("/daily propose");
    await ben.form().waitFor();
    await ben.screenshot("daily-propose-phone");
    await ben.fill({
      "Which step does it practise?": "3",
      "The question": "Where do the labels of our own shop come from, and how late are they?",
      "A reference answer": "From the order log: an order counts when it was not returned within thirty days, so labels are a month late.",
      "Rubric points, one a line":
        "Names the order log as source | order log, orders\nSays how late labels are | thirty days, month & late",
      "Answers to try, one a line": "From the orders, a month late.\nWe ask people.",
    });
    await ben.submit();
    await ben.expectPrivate("Proposed");
    await ben.screenshot("daily-proposed-phone");
    await ada.command("/daily proposals");
    await ada.expectPrivate("A proposed question");
    await ada.screenshot("daily-proposals");
    await ada.press("Approve");
    await ada.expectPrivate("Approved");
    expect([...ada.troubles, ...ben.troubles]).toEqual([]);
  });
});
