/** The tables as the drivers give and take them. These types do not leave this folder. */
import type { ColumnType, Generated, GeneratedAlways, Kysely } from "kysely";
import type { Answer, Award, LocalDate, Post } from "../app/ports.ts";
import type { Effect } from "../core/effect.ts";
import type { PointGrade } from "../core/grading.ts";
import type { Interview } from "../core/interview_state.ts";
import type { Instant, Platform } from "../core/place.ts";
import type { View } from "../core/view.ts";

/** timestamptz: goes in as a Date, comes out in milliseconds (see values.ts). */
type Time = ColumnType<Instant, Date, Date>;
/** jsonb: goes in as text that json() made, comes out parsed. */
type Json<T> = ColumnType<T, string, string>;

export interface Tables {
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
    paused_at: Time | null;
    paused_reason: string | null;
    created_at: Time;
  };
  member: { platform: Platform; space: string; id: string; name: string; seen_at: Time };
  drill_post: {
    group_id: string;
    local_date: LocalDate;
    state: Post["state"];
    due_at: Time;
    drill: string | null;
    reveal_at: Time | null;
    delivered_at: Time | null;
  };
  drill_answer: {
    group_id: string;
    local_date: LocalDate;
    member: string;
    nth: number;
    answer: string;
    answered_at: Time;
    standing: Answer["standing"];
    coverage: number;
    grades: Json<readonly PointGrade[]>;
  };
  ledger: {
    id: GeneratedAlways<number>;
    key: string;
    group_id: string;
    member: string;
    kind: Award["kind"];
    points: number;
    earned_at: Time;
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
    interview: Json<Interview>;
  };
  invocation: { id: string; seen_at: Time; reply: Json<View> | null };
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
