/** Commands, forms and private replies, in a real browser. */
import { describe, expect, it } from "vitest";
import { HOUR } from "../../src/core/place.ts";
import { drill } from "./room.ts";
import { MORNING, place, useStage } from "./stage.ts";

describe("what a person does on the page", () => {
  const { on, open, post } = useStage();

  it("welcomes, and puts the first things to try into the box", async () => {
    const ada = await open("Ada");
    await ada.page.getByText("Welcome to Drillroom").waitFor();
    await ada.screenshot("welcome-desktop-light");
    await ada.page.getByRole("button", { name: "/setup" }).click();
    expect(await ada.box().inputValue()).toBe("/setup");
    await ada.page.keyboard.press("Enter");
    await ada.form().waitFor();
    expect(on.room.invocations).toEqual([]);
  });

  it("completes commands, fields and values by keyboard alone", async () => {
    const ada = await open("Ada");
    const { page } = ada;
    await page.keyboard.type("/mo");
    const options = page.getByRole("option");
    expect(await options.allInnerTexts()).toEqual([expect.stringContaining("/mock start")]);
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Backspace");
    expect(await options.count()).toBe(5);
    expect(await page.getByText("/mock score").count()).toBe(0);
    await ada.screenshot("completion-commands");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.type("mock");
    await page.keyboard.press("Tab");
    expect(await ada.box().inputValue()).toBe("/mock start ");
    expect((await options.allInnerTexts()).map((text) => text.split(":")[0])).toEqual(["case", "minutes", "pace"]);
    await page.keyboard.press("Tab");
    await page.keyboard.type("vid");
    await page.getByRole("option", { name: "Video recommendation" }).waitFor();
    expect(await ada.box().getAttribute("aria-activedescendant")).toBe(await options.first().getAttribute("id"));
    await ada.screenshot("completion-values");
    await page.keyboard.press("Enter");
    expect(await ada.box().inputValue()).toBe("/mock start case:video-recommendation ");
    await page.keyboard.type("pace:a");
    await page.keyboard.press("Tab");
    await page.keyboard.type("min");
    await page.keyboard.press("Tab");
    await page.keyboard.type("30");
    await page.keyboard.press("Enter");
    await ada.expectPrivate("Done: mock start");
    expect(on.room.invocations).toMatchObject([
      {
        path: "mock start",
        input: { case: "video-recommendation", minutes: 30, pace: "async" },
        who: { id: "ada", manager: true, name: "Ada" },
        place,
      },
    ]);
    expect(on.room.invocations[0]?.place).toEqual(place);
  });

  it("understands a family word, words without a name, and says what it does not understand", async () => {
    const ben = await open("Ben");
    await ben.command("/leaderboard all");
    await ben.expectPrivate("Leaderboard of this week");
    await ben.command("/daily answer we log: everything, at 1M a second");
    await ben.expectPrivate("2 of 4 points covered");
    await ben.command("/Mock");
    await ben.expectPrivate("Done: mock start");
    expect(on.room.invocations.map(({ path, input }) => [path, input])).toEqual([
      ["leaderboard", { period: "all" }],
      ["daily answer", { text: "we log: everything, at 1M a second" }],
      ["mock start", {}],
    ]);
    await ben.command("/dayly");
    await ben.page.getByText("There is no /dayly").waitFor();
    await ben.command("/daily skip now");
    await ben.page.getByText("leave out “now”").waitFor();
    expect(await ben.box().inputValue()).toBe("/daily skip now");
    expect(on.room.invocations).toHaveLength(3);
  });

  it("opens a form, keeps what was typed, and answers privately", async () => {
    await post(drill(MORNING + 20 * HOUR));
    const [ada, ben] = [await open("Ada"), await open("Ben")];
    await ben.press("Answer");
    await ben.form().locator("button[type=submit]").click();
    await ben.page.getByText("Please fill this in.").waitFor();
    expect(on.room.invocations).toEqual([]);
    await ben.fill({ "What would you say?": "too late", "How sure are you?": "Mostly" });
    await ben.screenshot("form-desktop-light");
    await ben.page.keyboard.press("Escape");
    await ben.form().waitFor({ state: "hidden" });

    await ben.press("Answer");
    expect(await ben.form().getByLabel("What would you say?").inputValue()).toBe("too late");
    await ben.submit();
    await ben.expectPrivate("That drill has closed");
    await ben.press("Answer");
    expect(await ben.form().getByLabel("What would you say?").inputValue()).toBe("too late");
    await ben.fill({ "What would you say?": "1M queries\na second" });
    await ben.page.keyboard.press("Control+Enter");
    await ben.expectPrivate("2 of 4 points covered");
    expect(on.room.invocations.at(-1)).toMatchObject({
      path: "daily answer",
      input: { text: "1M queries\na second", level: "3" },
      who: { id: "ben" },
    });
    await ben.screenshot("private-reply-desktop-light");
    expect(await ada.words()).not.toContain("points covered");

    await ben.page.getByRole("button", { name: "Dismiss" }).last().click();
    await ben.page.locator(".message").filter({ hasText: "2 of 4 points covered" }).waitFor({ state: "detached" });
    await ben.press("Skip it");
    await ben.expectPrivate("Done: daily skip");
    expect(on.room.invocations.at(-1)).toMatchObject({ revision: 3 });
  });

  it("shows a reply that is longer than the screen from its beginning", async () => {
    const ben = await open("Ben", { viewport: { width: 390, height: 400 } });
    await post(drill(MORNING + HOUR));
    await ben.command("/daily answer in few words");
    const title = (await ben.expectPrivate("2 of 4 points covered")).getByRole("heading");
    await ben.page.waitForTimeout(100);
    expect((await title.boundingBox())?.y).toBeGreaterThan(50);
    expect(await ben.overflow()).toBe(0);
    await ben.command("short");
    await ben.expectMessage("short");
    await ben.page.waitForTimeout(100);
    expect((await title.boundingBox())?.y).toBeLessThan(0);
  });
});
