import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { STEPS } from "../../src/core/content.ts";
import { reachable } from "../../src/core/effect.ts";
import { hasLost, type Leaving, REMOVED, viewWithout } from "../../src/core/forget_view.ts";
import { FORMER_NAME, formerId, isFormer } from "../../src/core/former.ts";
import { advance, openLobby } from "../../src/core/interview.ts";
import { departed, knows, ownPart, pseudonymised, wordsIn } from "../../src/core/interview_forget.ts";
import type { Move } from "../../src/core/interview_move.ts";
import { readSteps } from "../../src/core/interview_reading.ts";
import { type Interview, SEATS, scorersOf, seatOf } from "../../src/core/interview_state.ts";
import { vacantView } from "../../src/core/interview_views.ts";
import { clip, mention, parse } from "../../src/core/markup.ts";
import { documentsOf } from "../../src/core/personal_views.ts";
import { pictureBlock } from "../../src/core/picture.ts";
import { MINUTE } from "../../src/core/place.ts";
import { roundMedian, roundPoints, stepMedian } from "../../src/core/points.ts";
import { resultView } from "../../src/core/scorecard.ts";
import { sharedAnswerView } from "../../src/core/shared_views.ts";
import { bank } from "../kit/bank.ts";

const [slug, item] = [...bank.cases][0] ?? expect.fail("no case");
const material = { case: item, framework: bank.framework, vocabulary: bank.vocabulary, curveballs: bank.curveballs };

const NOW = Date.parse("2026-11-21T12:00:00Z");
const PEOPLE = ["ann-1", "bob-2", "cyd-3", "dan-4"] as const;
/** Of each step, so that points do not hang on words that go. */
const HALF = STEPS.map(() => 0.5);
const AS = formerId("abc123def456");
const who = fc.constantFrom(...PEOPLE);
const said = fc.constantFrom(
  "half a million requests a second at peak",
  "we log every impression with its features",
  "drift is watched by <@bob-2>",
);

const moves: fc.Arbitrary<Move> = fc.oneof(
  fc.record({ kind: fc.constant("take" as const), who, seat: fc.constantFrom(...SEATS) }),
  fc.record({ kind: fc.constant("begin" as const), who }),
  fc.record({ kind: fc.constant("answer" as const), who, text: said, turn: fc.constant(undefined) }),
  fc.record({ kind: fc.constant("ask" as const), who, text: said, probe: fc.constant(undefined), turn: fc.constant(undefined) }),
  fc.record({ kind: fc.constant("next" as const), who, turn: fc.constant(undefined) }),
  fc.record({
    kind: fc.constant("score" as const),
    who,
    step: fc.integer({ min: 0, max: 6 }),
    level: fc.integer({ min: 1, max: 4 }),
    worked: said,
  }),
  fc.constant({ kind: "time" as const }),
);

/** Who may make that move: most of the time they do, so that rounds get to their end. */
function holder(round: Interview, { kind }: Move, turn: number): string | undefined {
  if (kind === "answer") return round.candidate;
  if (kind === "score") return scorersOf(round)[turn % 3];
  return kind === "ask" || kind === "next" || kind === "begin" ? round.interviewers[0] : undefined;
}

/** A round in which a few people did what the rules let them; prompts arrive at once. */
const rounds = fc
  .array(fc.tuple(moves, fc.integer({ min: 0, max: 9 })), { minLength: 1, maxLength: 150, size: "large" })
  .map((played): Interview => {
    const place = { platform: "web", space: "s", channel: "c" } as const;
    const mode = (played[0]?.[1] ?? 0) % 2 === 0 ? ("peer" as const) : ("relay" as const);
    const plan = {
      mode,
      id: "r",
      group: "g",
      place,
      case: slug,
      host: "ann-1",
      pace: "live" as const,
      minutes: STEPS.map(() => 5),
      turnHours: 24,
    };
    const seats = [
      { who: "ann-1", seat: "candidate" },
      { who: "bob-2", seat: mode === "relay" ? "candidate" : "interviewer" },
      { who: "cyd-3", seat: "scorer" },
    ] as const;
    let { state } = openLobby(plan, seats, NOW);
    let now = NOW;
    const play = (move: Move) => {
      const verdict = advance(state, move, now);
      if (verdict.ok) state = verdict.state;
    };
    // Some stay in the lobby.
    if ((played[0]?.[1] ?? 0) > 1) play({ kind: "begin", who: "bob-2" });
    for (const [move, turn] of played) {
      now += move.kind === "time" ? 5 * MINUTE : MINUTE / 10;
      const may = holder(state, move, turn);
      play(may !== undefined && turn > 1 && "who" in move ? { ...move, who: may } : move);
      if (state.phase.name === "step" && state.phase.until === undefined)
        play({ kind: "prompted", step: state.phase.step, prompt: state.phase.prompt });
    }
    return state;
  });
