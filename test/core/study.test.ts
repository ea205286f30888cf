import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Plan } from "../../src/core/content.ts";
import { DAY } from "../../src/core/place.ts";
import { caughtUp, dayOf, did, isFinished, LOAD, type Study, startStudy, type Task, ticked } from "../../src/core/study.ts";
import { bank } from "../kit/bank.ts";

const material = { cases: [...bank.cases.keys()], pages: 8 };
const START = Date.parse("2026-10-19T22:00:00Z");
const begin = (plan: Plan, slug = "a-plan"): Study => startStudy(slug, plan, material, START, "Europe/Berlin");

/** Any plan as its days load it, at most LOAD a day, and any part of it done. */
const studies = fc
  .array(fc.record({ tasks: fc.integer({ min: 0, max: LOAD }), done: fc.array(fc.boolean(), { minLength: LOAD, maxLength: LOAD }) }), {
    minLength: 1,
    maxLength: 60,
  })
  .map((days): Study => {
    const tasks = days.flatMap(({ tasks: count, done }, at) =>
      Array.from(
        { length: count },
        (_, nth): Task => ({ kind: "case", ref: `${at}/${nth}`, day: at + 1, ...(done[nth] ? { doneOn: at + 1 } : {}) }),
      ),
    );
    return { plan: "any", from: 0, zone: "UTC", days: days.length, tasks, habits: {} };
  });
const todays = fc.integer({ min: 1, max: 90 });
const open = ({ tasks }: Study) => tasks.filter(({ doneOn }) => doneOn === undefined);
const loads = ({ tasks }: Study) => {
  const load = new Map<number, number>();
  for (const { day } of tasks) load.set(day, (load.get(day) ?? 0) + 1);
  return load;
};

describe("catching up", () => {
  it("loses nothing, keeps the order, and never asks for more than the load a day", () => {
    fc.assert(
      fc.property(studies, todays, (study, today) => {
        const { study: after, late, longer } = caughtUp(study, today);
        const bare = (one: Study) => one.tasks.map(({ kind, ref, doneOn }) => ({ kind, ref, doneOn }));
        expect(bare(after)).toEqual(bare(study));
        const days = open(after).map(({ day }) => day);
        expect(days).toEqual([...days].sort((a, b) => a - b));
        for (const [day, load] of loads(after)) if (day >= today) expect(load).toBeLessThanOrEqual(LOAD);
        expect(late).toBe(open(study).filter(({ day }) => day < today).length);
        expect(after.days - study.days).toBe(longer);
        if (late > 0) for (const { day } of open(after)) expect(day).toBeGreaterThanOrEqual(today);
        for (const [at, { day }] of after.tasks.entries()) expect(day).toBeGreaterThanOrEqual(study.tasks[at]?.day ?? 0);
      }),
    );
  });

  it("moves the end only when every day until then is full", () => {
    fc.assert(
      fc.property(studies, todays, (study, today) => {
        const { study: after, longer } = caughtUp(study, today);
        if (longer === 0) return;
        const load = loads(after);
        for (let day = today; day <= study.days; day++) expect(load.get(day)).toBe(LOAD);
        expect(after.days).toBe(Math.max(...open(after).map(({ day }) => day)));
      }),
    );
  });

  it("changes nothing a second time that day, and nothing for who is on time", () => {
    fc.assert(
      fc.property(studies, todays, (study, today) => {
        const once = caughtUp(study, today).study;
        expect(caughtUp(once, today)).toEqual({ study: once, late: 0, longer: 0 });
        const onTime = { ...study, tasks: study.tasks.map((task) => (task.day < today ? { ...task, doneOn: task.day } : task)) };
        expect(caughtUp(onTime, today).study).toBe(onTime);
      }),
    );
  });

  it("a week away of thirty days is worked in; a month away moves the end", () => {
    const study = begin(bank.plans.get("one-month") as Plan);
    const week = caughtUp(study, 8);
    expect(week).toMatchObject({ late: 14, longer: 0 });
    const month = caughtUp(study, 31);
    expect(month.longer).toBe(Math.ceil(study.tasks.length / LOAD));
    expect(month.late).toBe(study.tasks.length);
  });
});

