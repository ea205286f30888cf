/** Study groups, the slots they share, and the names of their members. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table schedule_slot (
      id bigint generated always as identity primary key,
      zone text not null,
      wall_time time not null,
      weekdays smallint not null check (weekdays between 1 and 127),
      next_due_at timestamptz not null,
      unique (zone, wall_time, weekdays)
    )`.execute(db);
  // Every tick asks for the slots that are due; an idle tick reads one entry of this.
  await sql`create index schedule_slot_due on schedule_slot (next_due_at)`.execute(db);

  await sql`
    create table study_group (
      id text primary key,
      platform text not null,
      space text not null,
      channel text not null,
      slot bigint references schedule_slot,
      scheduled_from timestamptz,
      organizers text[] not null default '{}',
      sealed_hours smallint not null default 20 check (sealed_hours between 2 and 72),
      catch_up_hours smallint not null default 6 check (catch_up_hours between 1 and 12),
      paused_at timestamptz,
      paused_reason text,
      created_at timestamptz not null,
      unique (platform, space, channel)
    )`.execute(db);
  // A due slot fans out to its groups through this.
  await sql`create index study_group_slot on study_group (slot)`.execute(db);

  await sql`
    create table member (
      platform text not null,
      space text not null,
      id text not null,
      name text not null,
      seen_at timestamptz not null,
      primary key (platform, space, id)
    )`.execute(db);
}
