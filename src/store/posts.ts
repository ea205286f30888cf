/** Daily posts, from the claimed slot to the reveal. */
import { type Selectable, sql } from "kysely";
import type { Post, PostRef, Reads, Tx } from "../app/ports.ts";
import { claimSlots } from "./slots.ts";
import type { Db, Tables } from "./tables.ts";
import { at } from "./values.ts";

export function readPosts(db: Db): Reads["posts"] {
  return {
    async find({ group, date }) {
      const row = await db
        .selectFrom("drill_post")
        .selectAll()
        .where("group_id", "=", group)
        .where("local_date", "=", date)
        .executeTakeFirst();
      return row && postOf(row);
    },
    async newest(group) {
      const row = await db
        .selectFrom("drill_post")
        .selectAll()
        .where("group_id", "=", group)
        .where("drill", "is not", null)
        .orderBy("local_date", "desc")
        .limit(1)
        .executeTakeFirst();
      return row && postOf(row);
    },
    async drillsSeen(group) {
      const rows = await db
        .selectFrom("drill_post")
        .select("drill")
        .where("group_id", "=", group)
        .where("drill", "is not", null)
        .orderBy("local_date")
        .execute();
      return rows.flatMap(({ drill }) => drill ?? []);
    },
  };
}

export function writePosts(db: Db): Tx["posts"] {
  // By the primary key alone: with a condition on `state` the planner may prefer the partial index
  // of that state, which holds every post of the hour.
  const update = (ref: PostRef) => db.updateTable("drill_post").where("group_id", "=", ref.group).where("local_date", "=", ref.date);
  return {
    ...readPosts(db),

    async add({ group, date }, dueAt) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("drill_post")
        .values({ group_id: group, local_date: date, state: "due", due_at: new Date(dueAt) })
        .onConflict((conflict) =>
          conflict
            .columns(["group_id", "local_date"])
            .doUpdateSet({ state: "due", due_at: new Date(dueAt) })
            .where("drill_post.state", "=", "skipped"),
        )
        .executeTakeFirst();
      return (numInsertedOrUpdatedRows ?? 0n) > 0n;
    },
    async open(ref, drill, revealAt) {
      await update(ref)
        .set({ state: "open", drill, reveal_at: new Date(revealAt) })
        .execute();
    },
    async delivered(ref, moment) {
      await update(ref)
        .set({ delivered_at: new Date(moment) })
        .execute();
    },
    async skip(ref) {
      await update(ref)
        .set({ state: "skipped", drill: null, reveal_at: null })
        .where("delivered_at", "is", null)
        .where("state", "in", ["due", "open"])
        .execute();
    },

    claimSlots: (now) => claimSlots(db, now),

    async claimDue(limit) {
      // The partial index on due_at gives the oldest first. NO KEY: answers may refer to the post.
      const { rows } = await sql<PostRow>`
        select * from drill_post
        where state = 'due'
        order by due_at
        limit ${limit}
        for no key update skip locked`.execute(db);
      return rows.map(postOf);
    },

    async claimReveals(now, limit) {
      // NO KEY is needed here: an answer under way holds this post's advisory lock and is about to
      // refer to the post, while the reveal will wait for that lock.
      const { rows } = await sql<PostRow>`
        with late as materialized (
          select group_id, local_date from drill_post
          where state = 'open' and reveal_at <= ${at(now)}
          order by reveal_at
          limit ${limit}
          for no key update skip locked
        )
        update drill_post post
        set state = 'revealed'
        from late
        where post.group_id = late.group_id and post.local_date = late.local_date
        returning post.*`.execute(db);
      return rows.map(postOf);
    },
  };
}

type PostRow = Selectable<Tables["drill_post"]>;

const postOf = (row: PostRow): Post => ({
  group: row.group_id,
  date: row.local_date,
  state: row.state,
  dueAt: row.due_at,
  drill: row.drill ?? undefined,
  revealAt: row.reveal_at ?? undefined,
  deliveredAt: row.delivered_at ?? undefined,
});
