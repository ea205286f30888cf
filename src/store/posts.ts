/** Daily posts, from the claimed slot to the reveal. */
import { type Selectable, sql } from "kysely";
import type { BarePost, Opening, Post, PostRef, Reads, Tx } from "../app/ports.ts";
import { readPasts } from "./pasts.ts";
import { claimSlots } from "./slots.ts";
import type { Db, Tables } from "./tables.ts";
import { at, json } from "./values.ts";

/** By their names, so that what reads them may be prepared: see prepared.ts. */
const COLUMNS = ["group_id", "local_date", "edition", "state", "due_at", "drill", "reveal_at", "delivered_at", "why"] as const;
const columnsOf = (table: string) => sql.join(COLUMNS.map((column) => sql.ref(`${table}.${column}`)));
type PostRow = Pick<Selectable<Tables["drill_post"]>, (typeof COLUMNS)[number]>;

export function readPosts(db: Db): Reads["posts"] {
  const having = (group: string) => db.selectFrom("drill_post").where("group_id", "=", group).where("drill", "is not", null);
  return {
    async find({ group, date, edition }) {
      const row = await db
        .selectFrom("drill_post")
        .select(COLUMNS)
        .where("group_id", "=", group)
        .where("local_date", "=", date)
        .where("edition", "=", edition)
        .executeTakeFirst();
      return row && postOf(row);
    },
    async latest(group, date) {
      const row = await db
        .selectFrom("drill_post")
        .select(COLUMNS)
        .where("group_id", "=", group)
        .where("local_date", "=", date)
        .orderBy("edition", "desc")
        .limit(1)
        .executeTakeFirst();
      return row && postOf(row);
    },
    async openDrills({ platform, space }) {
      const { rows } = await sql<{ drill: string }>`
        select drill from drill_post
        join study_group on study_group.id = drill_post.group_id
        where state = 'open' and platform = ${platform} and space = ${space} and drill is not null`.execute(db);
      return rows.map(({ drill }) => drill);
    },
    async newest(group) {
      const row = await having(group).select(COLUMNS).orderBy("local_date", "desc").orderBy("edition", "desc").limit(1).executeTakeFirst();
      return row && postOf(row);
    },
    async drillsSeen(group) {
      const rows = await having(group).select("drill").orderBy("local_date").orderBy("edition").execute();
      return rows.flatMap(({ drill }) => drill ?? []);
    },
    pasts: readPasts(db),
    async days(group, member) {
      const answered = sql`exists (
        select from drill_answer answer
        where answer.group_id = post.group_id and answer.local_date = post.local_date
          and answer.edition = post.edition and answer.member = ${member} and answer.standing = 'scored'
      )`;
      // Editions of a day are one day: whoever answered the replaced drill has answered.
      const { rows } = await sql<{ answered: boolean; open: boolean }>`
        select
          bool_or(${answered}) as answered,
          bool_or(state = 'open') as open
        from drill_post post
        where group_id = ${group} and drill is not null and delivered_at is not null
          and local_date >= (
            select min(local_date) from drill_answer
            where group_id = ${group} and member = ${member} and standing = 'scored'
          )
        group by local_date
        -- A day whose replacement never came cannot be missed.
        having bool_or(state <> 'replaced') or bool_or(${answered})
        order by local_date`.execute(db);
      return rows;
    },
  };
}

export function writePosts(db: Db): Tx["posts"] {
  // By the primary key alone: with a condition on `state` the planner may prefer the partial index
  // of that state, which holds every post of the hour.
  const update = ({ group, date, edition }: PostRef) =>
    db.updateTable("drill_post").where("group_id", "=", group).where("local_date", "=", date).where("edition", "=", edition);
  return {
    ...readPosts(db),

    async add({ group, date, edition }, dueAt) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("drill_post")
        .values({ group_id: group, local_date: date, edition, state: "due", due_at: new Date(dueAt) })
        .onConflict((conflict) => conflict.columns(["group_id", "local_date", "edition"]).doNothing())
        .executeTakeFirst();
      return (numInsertedOrUpdatedRows ?? 0n) > 0n;
    },
    async open(openings) {
      await sql`select open_posts(${json(openings.map(openingRow))}::jsonb)`.execute(db);
    },
    async delivered(ref, moment, revealAt) {
      const moved = revealAt === undefined ? {} : { reveal_at: new Date(revealAt) };
      await update(ref)
        .set({ delivered_at: new Date(moment), ...moved })
        .execute();
    },
    async skip(ref) {
      await update(ref)
        .set({ state: "skipped", drill: null, reveal_at: null, remind_at: null, why: null })
        .where("delivered_at", "is", null)
        .where("state", "in", ["due", "open"])
        .execute();
    },
    async replace(ref) {
      const { numUpdatedRows } = await update(ref)
        .set({ state: "replaced", remind_at: null })
        .where("state", "=", "open")
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    claimSlots: (now) => claimSlots(db, now),

    async claimDue(platforms, limit, without = []) {
      const { rows } = await sql<BarePost>`
        select group_id as "group", local_date as date, edition, due_at as "dueAt"
        from claim_due_posts(${[...platforms]}, ${limit}, ${[...without]})`.execute(db);
      return rows;
    },

    async claimReveals(now, limit, without = []) {
      // NO KEY is needed here: an answer under way holds this post's advisory lock and is about to
      // refer to the post, while the reveal will wait for that lock.
      const { rows } = await sql<PostRow>`
        with late as materialized (
          select group_id, local_date, edition from drill_post
          where state = 'open' and reveal_at <= ${at(now)} and delivered_at is not null and group_id <> all(${[...without]})
          order by reveal_at
          limit ${limit}
          for no key update skip locked
        )
        update drill_post post
        set state = 'revealed', remind_at = null
        from late
        where post.group_id = late.group_id and post.local_date = late.local_date and post.edition = late.edition
        returning ${columnsOf("post")}`.execute(db);
      return rows.map(postOf);
    },

    async claimReminders(now, limit, without = []) {
      const { rows } = await sql<PostRow & { members: readonly string[] }>`
        with late as materialized (
          select group_id, local_date, edition from drill_post
          where remind_at <= ${at(now)} and group_id <> all(${[...without]})
          order by remind_at
          limit ${limit}
          for no key update skip locked
        ),
        claimed as (
          update drill_post post
          set remind_at = null
          from late
          where post.group_id = late.group_id and post.local_date = late.local_date and post.edition = late.edition
          returning ${columnsOf("post")}
        )
        select ${columnsOf("claimed")}, array(
          select member from reminder
          where reminder.group_id = claimed.group_id and not exists (
            select from drill_answer answer
            where answer.group_id = claimed.group_id and answer.local_date = claimed.local_date
              and answer.edition = claimed.edition and answer.member = reminder.member
          )
          order by member
        ) as members
        from claimed`.execute(db);
      return rows.map((row) => ({ post: postOf(row), members: row.members }));
    },
  };
}

const openingRow = ({ group, date, edition, drill, why, revealAt, remindAt }: Opening) => ({
  group_id: group,
  local_date: date,
  edition,
  drill,
  why,
  reveal_at: new Date(revealAt),
  remind_at: new Date(remindAt),
});

const postOf = (row: PostRow): Post => ({
  group: row.group_id,
  date: row.local_date,
  edition: row.edition,
  state: row.state,
  dueAt: row.due_at,
  drill: row.drill ?? undefined,
  revealAt: row.reveal_at ?? undefined,
  deliveredAt: row.delivered_at ?? undefined,
  why: row.why ?? undefined,
});
