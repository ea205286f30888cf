import { describe, expect, it } from "vitest";
import { STEPS } from "../../src/core/content.ts";
import { advance, openLobby } from "../../src/core/interview.ts";
import type { Move } from "../../src/core/interview_move.ts";
import type { Interview } from "../../src/core/interview_state.ts";
import { hushView, partIn, writingWords } from "../../src/core/interview_talk.ts";
import { MINUTE } from "../../src/core/place.ts";
import { PLAN, played } from "../kit/interview.ts";

const lobby = openLobby(
  PLAN,
  [
    { who: "ada", seat: "candidate" },
    { who: "ben", seat: "interviewer" },
    { who: "chen", seat: "scorer" },
  ],
  0,
).state;
const begun = played(lobby, [{ kind: "begin", who: "ada" }, 10]);
const prompted = (step: number) => ({ kind: "prompted", step, prompt: 1 }) as const;
const next = { kind: "next", who: "ben", turn: undefined } as const;
/** The first prompt is there from 100 on, the first step closes at 200, and the second prompt is there from 210 on. */
const first = played(begun, [prompted(0), 100]);
const between = played(first, [next, 200]);
const second = played(between, [prompted(1), 210]);
const scoring = STEPS.slice(1).reduce((round, _step, at) => played(round, [next, 300 + at * 20], ...lastOr(at)), second);
function lastOr(at: number): readonly (readonly [Move, number])[] {
  return at + 2 < STEPS.length ? [[prompted(at + 2), 310 + at * 20]] : [];
}

describe("words in a round's thread", () => {
  it("are nobody's turn in the lobby, before the first prompt, and after the last step", () => {
    for (const round of [lobby, begun]) for (const who of ["ada", "ben", "chen", "zoe"]) expect(partIn(round, who, 90)).toBeUndefined();
    expect(scoring.phase.name).toBe("scoring");
    for (const who of ["ada", "ben", "chen"]) expect(partIn(scoring, who, 10_000)).toBeUndefined();
    expect(partIn(played(second, [{ kind: "cancel", who: "ada", organizer: false }, 250]), "ada", 260)).toBeUndefined();
  });

  it("are the candidate's answer and the interviewer's question while a step is open; others listen", () => {
    expect(partIn(first, "ada", 100)).toEqual({ part: "speaker", turn: 1 });
    expect(partIn(first, "ben", 150)).toEqual({ part: "speaker", turn: 1 });
    for (const who of ["chen", "zoe"]) expect(partIn(second, who, 250)).toEqual({ part: "listener", turn: 2 });
  });

  it("belong to the step whose prompt was there when they were written, however late they come", () => {
    expect(partIn(second, "ada", 209)).toEqual({ part: "speaker", turn: 1 });
    expect(partIn(second, "ada", 210)).toEqual({ part: "speaker", turn: 2 });
    expect(partIn(scoring, "ada", 150)).toEqual({ part: "speaker", turn: 1 });
    expect(partIn(second, "ada", 99)).toBeUndefined();
  });

  it("of others than the candidate do not matter once their step has closed", () => {
    expect(partIn(between, "ada", 205)).toEqual({ part: "speaker", turn: 1 });
    for (const who of ["ben", "chen"]) for (const at of [150, 205]) expect(partIn(between, who, at)).toBeUndefined();
  });

  it("in turns are an answer of who is on turn, and late of who was; the next in line waits", () => {
    const line: Interview = { ...second, mode: "relay", candidate: "eve", interviewers: [], steps: second.steps };
    const answered = { by: "ada", text: "So.", at: 120, late: false };
    const turns = { ...line, steps: line.steps.map((step, at) => (at === 0 ? { ...step, answers: [answered] } : step)) };
    expect(partIn(turns, "eve", 250)).toEqual({ part: "speaker", turn: 2 });
    expect(partIn(turns, "ada", 150)).toEqual({ part: "speaker", turn: 1 });
    expect(partIn(turns, "ada", 250)).toEqual({ part: "listener", turn: 2 });
  });

  it("are only the candidate's while the interviewer's seat is free", () => {
    const vacant = played(first, [{ kind: "answer", who: "ada", text: "So.", turn: 1 }, 110], [{ kind: "time" }, 7 * MINUTE]);
    const silent: Interview = { ...vacant, interviewers: [], phase: { name: "vacant", step: 0, prompt: 1, until: 20 * MINUTE } };
    expect(partIn(silent, "ada", 120)).toEqual({ part: "speaker", turn: 1 });
    expect(partIn(silent, "chen", 120)).toBeUndefined();
  });

  it("are not said again, and count like those of a form", () => {
    const written = { kind: "answer", who: "ada", text: "Two towers.", turn: 1, heard: true } as const;
    const verdict = advance(first, written, 120);
    expect(verdict).toMatchObject({ ok: true, says: [], state: { waiting: { candidate: undefined } } });
    expect(verdict.ok && verdict.state.steps[0]?.answers).toEqual([{ by: "ada", text: "Two towers.", at: 120, late: false }]);
    const asked = advance(first, { kind: "ask", who: "ben", text: "Why two?", probe: undefined, turn: 1, heard: true }, 130);
    expect(asked).toMatchObject({ ok: true, says: [] });
    expect(asked.ok && asked.state.steps[0]?.asks).toEqual([{ by: "ben", text: "Why two?", probe: undefined, at: 130 }]);
  });
});

describe("what is said about writing", () => {
  it("names the candidate, and on Discord that one calls the bot", () => {
    expect(JSON.stringify(hushView(first, "chen"))).toMatch(/\{member:ada\}.*your score/);
    expect(JSON.stringify(hushView(first, "zoe"))).not.toContain("score");
    expect(writingWords(lobby)).not.toContain("@");
    expect(writingWords({ ...lobby, place: { ...PLAN.place, platform: "discord" } })).toContain("calling me by @");
  });
});
