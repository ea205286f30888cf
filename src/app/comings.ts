/** What follows when the bot is removed from a server, and when it comes back. */
import type { Logger } from "pino";
import type { Instant, Platform } from "../core/place.ts";
import type { Store } from "./ports.ts";

/** Why groups pause then: those that paused for this go on when the bot is back. */
const REMOVED = "Drillroom was removed from this server. Nothing was deleted.";

export interface Comings {
  removed(space: string): Promise<void>;
  /** Of servers that it is in: after an invitation, and after a start, for it may have been invited while nothing ran. */
  there(spaces: readonly string[]): Promise<void>;
}

export function createComings(parts: {
  readonly store: Store;
  readonly platform: Platform;
  readonly now: () => Instant;
  readonly log: Logger;
}): Comings {
  const { store, platform, now, log } = parts;
  return {
    async removed(space) {
      const groups = await store.transaction((tx) => tx.groups.pauseSpace(platform, space, REMOVED, now()));
      log.info({ platform, space, groups }, "removed from a server; its groups are paused");
    },
    async there(spaces) {
      const groups = await store.transaction((tx) => tx.groups.resumeSpaces(platform, spaces, REMOVED, now()));
      if (groups > 0) log.info({ platform, groups }, "in a server again; its groups that were paused for want of the bot go on");
    },
  };
}
