/** The budget of the language model. */
import { sql } from "kysely";
import type { Tx } from "../app/ports.ts";
import type { Db } from "./tables.ts";

/** The row that counts the calls of everybody. */
const ALL = "";

export function writeModelCalls(db: Db): Tx["modelCalls"] {
  /** Counts one more while there are fewer; one statement, so that two at once cannot both take the last. */
  async function count(day: string, who: string, limit: number): Promise<boolean> {
    const { rows } = await sql`
      insert into model_call (day, who, calls)
      select ${day}::date, ${who}, 1 where ${limit}::integer > 0
      on conflict (day, who) do update set calls = model_call.calls + 1 where model_call.calls < ${limit}::integer
      returning calls`.execute(db);
    return rows.length > 0;
  }
  return {
    async take(day, who, perMember, inAll) {
      return (await count(day, who, perMember)) && (await count(day, ALL, inAll));
    },
  };
}
