/** What a group's members have earned, as its leaderboard has it. */
import { expect } from "vitest";
import type { Store } from "../../src/app/ports.ts";

export interface Earned {
  readonly member: string;
  readonly name: string;
  readonly points: number;
}

/** Of all time, highest first; eleven members at most. */
export async function earnedIn({ read }: Store, group: string): Promise<readonly Earned[]> {
  const { platform, space } = (await read.groups.find(group))?.place ?? expect.fail("there is no such group");
  const { top } = await read.boards.points({ kind: "group", platform, space, group }, { kind: "all" }, "nobody");
  return top.map(({ member, name, value }) => ({ member, name, points: value }));
}
