import { afterEach, describe, expect, it } from "vitest";
import { commands } from "../../commands/index.ts";
import { createEngine } from "../../src/app/engine.ts";
import { DeliveryError } from "../../src/app/messenger.ts";
import { DAY, HOUR, MINUTE } from "../../src/core/place.ts";
import type { View } from "../../src/core/view.ts";
import { createLog } from "../../src/operations/log.ts";
import type { DatabaseKind } from "../kit/database.ts";
import { buttonOf, CHANNEL, groupOf, MONDAY, openQuietly, type Product, wordsOf } from "../kit/product.ts";
import { roundOf, roundsOf } from "../kit/round.ts";

let product: Product;
afterEach(() => product.close());
/** A group in Berlin; it is Monday, 07:00. */
const open = async (kind?: DatabaseKind) => {
  product = await openQuietly(kind);
  return product;
};

const announcement = (): View => product.said("mock round is planned").at(-1)?.view ?? expect.fail("nothing was announced");
const over = (): View => product.said("Mock round planned").at(-1)?.view ?? expect.fail("the announcement is not over");
const lobbies = () => product.said("Mock round ·").filter(({ kind }) => kind === "post");
/** Planned by Ben for Tuesday, 18:30 in Berlin; Chen comes too. */
async function planned(input: Record<string, string> = {}) {
  const reply = await product.act("Ben", "mock plan", { when: "tomorrow 18:30", ...input });
  expect(reply.title).toBe("The round is planned");
  await product.pass(0);
  expect((await product.press("Chen", buttonOf(announcement(), "I come"))).title).toBe("You come");
  await product.pass(0);
  return HOUR * 35.5;
}

