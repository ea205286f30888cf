import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { command } from "../../src/app/command.ts";
import { newId } from "../../src/app/dispatch.ts";
import { BURST } from "../../src/app/rate_limit.ts";
import { SECOND } from "../../src/core/place.ts";
import { CHANNEL, firstDrill, openProduct, type Product, wordsOf } from "../kit/product.ts";

let ran = 0;
const counting = command({
  path: "count",
  summary: "Counts",
  access: "anyone",
  input: z.object({ words: z.string().max(100) }),
  async run(_input, { now }) {
    ran += 1;
    return { ok: true, reply: { title: `Counted ${ran} at ${now}`, blocks: [] } };
  },
});
const broken = command({
  path: "break",
  summary: "Breaks after writing",
  access: "anyone",
  input: z.object({}),
  async run(_input, { tx, newId, now }) {
    await tx.groups.ensure(CHANNEL, newId(), now);
    throw new Error("a bug");
  },
});

const opening = command({
  path: "open",
  summary: "Opens a thread",
  access: "anyone",
  opensThreads: true,
  input: z.object({ words: z.string() }),
  form: async () => ({ title: "Form", submit: "Go", fields: [] }),
  run: (_input, { now }) => counting.run({ words: "" }, { now } as Parameters<typeof counting.run>[1]),
});

let product: Product;
afterEach(() => product.close());
const open = async (kind: "pglite" | "postgres" = "pglite") => {
  ran = 0;
  product = await openProduct(kind, [counting, broken, opening]);
  return product;
};

