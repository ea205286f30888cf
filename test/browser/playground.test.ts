/** The page itself, in a real browser, over a room that answers at once. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DAY, HOUR } from "../../src/core/place.ts";
import type { View } from "../../src/core/view.ts";
import { type Look, openPlayground, type PersonTab, PHONE, type Playground } from "../kit/browser.ts";
import { MemoryChatLog } from "../platforms/web/chat_log.ts";
import { HandClock, type Started, startWeb } from "../platforms/web/playground.ts";
import { board, drill, feedback, HOSTILE, Room } from "./room.ts";

const place = { platform: "web", space: "playground", channel: "ml-design-drills" } as const;
const MORNING = Date.parse("2026-11-20T08:00:00Z");

describe("the playground's page", { timeout: 60_000 }, () => {
  let room: Room;
  let chatLog: MemoryChatLog;
  let started: Started;
  let playground: Playground;
  let tabs: PersonTab[];
  let serial = 0;

  beforeEach(async () => {
    tabs = [];
    room = new Room();
    chatLog = new MemoryChatLog();
    const clock = new HandClock();
    clock.at = MORNING;
    started = await startWeb(room, chatLog, 0, clock);
    playground = await openPlayground(started.web.url);
  });
  afterEach(async () => {
    const troubles = tabs.flatMap((tab) => tab.troubles);
    await playground.close();
    await started.web.stop();
    expect(troubles).toEqual([]);
  });

  /** A new server with the same chat on the same port. */
  async function restart(port: string) {
    started = await startWeb(room, chatLog, Number(port), started.clock);
  }
  async function open(name: string, look?: Look) {
    const tab = await playground.openPerson(name, look);
    tabs.push(tab);
    return tab;
  }
  async function post(view: View, thread?: string) {
    const to = thread === undefined ? place : { ...place, thread };
    return (await started.web.messenger.deliver({ kind: "post", key: `page/${++serial}`, attempt: 1, to, view })).remote;
  }
  const start = async (message: string, title: string) =>
    (await started.web.messenger.deliver({ kind: "thread", key: `page/${++serial}`, attempt: 1, to: place, message, title })).remote;

  it("welcomes, and puts the first things to try into the box", async () => {
    const ada = await open("Ada");
    await ada.page.getByText("Welcome to Drillroom").waitFor();
    await ada.screenshot("welcome-desktop-light");
    await ada.page.getByRole("button", { name: "/setup" }).click();
    expect(await ada.box().inputValue()).toBe("/setup");
    await ada.page.keyboard.press("Enter");
    await ada.form().waitFor();
    expect(room.invocations).toEqual([]);
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
    expect(room.invocations).toMatchObject([
      {
        path: "mock start",
        input: { case: "video-recommendation", minutes: 30, pace: "async" },
        who: { id: "ada", manager: true, name: "Ada" },
        place,
      },
    ]);
    expect(room.invocations[0]?.place).toEqual(place);
  });

  it("understands a family word, words without a name, and says what it does not understand", async () => {
    const ben = await open("Ben");
    await ben.command("/leaderboard all");
    await ben.expectPrivate("Leaderboard of this week");
    await ben.command("/daily answer we log: everything, at 1M a second");
    await ben.expectPrivate("2 of 4 points covered");
    await ben.command("/Mock");
    await ben.expectPrivate("Done: mock start");
    expect(room.invocations.map(({ path, input }) => [path, input])).toEqual([
      ["leaderboard", { period: "all" }],
      ["daily answer", { text: "we log: everything, at 1M a second" }],
      ["mock start", {}],
    ]);
    await ben.command("/dayly");
    await ben.page.getByText("There is no /dayly").waitFor();
    await ben.command("/daily skip now");
    await ben.page.getByText("leave out “now”").waitFor();
    expect(await ben.box().inputValue()).toBe("/daily skip now");
    expect(room.invocations).toHaveLength(3);
  });

  it("opens a form, keeps what was typed, and answers privately", async () => {
    await post(drill(MORNING + 20 * HOUR));
    const [ada, ben] = [await open("Ada"), await open("Ben")];
    await ben.press("Answer");
    await ben.form().locator("button[type=submit]").click();
    await ben.page.getByText("Please fill this in.").waitFor();
    expect(room.invocations).toEqual([]);
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
    expect(room.invocations.at(-1)).toMatchObject({
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
    expect(room.invocations.at(-1)).toMatchObject({ revision: 3 });
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
    const { messages } = await chatLog.changes(place.space, place.channel, 0);
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
    expect(room.invocations.at(-1)?.place).toEqual({ ...place, thread });
    await ada.command("in the thread");
    await ada.expectMessage("in the thread");
    expect((await chatLog.changes(place.space, place.channel, 0)).messages.at(-1)).toMatchObject({ thread, author: "ada" });
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
    started.clock.due = MORNING + 3 * HOUR;
    await ada.moveClock("Next event");
    await ada.expectMessage("in 17 hours");
    await ada.moveClock("+1 day");
    await ada.expectMessage("7 hours ago");
    expect(started.clock.moves).toEqual([MORNING + HOUR, MORNING + 3 * HOUR, MORNING + 3 * HOUR + DAY]);
  });

  it("comes back by itself after a restart, misses nothing, and keeps its invocation's id", async () => {
    await post({
      title: "Before",
      blocks: [{ kind: "buttons", buttons: [{ label: "Ask", command: "mock start", input: { case: "x" } }] }],
    });
    const ada = await open("Ada");
    await ada.expectMessage("Before");
    const { port } = new URL(started.web.url);
    await started.web.stop();
    await ada.page.getByText("Reconnecting").waitFor();
    await ada.press("Ask");
    await ada.page.getByText("asking again").waitFor();
    await chatLog.post({ key: "meanwhile", to: place, view: { title: "Meanwhile", blocks: [] }, at: MORNING });
    await restart(port);
    await ada.expectPrivate("Done: mock start");
    await ada.expectMessage("Meanwhile");
    expect(room.invocations).toHaveLength(1);
    await ada.page.getByText("Reconnecting").waitFor({ state: "detached" });
    expect(await ada.page.getByText("Before", { exact: true }).count()).toBe(1);
  });

  it("sends a form that was submitted while the server was away, once, as soon as it is back", async () => {
    const ben = await open("Ben");
    await ben.command("/daily answer");
    await ben.fill({ "What would you say?": "patience" });
    const { port } = new URL(started.web.url);
    await started.web.stop();
    await ben.form().locator("button[type=submit]").click();
    await ben.page.getByText("Your words are kept").waitFor();
    await restart(port);
    await ben.expectPrivate("2 of 4 points covered");
    expect(await ben.form().count()).toBe(0);
    expect(room.invocations.map(({ input }) => input)).toEqual([{ text: "patience" }]);
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
    await ada.page.waitForTimeout(50);
    await post({ title: "Below", blocks: [] });
    await ada.page.getByRole("button", { name: "New messages" }).waitFor();
    expect(await top()).toBe(200);
    await ada.page.getByRole("button", { name: "New messages" }).click();
    await ada.page.getByRole("button", { name: "New messages" }).waitFor({ state: "hidden" });
    expect(await top()).toBeGreaterThan(1_000);

    // A thread beside it makes the channel narrower, and all of it longer: the end stays in sight.
    await start(await post({ title: "Root", blocks: [] }), "A thread");
    await ada.openThread("A thread");
    await ada.page.waitForTimeout(200);
    expect(await scroll.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight)).toBeLessThan(2);
  });

  for (const colorScheme of ["light", "dark"] as const)
    it(`fits a phone and a desk, ${colorScheme}`, async () => {
      await started.web.messenger.deliver({
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
      await chatLog.say({ to: place, author: "ben", text: "Good morning! Has anybody tried the embedding cache? ".repeat(3), at: MORNING });
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
