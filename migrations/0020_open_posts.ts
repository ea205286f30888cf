/** Drills are given by the primary key of their posts, whatever the planner believes. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<never>): Promise<void> {
  // As in 0018: statistics never know a morning's posts, so that the planner reads all of them for each batch,
  // to join it with a table that it thinks small. Without a hash or a merge there is one way, the primary key.
  await sql`
    create function open_posts(openings jsonb) returns void
    language plpgsql set enable_hashjoin = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
    begin
      update drill_post post
      set state = 'open', drill = opening.drill, why = opening.why, reveal_at = opening.reveal_at, remind_at = opening.remind_at
      from jsonb_to_recordset(openings) as opening (
        group_id text, local_date date, edition smallint, drill text, why jsonb, reveal_at timestamptz, remind_at timestamptz
      )
      where post.group_id = opening.group_id and post.local_date = opening.local_date and post.edition = opening.edition;
    end $$`.execute(db);
}
