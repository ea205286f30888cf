/** Small things that store tests are about. */
import type { Tx } from "../../src/app/ports.ts";
import type { Why } from "../../src/core/drill_choice.ts";
import type { Effect } from "../../src/core/effect.ts";
import type { Schedule } from "../../src/core/group.ts";
import type { Interview } from "../../src/core/interview_state.ts";
import type { Instant } from "../../src/core/place.ts";
import type { View } from "../../src/core/view.ts";

export const channel = (name: string) => ({ platform: "web", space: "space", channel: name }) as const;
/** Somebody of that space. */
export const ann = { platform: "web", space: "space", id: "ann", name: "Ann", manager: false } as const;
export const instant = (iso: string): Instant => Date.parse(iso);
export const iso = (at: Instant): string => new Date(at).toISOString();
export const view = (title: string): View => ({ title, blocks: [{ kind: "text", markdown: title }] });
/** A choice of a drill, whatever its reasons. */
export const WHY: Why = { kind: "open", step: "data", strength: null, fresh: 3, allowed: 4, widened: false };
export const EVERY_DAY = 127;
export const berlin = (time: string): Schedule => ({ time, zone: "Europe/Berlin", weekdays: EVERY_DAY });

/** A group `id` in the channel of the same name, with a schedule when one is given. */
export async function addGroup(tx: Tx, id: string, now: Instant, schedule?: Schedule): Promise<void> {
  await tx.groups.ensure(channel(id), id, now);
  if (schedule) await tx.groups.schedule(id, schedule, now);
}

export const post = (key: string, in_: string | { thread: string; channel: string } = "c"): Effect =>
  typeof in_ === "string"
    ? { kind: "post", key, to: channel(in_), view: view(key) }
    : { kind: "post", key, to: channel(in_.channel), thread: in_.thread, view: view(key) };
export const thread = (key: string, root: string, in_ = "c"): Effect => ({ kind: "thread", key, to: channel(in_), root, title: key });
export const edit = (key: string, of: string, in_ = "c"): Effect => ({ kind: "edit", key, to: channel(in_), post: of, view: view(key) });

export const round = (id: string, group: string, over: Partial<Interview> = {}): Interview => ({
  id,
  group,
  place: channel(group),
  case: "ad-click",
  host: "ann",
  mode: "peer",
  minutes: [5, 5, 5, 5, 5, 5, 5],
  phase: { name: "lobby", until: instant("2026-05-01T10:30:00Z") },
  thread: undefined,
  candidate: "ann",
  line: [],
  interviewers: [],
  pace: "live",
  turnHours: 24,
  waiting: { candidate: undefined, interviewer: undefined },
  curveballs: [],
  scorers: [],
  steps: [],
  scores: [],
  ...over,
});
