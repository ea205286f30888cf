import { describe, expect, it } from "vitest";
import { DRILL_KINDS, STEPS } from "../../src/core/content.ts";
import { type Drill, drillsOf } from "../../src/core/drill.ts";
import { chooseCase, chooseDrill, type History, type Mix, strengthsOf } from "../../src/core/drill_choice.ts";
import { mark } from "../../src/core/drill_mark.ts";
import { parsePostId, postId } from "../../src/core/drill_views.ts";
import { ownDrill } from "../../src/core/own_question.ts";
import { bank } from "../kit/bank.ts";

const drills = drillsOf(bank);
const ANY: Mix = { kinds: [], steps: [], cases: [], closed: new Set() };
const history = (seen: readonly string[] = [], over: Partial<History> = {}): History => ({ group: "g1", seen, strengths: {}, ...over });

/** The next `count` drills of a group, one after the other. */
function run(count: number, mix: Mix = ANY, over: Partial<History> = {}): Drill[] {
  const had: Drill[] = [];
  while (had.length < count) {
    const chosen = chooseDrill(
      drills,
      history(
        had.map(({ id }) => id),
        over,
      ),
      mix,
    );
    had.push(chosen?.drill ?? expect.fail("none is left"));
  }
  return had;
}
const count = <T>(items: readonly T[], one: T): number => items.filter((item) => item === one).length;

describe("the drills of a bank", () => {
  it("are of five kinds, derived from steps, scenarios, estimates and diagrams", () => {
    const kinds = [...drills.values()].map(({ kind }) => kind);
    const scenarios = [...bank.tradeoffs.values()].reduce((sum, { scenarios }) => sum + scenarios.length, 0);
    const cases = [...bank.cases.values()];
    expect(count(kinds, "open")).toBe(bank.cases.size * (STEPS.length + 1));
    expect(count(kinds, "choice")).toBe(scenarios);
    expect(count(kinds, "estimate")).toBe(cases.reduce((sum, { estimates }) => sum + estimates.length, 0));
    expect(count(kinds, "draw")).toBe(cases.reduce((sum, { diagrams }) => sum + diagrams.length, 0));
    // Diagrams whose parts stand in a cycle, or in no chain of four, give no order.
    expect(count(kinds, "order")).toBeGreaterThan(bank.cases.size * 4);
    expect(drills.has("open/ad-click-prediction/requirements")).toBe(true);
  });

  it("show an order that is not the right one", () => {
    for (const drill of drills.values())
      if (drill.kind === "order") {
        expect(drill.right, drill.id).not.toEqual(drill.items.map((_, at) => at));
        expect(new Set(drill.items).size, drill.id).toBe(drill.items.length);
      }
  });

  it("come each once before one comes again", () => {
    const seen = run(drills.size).map(({ id }) => id);
    expect(new Set(seen).size).toBe(drills.size);
    expect(seen).toContain(chooseDrill(drills, history(seen), ANY)?.drill.id);
  });

  it("come by kind as often as their weights say, and no kind twice while another is owed", () => {
    const kinds = run(55).map(({ kind }) => kind);
    expect(DRILL_KINDS.map((kind) => count(kinds, kind))).toEqual([15, 15, 10, 5, 10]);
    for (const [at, kind] of kinds.entries()) if (at > 0) expect(kind).not.toBe(kinds[at - 1]);
  });

  it("practise the weakest step more often", () => {
    const strengths = Object.fromEntries(STEPS.map((step) => [step, step === "monitoring" ? 0 : 1]));
    const only: Mix = { ...ANY, kinds: ["open"] };
    const monitoring = (over: Partial<History>) =>
      run(20, only, over).filter(({ steps }) => steps.length === 1 && steps[0] === "monitoring").length;
    expect(monitoring({ strengths })).toBeGreaterThan(monitoring({}));
    const answered = [
      { drill: "open/ad-click-prediction/data", coverage: 0.2, answers: 3 },
      { drill: "open/video-recommendation/data", coverage: 0.6, answers: 1 },
      { drill: "gone", coverage: 1, answers: 9 },
    ];
    expect(strengthsOf(drills, answered)).toEqual({ data: expect.closeTo(0.3) });
  });

  it("keep to the mix, and leave out what an open round would spoil", () => {
    const mix: Mix = { ...ANY, kinds: ["estimate", "order"], closed: new Set(["ad-click-prediction"]) };
    for (const drill of run(15, mix)) {
      expect(["estimate", "order"]).toContain(drill.kind);
      expect(drill.case).not.toBe("ad-click-prediction");
    }
    const nothing = chooseDrill(drills, history(), {
      ...ANY,
      cases: ["ad-click-prediction"],
      kinds: ["open"],
      closed: new Set(["ad-click-prediction"]),
    });
    expect(nothing?.why.widened).toBe(true);
    expect(nothing?.drill.case).not.toBe("ad-click-prediction");
  });

  it("are the same for the same history, and differ between groups", () => {
    const first = (group: string) => chooseDrill(drills, history([], { group }), ANY)?.drill.id;
    expect(first("g1")).toBe(first("g1"));
    expect(new Set(Array.from({ length: 20 }, (_, at) => first(`group${at}`))).size).toBeGreaterThan(5);
    expect(chooseDrill(new Map(), history(), ANY)).toBeUndefined();
  });

  it("have the group's own questions first", () => {
    const own = ownDrill("q1", "ada", {
      step: "data",
      prompt: "Where do labels come from in our own shop?",
      reference: "From orders that were not returned within thirty days.",
      points: [{ text: "Names the order log as the source.", groups: [["order*"]] }],
    });
    const all = new Map<string, Drill>([...drills, [own.id, own]]);
    expect(chooseDrill(all, history(), { ...ANY, kinds: ["open"], steps: ["data"] })?.drill.id).toBe("own/q1");
  });

  it("say why", () => {
    const why = chooseDrill(drills, history([], { strengths: { data: 0.25 } }), { ...ANY, steps: ["data"], kinds: ["open"] })?.why;
    expect(why).toEqual({
      kind: "open",
      step: "data",
      strength: 0.25,
      fresh: expect.any(Number),
      allowed: expect.any(Number),
      widened: false,
    });
    expect(why?.fresh).toBe(why?.allowed);
  });
});

