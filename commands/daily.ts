import { z } from "zod";
import { type Command, command, type Refused } from "../src/app/command.ts";
import { submitAnswer } from "../src/app/drills.ts";
import type { Library } from "../src/app/library.ts";
import type { Post, Reads } from "../src/app/ports.ts";
import { type Drill, mark } from "../src/core/drill.ts";
import { ANSWER_CHARACTERS, answerButton, answerForm, feedbackView, parsePostId, postId } from "../src/core/drill_views.ts";
import type { Group } from "../src/core/group.ts";
import { zoneOf } from "../src/core/group.ts";
import { clip, moment } from "../src/core/markup.ts";
import { refuse } from "../src/core/refusal.ts";

/** Which drill, from a button; otherwise the newest is meant. */
const post = z.string().max(40).optional().meta({ carried: true });

interface Found {
  readonly ok: true;
  readonly post: Post;
  readonly drill: Drill;
}

/** The post that a button names, or the group's newest; only ever one of this channel's own group. */
async function find(reads: Reads, { drills }: Library, group: Group | undefined, id: string | undefined): Promise<Found | Refused> {
  const ref = id === undefined ? undefined : parsePostId(id);
  if (!group) return refuse("No group meets here yet", "An organizer sets one up with `/setup` in the channel.");
  if (id !== undefined && ref?.group !== group.id)
    return refuse("That drill is not of this channel", "Answer it in the channel where it was posted.");
  const found = ref ? await reads.posts.find(ref) : await reads.posts.newest(group.id);
  const drill = drills.get(found?.drill ?? "");
  if (!found || !drill)
    return refuse(
      "There is no drill yet",
      group.schedule ? "The next one comes at the scheduled time." : "An organizer sets the daily drill up with `/setup`.",
    );
  return { ok: true, post: found, drill };
}

const today = command({
  path: "daily today",
  summary: "Today's drill, and how your answer stands",
  access: "anyone",
  input: z.object({}),
  async run(_input, { tx, library, group, who, now }) {
    const found = await find(tx, library, group, undefined);
    if (!found.ok) return found;
    const { drill } = found;
    const id = postId(found.post);
    const revealAt = found.post.revealAt ?? now;
    const sealed = found.post.state === "open" && now < revealAt;
    const answers = await tx.answers.of(found.post, who.id);
    const last = answers[answers.length - 1];
    if (!last)
      return {
        ok: true,
        reply: {
          title: `Daily drill · ${drill.title}`,
          blocks: [
            { kind: "text", markdown: drill.prompt },
            {
              kind: "text",
              markdown: sealed
                ? `You have not answered yet. It is open until ${moment(revealAt)}.`
                : "It is closed; an answer now counts as practice.",
            },
            { kind: "buttons", buttons: [answerButton(id)] },
          ],
        },
      };
    const marked = mark(drill, last.text, library.bank);
    if (!marked) return refuse("That drill has changed", "Its options are not those you answered. The next drill is fine.");
    const feedback = { drill, marked, standing: last.standing, points: undefined, revealAt, sealed, post: id };
    return { ok: true, reply: feedbackView(feedback) };
  },
});

const answer = command({
  path: "daily answer",
  summary: "Answer the drill",
  access: "anyone",
  input: z.object({ answer: z.string().trim().min(1, "write an answer first").max(ANSWER_CHARACTERS).describe("Your answer"), post }),
  async form(input, { read, library, group, who }) {
    const found = await find(read, library, group, input.post);
    if (!found.ok) return found;
    const earlier = await read.answers.of(found.post, who.id);
    return answerForm(found.drill, earlier[earlier.length - 1]?.text);
  },
  async run(input, { tx, library, group, who, now }) {
    const found = await find(tx, library, group, input.post);
    if (!found.ok || !group) return found.ok ? refuse("No group meets here yet", "An organizer sets one up with `/setup`.") : found;
    const { drill } = found;
    const submitted = await submitAnswer(tx, library, group, found.post, drill, who.id, input.answer, now);
    if (!submitted)
      return refuse("That is none of the options", `Answer with a number from 1 to ${drill.kind === "choice" ? drill.options.length : 1}.`);
    const revealAt = found.post.revealAt ?? now;
    const sealed = submitted.standing !== "practice";
    return { ok: true, reply: feedbackView({ ...submitted, drill, revealAt, sealed, post: postId(found.post) }) };
  },
});

const now = command({
  path: "daily now",
  summary: "Post today's drill at once",
  access: "organizer",
  input: z.object({}),
  async run(_input, { tx, group, now }) {
    if (!group) return refuse("No group meets here yet", "Set one up with `/setup` first.");
    const ref = { group: group.id, date: await tx.calendar.localDate(zoneOf(group), now) };
    if (group.paused) return refuse("The daily drill is paused", `${clip(group.paused.reason, 300)} Run \`/setup\` when it is mended.`);
    if (!(await tx.posts.add(ref, now)))
      return refuse("Today already has its drill", "There is one for each day. `/daily today` shows it.");
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

export const daily: readonly Command[] = [today, answer, now];
