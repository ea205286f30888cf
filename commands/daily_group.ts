/** What organizers do with the daily drill of their group. */
import { z } from "zod";
import { type Command, command } from "../src/app/command.ts";
import { replaceDrill } from "../src/app/daily_post.ts";
import { groupPlan } from "../src/app/group_plan.ts";
import { zoneOf } from "../src/core/group.ts";
import { statusBlocks } from "../src/core/group_views.ts";
import { mention } from "../src/core/markup.ts";
import { HOUR } from "../src/core/place.ts";
import { refuse } from "../src/core/refusal.ts";
import { daysInWords, readDays, without } from "../src/core/schedule.ts";
import { done } from "../src/core/view.ts";
import { whyView } from "../src/core/why_view.ts";
import { find, groupOf, memberNamed, offerMembers } from "./daily_find.ts";

/** A drill of late evening is still today's for so long, after midnight too. */
const TODAY_MS = 12 * HOUR;

const skip = command({
  path: "daily skip",
  summary: "Replace today's drill by another one",
  access: "organizer",
  input: z.object({}),
  async run(_input, scene) {
    const found = await find(scene, undefined);
    if (!found.ok) return found;
    const { tx, library, now } = scene;
    if (found.group.paused) return refuse("The daily drill is paused", "Nothing could be posted in its place. `/daily resume` first.");
    const { date, dueAt, state } = found.post;
    const isTodays = now - dueAt <= TODAY_MS || date === (await tx.calendar.localDate(zoneOf(found.group), now));
    if (state === "open" && !isTodays)
      return refuse("Today's drill has not come yet", "This one is of another day. When today's is there, it can be replaced.");
    if (!(await replaceDrill(tx, library, found.post, now)))
      return refuse(
        "It is closed already",
        "Only a drill that is open can be replaced. The next one comes as planned, or at once with `/daily now`.",
      );
    return {
      ok: true,
      reply: done("Another one is on its way", "Answers already given keep their points. The replaced drill does not come again soon."),
    };
  },
});

const why = command({
  path: "daily why",
  summary: "Why the newest drill was chosen",
  access: "organizer",
  input: z.object({}),
  async run(_input, scene) {
    const found = await find(scene, undefined);
    if (!found.ok) return found;
    if (!found.post.why) return refuse("Nobody wrote it down", "This drill was posted by an older version. The next one tells.");
    return { ok: true, reply: whyView(found.drill, found.post.why, scene.library.bank.framework) };
  },
});

const status = command({
  path: "daily status",
  summary: "The schedule, the next drills, and what is set here",
  access: "anyone",
  input: z.object({}),
  async run(_input, scene) {
    const found = groupOf(scene);
    if (!found.ok) return found;
    const { tx, now, library, who } = scene;
    const { group } = found;
    const today = await tx.calendar.localDate(zoneOf(group), now);
    const daysOff = await tx.daysOff.from(group.id, today);
    const upcoming = group.schedule && !group.paused ? await tx.calendar.upcoming(group.schedule, now, 3, group.id) : [];
    const followed = await groupPlan(tx, library, group, now);
    const reminded = await tx.reminders.wants(group.id, who.id);
    return {
      ok: true,
      reply: {
        title: group.paused ? "The daily drill is paused" : "The daily drill of this channel",
        tone: group.paused ? "warn" : "plain",
        blocks: [
          ...statusBlocks({ group, upcoming, daysOff, followed, reminded }),
          {
            kind: "buttons",
            buttons: [
              group.paused
                ? { label: "Resume", command: "daily resume", input: {}, style: "primary" }
                : { label: "Pause", command: "daily pause", input: {} },
              { label: "Change the settings", command: "setup", input: {} },
            ],
          },
        ],
      },
    };
  },
});

const pause = command({
  path: "daily pause",
  summary: "Stop the daily drill until somebody resumes it",
  access: "organizer",
  input: z.object({}),
  async run(_input, scene) {
    const found = groupOf(scene);
    if (!found.ok) return found;
    const { tx, who, now } = scene;
    if (!found.group.schedule) return refuse("There is no schedule yet", "Set one up with `/setup`.");
    if (!(await tx.groups.pause(found.group.id, `${mention(who.id)} paused it.`, now)))
      return refuse("It is paused already", "`/daily resume` goes on.");
    return {
      ok: true,
      reply: {
        title: "Paused",
        tone: "good",
        blocks: [
          {
            kind: "text",
            markdown: "No drill is posted until `/daily resume`. Streaks wait, nothing is deleted; what is open closes as planned.",
          },
          { kind: "buttons", buttons: [{ label: "Resume", command: "daily resume", input: {} }] },
        ],
      },
    };
  },
});

