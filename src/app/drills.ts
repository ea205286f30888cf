/** The life of a daily drill: given to a group, answered, revealed. */

import { chooseDrill, type Drill, type Marked, mark } from "../core/drill.ts";
import { closedPostView, drillPostView, postId, revealView } from "../core/drill_views.ts";
import type { Effect } from "../core/effect.ts";
import type { Group } from "../core/group.ts";
import { clip } from "../core/markup.ts";
import { HOUR, type Instant } from "../core/place.ts";
import { drillPoints } from "../core/points.ts";
import { award } from "./awards.ts";
import type { Library } from "./library.ts";
import type { Answer, Post, PostRef, Tx } from "./ports.ts";

export const postKey = (ref: PostRef): string => `post/${postId(ref)}`;

/** Chooses the drill of a bare post and says it; a group that is paused meanwhile is skipped. */
export async function giveDrill(tx: Tx, { drills }: Library, post: Post, now: Instant): Promise<void> {
  const group = await tx.groups.find(post.group);
  const drill = group && !group.paused ? chooseDrill(drills, post.group, await tx.posts.drillsSeen(post.group)) : undefined;
  if (!group || !drill) return tx.posts.skip(post);
  const revealAt = now + group.sealedHours * HOUR;
  await tx.posts.open(post, drill.id, revealAt);
  const view = drillPostView(drill, postId(post), revealAt);
  await tx.outbox.put([{ kind: "post", key: postKey(post), tell: postKey(post), to: group.place, view }], now);
}

export interface Submitted {
  readonly marked: Marked;
  readonly standing: Answer["standing"];
  /** Given by the ledger; undefined when this answer earns none, or none yet. */
  readonly points: number | undefined;
}

/**
 * Keeps an answer and grades it. The post is locked, so that an answer and the reveal never cross.
 * Undefined when it is none of the drill's options.
 */
export async function submitAnswer(
  tx: Tx,
  library: Library,
  group: Group,
  ref: PostRef,
  drill: Drill,
  member: string,
  text: string,
  now: Instant,
): Promise<Submitted | undefined> {
  const marked = mark(drill, text, library.bank);
  if (!marked) return undefined;
  await tx.lock(`post/${postId(ref)}`);
  const post = await tx.posts.find(ref);
  const earlier = await tx.answers.of(ref, member);
  const last = earlier.at(-1);
  // Said twice is said once: whoever saw no reply, because we died before it, answers again.
  if (last?.text === text) return { marked, standing: last.standing, points: undefined };
  const sealed = post?.state === "open" && (post.revealAt === undefined || now < post.revealAt);
  const standing = !sealed ? "practice" : earlier.length === 0 ? "scored" : "improved";
  await tx.answers.add({
    ...ref,
    member,
    nth: earlier.length + 1,
    text,
    at: now,
    standing,
    coverage: marked.coverage,
    grades: marked.grades,
  });
  if (standing !== "scored" || drill.kind === "choice") return { marked, standing, points: undefined };
  const given = await award(tx, group, [drillAward(ref, drill, member, marked.coverage, now)]);
  return { marked, standing, points: given.get(member) };
}

const drillAward = (ref: PostRef, drill: Drill, member: string, coverage: number, at: Instant) => ({
  key: `drill/${postId(ref)}/${member}`,
  member,
  kind: "drill" as const,
  points: drillPoints(drill.kind, coverage),
  at,
});

/** Opens the thread with the reference answer; choices score now, since a score would tell. */
export async function reveal(tx: Tx, { drills }: Library, post: Post, now: Instant): Promise<void> {
  await tx.lock(`post/${postId(post)}`);
  const group = await tx.groups.find(post.group);
  const drill = drills.get(post.drill ?? "");
  if (!group || !drill) return;
  const answers = await tx.answers.scored(post);
  if (drill.kind === "choice")
    await award(
      tx,
      group,
      answers.map((answer) => drillAward(post, drill, answer.member, answer.coverage, answer.at)),
    );
  await tx.outbox.put(revealEffects(group, drill, post, answers), now);
}

function revealEffects(group: Group, drill: Drill, post: Post, answers: readonly Answer[]): readonly Effect[] {
  const root = postKey(post);
  const mean = answers.length === 0 ? undefined : answers.reduce((sum, answer) => sum + answer.coverage, 0) / answers.length;
  return [
    { kind: "edit", key: `${root}/closed`, to: group.place, post: root, view: closedPostView(drill, postId(post), answers.length) },
    { kind: "thread", key: `${root}/thread`, to: group.place, root, title: clip(`Answers · ${drill.title}`, 100) },
    {
      kind: "post",
      key: `${root}/reveal`,
      to: group.place,
      thread: `${root}/thread`,
      view: revealView(drill, answers.length, drill.kind === "open" ? mean : undefined),
    },
  ];
}
