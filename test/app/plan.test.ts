import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DAY, HOUR } from "../../src/core/place.ts";
import { caughtUp, LOAD, startStudy } from "../../src/core/study.ts";
import { todayView } from "../../src/core/study_views.ts";
import type { View } from "../../src/core/view.ts";
import { renderView } from "../../src/platforms/discord/render.ts";
import { buttonOf, CHANNEL, firstDrill, openProduct, type Product, wordsOf } from "../kit/product.ts";
import { messageProblems } from "../platforms/discord/stand_in/rules.ts";

let product: Product;
beforeEach(async () => {
  product = await openProduct();
});
afterEach(() => product.close());

const who = (id: string, space = "s1") => ({ platform: "web", space, id }) as const;
const study = async (id = "ben") => (await product.store.read.studies.of(who(id))) ?? expect.fail("no plan");
const doneOf = async (id = "ben") =>
  (await study(id)).tasks.filter(({ doneOn }) => doneOn !== undefined).map(({ kind, ref }) => `${kind} ${ref}`);
const ticks = (view: View) =>
  view.blocks.flatMap((block) => (block.kind === "text" && block.markdown.startsWith("✓") ? [block.markdown] : []));

describe("/plan", () => {
  it("ticks what the product saw: framework, sheet, an opened answer, a drawing", async () => {
    const { act } = product;
    await act("Ben", "plan start", { days: "14" });
    const cases = (await study()).tasks.filter(({ kind }) => kind === "case").map(({ ref }) => ref ?? "");
    const [first = "", second = ""] = cases;
    await act("Ben", "framework", { part: "step-3" });
    await act("Ben", "tradeoff", { name: "sheet" });
    await act("Ben", "tradeoff", { name: "sheet", page: 2 });
    await act("Ben", "case", { case: first });
    expect(await doneOf()).toEqual(["framework ", "tradeoffs 1"]);
    await act("Ben", "case", { case: first, part: "requirements" });
    await act("Ben", "draw", { case: second, diagram: "the whole system", drawing: "client -> gateway" });
    await act("Ben", "draw", { case: second, diagram: "system", drawing: "client -> gateway" });
    expect(await doneOf()).toEqual(expect.arrayContaining([`draw ${second}/system`]));
    // What is refused ticks nothing.
    await act("Ben", "draw", { case: first, diagram: "system", drawing: "no arrow" });
    expect(await doneOf()).not.toContain(`draw ${first}/system`);
    expect(ticks(await act("Ben", "plan today"))).toHaveLength(2);
  });

  it("ticks a round for everybody who held a seat to its end, and today's drill for who answered", async () => {
    const { act, press, pass, said } = product;
    await firstDrill(product);
    for (const name of ["Ben", "Chen"]) await act(name, "plan start", { days: "30" });
    await act("Ben", "daily answer", { answer: "1 2 3" });
    expect(wordsOf(await act("Ben", "plan today"))).toContain("✓ Today's drill");
    expect(wordsOf(await act("Chen", "plan today"))).not.toContain("✓ Today's drill");
    await act("Ben", "mock start");
    await pass(0);
    const lobby = said("Mock round")[0]?.view ?? expect.fail("no lobby");
    await press("Ada", buttonOf(lobby, "Interviewer"));
    await press("Chen", buttonOf(lobby, "Scorer"));
    await press("Ada", buttonOf(lobby, "Begin"));
    await pass(0);
    for (let step = 0; step < 7; step++) {
      product.now += HOUR / 100;
      await act("Ada", "mock next", {}, { revision: step + 1 });
      await pass(0);
    }
    await pass(HOUR);
    expect(await doneOf("ben")).toEqual(["mock undefined"]);
    expect(await doneOf("chen")).toEqual(["mock undefined"]);
  });

  it("takes a second press for the same, and a button of another plan for what it is", async () => {
    const { act, press } = product;
    const begun = await act("Ben", "plan start", { days: "One month" });
    const done = buttonOf(begun, "Done");
    const views = await Promise.all([press("Ben", done), press("Ben", done)]);
    expect(views.map(({ title }) => title)).toEqual([begun.title, begun.title]);
    expect(await doneOf()).toHaveLength(1);
    expect(ticks(await press("Ben", buttonOf(await act("Ben", "plan today"), "Not done after all")))).toEqual([]);
    expect((await press("Chen", done)).title).toBe("You follow no plan");
    expect((await act("Ben", "plan start", { days: "56" })).title).toBe("You follow a plan already");
    expect((await act("Ben", "plan stop")).title).toBe("The plan is put away");
    await product.pass(2 * DAY);
    await act("Ben", "plan start", { days: "56 days" });
    expect((await press("Ben", done)).title).toBe("That was another plan");
    expect((await act("Ben", "plan tick", { task: 9_999, of: (await study()).from, done: true })).title).toBe("That was another plan");
    expect((await act("Ben", "plan start", { days: "@everyone **14**" })).title).toBe("There is no such plan");
  });

  it("belongs to one member of one space, by days of the group's zone", async () => {
    const { act } = product;
    await act("Ben", "plan start", { days: "14" });
    expect((await study()).zone).toBe("UTC");
    const elsewhere = { place: { ...CHANNEL, space: "s2" } };
    expect((await act("Ben", "plan today", {}, elsewhere)).title).toBe("You follow no plan");
    await firstDrill(product);
    await act("Chen", "plan start", { days: "14" });
    expect(await study("chen")).toMatchObject({ zone: "Europe/Berlin", from: Date.parse("2026-11-22T23:00:00Z") });
    // Members begin at different cases.
    const cases = async (id: string) => (await study(id)).tasks.filter(({ kind }) => kind === "case").map(({ ref }) => ref);
    expect(await cases("chen")).not.toEqual(await cases("ben"));
  });

  it("lays out anew what was left, says so once, and has sent no message", async () => {
    const { act, pass, sent } = product;
    await act("Ben", "plan start", { days: "14" });
    const tasks = (await study()).tasks.length;
    await pass(20 * DAY);
    const view = await act("Ben", "plan today");
    expect(wordsOf(view)).toMatch(/27 things were left from earlier days\. No harm done: .*The end moves by 13 days/);
    expect(wordsOf(await act("Ben", "plan today"))).not.toContain("No harm done");
    expect((await study()).tasks).toHaveLength(tasks);
    expect(sent).toEqual([]);
    const { tasks: all, from } = await study();
    for (const task of all.keys()) {
      product.now += 5_000;
      await act("Ben", "plan tick", { task, of: from, done: true });
    }
    expect((await act("Ben", "plan today")).title).toBe("Two weeks: done");
    expect(wordsOf(await act("Ben", "plan show"))).toContain("✓ Case studies");
  });

  it("says so when a plan has left the bank, and can be put away", async () => {
    const { act, store } = product;
    await act("Ben", "plan start", { days: "14" });
    const gone = { ...(await study()), plan: "gone" };
    await store.transaction((tx) => tx.studies.save(who("ben"), gone));
    expect((await act("Ben", "plan today")).title).toBe("That plan has left the bank");
    expect((await act("Ben", "plan stop")).title).toBe("The plan is put away");
  });

  it("of a group is told in the channel once, and followed by its drills", async () => {
    const { act, pass, said, store } = product;
    const group = await firstDrill(product);
    expect((await act("Ben", "plan group", { days: "14" })).title).toBe("Only an organizer can do this");
    product.now += HOUR;
    await act("Ada", "plan group", { days: "14" });
    expect((await act("Ada", "plan group", { days: "14" })).title).toContain("day 1 of 14");
    await pass(DAY);
    expect(said("This group follows a plan")).toHaveLength(1);
    const drill = product.library.drills.get((await store.read.posts.newest(group))?.drill ?? "");
    expect(["choice", "estimate"]).toContain(drill?.kind);
    expect((await act("Ben", "plan today")).title).toBe("The group's plan: Two weeks, day 2 of 14");
    expect(wordsOf(await act("Ben", "daily status"))).toContain("day 2 of 14");
    expect(wordsOf(await act("Ada", "setup", { time: "08:00", zone: "Europe/Berlin" }))).toContain("day 2 of 14");
    await act("Ada", "daily pause");
    expect(wordsOf(await act("Ada", "daily resume"))).toContain("day 2 of 14");
    expect(wordsOf(await act("Ada", "plan group", { days: "20" }))).toContain("none of 14 days, 30 days, 56 days");
    expect((await act("Ada", "plan group", { days: "none" })).title).toBe("The group follows no plan");
    expect((await store.read.groups.find(group))?.plan).toBeUndefined();
    await act("Ada", "setup", { time: "08:00", zone: "Europe/Berlin", mix: "open draw" });
    await act("Ada", "plan group", { days: "none" });
    expect((await store.read.groups.find(group))?.kinds).toEqual(["open", "draw"]);
  });

  it("that two organizers give a group at once is announced once", async () => {
    await product.close();
    product = await openProduct("postgres");
    const { act, pass, said } = product;
    const group = await firstDrill(product);
    const [held, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const before = product.store.transaction(async (tx) => {
      await tx.lock(`group/${group}`);
      held.resolve();
      await gate.promise;
    });
    await held.promise;
    const both = ["Ada", "Anna"].map((who) => act(who, "plan group", { days: "14" }));
    const waiting = `
      select from pg_locks join pg_database on pg_database.oid = database
      where datname = current_database() and locktype = 'advisory' and not granted`;
    await expect.poll(() => product.rows(waiting)).toHaveLength(2);
    gate.resolve();
    await Promise.all([before, ...both]);
    await pass(0);
    expect(said("This group follows a plan")).toHaveLength(1);
  });
});

it("the fullest day of every plan is a message that Discord takes", async () => {
  const { bank } = product.library;
  for (const [slug, plan] of bank.plans) {
    const fresh = startStudy(slug, plan, { cases: [...bank.cases.keys()], pages: 11 }, 0, "UTC");
    for (const day of [1, 5, 12, 20]) {
      const caught = caughtUp(fresh, day);
      const view = todayView({ study: caught.study, plan, today: day, bank, paths: new Set(["recall", "daily today"]) }, caught);
      expect(messageProblems({ ...renderView(view) } as never)).toEqual([]);
      expect(view.blocks.filter(({ kind }) => kind === "buttons").length).toBeLessThanOrEqual(LOAD + 3);
    }
  }
});
