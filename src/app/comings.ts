/** What follows when the bot is removed from a server, when it comes back, and when it does not. */
import type { Logger } from "pino";
import type { Instant, Platform } from "../core/place.ts";
import { createOrder } from "./in_order.ts";
import type { Store, Tx } from "./ports.ts";
import { KEPT_AFTER_REMOVAL_MS, type Space } from "./space_ports.ts";

/** Why groups pause then: those that paused for this go on when the bot is back. */
const REMOVED = "Drillroom was removed from this server. Nothing was deleted.";

/** Noted in the order in which they are told: who removes the bot and invites it again at once has it. */
export interface Comings {
  removed(space: string): Promise<void>;
  /** Of a server that it is in, after an invitation. */
  invited(space: string): Promise<void>;
  /** Of all servers that it is in among those that `ours` picks: much may have happened while nothing heard of it. */
  there(spaces: readonly string[], ours: (space: string) => boolean): Promise<void>;
}

interface Parts {
  readonly store: Store;
  readonly log: Logger;
}

export function createComings({ platform, now, ...parts }: Parts & { readonly platform: Platform; readonly now: () => Instant }): Comings {
  const { store, log } = parts;
  const order = createOrder();
  const inOrder = (work: () => Promise<void>) => order(platform, work);

  async function leave(space: string): Promise<void> {
    const groups = await store.transaction(async (tx) => {
      await tx.spaces.leave({ platform, space }, now() + KEPT_AFTER_REMOVAL_MS);
      return tx.groups.pauseSpace(platform, space, REMOVED, now());
    });
    log.info({ platform, space, groups }, "removed from a server; its groups are paused");
  }

  return {
    removed: (space) => inOrder(() => leave(space)),
    invited: (space) => inOrder(() => stay(parts, platform, [space], now())),
    there: (spaces, ours) =>
      inOrder(async () => {
        await stay(parts, platform, spaces, now());
        const here = new Set(spaces);
        const known = await store.transaction((tx) => tx.spaces.staying(platform));
        for (const space of known) if (ours(space) && !here.has(space)) await leave(space);
      }),
  };
}

async function stay({ store, log }: Parts, platform: Platform, spaces: readonly string[], now: Instant): Promise<void> {
  const goOn = async (tx: Tx) => {
    await tx.spaces.stay(platform, spaces);
    return tx.groups.resumeSpaces(platform, spaces, REMOVED, now);
  };
  const groups = await store.transaction(goOn);
  if (groups > 0) log.info({ platform, groups }, "in a server again; its groups that were paused for want of the bot go on");
}

/**
 * Deletes what is kept of servers and workspaces whose day has come. The platform is asked first: the news
 * of an invitation may have been lost, and what is deleted does not come back.
 */
export async function forgetLeft(
  { isIn, ...parts }: Parts & { readonly isIn: (space: Space) => Promise<boolean> },
  now: Instant,
  platforms: readonly Platform[],
): Promise<void> {
  const { store, log } = parts;
  for (const one of await store.transaction((tx) => tx.spaces.due(now, platforms)))
    try {
      if (await isIn(one)) await stay(parts, one.platform, [one.space], now);
      else if (await store.transaction((tx) => tx.spaces.forget(one, now)))
        log.info(one, "all that was kept of a server or workspace that left was deleted");
    } catch (err) {
      log.error({ err, ...one }, "what is kept of a server or workspace that left could not be deleted; it is tried again in an hour");
    }
}
