/** How a group's daily drill is set, in words. */
import type { Plan } from "./content.ts";
import { KIND_WORDS } from "./drill.ts";
import type { Group } from "./group.ts";
import { mention, moment } from "./markup.ts";
import type { Instant } from "./place.ts";
import { phaseAt } from "./plan.ts";
import { daysInWords, weekdaysInWords } from "./schedule.ts";
import type { Block, Fact } from "./view.ts";

export interface Status {
  readonly group: Group;
  /** The next posts; days off are not among them. */
  readonly upcoming: readonly Instant[];
  readonly daysOff?: readonly { readonly first: string; readonly last: string }[];
  /** The study plan of the group; `day` counts from 1 and is the one that the next drill belongs to. */
  readonly followed?: { readonly plan: Plan; readonly day: number } | undefined;
  readonly reminded?: boolean;
}

export function statusBlocks({ group, upcoming, daysOff = [], followed, reminded }: Status): readonly Block[] {
  const { schedule, paused } = group;
  const facts: Fact[] = [
    {
      name: "Schedule",
      value: schedule ? `**${schedule.time}** in ${schedule.zone}, ${weekdaysInWords(schedule.weekdays)}` : "none yet: `/setup`",
    },
    { name: "Mix", value: followed ? planInWords(followed.plan, followed.day) : mixInWords(group) },
    { name: "Sealed", value: `${group.sealedHours} hours; a missed drill is caught up for ${group.catchUpHours} hours` },
    ...(daysOff.length > 0 ? [{ name: "Off", value: daysOff.map(daysInWords).join(", ") }] : []),
    {
      name: "Organizers",
      value: group.organizers.length === 0 ? "who manages this server or workspace" : group.organizers.map(mention).join(", "),
    },
    ...(reminded === undefined ? [] : [{ name: "Your reminder", value: reminded ? "on" : "off: `/daily remind` turns it on" }]),
    ...upcoming.map((at, index) => ({ name: `Post ${index + 1}`, value: `${moment(at)}, ${moment(at, "relative")}` })),
  ];
  return [...(paused ? [{ kind: "text", markdown: paused.reason } as const] : []), { kind: "facts", facts }];
}

export const mixInWords = ({ kinds }: Pick<Group, "kinds">): string =>
  kinds.length === 0 ? "everything in turn" : kinds.map((kind) => KIND_WORDS[kind]).join(", ");

function planInWords(plan: Plan, day: number): string {
  const phase = phaseAt(plan, day);
  return phase
    ? `study plan **${plan.title}**, day ${day} of ${plan.days}: ${phase.title.toLowerCase()}`
    : `study plan **${plan.title}** is done; everything in turn`;
}
