/** Servers that removed the bot, and when what is kept of them is deleted. A Slack workspace has its date in slack_space. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table left_space (
      platform text not null,
      space text not null,
      forget_at timestamptz not null,
      primary key (platform, space)
    )`.execute(db);
}
