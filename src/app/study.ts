/** Keeps members' study plans: where they stand today, and what they did that ticks a task. */
import { findDiagram } from "../core/drawing_views.ts";
import { lookUp } from "../core/lookup.ts";
import type { Instant, Who } from "../core/place.ts";
import { type CaughtUp, caughtUp, type Did, dayOf, did, type Study } from "../core/study.ts";
import { SHEET } from "../core/tradeoff_views.ts";
import type { Library } from "./library.ts";
import { lockMember } from "./member_lock.ts";
import type { Tx } from "./ports.ts";

export const dayNow = async (tx: Pick<Tx, "calendar">, study: Study, now: Instant): Promise<number> =>
  dayOf(study, await tx.calendar.startOf("day", study.zone, now));

/** Where a member stands today, what was late laid out anew; undefined without a plan. The study is locked. */
export async function standingOf(tx: Tx, who: Who, now: Instant): Promise<(CaughtUp & { readonly today: number }) | undefined> {
  await lockMember(tx, who);
  const kept = await tx.studies.of(who);
  if (!kept) return undefined;
  const today = await dayNow(tx, kept, now);
  const caught = caughtUp(kept, today);
  if (caught.late > 0) await tx.studies.save(who, caught.study);
  return { ...caught, today };
}

/** What a command that went well does for a plan. Reading a case's prompt is not yet working on it; opening an answer is. */
const DOES: Readonly<Record<string, (input: Readonly<Record<string, unknown>>, library: Library) => Did | undefined>> = {
  "daily answer": () => ({ habit: "drill" }),
  "recall rate": () => ({ habit: "recall" }),
  framework: ({ part }) => ({ kind: "framework", ref: typeof part === "string" && !part.startsWith("step-") ? part : "" }),
  tradeoff: ({ name }) => (String(name).toLowerCase() === SHEET ? { kind: "tradeoffs" } : undefined),
  case: ({ case: typed, part }, library) => (part === undefined ? undefined : { kind: "case", ref: slugOf(library, typed) }),
  draw({ case: typed, diagram }, library) {
    const slug = slugOf(library, typed);
    const item = library.bank.cases.get(slug);
    return item && { kind: "draw", ref: `${slug}/${findDiagram(item, String(diagram))?.shows}` };
  },
};

const slugOf = ({ bank }: Library, typed: unknown): string => lookUp(bank.cases, String(typed)) ?? "";

/** Ticks what a member's command did for their plan, if they have one. */
export async function practised(
  tx: Tx,
  library: Library,
  who: Who,
  path: string,
  input: Readonly<Record<string, unknown>>,
  now: Instant,
): Promise<void> {
  const what = DOES[path]?.(input, library);
  if (what) await tick(tx, who, what, now);
}

/** The same, for what is no command of theirs: a round that finished. */
export async function tick(tx: Tx, who: Who, what: Did, now: Instant): Promise<void> {
  if (!(await tx.studies.of(who))) return;
  await lockMember(tx, who);
  const study = await tx.studies.of(who);
  if (!study) return;
  const after = did(study, what, await dayNow(tx, study, now));
  if (after !== study) await tx.studies.save(who, after);
}