const finished = rounds.map((round): Interview => ({ ...round, phase: { name: "ended", how: "finished" } }));

it("the rounds below get somewhere", () => {
  const made = fc.sample(rounds, { numRuns: 60, seed: 2 });
  expect(new Set(made.map(({ phase }) => phase.name)).size).toBeGreaterThanOrEqual(3);
  expect(made.some(({ scores }) => scores.length > 5)).toBe(true);
});

describe("a round without one of its members", () => {
  it("does not know them any more, nor a word of theirs", () => {
    fc.assert(
      fc.property(rounds, who, (round, gone) => {
        const after = pseudonymised(round, gone, AS);
        expect(JSON.stringify(after)).not.toContain(gone);
        expect(knows(after, gone)).toBe(false);
        expect(wordsIn(after, gone)).toEqual([]);
        expect(wordsIn(after, AS).every((text) => text === REMOVED)).toBe(true);
        if (!knows(round, gone)) expect(JSON.stringify(after).replaceAll(FORMER_NAME, `<@${gone}>`)).toBe(JSON.stringify(round));
      }),
    );
  });

  it("keeps every level, median and point, and all that the others did", () => {
    fc.assert(
      fc.property(rounds, who, (round, gone) => {
        const after = pseudonymised(round, gone, AS);
        expect(after.scores.map(({ step, level }) => ({ step, level }))).toEqual(round.scores.map(({ step, level }) => ({ step, level })));
        for (const [step] of STEPS.entries()) expect(stepMedian(after, step)).toBe(stepMedian(round, step));
        expect(roundMedian(after)).toBe(roundMedian(round));
        expect(roundPoints(after, HALF)).toEqual(
          roundPoints(round, HALF).map((one) => ({ ...one, member: one.member === gone ? AS : one.member })),
        );
        expect(after.phase).toEqual(round.phase);
        for (const other of PEOPLE.filter((one) => one !== gone)) {
          expect(seatOf(after, other)).toBe(seatOf(round, other));
          const part = ownPart(round, other, String);
          const kept = ownPart(after, other, String);
          const bare = (text: string | undefined) => text?.replaceAll(`<@${gone}>`, FORMER_NAME);
          expect(kept.said.map(({ text }) => text)).toEqual(part.said.map(({ text }) => bare(text)));
          expect(kept.given.map(({ worked }) => worked)).toEqual(part.given.map(({ worked }) => bare(worked)));
          expect(kept.received.map(({ level }) => level)).toEqual(part.received.map(({ level }) => level));
        }
      }),
    );
  });

  it("keeps the scorecard of every other candidate", () => {
    fc.assert(
      fc.property(rounds, who, (round, gone) => {
        fc.pre(round.steps.every(({ answers }) => answers.every(({ by, text }) => by !== gone && !text.includes(gone))));
        expect(readSteps(pseudonymised(round, gone, AS), material)).toEqual(readSteps(round, material));
      }),
      { numRuns: 25 },
    );
  });

  it("goes on while it runs: a seat falls free, and whoever takes it can go on", () => {
    fc.assert(
      fc.property(rounds, who, (round, gone) => {
        const { round: after, says } = departed(round, gone, AS, NOW);
        const running = round.phase.name === "lobby" || round.phase.name === "step" || round.phase.name === "vacant";
        expect(seatOf(after, gone)).toBe(running ? undefined : seatOf(round, gone));
        if (!running || seatOf(round, gone) === undefined) expect(after).toBe(round);
        if (round.phase.name !== "step" || after.phase.name !== "vacant") return;
        expect(says.map(({ say }) => say)).toEqual(["seats", "vacant"]);
        const free = after.candidate === undefined ? "candidate" : "interviewer";
        expect(JSON.stringify(vacantView(after, free, []))).not.toMatch(/did nothing|_free_/);
        expect(advance(after, { kind: "take", who: "eva-5", seat: free }, NOW)).toMatchObject({
          ok: true,
          state: { phase: { name: "step" } },
        });
      }),
    );
  });
});

