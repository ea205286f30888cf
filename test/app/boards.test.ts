/** Leaderboards as people use them. The clock begins on Monday 23 November 2026, 07:00 in Berlin. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { award } from "../../src/app/awards.ts";
import { rebuildBoards } from "../../src/app/boards.ts";
import type { Award, BoardScope } from "../../src/app/ports.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../../src/core/place.ts";
import type { View } from "../../src/core/view.ts";
import { buttonOf, CHANNEL, firstDrill, MONDAY, openProduct, type Product, setUp, wordsOf } from "../kit/product.ts";

let product: Product;
beforeEach(async () => {
  product = await openProduct();
});
afterEach(() => product.close());

const OTHER = { ...CHANNEL, channel: "c2" };

let serial = 0;
/** Points out of the blue, through the one way in. */
async function earn(
  who: string,
  points: number,
  at: Instant = product.now,
  place: typeof CHANNEL | typeof OTHER = CHANNEL,
  kind: Award["kind"] = "candidate",
) {
  await product.store.transaction(async (tx) => {
    const group = await tx.groups.ensure(place, `group-${place.channel}`, product.now);
    await tx.members.remember({ ...place, id: who.toLowerCase(), name: who, manager: false }, product.now);
    await award(tx, group, [{ key: `out of the blue ${++serial}`, member: who.toLowerCase(), kind, points, at }]);
  });
}

/** "1 Ada 30", a row each; the own row with a star. */
function rowsOf(view: View): readonly string[] {
  const ranking = view.blocks.find((block) => block.kind === "ranking");
  return ranking?.rows.map(({ rank, name, value, own }) => `${rank} ${name} ${value}${own ? " *" : ""}`) ?? [];
}
const board = async (who: string, input: Record<string, string> = {}, place: typeof CHANNEL | typeof OTHER = CHANNEL) =>
  rowsOf(await product.act(who, "leaderboard", input, { place }));

const groupScope = async (): Promise<BoardScope> => {
  const group = (await product.store.read.groups.at(CHANNEL)) ?? expect.fail("no group");
  return { kind: "group", platform: "web", space: "s1", group: group.id };
};

