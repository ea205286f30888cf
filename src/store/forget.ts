/**
 * Deletes all that is kept of a server or workspace that is gone. What belongs to it is read from the schema
 * itself, so that a table of tomorrow is not left behind: rows that name a platform and a space, rows of
 * its groups, their boards (`scope`), and whatever refers to one of these by a foreign key.
 */
import { type RawBuilder, sql } from "kysely";
import type { Space } from "../app/space_ports.ts";
import { inSpace, ofGroups } from "./held_scope.ts";
import { lock } from "./lock.ts";
import type { Db } from "./tables.ts";

interface Reference {
  readonly child: string;
  readonly parent: string;
  readonly columns: readonly string[];
  readonly parentColumns: readonly string[];
}

export async function forget(db: Db, { platform, space }: Space): Promise<void> {
  const references = await referencesOf(db);
  const here = inSpace({ platform, space });
  const erase = async (table: string, which: RawBuilder<boolean>, above: readonly string[] = []): Promise<void> => {
    for (const { child, columns, parentColumns } of references.filter(({ parent }) => parent === table))
      if (child !== table && !above.includes(child))
        await erase(child, sql`(${refs(columns)}) in (select ${refs(parentColumns)} from ${sql.table(table)} where ${which})`, [
          ...above,
          table,
        ]);
    await sql`delete from ${sql.table(table)} where ${which}`.execute(db);
  };
  const { rows: scopes } = await sql<{ scope: string }>`
    select space_scope(${platform}, ${space}) as scope union all select id from study_group where ${here}`.execute(db);
  // Unused slots go with the last of their groups, and groups.schedule makes them under this lock.
  await lock(db, "schedule_slot");
  for (const table of await tablesWith(db, ["group_id"])) await erase(table, ofGroups({ platform, space }));
  for (const table of await tablesWith(db, ["platform", "space"])) await erase(table, here);
  // After the rows that they count, and sums before the counts of sums: triggers write the one when the other goes.
  for (const table of await tablesWith(db, ["scope"])) await erase(table, sql`scope in (${sql.join(scopes.map(({ scope }) => scope))})`);
  await sql`delete from outbox where platform = ${platform} and effect -> 'to' ->> 'space' = ${space}`.execute(db);
  // From before invocations named their space: the adapter begins their ids with it.
  await sql`delete from invocation where starts_with(id, ${`${space}/`})`.execute(db);
  await sql`delete from model_call where starts_with(who, ${`${platform}/${space}/`})`.execute(db);
  await sql`delete from schedule_slot where not exists (select from study_group where slot = schedule_slot.id)`.execute(db);
}

const refs = (columns: readonly string[]) => sql.join(columns.map((column) => sql.ref(column)));

async function tablesWith(db: Db, columns: readonly string[]): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name in (${sql.join(columns)})
    group by table_name having count(*) = ${columns.length}
    order by table_name`.execute(db);
  return rows.map(({ name }) => name);
}

async function referencesOf(db: Db): Promise<readonly Reference[]> {
  const names = (keys: RawBuilder<unknown>, of: RawBuilder<unknown>) => sql`(
    select array_agg(attname::text order by place)
    from unnest(${keys}) with ordinality as key (number, place)
    join pg_attribute on attrelid = ${of} and attnum = key.number
  )`;
  const { rows } = await sql<Reference>`
    select child.relname::text as child, parent.relname::text as parent,
      ${names(sql`conkey`, sql`conrelid`)} as columns, ${names(sql`confkey`, sql`confrelid`)} as "parentColumns"
    from pg_constraint
    join pg_class child on child.oid = conrelid
    join pg_class parent on parent.oid = confrelid
    where contype = 'f' and connamespace = 'public'::regnamespace`.execute(db);
  return rows;
}
