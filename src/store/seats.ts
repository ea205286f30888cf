/** The seat ledger: a query over finished rounds, so that it can never differ from what was played. */
import { sql } from "kysely";
import type { Reads } from "../app/ports.ts";
import type { Instant } from "../core/place.ts";
import type { Db } from "./tables.ts";

export function readSeats(db: Db): Reads["seats"] {
  return {
    async lastCandidate(group, members) {
      if (members.length === 0) return new Map();
      // The index round_candidate: of each member one entry, the newest. Its expressions are repeated to the letter.
      const { rows } = await sql<{ member: string; at: Instant | null }>`
        select
          wanted.member,
          (
            select (
              select max((step ->> 'closedAt')::bigint) from jsonb_array_elements(interview -> 'steps') as step
            )
            from round
            where group_id = ${group} and interview ->> 'candidate' = wanted.member
              and ended and interview #>> '{phase,how}' = 'finished'
              -- Alone with the bot, or in turns, nobody takes the seat from another.
              and coalesce(interview ->> 'mode', 'peer') = 'peer'
            order by nth desc
            limit 1
          ) as at
        from unnest(${[...members]}::text[]) as wanted (member)`.execute(db);
      return new Map(rows.flatMap(({ member, at }) => (at === null ? [] : [[member, at]])));
    },
  };
}
