/** The heartbeat's work: everything that has become due by an instant, in transactions of its own. */
import type { Logger } from "pino";
import { HOUR, type Instant, type Platform } from "../core/place.ts";
import { giveDrill, remind, tellSkipped } from "./daily_post.ts";
import { reveal } from "./daily_reveal.ts";
import type { Library } from "./library.ts";
import type { Meter } from "./meter.ts";
import type { Store, Tx } from "./ports.ts";
import { play } from "./rounds.ts";

/** Rows handled in one transaction: few enough to keep locks short. */
const BATCH = 50;

/** `platforms` are those connected now: what is meant for another waits for it. */
export type Tick = (now: Instant, platforms: readonly Platform[]) => Promise<void>;

export function createTick({ store, library, log, meter }: { store: Store; library: Library; log: Logger; meter: Meter }): Tick {
  let swept: Instant | undefined;

  /** One stage that fails holds no other up; the next beat tries it again. */
  const stage = async (name: string, work: () => Promise<void>) => {
    const began = performance.now();
    const failed = await work().then(
      () => false,
      (err) => {
        log.error({ err, stage: name }, "a part of the tick failed");
        return true;
      },
    );
    meter.ticked(name, performance.now() - began, failed);
  };

  return async (now, platforms) => {
    await stage("rounds", () => closeLate(store, library, now));
    await stage("schedules", async () => {
      const { skipped } = await store.transaction(async (tx) => {
        const claimed = await tx.posts.claimSlots(now);
        for (const ref of claimed.skipped) await tellSkipped(tx, ref, now);
        return claimed;
      });
      if (skipped.length > 0) log.warn({ groups: skipped.length }, "daily drills were skipped: they were due while the bot was down");
    });
    await stage("reveals", () =>
      batches(store, async (tx) => {
        const posts = await tx.posts.claimReveals(now, BATCH);
        for (const post of posts) await reveal(tx, library, post, now);
        return posts.length;
      }),
    );
    // After the reveals, which take their reminders along: nobody is reminded of what is over.
    await stage("reminders", () =>
      batches(store, async (tx) => {
        const due = await tx.posts.claimReminders(now, BATCH);
        for (const { post, members } of due) await remind(tx, library, post, members, now);
        return due.length;
      }),
    );
    // Last, since a morning's drills may be many and nobody waits for one to the second.
    await stage("drills", () =>
      batches(store, async (tx) => {
        const posts = await tx.posts.claimDue(platforms, BATCH);
        for (const post of posts) await giveDrill(tx, library, post, now);
        return posts.length;
      }),
    );
    // Each process for itself: to sweep twice does no harm.
    if (swept === undefined || now - swept >= SWEEP_EVERY) {
      swept = now;
      await stage("retention", () => sweep(store, now));
      await stage("workspaces that left", async () => {
        const forget = () => store.transaction((tx) => tx.spaces.forgetOne(now));
        for (let space = await forget(); space !== undefined; space = await forget())
          log.info({ space }, "all that was kept of a workspace that left was deleted");
      });
    }
  };
}

const SWEEP_EVERY = HOUR;

/** In small bites, each a transaction of its own, so that nobody waits for it. */
async function sweep(store: Store, now: Instant): Promise<void> {
  while ((await store.transaction((tx) => tx.sweep(now, SWEEP_ROWS))) >= SWEEP_ROWS);
}

const SWEEP_ROWS = 1_000;

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
