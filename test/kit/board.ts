/** What a group's members have earned, as its leaderboard has it, and a way to earn it. */
import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { award } from "../../src/app/awards.ts";
import type { Award, Store } from "../../src/app/ports.ts";
import type { Instant } from "../../src/core/place.ts";
import type { View } from "../../src/core/view.ts";
import { CHANNEL, type Product } from "./product.ts";

/** Another channel of the same space. */
export const OTHER = { ...CHANNEL, channel: "c2" };

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

/** Points out of the blue, through the one way in. */
export async function earn(
  { store, now }: Product,
  who: string,
  points: number,
  at: Instant = now,
  place: typeof CHANNEL | typeof OTHER = CHANNEL,
  kind: Award["kind"] = "candidate",
): Promise<void> {
  const member = who.toLowerCase();
  await store.transaction(async (tx) => {
    const group = await tx.groups.ensure(place, `group-${place.channel}`, now);
    await tx.members.remember({ ...place, id: member, name: who, manager: false }, now);
    await award(tx, group, [{ key: `out of the blue ${randomUUID()}`, member, kind, points, at }]);
  });
}

/** "1 Ada 30", a row each; the own row with a star. */
export function rowsOf({ blocks }: View): readonly string[] {
  const ranking = blocks.find((block) => block.kind === "ranking");
  return ranking?.rows.map(({ rank, name, value, own }) => `${rank} ${name} ${value}${own ? " *" : ""}`) ?? [];
}

/** The rows that somebody gets to see. */
export const board = async (product: Product, who: string, input: Readonly<Record<string, string>> = {}): Promise<readonly string[]> =>
  rowsOf(await product.act(who, "leaderboard", input));
