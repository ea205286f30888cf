/** Mondays: last week's board, in the channel. */
import { type BoardChoice, periodInWords } from "../core/leaderboard.ts";
import { boardView } from "../core/leaderboard_views.ts";
import type { Instant } from "../core/place.ts";
import { dayAfter } from "../core/schedule.ts";
import { daysOf, scopeOf } from "./boards.ts";
import type { Library } from "./library.ts";
import type { LocalDate, Tx } from "./ports.ts";

const LAST_WEEK: BoardChoice = { window: "week", scope: "group", metric: "points" };
/** Nobody's id: the digest is everybody's to read. */
const NOBODY = "";

/** Says who earned most in the week of that Monday; nothing when nobody did. A week's key makes it once. */
export async function postDigest(tx: Tx, library: Library, id: string, monday: LocalDate, now: Instant): Promise<void> {
  const group = await tx.groups.find(id);
  if (!group) return;
  const scope = scopeOf(group, "group");
  const week = { kind: "week", monday } as const;
  const page = await tx.boards.points(scope, week, NOBODY);
  if (page.top.length === 0) return;
  const days = await daysOf(tx, scope, page, dayAfter(monday, 6));
  const words = { choice: LAST_WEEK, page, period: periodInWords(week), days, framework: library.bank.framework };
  const view = boardView(words, "The week's leaderboard");
  await tx.outbox.put(
    [
      {
        kind: "post",
        key: `digest/${id}/week/${monday}`,
        to: group.place,
        view: {
          ...view,
          blocks: [
            ...view.blocks,
            {
              kind: "text",
              markdown:
                "A new week begins at nought; answers that are still sealed come on top. An organizer turns this off with `/points digest`.",
            },
            { kind: "buttons", buttons: [{ label: "Where do I stand?", command: "leaderboard", input: {} }] },
          ],
        },
      },
    ],
    now,
  );
}
