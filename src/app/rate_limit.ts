/** Keeps one member from keeping everybody busy: so many commands at once, and then one a second. */
import { type Instant, type Member, SECOND } from "../core/place.ts";

/** More than anybody presses in a hurry, a mock round's seven scores among them. */
export const BURST = 60;
/** Members remembered; beyond it all begin anew, which errs on their side. */
const REMEMBERED = 20_000;

/** Answers whether this member may go on. Each process counts for itself. */
export function createRateLimit(): (who: Member, now: Instant) => boolean {
  const full = new Map<string, Instant>();
  return ({ platform, space, id }, now) => {
    const key = `${platform}/${space}/${id}`;
    // A bucket that refills by one a second is known by the instant at which it will be full again.
    const wait = Math.max(0, (full.get(key) ?? 0) - now);
    if (wait + SECOND > BURST * SECOND) return false;
    if (full.size >= REMEMBERED) full.clear();
    full.set(key, now + wait + SECOND);
    return true;
  };
}