describe("a message without one member", () => {
  const words = ["half a million requests a second at peak", "numbers", "first line of it\nand a second line of it"];
  const leaving: Leaving = { id: "bob-2", name: "Bob", as: AS, words };
  const without = (blocks: Parameters<typeof viewWithout>[0]["blocks"]) => viewWithout({ title: "T", blocks }, leaving).blocks;

  it("has nobody of that name, and no mention that could ping", () => {
    const after = viewWithout(
      { title: "T", notify: ["bob-2", "ann-1"], blocks: [{ kind: "text", markdown: `${mention("bob-2")} and ${mention("ann-1")}` }] },
      leaving,
    );
    expect(after).toEqual({
      title: "T",
      notify: ["ann-1"],
      blocks: [{ kind: "text", markdown: `${FORMER_NAME} and ${mention("ann-1")}` }],
    });
    const rows = [
      { rank: 1, name: "Bob", value: 3 },
      { rank: 2, name: "Ann", value: 1 },
    ];
    expect(
      JSON.stringify(
        without([
          { kind: "ranking", unit: "points", rows },
          pictureBlock({ kind: "board", title: "B", subtitle: "", unit: "points", rows }),
        ]),
      ),
    ).not.toContain("Bob");
    expect(
      JSON.stringify(viewWithout(sharedAnswerView({ title: "D" } as never, "p", { member: "bob-2", text: "x", coverage: 1 }), leaving)),
    ).not.toContain("bob-2");
  });

  it("loses their words in whatever form they were shown, and no others", () => {
    const quote = (text: string, by?: string) => ({ kind: "quote", text, ...(by ? { by } : {}) }) as const;
    expect(without([quote("anything at all", "bob-2")])).toEqual([quote(REMOVED)]);
    expect(without([quote("anything at all", "ann-1")])).toEqual([quote("anything at all", "ann-1")]);
    expect(without([quote(words[0] ?? ""), quote(clip(words[0] ?? "", 20))])).toEqual([quote(REMOVED), quote(REMOVED)]);
    const comments =
      "Step 1, worked: numbers\nStep 1, change: Ann likes numbers too\nStep 2, worked: first line of it\nand a second line of it";
    expect(without([quote(comments)])).toEqual([
      quote(`Step 1, worked: ${REMOVED}\nStep 1, change: Ann likes numbers too\nStep 2, worked: ${REMOVED}`),
    ]);
    expect(without([quote("Step 1, worked: ok\nStep 2, worked: half a million req…")])).toEqual([
      quote(`Step 1, worked: ok\nStep 2, worked: ${REMOVED}`),
    ]);
    expect(without([{ kind: "text", markdown: "named early (“requests a second”), and “Ann's own”" }])).toEqual([
      { kind: "text", markdown: `named early (“${REMOVED}”), and “Ann's own”` },
    ]);
    const points = [
      { state: "covered", text: "P", evidence: "half a million requests" },
      { state: "covered", text: "Q", evidence: "Ann said that" },
    ] as const;
    expect(without([{ kind: "rubric", points }])).toEqual([{ kind: "rubric", points: [{ state: "covered", text: "P" }, points[1]] }]);
  });

  it("tells a lost word from a changed name", () => {
    const before = { title: "T", blocks: [{ kind: "text", markdown: mention("bob-2") } as const] };
    expect(hasLost(before, viewWithout(before, leaving))).toBe(false);
    const quoted = { title: "T", blocks: [{ kind: "quote", text: "x", by: "bob-2" } as const] };
    expect(hasLost(quoted, viewWithout(quoted, leaving))).toBe(true);
  });

  it("holds for a whole scorecard", () => {
    fc.assert(
      fc.property(finished, who, (round, gone) => {
        const own = wordsIn(round, gone);
        const after = viewWithout(resultView(round, material), { id: gone, name: gone, as: AS, words: own });
        expect(JSON.stringify(after)).not.toContain(gone);
      }),
      { numRuns: 20 },
    );
  });
});

describe("a stand-in", () => {
  it("is read as a former member, is neither called nor written to", () => {
    expect(isFormer(AS) && !isFormer("former-x")).toBe(true);
    expect(parse(mention(AS))).toEqual([{ kind: "plain", text: FORMER_NAME }]);
    const to = { platform: "web", space: "s" } as const;
    const view = { title: "T", blocks: [], notify: [AS, "ann-1"] };
    expect(reachable({ kind: "notice", key: "k", to, member: AS, view })).toBeUndefined();
    expect(reachable({ kind: "post", key: "k", to, view })).toMatchObject({ view: { notify: ["ann-1"] } });
  });
});

describe("an export", () => {
  const rows = fc.array(fc.dictionary(fc.constantFrom("a", "b"), fc.string({ unit: "binary", maxLength: 60 })), { maxLength: 12 });
  const parts = fc.array(fc.record({ name: fc.uuid(), about: fc.string(), fate: fc.string(), rows }), { maxLength: 6 });

  it("holds every row once and in order, in files below the limit, each a document of its own", () => {
    fc.assert(
      fc.property(parts, (all) => {
        const limit = 9_000;
        const documents = documentsOf(all, { member: "ann" }, limit);
        const read = documents.map((text) => JSON.parse(text) as { of: number; readme: object; data: Record<string, unknown[]> });
        expect(read.every(({ of, readme }) => of === documents.length && readme !== undefined)).toBe(true);
        for (const { name, rows } of all)
          expect(read.flatMap(({ data }) => data[name] ?? [])).toEqual(rows.map((row) => JSON.parse(JSON.stringify(row))));
        if (documents.length > 1) for (const text of documents) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(limit);
      }),
    );
  });
});
