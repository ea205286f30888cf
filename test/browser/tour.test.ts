/** The README's five-minute tour, as a newcomer takes it: npm start's own process and a real browser. */
import { describe, expect, it } from "vitest";
import { STEPS } from "../../src/core/content.ts";
import type { PersonTab } from "../kit/browser.ts";
import { useBot } from "./bot.ts";
import { answerDrill, DRILL_REPLY } from "./drills.ts";

const SAID =
  "First the goal: the auction charges by bid times predicted CTR, so a prediction that is 10 % too high costs money. Then the traffic: 500 million users with 30 requests a day are half a million requests a second at peak, answered within 150 ms at p99.";

describe("the five-minute tour", () => {
  const { on, restart } = useBot();

  const answer = async (who: PersonTab) => {
    await answerDrill(who, SAID, () => who.screenshot(`tour-form-${who === on.ada ? "desktop" : "phone"}`));
    return who.expectPrivate(DRILL_REPLY);
  };

  it("sets a group up and has the first drill at once", async () => {
    const { ada, ben } = on;
    await ada.screenshot("tour-welcome");
    await ben.screenshot("tour-welcome-phone");
    await ada.command("/setup time:09:00 zone:Europe/Berlin");
    await ada.expectPrivate("The daily drill is set up");
    await ada.press("Post the first drill now");
    await ada.expectMessage("Your first answer scores");
    await ben.command("/setup time:09:00 zone:Europe/Berlin");
    await ben.expectPrivate("Only an organizer can do this");
  });

  it("takes answers from two people and gives private feedback", async () => {
    const { ada, ben } = on;
    await ben.expectMessage("Your first answer scores");
    for (const who of [ada, ben]) {
      await who.press("Answer");
      await answer(who);
    }
    await ada.screenshot("tour-feedback");
    await ben.screenshot("tour-feedback-phone");
  });

  it("goes on after it was killed and started again", async () => {
    const { ada } = on;
    await restart();
    await ada.command("/daily");
    await ada.expectPrivate(DRILL_REPLY);
  });

  it("opens the thread with the reference answer when the time has come", async () => {
    const { ada } = on;
    await ada.moveClock("+1 day");
    await ada.expectMessage("Closed with 2 answers");
    await ada.openThread("Answers");
    await ada.expectMessage("Reference answer");
    await ada.screenshot("tour-reveal");
    await ada.closeThread();
  });

  it("plays a mock round: lobby, seven steps, blind scores, scorecard", async () => {
    const { ada, ben } = on;
    // Without a case: a drill that came meanwhile may be on the one named.
    await ada.command("/mock start seat:candidate");
    await ada.expectPrivate("The lobby is open");
    await ben.expectMessage("Take a seat");
    await ada.screenshot("tour-lobby");
    await ben.press("Interviewer");
    await ben.expectPrivate("You are the interviewer");
    await ben.press("Begin");
    for (const who of [ada, ben]) await who.openThread("Mock round");
    for (const step of STEPS.keys()) {
      await ada.expectMessage(`Step ${step + 1} of 7`);
      await ben.expectMessage(`Step ${step + 1} of 7`);
      if (step === 0) {
        await ben.press("Show my brief");
        await ben.expectPrivate("A strong answer");
        await ben.screenshot("tour-brief-phone");
      }
      if (step === 1) {
        await ada.command(`${SAID} (${step})`);
        await ada.expectMessage("taken as an answer");
      } else {
        await ada.press("Answer");
        await ada.fill({ "Your answer": `${SAID} (${step})` });
        await ada.submit();
      }
      await ben.expectMessage(`(${step})`);
      if (step === 2) await ada.screenshot("tour-round");
      if (step === 3) {
        await ada.moveClock("Next event");
        await ada.expectMessage("2 minutes left");
        await ada.moveClock("Next event");
      } else await ben.press("Next step");
    }
    await ben.expectMessage("All seven steps are done");
    for (const step of STEPS.keys()) {
      await ben.press(`Score step ${step + 1}`);
      await ben.fill({ Level: step % 2 ? "3" : "4", "What worked": "numbers first" });
      if (step === 0) await ben.screenshot("tour-score-phone");
      await ben.submit();
    }
    await ada.expectMessage("Scorecard");
    await ada.screenshot("tour-scorecard");
    await ben.expectMessage("Scorecard");
    await ben.screenshot("tour-scorecard-phone");
  });

  it("adds it up on the leaderboard", async () => {
    const { ada, ben } = on;
    await ada.closeThread();
    await ada.command("/leaderboard");
    const board = await ada.expectPrivate("Leaderboard ·");
    expect(await board.textContent()).toMatch(/Ada[\s\S]*Ben/);
    await ada.screenshot("tour-leaderboard");
    await ada.command("/help");
    await ada.expectPrivate("perform first, compare second");
    await ada.screenshot("tour-help");
    expect([...ada.troubles, ...ben.troubles]).toEqual([]);
  });
});
