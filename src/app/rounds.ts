/** Plays moves on stored rounds: lock, decide, save, say, award. */

import { knownTo } from "../core/case_seen.ts";
import { caseOf, chooseCase } from "../core/drill_choice.ts";
import type { Effect } from "../core/effect.ts";
import { advance, openLobby } from "../core/interview.ts";
import { botMove } from "../core/interview_bot.ts";
import type { RoundMaterial } from "../core/interview_material.ts";
import { MODE_RULES, type Mode } from "../core/interview_modes.ts";
import type { Move, Say } from "../core/interview_move.ts";
import { coverages, readSteps } from "../core/interview_reading.ts";
import { answerersOf, type Interview } from "../core/interview_state.ts";
import { voice } from "../core/interview_voice.ts";
import type { Instant } from "../core/place.ts";
import { type RoundPoints, roundPoints } from "../core/points.ts";
import { refuse } from "../core/refusal.ts";
import { award } from "./awards.ts";
import type { Refused } from "./command.ts";
import { type Library, materialOf } from "./library.ts";
import { noteSeen, peopleInLobby } from "./lobby_people.ts";
import type { Tx } from "./ports.ts";
import { cardsOfRound } from "./recall_cards.ts";
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
  const moved = advance(before, move, now);
  if (!moved.ok) return moved;
  // The bot answers in the same transaction, once: no restart can come between.
  const reply = botMove(moved.state, material);
  const heard = reply && advance(moved.state, reply, now);
  const { state, says } = heard?.ok ? { state: heard.state, says: [...moved.says, ...heard.says] } : moved;
  const effects = await keep(tx, state, says, material, nonce);
  await noteSeen(tx, move, before, state, now);
  if (state.phase.name === "ended" && before.phase.name !== "ended") await settleRound(tx, state, material, now);
  return { ok: true, before, round: state, material, effects };
}

/** Without its case nobody can play on; ended, its deadline does not come up for ever. */
async function abandon(tx: Tx, round: Interview): Promise<Refused> {
  await tx.rounds.save({ ...round, phase: { name: "ended", how: "undeliverable" } });
  return refuse(
    "Its case has left the question bank",
    "The round is over; what was answered is kept. Start another one with `/mock start`.",
  );
}

type Plan = Omit<Parameters<typeof openLobby>[0], "case" | "minutes" | "mode"> & {
  /** "peer" when it is left out. */
  readonly mode?: Mode;
  /** One is chosen when it is left out. */
  readonly case?: string | undefined;
  /** Cases not to choose. */
  readonly played?: readonly string[];
  /** Whom the lobby calls. */
  readonly notify?: readonly string[];
};

/** One lobby at a time in a group; and one round alone at a time for a person. */
function occupied(mode: Mode, host: string, active: readonly Interview[]): Refused | undefined {
  if (MODE_RULES[mode].lobby)
    return active.some(({ phase }) => phase.name === "lobby")
      ? refuse("A lobby is open already", "Take a seat there; another can be opened when it has begun.")
      : undefined;
  return active.some((round) => round.mode === mode && answerersOf(round).includes(host))
    ? refuse("Your round is still running", "Finish it in its thread, or `/mock cancel` it there.")
    : undefined;
}

/** Opens a lobby, or begins at once where a mode has none. */
export async function startRound(
  tx: Tx,
  library: Library,
  plan: Plan,
  seats: Parameters<typeof openLobby>[1],
  now: Instant,
): Promise<{ readonly ok: true; readonly effects: readonly Effect[] } | Refused> {
  await tx.lock(`group/${plan.group}`);
  const mode = plan.mode ?? "peer";
  const busy = occupied(mode, plan.host, await tx.rounds.active(plan.group));
  if (busy) return busy;
  // A reveal would post its reference in the middle of the round.
  const open = new Set((await tx.posts.openDrills(plan.place)).map(caseOf));
  if (plan.case !== undefined && open.has(plan.case))
    return refuse(
      "A drill is on this case",
      "Its reference would be revealed during the round. Choose another one, or leave the case out.",
    );
  const slug = plan.case ?? (await caseFor(tx, library, plan, seats, open)) ?? "";
  const material = materialOf(library, slug);
  if (!material)
    return refuse("Its case has left the question bank", "Start one with `/mock start`: another case is chosen when none is named.");
  const minutes = material.framework.steps.map((step) => step.minutes);
  const { id, group, place, host, pace, turnHours } = plan;
  const { state, says } = openLobby({ id, group, place, host, mode, pace, turnHours, case: slug, minutes }, seats, now);
  return { ok: true, effects: await keep(tx, state, says, material, "start", plan.notify) };
}

/** One that is new to those with a seat, and neither asked in a drill nor kept for a planned round. */
async function caseFor(
  tx: Tx,
  library: Library,
  plan: Plan,
  seats: Parameters<typeof openLobby>[1],
  open: ReadonlySet<string | undefined>,
): Promise<string | undefined> {
  const { planned } = await tx.plans.casesInPlay(plan.place);
  const left = [...library.bank.cases.keys()].filter((slug) => !plan.played?.includes(slug));
  const free = left.filter((slug) => !open.has(slug) && !planned.includes(slug));
  const seen = await tx.seen.by(
    plan.place,
    seats.map(({ who }) => who),
  );
  const known = knownTo(seen, seats.find(({ seat }) => seat === "candidate")?.who);
  return chooseCase(free.length > 0 ? free : left, await tx.posts.drillsSeen(plan.group), plan.id, known);
}

async function keep(
  tx: Tx,
  round: Interview,
  says: readonly Say[],
  material: RoundMaterial,
  nonce: string,
  notify: readonly string[] = [],
): Promise<readonly Effect[]> {
  await tx.rounds.save(round);
  return voice(round, says, { ...material, lobby: await peopleInLobby(tx, round, notify) }, nonce);
}

/** Points, what the round said of whom, and cards of what they missed. */
async function settleRound(tx: Tx, round: Interview, material: RoundMaterial, now: Instant): Promise<void> {
  const group = await tx.groups.find(round.group);
  if (!group) return;
  await cardsOfRound(tx, group, round, material, now);
  await award(
    tx,
    group,
    roundPoints(round, coverages(readSteps(round, material), material)).map((points) => ({
      ...points,
      key: awardKey(round, points),
      at: now,
    })),
  );
  // Who held a seat to the end has sat in a round, whatever it earned.
  if (round.phase.name !== "ended" || round.phase.how !== "finished") return;
  for (const id of [...answerersOf(round), ...round.interviewers, ...round.scorers].sort())
    await tick(tx, { platform: round.place.platform, space: round.place.space, id }, { kind: "mock" }, now);
}

/** Alone with the bot a case is paid once: its reference can be read, and it could be played again and again. */
const awardKey = ({ id, mode, group, case: played }: Interview, { kind, member }: RoundPoints): string =>
  mode === "solo" && kind === "candidate" ? `solo/${group}/${played}/${member}` : `interview/${id}/${kind}/${member}`;
