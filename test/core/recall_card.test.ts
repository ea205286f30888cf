/** What cards ask and answer, for every card that the real bank can give. */
import { describe, expect, it } from "vitest";
import { compareArchitecture, parseArchitecture } from "../../src/core/architecture.ts";
import { STEPS } from "../../src/core/content.ts";
import { drillsOf } from "../../src/core/drill.ts";
import { openLobby } from "../../src/core/interview.ts";
import { parse } from "../../src/core/markup.ts";
import { ownDrill } from "../../src/core/own_question.ts";
import { boxRef, faceOf, pointRef } from "../../src/core/recall_card.ts";
import { deckOf } from "../../src/core/recall_deck.ts";
import { MOST_BOXES_MISSED, missedBoxes, missedInDrill, resultsOf } from "../../src/core/recall_missed.ts";
import { VIEW_CHARACTERS } from "../../src/core/view.ts";
import { bank } from "../kit/bank.ts";

const drills = drillsOf(bank);

/** Room for the title, where it comes from, what just happened and the buttons. */
const ROOM = VIEW_CHARACTERS - 500;

describe("a card", () => {
  it("of every trade-off, pattern, rubric point, box, estimate and order has two sides that fit a message", () => {
    const points = [...bank.cases].flatMap(([slug, item]) =>
      STEPS.flatMap((step) => item.steps[step].rubric.map(({ id }) => pointRef(slug, step, id))),
    );
    const boxes = [...bank.cases].flatMap(([slug, { diagrams }]) =>
      diagrams.flatMap((diagram) => diagram.nodes.map(({ id }) => boxRef(slug, diagram.id, id))),
    );
    const quick = [...drills.values()].filter(({ kind }) => kind === "estimate" || kind === "order").map(({ id }) => id);
    const refs = [...deckOf(bank), ...points, ...boxes, ...quick];
    expect(new Set(refs).size).toBe(refs.length);
    for (const ref of refs) {
      const face = faceOf(ref, bank, drills) ?? expect.fail(`${ref} has no face`);
      expect(`${face.front}${face.back}${face.about}`.length, ref).toBeLessThan(ROOM);
      expect(face.about, ref).not.toBe("");
      // Every front asks or orders something, and none is a bare list of points.
      expect(face.front, ref).toMatch(/\?|\*\*Name|\*\*Put these in|\*\*You have ten minutes|[.]\*\*$/);
      expect(
        parse(face.front).some(({ kind }) => kind === "bold"),
        ref,
      ).toBe(true);
    }
  });

  it("asks a missed point by a probe of the same point, and answers with it", () => {
    const [slug, item] = [...bank.cases][0] ?? expect.fail("no case");
    for (const step of STEPS)
      for (const point of item.steps[step].rubric) {
        const face = faceOf(pointRef(slug, step, point.id), bank, drills);
        const probes = item.steps[step].probes.filter((probe) => probe.point === point.id);
        const plain = parse(face?.front ?? "")
          .map((span) => ("text" in span ? span.text : ""))
          .join("");
        expect(probes.some(({ ask }) => plain.includes(ask.replace(/\s+/g, " ")))).toBe(true);
        expect(face?.case).toBe(slug);
      }
  });

  it("of a box never says its name on the front", () => {
    for (const [slug, { diagrams }] of bank.cases)
      for (const diagram of diagrams)
        for (const node of diagram.nodes) {
          const face = faceOf(boxRef(slug, diagram.id, node.id), bank, drills);
          const told = parse(face?.front ?? "")
            .filter(({ kind }) => kind === "bold")
            .map((span) => ("text" in span ? span.text : ""));
          expect(told, `${slug} ${diagram.id} ${node.id}`).not.toContain(node.label);
          expect(face?.back).toContain("**");
        }
  });

  it("retires with its content", () => {
    for (const ref of [
      "tradeoff/gone",
      "point/gone/data/x",
      "point/news-feed/data/gone",
      "point/news-feed/gone/x",
      "box/news-feed/gone/x",
      "framework/step-9",
      "framework/constructor",
      "own/abc",
      "estimate/news-feed/gone",
      "",
      "nothing/at/all",
    ])
      expect(faceOf(ref, bank, drills), ref).toBeUndefined();
  });

  it("of a group's own question shows hostile words as typed", () => {
    const body = {
      step: "data",
      prompt: "@everyone **who** [is](https://x.example)?",
      reference: "{member:1}",
      points: [{ text: "Says `it`", groups: [] }],
    } as const;
    const face = faceOf("own/q1", bank, new Map([["own/q1", ownDrill("q1", "ben", body)]])) ?? expect.fail("no face");
    expect(parse(face.front).filter(({ kind }) => kind === "link" || kind === "member")).toEqual([]);
    expect(parse(face.back).filter(({ kind }) => kind === "member" || kind === "code")).toEqual([]);
  });
});

