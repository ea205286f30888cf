/** What members do about a drill beside answering: share, dispute, report, be reminded. */
import { z } from "zod";
import { type Command, command, type Refused } from "../src/app/command.ts";
import { isOpen } from "../src/app/daily_answer.ts";
import { hideAnswer, showAnswer } from "../src/app/daily_reveal.ts";
import { openDispute, voteOn } from "../src/app/disputes.ts";
import { drillOf } from "../src/app/drill_book.ts";
import { noticeOrganizers } from "../src/app/notices.ts";
import type { Answer, Reads } from "../src/app/ports.ts";
import type { OpenDrill } from "../src/core/drill.ts";
import { postId } from "../src/core/drill_views.ts";
import { bold, clip, literal, mention } from "../src/core/markup.ts";
import { refuse } from "../src/core/refusal.ts";
import { done } from "../src/core/view.ts";
import { type Found, find, groupOf, memberNamed, offerMembers, post } from "./daily_find.ts";

const share = command({
  path: "daily share",
  summary: "Show your answer to the group at the reveal, or keep it private",
  access: "anyone",
  hidden: true,
  input: z.object({ post, shared: z.boolean() }),
  async run(input, scene) {
    const found = await find(scene, input.post);
    if (!found.ok) return found;
    const { tx, who, now } = scene;
    await tx.lock(`post/${postId(found.post)}`);
    const open = isOpen(found.post, now);
    if (!input.shared) {
      const shown = await tx.shares.withdraw(found.post, who.id);
      if (shown && !open) await hideAnswer(tx, found.group, found.post, who.id, who.id, now);
      return { ok: true, reply: done("It stays with you", "Nobody else sees your answer.") };
    }
    if ((await tx.answers.of(found.post, who.id)).every(({ standing }) => standing === "practice"))
      return refuse("There is no answer to share", "What was answered before the reveal can be shared.");
    if ((await tx.shares.muted(found.group.id, who.id)) || (await tx.shares.removed(found.post, who.id)))
      return refuse("You cannot share here", "An organizer has taken your answer out, or muted you in this group. Ask them.");
    if (!open && found.post.state !== "revealed") return refuse("It opens in a moment", "The thread is on its way. Try again shortly.");
    await tx.shares.add(found.post, who.id, now);
    if (open)
      return { ok: true, reply: done("It will be shown", "Your last answer before the reveal goes into the thread, under your name.") };
    await showAnswer(tx, found.group, found.post, found.drill, who.id, now);
    return { ok: true, reply: done("It is in the thread", "You can take it back with **Keep it private**.") };
  },
});

const remove = command({
  path: "daily remove",
  summary: "Take a shared answer out of the thread",
  access: "anyone",
  hidden: true,
  input: z.object({ post, member: z.string().max(40) }),
  async run(input, scene) {
    const found = await find(scene, input.post);
    if (!found.ok) return found;
    const { tx, who, now, organizer } = scene;
    const own = who.id === input.member;
    if (!own && !organizer) return refuse("Only its author or an organizer removes it", "Tell an organizer what is wrong with it.");
    await tx.lock(`post/${postId(found.post)}`);
    if (own) await tx.shares.withdraw(found.post, who.id);
    else await tx.shares.remove(found.post, input.member, who.id);
    await hideAnswer(tx, found.group, found.post, input.member, who.id, now);
    const view = done("It is removed", own ? "You can share it again from `/daily today`." : "It cannot be shared again. The points stay.");
    return { ok: true, reply: own ? view : { ...view, blocks: [...view.blocks, muteButton(input.member, true)] } };
  },
});

const muteButton = (member: string, muted: boolean) =>
  ({
    kind: "buttons",
    buttons: [{ label: muted ? "Mute this member here" : "Unmute", command: "daily mute", input: { member, muted } }],
  }) as const;

