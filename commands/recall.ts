/** A private session of cards: question first, then the answer, then how well it went. */
import { z } from "zod";
import { type Command, command, type Outcome, type Scene } from "../src/app/command.ts";
import { homeOf } from "../src/app/home_group.ts";
import { cardAt, deskOf, openSession, rate, type Student } from "../src/app/recall.ts";
import { RATINGS } from "../src/core/recall.ts";
import {
  answerView,
  chooseGroupView,
  HOME_PAGES,
  keptLead,
  ratedLead,
  removedLead,
  removedView,
  staleView,
  undoneLead,
} from "../src/core/recall_views.ts";
import { refuse } from "../src/core/refusal.ts";
import type { View } from "../src/core/view.ts";
import { boardReply } from "./leaderboard.ts";
import { progressReply } from "./progress.ts";

const card = z.int().positive();

async function studentOf({ tx, who, place, library, now, group }: Scene): Promise<Student> {
  return { who, place, library, now, home: await homeOf(tx, who, group) };
}

const shown = (reply: View): Outcome => ({ ok: true, reply });

const session = command({
  path: "recall",
  summary: "Your due cards: trade-offs, the framework, and what you missed",
  access: "anyone",
  anywhere: true,
  input: z.object({}),
  async run(_input, scene) {
    const student = await studentOf(scene);
    if (student.home.kind === "ask") return shown(chooseGroupView(student.home.groups.map(named), "recall"));
    return shown(await openSession(scene.tx, student));
  },
});

const named = ({ id, place }: { readonly id: string; readonly place: { readonly channel: string } }) => ({ id, channel: place.channel });

/** A button under a card: what it does to the card as it was drawn, or why it does nothing any more. */
const onCard = <I extends z.ZodObject>(
  path: string,
  summary: string,
  input: I,
  act: (
    input: z.output<I>,
    at: Extract<Awaited<ReturnType<typeof cardAt>>, { asked: unknown }>["asked"],
    student: Student,
    scene: Scene,
  ) => Promise<View>,
): Command =>
  command({
    path: `recall ${path}`,
    summary,
    access: "anyone",
    anywhere: true,
    hidden: true,
    input: input.extend({ card }),
    async run(values, scene) {
      const student = await studentOf(scene);
      const at = await cardAt(scene.tx, student, values.card as number, scene.revision);
      return shown("stale" in at ? at.stale : await act(values as z.output<I>, at.asked, student, scene));
    },
  });

const show = onCard("show", "Show the answer of a card", z.object({}), async (_input, asked, { now }) => answerView(asked, now));

const rated = onCard("rate", "Say how well it went", z.object({ rating: z.enum(RATINGS) }), async ({ rating }, asked, student, { tx }) => {
  const after = await rate(tx, student, asked.card, rating);
  return openSession(tx, student, after.memory && ratedLead(after, rating, after.memory));
});

const undo = onCard("undo", "Take your last rating back", z.object({}), async (_input, asked, student, { tx }) => {
  const last = await tx.recall.lastReview(student.who);
  if (last?.card !== asked.card.id) return staleView(undefined);
  await tx.recall.undo(last);
  return openSession(tx, student, undoneLead);
});

const remove = onCard("remove", "Take a card out of your deck", z.object({}), async (_input, asked, student, { tx, now }) => {
  await tx.recall.setRemoved(asked.card.id, now);
  return openSession(tx, student, removedLead({ ...asked.card, revision: asked.card.revision + 1 }));
});

const keep = onCard("keep", "Bring a card back into your deck", z.object({}), async (_input, asked, student, { tx }) => {
  await tx.recall.setRemoved(asked.card.id, undefined);
  return openSession(tx, student, keptLead);
});

const removed = command({
  path: "recall removed",
  summary: "The cards that you took out",
  access: "anyone",
  anywhere: true,
  hidden: true,
  input: z.object({ page: z.int().min(1).max(1_000).default(1) }),
  async run({ page }, scene) {
    const desk = await deskOf(scene.tx, await studentOf(scene));
    return shown(removedView(desk.removed, page));
  },
});

const group = command({
  path: "recall group",
  summary: "Choose the group that gets your points",
  access: "anyone",
  anywhere: true,
  hidden: true,
  input: z.object({ group: z.string().max(40).optional(), to: z.enum(HOME_PAGES).default("recall") }),
  async run({ group: id, to }, scene) {
    const { tx, who, now } = scene;
    const groups = await tx.homes.groups(who);
    if (id === undefined) return shown(chooseGroupView(groups.map(named), to));
    if (!groups.some((one) => one.id === id)) return refuse("You are not in that group", "Answer a drill in its channel first.");
    await tx.homes.choose(who, id, now);
    const student = await studentOf(scene);
    if (to === "leaderboard") return boardReply({ window: "week", scope: "group", metric: "points" }, scene, student.home);
    return to === "recall" ? shown(await openSession(tx, student)) : progressReply(scene, student.home);
  },
});

export const recall: readonly Command[] = [session, show, rated, undo, remove, keep, removed, group];
