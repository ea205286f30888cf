/** The heartbeat's work: everything that has become due by an instant, in transactions of its own. */
import type { Logger } from "pino";
import { HOUR, type Instant, type Platform } from "../core/place.ts";
import { BATCH, inBatches } from "./batches.ts";
import { giveDrills, remind, tellSkipped } from "./daily_post.ts";
import { reveal } from "./daily_reveal.ts";
import { postDigest } from "./digest.ts";
import type { Library } from "./library.ts";
import type { Meter } from "./meter.ts";
import type { Agenda, Store } from "./ports.ts";
import { play } from "./rounds.ts";

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
    const agenda = await store.agenda();
    const due = (kind: keyof Agenda) => (agenda[kind] ?? Number.POSITIVE_INFINITY) <= now;
    if (due("rounds")) await stage("rounds", () => closeLate({ store, library, log }, now));
    if (due("schedules"))
      await stage("schedules", async () => {
        const { skipped } = await store.transaction(async (tx) => {
          const claimed = await tx.posts.claimSlots(now);
          for (const ref of claimed.skipped) await tellSkipped(tx, ref, now);
          return claimed;
        });
        if (skipped.length > 0) log.warn({ groups: skipped.length }, "daily drills were skipped: they were due while the bot was down");
      });
    if (due("reveals"))
      await stage("reveals", () =>
        inBatches(
          { store, log },
          (tx, limit, without) => tx.posts.claimReveals(now, limit, without),
          ({ group }) => group,
          async (tx, posts) => {
            for (const post of posts) await reveal(tx, library, post, now);
          },
        ),
      );
    // After the reveals, which take their reminders along: nobody is reminded of what is over.
    if (due("reminders"))
      await stage("reminders", () =>
        inBatches(
          { store, log },
          (tx, limit, without) => tx.posts.claimReminders(now, limit, without),
          ({ post }) => post.group,
          async (tx, due) => {
            for (const { post, members } of due) await remind(tx, library, post, members, now);
          },
        ),
      );
    // After the reveals, whose points the digest tells.
    if (due("digests"))
      await stage("digests", () =>
        inBatches(
          { store, log },
          (tx, limit, without) => tx.digests.claim(now, limit, without),
          ({ group }) => group,
          async (tx, weeks) => {
            for (const { group, monday } of weeks) await postDigest(tx, library, group, monday, now);
          },
        ),
      );
    // Last, since a morning's drills may be many and nobody waits for one to the second.
    // The schedules have just made posts that wait for one.
    if (due("drills") || due("schedules"))
      await stage("drills", () =>
        inBatches(
          { store, log },
          (tx, limit, without) => tx.posts.claimDue(platforms, limit, without),
          ({ group }) => group,
          (tx, posts) => giveDrills(tx, library, posts, now),
        ),
      );
    if (due("boards"))
      await stage("boards", async () => {
        while (await store.transaction((tx) => tx.boards.fold()));
      });
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

/**
 * A round may have several deadlines behind it after downtime, but each starts a clock anew: one each. Each in a
 * transaction of its own, which waits for whoever plays in the round just now.
 */
async function closeLate({ store, library, log }: { store: Store; library: Library; log: Logger }, now: Instant): Promise<void> {
  const broken: string[] = [];
  for (;;) {
    const ids = await store.transaction((tx) => tx.rounds.claimLate(now, BATCH, broken));
    for (const id of ids) {
      const work = store.transaction(async (tx) => {
        const played = await play(tx, library, id, { kind: "time" }, now, `time/${now}`);
        if (played.ok) await tx.outbox.put(played.effects, now);
      });
      await work.catch((err) => {
        broken.push(id);
        log.error({ err, round: id }, "a round's deadline could not be kept; the next beat tries again");
      });
    }
    if (ids.length < BATCH) return;
  }
}
