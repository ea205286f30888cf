/** A group's own questions: proposed, tried out, approved. */
import { z } from "zod";
import { award } from "../src/app/awards.ts";
import { type Command, command, type Refused, type Scene } from "../src/app/command.ts";
import { noticeOrganizers } from "../src/app/notices.ts";
import type { Question } from "../src/app/ports.ts";
import { STEPS } from "../src/core/content.ts";
import { clip, literal, mention } from "../src/core/markup.ts";
import { readPoints, tryOut } from "../src/core/own_question.ts";
import { QUESTION_POINTS } from "../src/core/points.ts";
import { approvedView, proposalView, proposedView } from "../src/core/question_views.ts";
import { refuse } from "../src/core/refusal.ts";
import type { FormField, View } from "../src/core/view.ts";
import { groupOf } from "./daily_find.ts";

const long = (name: string, label: string, hint: string, maxLength: number, required = true): FormField => ({
  name,
  label,
  hint,
  required,
  kind: "paragraph",
  maxLength,
});

/** Of one member, for the organizer to read. */
const MOST_WAITING = 5;

const propose = command({
  path: "daily propose",
  summary: "Propose a question of your own for this group",
  access: "anyone",
  input: z.object({
    step: z.enum(STEPS).describe("Which of the seven steps it practises"),
    prompt: z.string().trim().min(20, "ask in a sentence or two").max(1_000).describe("The question"),
    reference: z.string().trim().min(40, "write the answer you would like to read").max(1_500).describe("A reference answer"),
    points: z.string().trim().min(8).max(1_500).describe("Rubric points, one a line: text | word, other word & second part"),
    examples: z.string().trim().max(1_500).optional().describe("Answers to try, one a line"),
  }),
  async form(typed, scene) {
    const found = groupOf(scene);
    if (!found.ok) return found;
    const titles = scene.library.bank.framework.steps.map(({ title }) => title);
    return {
      title: "A question for the group",
      intro:
        "You see at once what the reference and each example would earn. Points, one a line: what a strong answer says, a bar, and the words that show it. `Says how fast | p99, latency & 200 ms, budget` needs a word of each part.",
      submit: "Try it and propose",
      fields: [
        {
          name: "step",
          label: "Which step does it practise?",
          required: true,
          kind: "choice",
          options: STEPS.map((step, at) => ({ label: `${at + 1}. ${titles[at] ?? step}`, value: step })),
          ...(typed.step ? { value: typed.step } : {}),
        },
        long("prompt", "The question", "As an interviewer asks it", 1_000),
        long("reference", "A reference answer", "It should earn every point", 1_500),
        long("points", "Rubric points, one a line", "what a strong answer says | word, other word & second part", 1_500),
        long("examples", "Answers to try, one a line", "A good one and a bad one tell you most", 1_500, false),
      ],
    };
  },
  async run(typed, scene) {
    const found = groupOf(scene);
    if (!found.ok) return found;
    const { tx, who, now, newId, library } = scene;
    const read = readPoints(typed.points);
    if ("problem" in read) return refuse("The points cannot be read", read.problem);
    if (await tx.shares.muted(found.group.id, who.id)) return refuse("You are muted in this group", "Ask an organizer.");
    const waiting = await tx.questions.of(found.group.id, "proposed");
    if (waiting.filter(({ author }) => author === who.id).length >= MOST_WAITING)
      return refuse("Enough of yours wait already", "An organizer decides about them with `/daily proposals`. Take one back, or wait.");
    const { step, prompt, reference } = typed;
    const question: Question = {
      id: newId(),
      group: found.group.id,
      author: who.id,
      state: "proposed",
      body: { step, prompt, reference, points: read.points },
      at: now,
    };
    await tx.questions.propose(question);
    const trials = tryOut(question.body, typed.examples ?? "", library.bank);
    const words = `${mention(who.id)} proposes a question: “${literal(clip(prompt, 200))}”\n\n\`/daily proposals\` in the channel shows it.`;
    return {
      ok: true,
      reply: proposedView(question, trials),
      // One message for all that wait: who looks sees the rest behind it.
      effects:
        waiting.length > 0 ? [] : noticeOrganizers(found.group, `proposed/${question.id}`, "A question was proposed", words, "plain"),
    };
  },
});