describe("dispatch", () => {
  it("refuses an unknown command, saying where to look", async () => {
    const { act } = await open();
    expect(wordsOf(await act("Ben", "no `such` thing"))).toMatch(/There is no such command.*\/help/);
  });

  it("begins nothing that needs threads in a channel that takes none, and opens no form for it", async () => {
    const { act, engine } = await open();
    const where = { threadless: "a forum" };
    expect(wordsOf(await act("Ben", "open", { words: "x" }, where))).toMatch(/This is a forum.*`\/open` in a text channel/);
    const who = { platform: "web", space: "s1", id: "Ben", name: "Ben", manager: false } as const;
    const invocation = { id: "f1", path: "open", input: {}, who, place: CHANNEL };
    expect(await engine.dispatcher.open({ ...invocation, ...where })).toMatchObject({ reply: { title: "This is a forum" } });
    expect(await engine.dispatcher.open(invocation)).toMatchObject({ form: { title: "Form" } });
    expect(ran).toBe(0);
    expect((await act("Ben", "count", { words: "x" }, where)).title).toContain("Counted");
  });

  it("remembers members whom a command names, although they never used it", async () => {
    const { act, store } = await open();
    const chen = { platform: "web", space: "s1", id: "c7", name: "Chen", manager: false } as const;
    await act("Ben", "count", { words: "x" }, { named: [chen] });
    expect(await store.read.members.names(CHANNEL, ["c7"])).toEqual(new Map([["c7", "Chen"]]));
  });

  it("refuses missing and malformed options by name, and gives long text back", async () => {
    const { act } = await open();
    expect(wordsOf(await act("Ben", "count"))).toContain("`words`");
    const long = "so many words ".repeat(20);
    const view = await act("Ben", "count", { words: long });
    expect(view.tone).toBe("warn");
    expect(wordsOf(view)).toContain(long.trim());
    expect(ran).toBe(0);
  });

  it.each(["pglite", "postgres"] as const)("runs a repeated id once and gives the same reply (%s)", async (kind) => {
    const { act } = await open(kind);
    const again = () => act("Ben", "count", { words: "x" }, { id: "twice" });
    const replies = await Promise.all([again(), again(), again()]);
    expect(new Set(replies.map(({ title }) => title)).size).toBe(1);
    expect(await again()).toEqual(replies[0]);
    expect(ran).toBe(1);
  });

  it("keeps organizers' commands to organizers", async () => {
    const { act, store } = await open();
    expect((await act("Ben", "setup", { time: "08:00", zone: "UTC" })).title).toBe("Only an organizer can do this");
    expect(await store.read.groups.at(CHANNEL)).toBeUndefined();
    expect((await act("Ada", "setup", { time: "08:00", zone: "UTC" })).tone).toBe("good");
  });

  it("asks for a channel where there is none", async () => {
    const { act } = await open();
    expect((await act("Ada", "daily today", {}, { place: { platform: "web", space: "s1" } })).title).toBe("This needs a channel");
  });

  it("changes nothing and says the invocation's id when there is a bug, and logs it once", async () => {
    const { act, store, logged } = await open();
    const view = await act("Ben", "break", {}, { id: "invocation-with-a-bug" });
    expect(wordsOf(view)).toContain("invocation-with-a-bug");
    expect(wordsOf(view)).not.toContain("a bug.");
    expect(await store.read.groups.at(CHANNEL)).toBeUndefined();
    expect(logged.filter((line) => line.includes("an invocation failed"))).toHaveLength(1);
  });

  it("slows one member down, and nobody else, and takes them again after a while", async () => {
    const { act } = await open();
    const titles: string[] = [];
    for (let press = 0; press < BURST + 2; press++) titles.push((await act("Ben", "help")).title);
    expect(titles.filter((title) => title === "That was a lot at once")).toHaveLength(2);
    expect((await act("Chen", "help")).title).toBe("Drillroom");
    product.now += 3 * SECOND;
    expect((await act("Ben", "help")).title).toBe("Drillroom");
  });

  it("opens a form when required input is missing, prefilled from what was typed", async () => {
    const { engine, act } = await open();
    expect(engine.dispatcher.wantsForm("setup", { time: "07:00" })).toBe(true);
    expect(engine.dispatcher.wantsForm("setup", { time: "07:00", zone: "UTC" })).toBe(false);
    expect(engine.dispatcher.wantsForm("help", {})).toBe(false);
    await act("Ada", "setup", { time: "08:30", zone: "Asia/Kolkata", weekdays: "mon-fri" });
    const who = { platform: "web", space: "s1", id: "ada", name: "Ada", manager: true } as const;
    const opened = await engine.dispatcher.open({ id: "form", path: "setup", input: { time: "07:00" }, who, place: CHANNEL });
    expect(opened).toMatchObject({
      form: {
        fields: [
          { name: "time", value: "07:00" },
          { name: "zone", value: "Asia/Kolkata" },
          { name: "weekdays", value: "mon-fri" },
          { name: "mix", value: "all" },
          { name: "sealed", value: "20" },
        ],
      },
      press: { command: "setup", input: {} },
    });
    expect(
      await engine.dispatcher.open({ id: "form", path: "setup", input: {}, who: { ...who, manager: false, id: "zoe" }, place: CHANNEL }),
    ).toMatchObject({ reply: { title: "Only an organizer can do this" } });
  });

  it("completes zones and cases", async () => {
    const { engine } = await open();
    const who = { platform: "web", space: "s1", id: "ada", name: "Ada", manager: true } as const;
    expect((await engine.dispatcher.complete("setup", "zone", "kolk", who, CHANNEL))[0]).toEqual({
      label: "Asia/Kolkata",
      value: "Asia/Kolkata",
    });
    expect(await engine.dispatcher.complete("mock start", "case", "click", who, CHANNEL)).toEqual([
      { label: "Ad click prediction", value: "ad-click-prediction" },
    ]);
    expect(await engine.dispatcher.complete("nothing", "x", "y", who, CHANNEL)).toEqual([]);
  });

  it("keeps one space out of another's drills and rounds, whatever a forged button says", async () => {
    const { act, store } = await open();
    const group = await firstDrill(product);
    const post = await store.read.posts.newest(group);
    await act("Ben", "mock start", {});
    const [round] = await store.read.rounds.active(group);
    const elsewhere = { place: { platform: "web", space: "s2", channel: "c9" } } as const;
    await act("Ada", "setup", { time: "08:00", zone: "UTC" }, elsewhere);
    expect((await act("Zoe", "daily answer", { post: `${group}/${post?.date}`, answer: "mine" }, elsewhere)).title).toBe(
      "That drill is not of this channel",
    );
    expect((await act("Zoe", "mock take", { round: round?.id, seat: "interviewer" }, elsewhere)).title).toBe("There is no such round here");
    expect((await act("Ada", "mock cancel", { round: round?.id }, elsewhere)).title).toBe("There is no such round here");
    expect((await store.read.rounds.find(round?.id ?? ""))?.interviewers).toEqual([]);
  });

  it("makes ids that fit a button and do not repeat", () => {
    const ids = Array.from({ length: 1_000 }, newId);
    expect(new Set(ids).size).toBe(1_000);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9]{12}$/);
  });
});
