import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { STEPS } from "../../src/core/content.ts";
import type { Interview } from "../../src/core/interview_state.ts";
import { ringsView } from "../../src/core/points_views.ts";
import { excess, ringsIn } from "../../src/core/rings.ts";
import { VIEW_CHARACTERS } from "../../src/core/view.ts";
import { round } from "../store/fixtures.ts";

/** One finished round: what each scorer gave the candidate in every step. */
const played = (candidate: string, given: Readonly<Record<string, number>>): Interview =>
  round("r", "g", {
    candidate,
    phase: { name: "ended", how: "finished" },
    steps: STEPS.map(() => ({
      openedAt: 1,
      closedAt: 2,
      extended: false,
      asks: [],
      answers: [{ by: candidate, text: "x", at: 1, late: false }],
    })),
    scores: Object.entries(given).flatMap(([by, level]) =>
      STEPS.map((_, step) => ({ by, step, level, worked: undefined, change: undefined })),
    ),
  });

const members = (rounds: readonly Interview[]) => ringsIn(rounds).map((ring) => ring.members);

describe("rings", () => {
  it("are pairs who score each other markedly higher than others do", () => {
    const rounds = [played("ann", { ben: 4, cas: 2, dan: 3 }), played("ben", { ann: 4, cas: 3, dan: 2 })];
    expect(members(rounds)).toEqual([["ann", "ben"]]);
    expect(excess(ringsIn(rounds)[0] ?? expect.fail("none"))).toBe(1.5);
    expect(JSON.stringify(ringsView(ringsIn(rounds), 2))).toContain("{member:ann} gave {member:ben} 4.0 where others gave 2.5 (7 scores)");
  });

  it("fit into one message, however many and large, and say what is left out", () => {
    const id = (nth: number) => `1234567890123456${nth + 10}`;
    const large = (nth: number) => ({
      members: Array.from({ length: 8 }, (_, at) => id(nth + at)),
      favours: Array.from({ length: 6 }, (_, at) => ({ by: id(at), to: id(at + 1), given: 4, others: 2.5, scores: 14 })),
    });
    const texts = ringsView(
      Array.from({ length: 12 }, (_, nth) => large(nth)),
      200,
    ).blocks.flatMap((block) => (block.kind === "text" ? [block.markdown] : []));
    expect(texts.join("").length).toBeLessThan(VIEW_CHARACTERS);
    const told = texts.join("\n").split("\n- ").length - 1;
    expect(texts.join("\n")).toContain(`And ${12 - told} more.`);
  });

  it("are not who is strong, nor who is generous to everybody or to one who is not so in return", () => {
    expect(members([played("ann", { ben: 4, cas: 4 }), played("ben", { ann: 4, cas: 4 })])).toEqual([]);
    expect(members([played("ann", { ben: 4, cas: 2 }), played("ben", { ann: 2, cas: 2 })])).toEqual([]);
    expect(members([played("ann", { ben: 3, cas: 2.5 }), played("ben", { ann: 3, cas: 2.5 })])).toEqual([]);
  });

  it("need others to compare with, and more than a few scores", () => {
    expect(members([played("ann", { ben: 4 }), played("ben", { ann: 4 })])).toEqual([]);
    const few = [played("ann", { ben: 4, cas: 1 }), played("ben", { ann: 4, cas: 1 })].map((one) => ({
      ...one,
      scores: one.scores.filter(({ step }) => step < 6),
    }));
    expect(members(few)).toEqual([]);
  });

  it("join pairs that share a member", () => {
    const rounds = [played("ann", { ben: 4, cas: 4, dan: 2 }), played("ben", { ann: 4, dan: 2 }), played("cas", { ann: 4, dan: 2 })];
    // Of ann, ben and cas were generous both: beside dan alone each is markedly higher than the others' mean.
    expect(members(rounds)).toEqual([["ann", "ben", "cas"]]);
  });

  it("count a step for whoever answered it, and never for oneself", () => {
    const handedOver = [played("ann", { ben: 4, cas: 2 }), played("ben", { ann: 4, cas: 2 })].map((one) => ({
      ...one,
      steps: one.steps.map((step) => ({ ...step, answers: step.answers.map((answer) => ({ ...answer, by: "eve" })) })),
    }));
    expect(members(handedOver)).toEqual([]);
  });

  it("do not depend on the order of rounds", () => {
    const level = fc.integer({ min: 1, max: 4 });
    const names = ["ann", "ben", "cas"];
    const any = fc.record({ candidate: fc.constantFrom(...names), levels: fc.tuple(level, level, level) });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 8 }), (specs) => {
        const rounds = specs.map(({ candidate, levels }) =>
          played(candidate, Object.fromEntries(names.flatMap((name, at) => (name === candidate ? [] : [[name, levels[at] ?? 1]])))),
        );
        const found = ringsIn(rounds);
        expect(members([...rounds].reverse())).toEqual(found.map((ring) => ring.members));
        for (const { favours } of found)
          for (const { by, to } of favours) expect(favours.some((back) => back.by === to && back.to === by)).toBe(true);
      }),
    );
  });
});
