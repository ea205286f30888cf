import { afterEach, describe, expect, it } from "vitest";
import { DAY, HOUR } from "../../src/core/place.ts";
import type { DatabaseKind } from "../kit/database.ts";
import { buttonOf, CHANNEL, groupOf, MONDAY, openProduct, openQuietly, type Product, wordsOf } from "../kit/product.ts";
import { buttonsOf } from "../kit/view.ts";

let product: Product;
afterEach(() => product.close());
/** A group in Berlin; it is Monday, 07:00, and the pairing comes on Sunday at 18:00. */
const open = async (kind?: DatabaseKind) => {
  product = await openQuietly(kind);
  return product;
};
const SUNDAY = MONDAY + 6 * DAY + 11 * HOUR;
const join = (who: string, times = "18:00-21:00", days = "mon,wed", level = "practising") =>
  product.act(who, "mock pair", { action: "join", level, days, times });
/** Of the pairing alone: the group's weekly digest has an hour of its own. */
const pairingDue = async () => (await product.store.agenda(product.now)).pairings;
const pairs = () => product.said("of the week").filter(({ kind }) => kind === "post");

describe("the weekly pairing", () => {
  it("matches on Sunday evening, and a press turns a proposed time into a plan", async () => {
    const { press, pass, store } = await open();
    const reply = await join("Ben");
    expect([reply.title, wordsOf(reply)]).toEqual(["You are in the weekly pairing", expect.stringContaining(`{time:${SUNDAY}:datetime}`)]);
    await join("Chen", "19:00-22:00");
    expect(await pairingDue()).toBe(SUNDAY);
    await pass(SUNDAY - product.now - 1);
    expect(pairs()).toHaveLength(0);
    await pass(1);
    const [match] = pairs();
    expect(match?.view.notify).toEqual(["ben", "chen"]);
    if (!match) return;
    const buttons = buttonsOf(match.view);
    expect(buttons.map(({ label }) => label)).toEqual(["Mon 30 Nov 19:00", "Mon 30 Nov 20:00", "Wed 2 Dec 19:00"]);
    const [monday, , wednesday] = buttons;
    if (!monday || !wednesday) return;
    expect((await press("Dan", monday)).title).toBe("These times are not yours");
    expect((await press("Ben", monday, { place: { ...CHANNEL, channel: "c2" } })).title).toBe("There is no such match here");
    expect((await press("Chen", wednesday)).title).toBe("The round is planned");
    expect((await press("Ben", monday)).title).toBe("It is planned already");
    await pass(0);
    expect(await store.read.plans.ahead((await groupOf(product)).id)).toMatchObject([
      {
        at: Date.parse("2026-12-02T18:00:00Z"),
        host: "chen",
        coming: [
          { who: "ben", as: "candidate" },
          { who: "chen", as: "interviewer" },
        ],
      },
    ]);
    expect(wordsOf(product.said("Mock pair of the week").at(-1)?.view ?? match.view)).toContain("Planned for");
    expect(product.said("mock round is planned").map(({ view }) => view.notify)).toEqual([["ben"]]);
  });

  it("meets nobody twice in a row, leaves out who left, and asks for partners of one alone", async () => {
    const { act, pass } = await open();
    for (const who of ["Ben", "Chen", "Dan", "Eve"]) await join(who);
    await pass(SUNDAY - product.now);
    const first = pairs().map(({ view }) => view.notify?.join(" "));
    await pass(7 * DAY);
    const second = pairs()
      .slice(2)
      .map(({ view }) => view.notify?.join(" "));
    expect([first.length, second.length]).toEqual([2, 2]);
    expect(second.filter((pair) => first.includes(pair))).toEqual([]);
    await act("Dan", "mock pair", { action: "leave" });
    expect((await act("Dan", "mock pair", { action: "leave" })).title).toBe("You are not in the pairing here");
    await pass(7 * DAY);
    expect(pairs().at(-1)?.view).toMatchObject({ title: "Mock partners of the week", notify: { length: 3 } });
    for (const who of ["Chen", "Eve"]) await act(who, "mock pair", { action: "leave" });
    await pass(7 * DAY);
    expect(product.said("looks for a mock partner")).toHaveLength(1);
    await act("Ben", "mock pair", { action: "leave" });
    expect(await pairingDue()).toBeUndefined();
  });

  it("matches once, however many ticks come at once, and not at all days later", async () => {
    const { engine } = await open("postgres");
    for (const who of ["Ben", "Chen"]) await join(who);
    product.now = SUNDAY;
    await Promise.all(Array.from({ length: 4 }, () => engine.beat()));
    expect(pairs()).toHaveLength(1);
    await product.pass(7 * DAY + 4 * DAY);
    expect(pairs()).toHaveLength(1);
    expect(await pairingDue()).toBe(SUNDAY + 14 * DAY);
  });

  it("matches once a week also where the zone was set since, and Sunday evening comes again", async () => {
    product = await openProduct();
    const { act, pass } = product;
    for (const who of ["Ben", "Chen"]) await join(who, "18-22", "daily");
    await act("Ada", "setup", { time: "08:00", zone: "America/New_York", weekdays: "daily" });
    await act("Ada", "daily pause");
    await pass(Date.parse("2026-11-29T18:00:00Z") - product.now);
    const [match] = pairs();
    if (!match) return expect.fail("no match");
    await product.press("Ben", buttonOf(match.view, "Mon 30 Nov 18:00"));
    await pass(8 * HOUR);
    expect((await product.press("Chen", buttonOf(match.view, "Mon 30 Nov 18:00"))).title).toBe("It is planned already");
    expect(pairs()).toHaveLength(1);
    expect(await pairingDue()).toBe(Date.parse("2026-12-06T23:00:00Z"));
  });

  it("asks for what it needs, refuses what cannot be read, and changes what was said", async () => {
    const { act, engine } = await open();
    expect((await act("Ben", "mock pair", { action: "join" })).title).toBe("When can you play?");
    expect((await join("Ben", "evenings @everyone")).title).toBe("Your times cannot be read");
    expect((await join("Ben", "18-20", "someday")).title).toBe("Your times cannot be read");
    await join("Ben", "18-20", "mon-fri");
    const changed = await act("Ben", "mock pair", { action: "join", level: "interviewing" });
    expect(wordsOf(changed)).toContain("Interviewing");
    expect(wordsOf(changed)).toContain("Monday to Friday, 18:00-20:00");
    const who = { platform: "web", space: CHANNEL.space, id: "ben", name: "Ben", manager: false } as const;
    const opened = await engine.dispatcher.open({ id: "form", path: "mock pair", input: {}, who, place: CHANNEL });
    if (!("form" in opened)) return expect.fail("no form");
    expect(opened.form.fields.map((field) => ("value" in field ? field.value : undefined))).toEqual([
      "interviewing",
      "mon-fri",
      "18:00-20:00",
    ]);
    expect(opened.press.input).toEqual({ action: "join" });
  });

  it("proposes no time where none fits, and says what to do", async () => {
    await open();
    await join("Ben", "18-20", "mon");
    await join("Chen", "18-20", "tue");
    await product.pass(SUNDAY - product.now);
    expect(wordsOf(pairs()[0]?.view ?? expect.fail("no match"))).toContain("no time in common");
    expect(() => buttonOf(pairs()[0]?.view ?? expect.fail("no match"), "Mon 30 Nov 18:00")).toThrow();
  });
});
