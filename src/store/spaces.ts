/** Servers and workspaces that the bot has left. A server's date is in left_space, a Slack workspace's beside its installation. */
import { sql } from "kysely";
import type { Tx } from "../app/ports.ts";
import type { Space } from "../app/space_ports.ts";
import { forget } from "./forget.ts";
import type { Db } from "./tables.ts";
import { at } from "./values.ts";

export function writeSpaces(db: Db): Tx["spaces"] {
  return {
    // Whoever does anything is remembered as a member, and leaves a stand-in when they are deleted.
    async staying(platform) {
      const { rows } = await sql<{ space: string }>`
        select distinct space from member
        where platform = ${platform}
          and not exists (select from left_space gone where gone.platform = member.platform and gone.space = member.space)`.execute(db);
      return rows.map(({ space }) => space);
    },

    async leave({ platform, space }, forgetAt) {
      await sql`
        insert into left_space (platform, space, forget_at) values (${platform}, ${space}, ${at(forgetAt)})
        on conflict (platform, space) do nothing`.execute(db);
    },

    async stay(platform, spaces) {
      await sql`delete from left_space where platform = ${platform} and space = any(${[...spaces]})`.execute(db);
    },

    async due(now, platforms) {
      const { rows } = await sql<Space>`
        select platform, space
        from (
          select platform, space, forget_at from left_space
          union all select 'slack', space, forget_at from slack_space where forget_at is not null
        ) as gone
        where forget_at <= ${at(now)} and platform = any(${[...platforms]})
        order by forget_at, platform, space`.execute(db);
      return rows;
    },

    async forget(left, now) {
      const { platform, space } = left;
      const { rows } = await sql`
        with server as (
          delete from left_space where (platform, space) in (
            select platform, space from left_space
            where platform = ${platform} and space = ${space} and forget_at <= ${at(now)} for update skip locked
          )
          returning space
        ), workspace as (
          delete from slack_space where space in (
            select space from slack_space
            where ${platform} = 'slack' and space = ${space} and forget_at <= ${at(now)} for update skip locked
          )
          returning space
        )
        select space from server union all select space from workspace`.execute(db);
      if (rows.length > 0) await forget(db, left);
      return rows.length > 0;
    },
  };
}
