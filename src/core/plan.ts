/**
 * Study plans: how many days, and what each is for. A group follows one by the drills it gets, a day for
 * each: a day off or a pause moves the plan along instead of leaving anybody behind.
 */
import type { DrillKind, Plan, Step } from "./content.ts";

export type Phase = Plan["phases"][number];

/** `day` counts from 1. Undefined after the plan's last day. */
export function phaseAt(plan: Plan, day: number): Phase | undefined {
  return plan.phases.find(({ from, to }) => day >= from && day <= to);
}

/** What a phase lets through; empty means everything. */
export const allowedIn = (phase: Phase | undefined): { kinds: readonly DrillKind[]; steps: readonly Step[]; cases: readonly string[] } => ({
  kinds: phase?.kinds ?? [],
  steps: phase?.steps ?? [],
  cases: phase?.cases ?? [],
});
