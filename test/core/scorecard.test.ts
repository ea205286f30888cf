import { describe, expect, it } from "vitest";
import { materialOf } from "../../src/app/library.ts";
import { exportOf } from "../../src/app/round_export.ts";
import { STEPS } from "../../src/core/content.ts";
import { openLobby } from "../../src/core/interview.ts";
import { turnedSeats } from "../../src/core/interview_seats.ts";
import type { Interview, Seat, StepRecord } from "../../src/core/interview_state.ts";
import { resultView } from "../../src/core/scorecard.ts";
import { pseudonyms, type Transcript } from "../../src/core/transcript.ts";
import { exportView, partsOf } from "../../src/core/transcript_views.ts";
import { library } from "../kit/bank.ts";

const SLUG = "ad-click-prediction";
const material = materialOf(library, SLUG) ?? expect.fail("no material");
const MINUTE = 60_000;
const NOON = Date.parse("2026-11-23T12:00:00Z");
const place = { platform: "slack", space: "T1", channel: "C1" } as const;

/** A finished round whose candidate says of each step what `answer` gives for it. */
function finished(answer: (step: number) => string, over: Partial<Interview> = {}): Interview {
  const plan = {
    id: "r",
    group: "g",
    place,
    case: SLUG,
    host: "U1",
    mode: "peer",
    pace: "live",
    minutes: STEPS.map(() => 6),
    turnHours: 24,
  } as const;
  const { state } = openLobby(
    plan,
    [
      { who: "U1", seat: "candidate" },
      { who: "U2", seat: "interviewer" },
      { who: "U3", seat: "scorer" },
    ],
    NOON,
  );
  const steps = state.steps.map((record, step): StepRecord => {
    const openedAt = NOON + step * 10 * MINUTE;
    const text = answer(step);
    const answers = text === "" ? [] : [{ by: "U1", text, at: openedAt + MINUTE, late: false }];
    return { ...record, openedAt, closedAt: openedAt + 5 * MINUTE, answers };
  });
  return { ...state, steps, phase: { name: "ended", how: "finished" }, ...over };
}
const reference = (step: number) => material.case.steps[STEPS[step] ?? "data"].reference;
const wordsOf = (round: Interview) => JSON.stringify(resultView(round, material));
const pictureOf = (round: Interview) => {
  const [block] = resultView(round, material).blocks;
  return block?.kind === "picture" && block.picture.kind === "scorecard" ? block.picture : expect.fail("no scorecard");
};
const essentials = (round: Interview) => Object.fromEntries(pictureOf(round).essentials.map(({ name, settled }) => [name, settled]));

describe("what an interview must not miss", () => {
  it("is settled by answers as the references give them", () => {
    expect(essentials(finished(reference))).toEqual({
      Scale: true,
      Latency: true,
      "When data drifts": true,
      "Data → features → serving": true,
    });
    expect(wordsOf(finished(reference))).toContain("Nothing is missing that an interview must not miss");
  });

  it("is missing from a round about the model alone", () => {
    const model = STEPS.indexOf("model");
    const alone = finished((step) => (step === model ? "We train a deep cross network and it is beautiful." : ""));
    expect(Object.values(essentials(alone))).toEqual([false, false, false, false]);
    expect(wordsOf(alone)).toContain("**Missing: Scale, Latency, When data drifts, Data → features → serving.**");
  });

  it.each(["data", "features", "serving"] as const)("is a path with a gap when the step %s is left out", (gap) => {
    const round = finished((step) => (STEPS[step] === gap ? "" : reference(step)));
    expect(essentials(round)["Data → features → serving"]).toBe(false);
  });

  it("counts nothing that came late", () => {
    const round = finished(reference);
    const late = round.steps.map((step) => ({ ...step, answers: step.answers.map((answer) => ({ ...answer, late: true })) }));
    expect(Object.values(essentials({ ...round, steps: late }))).toEqual([false, false, false, false]);
  });
});

describe("a scorecard", () => {
  it("names the jump to the model, kindly, with its step", () => {
    expect(wordsOf(finished(reference))).not.toContain("a model is named early");
    const jump = "I would train a *transformer* for this.";
    expect(wordsOf(finished((step) => (step === 0 ? jump : reference(step))))).toContain(
      "In step 1 a model is named early (“I would train a",
    );
    expect(wordsOf(finished((step) => (step === 0 ? jump : reference(step))))).toContain("\\\\*transformer");
    expect(wordsOf(finished((step) => (step === 1 ? jump : "Hello.")))).toContain("In step 2 a model is named early");
    expect(wordsOf(finished((step) => (step === 1 ? jump : reference(step))))).not.toContain("a model is named early");
  });

  it("counts the extension into the time, and hours in an async round", () => {
    const round = finished(reference);
    const extended = { ...round, steps: round.steps.map((step) => ({ ...step, extended: true })) };
    expect(wordsOf(extended)).toContain("5/9 min");
    const hours = round.steps.map((step) => ({ ...step, closedAt: (step.openedAt ?? 0) + 180 * MINUTE }));
    expect(wordsOf({ ...round, pace: "async", steps: hours })).toContain("3/24 h");
  });

  it("offers to swap seats, to recall what was missed, and to take it along", () => {
    const buttons = resultView(finished(reference), material).blocks.flatMap((block) => (block.kind === "buttons" ? block.buttons : []));
    expect(buttons.map(({ command }) => command)).toEqual(["mock swap", "recall", "mock export"]);
  });
});

