/** How often the language model was asked, a day: by whom, and in all. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    create table model_call (
      day date not null,
      who text not null,
      calls integer not null,
      primary key (day, who)
    )`.execute(db);
}
