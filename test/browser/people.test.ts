/** A study plan on a phone, the data taken along, and a deletion, in a browser. */
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { useBot } from "./bot.ts";

describe("a member's own things", () => {
  const { on } = useBot();

  it("a plan is given to the group in a form, and followed from its announcement", async () => {
    const { ada, ben } = on;
    await ada.command("/setup time:09:00 zone:Europe/Berlin mix:open");
    await ada.expectPrivate("The daily drill is set up");
    await ada.command("/plan group");
    await ada.fill({ "How long?": "30 days" });
    await ada.screenshot("plan-group-form");
    await ada.submit();
    await ada.expectPrivate("The group follows One month");
    await ada.expectMessage("This group follows a plan");
    await ada.screenshot("plan-group");
    await ben.expectMessage("This group follows a plan");
    await ben.press("Follow it yourself");
    await ben.expectPrivate("Day 1 of 30");
    await ben.screenshot("plan-today-phone");
    await ben.press("Read it");
    await ben.expectPrivate("The seven steps");
    await ben.command("/plan today");
    await ben.expectPrivate("1 of ");
    await ben.press("Done");
    await ben.expectPrivate("That is all for today");
    await ben.screenshot("plan-done-phone");
    for (let day = 0; day < 5; day++) await ada.moveClock("+1 day");
    await ben.command("/plan today");
    await ben.expectPrivate("No harm done");
    await ben.screenshot("plan-behind-phone");
    await ada.command("/plan start days:14");
    await ada.expectPrivate("Day 1 of 14");
    await ada.screenshot("plan-today");
    await ada.command("/plan show");
    await ada.expectPrivate("Two weeks · day 1 of 14");
    await ada.screenshot("plan-show");
    expect(await ben.overflow()).toBeLessThanOrEqual(0);
  });

  it("all that is kept is one file to save, and gone after two questions", async () => {
    const { ada, ben } = on;
    await ben.command("I would ask for the traffic first.");
    await ben.expectMessage("I would ask for the traffic first.");
    await ben.command("/data export");
    await ben.expectPrivate("Your data");
    await ben.screenshot("data-export-phone");
    const downloading = ben.page.waitForEvent("download");
    await ben.page.getByRole("link", { name: "drillroom-data.json" }).click();
    const file = await (await downloading).path();
    const { readme, data } = JSON.parse(await readFile(file, "utf8")) as { readme: object; data: Record<string, object[]> };
    expect(Object.keys(data)).toEqual(expect.arrayContaining(["study", "member", "chat_message"]));
    expect(readme).toMatchObject({ parts: { study: expect.stringContaining("1 row.") } });
    await ada.command("/data export");
    await ada.expectPrivate("Your data");
    await ada.screenshot("data-export");
    await ben.command("/data delete");
    await ben.expectPrivate("It cannot be taken back");
    await ben.screenshot("data-delete-phone");
    await ben.press("Delete it all");
    await ben.fill({ 'Type "delete"': "delete" });
    await ben.screenshot("data-confirm-phone");
    await ben.submit();
    await ben.expectPrivate("What was kept about you is deleted");
    await ada.expectMessage("(removed by its author)");
    await ada.screenshot("data-deleted");
    expect(await ada.words()).not.toContain("I would ask for the traffic first.");
    expect(await ben.overflow()).toBeLessThanOrEqual(0);
    expect([...ada.troubles, ...ben.troubles]).toEqual([]);
  });
});
