/** Reads the board that somebody asked for, and writes what boards are read from. */
import { type Group, zoneOf } from "../core/group.ts";
import { type BoardChoice, type BoardPage, type BoardPeriod, isStep, LEAST_ANSWERS, periodInWords } from "../core/leaderboard.ts";
import type { BoardWords } from "../core/leaderboard_views.ts";
import type { Instant, Place } from "../core/place.ts";
import { mondayOf } from "../core/schedule.ts";
import { streakOf } from "../core/streak.ts";
import type { Library } from "./library.ts";
import type { BoardScope, LocalDate, Reads, Season, Store, Tx } from "./ports.ts";

type Reading = Pick<Reads, "boards" | "calendar" | "seasons">;

export const scopeOf = (group: Group, kind: BoardScope["kind"]): BoardScope => {
  const { platform, space } = group.place;
  return kind === "group" ? { kind, platform, space, group: group.id } : { kind, platform, space };
};

/** `own` is the reader. Undefined when no such season was ever started. Days, weeks and months are those of the group's zone. */
export async function readBoard(
  reads: Reading,
  library: Library,
  group: Group,
  choice: BoardChoice,
  own: string,
  now: Instant,
): Promise<BoardWords | undefined> {
  const scope = scopeOf(group, choice.scope);
  const today = await reads.calendar.localDate(zoneOf(group), now);
  const season = choice.window === "season" ? await seasonOf(reads, scope, choice.season) : undefined;
  if (choice.window === "season" && !season && choice.metric !== "streak") return undefined;
  const period = periodOf(choice, today, season);
  const page = await pageOf(reads, scope, choice, period, season, group, own, now);
  return {
    choice,
    page,
    period: period.kind === "season" ? (season?.name ?? "") : periodInWords(period),
    days: choice.metric === "points" ? await daysOf(reads, scope, page, today) : new Map(),
    framework: library.bank.framework,
  };
}

const seasonOf = async (reads: Reading, scope: BoardScope, id: string | undefined): Promise<Season | undefined> =>
  id === undefined ? (await reads.seasons.of(scope, 1))[0] : reads.seasons.find(scope, id);

function periodOf({ window }: BoardChoice, today: LocalDate, season: Season | undefined): BoardPeriod {
  if (window === "week") return { kind: "week", monday: mondayOf(today) };
  if (window === "month") return { kind: "month", month: today.slice(0, 7) };
  return season ? { kind: "season", id: season.id } : { kind: "all" };
}

async function pageOf(
  reads: Reading,
  scope: BoardScope,
  { metric, window }: BoardChoice,
  period: BoardPeriod,
  season: Season | undefined,
  group: Group,
  own: string,
  now: Instant,
): Promise<BoardPage> {
  if (metric === "streak") return reads.boards.streaks(scope, own);
  if (!isStep(metric)) return reads.boards.points(scope, period, own);
  const from = window === "week" || window === "month" ? await reads.calendar.startOf(window, zoneOf(group), now) : season?.from;
  return reads.boards.step(scope, metric, { from, until: season?.until }, LEAST_ANSWERS, own);
}

/** For the bars beside the points. */
export const daysOf = (reads: Reading, scope: BoardScope, { top, around }: BoardPage, until: LocalDate): Promise<BoardWords["days"]> =>
  reads.boards.days(scope, [...new Set([...top, ...around].map(({ member }) => member))], until);

/** Sets the streaks of members after an answer, or after a day that they missed: each is counted anew from all their days. */
export async function keepStreaks(tx: Tx, group: string, members: readonly string[]): Promise<void> {
  const streaks = new Map<string, number>();
  for (const member of members) streaks.set(member, streakOf(await tx.posts.days(group, member)).current);
  await tx.boards.setStreaks(group, streaks);
}

/** Makes all boards anew from the ledger and the answers, one server or workspace after the other; who earns there meanwhile waits. */
export async function rebuildBoards(store: Store, done: (place: Place, groups: number) => void): Promise<void> {
  for (const { platform, space, groups } of await store.read.boards.spaces())
    await store.transaction(async (tx) => {
      await tx.boards.rebuild(platform, space);
      for (const group of groups) await keepStreaks(tx, group, await tx.boards.answerers(group));
      done({ platform, space }, groups.length);
    });
}
