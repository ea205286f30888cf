/** A member's own points, hiding from the boards, and what an organizer does about points. */
import { z } from "zod";
import { scopeOf } from "../src/app/boards.ts";
import { type Command, command, type Scene } from "../src/app/command.ts";
import { mention } from "../src/core/markup.ts";
import {
  type EntriesPage,
  entriesView,
  ownEntriesView,
  REASON_CHARACTERS,
  ringsView,
  strikeForm,
  struckNotice,
} from "../src/core/points_views.ts";
import { refuse } from "../src/core/refusal.ts";
import { ringsIn } from "../src/core/rings.ts";
import { done } from "../src/core/view.ts";
import { groupOf, memberNamed, offerMembers } from "./daily_find.ts";

/** Two rows of buttons. */
const ENTRIES = 10;
const page = z.int().min(1).max(1_000).default(1).meta({ carried: true });

async function entriesOf({ tx }: Scene, group: string, member: string, at: number): Promise<EntriesPage> {
  const found = await tx.ledger.entries(group, member, ENTRIES + 1, (at - 1) * ENTRIES);
  return { entries: found.slice(0, ENTRIES), page: at, older: found.length > ENTRIES };
}
/** Rounds that rings are looked for in. */
const ROUNDS = 200;

const mine = command({
  path: "points mine",
  summary: "Where your points come from",
  access: "anyone",
  input: z.object({ page }),
  async run({ page: at }, scene) {
    const found = groupOf(scene);
    if (!found.ok) return found;
    const { tx, who, place } = scene;
    const entries = await entriesOf(scene, found.group.id, who.id, at);
    const { around } = await tx.boards.points(scopeOf(found.group, "group"), { kind: "all" }, who.id);
    const total = around.find(({ member }) => member === who.id)?.value ?? 0;
    return { ok: true, reply: ownEntriesView(entries, total, await tx.boards.hidden(place, who.id)) };
  },
});

const hide = command({
  path: "points hide",
  summary: "Leave the boards: only you see where you stand",
  access: "anyone",
  input: z.object({}),
  async run(_input, { tx, place, who, now }) {
    await tx.boards.hide(place, who.id, true, now);
    return {
      ok: true,
      reply: done(
        "You are hidden",
        "No board and no digest of this server or workspace shows you; messages that are posted already stay. You still earn, and `/leaderboard` still tells you your rank. `/points show` undoes it.",
      ),
    };
  },
});

const show = command({
  path: "points show",
  summary: "Be on the boards again",
  access: "anyone",
  input: z.object({}),
  async run(_input, { tx, place, who, now }) {
    await tx.boards.hide(place, who.id, false, now);
    return {
      ok: true,
      reply: done("You are on the boards", "Others see your name, your points and your streak. `/points hide` undoes it."),
    };
  },
});

const voids = command({
  path: "points void",
  summary: "A member's newest entries, to void one or make it count again",
  access: "organizer",
  input: z.object({ member: z.string().trim().max(80).describe("Their name here").meta({ completes: true, member: true }), page }),
  complete: (_field, typed, scene) => offerMembers(scene, typed),
  async run({ member, page: at }, scene) {
    const found = groupOf(scene);
    if (!found.ok) return found;
    const one = await memberNamed(scene, member);
    if (!one.ok) return one;
    return { ok: true, reply: entriesView(one.id, await entriesOf(scene, found.group.id, one.id, at)) };
  },
});

const unknownEntry = refuse("There is no such entry here", "`/points void` lists a member's entries in this channel.");

const strike = command({
  path: "points strike",
  summary: "Void an entry, or make it count again",
  access: "organizer",
  hidden: true,
  input: z.object({ entry: z.int().min(1), voided: z.boolean(), reason: z.string().trim().min(3).max(REASON_CHARACTERS) }),
  async form({ entry: id, voided = true }, { read, group }) {
    const entry = group && id !== undefined ? await read.ledger.entry(group.id, id) : undefined;
    return entry ? strikeForm(entry, voided) : unknownEntry;
  },
  async run({ entry: id, voided, reason }, scene) {
    const found = groupOf(scene);
    if (!found.ok) return found;
    const { tx, who, now, invocation } = scene;
    const entry = await tx.ledger.entry(found.group.id, id);
    if (!entry) return unknownEntry;
    if (!(await tx.ledger.setVoid(id, voided, who.id, reason, now)))
      return refuse(voided ? "It is voided already" : "It counts already", "Somebody was faster. `/points void` shows how it stands.");
    const view = struckNotice(entry, voided, reason, who.id);
    return {
      ok: true,
      reply: done(
        voided ? "Voided" : "It counts again",
        `${mention(entry.member)} is told, and the reason stays beside the entry.${voided ? " The day's cap stays as it was: voided points cannot be earned again that day." : ""}`,
      ),
      effects: [{ kind: "notice", key: `strike/${invocation}`, to: found.group.place, member: entry.member, view }],
    };
  },
});

const rings = command({
  path: "points rings",
  summary: "Who scores each other markedly higher than others do",
  access: "organizer",
  input: z.object({}),
  async run(_input, scene) {
    const found = groupOf(scene);
    if (!found.ok) return found;
    const rounds = await scene.tx.rounds.ended(found.group.id, ROUNDS);
    return { ok: true, reply: ringsView(ringsIn(rounds), rounds.length) };
  },
});

const digest = command({
  path: "points digest",
  summary: "Whether the week's board is posted here on Mondays",
  access: "organizer",
  input: z.object({ wanted: z.boolean().describe("no: it is not posted any more") }),
  async run({ wanted }, scene) {
    const found = groupOf(scene);
    if (!found.ok) return found;
    const { tx, now } = scene;
    if (!found.group.schedule) return refuse("There is no schedule yet", "The digest comes at the drill's hour. Set it up with `/setup`.");
    await tx.digests.want(found.group.id, wanted, now);
    return {
      ok: true,
      reply: wanted
        ? done(
            "The digest comes on Mondays",
            `At ${found.group.schedule.time}, with the board of the week before; in a week without points there is none.`,
          )
        : done("No digest any more", "`/points digest wanted:yes` brings it back. `/leaderboard` shows the same at any time."),
    };
  },
});

export const points: readonly Command[] = [mine, hide, show, voids, strike, rings, digest];
