/** What a member's answers and rounds say of them, and what is proposed next. */
import { describe, expect, it } from "vitest";
import { STEPS } from "../../src/core/content.ts";
import { drillsOf } from "../../src/core/drill.ts";
import { altOf } from "../../src/core/picture.ts";
import { DAY } from "../../src/core/place.ts";
import { type Answered, profileOf, type Situation, suggestionFor, systemShareOf } from "../../src/core/progress.ts";
import { type Progress, progressView } from "../../src/core/progress_views.ts";
import { bank } from "../kit/bank.ts";

const NOW = Date.parse("2026-11-23T18:00:00Z");
const drills = drillsOf(bank);

const answered = (drill: string, coverage: number, states: Answered["states"] = {}): Answered => ({ drill, coverage, states });
const round = { at: NOW, level: 3, coverage: [0.5, null, 1, 0, 0, 0, 0], system: 7, ml: 3 };

describe("a profile", () => {
  it("is the mean over drills and rounds of each step, and says of how many", () => {
    const profile = profileOf([answered("open/news-feed/requirements", 1), answered("gone/x", 1)], [round], drills);
    expect(profile[0]).toEqual({ step: "requirements", coverage: 0.75, answers: 2 });
    expect(profile[1]).toEqual({ step: "framing", coverage: undefined, answers: 0 });
    expect(profile[3]).toEqual({ step: "features", coverage: 0, answers: 1 });
    expect(profileOf([answered("quick/news-feed", 0.5)], [], drills).every(({ answers }) => answers === 1)).toBe(true);
  });

  it("weighs what was earned on either side, halves included", () => {
    expect(systemShareOf([], [], drills)).toBeUndefined();
    expect(systemShareOf([], [round], drills)).toBeCloseTo(0.7);
    const drill = drills.get("open/news-feed/requirements");
    if (drill?.kind !== "open") return expect.fail("no drill");
    const of = (side: string) => drill.rubric.filter((point) => point.side === side);
    const states = Object.fromEntries(
      drill.rubric.map(({ id, side }) => [id, side === "ml" ? ("mentioned" as const) : ("covered" as const)]),
    );
    const weight = (side: string) => of(side).reduce((sum, point) => sum + point.weight, 0);
    const share = weight("system") / (weight("system") + weight("ml") / 2);
    expect(systemShareOf([answered(drill.id, 1, states)], [], drills)).toBeCloseTo(share);
  });
});

describe("what to do next", () => {
  const calm = (): Situation => ({
    now: NOW,
    openUntil: undefined,
    waiting: 0,
    profile: STEPS.map((step, at) => ({ step, coverage: at === 3 ? 0.2 : 0.8, answers: at === 4 ? 1 : 5 })),
    lastRound: NOW - DAY,
    seed: "2026-11-23 ben",
  });
  const next = (over: Partial<Situation>) => suggestionFor({ ...calm(), ...over }, bank.tradeoffs);

  it("is what closes first, then what is forgotten, then what was not done for long, then what is weak", () => {
    expect(next({ openUntil: NOW + DAY, waiting: 3, lastRound: undefined })).toEqual({ kind: "daily", until: NOW + DAY });
    expect(next({ waiting: 3, lastRound: undefined })).toEqual({ kind: "recall", waiting: 3 });
    expect(next({ lastRound: undefined })).toEqual({ kind: "mock", days: undefined });
    expect(next({ lastRound: NOW - 14 * DAY })).toEqual({ kind: "mock", days: 14 });
    const weak = next({});
    if (weak.kind !== "step") return expect.fail(weak.kind);
    expect(weak.step).toBe("features");
    expect(bank.tradeoffs.get(weak.tradeoff)?.steps).toContain("features");
    expect(next({})).toEqual(weak);
    expect(next({ profile: [] })).toEqual({ kind: "rest" });
  });

  it("has one button, and where there is no channel none that needs one", () => {
    const progress = (over: Partial<Progress>): Progress => ({
      channel: "c1",
      choice: false,
      inChannel: true,
      until: "2026-11-23",
      days: [0, 2, 1],
      drills: 3,
      streak: { current: 2, best: 9, freezes: 1 },
      profile: calm().profile,
      system: 0.64,
      trend: [{ at: "2026-11-01", level: 2 }],
      due: 1,
      fresh: 2,
      next: { kind: "rest" },
      ...over,
    });
    const buttons = (over: Partial<Progress>) =>
      progressView(progress(over), bank).blocks.flatMap((block) =>
        block.kind === "buttons" ? block.buttons.map(({ command }) => command) : [],
      );
    expect(buttons({ next: { kind: "daily", until: NOW } })).toEqual(["daily answer"]);
    expect(buttons({ next: { kind: "mock", days: 20 } })).toEqual(["mock start"]);
    expect(buttons({ next: { kind: "daily", until: NOW }, inChannel: false })).toEqual([]);
    expect(buttons({ next: { kind: "mock", days: 20 }, inChannel: false, choice: true })).toEqual(["recall group"]);
    expect(buttons({ next: { kind: "recall", waiting: 1 }, inChannel: false })).toEqual(["recall"]);
    expect(buttons({ next: { kind: "step", step: "data", tradeoff: "l1-or-l2" }, inChannel: false })).toEqual(["tradeoff"]);
    expect(buttons({})).toEqual([]);

    // The picture's words have what the facts have.
    const picture = progressView(progress({}), bank).blocks.find((block) => block.kind === "picture");
    expect(picture && altOf(picture.picture)).toMatch(
      /streak 2, longest 9\. .*Step 4 Feature engineering: 20 % over 5\. .*64 % system, 36 % ML.*level 2/,
    );
  });
});
