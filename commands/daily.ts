import { z } from "zod";
import { type Command, command, type Outcome, type Scene } from "../src/app/command.ts";
import { feedbackOn, isOpen, submitAnswer } from "../src/app/daily_answer.ts";
import { mark } from "../src/core/drill_mark.ts";
import { ANSWER_CHARACTERS, answerButton, answerForm, postId } from "../src/core/drill_views.ts";
import { feedbackView } from "../src/core/feedback_views.ts";
import { zoneOf } from "../src/core/group.ts";
import { clip, moment } from "../src/core/markup.ts";
import { refuse } from "../src/core/refusal.ts";
import { find, post } from "./daily_find.ts";
import { forOrganizers } from "./daily_group.ts";
import { questions } from "./daily_questions.ts";
import { talk } from "./daily_talk.ts";

/** How a drill stands for a member: what their last answer earned, or that there is none. */
async function standing(scene: Scene, id: string | undefined): Promise<Outcome> {
  const found = await find(scene, id);
  if (!found.ok) return found;
  const { tx, library, who, now } = scene;
  const { drill } = found;
  const open = isOpen(found.post, now);
  const last = (await tx.answers.of(found.post, who.id)).at(-1);
  if (last) {
    const marking = mark(drill, last.text, library.bank);
    if (!marking.ok) return refuse("That drill has changed", "Your answer does not fit it any more. The next drill is fine.");
    return { ok: true, reply: feedbackView(await feedbackOn(tx, found.post, drill, last, marking.marked, undefined, now)) };
  }
  const words = open
    ? `You have not answered yet. It is open until ${moment(found.post.revealAt ?? now)}.`
    : "You did not answer it in time; an answer now counts as practice.";
  return {
    ok: true,
    reply: {
      title: `Daily drill · ${drill.title}`,
      blocks: [
        { kind: "text", markdown: drill.prompt },
        { kind: "text", markdown: words },
        { kind: "buttons", buttons: [answerButton(postId(found.post))] },
      ],
    },
  };
}

const today = command({
  path: "daily today",
  summary: "Today's drill, and how your answer stands",
  access: "anyone",
  input: z.object({}),
  run: (_input, scene) => standing(scene, undefined),
});

const mine = command({
  path: "daily mine",
  summary: "How your answer to a drill stands",
  access: "anyone",
  hidden: true,
  input: z.object({ post }),
  run: (input, scene) => standing(scene, input.post),
});

const answer = command({
  path: "daily answer",
  summary: "Answer the drill",
  access: "anyone",
  input: z.object({ answer: z.string().trim().min(1, "write an answer first").max(ANSWER_CHARACTERS).describe("Your answer"), post }),
  async form(input, scene) {
    const found = await find(scene, input.post);
    if (!found.ok) return found;
    const earlier = await scene.read.answers.of(found.post, scene.who.id);
    return answerForm(found.drill, postId(found.post), earlier.at(-1)?.text, scene.library.reader);
  },
  async run(input, scene) {
    const found = await find(scene, input.post);
    if (!found.ok) return found;
    const { tx, library, who, now } = scene;
    const submitted = await submitAnswer(tx, library, found.group, found.post, found.drill, who.id, input.answer, now);
    if (!submitted.ok) return submitted;
    const { group, date, edition } = found.post;
    const toRead = { ref: { group, date, edition }, member: who.id, nth: submitted.nth };
    return { ok: true, reply: feedbackView(submitted.feedback), ...(submitted.fresh ? { toRead } : {}) };
  },
});

const now = command({
  path: "daily now",
  summary: "Post today's drill at once",
  access: "organizer",
  input: z.object({}),
  async run(_input, { tx, group, now }) {
    if (!group) return refuse("No group meets here yet", "Set one up with `/setup` first.");
    const date = await tx.calendar.localDate(zoneOf(group), now);
    const last = await tx.posts.latest(group.id, date);
    if (group.paused)
      return refuse("The daily drill is paused", `${clip(group.paused.reason, 300)} Run \`/daily resume\` when it is mended.`);
    // What nobody saw, or was replaced by what nobody saw, gives way; answers to it stay with it.
    const free = !last || last.state === "skipped" || last.state === "replaced";
    if (!free || !(await tx.posts.add({ group: group.id, date, edition: (last?.edition ?? 0) + 1 }, now)))
      return refuse("Today already has its drill", "There is one for each day. `/daily today` shows it, `/daily skip` replaces it.");
    return {
      ok: true,
      reply: {
        title: "On its way",
        tone: "good",
        blocks: [
          { kind: "text", markdown: "Today's drill is being posted in this channel. It takes the place of the scheduled one of today." },
        ],
      },
    };
  },
});

export const daily: readonly Command[] = [today, answer, mine, ...talk, ...questions, now, ...forOrganizers];
