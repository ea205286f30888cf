/** A daily drill on its way to the channel: chosen, posted, replaced; or skipped, and somebody told. */
import { drillPostView, postId, replacedPostView } from "../core/drill_views.ts";
import type { Effect } from "../core/effect.ts";
import { bold, moment } from "../core/markup.ts";
import { HOUR, type Instant, MINUTE } from "../core/place.ts";
import { settlePoints } from "./daily_points.ts";
import { drillOf, nextDrill, pastsOf } from "./drill_book.ts";
import type { Library } from "./library.ts";
import { noticeOrganizers } from "./notices.ts";
import type { BarePost, Opening, Post, PostRef, Tx } from "./ports.ts";

/** How long before the reveal a reminder comes; at most half of the time that a drill is open. */
const REMIND_HOURS = 2;

export const postKey = (ref: PostRef): string => `post/${postId(ref)}`;

/**
 * Chooses the drills of bare posts and says them. A group that is paused meanwhile is skipped, and so is a
 * post that waited beyond the catch-up window because its platform was not connected.
 */
export async function giveDrills(tx: Tx, library: Library, posts: readonly BarePost[], now: Instant): Promise<void> {
  const ids = [...new Set(posts.map(({ group }) => group))];
  const groups = await tx.groups.these(ids);
  const pasts = await pastsOf(tx, ids, now);
  const openings: Opening[] = [];
  const effects: Effect[] = [];
  for (const post of posts) {
    const [group, past] = [groups.get(post.group), pasts.get(post.group)];
    const late = group !== undefined && now - post.dueAt > group.catchUpHours * HOUR;
    const chosen = group && past && !group.paused && !late ? nextDrill(library, group, past, post.edition > 1) : undefined;
    if (!group || !chosen) {
      await tx.posts.skip(post);
      if (late && !group.paused) await tellSkipped(tx, post, now);
      continue;
    }
    const sealed = group.sealedHours * HOUR;
    const revealAt = now + sealed;
    const remindAt = revealAt - Math.min(REMIND_HOURS * HOUR, sealed / 2);
    openings.push({ ...post, drill: chosen.drill.id, why: chosen.why, revealAt, remindAt });
    const view = drillPostView(chosen.drill, postId(post), revealAt, library.reader);
    effects.push({ kind: "post", key: postKey(post), tell: postKey(post), to: group.place, view });
  }
  await tx.posts.open(openings);
  await tx.outbox.put(effects, now);
}

/** A delay of so much is worth moving the reveal, so that answers are open as long as promised. */
const LATE = 10 * MINUTE;

/** The platform has the post. One that came late is open as long as any other, and says so. */
export async function posted(tx: Tx, library: Library, ref: PostRef, now: Instant): Promise<void> {
  const [post, group] = [await tx.posts.find(ref), await tx.groups.find(ref.group)];
  const revealAt = now + (group?.sealedHours ?? 0) * HOUR;
  const late = post?.state === "open" && post.revealAt !== undefined && revealAt - post.revealAt > LATE;
  await tx.posts.delivered(ref, now, late ? revealAt : undefined);
  const drill = late && group ? await drillOf(tx, library, group.id, post.drill) : undefined;
  if (!drill || !group) return;
  const root = postKey(ref);
  const view = drillPostView(drill, postId(ref), revealAt, library.reader);
  await tx.outbox.put([{ kind: "edit", key: `${root}/later`, to: group.place, post: root, view }], now);
}

/** The drill gives way to another of the same day. False when it is not open any more. */
export async function replaceDrill(tx: Tx, library: Library, post: Post, now: Instant): Promise<boolean> {
  await tx.lock(`post/${postId(post)}`);
  const group = await tx.groups.find(post.group);
  if (!group || !(await tx.posts.replace(post))) return false;
  const answers = await tx.answers.scored(post);
  await settlePoints(tx, group, answers);
  await tx.posts.add({ ...post, edition: post.edition + 1 }, now);
  const root = postKey(post);
  const view = replacedPostView(await drillOf(tx, library, group.id, post.drill), answers.length);
  await tx.outbox.put([{ kind: "edit", key: `${root}/replaced`, to: group.place, post: root, view }], now);
  return true;
}

/** A direct message to each who asked for it and has not answered. */
export async function remind(tx: Tx, library: Library, post: Post, members: readonly string[], now: Instant): Promise<void> {
  const group = await tx.groups.find(post.group);
  const drill = await drillOf(tx, library, post.group, post.drill);
  if (!group || !drill || post.revealAt === undefined) return;
  const markdown = `${bold(drill.title)} closes ${moment(post.revealAt, "relative")}, at ${moment(post.revealAt, "time")}. Press **Answer** under it in the channel.\n\nNo more of these? \`/daily remind wanted:no\` in the channel.`;
  await tx.outbox.put(
    members.map((member) => ({
      kind: "notice",
      key: `remind/${postId(post)}/${member}`,
      to: group.place,
      member,
      view: { title: "A drill is still open", blocks: [{ kind: "text", markdown }] },
    })),
    now,
  );
}

export async function tellSkipped(tx: Tx, ref: PostRef, now: Instant): Promise<void> {
  const group = await tx.groups.find(ref.group);
  if (!group) return;
  const words = `The drill of ${ref.date} was due while the bot was down, more than ${group.catchUpHours} hours ago. It was skipped; no streak suffers. The next one comes as planned.`;
  await tx.outbox.put(noticeOrganizers(group, `skipped/${ref.group}/${ref.date}`, "A daily drill was skipped", words), now);
}