describe("/leaderboard", () => {
  it("counts weeks and months of the group's own zone, and all time", async () => {
    await setUp(product);
    // Sunday 23:30 in Berlin is Sunday, though UTC says 22:30; half an hour later is Monday there.
    const sunday = MONDAY - 7.5 * HOUR;
    await earn("Ben", 10, sunday);
    await earn("Ben", 5, sunday + 40 * MINUTE);
    await earn("Chen", 7);
    await earn("Dan", 3, Date.parse("2026-10-31T22:59:00Z"));
    await earn("Dan", 4, Date.parse("2026-10-31T23:01:00Z"));
    expect(await board("Ben")).toEqual(["1 Chen 7", "2 Ben 5 *"]);
    expect(await board("Dan", { window: "month" })).toEqual(["1 Ben 15", "2 Chen 7", "3 Dan 4 *"]);
    expect(await board("Eve", { window: "all" })).toEqual(["1 Ben 15", "2 Dan 7", "2 Chen 7"]);
    const view = await product.act("Eve", "leaderboard");
    expect(wordsOf(view)).toContain("23–29 Nov · 2 members");
    expect(wordsOf(view)).toContain("You have no points in this window yet.");
  });

  it("always shows the reader with their neighbours", async () => {
    await setUp(product);
    for (let nth = 0; nth < 15; nth++) await earn(`M${nth}`, 60 - nth);
    expect((await board("M12")).slice(9)).toEqual(["10 M9 51", "12 M11 49", "13 M12 48 *", "14 M13 47"]);
    expect((await board("M14")).slice(10)).toEqual(["14 M13 47", "15 M14 46 *"]);
  });

  it("sums a server's channels, and shows the best streak", async () => {
    const group = await firstDrill(product);
    await product.act("Ada", "setup", { time: "08:00", zone: "America/New_York", weekdays: "daily" }, { place: OTHER });
    await earn("Ben", 10);
    await earn("Ben", 20, product.now, OTHER);
    await earn("Chen", 25, product.now, OTHER);
    await product.store.transaction(async (tx) => {
      await tx.boards.setStreaks(group, new Map([["ben", 3]]));
      await tx.boards.setStreaks(
        (await tx.groups.at(OTHER))?.id ?? "",
        new Map([
          ["ben", 8],
          ["chen", 2],
        ]),
      );
    });
    expect(await board("Ben")).toEqual(["1 Ben 10 *"]);
    const whole = await product.press("Ben", buttonOf(await product.act("Ben", "leaderboard"), "All channels"));
    expect(rowsOf(whole)).toEqual(["1 Ben 30 *", "2 Chen 25"]);
    expect(wordsOf(whole)).toContain("streak 8");
    expect(rowsOf(await product.press("Ben", buttonOf(whole, "Streaks")))).toEqual(["1 Ben 8 *", "2 Chen 2"]);
    expect(await board("Ben", { metric: "streak" })).toEqual(["1 Ben 3 *"]);
    // Another server's people are none of ours.
    expect(wordsOf(await product.act("Zoe", "leaderboard", { scope: "server" }, { place: { ...CHANNEL, space: "s2" } }))).toContain(
      "No group meets here",
    );
  });

  it("ranks streaks as they stand: an answer lengthens, a missed day ends", async () => {
    await firstDrill(product);
    await product.act("Ben", "daily answer", { answer: "1" });
    await product.act("Chen", "daily answer", { answer: "1" });
    expect(await board("Ben", { metric: "streak" })).toEqual(["1 Chen 1", "1 Ben 1 *"]);
    await product.pass(DAY);
    await product.act("Ben", "daily answer", { answer: "1" });
    expect(await board("Ben", { metric: "streak" })).toEqual(["1 Ben 2 *", "2 Chen 1"]);
    await product.pass(20 * HOUR);
    expect(await board("Ben", { metric: "streak" })).toEqual(["1 Ben 2 *"]);
  });

  it("ranks a step by mean coverage from three revealed answers on", async () => {
    await setUp(product);
    const steps: string[] = [];
    for (let day = 0; day < 12; day++) {
      await product.pass(day === 0 ? HOUR : 4 * HOUR);
      const post = await product.store.read.posts.newest((await product.store.read.groups.at(CHANNEL))?.id ?? "");
      steps.push(post?.why?.step ?? "");
      await product.act("Ben", "daily answer", { answer: "1" });
      await product.act("Chen", "daily answer", {
        answer: "We begin with the traffic of 500 million users a day, then batch features and a two-stage ranking.",
      });
      await product.pass(20 * HOUR);
    }
    const often = steps.find((step) => steps.filter((other) => other === step).length >= 3) ?? expect.fail("no step came three times");
    const view = await product.act("Ben", "leaderboard", { metric: often, window: "all" });
    expect(rowsOf(view).length).toBeGreaterThan(0);
    expect(wordsOf(view)).toMatch(/[3-9] answers/);
    expect(wordsOf(view)).toContain("% covered");
    const rare = steps.find((step) => steps.filter((other) => other === step).length < 3);
    if (rare !== undefined)
      expect(wordsOf(await product.act("Ben", "leaderboard", { metric: rare, window: "all" }))).toContain("Nobody has 3 revealed answers");
  });

  it("leaves out who hides, but for themselves", async () => {
    await setUp(product);
    for (const [who, points] of [
      ["Ben", 30],
      ["Chen", 20],
      ["Dan", 10],
    ] as const)
      await earn(who, points);
    await product.act("Ben", "points hide");
    expect(await board("Chen")).toEqual(["1 Chen 20 *", "2 Dan 10"]);
    expect(await board("Ben")).toEqual(["1 Ben 30 *", "1 Chen 20", "2 Dan 10"]);
    expect(wordsOf(await product.act("Ben", "leaderboard"))).toContain("You are hidden");
    for (const scope of ["group", "server"]) expect(await board("Dan", { scope, window: "all" })).toEqual(["1 Chen 20", "2 Dan 10 *"]);
    // The boards that no table keeps count them above nobody either.
    await product.store.transaction(async (tx) =>
      tx.boards.setStreaks(
        (await tx.groups.at(CHANNEL))?.id ?? "",
        new Map([
          ["ben", 4],
          ["chen", 3],
        ]),
      ),
    );
    for (const scope of ["group", "server"]) {
      const streaks = await product.act("Ben", "leaderboard", { scope, metric: "streak" });
      expect(rowsOf(streaks)).toEqual(["1 Ben 4 *", "1 Chen 3"]);
      expect(wordsOf(streaks)).toContain("1 member");
    }
    await product.act("Ben", "points show");
    expect(await board("Dan")).toEqual(["1 Ben 30", "2 Chen 20", "3 Dan 10 *"]);
  });

  it("shows hostile names as typed", async () => {
    await setUp(product);
    await earn("@everyone **x** <!channel>", 3);
    expect(await board("Ben")).toEqual(["1 @everyone **x** <!channel> 3"]);
  });
});

