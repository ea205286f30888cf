/** What the page shows, and how it keeps up, in a real browser. */
import { describe, expect, it } from "vitest";
import { DAY, HOUR } from "../../src/core/place.ts";
import { DESKTOP, PHONE } from "../kit/browser.ts";
import { boardNamed } from "../kit/pictures.ts";
import { board, drill, feedback, HOSTILE } from "./room.ts";
import { MORNING, place, useStage } from "./stage.ts";

describe("what the page shows", () => {
  const { on, open, post, start, restart } = useStage();

  it("shows one person's words to the others, as typed", async () => {
    const [ada, ben] = [await open("Ada"), await open("Ben")];
    await ben.command(HOSTILE);
    await ada.expectMessage(HOSTILE);
    await post({ title: HOSTILE, blocks: [{ kind: "quote", text: HOSTILE, by: "ben" }], notify: ["ada"] });
    await ada.expectMessage("for you");
    expect(await ada.page.locator(".message img, .message a").count()).toBe(0);
    expect(await ada.page.title()).toContain("Ada");
    expect(await ben.page.getByText("for you").count()).toBe(0);
  });

  it.each([DESKTOP, PHONE])("keeps a picture's place free, shows it in the reader's theme, and larger ($width)", async (viewport) => {
    const picture = boardNamed("Board of the page");
    const dark = await open("Ada", { viewport, colorScheme: "dark" });
    await post({ title: "Before", blocks: [{ kind: "text", markdown: "first" }] });
    await post({ title: "Board", blocks: [picture, { kind: "text", markdown: "Ada leads." }] });
    const message = await dark.expectMessage("Ada leads.");
    const image = message.getByRole("img", { name: picture.alt });
    await expect.poll(() => image.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
    const { source, drawn, kept, shown } = await image.evaluate((img: HTMLImageElement) => ({
      source: img.currentSrc,
      drawn: [img.naturalWidth, img.naturalHeight],
      kept: [Number(img.getAttribute("width")), Number(img.getAttribute("height"))],
      shown: [img.clientWidth, img.clientHeight],
    }));
    expect(source).toContain("theme=dark");
    expect(kept.map((length) => 2 * length)).toEqual(drawn);
    expect((shown[0] ?? 0) / (shown[1] ?? 1)).toBeCloseTo((kept[0] ?? 0) / (kept[1] ?? 1), 1);
    expect(await dark.overflow()).toBe(0);
    await message.getByRole("button", { name: "Enlarge the picture" }).press("Enter");
    const large = dark.page.getByRole("dialog", { name: "Picture" });
    await large.waitFor();
    expect(await large.getByRole("img").evaluate((img: HTMLImageElement) => img.clientWidth)).toBe(kept[0]);
    expect(await dark.overflow()).toBe(0);
    await dark.screenshot(`picture-${viewport.width}-dark`);
    await dark.page.keyboard.press("Escape");
    await large.waitFor({ state: "detached" });
    await image.click();
    await large.waitFor();
    await large.click();
    await large.waitFor({ state: "detached" });
  });

  it("is one person per tab, and anybody by name", async () => {
    const tab = await open("Chen");
    await tab.page.getByRole("button", { name: "Dina" }).click();
    await tab.command("as Dina");
    await tab.expectMessage("as Dina");
    await tab.page.getByLabel("Name of somebody else to be").fill("Zoë Q");
    await tab.page.keyboard.press("Enter");
    await tab.command("as Zoë");
    await tab.expectMessage("as Zoë");
    await tab.page.reload();
    await tab.command("again");
    await tab.expectMessage("again");
    const { messages } = await on.chatLog.changes(place.space, place.channel, 0);
    expect(messages.map(({ author }) => author)).toEqual(["dina", "zoë-q", "zoë-q"]);
    expect(new URL(tab.page.url()).searchParams.get("as")).toBe("Zoë Q");
  });

  it("opens a thread beside the channel, and answers where one stands", async () => {
    const root = await post({ title: "Mock round: ads", blocks: [{ kind: "text", markdown: "Three seats" }] });
    const thread = await start(root, "Mock round: ad click prediction");
    await post(
      { title: "Step 1 of 7", blocks: [{ kind: "buttons", buttons: [{ label: "Show the board", command: "leaderboard", input: {} }] }] },
      thread,
    );
    const ada = await open("Ada");
    await ada.openThread("Mock round");
    await ada.press("Show the board");
    await ada.expectPrivate("Leaderboard of this week");
    expect(on.room.invocations.at(-1)?.place).toEqual({ ...place, thread });
    await ada.command("in the thread");
    await ada.expectMessage("in the thread");
    expect((await on.chatLog.changes(place.space, place.channel, 0)).messages.at(-1)).toMatchObject({ thread, author: "ada" });
    expect(await ada.page.locator("#channel .messages").textContent()).not.toContain("Leaderboard of this week");
    await ada.page.getByText("2 messages").waitFor();
    await ada.screenshot("thread-desktop-light");
    await ada.page.reload();
    await ada.page.locator("#thread").getByText("Step 1 of 7").waitFor();
    await ada.page.keyboard.press("Escape");
    await ada.page.locator("#thread").waitFor({ state: "hidden" });
  });

  it("counts from the playground's clock and moves it", async () => {
    await post(drill(MORNING + 20 * HOUR));
    const ada = await open("Ada");
    const message = await ada.expectMessage("in 20 hours");
    expect(await message.textContent()).toContain("Sat 21 Nov, 05:00, in 20 hours");
    await ada.moveClock("+1 h");
    await ada.expectMessage("in 19 hours");
    await ada.moveClock("Next event");
    await ada.page.getByText("Nothing is due").waitFor();
    on.started.clock.due = MORNING + 3 * HOUR;
    await ada.moveClock("Next event");
    await ada.expectMessage("in 17 hours");
    await ada.moveClock("+1 day");
    await ada.expectMessage("7 hours ago");
    expect(on.started.clock.moves).toEqual([MORNING + HOUR, MORNING + 3 * HOUR, MORNING + 3 * HOUR + DAY]);
  });

  it("comes back by itself after a restart, misses nothing, and keeps its invocation's id", async () => {
    await post({
      title: "Before",
      blocks: [{ kind: "buttons", buttons: [{ label: "Ask", command: "mock start", input: { case: "x" } }] }],
    });
    const ada = await open("Ada");
    await ada.expectMessage("Before");
    const { port } = new URL(on.started.web.url);
    await on.started.web.stop();
    await ada.page.getByText("Reconnecting").waitFor();
    await ada.press("Ask");
    await ada.page.getByText("asking again").waitFor();
    await on.chatLog.post({ key: "meanwhile", to: place, view: { title: "Meanwhile", blocks: [] }, at: MORNING });
    await restart(port);
    await ada.expectPrivate("Done: mock start");
    await ada.expectMessage("Meanwhile");
    expect(on.room.invocations).toHaveLength(1);
    await ada.page.getByText("Reconnecting").waitFor({ state: "detached" });
    expect(await ada.page.getByText("Before", { exact: true }).count()).toBe(1);
  });

  it("sends a form that was submitted while the server was away, once, as soon as it is back", async () => {
    const ben = await open("Ben");
    await ben.command("/daily answer");
    await ben.fill({ "What would you say?": "patience" });
    const { port } = new URL(on.started.web.url);
    await on.started.web.stop();
    await ben.form().locator("button[type=submit]").click();
    await ben.page.getByText("Your words are kept").waitFor();
    await restart(port);
    await ben.expectPrivate("2 of 4 points covered");
    expect(await ben.form().count()).toBe(0);
    expect(on.room.invocations.map(({ input }) => input)).toEqual([{ text: "patience" }]);
  });

  it("lets go of its connection in a hidden tab, and catches up when it is looked at", async () => {
    const ada = await open("Ada");
    await ada.page.getByText("Welcome to Drillroom").waitFor();
    const hide = (hidden: boolean) =>
      ada.page.evaluate((value) => {
        Object.defineProperty(document, "hidden", { value, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
      }, hidden);
    await hide(true);
    await post({ title: "While away", blocks: [] });
    await ada.page.waitForTimeout(300);
    expect(await ada.words()).not.toContain("While away");
    await hide(false);
    await ada.expectMessage("While away");
  });

  it("leaves a reader where they read, and says that there is more", async () => {
    for (let at = 0; at < 30; at++) await post({ title: `Message ${at}`, blocks: [{ kind: "text", markdown: "words ".repeat(40) }] });
    const ada = await open("Ada");
    await ada.expectMessage("Message 29");
    const scroll = ada.page.locator("#channel .scroll");
    const top = () => scroll.evaluate((element) => element.scrollTop);
    await scroll.evaluate((element) => element.scrollTo({ top: 200 }));
    await ada.page.locator("#channel .scroll:not(.stuck)").waitFor();
    await post({ title: "Below", blocks: [] });
    await ada.page.getByRole("button", { name: "New messages" }).waitFor();
    expect(await top()).toBe(200);
    await ada.page.getByRole("button", { name: "New messages" }).click();
    await ada.page.getByRole("button", { name: "New messages" }).waitFor({ state: "hidden" });
    expect(await top()).toBeGreaterThan(1_000);

    // A thread beside it makes the channel narrower, and all of it longer: the end stays in sight.
    await start(await post({ title: "Root", blocks: [] }), "A thread");
    await ada.openThread("A thread");
    const left = () => scroll.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight);
    await expect.poll(left).toBeLessThan(2);
  });

  for (const colorScheme of ["light", "dark"] as const)
    it(`fits a phone and a desk, ${colorScheme}`, async () => {
      await on.started.web.messenger.deliver({
        kind: "notice",
        key: "notice",
        attempt: 1,
        to: place,
        member: "ada",
        view: { title: "The schedule is paused", tone: "warn", blocks: [{ kind: "text", markdown: "The channel was gone for a day." }] },
      });
      const root = await post(drill(MORNING + 20 * HOUR));
      const thread = await start(root, "Reference answer: ad click prediction, step 1, clarify requirements");
      await post(feedback, thread);
      await post(board);
      await on.chatLog.say({
        key: "said/1",
        to: place,
        author: "ben",
        text: "Good morning! Has anybody tried the embedding cache? ".repeat(3),
        at: MORNING,
      });
      const desk = await open("Ada", { colorScheme });
      await desk.expectMessage("Good morning!");
      await desk.openThread("Reference answer");
      await desk.screenshot(`full-desktop-${colorScheme}`);

      const phone = await open("Ben", { colorScheme, viewport: PHONE });
      await phone.expectMessage("Good morning!");
      expect((await phone.page.locator(".facts dd").last().boundingBox())?.width).toBeGreaterThan(120);
      await phone.screenshot(`channel-phone-${colorScheme}`);
      expect(await phone.overflow()).toBe(0);
      await phone.page.locator(".menu").click();
      await phone.page.waitForTimeout(250);
      await phone.screenshot(`rail-phone-${colorScheme}`);
      await phone.page.keyboard.press("Escape");
      await phone.press("Answer");
      await phone.screenshot(`form-phone-${colorScheme}`);
      await phone.page.keyboard.press("Escape");
      await phone.box().fill("/");
      await phone.screenshot(`completion-phone-${colorScheme}`);
      await phone.box().fill("");
      await phone.openThread("Reference answer");
      const panel = await phone.page.locator("#thread").boundingBox();
      expect(panel).toEqual({ x: 0, y: 0, ...PHONE });
      await phone.screenshot(`thread-phone-${colorScheme}`);
      expect(await phone.overflow()).toBe(0);
    });
});
