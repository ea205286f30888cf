/** What is due around rounds: their deadlines, plans, and the weekly pairing. */
import type { Logger } from "pino";
import { PAIRING_DAY } from "../core/pairing_views.ts";
import type { Instant } from "../core/place.ts";
import { eachAlone, inBatches } from "./batches.ts";
import type { Library } from "./library.ts";
import { playPlan } from "./mock_plans.ts";
import { pairGroup } from "./pairings.ts";
import type { Store } from "./ports.ts";
import { play } from "./rounds.ts";

/** What work that is due needs. */
export interface Parts {
  readonly store: Store;
  readonly library: Library;
  readonly log: Logger;
}

/** A round may have several deadlines behind it after downtime, but each starts a clock anew: one each. */
export const closeLate = (parts: Parts, now: Instant): Promise<void> =>
  eachAlone(
    parts,
    (tx, limit, without) => tx.rounds.claimLate(now, limit, without),
    async (tx, id) => {
      const played = await play(tx, parts.library, id, { kind: "time" }, now, `time/${now}`);
      if (played.ok) await tx.outbox.put(played.effects, now);
    },
  );

export const playPlans = (parts: Parts, now: Instant): Promise<void> =>
  eachAlone(
    parts,
    (tx, limit, without) => tx.plans.due(now, limit, without),
    async (tx, id) => tx.outbox.put(await playPlan(tx, parts.library, id, now), now),
  );

export const pairGroups = (parts: Parts, now: Instant): Promise<void> =>
  inBatches(
    parts,
    (tx, limit, without) => tx.pairing.claimDue(PAIRING_DAY, now, limit, without),
    ({ group }) => group,
    async (tx, groups) => {
      for (const { group, due } of groups) await tx.outbox.put(await pairGroup(tx, group, due, now), now);
    },
  );