describe("seasons", () => {
  it("begin at nought, end the one before, and lose nothing", async () => {
    await setUp(product);
    await earn("Ben", 30);
    expect(wordsOf(await product.act("Ben", "leaderboard", { window: "season" }))).toContain("No season has begun");
    expect(wordsOf(await product.act("Ben", "season start", { name: "Mine" }))).toContain("Only an organizer");
    product.now += MINUTE;
    await product.act("Ada", "season start", { name: "*Winter* @everyone" });
    expect(await board("Ben", { window: "season" })).toEqual([]);
    await earn("Ben", 5);
    await earn("Chen", 8);
    // A sealed answer of before pays late, and counts where it was given.
    await earn("Chen", 40, product.now - HOUR);
    expect(await board("Ben", { window: "season" })).toEqual(["1 Chen 8", "2 Ben 5 *"]);
    await product.pass(DAY);
    await product.act("Ada", "season start", { name: "Spring" });
    await product.pass(0);
    const said = product.said("A season begins").at(-1) ?? expect.fail("nothing said");
    expect(rowsOf(said.view)).toEqual(["1 Chen 8", "2 Ben 5"]);
    expect(wordsOf(said.view)).toContain("\\\\*Winter\\\\* @everyone");
    expect(await board("Ben", { window: "season" })).toEqual([]);
    const list = await product.act("Ben", "season list");
    expect(rowsOf(await product.press("Ben", buttonOf(list, "Board 2")))).toEqual(["1 Chen 8", "2 Ben 5 *"]);
    expect(await board("Ben", { window: "all" })).toEqual(["1 Chen 48", "2 Ben 35 *"]);
  });

  it("can all be looked at, however many there were", async () => {
    await setUp(product);
    for (let nth = 1; nth <= 6; nth++) {
      await product.act("Ada", "season start", { name: `S${nth}` });
      await earn("Ben", nth);
      await product.pass(DAY);
    }
    const list = await product.act("Ben", "season list");
    expect(wordsOf(list)).not.toContain("6 S1");
    const older = await product.press("Ben", buttonOf(list, "Older"));
    expect(wordsOf(older)).toContain("6 S1");
    expect(rowsOf(await product.press("Ben", buttonOf(older, "Board 6")))).toEqual(["1 Ben 1 *"]);
    expect(wordsOf(await product.press("Ben", buttonOf(older, "Newer")))).toEqual(wordsOf(list));
  });

  it("of a whole server are for who manages it, and every channel's", async () => {
    await setUp(product);
    await earn("Chen", 1, product.now, OTHER);
    await product.act("Ada", "daily organizer", { member: "chen" });
    expect(wordsOf(await product.act("Chen", "season start", { name: "All", scope: "server" }))).toContain("who manages the server");
    product.now += MINUTE;
    await product.act("Ada", "season start", { name: "All", scope: "server" });
    await earn("Ben", 5, product.now, OTHER);
    expect(await board("Ben", { window: "season", scope: "server" })).toEqual(["1 Ben 5 *"]);
    expect(wordsOf(await product.act("Ben", "leaderboard", { window: "season" }))).toContain("No season has begun");
    // A season of one channel is not another's.
    await product.act("Ada", "season start", { name: "Here" });
    const [own] = await product.store.read.seasons.of(await groupScope(), 1);
    expect(wordsOf(await product.act("Ben", "leaderboard", { window: "season", season: own?.id ?? "" }, { place: OTHER }))).toContain(
      "No season has begun",
    );
  });
});

