/** Which round a command means, and how it plays a move there. */
import { z } from "zod";
import type { ReadScene, Refused, Scene } from "../src/app/command.ts";
import { materialOf } from "../src/app/library.ts";
import { type Played, play } from "../src/app/rounds.ts";
import type { RoundMaterial } from "../src/core/interview_material.ts";
import type { Move } from "../src/core/interview_move.ts";
import type { Interview } from "../src/core/interview_state.ts";
import { refuse } from "../src/core/refusal.ts";
import type { View } from "../src/core/view.ts";

/** The id of the round, from a button; otherwise the one of this thread or channel is meant. */
export const round = z.string().max(20).optional().meta({ carried: true });

export type Found = { ok: true; round: Interview; material: RoundMaterial } | Refused;

const NONE = refuse("There is no such round here", "Start one with `/mock start`.");

/** The round a button names, the thread's, or the channel's only one; never one of another group. */
export async function find({ library, group, place, ...scene }: ReadScene | Scene, id: string | undefined): Promise<Found> {
  const reads = "tx" in scene ? scene.tx : scene.read;
  if (!group) return refuse("No round was played here yet", "Start one with `/mock start`.");
  const active = id === undefined ? await reads.rounds.active(group.id) : [];
  const found =
    id !== undefined ? await reads.rounds.find(id) : place.thread !== undefined ? await reads.rounds.inThread(place) : active[0];
  if (id === undefined && place.thread === undefined && active.length > 1)
    return refuse("Several rounds are running here", "Use the buttons in the thread of the one you mean.");
  const material = found && materialOf(library, found.case);
  return found && material && found.group === group.id ? { ok: true, round: found, material } : NONE;
}

/** Where nobody says which round is meant, one of the last so many that are over. */
const LOOKED_BACK = 20;

/** As `find`; where none is running the group's last that is over, or, with `wanted`, the last such one in any case. */
export async function findLast(scene: Scene, id: string | undefined, wanted?: (ended: Interview) => boolean): Promise<Found> {
  const named = id !== undefined || scene.place.thread !== undefined;
  const found = named || !wanted ? await find(scene, id) : NONE;
  if (found !== NONE || named || !scene.group) return found;
  const last = wanted
    ? (await scene.tx.rounds.ended(scene.group.id, LOOKED_BACK)).find(wanted)
    : await scene.tx.rounds.last(scene.group.id);
  const material = last && materialOf(scene.library, last.case);
  return material ? { ok: true, round: last, material } : NONE;
}

/** Plays a move and says what came of it. */
export async function move(scene: Scene, id: string | undefined, made: Move, reply: (played: Extract<Played, { ok: true }>) => View) {
  const found = await find(scene, id);
  if (!found.ok) return found;
  const played = await play(scene.tx, scene.library, found.round.id, made, scene.now, scene.invocation);
  return played.ok ? ({ ok: true, reply: reply(played), effects: played.effects } as const) : played;
}
