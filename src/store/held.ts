/**
 * Everything that is kept about a member, table by table: what `/data export` gives and what `/data delete`
 * does with it. A new table is one entry of HELD, with each of its text columns named; a test holds the list
 * against the database, so that none can be forgotten.
 */

import { type RawBuilder, sql } from "kysely";
import type { Gone } from "../app/personal_ports.ts";
import type { Space } from "../app/space_ports.ts";
import type { Who } from "../core/place.ts";
import { inSpace, ofDisputes, ofGroups, ofScopes } from "./held_scope.ts";

export interface Held {
  readonly table: string;
  /** Which of its rows are of a server or workspace; undefined for a table of no space. */
  readonly scope?: (space: Space) => RawBuilder<unknown>;
  /** SQL: the column that says whom a row is about, or any() of such; and the id as it stands there. */
  readonly member?: string;
  readonly idOf?: (who: Who) => string;
  /** Columns with the id of who did something to a row: the stand-in takes their place. */
  readonly roles?: readonly string[];
  /** What a person wrote, or was made of it, and what stands there afterwards. */
  readonly words?: Readonly<Record<string, (gone: Gone) => RawBuilder<unknown>>>;
  /** Text columns in which nothing of a person is, or that said.ts or the application takes care of. */
  readonly others?: readonly string[];
  /** What it is, for who reads their export; a table without is exported and forgotten in another way. */
  readonly about?: string;
  /** What becomes of it, for who reads before deleting. */
  readonly fate: string;
  /** Rows that go; the others are kept for the numbers, under the stand-in. */
  readonly gone?: "all" | "none" | RawBuilder<unknown>;
  /** What is exported of a row `t`; all of it unless said otherwise. */
  readonly exported?: RawBuilder<unknown>;
}

/** Of no person whatever stands in them: keys of groups, and places. */
export const STRUCTURE: readonly string[] = ["group_id", "platform", "space", "channel", "thread"];

const nothing = () => sql`''`;
const emptyList = () => sql`'[]'::jsonb`;

const DELETED = "Deleted.";
const STAND_IN = "The number stays for the others, under a stand-in that leads to nobody.";

/** What an answer earned would tell the answer before the reveal. */
const SEALED = sql`to_jsonb(t) || case
  when exists (
    select from drill_post post
    where post.group_id = t.group_id and post.local_date = t.local_date and post.edition = t.edition and post.state = 'open'
  ) then '{"coverage": "opens with the reveal", "grades": "open with the reveal", "points": "open with the reveal"}'::jsonb
  else '{}'::jsonb end`;

