/** What a member may ask of all that is kept about them. */
import { postId } from "../core/drill_views.ts";
import { formerId } from "../core/former.ts";
import { departed, knows, ownPart, pseudonymised, wordsIn } from "../core/interview_forget.ts";
import { voice } from "../core/interview_voice.ts";
import { documentsOf, type KeptPart } from "../core/personal_views.ts";
import type { Instant, Member, Who } from "../core/place.ts";
import { type Library, materialOf } from "./library.ts";
import { lockMember } from "./member_lock.ts";
import type { Tx } from "./ports.ts";

/** Everything that is kept about a member in this space. */
export async function keptAbout(tx: Tx, who: Who): Promise<readonly KeptPart[]> {
  const rounds: Record<string, unknown>[] = [];
  for (const id of await tx.personal.rounds(who)) {
    const round = await tx.rounds.find(id);
    if (round && knows(round, who.id)) rounds.push({ ...ownPart(round, who.id, (at) => new Date(at).toISOString()) });
  }
  return [
    {
      name: "round",
      about: "Mock rounds: your seat, what you said, asked and scored, and how others scored you.",
      fate: "Your words are deleted, and a seat in an open round falls free. Levels stay for the others, under the stand-in.",
      rows: rounds,
    },
    ...(await tx.personal.kept(who)),
  ];
}

/** The same as files to take along, each a JSON document with its own explanation. */
export const exportOf = async (tx: Tx, who: Who, now: Instant): Promise<readonly string[]> =>
  documentsOf(await keptAbout(tx, who), { platform: who.platform, space: who.space, member: who.id, at: new Date(now).toISOString() });

/**
 * Deletes what is kept about a member, or puts a stand-in made of chance in their place where others'
 * numbers hang on it. Messages in channels that had words of theirs are edited.
 */
export async function forgetMember(
  tx: Tx,
  library: Library,
  who: Pick<Member, "platform" | "space" | "id" | "name">,
  random: string,
  now: Instant,
): Promise<void> {
  const as = formerId(random);
  // Others, and the heartbeat, write these back as they read them: whoever is at it now ends first. What the
  // member does themselves ends first, too, since `dispatch` begins with their row in `member`.
  const { plans, groups, posts } = await tx.personal.shared(who);
  for (const id of plans) await tx.lock(`plan/${id}`);
  for (const id of groups) await tx.lock(`group/${id}`);
  for (const ref of posts) await tx.lock(`post/${postId(ref)}`);
  const words: string[] = [];
  const played: string[] = [];
  for (const id of await tx.personal.rounds(who)) {
    await tx.lock(`interview/${id}`);
    const before = await tx.rounds.find(id);
    if (!before || !knows(before, who.id)) continue;
    played.push(id);
    words.push(...wordsIn(before, who.id));
    const { round, says } = departed(before, who.id, as, now);
    const after = pseudonymised(round, who.id, as);
    await tx.rounds.save(after);
    const material = materialOf(library, after.case);
    if (material) await tx.outbox.put(voice(after, says, material, `forgotten/${random}`), now);
  }
  await lockMember(tx, who);
  words.push(...(await tx.personal.words(who)));
  const lost = await tx.personal.forget({ ...who, as, words, rounds: played });
  await tx.outbox.put(
    lost.map(({ post, to, view }, nth) => ({ kind: "edit", key: `forgotten/${random}/${nth}`, to, post, view }) as const),
    now,
  );
}
