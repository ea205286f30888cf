/** The heartbeat's work: everything that has become due by an instant, in transactions of its own. */
import type { Logger } from "pino";
import type { Instant } from "../core/place.ts";
import { giveDrill, reveal } from "./drills.ts";
import type { Library } from "./library.ts";
import type { PostRef, Store, Tx } from "./ports.ts";
import { play } from "./rounds.ts";
import { noticeOrganizers } from "./settle.ts";

/** Rows handled in one transaction: few enough to keep locks short. */
const BATCH = 50;

export type Tick = (now: Instant) => Promise<void>;

export function createTick({ store, library, log }: { store: Store; library: Library; log: Logger }): Tick {
  return async (now) => {
    const { skipped } = await store.transaction(async (tx) => {
      const claimed = await tx.posts.claimSlots(now);
      for (const ref of claimed.skipped) await tellSkipped(tx, ref, now);
      return claimed;
    });
    if (skipped.length > 0) log.warn({ groups: skipped.length }, "daily drills were skipped: they were due while the bot was down");
    await batches(store, async (tx) => {
      const posts = await tx.posts.claimDue(BATCH);
      for (const post of posts) await giveDrill(tx, library, post, now);
      return posts.length;
    });
    await batches(store, async (tx) => {
      const posts = await tx.posts.claimReveals(now, BATCH);
      for (const post of posts) await reveal(tx, library, post, now);
      return posts.length;
    });
    await closeLate(store, library, now);
  };
}

/** Repeats until there is less than a full batch left. */
async function batches(store: Store, work: (tx: Tx) => Promise<number>): Promise<void> {
  while ((await store.transaction(work)) === BATCH);
}

/** A round may have several deadlines behind it after downtime, but each starts a clock anew: one each. */
async function closeLate(store: Store, library: Library, now: Instant): Promise<void> {
  const ids = await store.transaction((tx) => tx.rounds.claimLate(now, BATCH));
  for (const id of ids)
    await store.transaction(async (tx) => {
      const played = await play(tx, library, id, { kind: "time" }, now, `time/${now}`);
      if (played.ok) await tx.outbox.put(played.effects, now);
    });
  if (ids.length === BATCH) await closeLate(store, library, now);
}

async function tellSkipped(tx: Tx, ref: PostRef, now: Instant): Promise<void> {
  const group = await tx.groups.find(ref.group);
  if (!group) return;
  const words = `The drill of ${ref.date} was due while the bot was down, more than ${group.catchUpHours} hours ago. It was skipped; no streak suffers. The next one comes as planned.`;
  await tx.outbox.put(noticeOrganizers(group, `skipped/${ref.group}/${ref.date}`, "A daily drill was skipped", words), now);
}