describe("a planned round", () => {
  it("is announced, joined, reminded of, and opened at the hour with seats by the ledger, over a restart", async () => {
    const { press, pass, store } = await open();
    const until = await planned();
    expect((await store.read.plans.ahead((await groupOf(product)).id)).map(({ at }) => at)).toEqual([MONDAY + until]);
    expect(wordsOf(announcement())).toContain("candidate {member:ben}, for the first time; interviewer {member:chen}");
    await press("Dan", buttonOf(announcement(), "As scorer"));
    await press("Zoe", buttonOf(announcement(), "I cannot"));

    await pass(until - DAY - 1);
    expect(product.said("Your mock round is near")).toHaveLength(0);
    await pass(1);
    expect(product.said("Your mock round is near").map(({ view }) => view.notify)).toEqual([["ben", "chen", "dan"]]);
    await pass(DAY - 15 * MINUTE);
    await product.engine.stop();
    const engine = createEngine({ commands, store, library: product.library, now: () => product.now, log: createLog("silent", []) });
    engine.connect({
      platform: "web",
      inspect: async () => [],
      deliver: async (delivery) => {
        (product.sent as unknown[]).push(delivery);
        return { remote: `again-${product.sent.length}` };
      },
    });
    product.now += 15 * MINUTE;
    await engine.beat();
    await engine.stop();
    expect(product.said("Your mock round is near")).toHaveLength(2);
    const [lobby] = lobbies();
    expect(lobby?.view.notify).toEqual(["ben", "chen", "dan"]);
    const round = await roundOf(product);
    expect(round).toMatchObject({ host: "ben", candidate: "ben", interviewers: ["chen"], scorers: ["dan"] });
    expect(wordsOf(lobby?.view ?? over())).toContain("Candidate next: {member:ben}, for the first time");
    expect(wordsOf(over())).toContain("The lobby is open below");
    expect(await store.read.plans.ahead((await groupOf(product)).id)).toEqual([]);
  });

  it("reminds once and opens one lobby, however many ticks come at once", async () => {
    await open("postgres");
    const until = await planned();
    const engines = Array.from({ length: 4 }, () =>
      createEngine({ commands, store: product.store, library: product.library, now: () => product.now, log: createLog("silent", []) }),
    );
    product.now += until - 15 * MINUTE;
    await Promise.all(engines.map((engine) => engine.beat()));
    product.now += 15 * MINUTE;
    await Promise.all(engines.map((engine) => engine.beat()));
    await product.pass(0);
    expect(product.said("Your mock round is near")).toHaveLength(1);
    expect(lobbies()).toHaveLength(1);
    expect(await roundsOf(product)).toHaveLength(1);
  });

  it("is played in turns when that was planned", async () => {
    await open();
    const until = await planned({ mode: "relay" });
    expect(wordsOf(announcement())).toContain("{member:ben}, {member:chen} answer in turn");
    expect(wordsOf(announcement())).not.toContain("As interviewer");
    await product.press("Dan", buttonOf(announcement(), "As scorer"));
    await product.pass(until);
    const round = await roundOf(product);
    expect(round).toMatchObject({ mode: "relay", candidate: "ben", line: ["chen"], scorers: ["dan"] });
    expect(wordsOf(lobbies()[0]?.view ?? over())).not.toContain("Candidate next");
  });

  it("is called off with one alone, and says so to them", async () => {
    await open();
    const until = await planned();
    await product.press("Chen", buttonOf(announcement(), "I cannot"));
    await product.pass(until - 15 * MINUTE);
    expect(wordsOf(product.said("is near")[0]?.view ?? over())).toContain("Nobody else comes yet");
    await product.pass(15 * MINUTE);
    expect(product.said("called off")[0]?.view.notify).toEqual(["ben"]);
    expect(lobbies()).toHaveLength(0);
  });

  it("is cancelled by its host or an organizer; later presses are explained", async () => {
    const { press, act } = await open();
    const until = await planned();
    const { before } = { before: announcement() };
    expect((await press("Chen", buttonOf(before, "Cancel the round"))).title).toContain("Only its host");
    const list = await act("Ada", "mock plans");
    expect(wordsOf(list)).toContain("{member:chen}");
    expect((await press("Ada", buttonOf(list, "Cancel the round"))).title).toBe("The round is cancelled");
    expect((await press("Ben", buttonOf(before, "Cancel the round"))).title).toBe("That plan is over");
    expect((await press("Dan", buttonOf(before, "I come"))).title).toBe("That plan is over");
    await product.pass(until);
    expect(product.said("The planned round is cancelled")[0]?.view.notify).toEqual(["ben", "chen"]);
    expect(product.said("is near")).toHaveLength(0);
    expect(lobbies()).toHaveLength(0);
    expect((await act("Ada", "mock plans")).title).toBe("No round is planned here");
  });

  it("is another group's business in another channel, and in another space", async () => {
    const { press } = await open();
    await planned();
    for (const place of [
      { ...CHANNEL, channel: "c2" },
      { ...CHANNEL, space: "s2" },
    ])
      expect((await press("Ada", buttonOf(announcement(), "Cancel the round"), { place })).title).toBe("There is no such plan here");
  });

  it("opens late after downtime, and tells when that was too long", async () => {
    await open();
    const until = await planned();
    await product.pass(until + 20 * MINUTE);
    expect(product.said("is near")).toHaveLength(0);
    expect(lobbies()).toHaveLength(1);
    await product.act("Ben", "mock cancel");
    const again = await planned({ when: "tomorrow 20:00" });
    await product.pass(again * 2);
    expect(product.said("was missed")[0]?.view.notify).toEqual(["ben", "chen"]);
    expect(lobbies()).toHaveLength(1);
  });

  it("tells those who come when another lobby is in the way, or when it cannot be announced", async () => {
    const { act, pass } = await open();
    const until = await planned();
    await pass(until - MINUTE);
    await act("Dan", "mock start");
    await pass(MINUTE);
    expect(product.said("could not be opened")[0]?.view.notify).toEqual(["ben", "chen"]);
    expect(wordsOf(over())).toContain("A lobby is open already");
    product.onDeliver = ({ key }) => {
      if (key.startsWith("plan/")) throw new DeliveryError("The channel is gone.", { retry: false });
    };
    await act("Ben", "mock plan", { when: "in 3 hours" });
    await pass(0);
    expect(product.sent.findLast(({ kind }) => kind === "notice")).toMatchObject({
      member: "ben",
      view: { title: "Your planned round could not be announced" },
    });
    expect(await product.store.read.plans.ahead((await groupOf(product)).id)).toEqual([]);
  });

  it("reads hours as people type them, in the zone of the group, and explains what it cannot read", async () => {
    const { act, store } = await open();
    const bad = await act("Ben", "mock plan", { when: "soon @everyone" });
    expect([bad.title, wordsOf(bad)]).toEqual(["That hour cannot be read", expect.stringContaining("tomorrow 18:30")]);
    expect((await act("Ben", "mock plan", { when: "today 06:59" })).title).toBe("That hour is over");
    expect((await act("Ben", "mock plan", { when: "mon 18:30", case: "nothing @here" })).title).toBe("There is no such case");
    for (const when of ["mon 06:30", "tue 18:30", "in 90 minutes"])
      expect((await act("Ben", "mock plan", { when })).title).toBe("The round is planned");
    expect((await act("Chen", "mock plan", { when: "2026-11-24 18:59" })).title).toBe("A round is planned for that hour");
    // It is Monday 07:00: 06:30 is next Monday's, 18:30 is tomorrow's.
    expect((await store.read.plans.ahead((await groupOf(product)).id)).map(({ at }) => at - MONDAY)).toEqual([
      1.5 * HOUR,
      35.5 * HOUR,
      7 * DAY - HOUR / 2,
    ]);
    const elsewhere = { place: { ...CHANNEL, channel: "c2" } };
    expect(wordsOf(await act("Ben", "mock plan", { when: "tomorrow 18:30" }, elsewhere))).toContain("local times are UTC's");
  });

  it("keeps its case from drills, and from rounds that name none; a drill keeps its own from it", async () => {
    const { act, pass, library, store } = await open();
    const slugs = [...library.bank.cases.keys()];
    for (const [at, slug] of slugs.slice(1, 8).entries())
      expect((await act("Ben", "mock plan", { when: `2026-12-0${at + 1} 18:30`, case: slug })).title).toBe("The round is planned");
    const beside = { place: { ...CHANNEL, channel: "c2" } };
    for (const where of [{}, beside])
      await act("Ada", "setup", { time: "08:00", zone: "Europe/Berlin", weekdays: "daily", mix: "open draw" }, where);
    const planned = new Set(slugs.slice(1, 8));
    for (let day = 0; day < 5; day++) {
      await pass(day === 0 ? HOUR : DAY);
      let slug = "";
      // The reveals of the channel beside are read by the same people.
      for (const place of [beside.place, CHANNEL]) {
        const post = await store.read.posts.newest((await store.read.groups.at(place))?.id ?? "");
        slug = post?.drill?.split("/")[1] ?? expect.fail("no drill");
        expect(planned).not.toContain(slug);
      }
      if (day === 0)
        expect((await act("Ben", "mock plan", { when: "2026-12-20 18:30", case: slug })).title).toBe("A drill is on this case");
    }
    await act("Ben", "mock start");
    const round = await roundOf(product);
    expect(planned).not.toContain(round.case);
  });
});

