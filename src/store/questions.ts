/** The questions that members of a group made themselves. */
import { type Selectable, sql } from "kysely";
import type { Question, Reads, Tx } from "../app/ports.ts";
import type { Db, Tables } from "./tables.ts";
import { json } from "./values.ts";

/** By their names, so that what reads them may be prepared: see prepared.ts. */
const COLUMNS = ["id", "group_id", "author", "state", "body", "proposed_at"] as const;

export function readQuestions(db: Db): Reads["questions"] {
  return {
    async find(id) {
      const row = await db.selectFrom("question").select(COLUMNS).where("id", "=", id).executeTakeFirst();
      return row && questionOf(row);
    },
    of: (group, state) => questionsOf(db, [group], state),
  };
}

/** Of these groups, oldest first. */
export async function questionsOf(db: Db, groups: readonly string[], state: Question["state"]): Promise<readonly Question[]> {
  const rows = await db
    .selectFrom("question")
    .select(COLUMNS)
    .where("group_id", "=", sql<string>`any(${[...groups]})`)
    .where("state", "=", state)
    .orderBy("proposed_at")
    .orderBy("id")
    .execute();
  return rows.map(questionOf);
}

export function writeQuestions(db: Db): Tx["questions"] {
  return {
    ...readQuestions(db),
    async propose({ id, group, author, state, body, at }) {
      await db
        .insertInto("question")
        .values({ id, group_id: group, author, state, body: json(body), proposed_at: new Date(at) })
        .execute();
    },
    async decide(id, from, to, by, now) {
      const { numUpdatedRows } = await db
        .updateTable("question")
        .set({ state: to, decided_by: by, decided_at: new Date(now) })
        .where("id", "=", id)
        .where("state", "=", from)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
}

const questionOf = (row: Pick<Selectable<Tables["question"]>, (typeof COLUMNS)[number]>): Question => ({
  id: row.id,
  group: row.group_id,
  author: row.author,
  state: row.state,
  body: row.body,
  at: row.proposed_at,
});
