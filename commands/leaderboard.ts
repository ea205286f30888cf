import { z } from "zod";
import { command } from "../src/app/command.ts";
import { zoneOf } from "../src/core/group.ts";
import { boardRows } from "../src/core/leaderboard.ts";
import { refuse } from "../src/core/refusal.ts";

export const leaderboard = command({
  path: "leaderboard",
  summary: "Who has earned how many points here",
  access: "anyone",
  input: z.object({ window: z.enum(["week", "all"]).default("week").describe("This week, or all time") }),
  async run({ window }, { tx, group, who, now }) {
    if (!group) return refuse("No group meets here yet", "An organizer sets one up with `/setup`; a mock round makes one too.");
    const from = window === "week" ? await tx.calendar.startOf("week", zoneOf(group), now) : undefined;
    const rows = boardRows(await tx.ledger.board(group.id, from), who.id);
    const own = rows.find((row) => row.own);
    const other = window === "week" ? "all" : "week";
    return {
      ok: true,
      reply: {
        title: window === "week" ? "Leaderboard · this week" : "Leaderboard · all time",
        blocks: [
          rows.length === 0
            ? { kind: "text", markdown: "Nobody has points yet. Answer today's drill with `/daily answer`." }
            : { kind: "ranking", unit: "points", rows },
          ...(rows.length > 0 && !own ? [{ kind: "text", markdown: "You have no points in this window yet." } as const] : []),
          {
            kind: "buttons",
            buttons: [{ label: other === "all" ? "All time" : "This week", command: "leaderboard", input: { window: other } }],
          },
        ],
      },
    };
  },
});
