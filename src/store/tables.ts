/** The tables as the drivers give and take them. These types do not leave this folder. */
import type { ColumnType, Generated, GeneratedAlways, Kysely } from "kysely";
import type { Answer, Award, Dispute, LocalDate, Post, Question } from "../app/ports.ts";
import type { DrillKind } from "../core/content.ts";
import type { Why } from "../core/drill_choice.ts";
import type { Effect } from "../core/effect.ts";
import type { PointGrade } from "../core/grading.ts";
import type { OwnQuestion } from "../core/own_question.ts";
import type { Instant, Platform } from "../core/place.ts";
import type { Study } from "../core/study.ts";
import type { View } from "../core/view.ts";
import type { BoardTables } from "./board_tables.ts";
import type { MockTables } from "./mock_tables.ts";
import type { RecallTables } from "./recall_tables.ts";
import type { StoredRound } from "./round_versions.ts";

/** timestamptz: goes in as a Date, comes out in milliseconds (see values.ts). */
export type Time = ColumnType<Instant, Date, Date>;
/** jsonb: goes in as text that json() made, comes out parsed. */
export type Json<T> = ColumnType<T, string, string>;

/** The primary key of a post, which all that belongs to it carries. */
interface PostKey {
  group_id: string;
  local_date: LocalDate;
  edition: number;
}

export interface Tables extends BoardTables, MockTables, RecallTables {
  schedule_slot: {
    id: GeneratedAlways<number>;
    zone: string;
    wall_time: string;
    weekdays: number;
    next_due_at: Time;
  };
  study_group: {
    id: string;
    platform: Platform;
    space: string;
    channel: string;
    slot: number | null;
    scheduled_from: Time | null;
    organizers: Generated<string[]>;
    sealed_hours: Generated<number>;
    catch_up_hours: Generated<number>;
    kinds: Generated<DrillKind[]>;
    plan: string | null;
    plan_from: Time | null;
    paused_at: Time | null;
    paused_reason: string | null;
    created_at: Time;
  };
  member: { platform: Platform; space: string; id: string; name: string; seen_at: Time };
  day_off: { group_id: string; first_day: LocalDate; last_day: LocalDate };
  drill_post: PostKey & {
    state: Post["state"];
    due_at: Time;
    drill: string | null;
    reveal_at: Time | null;
    delivered_at: Time | null;
    remind_at: Time | null;
    why: Json<Why> | null;
  };
  drill_answer: PostKey & {
    member: string;
    nth: number;
    answer: string;
    answered_at: Time;
    standing: Answer["standing"];
    coverage: number;
    grades: Json<readonly PointGrade[]>;
    points: Generated<number>;
  };
  reminder: { group_id: string; member: string };
  shared_answer: PostKey & { member: string; shared_at: Time; removed_by: string | null };
  muted_member: { group_id: string; member: string; muted_by: string; muted_at: Time };
  dispute: PostKey & {
    id: string;
    member: string;
    drill: string;
    point: string;
    words: string;
    state: Dispute["state"];
    opened_at: Time;
  };
  dispute_vote: { dispute: string; voter: string; agrees: boolean };
  drill_report: PostKey & { member: string; drill: string; reason: string; note: string; reported_at: Time };
  question: {
    id: string;
    group_id: string;
    author: string;
    state: Question["state"];
    body: Json<OwnQuestion>;
    proposed_at: Time;
    decided_by: string | null;
    decided_at: Time | null;
  };
  ledger: {
    id: GeneratedAlways<number>;
    key: string;
    group_id: string;
    member: string;
    kind: Award["kind"];
    points: number;
    earned_at: Time;
    /** Set by a trigger where none is given. */
    day: LocalDate | null;
    // The other columns are in ledger.ts and in migration 0010.
  };
  round: {
    id: string;
    nth: GeneratedAlways<number>;
    group_id: string;
    platform: Platform;
    space: string;
    channel: string;
    thread: string | null;
    ended: boolean;
    deadline: Time | null;
    interview: Json<StoredRound>;
  };
  invocation: {
    id: string;
    seen_at: Time;
    reply: Json<View> | null;
    platform: string | null;
    space: string | null;
    member: string | null;
  };
  study: { platform: string; space: string; member: string; body: Json<Study> };
  outbox: {
    key: string;
    seq: GeneratedAlways<number>;
    platform: Platform;
    lane: string;
    needs: string | null;
    effect: Json<Effect>;
    state: Generated<"waiting" | "sent" | "dead">;
    free_at: Generated<Date>;
    leased: Generated<boolean>;
    attempt: Generated<number>;
    remote: string | null;
    reason: string | null;
    created_at: Time;
  };
  chat_message: {
    id: GeneratedAlways<number>;
    change: number;
    key: string | null;
    space: string;
    channel: string;
    thread: string | null;
    author: string | null;
    recipient: string | null;
    body: Json<{ view: View } | { text: string }>;
    starts_thread: string | null;
    starts_title: string | null;
    said_at: Time;
    edited: Generated<boolean>;
  };
  playground_clock: { singleton: Generated<boolean>; ahead_ms: number };
}

/** The database, or a transaction on it: what every noun is built over. */
export type Db = Kysely<Tables>;
