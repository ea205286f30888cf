/** A study group: one channel, with its schedule. */
import type { DrillKind } from "./content.ts";
import type { Instant, Place } from "./place.ts";

/** Days as a bit mask: Monday is 1, Tuesday 2, … Sunday 64. */
export type Weekdays = number;

export interface Schedule {
  /** Local wall time, "HH:MM" in 24 hours. */
  readonly time: string;
  /** An IANA name in its canonical spelling, such as "Europe/Berlin". */
  readonly zone: string;
  readonly weekdays: Weekdays;
}

/** What an organizer sets beside the schedule. */
export interface Settings {
  /** Ids of the members named as organizers; who may manage the space is one in any case. */
  readonly organizers: readonly string[];
  readonly sealedHours: number;
  readonly catchUpHours: number;
  /** Kinds of drill it gets; all when empty. */
  readonly kinds: readonly DrillKind[];
  /** Slug of the study plan, and when it began. */
  readonly plan: { readonly slug: string; readonly from: Instant } | undefined;
}

/** Hours that an organizer may choose; the first is what a new group has. */
export const SEALED_HOURS = { usual: 20, least: 2, most: 72 } as const;
export const CATCH_UP_HOURS = { usual: 6, least: 1, most: 12 } as const;

export interface Group extends Settings {
  readonly id: string;
  /** Always with a channel and without a thread. */
  readonly place: Place & { readonly channel: string };
  readonly schedule: Schedule | undefined;
  readonly paused: { readonly at: Instant; readonly reason: string } | undefined;
}

/** The zone in which a group counts its days. */
export const zoneOf = (group: Group): string => group.schedule?.zone ?? "UTC";
