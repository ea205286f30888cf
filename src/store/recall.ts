/** Recall cards and their reviews. */

import { type Selectable, sql } from "kysely";
import type { RecallCard, Review, Tx } from "../app/ports.ts";
import type { Who } from "../core/place.ts";
import type { RecallTables } from "./recall_tables.ts";
import type { Db } from "./tables.ts";
import { at, json, optionalDate } from "./values.ts";

export function readRecall(db: Db): Pick<Tx["recall"], "cards" | "find" | "lastReview" | "since"> {
  return {
    async cards(who: Who) {
      return (await cardsOf(db, who).orderBy("id").execute()).map(cardOf);
    },
    async find(who: Who, id: number) {
      const row = await cardsOf(db, who).where("id", "=", id).executeTakeFirst();
      return row && cardOf(row);
    },
    async lastReview(who: Who) {
      const row = await reviewsOf(db, who).orderBy("reviewed_at", "desc").orderBy("id", "desc").limit(1).executeTakeFirst();
      return row && reviewOf(row);
    },
    async since(who: Who, from: number) {
      const { rows } = await sql<{ cards: number; introduced: number }>`
        select count(distinct card) as cards, count(distinct card) filter (where before is null) as introduced
        from recall_review
        where platform = ${who.platform} and space = ${who.space} and member = ${who.id} and reviewed_at >= ${at(from)}`.execute(db);
      return rows[0] ?? { cards: 0, introduced: 0 };
    },
  };
}

export function writeRecall(db: Db): Tx["recall"] {
  return {
    ...readRecall(db),
    async add(who, cards, now) {
      if (cards.length === 0) return 0;
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("recall_card")
        .values(
          // In one order, so that two reveals at once do not wait for each other.
          [...cards]
            .sort((a, b) => (a.ref < b.ref ? -1 : 1))
            .map(({ ref, origin, place }) => ({
              ...keyOf(who),
              ref,
              origin,
              place,
              added_at: new Date(now),
              memory: null,
              removed_at: null,
            })),
        )
        .onConflict((conflict) => conflict.columns(["platform", "space", "member", "ref"]).doNothing())
        .executeTakeFirst();
      return Number(numInsertedOrUpdatedRows ?? 0n);
    },
    async review(who, card, memory, rating, now) {
      await db
        .insertInto("recall_review")
        .values({ ...keyOf(who), card: card.id, rating, reviewed_at: new Date(now), before: card.memory ? json(card.memory) : null })
        .execute();
      await change(db, card.id)
        .set({ memory: json(memory) })
        .execute();
    },
    async undo(review) {
      await db.deleteFrom("recall_review").where("id", "=", review.id).execute();
      await change(db, review.card)
        .set({ memory: review.before ? json(review.before) : null })
        .execute();
    },
    async setRemoved(id, removedAt) {
      await change(db, id)
        .set({ removed_at: optionalDate(removedAt) })
        .execute();
    },
  };
}

const keyOf = ({ platform, space, id }: Who) => ({ platform, space, member: id });

const cardsOf = (db: Db, { platform, space, id }: Who) =>
  db.selectFrom("recall_card").selectAll().where("platform", "=", platform).where("space", "=", space).where("member", "=", id);

const reviewsOf = (db: Db, { platform, space, id }: Who) =>
  db.selectFrom("recall_review").selectAll().where("platform", "=", platform).where("space", "=", space).where("member", "=", id);

/** Whatever happens to a card makes its older buttons stale. */
const change = (db: Db, id: number) =>
  db
    .updateTable("recall_card")
    .set(({ eb }) => ({ revision: eb("revision", "+", 1) }))
    .where("id", "=", id);

const cardOf = (row: Selectable<RecallTables["recall_card"]>): RecallCard => ({
  id: row.id,
  ref: row.ref,
  origin: row.origin,
  place: row.place,
  addedAt: row.added_at,
  memory: row.memory ?? undefined,
  revision: row.revision,
  removedAt: row.removed_at ?? undefined,
});

const reviewOf = (row: Selectable<RecallTables["recall_review"]>): Review => ({
  id: row.id,
  card: row.card,
  rating: row.rating,
  at: row.reviewed_at,
  before: row.before ?? undefined,
});
