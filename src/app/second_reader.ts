/** An operator's language model reads an answer after the grader: what it finds is added, and nothing taken away. */
import type { OpenDrill } from "../core/drill.ts";
import { mark } from "../core/drill_mark.ts";
import { postId } from "../core/drill_views.ts";
import { feedbackView } from "../core/feedback_views.ts";
import { coverage, type PointGrade } from "../core/grading.ts";
import type { Instant } from "../core/place.ts";
import type { View } from "../core/view.ts";
import { feedbackOn } from "./daily_answer.ts";
import { raiseGrade } from "./daily_points.ts";
import { drillOf } from "./drill_book.ts";
import type { Library } from "./library.ts";
import type { PostRef, Store, Tx } from "./ports.ts";

export interface Reading {
  readonly question: string;
  readonly points: OpenDrill["rubric"];
  readonly answer: string;
}

/** Finds points in an answer, each with the words that earn it. Undefined when it could not read; it never throws. */
export type SecondReader = (reading: Reading) => Promise<readonly PointGrade[] | undefined>;

/** What is to be read once the answer is kept. */
export interface ToRead {
  readonly ref: PostRef;
  readonly member: string;
  readonly nth: number;
}

/** Calls to the model that one member may cause a day. */
export const CALLS_PER_MEMBER = 20;

export interface SecondReading {
  readonly reader: SecondReader;
  /** Calls a day in all. */
  readonly dailyLimit: number;
}

/**
 * Reads an answer that is kept already, outside of any transaction. Gives the new feedback; undefined
 * when there is nothing to add, for whatever reason: then the offline feedback stands.
 */
export async function readAgain(
  { store, library, now, reader, dailyLimit }: SecondReading & { store: Store; library: Library; now: () => Instant },
  { ref, member, nth }: ToRead,
): Promise<View | undefined> {
  const { read } = store;
  const post = await read.posts.find(ref);
  const answer = (await read.answers.of(ref, member)).find((one) => one.nth === nth);
  const drill = await drillOf(read, library, ref.group, post?.drill);
  if (!answer || drill?.kind !== "open" || answer.grades.every(({ state }) => state === "covered")) return undefined;
  const place = (await read.groups.find(ref.group))?.place;
  const space = `${place?.platform}/${place?.space}`;
  const allowed = await store.transaction((tx) =>
    tx.modelCalls.take(new Date(now()).toISOString().slice(0, 10), `${space}/${member}`, CALLS_PER_MEMBER, dailyLimit),
  );
  const found = allowed ? await reader({ question: drill.prompt, points: drill.rubric, answer: answer.text }) : undefined;
  if (!found) return undefined;
  return store.transaction((tx) => add(tx, library, drill, { ref, member, nth }, found, now()));
}

async function add(tx: Tx, library: Library, drill: OpenDrill, { ref, member, nth }: ToRead, found: readonly PointGrade[], now: Instant) {
  await tx.lock(`post/${postId(ref)}`);
  const post = await tx.posts.find(ref);
  const group = await tx.groups.find(ref.group);
  const before = (await tx.answers.of(ref, member)).find((one) => one.nth === nth);
  if (!post || !group || !before) return undefined;
  const grades = before.grades.map((grade) => (grade.state === "covered" ? grade : (found.find(({ id }) => id === grade.id) ?? grade)));
  const more = grades.filter((grade, at) => grade !== before.grades[at]).length;
  const after = { ...before, grades, coverage: coverage(drill.rubric, grades) };
  const raised = more > 0 ? await raiseGrade(tx, group, drill, before, after, "model") : 0;
  const marking = mark(drill, before.text, library.bank);
  if (!marking.ok) return undefined;
  const feedback = await feedbackOn(tx, post, drill, after, marking.marked, undefined, now);
  return feedbackView({ ...feedback, secondReader: { name: library.reader ?? "", found: more, points: raised } });
}
