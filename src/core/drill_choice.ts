/**
 * Which drill a group gets next, and why. Deterministic: the same history gives the same drill.
 *
 * None comes twice until all that the group's mix allows have come. Among those that have come least,
 * kinds and then steps take turns in proportion to their weights; a step weighs more the weaker the group is in it.
 * The group's own questions come before the bank's, when their kind has its turn.
 */
import { DRILL_KINDS, type DrillKind, STEPS, type Step } from "./content.ts";
import type { Drill, Drills } from "./drill.ts";
import { hash } from "./hash.ts";

/** How often each kind comes, against the others. */
const KIND_WEIGHTS: Readonly<Record<DrillKind, number>> = { open: 3, choice: 3, estimate: 2, order: 1, draw: 2 };
/** A step in which the group covers nothing comes so many times as often as one it masters. */
const WEAKEST = 3;
/** Turns are counted over so many drills; what lay before is forgiven. */
const MEMORY = 28;

export interface History {
  readonly group: string;
  /** Ids of the drills it has had, oldest first. */
  readonly seen: readonly string[];
  /** Mean coverage of its answers by step, 0 to 1; absent where nothing was answered. */
  readonly strengths: Readonly<Partial<Record<Step, number>>>;
}

/** What may come now. */
export interface Mix {
  /** Empty: all. */
  readonly kinds: readonly DrillKind[];
  /** Of the study plan's phase; empty: all. */
  readonly steps: readonly Step[];
  readonly cases: readonly string[];
  /** Cases in an open or planned round: their reference must not be shown. */
  readonly closed: ReadonlySet<string>;
}

/** Why this one: kept with the post, for the organizer who asks. */
export interface Why {
  readonly kind: DrillKind;
  readonly step: Step;
  /** Mean coverage of the step so far; null where nothing was answered. */
  readonly strength: number | null;
  /** How many of the allowed drills the group had not had, and how many are allowed. */
  readonly fresh: number;
  readonly allowed: number;
  /** Mix or plan left nothing, so that the whole bank was taken. */
  readonly widened: boolean;
}

export interface Chosen {
  readonly drill: Drill;
  readonly why: Why;
}

/** Undefined for an empty bank. Called for every group of a morning: each pass over the bank counts. */
export function chooseDrill(drills: Drills, history: History, mix: Mix): Chosen | undefined {
  const { allowed, widened } = allowedOf(drills, mix);
  const { pool, fewest } = leastHad(
    allowed,
    countBy(history.seen, (id) => id),
  );
  const recent = history.seen.slice(-MEMORY).flatMap((id) => drills.get(id) ?? []);

  const kind = turn(
    DRILL_KINDS.filter((one) => pool.some((drill) => drill.kind === one)),
    (one) => KIND_WEIGHTS[one],
    recent.map((drill) => [drill.kind]),
  );
  const turnOf = pool.filter((drill) => drill.kind === kind);
  const own = turnOf.filter((drill) => drill.kind === "open" && drill.by !== undefined);
  const ofKind = own.length > 0 ? own : turnOf;
  const practised = mix.steps.length > 0 && !widened ? mix.steps : STEPS;
  const step = turn(
    practised.filter((one) => ofKind.some(({ steps }) => steps.includes(one))),
    (one) => stepWeight(history.strengths, one),
    recent.map(({ steps }) => steps),
  );
  const drill = leastMet(
    ofKind.filter(({ steps }) => step === undefined || steps.includes(step)),
    history,
    recent,
  );
  if (!drill || kind === undefined || step === undefined) return undefined;
  return {
    drill,
    why: {
      kind,
      step,
      strength: history.strengths[step] ?? null,
      fresh: fewest === 0 ? pool.length : 0,
      allowed: allowed.length,
      widened,
    },
  };
}

/** Those that have come the fewest `times`. */
function leastHad(drills: readonly Drill[], times: ReadonlyMap<string, number>) {
  let fewest = Number.POSITIVE_INFINITY;
  let pool: Drill[] = [];
  for (const drill of drills) {
    const had = times.get(drill.id) ?? 0;
    if (had < fewest) {
      fewest = had;
      pool = [];
    }
    if (had === fewest) pool.push(drill);
  }
  return { pool, fewest };
}