describe("what was missed", () => {
  const drill = (id: string) => drills.get(id) ?? expect.fail(`there is no ${id}`);

  it("in an open drill is its missed and mentioned points, heaviest first; in the quick frame each of its own step", () => {
    const open = drill("open/news-feed/data");
    if (open.kind !== "open") return;
    const [first, second, third] = open.rubric;
    const grades = [
      { id: first?.id ?? "", state: "covered", evidence: [] },
      { id: second?.id ?? "", state: "unsure", evidence: [] },
      { id: third?.id ?? "", state: "mentioned", evidence: [] },
    ] as const;
    const refs = missedInDrill(open, { coverage: 0.3, grades }, bank);
    const weights = refs.map((ref) => open.rubric.find(({ id }) => ref.endsWith(`/${id}`))?.weight ?? 0);
    expect(refs).toHaveLength(open.rubric.length - 2);
    expect(weights).toEqual([...weights].sort((a, b) => b - a));
    for (const ref of [...refs, ...missedInDrill(drill("quick/news-feed"), { coverage: 0, grades: [] }, bank)])
      expect(faceOf(ref, bank, drills), ref).toBeDefined();
  });

  it("in a choice is the trade-off, in an estimate and an order the drill, and nothing when it was right", () => {
    const wrong = { coverage: 0, grades: [] };
    const choice = [...drills.values()].find(({ kind }) => kind === "choice") ?? expect.fail("none");
    expect(missedInDrill(choice, wrong, bank)).toEqual([`tradeoff/${choice.id.split("/")[1]}`]);
    for (const kind of ["estimate", "order"]) {
      const one = [...drills.values()].find((other) => other.kind === kind) ?? expect.fail("none");
      expect(missedInDrill(one, wrong, bank)).toEqual([one.id]);
      expect(missedInDrill(one, { ...wrong, coverage: 1 }, bank)).toEqual([]);
    }
  });

  it("in a drawing is at most three boxes, those with the most arrows", () => {
    const diagram = bank.cases.get("news-feed")?.diagrams[0] ?? expect.fail("no diagram");
    const drawn = parseArchitecture(`${diagram.nodes[0]?.label} -> something else`);
    if (!drawn.ok) return expect.fail("not read");
    const comparison = compareArchitecture(drawn.drawing, diagram, bank.vocabulary);
    const refs = missedBoxes("news-feed", diagram.id, comparison);
    expect(refs).toHaveLength(MOST_BOXES_MISSED);
    const arrows = (id: string) => diagram.edges.filter(({ from, to }) => from === id || to === id).length;
    const most = Math.max(...comparison.nodes.filter(({ state }) => state === "missing").map(({ id }) => arrows(id)));
    expect(arrows(refs[0]?.split("/")[3] ?? "")).toBe(most);
  });

  it("in a round is each member's own: of the steps they answered, and the candidate's where nobody did", () => {
    const item = bank.cases.get("news-feed") ?? expect.fail("no case");
    const material = { case: item, framework: bank.framework, vocabulary: bank.vocabulary, curveballs: bank.curveballs };
    const place = { platform: "web", space: "s", channel: "c" } as const;
    const plan = {
      id: "r",
      group: "g",
      place,
      case: "news-feed",
      host: "ann",
      mode: "peer",
      minutes: [],
      pace: "live",
      turnHours: 24,
    } as const;
    const { state } = openLobby(plan, [{ who: "ann", seat: "candidate" }], 0);
    const said = ["ben", "ann"].map((by, at) => ({ by, text: item.steps[STEPS[at] ?? "data"].reference, at: 1, late: false }));
    const late = { by: "chen", text: "too late", at: 1, late: true };
    const round = { ...state, steps: state.steps.map((step, at) => ({ ...step, answers: [...said.slice(at, at + 1), late] })) };
    const results = new Map(resultsOf(round, material).map((one) => [one.member, one]));
    expect([...results.keys()].sort()).toEqual(["ann", "ben"]);
    expect(results.get("ben")?.coverage.map((share) => share !== null)).toEqual([true, false, false, false, false, false, false]);
    expect(results.get("ann")?.coverage.map((share) => share !== null)).toEqual([false, true, true, true, true, true, true]);
    expect(results.get("ann")?.coverage.slice(2)).toEqual([0, 0, 0, 0, 0]);
    expect(results.get("ben")?.coverage[0]).toBeGreaterThan(0.5);
    const ben = results.get("ben");
    expect((ben?.system ?? 0) + (ben?.ml ?? 0)).toBeGreaterThan(0);
    const all = STEPS.slice(2).flatMap((step) => item.steps[step].rubric.map(({ id }) => pointRef("news-feed", step, id)));
    expect(results.get("ann")?.missed).toEqual(expect.arrayContaining(all));
    // Taking turns, a step that nobody answered is nobody's.
    const inTurns = resultsOf({ ...round, mode: "relay" }, material).find(({ member }) => member === "ann");
    expect(inTurns?.coverage.map((share) => share !== null)).toEqual([false, true, false, false, false, false, false]);
    expect(ben?.missed.every((ref) => ref.startsWith("point/news-feed/requirements/"))).toBe(true);
  });
});
