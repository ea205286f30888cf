/**
 * The rules of a mock round. They are one for all modes; what differs is in interview_modes.ts, and
 * where the bot interviews it makes its moves like anybody else (interview_bot.ts).
 *
 * A round is told what somebody did, and when; it answers with the next round and with what is
 * to be said, or with a refusal. It knows no platform, no clock and no text of a case. All of it
 * as a table: docs/mock-rules.md.
 */
import { STEPS } from "./content.ts";
import { MODE_RULES } from "./interview_modes.ts";
import { allowed, end, type Move, type MoveOf, NOBODY, opened, type Say, seated, type Verdict } from "./interview_move.ts";
import { begin, leave, take } from "./interview_seats.ts";
import { closedSteps, hasAnswered, hasScoredAll, type Interview, LEVELS, type Seat, scorersOf, seatOf, WAITS } from "./interview_state.ts";
import { answer, ask, curveball, extend, here, next, prompted } from "./interview_step.ts";
import { time } from "./interview_time.ts";
import type { Instant } from "./place.ts";
import { refuse } from "./refusal.ts";

/** Opens a lobby with those seats taken; there has to be room for them. A mode without one begins at once, if its candidate is there. */
export function openLobby(
  round: Pick<Interview, "id" | "group" | "place" | "case" | "host" | "mode" | "pace" | "minutes" | "turnHours">,
  seats: readonly { readonly who: string; readonly seat: Seat }[],
  now: Instant,
): { readonly state: Interview; readonly says: readonly Say[] } {
  const empty: Interview = {
    ...round,
    phase: { name: "lobby", until: now + WAITS[round.pace].lobby },
    thread: undefined,
    candidate: undefined,
    line: [],
    interviewers: [],
    scorers: [],
    waiting: NOBODY,
    steps: STEPS.map(() => ({ openedAt: undefined, closedAt: undefined, extended: false, answers: [], asks: [] })),
    curveballs: [],
    scores: [],
  };
  const state = seats.reduce((state, { who, seat }) => seated(state, who, seat), empty);
  if (MODE_RULES[round.mode].lobby || state.candidate === undefined) return { state, says: [{ say: "lobby" }] };
  return { state: opened(state, 0, 1), says: [{ say: "lobby" }, { say: "prompt", step: 0, prompt: 1 }] };
}

/** Applies one move. Total: every phase and move gives a next round or a refusal. */
export function advance(round: Interview, move: Move, now: Instant): Verdict {
  if (round.phase.name === "ended" && move.kind !== "threaded")
    return refuse("This round is over", "Start another one with `/mock start`.");
  switch (move.kind) {
    case "take":
      return take(round, move);
    case "leave":
      return leave(round, move);
    case "begin":
      return begin(round, move);
    case "answer":
      return answer(round, move, now);
    case "ask":
      return ask(round, move, now);
    case "curveball":
      return curveball(round, move, now);
    case "extend":
      return extend(round, move, now);
    case "next":
      return next(round, move, now);
    case "here":
      return here(round, move);
    case "score":
      return score(round, move);
    case "cancel":
      return cancel(round, move);
    case "time":
      return time(round, now);
    case "threaded":
      return allowed({ ...round, thread: move.thread });
    case "prompted":
      return prompted(round, move, now);
    case "undeliverable":
      return end(round, "undeliverable");
  }
}

function score(round: Interview, move: MoveOf<"score">): Verdict {
  const { who: by, step, level, worked, change } = move;
  if (!scorersOf(round).includes(by))
    return refuse("Only the interviewer and scorers score", "Nobody scores themselves. Take a scorer's seat in the lobby.");
  if (!(step >= 0 && step < closedSteps(round)))
    return refuse("That step is not closed yet", "It can be scored when the round has moved on.");
  if (hasAnswered(round, by, step)) return refuse("You answered that step", "Nobody scores themselves. Score the steps of the others.");
  if (!LEVELS.some((known) => known === level)) return refuse("That is not a level", "Choose 1, 2, 3 or 4.");
  const others = round.scores.filter((given) => given.by !== by || given.step !== step);
  const given = { ...round, scores: [...others, { by, step, level, worked, change }] };
  const state = seatOf(round, by) === "interviewer" ? { ...given, waiting: { ...given.waiting, interviewer: undefined } } : given;
  const complete = state.phase.name === "scoring" && scorersOf(state).every((scorer) => hasScoredAll(state, scorer));
  return complete ? end(state, "finished") : allowed(state);
}

function cancel(round: Interview, { who, organizer }: MoveOf<"cancel">): Verdict {
  if (who !== round.host && !organizer)
    return refuse("Only its host or an organizer can cancel a round", "Ask them, or let the time boxes run out.");
  return end(round, "cancelled");
}
