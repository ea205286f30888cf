/** Every view of ours is shown whole on every platform: none is longer than the narrowest takes. */

import { describe, expect, it } from "vitest";
import { encodePress } from "../../src/app/button.ts";
import { materialOf } from "../../src/app/library.ts";
import { architectureText } from "../../src/core/architecture_views.ts";
import { STEPS } from "../../src/core/content.ts";
import { diagramView } from "../../src/core/drawing_views.ts";
import { type Drill, diagramOf } from "../../src/core/drill.ts";
import { mark } from "../../src/core/drill_mark.ts";
import { answerForm, closedPostView, drillPostView, revealView } from "../../src/core/drill_views.ts";
import { feedbackView } from "../../src/core/feedback_views.ts";
import { openLobby } from "../../src/core/interview.ts";
import { BOT } from "../../src/core/interview_modes.ts";
import { scoreForm, scoringView } from "../../src/core/interview_score_views.ts";
import type { Interview } from "../../src/core/interview_state.ts";
import { answerView, askForm, askView, briefView, curveballView, promptView, warningView } from "../../src/core/interview_step_views.ts";
import { lobbyView, statusView, vacantView } from "../../src/core/interview_views.ts";
import { ALT_CHARACTERS, picturesIn } from "../../src/core/picture.ts";
import { resultView } from "../../src/core/scorecard.ts";
import { exportView } from "../../src/core/transcript_views.ts";
import { type Button, VIEW_CHARACTERS, type View } from "../../src/core/view.ts";
import { library } from "../kit/bank.ts";

const size = ({ change, adapt, keep }: { change: string; adapt: string; keep: string }) => change.length + adapt.length + keep.length;
const POST = "abcdefghijkl/2026-11-23/2";
const STREAK = { current: 14, best: 20, freezes: 2 };

function rightAnswer(drill: Drill): string {
  switch (drill.kind) {
    case "open":
      return drill.reference;
    case "choice":
      return String(drill.right + 1);
    case "estimate":
      return String(drill.value);
    case "order":
      return drill.right.map((at) => at + 1).join(" ");
    case "draw":
      return architectureText(drill.diagram);
  }
}

/** All text that a reader sees, pictures apart, and the buttons, which must fit their carrier. */
function check(view: View): void {
  const length = view.blocks.reduce((sum, block) => {
    if (block.kind === "text") return sum + block.markdown.length;
    if (block.kind === "quote") return sum + block.text.length;
    if (block.kind === "facts") return sum + block.facts.reduce((all, { name, value }) => all + name.length + value.length + 4, 0);
    if (block.kind === "rubric")
      return sum + block.points.reduce((all, { text, evidence }) => all + text.length + (evidence?.length ?? 0) + 8, 0);
    return sum;
  }, view.title.length);
  expect(length, view.title).toBeLessThanOrEqual(VIEW_CHARACTERS);
  const pictures = picturesIn(view);
  expect(pictures.length).toBeLessThanOrEqual(2);
  for (const { alt } of pictures) {
    expect(alt).not.toBe("");
    expect(alt.length).toBeLessThanOrEqual(ALT_CHARACTERS);
  }
  // Words stand beside every picture: it may be missing.
  if (pictures.length > 0) expect(length).toBeGreaterThan(view.title.length + 40);
  const buttons = view.blocks.flatMap((block): readonly Button[] => (block.kind === "buttons" ? block.buttons : []));
  for (const button of buttons) expect(encodePress(button).length).toBeLessThanOrEqual(100);
  for (const block of view.blocks) if (block.kind === "buttons") expect(block.buttons.length).toBeLessThanOrEqual(5);
}

describe.each([...library.drills.values()].map((drill) => [drill.id, drill] as const))("%s", (_id, drill) => {
  const marking = mark(drill, rightAnswer(drill), library.bank);
  const marked = marking.ok ? marking.marked : expect.fail("its own answer is refused");

  it("fits in its post, its feedback and its reveal", () => {
    check(drillPostView(drill, POST, 1));
    check(closedPostView(drill, POST, 1_000));
    check(revealView(drill, POST, 1_000, 0.5));
    const diagram = diagramOf(drill, library.bank);
    if (diagram) check(diagramView(diagram, drill.title));
    for (const sealed of [true, false])
      for (const standing of ["scored", "improved", "practice"] as const)
        check(feedbackView({ drill, marked, standing, points: 10, revealAt: 1, sealed, post: POST, shared: false, streak: STREAK }));
    expect(JSON.stringify(answerForm(drill, POST, undefined)).length).toBeLessThan(VIEW_CHARACTERS);
  });

  // The quick frame's reference is put together from statements of several steps: one may drown another's words.
  const least = drill.id.startsWith("quick/") ? 0.85 : 1;
  it("is earned in full by its own answer", () => expect(marked.coverage).toBeGreaterThanOrEqual(least));
});

