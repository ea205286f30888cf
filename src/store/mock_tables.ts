/** The tables around a mock round; see tables.ts. */
import type { SeenHow } from "../core/case_seen.ts";
import type { MockPlan } from "../core/mock_plan.ts";
import type { PairLevel } from "../core/pairing.ts";
import type { PairMatch } from "../core/pairing_views.ts";
import type { Platform } from "../core/place.ts";
import type { Json, Time } from "./tables.ts";

export interface MockTables {
  mock_plan: {
    id: string;
    group_id: string;
    platform: Platform;
    space: string;
    case_slug: string | null;
    due_at: Time | null;
    plan: Json<MockPlan>;
  };
  case_seen: { platform: Platform; space: string; member: string; case_slug: string; how: SeenHow; seen_at: Time };
  pairing: { group_id: string; next_at: Time };
  pair_member: { group_id: string; member: string; level: PairLevel; weekdays: number; times: string };
  pair_match: { id: string; group_id: string; matched_at: Time; match: Json<PairMatch> };
}
