import { afterEach, describe, expect, it } from "vitest";
import { DeliveryError } from "../../src/app/messenger.ts";
import { unmetered } from "../../src/app/meter.ts";
import { DAY, HOUR } from "../../src/core/place.ts";
import { CHANNEL, firstDrill, groupOf, openProduct, type Product, setUp, wordsOf } from "../kit/product.ts";

let product: Product;
afterEach(() => product.close());
const open = async () => {
  product = await openProduct();
  return product;
};
const posted = () => product.said("Daily drill").filter(({ kind }) => kind === "post").length;
const SCHEDULE = { time: "08:00", zone: "Europe/Berlin" };

describe("setup", () => {
  it("sets the mix, the sealed hours and the catch-up window, and keeps what is not said", async () => {
    const { act } = await open();
    await act("Ada", "setup", { ...SCHEDULE, mix: "estimate, order", sealed: 48, catchup: 3 });
    expect(await groupOf(product)).toMatchObject({ kinds: ["estimate", "order"], sealedHours: 48, catchUpHours: 3, organizers: ["ada"] });
    await act("Ada", "setup", { ...SCHEDULE, time: "09:30" });
    expect(await groupOf(product)).toMatchObject({ kinds: ["estimate", "order"], sealedHours: 48, schedule: { time: "09:30" } });
    await act("Ada", "setup", { ...SCHEDULE, mix: "all" });
    expect((await groupOf(product)).kinds).toEqual([]);
    for (const wrong of [{ mix: "nonsense" }, { mix: "open nonsense" }])
      expect((await act("Ada", "setup", { ...SCHEDULE, ...wrong })).title).toBe("The mix cannot be read");
    expect((await act("Ada", "setup", { ...SCHEDULE, sealed: 100 })).title).toBe("That cannot be read");
  });

  it("follows a study plan by the drills that were posted", async () => {
    const { act, pass, store } = await open();
    await act("Ada", "setup", { ...SCHEDULE, mix: "two weeks" });
    const { id, plan } = await groupOf(product);
    expect(plan?.slug).toBe("two-weeks");
    expect(wordsOf(await act("Ada", "daily status"))).toContain("day 1 of 14");
    await pass(HOUR);
    for (let day = 1; day < 10; day++) await pass(DAY);
    // Changing the time goes on with the plan.
    await act("Ada", "setup", { ...SCHEDULE, time: "08:10", mix: "two-weeks" });
    expect((await groupOf(product)).plan).toEqual(plan);
    const kinds = (await store.read.posts.drillsSeen(id)).map((drill) => drill.split("/")[0] ?? "");
    for (const kind of kinds.slice(0, 3)) expect(["choice", "estimate"]).toContain(kind);
    for (const kind of kinds.slice(3, 10)) expect(["open", "quick", "draw", "order", "estimate"]).toContain(kind);
  });

  it("says which permissions are missing, and how to grant them", async () => {
    const { act } = await open();
    product.permissions = [
      { name: "Send Messages", granted: true, fix: "" },
      { name: "Create Public Threads", granted: false, fix: "to open the thread. Allow it in the channel's settings." },
    ];
    const view = await act("Ada", "setup", SCHEDULE);
    expect(view.tone).toBe("warn");
    expect(wordsOf(view)).toContain("✕ **Create Public Threads** to open the thread.");
    product.permissions = [{ name: "Send Messages", granted: true, fix: "" }];
    expect(wordsOf(await act("Ada", "setup", SCHEDULE))).toContain("may do all it needs here: Send Messages");
  });

  it("tells what could not be said in a direct message, once", async () => {
    const { act, pass } = await open();
    await setUp(product);
    product.onDeliver = ({ kind }) => {
      if (kind === "notice") throw new DeliveryError("This member takes no direct messages.", { retry: false });
    };
    await pass(HOUR + 3 * DAY + 8 * HOUR);
    await pass(0);
    expect(wordsOf(await act("Ada", "setup", SCHEDULE))).toContain("While you could not be reached: A daily drill was skipped");
    expect(wordsOf(await act("Ada", "setup", SCHEDULE))).not.toContain("While you could not be reached");
  });
});

