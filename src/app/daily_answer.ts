/** A member answers a drill. */
import type { Drill } from "../core/drill.ts";
import { type Marked, mark } from "../core/drill_mark.ts";
import { postId } from "../core/drill_views.ts";
import type { Feedback } from "../core/feedback_views.ts";
import type { Group } from "../core/group.ts";
import type { Instant } from "../core/place.ts";
import { drillPoints, isSealed } from "../core/points.ts";
import { refuse } from "../core/refusal.ts";
import { streakOf } from "../core/streak.ts";
import { award } from "./awards.ts";
import { keepStreaks } from "./boards.ts";
import type { Refused } from "./command.ts";
import { answerAward } from "./daily_points.ts";
import type { Library } from "./library.ts";
import type { Answer, Post, Reads, Tx } from "./ports.ts";

/** Answers of one member to one drill, all kept. */
const MOST_ANSWERS = 30;

export type Submitted = { readonly ok: true; readonly feedback: Feedback; readonly nth: number; readonly fresh: boolean } | Refused;

/** Whether answers to it are still secret, and score. */
export const isOpen = (post: Post, now: Instant): boolean => post.state === "open" && (post.revealAt === undefined || now < post.revealAt);

/** Keeps an answer and grades it. The post is locked, so that an answer and the reveal never cross. */
export async function submitAnswer(
  tx: Tx,
  library: Library,
  group: Group,
  { group: id, date, edition }: Post,
  drill: Drill,
  member: string,
  text: string,
  now: Instant,
): Promise<Submitted> {
  const ref = { group: id, date, edition };
  const marking = mark(drill, text, library.bank);
  if (!marking.ok) return marking;
  const { marked } = marking;
  await tx.lock(`post/${postId(ref)}`);
  const post = await tx.posts.find(ref);
  if (!post) throw new Error(`The post ${postId(ref)} was answered and is gone.`);
  const earlier = await tx.answers.of(ref, member);
  const last = earlier.at(-1);
  // Said twice is said once: whoever saw no reply, because we died before it, answers again.
  if (last?.text === text)
    return { ok: true, feedback: await feedbackOn(tx, post, drill, last, marked, undefined, now), nth: last.nth, fresh: false };
  if (earlier.length >= MOST_ANSWERS)
    return refuse("That is enough practice on this one", `You have answered it ${MOST_ANSWERS} times. The next drill is fresh.`);
  // Who wrote the reference cannot score on it.
  const own = drill.kind === "open" && drill.by === member;
  const standing = own || !isOpen(post, now) ? "practice" : earlier.length === 0 ? "scored" : "improved";
  const worth = standing === "scored" ? drillPoints(drill.kind, marked.coverage) : 0;
  const answer: Answer = {
    ...ref,
    member,
    nth: earlier.length + 1,
    text,
    at: now,
    standing,
    coverage: marked.coverage,
    grades: marked.grades,
    points: isSealed(drill.kind) ? worth : 0,
  };
  await tx.answers.add(answer);
  if (standing === "scored") await keepStreaks(tx, ref.group, [member]);
  // Whoever practises has the reference before their eyes.
  if (standing === "practice" && drill.case !== undefined) await tx.seen.add(group.place, drill.case, [member], "drill", now);
  const paid = standing === "scored" && !isSealed(drill.kind) ? await award(tx, group, [answerAward(answer, worth)]) : undefined;
  return { ok: true, feedback: await feedbackOn(tx, post, drill, answer, marked, paid?.get(member), now), nth: answer.nth, fresh: true };
}

/** All that a member is told about an answer that is kept. */
export async function feedbackOn(
  reads: Reads,
  post: Post,
  drill: Drill,
  answer: Answer,
  marked: Marked,
  points: number | undefined,
  now: Instant,
): Promise<Feedback> {
  const streak = answer.standing === "practice" ? undefined : streakOf(await reads.posts.days(post.group, answer.member));
  return {
    drill,
    // A confirmed dispute has changed the stored grades, not the grader.
    marked: answer.grades.length > 0 ? { ...marked, grades: answer.grades, coverage: answer.coverage } : marked,
    standing: answer.standing,
    points,
    revealAt: post.revealAt ?? now,
    sealed: isOpen(post, now),
    post: postId(post),
    shared: (await reads.shares.of(post)).includes(answer.member),
    streak,
  };
}
