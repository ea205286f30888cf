/** Retention: rows that only served to do something once go when nobody can ask for them again. */
import { sql } from "kysely";
import type { Tx } from "../app/ports.ts";
import { DAY } from "../core/place.ts";
import type { Db } from "./tables.ts";
import { at } from "./values.ts";

/** Platforms repeat an interaction for minutes; a week leaves room for a clock that is wrong. */
const INVOCATION_MS = 7 * DAY;
/** A message sent is the root of its thread and of later edits: longer than any round or plan goes on. */
const OUTBOX_MS = 180 * DAY;
/** Calls of the language model are counted by the day. */
const MODEL_CALL_MS = 40 * DAY;

export const sweep =
  (db: Db): Tx["sweep"] =>
  async (now, limit) => {
    // By ctid, since a delete has no limit of its own; other replicas' rows are passed over.
    const results = [
      await sql`
        delete from invocation where ctid = any (array(
          select ctid from invocation where seen_at < ${at(now - INVOCATION_MS)} limit ${limit} for update skip locked
        ))`.execute(db),
      await sql`
        delete from outbox where ctid = any (array(
          select ctid from outbox
          where created_at < ${at(now - OUTBOX_MS)} and state <> 'waiting'
          limit ${limit} for update skip locked
        ))`.execute(db),
      await sql`delete from model_call where day < (${at(now - MODEL_CALL_MS)}::timestamptz at time zone 'UTC')::date`.execute(db),
    ];
    return Math.max(...results.map(({ numAffectedRows }) => Number(numAffectedRows ?? 0n)));
  };
