/** Seasons: a fresh board that loses nothing. */
import { z } from "zod";
import { readBoard, scopeOf } from "../src/app/boards.ts";
import { type Command, command } from "../src/app/command.ts";
import { SCOPES } from "../src/core/leaderboard.ts";
import { boardView } from "../src/core/leaderboard_views.ts";
import { bold, moment } from "../src/core/markup.ts";
import { refuse } from "../src/core/refusal.ts";
import { done, type View } from "../src/core/view.ts";
import { groupOf } from "./daily_find.ts";

/** One row of buttons. */
const IN_A_PAGE = 5;

const start = command({
  path: "season start",
  summary: "Begin a season: a fresh board, the one before stays to be looked at",
  access: "organizer",
  input: z.object({
    name: z.string().trim().min(1).max(60).describe("What it is called, such as Spring 2027"),
    scope: z.enum(SCOPES).default("group").describe("Of this channel, or of the whole server or workspace"),
  }),
  async run({ name, scope: kind }, scene) {
    const found = groupOf(scene);
    if (!found.ok) return found;
    const { tx, library, who, now, newId } = scene;
    const { group } = found;
    if (kind === "server" && !who.manager)
      return refuse(
        "That is for who manages the server or workspace",
        "An organizer of one channel starts a season there: leave `scope` out.",
      );
    const scope = scopeOf(group, kind);
    // Two at once would each end what the other has begun.
    await tx.lock(`group/${group.id}`);
    const [before] = await tx.seasons.of(scope, 1);
    const choice = { window: "season", scope: kind, metric: "points" } as const;
    const final = before && (await readBoard(tx, library, group, choice, "", now));
    const id = newId();
    await tx.seasons.start(scope, { id, name, by: who.id }, now);
    const view: View = {
      title: "A season begins",
      tone: "good",
      blocks: [
        {
          kind: "text",
          markdown: `${bold(name)}${kind === "server" ? ", in all channels" : ""}: everybody starts at nought on its board. Nothing is lost: weeks, months and all time go on.${before ? ` ${bold(before.name)} is over; this is how it ended.` : ""}`,
        },
        ...(final ? boardView(final, "").blocks : []),
        {
          kind: "buttons",
          buttons: [
            {
              label: "The season's board",
              command: "leaderboard",
              input: { window: "season", ...(kind === "server" ? { scope: kind } : {}) },
            },
          ],
        },
      ],
    };
    return {
      ok: true,
      reply: done("The season has begun", "It is said in the channel. `/season list` has the earlier ones."),
      effects: [{ kind: "post", key: `season/${id}`, to: group.place, view }],
    };
  },
});

const list = command({
  path: "season list",
  summary: "The seasons so far, and how each ended",
  access: "anyone",
  input: z.object({
    scope: z.enum(SCOPES).default("group").describe("Of this channel, or of the whole server or workspace"),
    page: z.int().min(1).max(1_000).default(1).meta({ carried: true }),
  }),
  async run({ scope: kind, page }, scene) {
    const found = groupOf(scene);
    if (!found.ok) return found;
    const from = (page - 1) * IN_A_PAGE;
    const newest = await scene.tx.seasons.of(scopeOf(found.group, kind), IN_A_PAGE + 1, from);
    const seasons = newest.slice(0, IN_A_PAGE);
    const server = kind === "server" ? { scope: kind } : {};
    const turns = [
      ...(page > 1 ? [{ label: "Newer", command: "season list", input: { ...server, page: page - 1 } }] : []),
      ...(newest.length > IN_A_PAGE ? [{ label: "Older", command: "season list", input: { ...server, page: page + 1 } }] : []),
    ];
    if (seasons.length === 0)
      return refuse("No season has begun", "An organizer starts one with `/season start`; until then weeks, months and all time count.");
    return {
      ok: true,
      reply: {
        title: kind === "server" ? "Seasons of all channels" : "Seasons",
        blocks: [
          {
            kind: "facts",
            facts: seasons.map(({ name, from: began, until }, at) => ({
              name: `${from + at + 1} ${name}`,
              value: until === undefined ? `since ${moment(began)}, running` : `${moment(began)} to ${moment(until)}`,
            })),
          },
          {
            kind: "buttons",
            buttons: seasons.map(({ id }, at) => ({
              label: `Board ${from + at + 1}`,
              command: "leaderboard",
              input: { window: "season", season: id, ...server },
            })),
          },
          ...(turns.length > 0 ? [{ kind: "buttons", buttons: turns } as const] : []),
        ],
      },
    };
  },
});

export const season: readonly Command[] = [list, start];
