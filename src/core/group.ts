/** A study group: one channel, with its schedule. */
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

export interface Group {
  readonly id: string;
  /** Always with a channel and without a thread. */
  readonly place: Place & { readonly channel: string };
  readonly schedule: Schedule | undefined;
  /** Ids of the members named as organizers; who may manage the space is one in any case. */
  readonly organizers: readonly string[];
  readonly sealedHours: number;
  readonly catchUpHours: number;
  readonly paused: { readonly at: Instant; readonly reason: string } | undefined;
}

/** The zone in which a group counts its days. */
export const zoneOf = (group: Group): string => group.schedule?.zone ?? "UTC";