describe("an organizer", () => {
  it("pauses and resumes, without a backlog", async () => {
    const { act, pass } = await open();
    await firstDrill(product);
    expect((await act("Ben", "daily pause")).title).toBe("Only an organizer can do this");
    expect((await act("Ada", "daily pause")).title).toBe("Paused");
    expect((await act("Ada", "daily pause")).title).toBe("It is paused already");
    await pass(5 * DAY);
    expect(posted()).toBe(1);
    expect((await act("Ada", "daily now")).title).toBe("The daily drill is paused");
    expect((await act("Ada", "daily resume")).title).toBe("It goes on");
    expect((await act("Ada", "daily resume")).title).toBe("It is not paused");
    await pass(HOUR);
    expect(posted()).toBe(1);
    await pass(DAY);
    expect(posted()).toBe(2);
  });

  it("marks days off: no drill, no broken streak, and none in the preview", async () => {
    const { act, pass, store } = await open();
    const id = await firstDrill(product);
    await act("Ben", "daily answer", { answer: "1" });
    expect((await act("Ada", "daily off", { days: "2026-11-24 to 2026-11-26" })).title).toBe("Marked");
    expect(wordsOf(await act("Ada", "daily status"))).toContain("2026-11-24 to 2026-11-26");
    const next = (await store.read.calendar.upcoming({ ...SCHEDULE, weekdays: 127 }, product.now, 1, id))[0];
    expect(new Date(next ?? 0).toISOString()).toBe("2026-11-27T07:00:00.000Z");
    for (let day = 0; day < 3; day++) await pass(DAY);
    expect(posted()).toBe(1);
    expect(product.sent.filter(({ kind }) => kind === "notice")).toHaveLength(0);
    await pass(DAY);
    expect(posted()).toBe(2);
    expect(await store.read.posts.days(id, "ben")).toEqual([
      { answered: true, open: false },
      { answered: false, open: true },
    ]);
    // A day of a longer stretch: marking it again shortens nothing, taking it back leaves the rest.
    await act("Ada", "daily off", { days: "2026-12-24 to 2027-01-02" });
    await act("Ada", "daily off", { days: "2026-12-24" });
    expect((await act("Ada", "daily off", { days: "2026-12-31", back: true })).title).toBe("Taken back");
    expect(await store.read.daysOff.from(id, "2026-12-01")).toEqual([
      { first: "2026-12-24", last: "2026-12-30" },
      { first: "2027-01-01", last: "2027-01-02" },
    ]);
    for (const [days, title] of [
      ["tomorrow", "Those are no days"],
      ["2026-02-30", "Those are no days"],
      ["2026-12-31 to 2026-12-01", "Those are no days"],
      ["2020-01-01", "They are over"],
    ] as const)
      expect((await act("Ada", "daily off", { days })).title, days).toBe(title);
  });

  it("learns why a drill was chosen", async () => {
    const { act } = await open();
    await firstDrill(product);
    const words = wordsOf(await act("Ada", "daily why"));
    expect(words).toMatch(/\d+ of \d+ that your mix allows had not come yet/);
    expect((await act("Ben", "daily why")).title).toBe("Only an organizer can do this");
  });

  it("names another one, by name, and takes it back", async () => {
    const { act, engine } = await open();
    await setUp(product);
    expect((await act("Ben", "daily pause")).title).toBe("Only an organizer can do this");
    expect((await act("Ada", "daily organizer", { member: "Nobody" })).title).toBe("Nobody of that name was seen here");
    const member = { platform: "web", space: CHANNEL.space, id: "ada", name: "Ada", manager: true } as const;
    const choices = await engine.dispatcher.complete("daily organizer", "member", "be", member, CHANNEL);
    expect(choices).toEqual([{ label: "Ben", value: "ben" }]);
    expect((await act("Ada", "daily organizer", { member: "ben" })).title).toBe("One more organizer");
    expect((await act("Ben", "daily pause")).title).toBe("Paused");
    expect((await act("Ada", "daily organizer", { member: "Ben" })).title).toBe("No organizer any more");
    expect((await act("Ben", "daily resume")).title).toBe("Only an organizer can do this");
  });
});

it("replaces nothing while paused, and gives the day another drill when its own was seen by nobody", async () => {
  const { act, pass, store } = await open();
  const id = await setUp(product);
  product.onDeliver = ({ kind }) => {
    if (kind === "post") throw new DeliveryError("No permission.", { retry: false });
  };
  await pass(HOUR);
  expect((await act("Ada", "daily skip")).title).toBe("There is no drill yet");
  product.onDeliver = undefined;
  await act("Ada", "daily resume");
  expect((await act("Ada", "daily now")).title).toBe("On its way");
  await pass(0);
  expect(await store.read.posts.newest(id)).toMatchObject({ date: "2026-11-23", edition: 2, state: "open" });
  await act("Ada", "daily pause");
  expect((await act("Ada", "daily skip")).title).toBe("The daily drill is paused");
});

it("keeps a drill open as long as promised when it came late", async () => {
  const { pass, store } = await open();
  const id = await setUp(product);
  let away = true;
  product.onDeliver = () => {
    if (away) throw new DeliveryError("Away.", { retry: true, afterMs: 200 });
  };
  await pass(HOUR);
  away = false;
  await new Promise((soon) => setTimeout(soon, 400));
  await pass(3 * HOUR);
  const post = await store.read.posts.newest(id);
  expect(post?.deliveredAt).toBe(product.now);
  expect(post?.revealAt).toBe(product.now + 20 * HOUR);
  await pass(0);
  expect(product.said("Daily drill").map(({ kind }) => kind)).toEqual(["post", "edit"]);
});

it("gives what waited for its platform no later than the catch-up window, and tells of the rest", async () => {
  const { store, engine } = await open();
  await setUp(product);
  await engine.stop();
  const { tick } = (await import("../../src/app/tick.ts")).createTick({
    store,
    library: product.library,
    log: (await import("../../src/operations/log.ts")).createLog("silent", []),
    meter: unmetered,
    isIn: async () => true,
  });
  const { id } = await groupOf(product);
  product.now += HOUR;
  await tick(product.now, []);
  expect(await store.read.posts.newest(id)).toBeUndefined();
  await tick(product.now + 7 * HOUR, ["web"]);
  expect((await store.read.posts.find({ group: id, date: "2026-11-23", edition: 1 }))?.state).toBe("skipped");
});
