import { z } from "zod";
import { readBoard } from "../src/app/boards.ts";
import { command, type Outcome, type Scene } from "../src/app/command.ts";
import { type Home, homeOf } from "../src/app/home_group.ts";
import { type BoardChoice, METRICS, SCOPES, WINDOWS } from "../src/core/leaderboard.ts";
import { boardTitle, boardView } from "../src/core/leaderboard_views.ts";
import { chooseGroupView } from "../src/core/recall_views.ts";
import { refuse } from "../src/core/refusal.ts";

export const leaderboard = command({
  path: "leaderboard",
  summary: "Who has earned how many points, has the longest streak, or covers most of a step",
  access: "anyone",
  anywhere: true,
  input: z.object({
    window: z.enum(WINDOWS).default("week").describe("Which time; streaks are always current"),
    scope: z.enum(SCOPES).default("group").describe("This channel, or the whole server or workspace"),
    metric: z.enum(METRICS).default("points").describe("Points, streak, or mean coverage of one step"),
    season: z.string().max(20).optional().meta({ carried: true }),
  }),
  run: async (choice, scene) => boardReply(choice, scene, await homeOf(scene.tx, scene.who, scene.group)),
});

/** Of the channel's group, or of the member's own where there is no channel. */
export async function boardReply(choice: BoardChoice, { tx, library, who, now, place }: Scene, home: Home): Promise<Outcome> {
  if (home.kind === "none")
    return place.channel === undefined
      ? refuse("I know of no group of yours here", "Use `/leaderboard` in the channel where your group meets.")
      : refuse("No group meets here yet", "An organizer sets one up with `/setup` in the channel.");
  if (home.kind === "ask") {
    const groups = home.groups.map(({ id, place: { channel } }) => ({ id, channel }));
    return { ok: true, reply: chooseGroupView(groups, "leaderboard") };
  }
  const words = await readBoard(tx, library, home.group, choice, who.id, now);
  if (!words)
    return refuse("No season has begun", "An organizer starts one with `/season start`. `/leaderboard window:all` shows all time.");
  return { ok: true, reply: boardView(words, boardTitle(choice), { id: who.id, hidden: await tx.boards.hidden(place, who.id) }) };
}
