/** The reveal: the thread with the reference answer, and the answers that members agreed to show. */
import type { Bank } from "../core/content.ts";
import { diagramView } from "../core/drawing_views.ts";
import { type Drill, diagramOf } from "../core/drill.ts";
import { closedPostView, postId, revealView } from "../core/drill_views.ts";
import type { Effect } from "../core/effect.ts";
import type { Group } from "../core/group.ts";
import { clip } from "../core/markup.ts";
import type { Instant } from "../core/place.ts";
import { sharedAnswerView, withdrawnAnswerView } from "../core/shared_views.ts";
import { keepStreaks } from "./boards.ts";
import { settlePoints } from "./daily_points.ts";
import { postKey } from "./daily_post.ts";
import { drillOf } from "./drill_book.ts";
import type { Library } from "./library.ts";
import { noticeOrganizers } from "./notices.ts";
import type { Answer, Post, PostRef, Tx } from "./ports.ts";
import { cardsOfReveal } from "./recall_cards.ts";

/** Opens the thread; what was sealed is paid now, since points would have told the answer. */
export async function reveal(tx: Tx, library: Library, post: Post, now: Instant): Promise<void> {
  await tx.lock(`post/${postId(post)}`);
  const group = await tx.groups.find(post.group);
  if (!group) return;
  const answers = await tx.answers.scored(post);
  await settlePoints(tx, group, answers);
  await keepStreaks(tx, group.id, await tx.boards.missed(group.id, post.date));
  const drill = await drillOf(tx, library, group.id, post.drill);
  // It has left the bank since: there is nothing to show, and nobody loses the points.
  if (!drill) return;
  await cardsOfReveal(tx, library, group, post, drill, now);
  const answered = answers.map(({ member }) => member);
  if (drill.case !== undefined) await tx.seen.add(group.place, drill.case, answered, "drill", now);
  await tx.outbox.put(revealEffects(group, drill, post, answers, library.bank), now);
  for (const member of await tx.shares.of(post)) await showAnswer(tx, group, post, drill, member, now);
}

/** The thread could not be opened: the reference comes in the channel instead, and the organizers learn why. */
export async function revealHere(tx: Tx, library: Library, ref: PostRef, reason: string, now: Instant): Promise<void> {
  const group = await tx.groups.find(ref.group);
  const drill = await drillOf(tx, library, ref.group, (await tx.posts.find(ref))?.drill);
  if (!group || !drill) return;
  const answers = await tx.answers.scored(ref);
  const view = revealView(drill, postId(ref), answers.length, undefined);
  await tx.outbox.put(
    [
      { kind: "post", key: `${postKey(ref)}/reveal/channel`, to: group.place, view },
      ...noticeOrganizers(
        group,
        `unrevealed/${postId(ref)}`,
        "A reveal could not open its thread",
        `${reason}\n\nThe reference answer was posted in the channel instead.`,
      ),
    ],
    now,
  );
}

export const threadKey = (ref: PostRef): string => `${postKey(ref)}/thread`;

function revealEffects(group: Group, drill: Drill, post: Post, answers: readonly Answer[], bank: Bank): readonly Effect[] {
  const root = postKey(post);
  const tell = `reveal/${postId(post)}`;
  const diagram = diagramOf(drill, bank);
  const inThread = { kind: "post", to: group.place, thread: threadKey(post) } as const;
  const mean = answers.length === 0 ? undefined : answers.reduce((sum, answer) => sum + answer.coverage, 0) / answers.length;
  return [
    { kind: "edit", key: `${root}/closed`, to: group.place, post: root, view: closedPostView(drill, postId(post), answers.length) },
    { kind: "thread", key: threadKey(post), tell, to: group.place, root, title: clip(`Answers · ${drill.title}`, 100) },
    { ...inThread, key: `${root}/reveal`, tell, view: revealView(drill, postId(post), answers.length, mean) },
    // A message of its own: the reference and the diagram's words together are too long for one.
    ...(diagram ? [{ ...inThread, key: `${root}/diagram`, view: diagramView(diagram, drill.title) }] : []),
  ];
}

const answerKey = (ref: PostRef, member: string): string => `${postKey(ref)}/answer/${member}`;

/** Puts a member's last timely answer in the thread, for all to read; again, where it was taken out before. */
export async function showAnswer(tx: Tx, group: Group, post: Post, drill: Drill, member: string, now: Instant): Promise<void> {
  const answer = (await tx.answers.of(post, member)).findLast(({ standing }) => standing !== "practice");
  if (!answer) return;
  const key = answerKey(post, member);
  const view = sharedAnswerView(drill, postId(post), answer);
  const effect: Effect = (await tx.outbox.known(key))
    ? { kind: "edit", key: `${key}/shown/${now}`, to: group.place, post: key, view }
    : { kind: "post", key, to: group.place, thread: threadKey(post), view };
  await tx.outbox.put([effect], now);
}

/** Takes it out again: its author's wish, or an organizer's. */
export async function hideAnswer(tx: Tx, group: Group, ref: PostRef, member: string, by: string, now: Instant): Promise<void> {
  const post = answerKey(ref, member);
  await tx.outbox.put([{ kind: "edit", key: `${post}/hidden/${now}`, to: group.place, post, view: withdrawnAnswerView(member, by) }], now);
}
