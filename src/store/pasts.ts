/** What groups have had so far: for many at once, since a morning's drills are chosen by the hundred. */
import { sql } from "kysely";
import type { GroupPast, Reads } from "../app/ports.ts";
import { questionsOf } from "./questions.ts";
import type { Db } from "./tables.ts";
import { at } from "./values.ts";

type Of<T> = T & { readonly group: string };

/** One statement a table, each from an index that begins with the group. */
export function readPasts(db: Db): Reads["posts"]["pasts"] {
  return async (groups, answeredFrom) => {
    const ids = [...groups];
    const seen = await sql<Of<GroupPast["seen"][number]>>`
      select group_id as "group", drill, edition, due_at as "dueAt" from drill_post
      where group_id = any(${ids}) and drill is not null
      order by local_date, edition`.execute(db);
    const answered = await sql<Of<GroupPast["answered"][number]>>`
      select answer.group_id as "group", post.drill, avg(answer.coverage) as coverage, count(*) as answers
      from drill_answer answer
      join drill_post post using (group_id, local_date, edition)
      where answer.group_id = any(${ids}) and answer.standing = 'scored' and answer.answered_at >= ${at(answeredFrom)}
        and post.drill is not null and answer.local_date >= (${at(answeredFrom)} - interval '4 days')::date
      group by answer.group_id, post.drill
      order by post.drill collate "C"`.execute(db);
    // Anywhere in the space of a group: who sits in a round reads the reveals of the channel beside.
    const playing = await sql<Of<{ readonly slug: string }>>`
      with here as (select distinct platform, space from study_group where id = any(${ids})),
      in_play as (
        select platform, space, interview ->> 'case' as slug
        from round join here using (platform, space)
        where not ended
        union
        select platform, space, case_slug
        from mock_plan join here using (platform, space)
        where due_at is not null and case_slug is not null
      )
      select study_group.id as "group", slug
      from study_group join in_play using (platform, space)
      where study_group.id = any(${ids})`.execute(db);
    const own = await questionsOf(db, groups, "approved");

    const seenBy = byGroup(seen.rows);
    const answeredBy = byGroup(answered.rows);
    const playingBy = byGroup(playing.rows);
    const ownBy = byGroup(own);
    return new Map(
      groups.map((group) => [
        group,
        {
          seen: seenBy.get(group) ?? [],
          answered: answeredBy.get(group) ?? [],
          playing: playingBy.get(group)?.map(({ slug }) => slug) ?? [],
          own: ownBy.get(group) ?? [],
        },
      ]),
    );
  };
}

const byGroup = <T extends { readonly group: string }>(rows: readonly T[]): ReadonlyMap<string, readonly T[]> =>
  Map.groupBy(rows, ({ group }) => group);