const mute = command({
  path: "daily mute",
  summary: "Stop a member from sharing, disputing and proposing in this group",
  access: "organizer",
  input: z.object({
    member: z.string().trim().max(80).describe("Their name here").meta({ completes: true, member: true }),
    muted: z.boolean().default(true).describe("yes, or no to let them speak again"),
  }),
  complete: (_field, typed, scene) => offerMembers(scene, typed),
  async run({ member: typed, muted }, scene) {
    const found = groupOf(scene);
    if (!found.ok) return found;
    const named = await memberNamed(scene, typed);
    if (!named.ok) return named;
    const { id: member } = named;
    const { tx, who, now } = scene;
    if (muted) await tx.shares.mute(found.group.id, member, who.id, now);
    else await tx.shares.unmute(found.group.id, member);
    const words = muted
      ? `${mention(member)} can answer and play as before, but nothing of theirs is shown to the group.`
      : `${mention(member)} can share, dispute and propose again.`;
    return {
      ok: true,
      reply: {
        ...done(muted ? "Muted" : "Not muted any more", words),
        blocks: [{ kind: "text", markdown: words }, muteButton(member, !muted)],
      },
    };
  },
});

/** The member's scored answer to an open drill that is revealed: what can be disputed. */
async function disputable(
  reads: Reads,
  found: Found,
  member: string,
  now: number,
): Promise<{ readonly ok: true; readonly drill: OpenDrill; readonly answer: Answer } | Refused> {
  const { drill } = found;
  if (drill.kind !== "open") return refuse("There is nothing to dispute", "Only answers in your own words are read point by point.");
  if (isOpen(found.post, now) || found.post.state !== "revealed")
    return refuse("Not before the reveal", "It would give the points away. Improve your answer until then.");
  const answer = (await reads.answers.of(found.post, member)).find(({ standing }) => standing === "scored");
  if (!answer) return refuse("You have no scored answer here", "Only the first answer before the reveal scores.");
  return { ok: true, drill, answer };
}

const dispute = command({
  path: "daily dispute",
  summary: "Say that your answer earned a point that was not counted",
  access: "anyone",
  input: z.object({
    point: z.string().max(80).describe("Which point"),
    words: z.string().trim().min(3, "quote the words that say it").max(500).describe("The words of your answer that say it"),
    post,
  }),
  async form(input, scene) {
    const found = await find(scene, input.post);
    if (!found.ok) return found;
    const open = await disputable(scene.read, found, scene.who.id, scene.now);
    if (!open.ok) return open;
    const { drill, answer } = open;
    const left = drill.rubric.filter((point) => answer.grades.find(({ id }) => id === point.id)?.state !== "covered");
    if (left.length === 0) return refuse("Every point was counted", "There is nothing to dispute.");
    return {
      title: "Dispute a point",
      intro: `Your answer is shown in the thread, and your peers say whether it earns the point.\n\n${left.map((point, at) => `**${at + 1}.** ${point.text}`).join("\n")}`,
      submit: "Ask the group",
      carry: { post: postId(found.post) },
      fields: [
        {
          name: "point",
          label: "Which point?",
          required: true,
          kind: "choice",
          options: left.map((point, at) => ({ label: clip(`${at + 1}. ${point.text}`, 75), value: point.id })),
        },
        {
          name: "words",
          label: "Which of your words say it?",
          hint: "Copy them from your answer.",
          required: true,
          kind: "paragraph",
          maxLength: 500,
          ...(answer.text.length <= 500 ? { value: answer.text } : {}),
        },
      ],
    };
  },
  async run(input, scene) {
    const found = await find(scene, input.post);
    if (!found.ok) return found;
    const { tx, who, now, newId } = scene;
    await tx.lock(`post/${postId(found.post)}`);
    const open = await disputable(tx, found, who.id, now);
    if (!open.ok) return open;
    const { drill, answer } = open;
    const point = drill.rubric.find(({ id }) => id === input.point);
    if (!point) return refuse("There is no such point", "Open the form with **Dispute a point** and choose one.");
    if (answer.grades.find(({ id }) => id === point.id)?.state === "covered")
      return refuse("That point was counted", "You have it already.");
    if (!answer.text.includes(input.words)) return refuse("Those are not your words", "Copy them from your answer as they stand there.");
    if (await tx.shares.muted(found.group.id, who.id)) return refuse("You are muted in this group", "Ask an organizer.");
    const { group, date, edition } = found.post;
    const said = { id: newId(), group, date, edition, member: who.id, drill: drill.id, point: point.id, words: input.words, at: now };
    if (!(await openDispute(tx, found.group, { ...said, state: "open" }, drill, answer)))
      return refuse("You disputed that point already", "The group's word on it is in the thread.");
    return { ok: true, reply: done("The group is asked", "It is in the thread. Two of your peers decide, or one organizer.") };
  },
});

