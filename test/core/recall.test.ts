/** When cards come back, and which one is next. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY, MINUTE } from "../../src/core/place.ts";
import { intervalInWords, LONGEST_INTERVAL, type Memory, previewed, RATINGS, type Rating, reviewed } from "../../src/core/recall.ts";
import { NEW_A_DAY, roomForNew, type SessionCard, sessionOf } from "../../src/core/recall_session.ts";
import { chooseGroupView } from "../../src/core/recall_views.ts";

const NOW = Date.parse("2026-11-23T18:00:00Z");
const rating = fc.constantFrom(...RATINGS);
/** A history: how it went, and how many minutes late the card was looked at. */
const history = fc.array(fc.tuple(rating, fc.integer({ min: 0, max: 60 * 24 * 20 })), { maxLength: 12 });

const live = (steps: readonly (readonly [Rating, number])[]): { memory: Memory | undefined; now: number } =>
  steps.reduce(
    ({ memory, now }, [how, late]) => {
      const next = reviewed(memory, how, now);
      return { memory: next as Memory | undefined, now: next.due + late * MINUTE };
    },
    { memory: undefined as Memory | undefined, now: NOW },
  );

describe("a card's memory", () => {
  it("comes back within minutes, or after days, the first time", () => {
    const next = previewed(undefined, NOW);
    expect(RATINGS.map((one) => intervalInWords(next[one] - NOW))).toEqual(["10 min", "15 min", "2 d", "8 d"]);
  });

  it("is put off further the better it went, whatever happened before", () => {
    fc.assert(
      fc.property(history, (steps) => {
        const { memory, now } = live(steps);
        const next = previewed(memory, now);
        const waits = RATINGS.map((one) => next[one] - now);
        expect(waits).toEqual([...waits].sort((a, b) => a - b));
        expect(waits[0]).toBeGreaterThan(0);
        expect(waits[3]).toBeLessThanOrEqual((LONGEST_INTERVAL + 2) * DAY);
      }),
    );
  });

  it("does what its button said, and the same every time", () => {
    fc.assert(
      fc.property(history, rating, (steps, how) => {
        const { memory, now } = live(steps);
        const after = reviewed(memory, how, now);
        expect(after.due).toBe(previewed(memory, now)[how]);
        expect(reviewed(memory, how, now)).toEqual(after);
      }),
    );
  });

  it("survives being stored: as JSON it goes on as it would have", () => {
    fc.assert(
      fc.property(history, rating, (steps, how) => {
        const { memory, now } = live(steps);
        const stored = memory && (JSON.parse(JSON.stringify(memory)) as Memory);
        expect(reviewed(stored, how, now)).toEqual(reviewed(memory, how, now));
      }),
    );
  });

  it("grows with good answers and falls with a forgotten one", () => {
    const { memory } = live([
      ["good", 0],
      ["good", 0],
      ["good", 0],
    ]);
    const forgotten = live([
      ["good", 0],
      ["good", 0],
      ["good", 0],
      ["again", 0],
    ]).memory;
    expect(memory?.interval).toBe(46);
    expect(forgotten).toMatchObject({ phase: "relearning", lapses: 1 });
    expect(forgotten?.stability).toBeLessThan(memory?.stability ?? 0);
  });

  it.each([
    [10 * MINUTE, "10 min"],
    [5 * 60 * MINUTE, "5 h"],
    [2 * DAY, "2 d"],
    [59 * DAY, "59 d"],
    [180 * DAY, "6 mo"],
    [1, "1 min"],
  ])("says %i ms as %s", (ms, words) => expect(intervalInWords(ms)).toBe(words));
});

