import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commonSlots, offeredSlots, readFree, type Slot, slotAfter, slotsOf } from "../../src/core/pair_times.ts";
import { type Match, PAIR_LEVELS, type Partner, pairUp } from "../../src/core/pairing.ts";
import { DAY } from "../../src/core/place.ts";

const free = (days: string, times: string) => {
  const read = readFree(days, times);
  return "free" in read ? read.free : expect.fail(read.problem);
};

describe("times", () => {
  it.each([
    ["18:00-21:00", "18:00-21:00"],
    ["18-21", "18:00-21:00"],
    ["6 pm to 9 pm, 12:30", "18:00-21:00, 12:30"],
    ["22-24 and 7-8", "22:00-00:00, 07:00"],
    ["22:00-00:00", "22:00-00:00"],
  ])("reads %j, and what it wrote again", (typed, written) => {
    expect(free("mon", typed).times).toBe(written);
    expect(free("mon", written)).toEqual(free("mon", typed));
  });
  it.each(["", "evenings", "18:10", "18:00-18:30", "21-18", "18-21-23", "1-3,1-3,1-3,1-3,1-3,1-3,1-3"])("refuses %j", (typed) => {
    expect(readFree("mon", typed)).toHaveProperty("problem");
  });
  it("refuses days that are none", () => {
    expect(readFree("someday", "18-21")).toHaveProperty("problem");
  });

  it("gives the starts of whole rounds, and those that fit all", () => {
    const monday = slotsOf(free("mon", "18:00-20:00"));
    expect(monday).toEqual([36, 37, 38]);
    expect(commonSlots([monday, slotsOf(free("daily", "19:00-22:00"))])).toEqual([38]);
    expect(commonSlots([monday, slotsOf(free("tue", "18-22"))])).toEqual([]);
  });

  it("offers different days first, in the week after", () => {
    const all = slotsOf(free("mon,wed", "18:00-21:00"));
    const sunday = offeredSlots(all, 6).map((slot) => slotAfter(slot, 6));
    expect(sunday).toEqual([
      { days: 1, time: "18:00" },
      { days: 1, time: "19:00" },
      { days: 3, time: "18:00" },
    ]);
    expect(offeredSlots(slotsOf(free("daily", "18-19")), 2).map((slot) => slotAfter(slot, 2).days)).toEqual([1, 2, 3]);
    // Others may have taken theirs by then; who has no other time is offered the same.
    const others = offeredSlots(all, 6, offeredSlots(all, 6)).map((slot) => slotAfter(slot, 6));
    expect(others).toEqual([
      { days: 1, time: "20:00" },
      { days: 3, time: "19:00" },
      { days: 3, time: "20:00" },
    ]);
    expect(offeredSlots([36], 6, [36, 38])).toEqual([36]);
    // The day of the pairing itself comes a week later.
    expect(slotAfter(2 * 48, 2)).toEqual({ days: 7, time: "00:00" });
  });
});

const partner = (who: string, over: Partial<Partner> = {}): Partner => ({
  who,
  level: "practising",
  slots: [36],
  candidateAt: undefined,
  lastPartners: [],
  ...over,
});
const names = (matches: readonly Match[]) => matches.map((match) => match.map(({ who }) => who).join(" "));
const met = (a: Partner, b: Partner) => a.lastPartners.includes(b.who) || b.lastPartners.includes(a.who);
const repeats = (matches: readonly Match[]): number =>
  matches.reduce((sum, match) => sum + match.reduce((all, a, at) => all + match.slice(at + 1).filter((b) => met(a, b)).length, 0), 0);

/** The fewest repeats of all ways to match, found without the code under test. */
function fewestRepeats(people: readonly Partner[]): number {
  const [first, ...rest] = people;
  if (first === undefined) return 0;
  const options = rest.flatMap((second, at) => {
    const others = rest.toSpliced(at, 1);
    const two = people.length === 3 ? [] : [[first, second]];
    const threes = people.length % 2 === 1 ? others.slice(at).map((third) => [first, second, third]) : [];
    return [...two, ...threes].map((match) => repeats([match]) + fewestRepeats(people.filter((one) => !match.includes(one))));
  });
  return Math.min(...options);
}

