/** The product on a Discord where things go wrong: what its people see, and what its organizers are told. */
import { describe, expect } from "vitest";
import { DAY, HOUR } from "../../../src/core/place.ts";
import { PEOPLE, type Stage, walk } from "../stage.ts";
import { connectDiscord, type DiscordHarness } from "./harness.ts";
import type { Reply } from "./stand_in/driver.ts";
import { shownOf } from "./stand_in/reading.ts";
import type { Channel } from "./stand_in/world.ts";

const { ada, ben, chen } = PEOPLE;
const SETUP = { time: "09:00", zone: "Europe/Berlin", weekdays: "daily", mix: "open choice" };

const trouble = (name: string, script: (stage: Stage, discord: DiscordHarness) => Promise<void>) => {
  let discord: DiscordHarness | undefined;
  const start: Parameters<typeof walk>[1] = async (...args) => {
    const started = await connectDiscord(...args);
    discord = started;
    return {
      ...started,
      async stop() {
        await started.stop();
        expect(started.standIn.violations).toEqual([]);
        expect(started.standIn.late).toEqual([]);
        expect(started.standIn.faults.left).toBe(0);
      },
    };
  };
  walk(name, start, (stage) => script(stage, discord ?? expect.fail("not started")));
};

const homeOf = ({ standIn }: DiscordHarness): Channel => standIn.world.channels.get(standIn.channelId) ?? expect.fail("no channel");
/** Words of the direct messages that somebody has. */
const told = async ({ shown }: DiscordHarness, { id }: { readonly id: string }): Promise<string> =>
  (await shown({ direct: id })).map(({ text }) => text).join("\n");
/** Beats until what is tried again after a pause of real time is through. */
const settled = async ({ beat }: Stage, what: () => boolean | Promise<boolean>) =>
  expect
    .poll(
      async () => {
        await beat();
        return what();
      },
      { timeout: 10_000, interval: 100 },
    )
    .toBe(true);

/** A round of two that has begun, and its thread. */
async function begun({ slash, press, find, text, beat, store, channel }: Stage) {
  expect(await slash(ada, "mock start", { seat: "candidate" })).toContain("The lobby is open");
  const lobby = await find(channel, "Mock round");
  expect(text(await press(ben, lobby, "Interviewer"))).toContain("You are the interviewer");
  await press(ada, lobby, "Begin");
  await beat();
  const group = (await store.read.groups.at(channel)) ?? expect.fail("no group");
  const [round] = await store.read.rounds.active(group.id);
  return { id: round?.id ?? "", thread: round?.thread ?? expect.fail("no thread") };
}

