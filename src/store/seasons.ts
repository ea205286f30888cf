/** Seasons: stretches of time over the ledger, one after the other. */
import { type Selectable, sql } from "kysely";
import type { Reads, Season, Tx } from "../app/ports.ts";
import { groupsIn, scopeKey } from "./boards.ts";
import type { Db, Tables } from "./tables.ts";
import { at } from "./values.ts";

export function readSeasons(db: Db): Reads["seasons"] {
  const inScope = (scope: Parameters<Reads["seasons"]["of"]>[0]) =>
    db.selectFrom("season").selectAll().where("scope", "=", scopeKey(scope));
  return {
    async of(scope, limit, skip = 0) {
      const rows = await inScope(scope).orderBy("starts_at", "desc").orderBy("id").limit(limit).offset(skip).execute();
      return rows.map(seasonOf);
    },
    async find(scope, id) {
      const row = await inScope(scope).where("id", "=", id).executeTakeFirst();
      return row && seasonOf(row);
    },
  };
}

export function writeSeasons(db: Db): Tx["seasons"] {
  return {
    ...readSeasons(db),
    async start(scope, { id, name, by }, now) {
      // An entry that is being written is waited for, so that it belongs to the one season or to the other.
      await sql`select lock_space(space_scope(${scope.platform}::text, ${scope.space}::text), true)`.execute(db);
      const key = scopeKey(scope);
      // Replicas' clocks differ: none begins before the one that it ends.
      await sql`
        with ended as (
          update season set ends_at = greatest(starts_at, ${at(now)}) where scope = ${key} and ends_at is null returning id, ends_at
        ),
        begun as (
          insert into season (id, scope, name, starts_at, started_by)
          select ${id}, ${key}, ${name}, coalesce((select ends_at from ended), ${at(now)}), ${by}
          returning id, starts_at
        )
        -- What a fast clock has dated later than this goes over to the new one.
        insert into score (scope, period, member, points)
        select ${key}, 's' || season.id, member, sum(points * season.sign)
        from (select id, 1 as sign from begun union all select id, -1 from ended) as season
        cross join ledger
        where group_id in (${groupsIn(scope)}) and earned_at >= (select starts_at from begun)
        group by season.id, member
        order by season.id, member
        on conflict (scope, period, member) do update set points = score.points + excluded.points`.execute(db);
    },
  };
}

const seasonOf = ({ id, name, starts_at, ends_at }: Selectable<Tables["season"]>): Season => ({
  id,
  name,
  from: starts_at,
  until: ends_at ?? undefined,
});
