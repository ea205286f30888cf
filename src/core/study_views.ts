/** What a member sees of their study plan. Nothing of it is ever sent unasked. */
import type { Bank, Plan } from "./content.ts";
import { bold, literal, moment } from "./markup.ts";
import { DAY, type Instant } from "./place.ts";
import { type Phase, phaseAt } from "./plan.ts";
import { type CaughtUp, HABITS, type Habit, isFinished, LOAD, type Study, type Task, tasksOn } from "./study.ts";
import { SHEET } from "./tradeoff_views.ts";
import type { Block, Button, Fact, View } from "./view.ts";

export interface StudyScene {
  readonly study: Study;
  readonly plan: Plan;
  readonly today: number;
  readonly bank: Bank;
  /** Paths of the commands there are: what cannot be asked for is not proposed. */
  readonly paths: ReadonlySet<string>;
}

const PARTS: Readonly<Record<string, string>> = {
  "": "The seven steps, by heart",
  breakdown: "Requirements in three parts",
  quick: "The quick frame, for ten minutes",
};

const caseOf = (ref = ""): string => ref.split("/")[0] ?? "";
const diagramOf = (ref = ""): string => ref.split("/")[1] ?? "";

/** Markdown. */
function wordsOf({ kind, ref }: Task, { cases }: Bank): string {
  const title = literal(cases.get(caseOf(ref))?.title ?? caseOf(ref));
  switch (kind) {
    case "framework":
      return PARTS[ref ?? ""] ?? "The framework";
    case "tradeoffs":
      return `The trade-off sheet, from page ${ref ?? "1"}: say when each side wins`;
    case "case":
      return `Case: **${title}**. Answer each step before you look`;
    case "draw":
      return `Draw **${title}** from memory: ${diagramOf(ref)}`;
    case "mock":
      return "A mock round, in any seat";
  }
}

function openButton({ kind, ref = "" }: Task): Button {
  switch (kind) {
    case "framework":
      return { label: "Read it", command: "framework", input: ref === "" ? {} : { part: ref } };
    case "tradeoffs":
      return { label: "Open the sheet", command: "tradeoff", input: { name: SHEET, page: Number(ref) } };
    case "case":
      return { label: "Open the case", command: "case", input: { case: ref } };
    case "draw":
      return { label: "Draw", command: "draw", input: { case: caseOf(ref), diagram: diagramOf(ref) } };
    case "mock":
      return { label: "Open a lobby", command: "mock start", input: {} };
  }
}

const HABIT: { readonly [H in Habit]: { readonly words: string; readonly button: Button } } = {
  drill: { words: "Today's drill", button: { label: "To the drill", command: "daily today", input: {} } },
  recall: { words: "The cards that are due", button: { label: "Recall", command: "recall", input: {} } },
};

const ticking = (words: string, done: boolean): string => (done ? `✓ ${words}` : words);

/** The whole day in which the plan's day `day` lies. */
const dateOf = ({ from }: Study, day: number): Instant => from + (day - 1) * DAY + DAY / 2;

const doneOf = ({ tasks }: Study): number => tasks.filter(({ doneOn }) => doneOn !== undefined).length;

const phaseOf = ({ plan, today }: Pick<StudyScene, "plan" | "today">): Phase | undefined => phaseAt(plan, today) ?? plan.phases.at(-1);

function caughtUpWords({ late, longer, study }: CaughtUp): string {
  const left = `${late === 1 ? "One thing was" : `${late} things were`} left from earlier days. No harm done: `;
  const laid = `laid out over the days to come, at most ${LOAD} a day`;
  if (longer === 0)
    return `${left}${late === 1 ? "it is" : "they are"} ${laid}, and the end stays ${moment(dateOf(study, study.days), "date")}.`;
  return `${left}${late === 1 ? "it is" : "they are"} ${laid}. The end moves by ${longer} ${longer === 1 ? "day" : "days"}, to ${moment(dateOf(study, study.days), "date")}.`;
}

export function todayView(scene: StudyScene, caught: CaughtUp): View {
  const { study, plan, today, bank, paths } = scene;
  if (isFinished(study)) return finishedView(scene);
  const phase = phaseOf(scene);
  const tasks = tasksOn(study, today);
  const next = study.tasks.find(({ doneOn, day }) => doneOn === undefined && day > today);
  const habits = HABITS.filter((habit) => paths.has(HABIT[habit].button.command));
  const first = tasks.find(({ doneOn }) => doneOn === undefined);
  const rest = first === undefined;
  return {
    title: `Day ${Math.min(today, study.days)} of ${study.days} · ${phase?.title ?? plan.title}`,
    tone: rest ? "good" : "plain",
    blocks: [
      ...(caught.late > 0 ? [{ kind: "text", markdown: caughtUpWords(caught) } as const] : []),
      ...(phase ? [{ kind: "text", markdown: literal(phase.focus) } as const] : []),
      ...tasks.flatMap((task) => taskBlocks(task, task === first, study, bank)),
      ...habits.flatMap((habit) => habitBlocks(habit, study.habits[habit] === today)),
      ...(rest && next
        ? [{ kind: "text", markdown: `**That is all for today.** It goes on ${moment(dateOf(study, next.day), "date")}.` } as const]
        : []),
      { kind: "text", markdown: `${doneOf(study)} of ${study.tasks.length} done.` },
      { kind: "buttons", buttons: [{ label: "The whole plan", command: "plan show", input: {} }] },
    ],
  };
}

