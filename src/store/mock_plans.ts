/** Planned rounds: stored whole, searched by a few columns. */
import { type Selectable, sql } from "kysely";
import type { Reads, Tx } from "../app/ports.ts";
import type { MockPlan } from "../core/mock_plan.ts";
import { planDue } from "../core/mock_plan.ts";
import type { Instant } from "../core/place.ts";
import { only } from "./calendar.ts";
import type { Db, Tables } from "./tables.ts";
import { at, json, optionalDate } from "./values.ts";

export function readPlans(db: Db): Reads["plans"] {
  return {
    async find(id) {
      const row = await db.selectFrom("mock_plan").select("plan").where("id", "=", id).executeTakeFirst();
      return row && planOf(row);
    },
    async ahead(group) {
      const rows = await db.selectFrom("mock_plan").select("plan").where("group_id", "=", group).where("due_at", "is not", null).execute();
      return rows.map(planOf).sort((a, b) => a.at - b.at);
    },
    async casesInPlay({ platform, space }) {
      // Two partial indexes by space: what is open and what lies ahead is little.
      const { rows } = await sql<{ slug: string; open: boolean }>`
        select interview ->> 'case' as slug, true as open from round
        where platform = ${platform} and space = ${space} and not ended
        union
        select case_slug, false from mock_plan
        where platform = ${platform} and space = ${space} and due_at is not null and case_slug is not null`.execute(db);
      const slugs = (open: boolean) => rows.filter((row) => row.open === open).map(({ slug }) => slug);
      return { open: slugs(true), planned: slugs(false) };
    },
    async instantOf(zone, day, time) {
      const { rows } = await sql<{ instant: Instant }>`
        select wall_instant(${day}::date + ${time}::time, ${zone}::text) as instant`.execute(db);
      return only(rows).instant;
    },
  };
}

export function writePlans(db: Db): Tx["plans"] {
  return {
    ...readPlans(db),
    async save(plan) {
      const { platform, space } = plan.place;
      const changing = { due_at: optionalDate(planDue(plan)), plan: json(plan) };
      await db
        .insertInto("mock_plan")
        .values({ id: plan.id, group_id: plan.group, platform, space, case_slug: plan.case ?? null, ...changing })
        .onConflict((conflict) => conflict.column("id").doUpdateSet(changing))
        .execute();
    },
    async due(now, limit, without = []) {
      const { rows } = await sql<{ id: string }>`
        select id from mock_plan
        where due_at <= ${at(now)} and id <> all(${[...without]})
        order by due_at
        limit ${limit}
        for no key update skip locked`.execute(db);
      return rows.map(({ id }) => id);
    },
  };
}

/** JSON leaves out what is undefined. */
const planOf = ({ plan }: Pick<Selectable<Tables["mock_plan"]>, "plan">): MockPlan => ({ ...plan, case: plan.case, ended: plan.ended });
