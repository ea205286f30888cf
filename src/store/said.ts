/** Forgets a member in what was said: the outbox, the playground's chat, stored replies, the reasons of pauses. */
import { sql } from "kysely";
import type { Gone } from "../app/personal_ports.ts";
import type { Effect } from "../core/effect.ts";
import { hasLost, REMOVED, viewWithout } from "../core/forget_view.ts";
import { FORMER_NAME } from "../core/former.ts";
import type { Place } from "../core/place.ts";
import type { View } from "../core/view.ts";
import { lock } from "./lock.ts";
import type { Db } from "./tables.ts";
import { json } from "./values.ts";

/** A message that lost words: the key it was posted under, and what it says now. */
interface Lost {
  readonly post: string;
  readonly to: Place;
  readonly view: View;
}

/** What may have a member in it: their id or name somewhere, or a message of a round of theirs. */
const mayKnow = ({ id, name, rounds }: Gone, column: string) => sql`(
  strpos(${sql.ref(column)}::text, ${id}) > 0
  or strpos(${sql.ref(column)}::text, ${JSON.stringify(name)}) > 0
  or key ~ ${`^interview/(${rounds.join("|")})/`}
)`;

/** Keys of effects end with a member's id where each has their own. */
const renamed = (key: string, { id, as }: Gone): string =>
  key
    .split("/")
    .map((part) => (part === id ? as : part))
    .join("/");

/** Gives the last version of each message that was sent with words of theirs. */
export async function forgetOutbox(db: Db, gone: Gone): Promise<readonly Lost[]> {
  const { rows } = await sql<{ key: string; state: string; effect: Effect }>`
    select key, state, effect from outbox
    where platform = ${gone.platform} and effect -> 'to' ->> 'space' = ${gone.space} and ${mayKnow(gone, "effect")}
    order by seq`.execute(db);
  const lost = new Set<string>();
  const last = new Map<string, Lost>();
  for (const { key, state, effect } of rows) {
    const after = effectWithout(effect, gone);
    if (effect.kind === "thread" || after.kind === "thread") continue;
    const post = after.kind === "edit" ? after.post : after.key;
    if (after.kind !== "notice") last.set(post, { post, to: after.to, view: after.view });
    if (after.kind !== "notice" && state !== "dead" && hasLost(effect.view, after.view)) lost.add(post);
    await sql`
      update outbox set key = ${after.key}, effect = ${json(after)}::jsonb, needs = ${needsOf(after)}::text
      where key = ${key}`.execute(db);
  }
  return [...last.values()].filter(({ post }) => lost.has(post));
}

function effectWithout(effect: Effect, gone: Gone): Effect {
  const key = renamed(effect.key, gone);
  switch (effect.kind) {
    case "thread":
      return effect;
    case "edit":
      return { ...effect, key, post: renamed(effect.post, gone), view: viewWithout(effect.view, gone) };
    default:
      return { ...effect, key, view: viewWithout(effect.view, gone) };
  }
}

const needsOf = (effect: Effect): string | null =>
  effect.kind === "edit" ? effect.post : effect.kind === "post" ? (effect.thread ?? null) : null;

/** What they typed goes, direct messages to them too; what the bot said loses them. Pages that are open see it. */
export async function forgetChat(db: Db, gone: Gone): Promise<void> {
  if (gone.platform !== "web") return;
  await lock(db, "chat_message");
  await sql`delete from chat_message where space = ${gone.space} and recipient = ${gone.id}`.execute(db);
  await sql`
    update chat_message set author = ${gone.as}, body = ${json({ text: REMOVED })}::jsonb, change = nextval('chat_change')
    where space = ${gone.space} and author = ${gone.id}`.execute(db);
  const { rows } = await sql<{ id: number; key: string; body: { view: View } }>`
    select id, key, body from chat_message
    where space = ${gone.space} and key is not null and body -> 'view' is not null and ${mayKnow(gone, "body")}`.execute(db);
  for (const { id, key, body } of rows)
    await sql`
      update chat_message set key = ${renamed(key, gone)}, body = ${json({ view: viewWithout(body.view, gone) })}::jsonb, change = nextval('chat_change')
      where id = ${id}`.execute(db);
}

const DONE_BEFORE: View = { title: "That was done before", blocks: [{ kind: "text", markdown: "Its reply is no longer kept." }] };

/** All of the space: others were shown words of theirs, and a repeated request needs no more than that it was done. */
export async function forgetReplies(db: Db, { platform, space }: Gone): Promise<void> {
  await sql`
    update invocation set reply = ${json(DONE_BEFORE)}::jsonb
    where reply is not null and platform = ${platform} and space = ${space}`.execute(db);
}

/** No organizer any more, and nobody whom a pause names. */
export async function forgetGroups(db: Db, { platform, space, id }: Gone): Promise<void> {
  await sql`
    update study_group
    set organizers = array_remove(organizers, ${id}), paused_reason = replace(paused_reason, ${`{member:${id}}`}, ${FORMER_NAME})
    where platform = ${platform} and space = ${space}`.execute(db);
}
