import { z } from "zod";
import { command } from "../src/app/command.ts";
import { groupPlan } from "../src/app/group_plan.ts";
import { DRILL_KINDS, type DrillKind, type Plan } from "../src/core/content.ts";
import { CATCH_UP_HOURS, type Group, type Schedule, SEALED_HOURS, type Settings } from "../src/core/group.ts";
import { statusBlocks } from "../src/core/group_views.ts";
import { literal } from "../src/core/markup.ts";
import type { Instant } from "../src/core/place.ts";
import { refuse } from "../src/core/refusal.ts";
import { parseTime, parseWeekdays, parseZone, weekdaysInWords, zonesLike } from "../src/core/schedule.ts";
import { noticesBlocks, permissionBlocks } from "../src/core/setup_views.ts";
import type { FormOption } from "../src/core/view.ts";

const input = z.object({
  time: z.string().max(20).describe("When the drill is posted, such as 09:00"),
  zone: z.string().max(60).describe("Your time zone, such as Europe/Berlin").meta({ completes: true }),
  weekdays: z.string().max(60).default("daily").describe("daily, mon-fri, or days such as mon,wed,fri"),
  mix: z
    .string()
    .trim()
    .max(80)
    .optional()
    .describe("all, some of open choice estimate order draw, or a study plan")
    .meta({ completes: true }),
  sealed: z.coerce.number().int().min(SEALED_HOURS.least).max(SEALED_HOURS.most).optional().describe("Hours until answers open"),
  catchup: z.coerce
    .number()
    .int()
    .min(CATCH_UP_HOURS.least)
    .max(CATCH_UP_HOURS.most)
    .optional()
    .describe("Hours within which a missed drill is caught up"),
});

type Read<T> = T | { readonly problem: string };

/** What was typed as a schedule, or which part of it cannot be read. */
function readSchedule(typed: z.output<typeof input>): Read<{ readonly schedule: Schedule }> {
  const time = parseTime(typed.time);
  if (time === undefined) return { problem: `“${literal(typed.time)}” is no time of day. Write it like \`09:00\` or \`6:30 pm\`.` };
  const zone = parseZone(typed.zone);
  if (zone === undefined)
    return { problem: `“${literal(typed.zone)}” is no IANA time zone. Write it like \`Europe/Berlin\`, \`America/New_York\` or \`UTC\`.` };
  const weekdays = parseWeekdays(typed.weekdays);
  if (weekdays === undefined)
    return { problem: `“${literal(typed.weekdays)}” are no weekdays. Write \`daily\`, \`mon-fri\` or \`mon,wed,fri\`.` };
  return { schedule: { time, zone, weekdays } };
}

type MixSettings = Pick<Settings, "kinds" | "plan">;

