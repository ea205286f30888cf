/** Slack workspaces and organizations that installed the app, and when a workspace that left is forgotten. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<never>): Promise<void> {
  // Of a workspace (T…) or of an organization (E…). Deleted when it ends, so that no token outlives it.
  await sql`
    create table slack_install (
      id text primary key,
      sealed text not null,
      installed_at timestamptz not null,
      leased_until timestamptz
    )`.execute(db);

  // A workspace that was ever served, and by which organization's installation when not by its own.
  await sql`
    create table slack_space (
      space text primary key,
      organization text,
      forget_at timestamptz
    )`.execute(db);
  await sql`create index slack_space_forget on slack_space (forget_at) where forget_at is not null`.execute(db);
  await sql`create index slack_space_organization on slack_space (organization) where organization is not null`.execute(db);

  // States of an installation under way that came back: each is good for once.
  await sql`create table slack_state (mark text primary key, expires_at timestamptz not null)`.execute(db);
}
