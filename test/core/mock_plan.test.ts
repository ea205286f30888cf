import { describe, expect, it } from "vitest";
import {
  APART_MS,
  announce,
  cancelPlan,
  come,
  endPlan,
  FURTHEST_DAYS,
  LATEST_MS,
  MOST_PLANS,
  type MockPlan,
  planDue,
  planTime,
  reminded,
} from "../../src/core/mock_plan.ts";
import { announcementView, comingView, planOverView, plansView, reminderView } from "../../src/core/mock_plan_views.ts";
import { DAY, HOUR, MINUTE } from "../../src/core/place.ts";
import { planned } from "../kit/mock_plan.ts";

const NOW = Date.parse("2026-11-21T12:00:00Z");
const plan = (over: Partial<MockPlan> = {}): MockPlan =>
  planned({ id: "p1", group: "g1", place: { platform: "web", space: "s", channel: "c" }, host: "ada", at: NOW + 3 * DAY, ...over });
const ok = (verdict: ReturnType<typeof come>): MockPlan => (verdict.ok ? verdict.plan : expect.fail(verdict.refusal.title));
const no = (verdict: ReturnType<typeof come>): string => (verdict.ok ? expect.fail("it was allowed") : verdict.refusal.title);
const words = (view: unknown) => JSON.stringify(view);

describe("a planned round", () => {
  it.each([
    ["an hour that is over", { at: NOW }, [], "That hour is over"],
    ["an hour too far away", { at: NOW + FURTHEST_DAYS * DAY + 1 }, [], "That is too far away"],
    ["an hour that is taken", {}, [plan({ at: NOW + 3 * DAY + APART_MS - 1 })], "A round is planned for that hour"],
    ["one plan too many", {}, Array.from({ length: MOST_PLANS }, (_, at) => plan({ at: NOW + (10 + at) * DAY })), "That are many plans"],
  ] as const)("refuses %s", (_what, over, others, title) => {
    expect(no(announce(plan(over), others, NOW))).toBe(title);
  });
  it("takes the next hour, and skips reminders that would come too late", () => {
    expect(ok(announce(plan(), [plan({ at: NOW + 3 * DAY + APART_MS })], NOW)).reminded).toBe(0);
    expect(ok(announce(plan({ at: NOW + 2 * HOUR }), [], NOW)).reminded).toBe(1);
    expect(ok(announce(plan({ at: NOW + MINUTE }), [], NOW)).reminded).toBe(2);
  });

  it("counts the last word of each, who comes in the order they said so", () => {
    let now = ok(come(plan(), "ben", "scorer"));
    now = ok(come(now, "ada", "candidate"));
    expect(now.coming).toEqual([
      { who: "ada", as: "candidate" },
      { who: "ben", as: "scorer" },
    ]);
    now = ok(come(now, "ada", "no"));
    expect([now.coming.map(({ who }) => who), now.notComing]).toEqual([["ben"], ["ada"]]);
    now = ok(come(now, "ada", "any"));
    expect([now.coming.map(({ who }) => who), now.notComing]).toEqual([["ben", "ada"], []]);
    const full = plan({ coming: Array.from({ length: 20 }, (_, at) => ({ who: `m${at}`, as: "any" }) as const) });
    expect(no(come(full, "zoe", "any"))).toBe("There is no more room");
    expect(ok(come(full, "m3", "scorer")).coming).toHaveLength(20);
  });

  it("is cancelled by its host or an organizer, once", () => {
    expect(no(cancelPlan(plan(), "ben", false))).toContain("Only its host");
    expect(ok(cancelPlan(plan(), "zoe", true)).ended).toEqual({ how: "cancelled", by: "zoe" });
    const over = ok(cancelPlan(plan(), "ada", false));
    expect(no(cancelPlan(over, "ada", false))).toBe("That plan is over");
    expect(no(come(over, "ben", "any"))).toBe("That plan is over");
    expect(no(come(endPlan(plan(), { how: "opened" }), "ben", "any"))).toBe("The lobby is open");
  });

  it("has one thing due at a time: a day before, a quarter of an hour before, the hour", () => {
    const two = plan({ coming: [...plan().coming, { who: "ben", as: "any" }] });
    const { at } = two;
    expect([planDue(two), planDue({ ...two, reminded: 1 }), planDue({ ...two, reminded: 2 })]).toEqual([at - DAY, at - 15 * MINUTE, at]);
    expect(planDue(endPlan(two, { how: "opened" }))).toBeUndefined();
    expect(planTime(two, at - DAY - 1)).toBe("nothing");
    expect(planTime(two, at - DAY)).toBe("remind");
    expect(reminded(two, at - DAY).reminded).toBe(1);
    // Down over both: one reminder stands for the two; down over the hour: no reminder at all.
    expect(reminded(two, at - MINUTE).reminded).toBe(2);
    expect(planTime(two, at)).toBe("open");
    expect(planTime(two, at + LATEST_MS)).toBe("open");
    expect(planTime(two, at + LATEST_MS + 1)).toBe("missed");
    expect(planTime(plan(), at)).toBe("alone");
    expect(planTime(endPlan(two, { how: "opened" }), at)).toBe("nothing");
  });

  it("shows who comes as what and whom the ledger would seat, and calls only those who come", () => {
    const two = plan({
      coming: [
        { who: "ada", as: "any" },
        { who: "ben", as: "any" },
      ],
      notComing: ["chen"],
    });
    const view = announcementView(two, new Map([["ada", NOW - DAY]]));
    expect(words(view)).toContain("candidate {member:ben}, for the first time; interviewer {member:ada}");
    expect(words(view)).toContain('"Cannot","value":"{member:chen}"');
    expect(view.notify).toBeUndefined();
    expect(reminderView(two).notify).toEqual(["ada", "ben"]);
    expect(words(reminderView(plan()))).toContain("Nobody else comes yet");
    const secret = plan({ case: "ad-click-prediction" });
    expect(words([announcementView(secret, new Map()), plansView([secret]), reminderView(secret)])).not.toContain("ad-click");
  });

  it("says to those who meant to come how it ended", () => {
    const end = { how: "refused", reason: "A lobby is open already." } as const;
    const over = planOverView(endPlan(plan(), end), end);
    expect([over.title, over.notify]).toEqual(["The lobby could not be opened", ["ada"]]);
    expect(words(announcementView(endPlan(plan(), end), new Map()))).toContain("A lobby is open already.");
    expect(words(announcementView(endPlan(plan(), { how: "opened" }), new Map()))).not.toContain("buttons");
  });

  it("warns whom its case is not new to, unless they interview or score", () => {
    expect(comingView(plan(), "ada", true).tone).toBe("warn");
    expect(comingView(plan({ coming: [{ who: "ada", as: "scorer" }] }), "ada", true).tone).toBe("good");
    expect(comingView(plan(), "zoe", true).title).toBe("You cannot come");
  });
});
