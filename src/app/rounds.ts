/** Plays moves on stored rounds: lock, decide, save, say, award. */

import { caseOf, chooseCase } from "../core/drill_choice.ts";
import type { Effect } from "../core/effect.ts";
import { advance, openLobby } from "../core/interview.ts";
import { present, type RoundMaterial } from "../core/interview_material.ts";
import type { Move, Say } from "../core/interview_move.ts";
import { type Interview, scorersOf } from "../core/interview_state.ts";
import { voice } from "../core/interview_voice.ts";
import type { Instant } from "../core/place.ts";
import { roundPoints } from "../core/points.ts";
import { refuse } from "../core/refusal.ts";
import { award } from "./awards.ts";
import type { Refused } from "./command.ts";
import { type Library, materialOf } from "./library.ts";
import type { Tx } from "./ports.ts";
import { tick } from "./study.ts";

export type Played =
  | {
      readonly ok: true;
      readonly before: Interview;
      readonly round: Interview;
      readonly material: RoundMaterial;
      readonly effects: readonly Effect[];
    }
  | Refused;

/** `nonce` is unique to what causes the move: an invocation's id, a delivered key, a deadline. */
export async function play(tx: Tx, library: Library, id: string, move: Move, now: Instant, nonce: string): Promise<Played> {
  await tx.lock(`interview/${id}`);
  const before = await tx.rounds.find(id);
  if (!before) return refuse("There is no such round", "It may be from an older version. Start one with `/mock start`.");
  const material = materialOf(library, before.case);
  if (!material) return abandon(tx, before);
  const verdict = advance(before, move, now);
  if (!verdict.ok) return verdict;
  const effects = await keep(tx, verdict.state, verdict.says, material, nonce);
  if (verdict.state.phase.name === "ended" && before.phase.name !== "ended") await awardRound(tx, verdict.state, now);
  return { ok: true, before, round: verdict.state, material, effects };
}

/** Without its case nobody can play on; ended, its deadline does not come up for ever. */
async function abandon(tx: Tx, round: Interview): Promise<Refused> {
  await tx.rounds.save({ ...round, phase: { name: "ended", how: "undeliverable" } });
  return refuse(
    "Its case has left the question bank",
    "The round is over; what was answered is kept. Start another one with `/mock start`.",
  );
}

type Plan = Omit<Parameters<typeof openLobby>[0], "case" | "minutes"> & {
  /** One is chosen when it is left out. */
  readonly case?: string | undefined;
  /** Cases not to choose. */
  readonly played?: readonly string[];
};

/** Opens a lobby; a group has one at a time. */
export async function startRound(
  tx: Tx,
  library: Library,
  plan: Plan,
  seats: Parameters<typeof openLobby>[1],
  now: Instant,
): Promise<{ readonly ok: true; readonly effects: readonly Effect[] } | Refused> {
  await tx.lock(`group/${plan.group}`);
  const { cases } = library.bank;
  if ((await tx.rounds.active(plan.group)).some(({ phase }) => phase.name === "lobby"))
    return refuse("A lobby is open already", "Take a seat there; another can be opened when it has begun.");
  // A reveal would post its reference in the middle of the round.
  const open = new Set((await tx.posts.openDrills(plan.place)).map(caseOf));
  if (plan.case !== undefined && open.has(plan.case))
    return refuse(
      "A drill is on this case",
      "Its reference would be revealed during the round. Choose another one, or leave the case out.",
    );
  const left = [...cases.keys()].filter((slug) => !plan.played?.includes(slug));
  const free = left.filter((slug) => !open.has(slug));
  const slug = plan.case ?? chooseCase(free.length > 0 ? free : left, await tx.posts.drillsSeen(plan.group), plan.id) ?? "";
  const material = materialOf(library, slug);
  if (!material) return refuse("There is no such case", `There is ${[...cases.keys()].map((known) => `\`${known}\``).join(", ")}.`);
  const minutes = material.framework.steps.map((step) => step.minutes);
  const { id, group, place, host, pace, turnHours } = plan;
  const { state, says } = openLobby({ id, group, place, host, pace, turnHours, case: slug, minutes }, seats, now);
  return { ok: true, effects: await keep(tx, state, says, material, "start") };
}

async function keep(tx: Tx, round: Interview, says: readonly Say[], material: RoundMaterial, nonce: string): Promise<readonly Effect[]> {
  await tx.rounds.save(round);
  return voice(round, says, material, nonce);
}

async function awardRound(tx: Tx, round: Interview, now: Instant): Promise<void> {
  const group = await tx.groups.find(round.group);
  if (!group) return;
  await award(
    tx,
    group,
    roundPoints(round).map((points) => ({ ...points, key: `interview/${round.id}/${points.kind}/${points.member}`, at: now })),
  );
  // Who held a seat to the end has sat in a round, whatever it earned.
  if (round.phase.name !== "ended" || round.phase.how !== "finished") return;
  for (const id of [...present([round.candidate]), ...scorersOf(round)].sort())
    await tick(tx, { platform: round.place.platform, space: round.place.space, id }, { kind: "mock" }, now);
}