it.each([
  [{ interviewers: ["b"], scorers: [] }, ["b candidate", "a interviewer"]],
  [{ interviewers: ["b"], scorers: ["c"] }, ["b candidate", "c interviewer", "a scorer"]],
  [{ interviewers: ["b", "c"], scorers: ["d"] }, ["b candidate", "c interviewer", "d scorer", "a scorer"]],
  [{ candidate: undefined, interviewers: ["b"], scorers: [] }, ["b candidate"]],
] as const)("turns the seats of %j", (seats, turned: readonly `${string} ${Seat}`[]) => {
  const round = finished(reference, { candidate: "a", ...seats });
  expect(turnedSeats(round, "a").map(({ who, seat }) => `${who} ${seat}`)).toEqual(turned);
});

describe("an export", () => {
  const said = (by: string, text: string, minute: number) => ({ by, text, at: NOON + minute * MINUTE });
  const round = finished((step) => (step === 0 ? "Ask <@U2> and <@U9|zoe>, {member:U3}:\n# half a *million* requests" : ""), {
    scores: [
      { by: "U3", step: 0, level: 4, worked: "said <@U1>", change: undefined },
      { by: "U2", step: 0, level: 2, worked: undefined, change: "draw" },
    ],
    curveballs: [{ id: "tenfold", change: "Traffic grows tenfold.", step: 0, by: "U2", at: NOON + 3 * MINUTE }],
  });
  const asked: Interview = {
    ...round,
    steps: round.steps.map((step, at) => (at === 0 ? { ...step, asks: [{ ...said("U2", "How many users?", 2), probe: 1 }] } : step)),
  };
  const json = (of: Interview, reader = "U1"): Transcript => JSON.parse(exportOf(of, material, reader, "json")) as Transcript;

  it("says in order who said what, under pseudonyms", () => {
    const { version, you, ended, level, steps } = json(asked);
    expect({ version, you, ended, level }).toEqual({ version: 1, you: "Candidate", ended: "finished", level: 3 });
    expect(steps).toHaveLength(7);
    expect(steps[0]?.opened).toBe("2026-11-23T12:00:00.000Z");
    expect(steps[0]?.said).toEqual([
      {
        kind: "answer",
        by: "Candidate",
        at: "2026-11-23T12:01:00.000Z",
        text: "Ask @Interviewer 1 and @Somebody, @Scorer A:\n# half a *million* requests",
      },
      { kind: "probe", by: "Interviewer 1", at: "2026-11-23T12:02:00.000Z", text: "How many users?" },
      { kind: "curveball", by: "Interviewer 1", at: "2026-11-23T12:03:00.000Z", text: "Traffic grows tenfold." },
    ]);
    expect(steps[0]?.scores).toEqual([
      { by: "Interviewer 1", level: 2, worked: null, change: "draw" },
      { by: "Scorer A", level: 4, worked: "said @Candidate", change: null },
    ]);
    expect(steps[1]?.missed.map(({ point, state }) => [point, state])).toEqual(
      material.case.steps.framing.rubric.map(({ id }) => [id, "missed"]),
    );
  });

  it("names nobody in either format", () => {
    for (const format of ["json", "markdown"] as const) expect(exportOf(asked, material, "U2", format)).not.toMatch(/U[1-9]/);
    expect(json(asked, "U3").you).toBe("Scorer A");
  });

  it("keeps blind scores of a stopped round", () => {
    const stopped = json({ ...asked, phase: { name: "ended", how: "cancelled" } });
    expect(stopped.steps[0]).toMatchObject({ level: null, scores: [] });
    expect(stopped.level).toBeNull();
  });

  it("reads as Markdown, with typed text as quotes that hold every line", () => {
    const text = exportOf(asked, material, "U1", "markdown");
    expect(text).toContain("# Mock round: Ad click prediction");
    expect(text).toContain("> # half a *million* requests");
    expect(text).toContain("- Scorer A: 4. Worked: said @Candidate");
  });

  it("makes nothing of what others typed but words: no link, no picture, no HTML", () => {
    const typed = "[here](https://a.example) ![](https://a.example/x.png) <img src=x> \\[y](https://b.example)";
    const shown = "\\[here](https://a.example) !\\[](https://a.example/x.png) \\<img src=x> \\\\\\[y](https://b.example)";
    const scores = [{ by: "U3", step: 0, level: 4, worked: typed, change: typed }] as const;
    const text = exportOf({ ...finished((step) => (step === 0 ? typed : "")), scores }, material, "U1", "markdown");
    expect(text).toContain(`> ${shown}`);
    expect(text).toContain(`Worked: ${shown}. Change: ${shown}`);
  });

  it("gives each of many scorers a name of their own", () => {
    const names = [...pseudonyms({ ...round, scorers: Array.from({ length: 60 }, (_, at) => `S${at}`) }).values()];
    expect(new Set(names).size).toBe(names.length);
  });

  it("comes in parts that fit and that are the whole when joined", () => {
    const text = exportOf(finished(reference), material, "U1", "json");
    const parts = partsOf(text);
    expect(parts.length).toBeGreaterThan(3);
    expect(parts.join("\n")).toBe(text);
    const long = "😀".repeat(3_000);
    expect(partsOf(long).join("")).toBe(long);
    for (const part of [...parts, ...partsOf(long)]) expect(part.length).toBeLessThanOrEqual(2_400);
    const last = exportView("abcdefghijkl", "json", text, 999);
    expect(last.title).toBe(`Export, JSON · part ${parts.length} of ${parts.length}`);
  });
});