const people = (least: number, most: number) =>
  fc
    .array(
      fc.record({
        level: fc.constantFrom(...PAIR_LEVELS),
        slots: fc.uniqueArray(fc.integer({ min: 0, max: 5 }) as fc.Arbitrary<Slot>, { maxLength: 4 }),
        candidateAt: fc.option(
          fc.integer({ min: 1, max: 5 }).map((days) => days * DAY),
          { nil: undefined },
        ),
        lastPartners: fc.uniqueArray(
          fc.integer({ min: 0, max: most - 1 }).map((at) => `m${at}`),
          { maxLength: 2 },
        ),
      }),
      { minLength: least, maxLength: most },
    )
    .map((all): readonly Partner[] =>
      all.map((one, at) => ({ who: `m${at}`, ...one, lastPartners: one.lastPartners.filter((other) => other !== `m${at}`) })),
    );

describe("the pairing", () => {
  it("has everybody in exactly one match, three in one of an odd number, the same in any order", () => {
    fc.assert(
      fc.property(people(2, 24), fc.integer(), (all, turn) => {
        const matches = pairUp(all);
        expect(
          matches
            .flat()
            .map(({ who }) => who)
            .sort(),
        ).toEqual(all.map(({ who }) => who).sort());
        expect(matches.filter(({ length }) => length === 3)).toHaveLength(all.length % 2);
        expect(matches.every(({ length }) => length === 2 || length === 3)).toBe(true);
        const at = Math.abs(turn) % all.length;
        expect(names(pairUp([...all.slice(at), ...all.slice(0, at)]))).toEqual(names(matches));
      }),
      { numRuns: 150 },
    );
  });

  it("repeats no partner when that can be avoided", () => {
    fc.assert(
      fc.property(people(2, 9), (all) => {
        expect(repeats(pairUp(all))).toBe(fewestRepeats(all));
      }),
      { numRuns: 150 },
    );
  });

  it("repeats none in a larger group, week after week", () => {
    fc.assert(
      fc.property(people(11, 30), (all) => {
        let week = all.map((one) => ({ ...one, lastPartners: [] as readonly string[] }));
        for (let nth = 0; nth < 4; nth++) {
          const matches = pairUp(week);
          expect(repeats(matches)).toBe(0);
          week = matches.flatMap((match) =>
            match.map((one) => ({ ...one, lastPartners: match.filter((other) => other !== one).map(({ who }) => who) })),
          );
        }
      }),
      { numRuns: 40 },
    );
  });

  it("matches close levels, those who share a time before that, and who is due with who is not", () => {
    expect(
      names(
        pairUp([
          partner("a", { level: "starting" }),
          partner("b", { level: "interviewing" }),
          partner("c", { level: "starting" }),
          partner("d", { level: "interviewing" }),
        ]),
      ),
    ).toEqual(["a c", "b d"]);
    expect(
      names(
        pairUp([
          partner("a", { slots: [1] }),
          partner("b", { slots: [2] }),
          partner("c", { slots: [1], level: "interviewing" }),
          partner("d", { slots: [2], level: "starting" }),
        ]),
      ),
    ).toEqual(["a c", "b d"]);
    const turns = pairUp([partner("a", { candidateAt: DAY }), partner("b"), partner("c", { candidateAt: DAY }), partner("d")]);
    expect(names(turns)).toEqual(["b a", "d c"]);
  });

  it("takes the seats by turn, and nobody alone", () => {
    const three = [partner("late", { candidateAt: 9 * DAY }), partner("early", { candidateAt: DAY }), partner("never")];
    expect(names(pairUp(three))).toEqual(["never early late"]);
    expect(pairUp([partner("a")])).toEqual([]);
    expect(pairUp([])).toEqual([]);
  });

  it("matches hundreds between two heartbeats", () => {
    const all = Array.from({ length: 400 }, (_, at) =>
      partner(`m${at}`, {
        level: PAIR_LEVELS[at % 3] ?? "starting",
        slots: [at % 7, (at * 5) % 11],
        candidateAt: (at % 13) * DAY,
        lastPartners: [`m${(at * 7) % 400}`],
      }),
    );
    const from = performance.now();
    expect(pairUp(all)).toHaveLength(200);
    expect(performance.now() - from).toBeLessThan(10_000);
  });
});
