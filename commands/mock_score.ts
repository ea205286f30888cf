/** Blind scoring of a step. */
import { z } from "zod";
import { command } from "../src/app/command.ts";
import { STEPS } from "../src/core/content.ts";
import { advance } from "../src/core/interview.ts";
import { anyStepForm, scoredView, scoreForm } from "../src/core/interview_score_views.ts";
import { closedSteps, hasAnswered } from "../src/core/interview_state.ts";
import { find, move, round } from "./mock_find.ts";

const note = (name: string) => z.string().trim().max(500).optional().describe(name);

export const score = command({
  path: "mock score",
  summary: "Score a step that has closed, from 1 to 4",
  access: "anyone",
  input: z.object({
    step: z.coerce.number().int().min(1).max(STEPS.length).describe("Which step, 1 to 7"),
    level: z.coerce.number().int().min(1).max(4).describe("1 to 4, as the form describes them"),
    worked: note("What worked"),
    change: note("What to change"),
    round,
  }),
  async form(input, scene) {
    const found = await find(scene, input.round);
    if (!found.ok) return found;
    // In turns, the step that closed last may be their own.
    const last = STEPS.findLastIndex((_, at) => at < closedSteps(found.round) && !hasAnswered(found.round, scene.who.id, at));
    const step = input.step === undefined ? Math.max(last, 0) : input.step - 1;
    const tried = advance(found.round, { kind: "score", who: scene.who.id, step, level: 1 }, scene.now);
    if (!tried.ok) return tried;
    return input.step === undefined ? anyStepForm(found.round, scene.who.id) : scoreForm(found.round, step, scene.who.id, found.material);
  },
  run: (input, scene) =>
    move(
      scene,
      input.round,
      {
        kind: "score",
        who: scene.who.id,
        step: input.step - 1,
        level: input.level,
        worked: input.worked || undefined,
        change: input.change || undefined,
      },
      ({ round: after }) => scoredView(after, scene.who.id, input.step - 1),
    ),
});
