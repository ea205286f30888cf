import { describe, expect, it } from "vitest";
import { knownTo, metInRound, seenWords } from "../../src/core/case_seen.ts";
import { chooseCase } from "../../src/core/drill_choice.ts";
import { turnedSeats } from "../../src/core/interview_seats.ts";
import type { Interview } from "../../src/core/interview_state.ts";
import { lobbyNotes } from "../../src/core/lobby_notes.ts";
import { DAY } from "../../src/core/place.ts";
import { byTurn, inTurn, proposeSeats, type Wish } from "../../src/core/seat_ledger.ts";
import { round as stored } from "../store/fixtures.ts";

const seatsOf = (seated: readonly { readonly who: string; readonly seat: string }[]) => seated.map(({ who, seat }) => `${who} ${seat}`);
const coming = (...people: readonly (readonly [string, Wish])[]) => people.map(([who, as]) => ({ who, as }));
const round = (over: Partial<Interview>) => stored("r", "g", over);

describe("the seat ledger", () => {
  it("puts first who never was candidate, then who was longest ago; equals stay in their order", () => {
    const last = new Map([
      ["a", 3 * DAY],
      ["b", DAY],
    ]);
    expect(byTurn(["a", "b", "c", "d"], last)).toEqual(["c", "d", "b", "a"]);
  });

  it.each([
    ["two who take any", coming(["a", "any"], ["b", "any"]), ["b candidate", "a interviewer"]],
    ["a wish before the ledger", coming(["a", "candidate"], ["b", "any"]), ["a candidate", "b interviewer"]],
    ["the ledger among wishes", coming(["a", "candidate"], ["b", "candidate"], ["c", "any"]), ["b candidate", "c interviewer", "a scorer"]],
    ["a wish that leaves no seat", coming(["a", "candidate"], ["b", "candidate"]), ["b candidate", "a interviewer"]],
    ["nobody who answers", coming(["a", "interviewer"], ["b", "scorer"]), ["a interviewer", "b scorer"]],
    [
      "more interviewers than seats",
      coming(["a", "interviewer"], ["b", "interviewer"], ["c", "interviewer"], ["d", "any"]),
      ["d candidate", "a interviewer", "c interviewer", "b scorer"],
    ],
    ["one alone", coming(["a", "any"]), ["a candidate"]],
  ] as const)("seats %s", (_what, people, seats) => {
    const last = new Map([
      ["a", 9 * DAY],
      ["c", 8 * DAY],
      ["b", DAY],
      ["d", 2 * DAY],
    ]);
    expect([...seatsOf(proposeSeats(people, last))].sort()).toEqual([...seats].sort());
  });

  it("seats all who do not only watch as answering, where they take turns", () => {
    const people = coming(["a", "any"], ["b", "scorer"], ["c", "candidate"]);
    expect([...seatsOf(proposeSeats(people, new Map(), "relay"))].sort()).toEqual(["a candidate", "b scorer", "c candidate"]);
    const many = Array.from({ length: 9 }, (_, at) => ({ who: `m${at}`, as: "any" }) as const);
    expect(proposeSeats(many, new Map(), "relay").filter(({ seat }) => seat === "candidate")).toHaveLength(7);
  });

  it.each([
    [{ interviewers: ["b"], scorers: [] }, ["b candidate", "a interviewer"]],
    [{ interviewers: ["b"], scorers: ["c"] }, ["c candidate", "b interviewer", "a scorer"]],
    [{ interviewers: ["b", "c"], scorers: ["d"] }, ["c candidate", "d interviewer", "b scorer", "a scorer"]],
    [{ candidate: undefined, interviewers: ["b"], scorers: [] }, ["b candidate"]],
  ] as const)("turns the seats of %j by the ledger", (seats, turned) => {
    const last = new Map([
      ["b", 3 * DAY],
      ["d", 2 * DAY],
      ["c", DAY],
    ]);
    expect(seatsOf(turnedSeats(inTurn(round({ candidate: "a", ...seats }), last), "x"))).toEqual(turned);
  });
});

describe("a lobby's notes", () => {
  const words = (notes: ReturnType<typeof lobbyNotes>) => JSON.stringify(notes);

  it("say whose turn it is once there are two", () => {
    expect(lobbyNotes(round({ candidate: "a" }), new Map(), [])).toEqual([]);
    const last = new Map([["a", DAY]]);
    const said = words(lobbyNotes(round({ candidate: "a", interviewers: ["b"] }), last, []));
    expect(said).toContain("Candidate next: {member:b}, for the first time. {member:a} can leave the seat to them.");
    const turn = words(lobbyNotes(round({ candidate: "b", interviewers: ["a"] }), last, []));
    expect(turn).toContain("Candidate next: {member:b}, for the first time.");
    expect(turn).not.toContain("can leave");
  });

  it("name who has met the case, and how", () => {
    const seen = [{ member: "a", case: "ads", how: "case", at: DAY } as const];
    expect(seenWords(seen)).toBe(`{member:a} opened its answers on {time:${DAY}:date}`);
    expect(words(lobbyNotes(round({ candidate: "a" }), new Map(), seen))).toContain("Who answers should not know it");
    expect(words(lobbyNotes(round({ candidate: "b", interviewers: ["a"] }), new Map(), seen))).toContain(
      "sit well where they do not answer",
    );
  });
});

describe("cases that were met", () => {
  it("are those of a round that began, for all who sat in it or answered", () => {
    const step = {
      openedAt: DAY,
      closedAt: undefined,
      extended: false,
      asks: [],
      answers: [{ by: "gone", text: "", at: DAY, late: false }],
    };
    const begun = round({ candidate: "a", interviewers: ["b"], scorers: ["c"], steps: [step] });
    expect(metInRound(begun)).toEqual(["a", "b", "c", "gone"]);
    expect(metInRound({ ...begun, steps: [{ ...step, openedAt: undefined }] })).toEqual([]);
  });

  it("come last: first one that nobody knows, then one that the candidate does not", () => {
    const seen = (member: string, slug: string) => ({ member, case: slug, how: "drill", at: DAY }) as const;
    const known = knownTo([seen("a", "x"), seen("b", "y"), seen("c", "y")], "a");
    expect(chooseCase(["x", "y", "z"], [], "seed", known)).toBe("z");
    expect(chooseCase(["x", "y"], [], "seed", known)).toBe("y");
    expect(chooseCase(["x"], [], "seed", known)).toBe("x");
    // Drills decide among cases that are known alike.
    expect(chooseCase(["x", "w", "z"], ["open/z/data"], "seed", known)).toBe("w");
  });
});