describe("the weekly digest", () => {
  const digests = () => product.said("The week's leaderboard");

  it("comes on Monday at the drill's hour, once, with the week before", async () => {
    await setUp(product);
    await product.act("Ben", "points hide");
    await earn("Ben", 50);
    await earn("Chen", 20);
    // This Monday's is about a week in which nobody earned.
    await product.pass(HOUR);
    expect(digests()).toHaveLength(0);
    await product.pass(7 * DAY - 1);
    expect(digests()).toHaveLength(0);
    await product.pass(1);
    await product.pass(1);
    expect(digests().map(({ view }) => rowsOf(view))).toEqual([["1 Chen 20"]]);
    expect(wordsOf(digests()[0]?.view ?? expect.fail("none"))).toContain("23–29 Nov");
    await product.pass(7 * DAY);
    expect(digests()).toHaveLength(1);
  });

  it("comes once after weeks of downtime", async () => {
    await setUp(product);
    await earn("Ben", 9);
    await earn("Ben", 9, product.now + 17 * DAY);
    await product.pass(23 * DAY);
    expect(digests().map(({ view }) => rowsOf(view))).toEqual([["1 Ben 9"]]);
    expect(wordsOf(digests()[0]?.view ?? expect.fail("none"))).toContain("7–13 Dec");
  });

  it("comes this Monday though the hour is moved to one that is over, and once though it is moved back", async () => {
    await setUp(product);
    await earn("Ben", 9);
    await product.pass(HOUR);
    // Monday 07:30, half an hour before it is due.
    await product.pass(7 * DAY - HOUR / 2);
    await product.act("Ada", "setup", { time: "07:15", zone: "Europe/Berlin" });
    await product.pass(HOUR / 2);
    expect(digests().map(({ view }) => rowsOf(view))).toEqual([["1 Ben 9"]]);
    await product.act("Ada", "setup", { time: "20:00", zone: "Europe/Berlin" });
    await product.pass(DAY);
    expect(digests()).toHaveLength(1);
  });

  it("is the organizer's to turn off, and a change of the schedule leaves it so", async () => {
    await setUp(product);
    expect(wordsOf(await product.act("Ben", "points digest", { wanted: false }))).toContain("Only an organizer");
    await product.act("Ada", "points digest", { wanted: false });
    await product.act("Ada", "setup", { time: "10:00", zone: "Europe/Berlin" });
    await earn("Ben", 9);
    await product.pass(8 * DAY);
    expect(digests()).toHaveLength(0);
    await product.act("Ada", "points digest", { wanted: true });
    await earn("Ben", 9);
    await product.pass(7 * DAY);
    expect(digests()).toHaveLength(1);
  });
});

describe("voiding", () => {
  it("takes points off every board, says why, and can be taken back", async () => {
    const group = await setUp(product);
    await product.act("Ada", "season start", { name: "S" });
    await earn("Ben", 30);
    await earn("Ben", 7, product.now, CHANNEL, "drill");
    expect(wordsOf(await product.act("Ben", "points void", { member: "ben" }))).toContain("Only an organizer");
    const list = await product.act("Ada", "points void", { member: "Ben" });
    expect(wordsOf(list)).toMatch(/1\. 7 points · Drill · 2026-11-23.*2\. 30 points · Candidate/);
    const button = buttonOf(list, "Void 2");
    const strike = (reason: string, where = {}) => product.act("Ada", "points strike", { ...button.input, reason }, where);
    expect(wordsOf(await strike("Not theirs", { place: { ...CHANNEL, space: "s2" } }))).toContain("No group meets here");
    await product.act("Ada", "setup", { time: "08:00", zone: "Europe/Berlin" }, { place: OTHER });
    expect(wordsOf(await strike("Not theirs", { place: OTHER }))).toContain("no such entry here");
    expect(wordsOf(await strike("Copied *all* of it @everyone"))).toContain("Voided");
    expect(wordsOf(await strike("Twice"))).toContain("voided already");
    for (const input of [{}, { window: "month" }, { window: "season" }, { window: "all" }, { scope: "server" }] as const)
      expect(await board("Ben", input)).toEqual(["1 Ben 7 *"]);

    await product.pass(0);
    const notice = product.said("An entry of yours was voided");
    expect(notice.map((one) => one.kind)).toEqual(["notice"]);
    expect(wordsOf(notice[0]?.view ?? expect.fail("none"))).toContain("Copied *all* of it @everyone");
    const mine = await product.act("Ben", "points mine");
    expect(wordsOf(mine)).toContain("30 points that do not count");
    expect(wordsOf(mine)).toContain("Copied \\\\*all\\\\* of it @everyone");
    expect(wordsOf(mine)).toContain("**7** points in this channel");

    const back = buttonOf(await product.act("Ada", "points void", { member: "ben" }), "Count again 2");
    await product.act("Ada", "points strike", { ...back.input, reason: "It was theirs" });
    expect(await board("Ben")).toEqual(["1 Ben 37 *"]);
    expect(wordsOf(await product.act("Ben", "points mine"))).toContain("counts again by {member:ada}: “It was theirs”");
    const again = buttonOf(await product.act("Ada", "points void", { member: "ben" }), "Void 2");
    await product.act("Ada", "points strike", { ...again.input, reason: "After all not" });
    expect(await board("Ben")).toEqual(["1 Ben 7 *"]);
    expect((await product.store.read.ledger.entries(group, "ben", 9)).map(({ points, voided }) => [points, voided?.reason])).toEqual([
      [7, undefined],
      [30, "After all not"],
    ]);
  });

  it("stays visible with its reason, however much is earned after it", async () => {
    await setUp(product);
    await earn("Ben", 5);
    const button = buttonOf(await product.act("Ada", "points void", { member: "Ben" }), "Void 1");
    await product.act("Ada", "points strike", { ...button.input, reason: "Copied" });
    for (let more = 1; more <= 10; more++) await earn("Ben", 1, product.now + more * MINUTE);
    for (const [who, path, input] of [
      ["Ben", "points mine", {}],
      ["Ada", "points void", { member: "Ben" }],
    ] as const) {
      const first = await product.act(who, path, input);
      expect(wordsOf(first)).not.toContain("Copied");
      const second = await product.press(who, buttonOf(first, "Older"));
      expect(wordsOf(second)).toContain("Copied");
      expect(wordsOf(second)).not.toContain('Older"');
      expect(wordsOf(await product.press(who, buttonOf(second, "Newer")))).toEqual(wordsOf(first));
    }
  });

  it("leaves no room under the day's cap", async () => {
    const group = await setUp(product);
    await earn("Ben", 60);
    const [entry] = await product.store.read.ledger.entries(group, "ben", 1);
    await product.store.transaction((tx) => tx.ledger.setVoid(entry?.id ?? 0, true, "ada", "why", product.now));
    await earn("Ben", 60);
    expect(await board("Ben")).toEqual(["1 Ben 20 *"]);
    await product.store.transaction((tx) => tx.ledger.setVoid(entry?.id ?? 0, false, "ada", "why", product.now));
    expect(await board("Ben")).toEqual(["1 Ben 80 *"]);
  });
});

