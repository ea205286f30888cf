/** The heartbeat's work: everything that has become due by an instant, in transactions of its own. */
import { HOUR, type Instant, type Platform } from "../core/place.ts";
import { inBatches, WIDE } from "./batches.ts";
import { forgetLeft } from "./comings.ts";
import { giveDrills, remind, tellSkipped } from "./daily_post.ts";
import { reveal } from "./daily_reveal.ts";
import { postDigest } from "./digest.ts";
import type { Meter } from "./meter.ts";
import type { Agenda, Store } from "./ports.ts";
import { closeLate, type Parts, pairGroups, playPlans } from "./rounds_due.ts";
import type { Space } from "./space_ports.ts";

export interface Ticker {
  /** `platforms` are those connected now: what is meant for another waits for it. */
  tick(now: Instant, platforms: readonly Platform[]): Promise<void>;
  /** Waits for what goes on beside the ticks, since it asks a platform that may take its time. */
  aside(): Promise<void>;
}

/** One kind of work, in transactions of its own. */
interface Stage {
  readonly name: keyof Agenda;
  /** Another kind whose work makes some for this one. */
  readonly after?: keyof Agenda;
  work(parts: Parts, now: Instant, platforms: readonly Platform[]): Promise<void>;
}

/** In the order in which they are done. */
const STAGES: readonly Stage[] = [
  { name: "rounds", work: closeLate },
  { name: "plans", work: playPlans },
  { name: "pairings", work: pairGroups },
  {
    name: "schedules",
    async work({ store, log }, now) {
      const { skipped } = await store.transaction(async (tx) => {
        const claimed = await tx.posts.claimSlots(now);
        for (const ref of claimed.skipped) await tellSkipped(tx, ref, now);
        return claimed;
      });
      if (skipped.length > 0) log.warn({ groups: skipped.length }, "daily drills were skipped: they were due while the bot was down");
    },
  },
  {
    name: "reveals",
    work: (parts, now) =>
      inBatches(
        parts,
        (tx, limit, without) => tx.posts.claimReveals(now, limit, without),
        ({ group }) => group,
        async (tx, posts) => {
          for (const post of posts) await reveal(tx, parts.library, post, now);
        },
      ),
  },
  // After the reveals, which take their reminders along: nobody is reminded of what is over.
  {
    name: "reminders",
    work: (parts, now) =>
      inBatches(
        parts,
        (tx, limit, without) => tx.posts.claimReminders(now, limit, without),
        ({ post }) => post.group,
        async (tx, due) => {
          for (const { post, members } of due) await remind(tx, parts.library, post, members, now);
        },
      ),
  },
  // After the reveals, whose points the digest tells.
  {
    name: "digests",
    work: (parts, now) =>
      inBatches(
        parts,
        (tx, limit, without) => tx.digests.claim(now, limit, without),
        ({ group }) => group,
        async (tx, weeks) => {
          for (const { group, monday } of weeks) await postDigest(tx, parts.library, group, monday, now);
        },
      ),
  },
  // Late, since a morning's drills may be many and nobody waits for one to the second.
  {
    name: "drills",
    after: "schedules",
    work: (parts, now, platforms) =>
      inBatches(
        parts,
        (tx, limit, without) => tx.posts.claimDue(platforms, limit, without),
        ({ group }) => group,
        (tx, posts) => giveDrills(tx, parts.library, posts, now),
        WIDE,
      ),
  },
  {
    name: "boards",
    async work({ store }) {
      while (await store.transaction((tx) => tx.boards.fold()));
    },
  },
];

export function createTick({
  meter,
  isIn,
  ...parts
}: Parts & { readonly meter: Meter; readonly isIn: (space: Space) => Promise<boolean> }): Ticker {
  const { store, log } = parts;
  let swept: Instant | undefined;
  let asked: Instant | undefined;
  let asking: Promise<void> | undefined;
  const hourly = (last: Instant | undefined, now: Instant) => last === undefined || now - last >= SWEEP_EVERY;

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

  const tick: Ticker["tick"] = async (now, platforms) => {
    const agenda = await store.agenda();
    const due = (kind: keyof Agenda | undefined) => kind !== undefined && (agenda[kind] ?? Number.POSITIVE_INFINITY) <= now;
    for (const { name, after, work } of STAGES) if (due(name) || due(after)) await stage(name, () => work(parts, now, platforms));
    // Each process for itself: to sweep twice does no harm.
    if (hourly(swept, now)) {
      swept = now;
      await stage("retention", () => sweep(store, now));
    }
    if (platforms.length > 0 && hourly(asked, now)) {
      asked = now;
      asking ??= stage("servers and workspaces that left", () => forgetLeft({ store, log, isIn }, now, platforms)).finally(() => {
        asking = undefined;
      });
    }
  };
  return { tick, aside: async () => asking };
}

const SWEEP_EVERY = HOUR;

/** In small bites, each a transaction of its own, so that nobody waits for it. */
async function sweep(store: Store, now: Instant): Promise<void> {
  while ((await store.transaction((tx) => tx.sweep(now, SWEEP_ROWS))) >= SWEEP_ROWS);
}

const SWEEP_ROWS = 1_000;