describe("marking", () => {
  const of = (kind: Drill["kind"]) => [...drills.values()].find((drill) => drill.kind === kind) ?? expect.fail(`no ${kind} drill`);
  const coverage = (drill: Drill, answer: string) => {
    const marking = mark(drill, answer, bank);
    return marking.ok ? marking.marked.coverage : marking.refusal.title;
  };

  it("refuses what is none of a choice's options", () => {
    for (const answer of ["0", "9", "", "1.5", "a", "-1", "__proto__"])
      expect(coverage(of("choice"), answer), answer).toBe("That is none of the options");
  });

  it("takes an estimate within its factor, in any unit", () => {
    const drill = drills.get("estimate/ad-click-prediction/peak-requests") ?? of("estimate");
    if (drill.kind !== "estimate") return expect.fail();
    expect(coverage(drill, String(drill.value))).toBe(1);
    expect(coverage(drill, String(drill.value * drill.factor * 0.99))).toBe(1);
    expect(coverage(drill, String(drill.value * drill.factor * 1.02))).toBe(0);
    expect(coverage(drill, "many")).toBe("That number cannot be read");
  });

  it("takes an order however it is written, and only the right one", () => {
    const drill = of("order");
    if (drill.kind !== "order") return expect.fail();
    const right = drill.right.map((at) => at + 1);
    for (const answer of [right.join(" "), right.join(", "), right.join(" > "), right.join("")])
      expect(coverage(drill, answer), answer).toBe(1);
    expect(coverage(drill, right.toReversed().join(" "))).toBe(0);
    expect(coverage(drill, "1 1 2 3")).toBe("That is no order of these");
  });

  it("takes a drawing for what it has of the boxes and arrows", () => {
    const drill = of("draw");
    if (drill.kind !== "draw") return expect.fail();
    const label = (id: string) => drill.diagram.nodes.find((node) => node.id === id)?.label ?? id;
    const lines = drill.diagram.edges.map(({ from, to }) => `${label(from)} -> ${label(to)}`);
    expect(coverage(drill, lines.join("\n"))).toBe(1);
    const half = coverage(drill, lines.slice(0, lines.length / 2).join("\n"));
    expect(half).toBeGreaterThan(0.2);
    expect(half).toBeLessThan(0.9);
    expect(coverage(drill, "no idea")).toMatch(/./);
  });
});

describe("the case of a round", () => {
  it("is the one that the group's drills have shown least of", () => {
    const seen = ["open/a/data", "draw/a/system", "estimate/b/peak", "choice/c/x"];
    expect(chooseCase(["a", "b"], seen, "s")).toBe("b");
    expect(new Set(Array.from({ length: 30 }, (_, at) => chooseCase(["a", "b", "c"], [], `seed${at}`))).size).toBe(3);
    expect(chooseCase([], [], "s")).toBeUndefined();
  });
});

it("reads the id of a post that it wrote, and nothing else", () => {
  for (const edition of [1, 2, 17]) {
    const ref = { group: "g1", date: "2026-11-23", edition };
    expect(parsePostId(postId(ref))).toEqual(ref);
  }
  for (const forged of ["g1", "g1/2026", "G1/2026-11-23", "g1/2026-11-23/x", "g1/2026-11-23/1", "g1/2026-11-23/0", "../2026-11-23", ""])
    expect(parsePostId(forged)).toBeUndefined();
});
