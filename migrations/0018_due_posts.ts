/** Due posts are claimed in the order of their index, whatever the planner believes. */
import { type Kysely, sql } from "kysely";

export async function up(db: Kysely<never>): Promise<void> {
  // A morning's posts come within a second and are gone within a minute, so statistics never know them: the
  // planner expects a handful, and reads, joins and sorts all that are left for each batch. Without a sort
  // there is one way, the partial index on due_at until there are enough. NO KEY: answers may refer to the post.
  await sql`
    create function claim_due_posts(platforms text[], at_most integer, without text[])
    returns table (group_id text, local_date date, edition smallint, due_at timestamptz)
    language plpgsql set enable_sort = off set enable_bitmapscan = off set plan_cache_mode = force_generic_plan as $$
    begin
      return query
      select post.group_id, post.local_date, post.edition, post.due_at
      from drill_post post
      join study_group on study_group.id = post.group_id
      where post.state = 'due' and study_group.platform = any (platforms) and post.group_id <> all (without)
      order by post.due_at
      limit at_most
      for no key update of post skip locked;
    end $$`.execute(db);
}