const withdraw = command({
  path: "daily withdraw",
  summary: "Take your proposed question back",
  access: "anyone",
  hidden: true,
  input: z.object({ question: z.string().max(20) }),
  async run(input, scene) {
    const found = await ofGroup(scene, input.question);
    if (!found.ok) return found;
    const { tx, who, now } = scene;
    if (found.question.author !== who.id) return refuse("It is not yours", "An organizer can decline it.");
    if (!(await tx.questions.decide(found.question.id, "proposed", "retired", who.id, now))) return decided;
    return { ok: true, reply: plain("It is taken back", "Propose it again when it is mended: `/daily propose`.") };
  },
});

const decided = refuse("It was decided already", "`/daily proposals` shows what still waits.");
const plain = (title: string, markdown: string): View => ({ title, tone: "good", blocks: [{ kind: "text", markdown }] });

async function ofGroup({ tx, group }: Scene, id: string): Promise<{ readonly ok: true; readonly question: Question } | Refused> {
  const question = await tx.questions.find(id);
  if (!question || !group || question.group !== group.id) return refuse("There is no such question here", "`/daily proposals` lists them.");
  return { ok: true, question };
}

const proposals = command({
  path: "daily proposals",
  summary: "Questions that members proposed, to approve or decline",
  access: "organizer",
  input: z.object({}),
  async run(_input, scene) {
    const found = groupOf(scene);
    if (!found.ok) return found;
    const waiting = await scene.tx.questions.of(found.group.id, "proposed");
    const approved = await scene.tx.questions.of(found.group.id, "approved");
    const [first] = waiting;
    if (!first) return { ok: true, reply: approvedView(approved) };
    return { ok: true, reply: proposalView(first, tryOut(first.body, "", scene.library.bank), waiting.length - 1) };
  },
});

const decide = command({
  path: "daily decide",
  summary: "Approve or decline a proposed question",
  access: "organizer",
  hidden: true,
  input: z.object({ question: z.string().max(20), approve: z.boolean() }),
  async run(input, scene) {
    const found = await ofGroup(scene, input.question);
    if (!found.ok) return found;
    const { tx, who, now, group } = scene;
    const { question } = found;
    if (!group || !(await tx.questions.decide(question.id, "proposed", input.approve ? "approved" : "declined", who.id, now)))
      return decided;
    // Nobody pays themselves.
    if (input.approve && question.author !== who.id)
      await award(tx, group, [
        { key: `question/${question.id}`, member: question.author, kind: "question", points: QUESTION_POINTS, at: now },
      ]);
    const words = input.approve
      ? `It comes among this group's drills, and its author earns ${QUESTION_POINTS} points.`
      : "It is kept out; its author is told.";
    const title = input.approve ? "Your question was approved" : "Your question was declined";
    return {
      ok: true,
      reply: plain(input.approve ? "Approved" : "Declined", words),
      effects: [
        {
          kind: "notice",
          key: `decided/${question.id}`,
          to: group.place,
          member: question.author,
          view: plain(title, `“${literal(clip(question.body.prompt, 200))}”`),
        },
      ],
    };
  },
});

const retire = command({
  path: "daily retire",
  summary: "Take an approved question out of the mix",
  access: "organizer",
  hidden: true,
  input: z.object({ question: z.string().max(20) }),
  async run(input, scene) {
    const found = await ofGroup(scene, input.question);
    if (!found.ok) return found;
    const { tx, who, now } = scene;
    if (!(await tx.questions.decide(found.question.id, "approved", "retired", who.id, now))) return decided;
    return { ok: true, reply: plain("It is taken out", "It does not come again; what it earned stays.") };
  },
});

export const questions: readonly Command[] = [propose, withdraw, proposals, decide, retire];
