/** Gives, and removes, what is kept about a member: the list of held.ts at work. */

import { type RawBuilder, sql } from "kysely";
import type { Gone } from "../app/personal_ports.ts";
import type { PostRef, Tx } from "../app/ports.ts";
import { FORMER_NAME } from "../core/former.ts";
import type { Who } from "../core/place.ts";
import { HELD, type Held } from "./held.ts";
import { holdEarning } from "./ledger.ts";
import { forgetInPlans } from "./mock_plans.ts";
import { forgetChat, forgetGroups, forgetOutbox, forgetReplies } from "./said.ts";
import type { Db } from "./tables.ts";

export function writePersonal(db: Db): Tx["personal"] {
  return {
    async kept(who) {
      const parts = [];
      for (const held of HELD) {
        const { table: name, about, fate } = held;
        if (about !== undefined) parts.push({ name, about, fate, rows: await rowsOf(db, held, who) });
      }
      const decisions = await decisionsOf(db, who);
      return [
        ...parts,
        { name: "decisions", about: "What you decided as an organizer.", fate: "Stays, without your name.", rows: decisions },
      ];
    },

    async rounds({ platform, space, id }) {
      const { rows } = await sql<{ id: string }>`
        select id from round
        where platform = ${platform} and space = ${space} and strpos(interview::text, ${JSON.stringify(id)}) > 0
        order by id collate "C"`.execute(db);
      return rows.map((row) => row.id);
    },

    async shared(who) {
      // As the heartbeat claims them: it ends first, and passes over them until this transaction does.
      await sql`
        select from pairing where group_id in (select group_id from pair_member where ${mine("pair_member", who)})
        order by group_id for no key update`.execute(db);
      await sql`
        select from drill_post
        where remind_at is not null and group_id in (select group_id from reminder where ${mine("reminder", who)})
        order by group_id, local_date, edition for no key update`.execute(db);
      const { rows } = await sql<{ kind: "plans" | "groups"; id: string }>`
        select 'plans' as kind, id from mock_plan where ${mine("mock_plan", who)}
        union select 'plans', id from pair_match where ${mine("pair_match", who)}
        union select 'groups', id from study_group where ${mine("study_group", who)}
        order by kind, id`.execute(db);
      const { rows: posts } = await sql<PostRef>`
        select group_id as "group", local_date as date, edition from shared_answer where ${mine("shared_answer", who)}
        union
        select group_id, local_date, edition from drill_answer where ${mine("drill_answer", who)}
          and (group_id, local_date, edition) in (select group_id, local_date, edition from drill_post where state = 'open')
        order by "group", date, edition`.execute(db);
      const ids = (wanted: string) => rows.filter(({ kind }) => kind === wanted).map(({ id }) => id);
      return { plans: ids("plans"), groups: ids("groups"), posts };
    },

    async words(who) {
      const { rows } = await sql<{ words: string }>`
        select answer as words from drill_answer where ${mine("drill_answer", who)}
        union select words from dispute where ${mine("dispute", who)}
        union select note from drill_report where ${mine("drill_report", who)}
        union select body ->> 'prompt' from question where ${mine("question", who)} and state in ('proposed', 'declined')
        union select body ->> 'text' from chat_message where ${mine("chat_message", who)} and body ->> 'text' is not null`.execute(db);
      return rows.map(({ words }) => words).filter((words) => words.trim() !== "");
    },

    async forget(gone) {
      await holdEarning(db, gone);
      // A dispute takes the votes on it along.
      await sql`delete from dispute_vote where dispute in (select id from dispute where ${mine("dispute", gone)})`.execute(db);
      for (const held of HELD) await forgetIn(db, held, gone);
      await forgetGroups(db, gone);
      await forgetInPlans(db, gone);
      await forgetReplies(db, gone);
      await forgetChat(db, gone);
      // So that boards can call the stand-in something.
      await db
        .insertInto("member")
        .values({ platform: gone.platform, space: gone.space, id: gone.as, name: FORMER_NAME, seen_at: new Date(0) })
        .execute();
      return forgetOutbox(db, gone);
    },
  };
}

/** How often they decided something about others, whose rows those are. */
async function decisionsOf(db: Db, who: Who): Promise<readonly Record<string, unknown>[]> {
  const found = [];
  for (const { table, scope, roles = [] } of HELD)
    for (const role of roles) {
      if (!scope) continue;
      const { rows } = await sql<{ times: number }>`
        select count(*) as times from ${sql.table(table)} where ${scope(who)} and ${sql.ref(role)} = ${who.id}`.execute(db);
      if (rows[0] && rows[0].times > 0) found.push({ what: `${table}.${role}`, times: rows[0].times });
    }
  return found;
}

/** Rows about a member, in a table of the list. */
function mine(table: string, who: Who): RawBuilder<unknown> {
  const held = HELD.find((one) => one.table === table);
  if (!held) throw new Error(`The table ${table} is not in the list of what is held.`);
  return about(held, who);
}

const about = ({ scope, member, idOf }: Held, who: Who): RawBuilder<unknown> =>
  scope && member ? sql`${scope(who)} and ${idOf?.(who) ?? who.id} = ${sql.raw(member)}` : sql`false`;

async function rowsOf(db: Db, held: Held, who: Who): Promise<readonly Record<string, unknown>[]> {
  const { rows } = await sql<{ row: Record<string, unknown> }>`
    select ${held.exported ?? sql`to_jsonb(t)`} as row from ${sql.table(held.table)} t where ${about(held, who)}`.execute(db);
  return rows.map(({ row }) => row);
}

async function forgetIn(db: Db, held: Held, gone: Gone): Promise<void> {
  const { table, scope, member, roles = [], words = {}, gone: removed } = held;
  if (!scope) return;
  const set = (column: string, value: RawBuilder<unknown>, where: RawBuilder<unknown>) =>
    sql`update ${sql.table(table)} set ${sql.ref(column)} = ${value} where ${where}`.execute(db);
  for (const role of roles) await set(role, sql`${gone.as}`, sql`${scope(gone)} and ${sql.ref(role)} = ${gone.id}`);
  if (!member || removed === "none") return;
  const going = removed === "all" ? sql`true` : removed;
  if (going) await sql`delete from ${sql.table(table)} where ${about(held, gone)} and ${going}`.execute(db);
  if (removed === "all") return;
  for (const [column, without] of Object.entries(words)) await set(column, without(gone), about(held, gone));
  await set(member, sql`${gone.as}`, about(held, gone));
}