const vote = command({
  path: "daily vote",
  summary: "Say whether a disputed answer earns the point",
  access: "anyone",
  hidden: true,
  input: z.object({ dispute: z.string().max(20), agrees: z.boolean() }),
  async run(input, scene) {
    const { tx, library, group, who, organizer, now } = scene;
    const found = await tx.disputes.find(input.dispute);
    const drill = found && group && (await drillOf(tx, library, group.id, found.drill));
    if (!found || !group || found.group !== group.id || !drill)
      return refuse("There is no such dispute here", "It may be of another channel.");
    if (found.member === who.id) return refuse("Nobody decides about themselves", "Your peers do.");
    await tx.lock(`post/${postId(found)}`);
    if ((await tx.disputes.find(found.id))?.state !== "open") return refuse("It is decided", "The thread says how.");
    const decision = await voteOn(tx, group, found, drill, { id: who.id, organizer }, input.agrees, now);
    const words = decision === "open" ? "One more of your peers, or an organizer, decides." : "That decided it; the thread says so.";
    return { ok: true, reply: done("Thank you", words) };
  },
});

const REASONS = {
  wrong: "Something is wrong in it",
  unclear: "It cannot be understood",
  key: "The reference or the right option is wrong",
  grading: "The grading is unfair",
  other: "Something else",
} as const;
type Reason = keyof typeof REASONS;

const report = command({
  path: "daily report",
  summary: "Say that something is wrong with the drill",
  access: "anyone",
  input: z.object({
    reason: z.enum(Object.keys(REASONS) as [Reason, ...Reason[]]).describe("What is wrong"),
    note: z.string().trim().max(500).optional().describe("What exactly"),
    post,
  }),
  async form(input, scene) {
    const found = await find(scene, input.post);
    if (!found.ok) return found;
    return {
      title: "Report this drill",
      intro: `${bold(found.drill.title)}. The organizers and the authors of the question bank read it.`,
      submit: "Report",
      carry: { post: postId(found.post) },
      fields: [
        {
          name: "reason",
          label: "What is wrong?",
          required: true,
          kind: "choice",
          options: Object.entries(REASONS).map(([value, label]) => ({ label, value })),
        },
        { name: "note", label: "What exactly?", required: false, kind: "paragraph", maxLength: 500 },
      ],
    };
  },
  async run({ reason, note, post: id }, scene) {
    const found = await find(scene, id);
    if (!found.ok) return found;
    const { tx, who, now } = scene;
    const { group, date, edition } = found.post;
    await tx.reports.add({ group, date, edition, member: who.id, drill: found.drill.id, reason, note: note ?? "", at: now });
    const words = `${mention(who.id)} reports ${bold(found.drill.title)} of ${date}: ${REASONS[reason].toLowerCase()}.${note ? ` “${literal(note)}”` : ""}\n\n\`/daily skip\` in the channel replaces it; answers keep their points.`;
    return {
      ok: true,
      reply: done("Thank you", "The organizers are told, and it is kept for the authors of the question bank."),
      effects: noticeOrganizers(found.group, `report/${postId(found.post)}/${who.id}`, "A drill was reported", words),
    };
  },
});

const remind = command({
  path: "daily remind",
  summary: "Get a direct message before a drill closes that you have not answered",
  access: "anyone",
  input: z.object({ wanted: z.boolean().default(true).describe("yes, or no to stop") }),
  async run({ wanted }, scene) {
    const found = groupOf(scene);
    if (!found.ok) return found;
    await scene.tx.reminders.set(found.group.id, scene.who.id, wanted);
    return {
      ok: true,
      reply: wanted
        ? done(
            "You will be reminded",
            "Two hours before a drill of this channel closes, if you have not answered. It needs your direct messages open.",
          )
        : done("No more reminders", "Nothing is sent to you about this channel."),
    };
  },
});

export const talk: readonly Command[] = [share, remove, mute, dispute, vote, report, remind];
