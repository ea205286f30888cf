/** Servers and workspaces as a whole: which of them the bot has left, and when what is kept of those is deleted. */
import { DAY, type Instant, type Place, type Platform } from "../core/place.ts";

/** Whoever takes the bot in again within this time finds everything as it was. */
export const KEPT_AFTER_REMOVAL_MS = 30 * DAY;

export type Space = Pick<Place, "platform" | "space">;

export interface Spaces {
  /** Ids of those of which something is kept, without those that the bot has left. */
  staying(platform: Platform): Promise<readonly string[]>;
  /** The bot is gone from there. A date that was set before stays. */
  leave(space: Space, forgetAt: Instant): Promise<void>;
  /** The bot is there: nothing is to be deleted any more. */
  stay(platform: Platform, spaces: readonly string[]): Promise<void>;
  /** Those of these platforms whose day has come, the earliest first. */
  due(now: Instant, platforms: readonly Platform[]): Promise<readonly Space[]>;
  /** Deletes all that is kept of one; false when its day has not come, or another process is at it. */
  forget(space: Space, now: Instant): Promise<boolean>;
}
