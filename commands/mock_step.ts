/** What one does in an open step: answer, ask, throw a curveball, take more time, move on. */
import { z } from "zod";
import { command } from "../src/app/command.ts";
import { advance } from "../src/core/interview.ts";
import { contentOf, drawCurveball } from "../src/core/interview_material.ts";
import { MODE_RULES } from "../src/core/interview_modes.ts";
import { EXTENSION_MINUTES, stepAt, turnOf } from "../src/core/interview_state.ts";
import { ASK_CHARACTERS, askForm, briefView, OWN_WORDS, stepAnswerForm, thrownBlocks } from "../src/core/interview_step_views.ts";
import { bold } from "../src/core/markup.ts";
import { refuse } from "../src/core/refusal.ts";
import { done, type View } from "../src/core/view.ts";
import { find, move, round } from "./mock_find.ts";

export const answer = command({
  path: "mock answer",
  summary: "Answer the open step, as the candidate",
  access: "anyone",
  input: z.object({ text: z.string().trim().min(1, "write an answer first").max(2_000).describe("Your answer"), round }),
  async form(input, scene) {
    const found = await find(scene, input.round);
    if (!found.ok) return found;
    // Whoever may not answer is told before they write.
    const tried = advance(found.round, { kind: "answer", who: scene.who.id, text: "", turn: scene.revision }, scene.now);
    return tried.ok ? stepAnswerForm(found.round, found.material, scene.revision) : tried;
  },
  run: (input, scene) =>
    move(scene, input.round, { kind: "answer", who: scene.who.id, text: input.text, turn: scene.revision }, ({ before, round: after }) => {
      if (after.steps[stepAt(before, scene.revision)]?.answers.at(-1)?.late) return late(input.text);
      return MODE_RULES[after.mode].followUps > 0 ? heard : said;
    }),
});

const said = done("Said", "It is in the thread. You can add to it while the step is open.");
const heard = done("Said", "It is in the thread, and so is what your interviewer says to it.");
const late = (text: string): View => ({
  title: "The step had closed",
  tone: "warn",
  blocks: [
    { kind: "text", markdown: "Your answer is kept as practice; it is not scored." },
    { kind: "quote", text },
  ],
});

export const ask = command({
  path: "mock ask",
  summary: "Ask the candidate, as the interviewer: a probe of your brief or your own words",
  access: "anyone",
  input: z.object({
    question: z.string().trim().min(1).max(ASK_CHARACTERS).describe("Your own words, or the number of a probe in your brief"),
    words: z.string().trim().max(ASK_CHARACTERS).optional().meta({ carried: true }),
    round,
  }),
  async form(input, scene) {
    const found = await find(scene, input.round);
    if (!found.ok) return found;
    const tried = advance(found.round, { kind: "ask", who: scene.who.id, text: "", probe: undefined, turn: scene.revision }, scene.now);
    return tried.ok ? askForm(found.round, found.material) : tried;
  },
  async run({ question, words = "", round: id }, scene) {
    const found = await find(scene, id);
    if (!found.ok) return found;
    const at = /^\d{1,2}$/.test(question) ? Number(question) - 1 : undefined;
    const probe = at === undefined ? undefined : contentOf(found.material, stepAt(found.round, scene.revision)).probes[at];
    if (at !== undefined && !probe) return refuse("There is no such probe", "Choose one of the list, or use your own words.");
    const first = probe?.ask ?? (question === OWN_WORDS ? "" : question);
    const text = [first, words].filter((part) => part !== "").join("\n");
    if (text === "") return refuse("There is no question yet", "Write it in your own words, or choose a probe.");
    const asked = { kind: "ask", who: scene.who.id, text, probe: at, turn: scene.revision } as const;
    return move(scene, id, asked, () => done("Asked", probe ? `A strong answer: ${probe.strong}` : "It is in the thread."));
  },
});

export const curveball = command({
  path: "mock curveball",
  summary: "Throw a changed assumption at the candidate, once a round, as the interviewer",
  access: "anyone",
  input: z.object({ round }),
  async run(input, scene) {
    const found = await find(scene, input.round);
    if (!found.ok) return found;
    const step = stepAt(found.round, undefined);
    const drawn = drawCurveball(found.round, step, found.material, scene.newId());
    if (!drawn) return refuse("There is no curveball left", "Change an assumption in your own words with **Ask**.");
    const thrown = { kind: "curveball", who: scene.who.id, id: drawn.id, change: drawn.change, turn: scene.revision } as const;
    return move(scene, input.round, thrown, ({ round: after, material }) => ({
      title: "The curveball is thrown",
      tone: "good",
      blocks: [{ kind: "text", markdown: bold(drawn.change) }, ...thrownBlocks(step, after, material)],
    }));
  },
});

export const extend = command({
  path: "mock extend",
  summary: `Take ${EXTENSION_MINUTES} minutes more in a live step, once, as candidate or interviewer`,
  access: "anyone",
  input: z.object({ round }),
  run: (input, scene) =>
    move(scene, input.round, { kind: "extend", who: scene.who.id, turn: scene.revision }, () =>
      done(`${EXTENSION_MINUTES} minutes more`, "The thread says until when."),
    ),
});

export const next = command({
  path: "mock next",
  summary: "Close the open step and move on, as interviewer, or as who answers the bot",
  access: "anyone",
  input: z.object({ round }),
  async run(input, scene) {
    const made = { kind: "next", who: scene.who.id, turn: scene.revision } as const;
    if (scene.revision !== undefined)
      return move(scene, input.round, made, () => done("On to the next", "What comes next is in the thread."));
    // Typed, it does not say which step its author saw, and that one may have closed just now: the button does.
    const found = await find(scene, input.round);
    if (!found.ok) return found;
    const tried = advance(found.round, made, scene.now);
    if (!tried.ok) return tried;
    const turn = turnOf(found.round);
    const close = { label: `Close step ${turn}`, command: "mock next", input: { round: found.round.id }, revision: turn } as const;
    return {
      ok: true,
      reply: {
        title: `Close step ${turn}?`,
        blocks: [
          { kind: "text", markdown: "Nothing can be added to it after that." },
          { kind: "buttons", buttons: [close] },
        ],
      },
    };
  },
});

export const brief = command({
  path: "mock brief",
  summary: "Your private brief for the open step, as the interviewer",
  access: "anyone",
  input: z.object({ round }),
  run: (input, scene) =>
    move(scene, input.round, { kind: "here", who: scene.who.id }, ({ round: after, material }) =>
      briefView(after, stepAt(after, undefined), material),
    ),
});
