/** The weekly pairing: who takes part, when it is due, and who met whom. */
import { type Selectable, sql } from "kysely";
import type { Reads, Tx } from "../app/ports.ts";
import type { PairMember } from "../core/pairing_views.ts";
import type { Instant } from "../core/place.ts";
import { only } from "./calendar.ts";
import type { Db, Tables } from "./tables.ts";
import { at, json } from "./values.ts";

export function readPairing(db: Db): Reads["pairing"] {
  const members = (group: string) => db.selectFrom("pair_member").selectAll().where("group_id", "=", group);
  return {
    async member(group, member) {
      const row = await members(group).where("member", "=", member).executeTakeFirst();
      return row && memberOf(row);
    },
    async members(group) {
      return (await members(group).orderBy("member").execute()).map(memberOf);
    },
    async lastPartners(group) {
      // For each who takes part, back from the newest on the index (group_id, matched_at): a week's matches are few.
      const { rows } = await sql<{ member: string; met: readonly string[] }>`
        select pair_member.member, last.met
        from pair_member
        cross join lateral (
          select array(select jsonb_array_elements_text(match -> 'members')) as met
          from pair_match
          where pair_match.group_id = pair_member.group_id and match -> 'members' ? pair_member.member
          order by matched_at desc
          limit 1
        ) last
        where pair_member.group_id = ${group}`.execute(db);
      return new Map(rows.map(({ member, met }) => [member, met.filter((other) => other !== member)]));
    },
    async match(id) {
      const row = await db.selectFrom("pair_match").select("match").where("id", "=", id).executeTakeFirst();
      return row && { ...row.match, plan: row.match.plan };
    },
  };
}

export function writePairing(db: Db): Tx["pairing"] {
  return {
    ...readPairing(db),
    async join(group, { member, level, free }, { zone, weekday, time }, now) {
      const changing = { level, weekdays: free.weekdays, times: free.times };
      await db
        .insertInto("pair_member")
        .values({ group_id: group, member, ...changing })
        .onConflict((conflict) => conflict.columns(["group_id", "member"]).doUpdateSet(changing))
        .execute();
      // The first to join sets the clock; where it runs already, it is left as it is.
      const { rows } = await sql<{ next_at: Instant }>`
        insert into pairing (group_id, next_at)
        values (${group}, next_occurrence(${zone}::text, ${time}::time, ${1 << weekday}::integer, ${at(now)}))
        on conflict (group_id) do update set next_at = pairing.next_at
        returning next_at`.execute(db);
      return only(rows).next_at;
    },
    async leave(group, member) {
      const { numDeletedRows } = await db
        .deleteFrom("pair_member")
        .where("group_id", "=", group)
        .where("member", "=", member)
        .executeTakeFirst();
      await db
        .deleteFrom("pairing")
        .where("group_id", "=", group)
        .where(({ not, exists, selectFrom }) => not(exists(selectFrom("pair_member").select("member").where("group_id", "=", group))))
        .execute();
      return numDeletedRows > 0n;
    },
    async claimDue({ weekday, time }, now, limit, without = []) {
      const { rows } = await sql<{ group: string; due: Instant }>`
        with late as materialized (
          select group_id, next_at from pairing
          where next_at <= ${at(now)} and group_id <> all(${[...without]})
          order by next_at
          limit ${limit}
          for no key update skip locked
        )
        update pairing
        -- In a zone that was set since, it may be that hour of that day once more.
        set next_at = next_occurrence(
          coalesce(zone, 'UTC'), ${time}::time, ${1 << weekday}::integer, greatest(${at(now)}, late.next_at + interval '2 days')
        )
        from late
        join study_group on study_group.id = late.group_id
        left join schedule_slot on schedule_slot.id = study_group.slot
        where pairing.group_id = late.group_id
        returning pairing.group_id as group, late.next_at as due`.execute(db);
      return rows;
    },
    async save(match) {
      const changing = { match: json(match) };
      await db
        .insertInto("pair_match")
        .values({ id: match.id, group_id: match.group, matched_at: new Date(match.at), ...changing })
        .onConflict((conflict) => conflict.column("id").doUpdateSet(changing))
        .execute();
    },
  };
}

const memberOf = ({ member, level, weekdays, times }: Selectable<Tables["pair_member"]>): PairMember => ({
  member,
  level,
  free: { weekdays, times },
});
