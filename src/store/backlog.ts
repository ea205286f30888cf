/** What waits to be said: the outbox's waiting rows alone, which are few beside those that were sent. */
import { sql } from "kysely";
import type { Backlog, Store } from "../app/ports.ts";
import type { Db } from "./tables.ts";
import { at } from "./values.ts";

export const backlog =
  (db: Db): Store["backlog"] =>
  async (now) => {
    // A leased row whose lease has run out can be claimed like any other.
    const { rows } = await sql<Backlog>`
      select
        platform,
        case when free_at <= statement_timestamp() then 'free' when leased then 'leased' else 'retry' end as state,
        count(*)::integer as messages,
        greatest(0, extract(epoch from ${at(now)} - min(created_at)) * 1000)::double precision as "oldestMs"
      from outbox
      where state = 'waiting'
      group by 1, 2
      order by 1, 2`.execute(db);
    return rows;
  };