describe("points", () => {
  it("of one drill go to each person once, whatever is sent twice", async () => {
    const group = await firstDrill(product);
    await product.act("Ben", "daily answer", { answer: "1" }, { id: "twice" });
    await product.act("Ben", "daily answer", { answer: "1" }, { id: "twice" });
    await product.act("Ben", "daily answer", { answer: "2" });
    await product.pass(21 * HOUR);
    await product.pass(1);
    expect((await product.store.read.ledger.entries(group, "ben", 9)).length).toBeLessThanOrEqual(1);
    const post = (await product.store.read.posts.newest(group)) ?? expect.fail("no post");
    expect((await product.store.read.answers.scored(post)).filter(({ member }) => member === "ben")).toHaveLength(1);
  });

  it("come out of a rebuild as they were, streaks too", async () => {
    await firstDrill(product);
    await product.act("Ben", "daily answer", { answer: "1" });
    await earn("Ben", 30);
    await earn("Chen", 12, product.now - 9 * DAY);
    const all = async () => {
      const boards = [];
      for (const window of ["week", "month", "all"])
        for (const scope of ["group", "server"]) boards.push(await board("Ben", { window, scope }));
      return [...boards, await board("Ben", { metric: "streak" })];
    };
    const before = await all();
    const spaces: string[] = [];
    await rebuildBoards(product.store, ({ space }, groups) => void spaces.push(`${space} ${groups}`));
    expect(spaces).toEqual(["s1 1"]);
    expect(await all()).toEqual(before);
  });

  it("stay under a stand-in when a member's data is deleted, and hiding does", async () => {
    await setUp(product);
    await earn("Ben", 30);
    await earn("Chen", 12);
    await product.act("Chen", "points hide");
    const gone = (id: string) => ({ platform: "web" as const, space: "s1", id, as: `gone-${id}`, name: id, rounds: [], words: [] });
    await product.store.transaction(async (tx) => {
      await tx.personal.forget(gone("ben"));
      await tx.personal.forget(gone("chen"));
    });
    const view = await product.act("Dan", "leaderboard");
    expect(rowsOf(view).map((row) => row.replace(/^1 .* /, ""))).toEqual(["30"]);
    expect(wordsOf(view)).not.toContain("Ben");
    expect(await product.store.read.boards.hidden(CHANNEL, "gone-chen")).toBe(true);
  });
});

describe("/points rings", () => {
  it("is the organizer's alone", async () => {
    await setUp(product);
    expect(wordsOf(await product.act("Ben", "points rings"))).toContain("Only an organizer");
    expect(wordsOf(await product.act("Ada", "points rings"))).toContain("Nothing stands out.");
  });
});