/** What the mix lets through; where that is nothing, all whose reference may be shown, and then the whole bank. */
function allowedOf(drills: Drills, mix: Mix): { readonly allowed: readonly Drill[]; readonly widened: boolean } {
  const all = [...drills.values()];
  const open = mix.closed.size === 0 ? all : all.filter((drill) => drill.case === undefined || !mix.closed.has(drill.case));
  const wanted = mix.kinds.length + mix.steps.length + mix.cases.length === 0 ? open : open.filter((drill) => allows(mix, drill));
  return { allowed: wanted.length > 0 ? wanted : open.length > 0 ? open : all, widened: wanted.length === 0 };
}

function allows({ kinds, steps, cases }: Mix, drill: Drill): boolean {
  if (kinds.length > 0 && !kinds.includes(drill.kind)) return false;
  if (steps.length > 0 && !drill.steps.some((step) => steps.includes(step))) return false;
  return cases.length === 0 || drill.case === undefined || cases.includes(drill.case);
}

/**
 * Whose turn it is: the one furthest below its share of `past`, in which each entry counts one in all.
 * Ties go to the first. Undefined when there are no `candidates`.
 */
function turn<T>(candidates: readonly T[], weight: (one: T) => number, past: readonly (readonly T[])[]): T | undefined {
  const all = candidates.reduce((sum, one) => sum + weight(one), 0);
  const had = (one: T) => past.reduce((sum, entry) => sum + (entry.includes(one) ? 1 / entry.length : 0), 0);
  const owed = candidates.map((one) => ({ one, debt: (weight(one) / all) * (past.length + 1) - had(one) }));
  return owed.reduce<(typeof owed)[number] | undefined>((best, next) => (!best || next.debt > best.debt + 1e-9 ? next : best), undefined)
    ?.one;
}

function stepWeight(strengths: History["strengths"], step: Step): number {
  const known = Object.values(strengths);
  const usual = known.length === 0 ? 0.5 : known.reduce((sum, one) => sum + one, 0) / known.length;
  return 1 + (WEAKEST - 1) * (1 - (strengths[step] ?? usual));
}

/** Of the case that the group has met least of late; then by chance that is the same each time. */
function leastMet(drills: readonly Drill[], { group }: History, recent: readonly Drill[]): Drill | undefined {
  const met = countBy(recent, (drill) => drill.case);
  let best: { readonly drill: Drill; readonly met: number; readonly chance: number } | undefined;
  for (const drill of drills) {
    const one = { drill, met: drill.case === undefined ? 0 : (met.get(drill.case) ?? 0), chance: hash(`${group} ${drill.id}`) };
    if (!best || one.met < best.met || (one.met === best.met && one.chance < best.chance)) best = one;
  }
  return best?.drill;
}

/** Mean coverage by step of what a group answered; `answered` has one entry for each drill. */
export function strengthsOf(
  drills: Drills,
  answered: readonly { readonly drill: string; readonly coverage: number; readonly answers: number }[],
): History["strengths"] {
  const sums = new Map<Step, { sum: number; count: number }>();
  for (const { drill, coverage, answers } of answered)
    for (const step of drills.get(drill)?.steps ?? []) {
      const { sum, count } = sums.get(step) ?? { sum: 0, count: 0 };
      sums.set(step, { sum: sum + coverage * answers, count: count + answers });
    }
  return Object.fromEntries([...sums].map(([step, { sum, count }]) => [step, sum / count]));
}

/**
 * The case of a round that names none: the one that those with a seat know least (`known`, from
 * case_seen.ts), since a case whose reference one has read is no exercise; then the one that the group's
 * drills have shown least of. `seed` settles ties; undefined for an empty bank.
 */
export function chooseCase(
  cases: Iterable<string>,
  seen: readonly string[],
  seed: string,
  known: ReadonlyMap<string, number> = new Map(),
): string | undefined {
  const shown = countBy(seen, (id) => caseOf(id));
  const by = (counts: ReadonlyMap<string | undefined, number>, a: string, b: string) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0);
  return [...cases].sort((a, b) => by(known, a, b) || by(shown, a, b) || hash(`${seed} ${a}`) - hash(`${seed} ${b}`))[0];
}

/** The slug in the id of a drill of a case. */
export const caseOf = (id: string): string | undefined => /^(?:open|quick|estimate|order|draw)\/([^/]+)/.exec(id)?.[1];

function countBy<T, K>(items: readonly T[], key: (item: T) => K): ReadonlyMap<K, number> {
  const counts = new Map<K, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}
