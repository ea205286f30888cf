/** Study plans: a member's own, in private, and the group's by its daily drills. */
import { z } from "zod";
import { type Command, command, type Outcome, type Scene } from "../src/app/command.ts";
import { groupPlan } from "../src/app/group_plan.ts";
import { lockMember } from "../src/app/member_lock.ts";
import { standingOf } from "../src/app/study.ts";
import type { Plan } from "../src/core/content.ts";
import { zoneOf } from "../src/core/group.ts";
import { hash } from "../src/core/hash.ts";
import { literal } from "../src/core/markup.ts";
import { refuse } from "../src/core/refusal.ts";
import { type caughtUp, LOAD, startStudy, ticked } from "../src/core/study.ts";
import { announcedView, groupPlanBlocks, planView, type StudyScene, todayView } from "../src/core/study_views.ts";
import { sheetPages } from "../src/core/tradeoff_views.ts";
import { done, type Form, type View } from "../src/core/view.ts";
import { groupOf } from "./daily_find.ts";
import { offered } from "./lookup.ts";

type Plans = ReadonlyMap<string, Plan>;

const days = z.string().trim().max(40).describe("14, 30 or 56").meta({ completes: true });
const none = refuse("You follow no plan", "`/plan start` begins one: 14, 30 or 56 days, a few things a day.");

/** By its length, slug or title. */
const planNamed = (plans: Plans, typed: string): readonly [string, Plan] | undefined =>
  [...plans].find(
    ([slug, plan]) =>
      String(plan.days) === typed.replace(/\s*days?$/i, "") ||
      slug === typed.toLowerCase() ||
      plan.title.toLowerCase() === typed.toLowerCase(),
  );

const byLength = (plans: Plans) => [...plans].sort(([, a], [, b]) => a.days - b.days);

const unknown = (plans: Plans, typed: string) =>
  refuse(
    "There is no such plan",
    `“${literal(typed)}” is none of ${byLength(plans)
      .map(([, plan]) => `${plan.days} days`)
      .join(", ")}.`,
  );

const choices = (plans: Plans) =>
  byLength(plans).map(([slug, plan]) => ({ label: `${plan.days} days: ${plan.title}`, value: slug, hint: plan.about }));

const formOf = (plans: Plans, title: string, more: readonly { label: string; value: string }[] = []): Form => ({
  title,
  intro: byLength(plans)
    .map(([, plan]) => `**${plan.title}** ${literal(plan.about)}`)
    .join("\n"),
  submit: "Begin",
  fields: [
    {
      name: "days",
      label: "How long?",
      required: true,
      kind: "choice",
      options: [...choices(plans).map(({ label, value }) => ({ label, value })), ...more],
    },
  ],
});

const complete = (typed: string, plans: Plans) =>
  offered(new Map([...plans].map(([slug, plan]) => [slug, { title: `${plan.days} days: ${plan.title}` }])), typed);

/** A member's plan as it stands, or what to say when there is none. */
async function standing(scene: Scene, view: (scene: StudyScene, caught: ReturnType<typeof caughtUp>) => View): Promise<Outcome> {
  const { tx, who, now, library, commands } = scene;
  const caught = await standingOf(tx, who, now);
  if (!caught) return ofGroup(scene);
  const plan = library.bank.plans.get(caught.study.plan);
  if (!plan) return refuse("That plan has left the bank", "`/plan stop` puts it away; `/plan start` begins another one.");
  const paths = new Set(commands.map(({ path }) => path));
  return { ok: true, reply: view({ study: caught.study, plan, today: caught.today, bank: library.bank, paths }, caught) };
}

/** Who follows none sees the group's, when it has one. */
async function ofGroup({ tx, library, group, now }: Scene): Promise<Outcome> {
  const followed = group && (await groupPlan(tx, library, group, now));
  if (!group?.plan || !followed) return none;
  const { plan, day } = followed;
  return {
    ok: true,
    reply: {
      title: day > plan.days ? `The group has finished ${plan.title}` : `The group's plan: ${plan.title}, day ${day} of ${plan.days}`,
      blocks: [
        ...groupPlanBlocks(plan, day),
        { kind: "text", markdown: "You follow none of your own yet; it adds what one does beside the drills, and ticks it off." },
        {
          kind: "buttons",
          buttons: [
            { label: "Follow it yourself", command: "plan start", input: { days: group.plan.slug }, style: "primary" },
            { label: "Another length", command: "plan start", input: {} },
          ],
        },
      ],
    },
  };
}

