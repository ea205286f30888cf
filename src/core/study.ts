/**
 * One member's walk through a study plan. What has to be done once is a task, and none is ever lost; what
 * is done every day anew is a habit, and a day without it is simply over. Who falls behind is not chased:
 * what is left is laid out over the days that are left, and where those are full the end moves.
 */
import { type Plan, STUDY_TASKS } from "./content.ts";
import { DAY, type Instant } from "./place.ts";

/** Tasks of one day, at most: about half an hour. */
export const LOAD = 4;

/** "mock": a round, in any seat. */
export type TaskKind = (typeof STUDY_TASKS)[number] | "mock";

export const HABITS = ["drill", "recall"] as const;
export type Habit = (typeof HABITS)[number];

export interface Task {
  readonly kind: TaskKind;
  /** Which: a part of the framework, a page of the sheet, a case, a case and its diagram ("ads/online"). A round needs none. */
  readonly ref?: string;
  /** Counted from 1, the first day of the study. */
  readonly day: number;
  /** The day on which it was done. */
  readonly doneOn?: number;
}

export interface Study {
  /** Slug of the plan. */
  readonly plan: string;
  /** The beginning of the first day in the zone. */
  readonly from: Instant;
  readonly zone: string;
  /** The last day: the plan's, or later when the end has moved. */
  readonly days: number;
  /** In the order of the plan. */
  readonly tasks: readonly Task[];
  /** The last day on which each was kept. */
  readonly habits: { readonly [H in Habit]?: number };
}

/** What a plan's tasks are made of. */
export interface StudyMaterial {
  /** Slugs, in the order in which they are taken up. */
  readonly cases: readonly string[];
  /** Pages of the trade-off sheet. */
  readonly pages: number;
}

/** Parts of the framework, one a day; "" is the seven steps. */
const PARTS = ["", "breakdown", "quick"] as const;
/** Which diagram is drawn when the cases come round: the whole first, then what rounds show to be weak. */
const DIAGRAMS = ["system", "online", "monitoring", "rollout", "training", "features", "data"] as const;

export const startStudy = (slug: string, plan: Plan, material: StudyMaterial, from: Instant, zone: string): Study => ({
  plan: slug,
  from,
  zone,
  days: plan.days,
  tasks: tasksOf(plan, material),
  habits: {},
});

/** The nth of what comes round and round. */
const nth = <T>(items: readonly T[], at: number): T | undefined => items[at % Math.max(items.length, 1)];

function tasksOf({ phases }: Plan, { cases, pages }: StudyMaterial): readonly Task[] {
  const all: Task[] = [];
  const made = (kind: TaskKind) => all.filter((task) => task.kind === kind).length;
  const sheets = phases.reduce((sum, { tasks, from, to }) => sum + (tasks.includes("tradeoffs") ? to - from + 1 : 0), 0);
  // A short stretch takes several pages a day, a long one repeats them.
  const step = Math.max(1, Math.ceil(pages / Math.max(1, Math.min(sheets, 3))));
  const refs: { readonly [K in TaskKind]: (at: number) => string | undefined } = {
    framework: (at) => nth(PARTS, at),
    tradeoffs: (at) => String(((at * step) % Math.max(pages, 1)) + 1),
    case: (at) => nth(cases, at),
    draw: (at) => `${nth(cases, at) ?? ""}/${nth(DIAGRAMS, Math.floor(at / Math.max(cases.length, 1)))}`,
    mock: () => undefined,
  };
  const add = (kind: TaskKind, day: number) => {
    const ref = refs[kind](made(kind));
    all.push({ kind, day, ...(ref === undefined ? {} : { ref }) });
  };
  for (const { from, to, tasks, rounds } of phases) {
    const length = to - from + 1;
    const played = new Set(Array.from({ length: rounds }, (_, at) => from + Math.max(1, Math.floor(((at + 1) * length) / rounds)) - 1));
    for (let day = from; day <= to; day++) {
      for (const kind of STUDY_TASKS.filter((one) => tasks.includes(one))) add(kind, day);
      if (played.has(day)) add("mock", day);
    }
  }
  return all;
}

/** The day that begins at `today`, an instant at which a local day begins. Rounded: days of a clock change are an hour off. */
export const dayOf = ({ from }: Study, today: Instant): number => Math.round((today - from) / DAY) + 1;

const isOpen = ({ doneOn }: Task): boolean => doneOn === undefined;
export const isFinished = ({ tasks }: Study): boolean => !tasks.some(isOpen);

/** Planned for that day: done and open ones. */
export const tasksOn = ({ tasks }: Study, day: number): readonly Task[] => tasks.filter((task) => task.day === day);

export interface CaughtUp {
  readonly study: Study;
  /** How many tasks of earlier days were laid out anew; 0 when nothing was behind. */
  readonly late: number;
  /** By how many days the end moved. */
  readonly longer: number;
}

/**
 * Lays open tasks of days before `today` out over the days from `today` on, in their order, none before
 * its day and at most LOAD a day: each goes to the first day with room, and pushes on what it meets there.
 * The end moves only when all days until then are full.
 */
export function caughtUp(study: Study, today: number): CaughtUp {
  const late = study.tasks.filter((task) => isOpen(task) && task.day < today).length;
  if (late === 0) return { study, late, longer: 0 };
  const load = new Map<number, number>();
  const loadOf = (day: number) => load.get(day) ?? 0;
  for (const { day } of study.tasks.filter((task) => !isOpen(task))) load.set(day, loadOf(day) + 1);
  let earliest = today;
  const tasks = study.tasks.map((task) => {
    if (!isOpen(task)) return task;
    let day = Math.max(task.day, earliest);
    while (loadOf(day) >= LOAD) day++;
    load.set(day, loadOf(day) + 1);
    earliest = day;
    return { ...task, day };
  });
  const days = Math.max(study.days, earliest);
  return { study: { ...study, tasks, days }, late, longer: days - study.days };
}

/** Something that a member did, as far as the product knows it. */
export type Did = { readonly habit: Habit } | { readonly kind: TaskKind; readonly ref?: string };

/**
 * Ticks the one task that it does: the first open one of that case or part, whenever it was planned; of
 * what has no name of its own (a round, a page) the first that is due. The study itself when there is none.
 */
export function did(study: Study, what: Did, today: number): Study {
  if ("habit" in what) return study.habits[what.habit] === today ? study : { ...study, habits: { ...study.habits, [what.habit]: today } };
  const named = what.kind !== "tradeoffs" && what.kind !== "mock";
  const at = study.tasks.findIndex(
    (task) => isOpen(task) && task.kind === what.kind && (named ? task.ref === what.ref : what.kind === "mock" || task.day <= today),
  );
  return at < 0 ? study : ticked(study, at, today);
}

/** Marks a task done, or with `doneOn` undefined open again. `at` is its place among the tasks. */
export const ticked = (study: Study, at: number, doneOn: number | undefined): Study => ({
  ...study,
  tasks: study.tasks.map((task, place) => {
    if (place !== at) return task;
    const { doneOn: _before, ...open } = task;
    return doneOn === undefined ? open : { ...open, doneOn };
  }),
});
