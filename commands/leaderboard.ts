import { z } from "zod";
import { readBoard } from "../src/app/boards.ts";
import { command } from "../src/app/command.ts";
import { METRICS, SCOPES, WINDOWS } from "../src/core/leaderboard.ts";
import { boardTitle, boardView } from "../src/core/leaderboard_views.ts";
import { refuse } from "../src/core/refusal.ts";
import { groupOf } from "./daily_find.ts";

export const leaderboard = command({
  path: "leaderboard",
  summary: "Who has earned how many points, has the longest streak, or covers most of a step",
  access: "anyone",
  input: z.object({
    window: z.enum(WINDOWS).default("week").describe("Which time; streaks are always current"),
    scope: z.enum(SCOPES).default("group").describe("This channel, or the whole server or workspace"),
    metric: z.enum(METRICS).default("points").describe("Points, streak, or mean coverage of one step"),
    season: z.string().max(20).optional().meta({ carried: true }),
  }),
  async run(choice, scene) {
    const found = groupOf(scene);
    if (!found.ok) return found;
    const { tx, library, who, now, place } = scene;
    const words = await readBoard(tx, library, found.group, choice, who.id, now);
    if (!words)
      return refuse("No season has begun", "An organizer starts one with `/season start`. `/leaderboard window:all` shows all time.");
    return { ok: true, reply: boardView(words, boardTitle(choice), { id: who.id, hidden: await tx.boards.hidden(place, who.id) }) };
  },
});
