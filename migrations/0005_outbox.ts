/** What was done once, and what is still to be said. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table invocation (
      id text primary key,
      seen_at timestamptz not null,
      reply jsonb
    )`.execute(db);

  // `seq` is the order of a lane. `needs` is the key of the effect whose message or thread this one
  // is about. A row can be claimed from `free_at` on, by the server's clock: a lease and the wait
  // before another try both move it, and `leased` tells the two apart.
  await sql`
    create table outbox (
      key text primary key,
      seq bigint generated always as identity,
      platform text not null,
      lane text not null,
      needs text,
      effect jsonb not null,
      state text not null default 'waiting' check (state in ('waiting', 'sent', 'dead')),
      free_at timestamptz not null default now(),
      leased boolean not null default false,
      attempt integer not null default 0,
      remote text,
      reason text,
      created_at timestamptz not null
    )`.execute(db);
  // Settled rows are nearly all rows: every index that the queue works with leaves them out.
  await sql`create index outbox_free on outbox (platform, free_at, seq) where state = 'waiting'`.execute(db);
  await sql`create index outbox_lane on outbox (lane, seq) where state = 'waiting'`.execute(db);
  await sql`create index outbox_needs on outbox (needs) where state = 'waiting' and needs is not null`.execute(db);
}
