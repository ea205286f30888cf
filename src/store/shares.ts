/** Who lets the group see their answer, and whom an organizer has muted. */
import type { PostRef, Reads, Tx } from "../app/ports.ts";
import type { Db } from "./tables.ts";

export function readShares(db: Db): Reads["shares"] {
  const sharesOf = ({ group, date, edition }: PostRef) =>
    db.selectFrom("shared_answer").where("group_id", "=", group).where("local_date", "=", date).where("edition", "=", edition);
  return {
    async of(ref) {
      const rows = await sharesOf(ref)
        .select("member")
        .where("removed_by", "is", null)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom("muted_member")
                .select("muted_member.member")
                .whereRef("muted_member.group_id", "=", "shared_answer.group_id")
                .whereRef("muted_member.member", "=", "shared_answer.member"),
            ),
          ),
        )
        .orderBy("shared_at")
        .orderBy("member")
        .execute();
      return rows.map(({ member }) => member);
    },
    async removed(ref, member) {
      const row = await sharesOf(ref).select("removed_by").where("member", "=", member).executeTakeFirst();
      return (row?.removed_by ?? null) !== null;
    },
    async muted(group, member) {
      const row = await db
        .selectFrom("muted_member")
        .select("member")
        .where("group_id", "=", group)
        .where("member", "=", member)
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}

export function writeShares(db: Db): Tx["shares"] {
  const key = ({ group, date, edition }: PostRef, member: string) => ({ group_id: group, local_date: date, edition, member });
  return {
    ...readShares(db),
    async add(ref, member, now) {
      await db
        .insertInto("shared_answer")
        .values({ ...key(ref, member), shared_at: new Date(now) })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async withdraw({ group, date, edition }, member) {
      const { numDeletedRows } = await db
        .deleteFrom("shared_answer")
        .where("group_id", "=", group)
        .where("local_date", "=", date)
        .where("edition", "=", edition)
        .where("member", "=", member)
        .where("removed_by", "is", null)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
    async remove({ group, date, edition }, member, by) {
      await db
        .updateTable("shared_answer")
        .set({ removed_by: by })
        .where("group_id", "=", group)
        .where("local_date", "=", date)
        .where("edition", "=", edition)
        .where("member", "=", member)
        .execute();
    },
    async mute(group, member, by, now) {
      await db
        .insertInto("muted_member")
        .values({ group_id: group, member, muted_by: by, muted_at: new Date(now) })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async unmute(group, member) {
      await db.deleteFrom("muted_member").where("group_id", "=", group).where("member", "=", member).execute();
    },
  };
}
