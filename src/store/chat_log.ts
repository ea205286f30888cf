/** The playground's chat: what Discord or Slack would keep for us. */
import { type Selectable, sql } from "kysely";
import type { ChatLog, ChatMessage } from "../app/playground.ts";
import type { Instant, Place } from "../core/place.ts";
import { only } from "./calendar.ts";
import { lock } from "./lock.ts";
import type { Db, Tables } from "./tables.ts";
import { at, json } from "./values.ts";

export function createChatLog(db: Db): ChatLog {
  // A reader who saw change 5 asks no more for change 4: they must be committed in order, so they
  // are made one at a time. One person's playground has the time.
  const changing = <T>(work: (tx: Db) => Promise<T>): Promise<T> =>
    db.transaction().execute(async (tx) => {
      await lock(tx, "chat_message");
      return work(tx);
    });

  const once = (message: New & { readonly key: string }): Promise<number> =>
    changing(async (tx) => {
      const before = await tx.selectFrom("chat_message").select("id").where("key", "=", message.key).executeTakeFirst();
      return before?.id ?? insert(tx, message);
    });

  return {
    post: ({ key, to, view, recipient, at: said }) => once({ key, to, recipient, body: { view }, said }),

    say: ({ key, to, author, text, at: said }) => once({ key, to, author, body: { text }, said }),

    mark: (id, mark) =>
      changing(async (tx) => {
        const message = await tx.selectFrom("chat_message").select("body").where("id", "=", id).executeTakeFirst();
        if (!message || "view" in message.body) return;
        const body = json({ ...message.body, mark });
        await tx.updateTable("chat_message").set({ body, change: nextChange }).where("id", "=", id).execute();
      }),

    edit: (id, view) =>
      changing(async (tx) => {
        const { numUpdatedRows } = await tx
          .updateTable("chat_message")
          .set({ body: json({ view }), edited: true, change: nextChange })
          .where("id", "=", id)
          .executeTakeFirst();
        return numUpdatedRows > 0n;
      }),

    thread: (id, title) =>
      changing(async (tx) => {
        const message = await tx.selectFrom("chat_message").select("starts_thread").where("id", "=", id).executeTakeFirst();
        if (!message || message.starts_thread !== null) return message?.starts_thread ?? undefined;
        const thread = `t${id}`;
        await tx
          .updateTable("chat_message")
          .set({ starts_thread: thread, starts_title: title, change: nextChange })
          .where("id", "=", id)
          .execute();
        return thread;
      }),

    async changes(space, channel, since) {
      const rows = await db
        .selectFrom("chat_message")
        .selectAll()
        .where("space", "=", space)
        .where("channel", "=", channel)
        .where("change", ">", since)
        .orderBy("change")
        .execute();
      return { messages: rows.map(messageOf).sort((a, b) => a.id - b.id), cursor: rows.at(-1)?.change ?? since };
    },

    async clockOffset() {
      const row = await db.selectFrom("playground_clock").select("ahead_ms").executeTakeFirst();
      return row?.ahead_ms ?? 0;
    },

    async moveClock(offset) {
      await sql`
        insert into playground_clock (ahead_ms) values (${offset})
        on conflict (singleton) do update set ahead_ms = excluded.ahead_ms`.execute(db);
    },
  };
}

const nextChange = sql<number>`nextval('chat_change')`;

interface New {
  readonly key?: string;
  readonly to: Place;
  readonly author?: string;
  readonly recipient?: string | undefined;
  readonly body: ChatMessage["body"];
  readonly said: Instant;
}

async function insert(db: Db, { key, to, author, recipient, body, said }: New): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into chat_message (change, key, space, channel, thread, author, recipient, body, said_at)
    values (
      ${nextChange}, ${key ?? null}, ${to.space}, ${to.channel ?? ""}, ${to.thread ?? null},
      ${author ?? null}, ${recipient ?? null}, ${json(body)}, ${at(said)}
    )
    returning id`.execute(db);
  return only(rows).id;
}

const messageOf = (row: Selectable<Tables["chat_message"]>): ChatMessage => ({
  id: row.id,
  channel: row.channel,
  thread: row.thread ?? undefined,
  author: row.author ?? undefined,
  recipient: row.recipient ?? undefined,
  body: row.body,
  starts: row.starts_thread === null ? undefined : { thread: row.starts_thread, title: row.starts_title ?? "" },
  at: row.said_at,
  edited: row.edited,
});