describe("on Discord, when", () => {
  trouble("permissions are taken away, the organizer reads which, and all goes on when they are back", async (stage, discord) => {
    const { slash, clock, channel, store, walker, beat } = stage;
    await slash(ada, "setup", SETUP);
    homeOf(discord).denied.add("send").add("create threads");
    await clock.advanceTo(clock.now() + DAY);
    await beat();
    const words = await told(discord, ada);
    expect(words).toContain("The daily drill is paused");
    expect(words).toContain("Send Messages, to post the drill.");
    expect(words).toContain("Create Public Threads, to open the thread");
    expect((await store.read.groups.at(channel))?.paused?.reason).toContain("Send Messages");
    expect(await slash(ada, "setup", SETUP)).toContain("The bot cannot work here yet");
    homeOf(discord).denied.clear();
    expect(await slash(ada, "setup", SETUP)).toContain("The bot may do all it needs here");
    await clock.advanceTo(clock.now() + DAY);
    await beat();
    expect((await walker.shown(channel)).filter(({ text }) => text.includes("Daily drill"))).toHaveLength(1);

    // In the middle of a round: its thread may not be written in any more.
    const { id } = await begun(stage);
    homeOf(discord).denied.add("send in threads");
    await clock.advanceTo(clock.now() + HOUR);
    await settled(stage, async () => (await store.read.rounds.find(id))?.phase.name === "ended");
    expect(await told(discord, ada)).toContain("Send Messages in Threads, to post in it.");
  });

  trouble("threads are deleted, cannot begin or may not be opened, people are told and nothing is lost", async (stage, discord) => {
    const { slash, clock, channel, store, find, walker, fill, beat } = stage;
    const { world, faults } = discord.standIn;
    await slash(ada, "setup", SETUP);
    const { id, thread } = await begun(stage);
    world.channels.delete(thread);
    await clock.advanceTo(clock.now() + HOUR);
    await settled(stage, async () => (await store.read.rounds.find(id))?.phase.name === "ended");
    expect(await told(discord, ada)).toMatch(/Your mock round stopped[\s\S]*somebody deleted it/);

    // Somebody deletes the lobby while its thread is on the way.
    faults.next("thread", { kind: "serverError", meanwhile: () => void homeOf(discord).messages.pop() });
    expect(await slash(ada, "mock start", {})).toContain("The lobby is open");
    await settled(stage, async () => (await told(discord, ada)).includes("can neither be changed nor have a thread"));

    // The server is full of threads: what would stand in one comes in the channel.
    await clock.advanceTo(clock.now() + DAY);
    const drill = await find(channel, "Daily drill");
    await fill(ben, drill, "Answer", ({ title }) => ({ answer: title === "Your choice" ? "1" : "We ask what it earns, and for whom." }));
    world.threadsFull = true;
    await clock.advanceTo(clock.now() + 21 * HOUR);
    await beat();
    expect((await walker.shown(channel)).some(({ text }) => text.includes("Reference answer"))).toBe(true);
    expect(await told(discord, ada)).toMatch(/A reveal could not open its thread[\s\S]*as many active threads as Discord allows/);
  });

  trouble("it limits, drops and repeats, each message stands there once", async (stage, discord) => {
    const { slash, clock, channel, walker } = stage;
    const { faults, gateway, driver } = discord.standIn;
    await slash(ada, "setup", SETUP);
    faults.next("create", { kind: "rateLimit", seconds: 0.3, scope: "global" });
    faults.next("create", { kind: "lostAnswer" });
    faults.next("create", { kind: "serverError", status: 502 });
    const drills = async () => (await walker.shown(channel)).filter(({ text }) => text.includes("Daily drill")).length;
    await clock.advanceTo(clock.now() + DAY);
    await settled(stage, async () => (await drills()) === 1 && faults.left === 0);
    // One press, delivered twice over a connection that drops in between.
    gateway.drop();
    const pressed = slash(ada, "mock start", {});
    driver.redeliver();
    expect(await pressed).toContain("The lobby is open");
    await settled(stage, async () => (await walker.shown(channel)).some(({ text }) => text.includes("Mock round")));
    expect((await walker.shown(channel)).filter(({ text }) => text.includes("Mock round"))).toHaveLength(1);
    expect(await drills()).toBe(1);
  });

  trouble(
    "a channel takes no threads, it is said at once; a newcomer can be named; completion is quick and fits",
    async (stage, discord) => {
      const { slash, channel, text, beat } = stage;
      const { driver, world, gateway } = discord.standIn;
      const forum = world.addChannel("forum", "questions");
      const post = world.addChannel("thread", "How to shard?", { parent: forum.id });
      const voice = world.addChannel("voice", "Hangout");
      const news = world.addChannel("announcement", "news");
      for (const made of [forum, post, voice, news]) gateway.created(made);
      const typed = async (path: string, input: Record<string, string>, where: Channel) =>
        shownOf(((await driver.slash(ada.id, path, input, where.id)) as Reply).message.body).text;
      expect(await typed("setup", SETUP, post)).toContain("This is a forum");
      expect(await typed("mock start", {}, voice)).toContain("This is a voice channel");
      expect(await typed("mock start", {}, news)).toContain("The lobby is open");
      await beat();
      expect([...world.channels.values()].map(({ kind }) => kind)).toContain("announcement thread");

      await slash(ada, "setup", SETUP);
      expect(await slash(ada, "daily organizer", { member: chen.id })).toContain("One more organizer");
      expect((await stage.store.read.groups.at(channel))?.organizers).toEqual([ada.id, chen.id]);
      expect(text(await stage.walker.slash(ben, "daily organizer", { member: ben.id }))).toContain("Only an organizer");

      for (const [path, field] of [
        ["setup", "zone"],
        ["setup", "mix"],
        ["case", "case"],
        ["tradeoff", "name"],
        ["pattern", "name"],
        ["mock start", "case"],
        ["draw", "case"],
      ] as const)
        for (const part of ["", "e", "👩‍🚀", "x".repeat(400)]) {
          const before = Date.now();
          const found = await driver.autocomplete(ada.id, path, field, part);
          expect(Date.now() - before).toBeLessThan(2_000);
          if (part === "") expect({ path, field, found: found.length }).toSatisfy((one) => one.found > 0 && one.found <= 25);
          expect(found.every(({ name, value }) => name.length <= 100 && String(value).length <= 100)).toBe(true);
        }
    },
  );
});
