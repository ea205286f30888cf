import { z } from "zod";
import { command } from "../src/app/command.ts";
import type { Schedule } from "../src/core/group.ts";
import { literal, moment } from "../src/core/markup.ts";
import { refuse } from "../src/core/refusal.ts";
import { parseTime, parseWeekdays, parseZone, weekdaysInWords, zonesLike } from "../src/core/schedule.ts";
import type { View } from "../src/core/view.ts";

const input = z.object({
  time: z.string().max(20).describe("When the drill is posted, such as 09:00"),
  zone: z.string().max(60).describe("Your time zone, such as Europe/Berlin").meta({ completes: true }),
  weekdays: z.string().max(60).default("daily").describe("daily, mon-fri, or days such as mon,wed,fri"),
});

/** What was typed as a schedule, or which part of it cannot be read. */
function read(typed: z.output<typeof input>): { readonly schedule: Schedule } | { readonly problem: string } {
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

export const setup = command({
  path: "setup",
  summary: "Set up the daily drill of this channel",
  access: "organizer",
  input,
  async form(typed, { group }) {
    const schedule = group?.schedule;
    const words = schedule && weekdaysInWords(schedule.weekdays);
    const line = (name: "time" | "zone" | "weekdays", label: string, hint: string, value: string | undefined) =>
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
      ],
    };
  },
  async complete(field, typed) {
    return field === "zone" ? zonesLike(typed).map((zone) => ({ label: zone, value: zone })) : [];
  },
  async run(typed, { tx, now, place, who, group: before, newId }) {
    const understood = read(typed);
    if ("problem" in understood) return refuse("The schedule cannot be read", understood.problem);
    if (place.channel === undefined) return refuse("This needs a channel", "Use `/setup` in the channel where your group meets.");
    const { schedule } = understood;
    const group = await tx.groups.ensure({ ...place, channel: place.channel }, newId(), now);
    await tx.lock(`group/${group.id}`);
    const organizers = group.organizers.includes(who.id) ? group.organizers : [...group.organizers, who.id];
    await tx.groups.schedule(group.id, schedule, organizers, now);
    const upcoming = await tx.calendar.upcoming(schedule, now, 3);
    const today = await tx.posts.find({ group: group.id, date: await tx.calendar.localDate(schedule.zone, now) });
    const view: View = {
      title: before?.schedule ? "The schedule is changed" : "The daily drill is set up",
      tone: "good",
      blocks: [
        {
          kind: "text",
          markdown: `**${schedule.time}** in ${schedule.zone}, ${weekdaysInWords(schedule.weekdays)}. Answers stay sealed for ${group.sealedHours} hours.`,
        },
        {
          kind: "facts",
          facts: upcoming.map((at, index) => ({ name: `Post ${index + 1}`, value: `${moment(at)}, ${moment(at, "relative")}` })),
        },
        ...(today
          ? []
          : [
              { kind: "text", markdown: "You need not wait: today's drill can be posted at once." } as const,
              {
                kind: "buttons",
                buttons: [{ label: "Post the first drill now", command: "daily now", input: {}, style: "primary" }],
              } as const,
            ]),
      ],
    };
    return { ok: true, reply: view };
  },
});
