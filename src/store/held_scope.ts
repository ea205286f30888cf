/** Which rows of a table are of a server or workspace. */
import { sql } from "kysely";
import type { Space } from "../app/space_ports.ts";

export const inSpace = ({ platform, space }: Space) => sql<boolean>`platform = ${platform} and space = ${space}`;
export const ofGroups = (space: Space) => sql<boolean>`group_id in (select id from study_group where ${inSpace(space)})`;
export const ofDisputes = (space: Space) => sql`dispute in (select id from dispute where ${ofGroups(space)})`;

export const ofScopes = (space: Space) =>
  sql`(scope = space_scope(${space.platform}, ${space.space}) or scope in (select id from study_group where ${inSpace(space)}))`;
