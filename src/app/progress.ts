/** Everything that a member's progress is made of, read in one place, by some fifteen statements that each follow an index. */
import { type Group, zoneOf } from "../core/group.ts";
import { CALENDAR_DAYS } from "../core/picture.ts";
import { DAY, type Instant } from "../core/place.ts";
import { profileOf, suggestionFor, systemShareOf } from "../core/progress.ts";
import type { Progress } from "../core/progress_views.ts";
import { streakOf } from "../core/streak.ts";
import { isOpen } from "./daily_answer.ts";
import { drillsWith } from "./drill_book.ts";
import type { MemberResult, Reads } from "./ports.ts";
import { deskOf, type Student } from "./recall.ts";

const dateOf = (at: Instant): string => new Date(at).toISOString().slice(0, 10);

export async function progressOf(reads: Reads, student: Student, group: Group, inChannel: boolean): Promise<Progress> {
  const { who, now, library, home } = student;
  const until = await reads.calendar.localDate(zoneOf(group), now);
  const from = dateOf(Date.parse(until) - (CALENDAR_DAYS - 1) * DAY);
  const activity = await reads.progress.activity(group, who, from);
  const answered = await reads.progress.answers(group.id, who.id, from);
  const rounds = await reads.progress.rounds(group.id, who.id);
  const drills = drillsWith(library, await reads.questions.of(group.id, "approved"));
  const desk = await deskOf(reads, student);
  const profile = profileOf(answered, rounds, drills);
  const { due, fresh } = desk.session;
  const situation = {
    now,
    openUntil: await openUntil(reads, group, who.id, now),
    waiting: due + fresh,
    profile,
    lastRound: rounds.at(-1)?.at,
    seed: `${until} ${who.id}`,
  };
  const done = new Map(activity.map((day) => [day.date, day.done]));
  return {
    channel: group.place.channel,
    choice: home.kind === "group" && home.others,
    inChannel,
    until,
    days: Array.from({ length: CALENDAR_DAYS }, (_, at) => done.get(dateOf(Date.parse(from) + at * DAY)) ?? 0),
    drills: activity.reduce((sum, day) => sum + day.drills, 0),
    streak: streakOf(await reads.posts.days(group.id, who.id)),
    profile,
    system: systemShareOf(answered, rounds, drills),
    trend: trendOf(rounds),
    due,
    fresh,
    next: suggestionFor(situation, library.bank.tradeoffs),
  };
}

/** Until when the group's newest drill can be answered, by who has not. */
async function openUntil(reads: Reads, group: Group, member: string, now: Instant): Promise<Instant | undefined> {
  const post = await reads.posts.newest(group.id);
  if (!post || !isOpen(post, now) || (await reads.answers.of(post, member)).length > 0) return undefined;
  return post.revealAt;
}

const trendOf = (rounds: readonly MemberResult[]): Progress["trend"] =>
  rounds.flatMap(({ at, level }) => (level === undefined ? [] : [{ at: dateOf(at), level }]));