describe("cases that were met", () => {
  const theCase = async () => (await roundOf(product)).case;

  it("warn in the lobby by name as people sit down, and are not chosen while others are left", async () => {
    const { act, press, pass, library } = await open();
    const slugs = [...library.bank.cases.keys()];
    const [known = "", ...others] = slugs;
    await act("Ben", "case", { case: known, part: "requirements" });
    await act("Chen", "case", { case: known });
    await act("Chen", "case", { case: known, part: "diagrams" });
    await act("Ben", "mock start", { case: known, seat: "interviewer" });
    await pass(0);
    const lobby = lobbies()[0]?.view ?? expect.fail("no lobby");
    expect(wordsOf(lobby)).toMatch(/\{member:ben\} opened its answers on .*They sit well where they do not answer/);
    await press("Chen", buttonOf(lobby, "Candidate"));
    await pass(0);
    const later = product.said("Mock round ·").at(-1)?.view ?? lobby;
    expect(wordsOf(later)).not.toContain("{member:chen} opened");
    await press("Ben", buttonOf(later, "Begin"));
    await pass(0);
    await press("Ben", buttonOf(product.said("Step 1 of 7")[0]?.view ?? later, "Show my brief"));
    await act("Ben", "mock cancel");
    // Ben has met all but one.
    for (const slug of others.slice(1)) await act("Ben", "case", { case: slug, part: "step-1" });
    await act("Ben", "mock start");
    expect(await theCase()).toBe(others[0]);
    expect((await product.store.read.seen.by(CHANNEL, ["chen", "ben"])).filter((one) => one.case === known)).toMatchObject([
      { member: "ben", how: "case" },
      { member: "chen", how: "round" },
    ]);
  });

  it("fall back to the one known least, with a warning", async () => {
    const { act, pass, library } = await open();
    for (const slug of library.bank.cases.keys()) await act("Ben", "case", { case: slug, part: "step-1" });
    await act("Ben", "mock start");
    await pass(0);
    expect(wordsOf(lobbies()[0]?.view ?? expect.fail("no lobby"))).toContain("Who answers should not know it");
  });

  it("are those whose drill was revealed to who answered it", async () => {
    const { act, pass, store } = await open();
    await act("Ada", "setup", { time: "08:00", zone: "Europe/Berlin", weekdays: "daily", mix: "open" });
    await pass(HOUR);
    await act("Ben", "daily answer", { answer: "We ask for the business goal and for the traffic at peak." });
    expect(await store.read.seen.by(CHANNEL, ["ben", "chen"])).toEqual([]);
    await pass(20 * HOUR);
    expect(await store.read.seen.by(CHANNEL, ["ben", "chen"])).toMatchObject([{ member: "ben", how: "drill", at: product.now }]);
    await act("Chen", "daily answer", { answer: "We ask for the latency." });
    expect((await store.read.seen.by(CHANNEL, ["chen"])).map(({ how }) => how)).toEqual(["drill"]);
  });

  it("tell privately whom the named case of a plan is not new to", async () => {
    const { act, press, library } = await open();
    const [slug = ""] = library.bank.cases.keys();
    for (const who of ["Ben", "Chen"]) await act(who, "case", { case: slug, part: "step-1" });
    const reply = await act("Ben", "mock plan", { when: "tomorrow 18:30", case: library.bank.cases.get(slug)?.title });
    expect(wordsOf(reply)).toContain("You have met this case before");
    await product.pass(0);
    expect((await press("Chen", buttonOf(announcement(), "As candidate"))).tone).toBe("warn");
    expect((await press("Dan", buttonOf(announcement(), "As candidate"))).tone).toBe("good");
    expect(wordsOf(announcement())).not.toContain(slug);
  });
});