describe("a session", () => {
  const dayEnds = Date.parse("2026-11-24T00:00:00Z");
  const clock = { now: NOW, dayEnds };
  let serial = 0;
  const card = (over: Partial<SessionCard> = {}): SessionCard => ({
    id: ++serial,
    ref: `tradeoff/${serial}`,
    origin: "deck",
    addedAt: NOW - DAY,
    place: 0,
    memory: undefined,
    revision: 0,
    ...over,
  });
  const due = (phase: Memory["phase"], at: number): Memory => ({ ...reviewed(undefined, "good", NOW - 3 * DAY), phase, due: at });

  it("asks what is due before what is new, and what is due on this day already counts", () => {
    const fresh = card();
    const tonight = card({ memory: due("review", dayEnds - 1) });
    const early = card({ memory: due("review", NOW - DAY) });
    const tomorrow = card({ memory: due("review", dayEnds) });
    expect(sessionOf([fresh, tonight, tomorrow, early], 0, 0, clock)).toEqual({ next: early, due: 2, fresh: 1, nextAt: undefined });
    expect(sessionOf([fresh, tomorrow], 0, 0, clock).next).toBe(fresh);
    expect(sessionOf([tomorrow], 0, 0, clock)).toEqual({ next: undefined, due: 0, fresh: 0, nextAt: dayEnds });
    // The deck has something for tomorrow, even when what was learned comes back later.
    const later = card({ memory: due("review", dayEnds + 5 * DAY) });
    expect(sessionOf([later], NEW_A_DAY, 3, clock).nextAt).toBe(dayEnds);
    expect(sessionOf([later], NEW_A_DAY, 0, clock).nextAt).toBe(dayEnds + 5 * DAY);
  });

  it("brings a forgotten card back at its end, ahead of time when nothing else is left", () => {
    const soon = card({ memory: due("relearning", NOW + 10 * MINUTE) });
    const fresh = card();
    expect(sessionOf([soon, fresh], 0, 0, clock)).toMatchObject({ next: fresh, due: 1, fresh: 1 });
    expect(sessionOf([soon], 0, 0, clock)).toMatchObject({ next: soon, due: 1 });
    const later = card({ memory: due("relearning", NOW + 30 * MINUTE) });
    expect(sessionOf([later], 0, 0, clock)).toMatchObject({ next: undefined, nextAt: NOW + 30 * MINUTE });
  });

  it("shows what was missed before the deck, the latest and heaviest first", () => {
    const deck = [card({ place: 1 }), card({ place: 0, addedAt: NOW - 2 * DAY })];
    const old = card({ origin: "round", addedAt: NOW - 5 * DAY });
    const light = card({ origin: "drill", place: 1, addedAt: NOW });
    const heavy = card({ origin: "drill", place: 0, addedAt: NOW });
    const order: number[] = [];
    let left = [...deck, old, light, heavy];
    for (let next = sessionOf(left, 0, 0, clock).next; next; next = sessionOf(left, 0, 0, clock).next) {
      order.push(next.id);
      left = left.filter(({ id }) => id !== next?.id);
    }
    expect(order).toEqual([heavy, light, old, deck[1], deck[0]].map((one) => one?.id));
  });

  it("never shows more new cards a day than it says", () => {
    fc.assert(
      fc.property(fc.nat(40), fc.nat(12), (count, introduced) => {
        const cards = Array.from({ length: count }, () => card());
        const { fresh, next, nextAt } = sessionOf(cards, introduced, 0, clock);
        expect(fresh).toBe(Math.min(count, Math.max(0, NEW_A_DAY - introduced)));
        expect(next === undefined).toBe(fresh === 0);
        if (count > 0 && fresh === 0) expect(nextAt).toBe(dayEnds);
        expect(sessionOf(cards, introduced, 5, clock).fresh).toBe(Math.min(count + 5, Math.max(0, NEW_A_DAY - introduced)));
        expect(roomForNew(cards, introduced)).toBe(Math.max(0, NEW_A_DAY - introduced - count));
      }),
    );
  });
});

describe("who is in many groups", () => {
  it("can choose each of them", () => {
    const groups = Array.from({ length: 7 }, (_, nth) => ({ id: `g${nth + 1}`, channel: `c${nth + 1}` }));
    const rows = chooseGroupView(groups, "recall").blocks.flatMap((block) => (block.kind === "buttons" ? [block.buttons] : []));
    expect(rows.map((row) => row.map(({ label, input }) => `${label} ${input.group}`))).toEqual([
      ["Group 1 g1", "Group 2 g2", "Group 3 g3", "Group 4 g4", "Group 5 g5"],
      ["Group 6 g6", "Group 7 g7"],
    ]);
  });
});
