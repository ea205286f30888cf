/**
 * Streaks: consecutive drills of a group that a member answered before the reveal.
 *
 * They count the days on which a drill was posted, so that a day off, or one on which the bot was
 * down, neither adds to a streak nor breaks it. Every seven days of a streak earn a freeze, two at
 * most are kept, and each covers one missed drill.
 */

export const DAYS_PER_FREEZE = 7;
export const MOST_FREEZES = 2;

export interface Day {
  readonly answered: boolean;
  /** It can still be answered in time: not answering yet is not missing it. */
  readonly open: boolean;
}

export interface Streak {
  readonly current: number;
  readonly best: number;
  readonly freezes: number;
}

/** `days` are those on which the group got a drill, oldest first. */
export function streakOf(days: readonly Day[]): Streak {
  let current = 0;
  let best = 0;
  let freezes = 0;
  for (const { answered, open } of days) {
    if (answered) {
      current++;
      best = Math.max(best, current);
      if (current % DAYS_PER_FREEZE === 0) freezes = Math.min(MOST_FREEZES, freezes + 1);
    } else if (open) continue;
    else if (freezes > 0 && current > 0) freezes--;
    else [current, freezes] = [0, 0];
  }
  return { current, best, freezes };
}

/** "**5** days in a row, 1 freeze kept": empty for no streak. */
export function streakInWords({ current, freezes }: Streak): string {
  if (current === 0) return "";
  const days = current === 1 ? "**1** day, the first of a new streak" : `**${current}** drills in a row`;
  return `${days}${freezes === 0 ? "" : `, ${freezes} ${freezes === 1 ? "freeze" : "freezes"} kept`}`;
}
