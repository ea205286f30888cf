import { z } from "zod";
import { command } from "../src/app/command.ts";
import { zoneOf } from "../src/core/group.ts";
import { boardRows } from "../src/core/leaderboard.ts";
import { pictureBlock } from "../src/core/picture.ts";
import { refuse } from "../src/core/refusal.ts";

const WINDOWS = { week: "This week", all: "All time" } as const;

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
        title: `Leaderboard · ${WINDOWS[window].toLowerCase()}`,
        blocks: [
          ...(rows.length === 0
            ? [{ kind: "text", markdown: "Nobody has points yet. Answer today's drill with `/daily answer`." } as const]
            : [
                pictureBlock({ kind: "board", title: "Leaderboard", subtitle: WINDOWS[window], unit: "points", rows }),
                { kind: "ranking", unit: "points", rows } as const,
              ]),
          ...(rows.length > 0 && !own ? [{ kind: "text", markdown: "You have no points in this window yet." } as const] : []),
          {
            kind: "buttons",
            buttons: [{ label: WINDOWS[other], command: "leaderboard", input: { window: other } }],
          },
        ],
      },
    };
  },
});
