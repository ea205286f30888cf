/** Planned mock rounds. */
import type { MockPlan } from "../../src/core/mock_plan.ts";

/** A plan that nobody but its host has heard of; whatever is not told is as when it is announced. */
export const planned = (told: Pick<MockPlan, "id" | "group" | "place" | "host" | "at"> & Partial<MockPlan>): MockPlan => ({
  case: undefined,
  mode: "peer",
  pace: "live",
  turnHours: 24,
  coming: [{ who: told.host, as: "any" }],
  notComing: [],
  reminded: 0,
  ended: undefined,
  ...told,
});