/** Children before what they refer to: in this order a member is removed. */
export const HELD: readonly Held[] = [
  {
    table: "dispute_vote",
    scope: ofDisputes,
    member: "voter",
    others: ["dispute"],
    about: "Your votes on grades others disputed.",
    fate: STAND_IN,
  },
  {
    table: "dispute",
    scope: ofGroups,
    member: "member",
    others: ["id", "drill", "point", "words", "state"],
    about: "Grades you disputed, and why.",
    fate: DELETED,
    gone: "all",
  },
  {
    table: "drill_answer",
    scope: ofGroups,
    member: "member",
    words: { answer: nothing, grades: emptyList },
    others: ["standing"],
    about: "Your answers to drills, and what each earned.",
    fate: `The words are deleted, and all that did not score. ${STAND_IN}`,
    gone: sql`standing <> 'scored'`,
    exported: SEALED,
  },
  {
    table: "shared_answer",
    scope: ofGroups,
    member: "member",
    roles: ["removed_by"],
    about: "Answers you agreed to show.",
    fate: DELETED,
    gone: "all",
  },
  {
    table: "drill_report",
    scope: ofGroups,
    member: "member",
    words: { note: nothing },
    others: ["drill", "reason"],
    about: "Drills you reported.",
    fate: "The reason stays for the authors of drills, without your note and your name.",
  },
  {
    table: "reminder",
    scope: ofGroups,
    member: "member",
    about: "Groups that remind you of an unanswered drill.",
    fate: DELETED,
    gone: "all",
  },
  {
    table: "muted_member",
    scope: ofGroups,
    member: "member",
    roles: ["muted_by"],
    about: "Groups in which an organizer muted you.",
    fate: "Stays: it is the organizer's to lift.",
    gone: "none",
  },
  {
    table: "question",
    scope: ofGroups,
    member: "author",
    roles: ["decided_by"],
    others: ["id", "state", "body"],
    about: "Questions you proposed.",
    fate: "Approved ones stay in the group's mix without your name, since others answer them. The rest is deleted.",
    gone: sql`state in ('proposed', 'declined')`,
  },
  {
    table: "ledger",
    scope: ofGroups,
    member: "member",
    roles: ["voided_by"],
    words: {
      key: ({ id, as }) => sql`replace(key, ${`/${id}`}, ${`/${as}`})`,
      reason: () => sql`case when reason is not null then '' end`,
    },
    others: ["kind"],
    about: "Points: what for, how many, when, and which were voided and why.",
    fate: STAND_IN,
  },
  {
    table: "score",
    scope: ofScopes,
    member: "member",
    others: ["scope", "period"],
    about: "The sums of your points that leaderboards show, and your streaks.",
    fate: STAND_IN,
  },
  { table: "score_bucket", scope: ofScopes, others: ["scope", "period"], fate: "" },
  { table: "season", scope: ofScopes, roles: ["started_by"], others: ["id", "scope", "name"], fate: "" },
  {
    table: "hidden_member",
    scope: inSpace,
    member: "member",
    about: "That you hide from leaderboards.",
    fate: "The stand-in hides as you did.",
  },
  { table: "digest", scope: ofGroups, fate: "" },
  {
    table: "recall_review",
    scope: inSpace,
    member: "member",
    others: ["rating", "before"],
    about: "How each look at a card went.",
    fate: DELETED,
    gone: "all",
  },
  {
    table: "recall_card",
    scope: inSpace,
    member: "member",
    others: ["ref", "origin", "memory"],
    about: "Your recall cards, and when each comes back.",
    fate: DELETED,
    gone: "all",
  },
  { table: "home_group", scope: inSpace, member: "member", about: "The group that gets your points.", fate: DELETED, gone: "all" },
  {
    table: "round_result",
    scope: ofGroups,
    member: "member",
    others: ["round", "coverage"],
    about: "What your finished rounds came to.",
    fate: STAND_IN,
  },
  {
    table: "case_seen",
    scope: inSpace,
    member: "member",
    others: ["case_slug", "how"],
    about: "Cases whose answers you have seen, and how.",
    fate: DELETED,
    gone: "all",
  },
  {
    table: "mock_plan",
    scope: ofGroups,
    member: "any(array(select one #>> '{}' from jsonb_path_query(plan, 'strict $.**') as one where jsonb_typeof(one) = 'string'))",
    others: ["id", "case_slug", "plan"],
    about: "Planned rounds you host, or said something about.",
    fate: "You come no more. A round you host stays for those who come, without your name.",
    gone: "none",
  },
  {
    table: "pair_member",
    scope: ofGroups,
    member: "member",
    others: ["level", "times"],
    about: "What you said in the weekly pairing.",
    fate: DELETED,
    gone: "all",
  },
  {
    table: "pair_match",
    scope: ofGroups,
    member: "any(array(select jsonb_array_elements_text(match -> 'members')))",
    others: ["id", "match"],
    about: "Whom the weekly pairing matched you with.",
    fate: DELETED,
    gone: "all",
  },
  { table: "pairing", scope: ofGroups, fate: "" },
  { table: "round", scope: inSpace, others: ["id", "interview"], fate: "" },
  { table: "day_off", scope: ofGroups, fate: "" },
  { table: "drill_post", scope: ofGroups, others: ["state", "drill", "why"], fate: "" },
  {
    table: "study_group",
    scope: inSpace,
    member: "any(organizers)",
    others: ["id", "organizers", "kinds", "plan", "paused_reason"],
    about: "Groups that name you as an organizer.",
    fate: "You are none any more.",
    gone: "none",
    exported: sql`jsonb_build_object('group_id', t.id, 'channel', t.channel, 'organizer', true)`,
  },
  {
    table: "study",
    scope: inSpace,
    member: "member",
    others: ["body"],
    about: "Your study plan, and what you ticked.",
    fate: DELETED,
    gone: "all",
  },
  {
    table: "invocation",
    scope: inSpace,
    member: "member",
    others: ["id", "reply"],
    about: "What you asked for in the last days, and the private reply, in case the platform asks twice.",
    fate: "Replies are deleted; that something was asked stays a few days, without your name.",
  },
  {
    table: "model_call",
    scope: ({ platform, space }) => sql`starts_with(who, ${`${platform}/${space}/`})`,
    member: "who",
    idOf: ({ platform, space, id }) => `${platform}/${space}/${id}`,
    about: "How often a language model read an answer of yours, a day.",
    fate: DELETED,
    gone: "all",
  },
  {
    table: "outbox",
    scope: ({ platform, space }) => sql`platform = ${platform} and effect -> 'to' ->> 'space' = ${space}`,
    member: "(effect ->> 'member')",
    others: ["key", "lane", "needs", "effect", "state", "remote", "reason"],
    about: "Direct messages to you.",
    fate: "Deleted. Messages in channels that have words of yours lose them, here and on the platform.",
    gone: "all",
  },
  {
    table: "chat_message",
    scope: ({ space }) => sql`space = ${space}`,
    member: "coalesce(author, recipient)",
    others: ["key", "author", "recipient", "body", "starts_thread", "starts_title"],
    about: "What you wrote in the playground, and direct messages to you there.",
    fate: DELETED,
    gone: "none",
  },
  {
    table: "member",
    scope: inSpace,
    member: "id",
    words: { name: () => sql`name` },
    about: "How you are called here, and when you were last seen.",
    fate: DELETED,
    gone: "all",
  },
  { table: "schedule_slot", others: ["zone"], fate: "" },
  { table: "playground_clock", fate: "" },
  { table: "left_space", fate: "" },
  // Consent of a whole workspace; installations.ts takes it away.
  { table: "slack_install", others: ["id", "sealed"], fate: "" },
  { table: "slack_space", others: ["organization"], fate: "" },
  { table: "slack_state", others: ["mark"], fate: "" },
];
