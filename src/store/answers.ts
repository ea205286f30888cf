/** What members answered to a daily post. */
import type { Selectable } from "kysely";
import type { Answer, PostRef, Reads, Tx } from "../app/ports.ts";
import type { Db, Tables } from "./tables.ts";
import { json } from "./values.ts";

/** By their names, so that what reads them may be prepared: see prepared.ts. */
const COLUMNS = [
  "group_id",
  "local_date",
  "edition",
  "member",
  "nth",
  "answer",
  "answered_at",
  "standing",
  "coverage",
  "grades",
  "points",
] as const;

export function readAnswers(db: Db): Reads["answers"] {
  const answersTo = ({ group, date, edition }: PostRef) =>
    db
      .selectFrom("drill_answer")
      .select(COLUMNS)
      .where("group_id", "=", group)
      .where("local_date", "=", date)
      .where("edition", "=", edition);
  return {
    async of(ref, member) {
      const rows = await answersTo(ref).where("member", "=", member).orderBy("nth").execute();
      return rows.map(answerOf);
    },
    async scored(ref) {
      const rows = await answersTo(ref).where("standing", "=", "scored").orderBy("answered_at").orderBy("member").execute();
      return rows.map(answerOf);
    },
    async timely(ref) {
      const rows = await answersTo(ref)
        .where("standing", "<>", "practice")
        .distinctOn("member")
        .orderBy("member")
        .orderBy("nth", "desc")
        .execute();
      return rows.map(answerOf);
    },
  };
}

export function writeAnswers(db: Db): Tx["answers"] {
  return {
    ...readAnswers(db),
    async add(answer) {
      await db
        .insertInto("drill_answer")
        .values({
          group_id: answer.group,
          local_date: answer.date,
          edition: answer.edition,
          member: answer.member,
          nth: answer.nth,
          answer: answer.text,
          answered_at: new Date(answer.at),
          standing: answer.standing,
          coverage: answer.coverage,
          grades: json(answer.grades),
          points: answer.points,
        })
        .execute();
    },
    async regrade({ group, date, edition, member, nth, coverage, grades }) {
      await db
        .updateTable("drill_answer")
        .set({ coverage, grades: json(grades) })
        .where("group_id", "=", group)
        .where("local_date", "=", date)
        .where("edition", "=", edition)
        .where("member", "=", member)
        .where("nth", "=", nth)
        .execute();
    },
  };
}

const answerOf = (row: Selectable<Tables["drill_answer"]>): Answer => ({
  group: row.group_id,
  date: row.local_date,
  edition: row.edition,
  member: row.member,
  nth: row.nth,
  text: row.answer,
  at: row.answered_at,
  standing: row.standing,
  coverage: row.coverage,
  grades: row.grades,
  points: row.points,
});
