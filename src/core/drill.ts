/** Drills are derived from the bank: a step of a case is an open one, a scenario of a trade-off a choice. */
import { type Bank, type CaseStep, STEPS, type Step, type Tradeoff } from "./content.ts";
import { coverage, gradeAnswer, type PointGrade } from "./grading.ts";

interface DrillBase {
  /** Stable over releases: it is what a group's history refers to. */
  readonly id: string;
  readonly title: string;
  readonly prompt: string;
  readonly steps: readonly Step[];
}

export interface OpenDrill extends DrillBase {
  readonly kind: "open";
  readonly step: CaseStep;
}

export interface ChoiceDrill extends DrillBase {
  readonly kind: "choice";
  readonly tradeoff: Tradeoff;
  readonly options: readonly string[];
  /** Index of the right option. */
  readonly right: number;
  readonly reason: string;
}

export type Drill = OpenDrill | ChoiceDrill;

/** What an answer earned. `shown` is the answer as people read it (an option's words, not its number). */
export interface Marked {
  readonly coverage: number;
  readonly grades: readonly PointGrade[];
  readonly shown: string;
}

/** All drills of a bank, by id, in a stable order. */
export function drillsOf(bank: Bank): ReadonlyMap<string, Drill> {
  const open = [...bank.cases].flatMap(([slug, item]) =>
    STEPS.map((step, index): OpenDrill => {
      const { title, goal } = bank.framework.steps[index] ?? { title: step, goal: "" };
      return {
        kind: "open",
        id: `open/${slug}/${step}`,
        title: `${item.title}: ${title.toLowerCase()}`,
        prompt: `${item.prompt}\n\nTake **step ${index + 1}, ${title.toLowerCase()}**. ${goal}`,
        steps: [step],
        step: item.steps[step],
      };
    }),
  );
  const choice = [...bank.tradeoffs].flatMap(([slug, tradeoff]) =>
    tradeoff.scenarios.map(
      (scenario): ChoiceDrill => ({
        kind: "choice",
        id: `choice/${slug}/${scenario.id}`,
        title: tradeoff.title,
        prompt: `${scenario.situation}\n\n**${scenario.ask}**`,
        steps: tradeoff.steps,
        tradeoff,
        options: scenario.options,
        right: scenario.answer,
        reason: scenario.reason,
      }),
    ),
  );
  return new Map([...open, ...choice].map((drill) => [drill.id, drill]));
}

/** FNV-1a, 32 bits: spreads ids evenly and is the same on every machine. http://www.isthe.com/chongo/tech/comp/fnv/ */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value >>> 0;
}

/**
 * The next drill of a group: none twice until the bank is used up, then the ones it has had least;
 * the kind that was not last. Deterministic for a given history. Undefined for an empty bank.
 */
export function chooseDrill(drills: ReadonlyMap<string, Drill>, group: string, seen: readonly string[]): Drill | undefined {
  const times = new Map<string, number>();
  for (const id of seen) times.set(id, (times.get(id) ?? 0) + 1);
  const last = drills.get(seen[seen.length - 1] ?? "");
  const sort = (drill: Drill): readonly [number, number, number] => [
    times.get(drill.id) ?? 0,
    drill.kind === last?.kind ? 1 : 0,
    hash(`${group} ${drill.id}`),
  ];
  let best: { drill: Drill; key: readonly [number, number, number] } | undefined;
  for (const drill of drills.values()) {
    const key = sort(drill);
    if (!best || before(key, best.key)) best = { drill, key };
  }
  return best?.drill;
}

function before(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
}

/**
 * The case of a round that names none: the one that the group's drills have shown least of, since a
 * case whose reference one has read is no exercise. `seed` settles ties; undefined for an empty bank.
 */
export function chooseCase(cases: Iterable<string>, seen: readonly string[], seed: string): string | undefined {
  const shown = (slug: string) => seen.filter((id) => id.startsWith(`open/${slug}/`)).length;
  const ranked = [...cases].map((slug) => ({ slug, key: [shown(slug), hash(`${seed} ${slug}`)] }));
  return ranked.sort((a, b) => (before(a.key, b.key) ? -1 : 1))[0]?.slug;
}

/** Marks an answer; undefined when it is none of a choice drill's options. */
export function mark(drill: Drill, answer: string, bank: Bank): Marked | undefined {
  if (drill.kind === "open") {
    const grades = gradeAnswer(drill.step.rubric, answer, bank.vocabulary);
    return { grades, coverage: coverage(drill.step.rubric, grades), shown: answer };
  }
  const option = Number(answer) - 1;
  const shown = drill.options[option];
  if (shown === undefined) return undefined;
  return { grades: [], coverage: option === drill.right ? 1 : 0, shown };
}