const resume = command({
  path: "daily resume",
  summary: "Go on with the daily drill",
  access: "organizer",
  input: z.object({}),
  async run(_input, scene) {
    const found = groupOf(scene);
    if (!found.ok) return found;
    const { group } = found;
    const { tx, library, now } = scene;
    if (!group.schedule) return refuse("There is no schedule yet", "Set one up with `/setup`.");
    if (!(await tx.groups.resume(group.id, now))) return refuse("It is not paused", "The next drill comes as planned.");
    const upcoming = await tx.calendar.upcoming(group.schedule, now, 3, group.id);
    const followed = await groupPlan(tx, library, group, now);
    return {
      ok: true,
      reply: { title: "It goes on", tone: "good", blocks: statusBlocks({ group: { ...group, paused: undefined }, upcoming, followed }) },
    };
  },
});

/** So many stretches are more than a year's holidays. */
const MOST_DAYS_OFF = 40;

const off = command({
  path: "daily off",
  summary: "Mark days off and holidays, or take them back",
  access: "organizer",
  input: z.object({
    days: z.string().trim().max(60).describe("2026-12-24, or 2026-12-24 to 2027-01-02"),
    back: z.boolean().default(false).describe("yes: there is a drill on these days after all"),
  }),
  async form(_typed, scene) {
    const found = groupOf(scene);
    if (!found.ok) return found;
    const known = await scene.read.daysOff.from(found.group.id, await scene.read.calendar.localDate(zoneOf(found.group), scene.now));
    return {
      title: "Days off",
      intro:
        known.length === 0
          ? "No drill is posted on these days, and no streak breaks."
          : `Off so far: ${known.map(daysInWords).join(", ")}.`,
      submit: "Mark",
      fields: [
        { name: "days", label: "Days", hint: "2026-12-24, or 2026-12-24 to 2027-01-02", required: true, kind: "line", maxLength: 60 },
        {
          name: "back",
          label: "Mark them as",
          required: true,
          kind: "choice",
          value: "no",
          options: [
            { label: "Days off", value: "no" },
            { label: "Days with a drill after all", value: "yes" },
          ],
        },
      ],
    };
  },
  async run({ days, back }, scene) {
    const found = groupOf(scene);
    if (!found.ok) return found;
    const { tx, now } = scene;
    const { group } = found;
    const read = readDays(days);
    if ("problem" in read) return refuse("Those are no days", read.problem);
    await tx.lock(`group/${group.id}`);
    const today = await tx.calendar.localDate(zoneOf(group), now);
    const known = await tx.daysOff.from(group.id, today);
    if (back) {
      const gone = known.filter(({ first, last }) => first <= read.last && last >= read.first);
      for (const stretch of gone) {
        await tx.daysOff.remove(group.id, stretch.first);
        for (const rest of without(stretch, read)) await tx.daysOff.add(group.id, rest);
      }
      if (gone.length === 0)
        return refuse("They are no days off", known.length === 0 ? "None is marked." : `Marked are ${known.map(daysInWords).join(", ")}.`);
      return { ok: true, reply: done("Taken back", `${daysInWords(read)}: the drill comes as on other days.`) };
    }
    if (read.last < today) return refuse("They are over", "Mark today or later.");
    if (known.length >= MOST_DAYS_OFF) return refuse("That is enough days off", "Take some back first, or pause with `/daily pause`.");
    await tx.daysOff.add(group.id, read);
    return { ok: true, reply: done("Marked", `No drill is posted on ${daysInWords(read)}, and no streak breaks.`) };
  },
});

const organizer = command({
  path: "daily organizer",
  summary: "Name another organizer of this group, or take it back",
  access: "organizer",
  input: z.object({ member: z.string().trim().max(80).describe("Their name here").meta({ completes: true, member: true }) }),
  complete: (_field, typed, scene) => offerMembers(scene, typed),
  async run({ member }, scene) {
    const found = groupOf(scene);
    if (!found.ok) return found;
    const { tx } = scene;
    const one = await memberNamed(scene, member);
    if (!one.ok) return one;
    await tx.lock(`group/${found.group.id}`);
    const { organizers } = (await tx.groups.find(found.group.id)) ?? found.group;
    const was = organizers.includes(one.id);
    await tx.groups.set(found.group.id, { organizers: was ? organizers.filter((other) => other !== one.id) : [...organizers, one.id] });
    return {
      ok: true,
      reply: was
        ? done(
            "No organizer any more",
            `${mention(one.id)} is told nothing more about this group's drill. Who manages this server or workspace can still change it.`,
          )
        : done("One more organizer", `${mention(one.id)} can change this group's drill, and is told when something is wrong with it.`),
    };
  },
});

export const forOrganizers: readonly Command[] = [status, skip, why, pause, resume, off, organizer];
