/** What is due next, of each kind: one statement, which is all that an idle heartbeat costs. */
import { type RawBuilder, sql } from "kysely";
import type { Agenda, Store } from "../app/ports.ts";
import type { Instant } from "../core/place.ts";
import type { Db } from "./tables.ts";
import { at } from "./values.ts";

/** Each finds its earliest instant after another with one entry of an index. */
const EARLIEST: { readonly [K in keyof Agenda]: (after: RawBuilder<unknown>) => RawBuilder<Instant | null> } = {
  rounds: (after) => sql`(select min(deadline) from round where deadline > ${after})`,
  plans: (after) => sql`(select min(due_at) from mock_plan where due_at > ${after})`,
  pairings: (after) => sql`(select min(next_at) from pairing where next_at > ${after})`,
  // Of groups at work alone: a slot of paused ones is advanced when somebody else's is.
  schedules: (after) => sql`(
    select next_due_at from schedule_slot slot
    where next_due_at > ${after}
      and exists (select from study_group where study_group.slot = slot.id and paused_at is null)
    order by next_due_at
    limit 1
  )`,
  reveals: (after) => sql`(
    select reveal_at from drill_post
    where state = 'open' and reveal_at > ${after} and delivered_at is not null
    order by reveal_at
    limit 1
  )`,
  reminders: (after) => sql`(select min(remind_at) from drill_post where remind_at > ${after})`,
  drills: (after) => sql`(select min(due_at) from drill_post where state = 'due' and due_at > ${after})`,
  digests: (after) => sql`(select min(next_due_at) from digest where next_due_at > ${after})`,
  // Counts that wait to be put together have no time of their own: they are due at once, and no event.
  boards: (after) => sql`(select to_timestamp(0) where to_timestamp(0) > ${after} and exists (select from score_bucket where not folded))`,
};

const KINDS = Object.keys(EARLIEST) as readonly (keyof Agenda)[];

export const agenda =
  (db: Db): Store["agenda"] =>
  async (after) => {
    const since = after === undefined ? sql`${"-infinity"}::timestamptz` : at(after);
    const columns = KINDS.map((kind) => sql`${EARLIEST[kind](since)} as ${sql.id(kind)}`);
    const { rows } = await sql<Record<keyof Agenda, Instant | null>>`select ${sql.join(columns)}`.execute(db);
    return Object.fromEntries(KINDS.map((kind) => [kind, rows[0]?.[kind] ?? undefined])) as unknown as Agenda;
  };
