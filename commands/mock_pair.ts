/** The weekly pairing: joined, left, and its times agreed on. */
import { z } from "zod";
import { command, type Outcome } from "../src/app/command.ts";
import { agree as agreed } from "../src/app/pairings.ts";
import { zoneOf } from "../src/core/group.ts";
import { moment } from "../src/core/markup.ts";
import { readFree, typedDays } from "../src/core/pair_times.ts";
import { PAIR_LEVELS } from "../src/core/pairing.ts";
import { askFormView, joinedView, PAIRING_DAY, pairForm } from "../src/core/pairing_views.ts";
import { refuse } from "../src/core/refusal.ts";
import { done } from "../src/core/view.ts";

export const pair = command({
  path: "mock pair",
  summary: `Get a partner for a mock round every ${PAIRING_DAY.name}: join, change, or leave`,
  access: "anyone",
  input: z.object({
    action: z.enum(["join", "leave"]).describe("join also changes what you said before"),
    level: z.enum(PAIR_LEVELS).optional().describe("Where you are; partners are of a level close to yours"),
    days: z.string().trim().max(60).optional().describe("On which days you can play: daily, mon-fri, or mon,wed,sun"),
    times: z.string().trim().max(80).optional().describe("From when to when: 18:00-21:00, or several with commas"),
  }),
  async form(typed, { group, read, who }) {
    const own = group && (await read.pairing.member(group.id, who.id));
    return pairForm(group ? zoneOf(group) : "UTC", own, typed);
  },
  async run({ action, level, days, times }, { tx, place, who, now, newId }): Promise<Outcome> {
    if (place.channel === undefined) return refuse("This needs a channel", "Use `/mock pair` in the channel where your group meets.");
    const group = await tx.groups.ensure({ platform: place.platform, space: place.space, channel: place.channel }, newId(), now);
    await tx.lock(`group/${group.id}`);
    if (action === "leave")
      return (await tx.pairing.leave(group.id, who.id))
        ? { ok: true, reply: done("You left the weekly pairing", "What is planned stays planned. `/mock pair` joins again.") }
        : refuse("You are not in the pairing here", "`/mock pair` joins it.");
    const before = await tx.pairing.member(group.id, who.id);
    const said = {
      level: level ?? before?.level,
      days: days ?? (before && typedDays(before.free)),
      times: times ?? before?.free.times,
    };
    if (said.level === undefined || said.days === undefined || said.times === undefined) return { ok: true, reply: askFormView };
    const read = readFree(said.days, said.times);
    if ("problem" in read) return refuse("Your times cannot be read", read.problem);
    const member = { member: who.id, level: said.level, free: read.free };
    const next = await tx.pairing.join(group.id, member, { ...PAIRING_DAY, zone: zoneOf(group) }, now);
    const others = (await tx.pairing.members(group.id)).length - 1;
    return { ok: true, reply: joinedView(member, zoneOf(group), next, others) };
  },
});

export const agree = command({
  path: "mock agree",
  summary: "Plan the round of your match at one of its times",
  access: "anyone",
  hidden: true,
  input: z.object({ match: z.string().max(40), nth: z.int().min(0).max(9) }),
  async run({ match, nth }, { tx, group, who, now, newId }): Promise<Outcome> {
    const planned = await agreed(tx, group, { match, nth, who: who.id, newId: newId() }, now);
    return planned.ok
      ? { ...planned, reply: done("The round is planned", `For ${moment(planned.plan.at)}. It is announced in the channel.`) }
      : planned;
  },
});