describe.each([...library.bank.cases.keys()])("a round on %s", (slug) => {
  const material = materialOf(library, slug) ?? expect.fail("no material");
  const place = { platform: "discord", space: "100000000000000001", channel: "100000000000000002" } as const;
  const minutes = material.framework.steps.map((step) => step.minutes);
  const { state } = openLobby(
    {
      id: "abcdefghijkl",
      group: "abcdefghijkl",
      place,
      case: slug,
      host: "100000000000000003",
      mode: "peer",
      pace: "live",
      minutes,
      turnHours: 24,
    },
    [{ who: "100000000000000003", seat: "candidate" }],
    0,
  );
  const [curveball] = [...material.case.curveballs, ...material.curveballs].sort((a, b) => size(b) - size(a));
  if (!curveball) return expect.fail("no curveballs");
  const scorers = Array.from({ length: 5 }, (_, at) => `10000000000000001${at}`);
  const full: Interview = {
    ...state,
    interviewers: ["100000000000000004", "100000000000000005"],
    curveballs: STEPS.map((_, step) => ({ id: curveball.id, change: curveball.change, step, by: "100000000000000004", at: 1 })),
    scorers,
    phase: { name: "ended", how: "finished" },
    steps: state.steps.map(() => ({
      openedAt: 0,
      closedAt: 600_000,
      extended: true,
      answers: [{ by: "100000000000000003", text: "x".repeat(2_000), at: 1, late: false }],
      asks: [{ by: "100000000000000004", text: "x".repeat(700), probe: undefined, at: 1 }],
    })),
    scores: STEPS.flatMap((_, step) =>
      scorers.map((by, at) => ({ by, step, level: (at % 4) + 1, worked: "w".repeat(500), change: "c".repeat(500) })),
    ),
  };

  it("fits when the bot interviews and quotes all it was told", () => {
    const points = Object.values(material.case.steps).map(({ rubric }) => rubric.flatMap(({ good }) => good).join(" "));
    for (const [step, text] of points.entries()) {
      const answers = [{ by: "100000000000000003", text: `We train BERT. ${text}`, at: 1, late: false }];
      const asks = [{ by: BOT, text: "x".repeat(300), probe: 0, at: 1 }];
      const told: Interview = {
        ...full,
        mode: "solo",
        phase: { name: "step", step, prompt: 1, until: undefined, warnAt: undefined },
        steps: full.steps.map((record) => ({ ...record, answers, asks })),
      };
      check(askView(told, step, 1, material));
      check(promptView(told, { say: "prompt", step, prompt: 1, heard: true }, material));
      check(curveballView(told, step + 1, material));
    }
    const line = scorers.concat(["100000000000000021"]);
    const turns: Interview = { ...full, mode: "relay", line, phase: { name: "lobby", until: 1 } };
    check(lobbyView(turns, material));
    check(
      promptView(
        { ...turns, phase: { name: "step", step: 1, prompt: 2, until: 1, warnAt: 1 } },
        { say: "prompt", step: 1, prompt: 2, lost: scorers[0] },
        material,
      ),
    );
  });

  it("fits in its lobby, prompts, briefs, answers, forms and scorecard", () => {
    check(lobbyView({ ...full, phase: { name: "lobby", until: 1 } }, material));
    for (const step of STEPS.keys()) {
      const open: Interview = { ...full, phase: { name: "step", step, prompt: 1, until: undefined, warnAt: undefined } };
      check(promptView(open, { say: "prompt", step, prompt: 2 }, material));
      check(promptView({ ...open, curveballs: [] }, { say: "prompt", step, prompt: 1 }, material));
      check(briefView(open, step, material));
      check(askView(open, step, 1, material));
      check(warningView(open, step));
      expect(JSON.stringify(askForm(open, material)).length).toBeLessThan(VIEW_CHARACTERS);
      check(answerView(open, step, 1, material));
      expect(JSON.stringify(scoreForm(open, step, scorers[0] ?? "", material)).length).toBeLessThan(VIEW_CHARACTERS);
    }
    const vacant: Interview = { ...full, candidate: undefined, phase: { name: "vacant", step: 1, prompt: 1, until: 1 } };
    for (const round of [full, vacant]) for (const view of [statusView(round, material), lobbyView(round, material)]) check(view);
    check(vacantView(vacant, "candidate", ["100000000000000003"]));
    check(curveballView(full, 1, material));
    check(scoringView(full));
    check(resultView(full, material));
    check(exportView("abcdefghijkl", "json", "x".repeat(9_000), 2));
  });
});
