/** What follows when the outbox has delivered an effect, or knows that it never will. */

import { parsePostId } from "../core/drill_views.ts";
import type { Effect } from "../core/effect.ts";
import type { Move } from "../core/interview_move.ts";
import type { Interview } from "../core/interview_state.ts";
import { deliveredMove, isNeeded } from "../core/interview_voice.ts";
import type { Instant } from "../core/place.ts";
import { posted } from "./daily_post.ts";
import { revealHere } from "./daily_reveal.ts";
import type { Library } from "./library.ts";
import { unannounced } from "./mock_plans.ts";
import { notice, noticeOrganizers } from "./notices.ts";
import type { PostRef, Tx } from "./ports.ts";
import { play } from "./rounds.ts";

type Told = { readonly round: string } | { readonly plan: string } | { readonly post: PostRef } | { readonly revealed: PostRef };

function told(effect: Effect): Told | undefined {
  const [what, ...rest] = effect.tell?.split("/") ?? [];
  if (what === "interview" && rest[0] !== undefined) return { round: rest[0] };
  if (what === "plan" && rest[0] !== undefined) return { plan: rest[0] };
  const post = what === "post" || what === "reveal" ? parsePostId(rest.join("/")) : undefined;
  return post && (what === "post" ? { post } : { revealed: post });
}

/** In the transaction that marks the effect sent. */
export async function delivered(tx: Tx, library: Library, effect: Effect, remote: string, now: Instant): Promise<void> {
  const who = told(effect);
  if (who && "post" in who) return posted(tx, library, who.post, now);
  const move = who && "round" in who ? deliveredMove(effect.key, remote) : undefined;
  if (who && "round" in who && move) await moveRound(tx, library, who.round, move, effect.key, now);
}

/** In the transaction that marks the effects dead. */
export async function undeliverable(tx: Tx, library: Library, effects: readonly Effect[], reason: string, now: Instant): Promise<void> {
  for (const effect of effects) {
    const who = told(effect);
    if (who && "plan" in who) await unannounced(tx, who.plan, reason, now);
    if (who && "round" in who && isNeeded(effect.key)) await stopRound(tx, library, who.round, effect.key, reason, now);
    else if (who && "round" in who) await tellUnsaid(tx, who.round, reason, now);
    if (who && "post" in who) {
      // Nobody saw it: after the mend the day can still have its drill, and the bank this one.
      await tx.posts.skip(who.post);
      await pauseGroup(tx, who.post.group, reason, now);
    }
    // Somebody deleted the drill's message, or threads are not allowed: the reference still comes, and the schedule goes on.
    if (who && "revealed" in who) await revealHere(tx, library, who.revealed, reason, now);
  }
}

/** A refusal means that the round has moved on: nothing is waiting any more. */
async function moveRound(tx: Tx, library: Library, id: string, move: Move, key: string, now: Instant): Promise<Interview | undefined> {
  const played = await play(tx, library, id, move, now, `settled/${key}`);
  if (!played.ok) return undefined;
  await tx.outbox.put(played.effects, now);
  return played.round;
}

async function stopRound(tx: Tx, library: Library, id: string, key: string, reason: string, now: Instant): Promise<void> {
  const round = await moveRound(tx, library, id, { kind: "undeliverable" }, key, now);
  if (!round) return;
  const words = `${reason}\n\nWhat was answered is kept. When it is mended, start another round with \`/mock start\`.`;
  await tx.outbox.put([notice(round.host, round.place, `stopped/${id}`, "Your mock round stopped", words)], now);
}

/** An answer, a score sheet or a card is missing in the thread; the round goes on, and its host hears of it once. */
async function tellUnsaid(tx: Tx, id: string, reason: string, now: Instant): Promise<void> {
  const round = await tx.rounds.find(id);
  if (!round || (round.phase.name === "ended" && round.phase.how === "undeliverable")) return;
  const goesOn = round.phase.name === "ended" ? "" : "The round goes on. ";
  const words = `${reason}\n\n${goesOn}What was said in it is kept; \`/mock status\` says where it is.`;
  await tx.outbox.put([notice(round.host, round.place, `unsaid/${id}`, "A message of your mock round could not be posted", words)], now);
}

async function pauseGroup(tx: Tx, id: string, reason: string, now: Instant): Promise<void> {
  const group = await tx.groups.find(id);
  if (!group || !(await tx.groups.pause(id, reason, now))) return;
  await tx.outbox.put(
    noticeOrganizers(
      group,
      `paused/${id}/${now}`,
      "The daily drill is paused",
      `${reason}\n\nNothing was deleted. When it is mended, run \`/daily resume\` in the channel to go on.`,
    ),
    now,
  );
}