const start = command({
  path: "plan start",
  summary: "Begin a study plan of your own: 14, 30 or 56 days, a few things a day",
  access: "anyone",
  input: z.object({ days }),
  form: async (_typed, { library: { bank } }) => formOf(bank.plans, "A study plan"),
  complete: async (_field, typed, { library: { bank } }) => complete(typed, bank.plans),
  async run(typed, scene) {
    const { tx, who, now, group, library } = scene;
    const { bank } = library;
    const found = planNamed(bank.plans, typed.days);
    if (!found) return unknown(bank.plans, typed.days);
    const [slug, plan] = found;
    await lockMember(tx, who);
    const before = await tx.studies.of(who);
    if (before)
      return refuse(
        "You follow a plan already",
        `It is ${literal(bank.plans.get(before.plan)?.title ?? before.plan)}: \`/plan today\` shows it. \`/plan stop\` puts it away, with its ticks, and makes room.`,
      );
    const zone = group ? zoneOf(group) : "UTC";
    const slugs = [...bank.cases.keys()];
    // Members begin at different cases, so that two who play a round have not read the same ones.
    const turn = hash(who.id) % Math.max(slugs.length, 1);
    const material = { cases: [...slugs.slice(turn), ...slugs.slice(0, turn)], pages: sheetPages(bank.tradeoffs.values()) };
    await tx.studies.save(who, startStudy(slug, plan, material, await tx.calendar.startOf("day", zone, now), zone));
    return standing(scene, todayView);
  },
});

const today = command({
  path: "plan today",
  summary: "What your study plan has for today",
  access: "anyone",
  input: z.object({}),
  run: (_input, scene) => standing(scene, todayView),
});

const show = command({
  path: "plan show",
  summary: "Your whole study plan, and what is done of it",
  access: "anyone",
  input: z.object({}),
  run: (_input, scene) => standing(scene, planView),
});

const tick = command({
  path: "plan tick",
  summary: "Tick a task of your plan, or take the tick back",
  access: "anyone",
  hidden: true,
  input: z.object({ task: z.int().min(0), of: z.int(), done: z.boolean() }),
  async run({ task, of, done: isDone }, scene) {
    const { tx, who, now } = scene;
    const caught = await standingOf(tx, who, now);
    if (!caught) return none;
    if (caught.study.from !== of || !caught.study.tasks[task])
      return refuse("That was another plan", "`/plan today` shows the one you follow now.");
    await tx.studies.save(who, ticked(caught.study, task, isDone ? caught.today : undefined));
    return standing(scene, todayView);
  },
});

const stop = command({
  path: "plan stop",
  summary: "Put your study plan away",
  access: "anyone",
  input: z.object({}),
  async run(_input, { tx, who }) {
    await lockMember(tx, who);
    const study = await tx.studies.of(who);
    if (!study) return none;
    await tx.studies.remove(who);
    const ticks = study.tasks.filter(({ doneOn }) => doneOn !== undefined).length;
    return {
      ok: true,
      reply: done(
        "The plan is put away",
        `${ticks} of ${study.tasks.length} were done. Points, answers and rounds stay as they are; \`/plan start\` begins another.`,
      ),
    };
  },
});

const OFF = "none";

const forGroup = command({
  path: "plan group",
  summary: "Let the daily drills of this group follow a study plan, or none",
  access: "organizer",
  input: z.object({ days: z.string().trim().max(40).describe("14, 30 or 56, or none").meta({ completes: true }) }),
  async form(_typed, scene) {
    const found = groupOf(scene);
    if (!found.ok) return found;
    return formOf(scene.library.bank.plans, "The group's plan", [{ label: "None: everything in turn", value: OFF }]);
  },
  complete: async (_field, typed, { library: { bank } }) => complete(typed, bank.plans),
  async run(typed, scene) {
    const found = groupOf(scene);
    if (!found.ok) return found;
    const { tx, now, library, invocation } = scene;
    await tx.lock(`group/${found.group.id}`);
    // Read behind the lock: two organizers who choose the same at once announce it once.
    const group = (await tx.groups.find(found.group.id)) ?? found.group;
    if (typed.days.toLowerCase() === OFF) {
      if (!group.plan)
        return refuse("The group follows no plan", "Its mix stays as it is. `/plan group` gives it one of 14, 30 or 56 days.");
      await tx.groups.set(group.id, { plan: undefined, kinds: [] });
      return { ok: true, reply: done("The group follows no plan", "Its drills come from everything in turn. Members' own plans go on.") };
    }
    const chosen = planNamed(library.bank.plans, typed.days);
    if (!chosen) return unknown(library.bank.plans, typed.days);
    const [slug, plan] = chosen;
    if (group.plan?.slug === slug) return ofGroup({ ...scene, group });
    await tx.groups.set(group.id, { plan: { slug, from: now }, kinds: [] });
    const when = group.schedule
      ? "From the next drill on, each is a day of it; days off move it along."
      : "It begins with the first drill: `/setup` says when.";
    return {
      ok: true,
      reply: done(
        `The group follows ${plan.title}`,
        `${when} The channel is told. Members add the rest for themselves, at most ${LOAD} things a day.`,
      ),
      effects: [{ kind: "post", key: `plan/${group.id}/${invocation}`, to: group.place, view: announcedView(slug, plan) }],
    };
  },
});

export const plan: readonly Command[] = [today, start, show, stop, forGroup, tick];