/** "all", kinds in any form of list, or the name of a study plan; a plan that runs already goes on. */
function readMix(
  typed: string,
  plans: ReadonlyMap<string, Plan>,
  before: Group | undefined,
  now: Instant,
): Read<{ readonly mix: MixSettings }> {
  const words = typed
    .toLowerCase()
    .split(/[\s,;+]+|\band\b/)
    .filter(Boolean);
  const slug = [...plans.keys()].find((one) => one === words.join("-"));
  if (slug) return { mix: { kinds: [], plan: before?.plan?.slug === slug ? before.plan : { slug, from: now } } };
  if (words.length === 1 && words[0] === "all") return { mix: { kinds: [], plan: undefined } };
  const kinds = DRILL_KINDS.filter((kind) => words.includes(kind));
  if (words.length === 0 || kinds.length !== new Set(words).size)
    return {
      problem: `“${literal(typed)}” is no mix. Write \`all\`, some of ${DRILL_KINDS.map((kind) => `\`${kind}\``).join(" ")}, or a study plan: ${[...plans.keys()].map((one) => `\`${one}\``).join(", ")}.`,
    };
  return { mix: { kinds: kinds.length === DRILL_KINDS.length ? [] : kinds, plan: undefined } };
}

/** As it would be typed. */
const mixOf = (group: Group | undefined): string => group?.plan?.slug ?? (group?.kinds.length ? group.kinds.join(" ") : "all");

const PRESETS: readonly (readonly DrillKind[])[] = [
  ["open", "draw"],
  ["choice", "estimate", "order"],
  ["open", "choice"],
];
const PRESET_WORDS: Readonly<Record<string, string>> = {
  all: "Everything in turn",
  "open draw": "Long ones: own words and drawings",
  "choice estimate order": "Quick ones: choices, numbers, orders",
  "open choice": "Own words and choices",
};

function mixOptions(group: Group | undefined, plans: ReadonlyMap<string, Plan>): readonly FormOption[] {
  const known = ["all", ...PRESETS.map((kinds) => kinds.join(" "))];
  const own = mixOf(group);
  const mixes = known.includes(own) || plans.has(own) ? known : [...known, own];
  return [
    ...mixes.map((value) => ({ label: PRESET_WORDS[value] ?? value, value })),
    ...[...plans].map(([value, plan]) => ({ label: `Study plan: ${plan.title} (${plan.days} days)`, value })),
  ];
}

/** So many direct messages that did not arrive are told at once; the next visit tells the next. */
const NOTICES = 3;

function gone(id: string): never {
  throw new Error(`The group ${id} was set up and is gone.`);
}

export const setup = command({
  path: "setup",
  summary: "Set up the daily drill of this channel",
  access: "organizer",
  inspects: true,
  input,
  async form(typed, { group, library }) {
    const schedule = group?.schedule;
    const words = schedule && weekdaysInWords(schedule.weekdays);
    const line = (name: string, label: string, hint: string, value: string | undefined) =>
      ({ name, label, hint, required: true, kind: "line", maxLength: 60, ...(value === undefined ? {} : { value }) }) as const;
    return {
      title: "Daily drill",
      intro: group?.paused ? `Paused: ${group.paused.reason}` : "One drill a day in this channel, at this local time.",
      submit: schedule ? "Change" : "Set up",
      fields: [
        line("time", "Time of day", "Such as 09:00 or 6:30 pm", typed.time ?? schedule?.time ?? "09:00"),
        line("zone", "Time zone", "An IANA name such as Europe/Berlin", typed.zone ?? schedule?.zone),
        line(
          "weekdays",
          "Weekdays",
          "daily, mon-fri, or days such as mon,wed,fri",
          words === "every day" || words === undefined ? "daily" : words === "Monday to Friday" ? "mon-fri" : words,
        ),
        {
          name: "mix",
          label: "Question mix or study plan",
          required: true,
          kind: "choice",
          options: mixOptions(group, library.bank.plans),
          value: typed.mix ?? mixOf(group),
        },
        line(
          "sealed",
          "Hours until answers open",
          `${SEALED_HOURS.least} to ${SEALED_HOURS.most}; usually ${SEALED_HOURS.usual}`,
          String(typed.sealed ?? group?.sealedHours ?? SEALED_HOURS.usual),
        ),
      ],
    };
  },
  async complete(field, typed, { library }) {
    if (field === "zone") return zonesLike(typed).map((zone) => ({ label: zone, value: zone }));
    const wanted = typed.toLowerCase();
    return mixOptions(undefined, library.bank.plans).filter(({ label, value }) => `${label} ${value}`.toLowerCase().includes(wanted));
  },
  async run(typed, { tx, now, place, who, group: before, newId, library, permissions }) {
    const understood = readSchedule(typed);
    if ("problem" in understood) return refuse("The schedule cannot be read", understood.problem);
    const read = readMix(typed.mix ?? mixOf(before), library.bank.plans, before, now);
    if ("problem" in read) return refuse("The mix cannot be read", read.problem);
    if (place.channel === undefined) return refuse("This needs a channel", "Use `/setup` in the channel where your group meets.");
    const { schedule } = understood;
    const { id } = await tx.groups.ensure({ ...place, channel: place.channel }, newId(), now);
    await tx.lock(`group/${id}`);
    // Read behind the lock: two who set it up at once both become organizers.
    const { organizers, sealedHours, catchUpHours } = (await tx.groups.find(id)) ?? gone(id);
    await tx.groups.schedule(id, schedule, now);
    await tx.groups.set(id, {
      organizers: organizers.includes(who.id) ? organizers : [...organizers, who.id],
      sealedHours: typed.sealed ?? sealedHours,
      catchUpHours: typed.catchup ?? catchUpHours,
      ...read.mix,
    });
    const group = (await tx.groups.find(id)) ?? gone(id);
    const upcoming = await tx.calendar.upcoming(schedule, now, 3, id);
    const followed = await groupPlan(tx, library, group, now);
    const date = await tx.calendar.localDate(schedule.zone, now);
    const today = await tx.posts.latest(id, date);
    return {
      ok: true,
      reply: {
        title: before?.schedule ? "The schedule is changed" : "The daily drill is set up",
        tone: permissions.some(({ granted }) => !granted) ? "warn" : "good",
        blocks: [
          ...noticesBlocks(await tx.outbox.unread(place, who.id, NOTICES)),
          ...statusBlocks({ group, upcoming, followed }),
          ...permissionBlocks(permissions),
          ...(today && today.state !== "skipped"
            ? []
            : [
                { kind: "text", markdown: "You need not wait: today's drill can be posted at once." } as const,
                {
                  kind: "buttons",
                  buttons: [{ label: "Post the first drill now", command: "daily now", input: {}, style: "primary" }],
                } as const,
              ]),
        ],
      },
    };
  },
});
