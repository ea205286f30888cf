/** What is due next, of each kind: one statement, which is all that an idle heartbeat costs. */
import { CompiledQuery } from "kysely";
import type { Agenda, Store } from "../app/ports.ts";
import type { Instant } from "../core/place.ts";
import type { Db } from "./tables.ts";

/** Each finds its earliest instant after another with one entry of an index. */
const EARLIEST: Readonly<Record<keyof Agenda, string>> = {
  rounds: `(select min(deadline) from round where deadline > $1)`,
  plans: `(select min(due_at) from mock_plan where due_at > $1)`,
  pairings: `(select min(next_at) from pairing where next_at > $1)`,
  // Of groups at work alone: a slot of paused ones is advanced when somebody else's is.
  schedules: `(
    select next_due_at from schedule_slot slot
    where next_due_at > $1
      and exists (select from study_group where study_group.slot = slot.id and paused_at is null)
    order by next_due_at
    limit 1
  )`,
  reveals: `(
    select reveal_at from drill_post
    where state = 'open' and reveal_at > $1 and delivered_at is not null
    order by reveal_at
    limit 1
  )`,
  reminders: `(select min(remind_at) from drill_post where remind_at > $1)`,
  drills: `(select min(due_at) from drill_post where state = 'due' and due_at > $1)`,
  digests: `(select min(next_due_at) from digest where next_due_at > $1)`,
  // Counts that wait to be put together have no time of their own: they are due at once, and no event.
  boards: `(select to_timestamp(0) where to_timestamp(0) > $1 and exists (select from score_bucket where not folded))`,
};

const KINDS = Object.keys(EARLIEST) as readonly (keyof Agenda)[];

/** Put together once: a heartbeat comes every second, and building a statement takes as long as asking it. */
const TEXT = `select ${KINDS.map((kind) => `${EARLIEST[kind]} as ${kind}`).join(", ")}`.replaceAll("$1", "$1::timestamptz");

export const agenda =
  (db: Db): Store["agenda"] =>
  async (after) => {
    const since = after === undefined ? "-infinity" : new Date(after);
    const { rows } = await db.executeQuery<Record<keyof Agenda, Instant | null>>(CompiledQuery.raw(TEXT, [since]));
    return Object.fromEntries(KINDS.map((kind) => [kind, rows[0]?.[kind] ?? undefined])) as unknown as Agenda;
  };