/** `first`: the one to begin with. */
function taskBlocks(task: Task, first: boolean, study: Study, bank: Bank): readonly Block[] {
  const done = task.doneOn !== undefined;
  const input = { task: study.tasks.indexOf(task), of: study.from };
  return [
    { kind: "text", markdown: ticking(wordsOf(task, bank), done) },
    {
      kind: "buttons",
      buttons: done
        ? [{ label: "Not done after all", command: "plan tick", input: { ...input, done: false } }]
        : [
            { ...openButton(task), ...(first ? { style: "primary" } : {}) },
            { label: "Done", command: "plan tick", input: { ...input, done: true } },
          ],
    },
  ];
}

function habitBlocks(habit: Habit, kept: boolean): readonly Block[] {
  const { words, button } = HABIT[habit];
  return [{ kind: "text", markdown: ticking(words, kept) }, ...(kept ? [] : [{ kind: "buttons", buttons: [button] } as const])];
}

const finishedView = ({ study, plan }: StudyScene): View => ({
  title: `${plan.title}: done`,
  tone: "good",
  blocks: [
    {
      kind: "text",
      markdown: `All ${study.tasks.length} of it. Now play rounds on cases you have not seen; \`/plan stop\` puts the plan away.`,
    },
    { kind: "buttons", buttons: [{ label: "Open a lobby", command: "mock start", input: {}, style: "primary" }] },
  ],
});

/** All phases, with what is done of each. */
export function planView({ study, plan, today }: StudyScene): View {
  const facts = plan.phases.map((phase): Fact => {
    // By the plan's own days: tasks keep their order however their days move.
    const [from, to] = [firstTask(plan, study, phase.from), firstTask(plan, study, phase.to + 1)];
    const tasks = study.tasks.slice(from, to);
    const done = tasks.filter(({ doneOn }) => doneOn !== undefined).length;
    const first = tasks[0]?.day ?? phase.from;
    const last = Math.max(tasks.at(-1)?.day ?? phase.to, phase.to);
    const when = `days ${first} to ${last}`;
    return { name: `${done > 0 && done === tasks.length ? "✓ " : ""}${phase.title}`, value: `${when} · ${done} of ${tasks.length} done` };
  });
  return {
    title: `${plan.title} · day ${Math.min(today, study.days)} of ${study.days}`,
    blocks: [
      { kind: "text", markdown: literal(plan.about) },
      { kind: "facts", facts },
      {
        kind: "text",
        markdown: `Ends ${moment(dateOf(study, study.days), "date")}. Days are those of ${literal(study.zone)}. Only you see this plan.`,
      },
      { kind: "buttons", buttons: [{ label: "Today", command: "plan today", input: {}, style: "primary" }] },
    ],
  };
}

/** Place of the first task that the plan had on or after a day, before anything moved. */
function firstTask(plan: Plan, study: Study, day: number): number {
  let at = 0;
  for (const { from, to, tasks, rounds } of plan.phases) {
    if (to < day) at += (to - from + 1) * tasks.length + rounds;
  }
  return Math.min(at, study.tasks.length);
}

/** The plan that a group follows by its daily drills; `day` counts from 1, and is 0 before it begins. */
export const groupPlanBlocks = (plan: Plan, day: number): readonly Block[] => [
  { kind: "text", markdown: literal(plan.about) },
  {
    kind: "facts",
    facts: plan.phases.map(({ title, from, to, focus }) => ({
      name: `${day >= from && day <= to ? "→ " : ""}${title}`,
      value: `days ${from} to ${to}. ${literal(focus)}`,
    })),
  },
];

/** For the channel, when an organizer gives the group a plan. */
export const announcedView = (slug: string, plan: Plan): View => ({
  title: `This group follows a plan: ${plan.title}`,
  tone: "good",
  blocks: [
    ...groupPlanBlocks(plan, 0),
    {
      kind: "text",
      markdown: `The daily drills follow it, a day for each. ${bold("Follow it yourself")} adds what one does beside them, in private.`,
    },
    { kind: "buttons", buttons: [{ label: "Follow it yourself", command: "plan start", input: { days: slug }, style: "primary" }] },
  ],
});