describe("the plans of the bank", () => {
  it.each([...bank.plans])("%s asks for no more than the load on any day, for rounds as written, and fits its phases", (slug, plan) => {
    const study = begin(plan, slug);
    for (const load of loads(study).values()) expect(load).toBeLessThanOrEqual(LOAD);
    expect(study.tasks.filter(({ kind }) => kind === "mock")).toHaveLength(plan.phases.reduce((sum, { rounds }) => sum + rounds, 0));
    expect(study.tasks.map(({ day }) => day)).toEqual(study.tasks.map(({ day }) => day).sort((a, b) => a - b));
    expect(study.days).toBe(plan.days);
    // Days 1 to 3 are the frameworks and trade-offs, 4 to 10 the cases, from 11 on rounds.
    const kinds = (from: number, to: number) => new Set(study.tasks.filter(({ day }) => day >= from && day <= to).map(({ kind }) => kind));
    expect([...kinds(1, 3)].sort()).toEqual(["framework", "tradeoffs"]);
    expect(kinds(4, 10)).toContain("case");
    expect(kinds(1, 10)).not.toContain("mock");
    expect(kinds(11, plan.days)).toContain("mock");
    // The whole sheet, once, in the first three days.
    expect(study.tasks.filter(({ kind, day }) => kind === "tradeoffs" && day <= 3).map(({ ref }) => ref)).toEqual(["1", "4", "7"]);
    const cases = study.tasks.filter(({ kind }) => kind === "case").map(({ ref }) => ref);
    expect(new Set(cases).size).toBe(Math.min(cases.length, bank.cases.size));
  });

  it("are the three that are promised", () => {
    expect([...bank.plans.values()].map(({ days }) => days).sort((a, b) => a - b)).toEqual([14, 30, 56]);
  });
});

describe("what a member does", () => {
  const study = begin(bank.plans.get("two-weeks") as Plan);
  const first = study.tasks.find(({ kind }) => kind === "case") ?? expect.fail();

  it("ticks the case of that name, even before its day, and each task once", () => {
    const once = did(study, { kind: "case", ref: first.ref ?? "" }, 2);
    expect(once.tasks.filter(({ doneOn }) => doneOn === 2)).toEqual([{ ...first, doneOn: 2 }]);
    expect(did(once, { kind: "case", ref: first.ref ?? "" }, 3)).toBe(once);
    expect(did(study, { kind: "case", ref: "no such case" }, 2)).toBe(study);
  });

  it("ticks a page of the sheet when one is due, and a round whenever it is played", () => {
    const paged = did(study, { kind: "tradeoffs" }, 1);
    expect(did(paged, { kind: "tradeoffs" }, 1)).toBe(paged);
    expect(did(paged, { kind: "tradeoffs" }, 2)).not.toBe(paged);
    expect(did(study, { kind: "mock" }, 1).tasks.find(({ kind }) => kind === "mock")?.doneOn).toBe(1);
  });

  it("keeps a habit for the day, and a tick can be taken back", () => {
    expect(did(study, { habit: "drill" }, 4).habits).toEqual({ drill: 4 });
    const at = study.tasks.indexOf(first);
    expect(ticked(ticked(study, at, 5), at, undefined)).toEqual(study);
    expect(isFinished(study.tasks.reduce((one, _, place) => ticked(one, place, 1), study))).toBe(true);
  });
});

it("counts days over a change of the clock", () => {
  // Berlin leaves summer time on 25 October 2026: that day has 25 hours.
  const study = begin(bank.plans.get("two-weeks") as Plan);
  expect(dayOf(study, START)).toBe(1);
  expect(dayOf(study, START + 5 * DAY)).toBe(6);
  expect(dayOf(study, START + 6 * DAY + DAY / 24)).toBe(7);
});
