/**
 * Four hundred days of three groups in three zones, with downtime and clock changes, against a table
 * that make_table.py made from the product's description without the code under test.
 */
import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { HOUR, type Instant, type Place } from "../../../src/core/place.ts";
import { streakOf } from "../../../src/core/streak.ts";
import { openProduct, type Product } from "../../kit/product.ts";

const START = Date.parse("2027-01-01T00:00:00Z");
const END = START + 400 * 24 * HOUR;

const GROUPS = {
  york: { time: "02:30", zone: "America/New_York", weekdays: "daily" },
  nepal: { time: "18:45", zone: "Asia/Kathmandu", weekdays: "mon-fri", catchup: 12 },
  howe: { time: "01:45", zone: "Australia/Lord_Howe", weekdays: "mon,wed,fri,sun", sealed: 48, catchup: 2 },
} as const;
type Name = keyof typeof GROUPS;
const NAMES = Object.keys(GROUPS) as Name[];

/** Times at which the bot is not there, as in make_table.py. */
const DOWN = [
  ["2027-01-20T13:30Z", "2027-01-20T14:45Z"],
  ["2027-03-14T06:00Z", "2027-03-14T11:00Z"],
  ["2027-04-03T12:00Z", "2027-04-03T16:30Z"],
  ["2027-05-03T00:00Z", "2027-05-06T12:00Z"],
  ["2027-07-15T07:29Z", "2027-07-15T13:30Z"],
  ["2027-07-20T07:29Z", "2027-07-20T13:31Z"],
  ["2027-10-02T14:00Z", "2027-10-02T20:00Z"],
  ["2027-11-07T05:00Z", "2027-11-07T09:00Z"],
  ["2028-01-10T00:00Z", "2028-01-12T00:00Z"],
].map((times) => times.map((time) => Date.parse(time)) as [Instant, Instant]);
const up = (at: Instant): Instant => DOWN.find(([from, to]) => at >= from && at < to)?.[1] ?? at;

const place = (channel: Name) => ({ platform: "web", space: "s1", channel }) as const satisfies Place;
const answers = (member: string, nth: number): boolean => (member === "Ann" ? nth % 11 !== 5 : nth % 12 < 9);
const ANSWERS = {
  open: "We begin with the traffic.",
  choice: "1",
  estimate: "5",
  order: "1 2 3 4 5 6",
  draw: "client -> gateway",
} as const;

interface Played {
  readonly ids: ReadonlyMap<Name, string>;
  /** When the message of that key was first delivered. */
  readonly delivered: ReadonlyMap<string, Instant>;
}

/** Plays the whole time: who answers does so an hour after a post. */
async function play(product: Product): Promise<Played> {
  const ids = new Map<Name, string>();
  product.now = START;
  for (const name of NAMES) {
    await product.act("Ada", "setup", GROUPS[name], { place: place(name) });
    ids.set(name, (await product.store.read.groups.at(place(name)))?.id ?? expect.fail("no group"));
  }
  await product.act("Ada", "daily off", { days: "2027-12-24 to 2028-01-01" }, { place: place("york") });
  await product.act("Ada", "daily off", { days: "2027-06-14" }, { place: place("howe") });

  const delivered = new Map<string, Instant>();
  const answering: { at: Instant; name: Name; nth: number }[] = [];
  const posted = new Map<Name, number>();
  product.onDeliver = ({ kind, key, to }) => {
    expect(delivered.has(key), `${key} a second time`).toBe(false);
    delivered.set(key, product.now);
    if (kind !== "post" || key.split("/").length !== 3) return;
    const name = to.channel as Name;
    const nth = posted.get(name) ?? 0;
    posted.set(name, nth + 1);
    answering.push({ at: product.now + HOUR, name, nth });
  };
  while (product.now < END) {
    answering.sort((a, b) => a.at - b.at);
    const due = (await product.store.nextDue(product.now)) ?? END;
    const next = Math.min(due, answering[0]?.at ?? END, END);
    product.now = up(next);
    await product.engine.beat();
    // Whoever finds the bot away does not come back for it.
    while (answering[0] && answering[0].at <= product.now) {
      const { at, name, nth } = answering.shift() ?? expect.fail();
      if (at === product.now && up(at) === at) await answer(product, name, ids.get(name) ?? "", nth);
    }
  }
  return { ids, delivered };
}

async function answer(product: Product, name: Name, group: string, nth: number): Promise<void> {
  const post = await product.store.read.posts.newest(group);
  const drill = product.library.drills.get(post?.drill ?? "") ?? expect.fail("no drill");
  const given = drill.kind === "order" ? drill.items.map((_, at) => at + 1).join(" ") : ANSWERS[drill.kind];
  for (const who of ["Ann", "Bo"])
    if (answers(who, nth)) {
      const view = await product.act(who, "daily answer", { answer: given }, { place: place(name) });
      expect(view.tone, view.title).not.toBe("warn");
    }
}

/** Keys of the drills that a group got. */
const postsOf = (name: Name, { ids, delivered }: Played): readonly string[] =>
  [...delivered.keys()].filter((key) => key.startsWith(`post/${ids.get(name)}/`) && key.split("/").length === 3);

/** What happened to a group, in the lines of the table. Days with neither a post nor a skip are none. */
async function happened(product: Product, name: Name, { ids, delivered }: Played, dates: readonly string[]): Promise<readonly string[]> {
  const group = ids.get(name) ?? "";
  const { posts } = product.store.read;
  const histories = await Promise.all(["ann", "bo"].map((member) => posts.days(group, member)));
  const states = await Promise.all(dates.map((date) => posts.find({ group, date, edition: 1 })));
  const count = postsOf(name, { ids, delivered }).length;
  let nth = 0;
  return states.map((post, at) => {
    const day = `${name},${dates[at]}`;
    if (post?.state === "skipped") return `${day},skipped,,,,,,`;
    const [posted, revealed] = ["", "/reveal"].map((part) => delivered.get(`post/${group}/${dates[at]}${part}`));
    nth++;
    const streaks = histories.map((history) => {
      // A history begins with the member's first answer.
      const until = history.slice(0, Math.max(0, nth - (count - history.length)));
      const { current, freezes } = streakOf(until);
      return `${until.at(-1)?.answered ? "x" : "-"},${current}/${freezes}`;
    });
    return `${day},posted,${minute(posted)},${minute(revealed)},${streaks.join(",")}`;
  });
}

const minute = (at: Instant | undefined): string => (at === undefined ? "never" : `${new Date(at).toISOString().slice(0, 16)}Z`);

it("posts, reveals, catches up, skips and counts as the table says", { timeout: 600_000 }, async () => {
  const table = (await readFile(new URL("table.csv", import.meta.url), "utf8")).trim().split("\n").slice(1);
  const product = await openProduct();
  try {
    const played = await play(product);
    for (const name of NAMES) {
      // What lies past the end has not been revealed when we stop.
      const wanted = table.filter((line) => line.startsWith(`${name},`) && (line.split(",")[4] ?? "") <= minute(END));
      const dates = wanted.map((line) => line.split(",")[1] ?? "");
      expect(await happened(product, name, played, dates)).toEqual(wanted);
      // Nothing beside the table: one post for each of its days.
      expect(postsOf(name, played).length).toBe(table.filter((line) => line.startsWith(`${name},`) && line.includes(",posted,")).length);
    }
  } finally {
    await product.close();
  }
});
