/**
 * The rules of a mock round in peer mode: one candidate, one interviewer, scorers who watch.
 *
 * A round is told what somebody did, and when; it answers with the next round and with what is
 * to be said, or with a refusal. It knows no platform, no clock and no text of a case.
 */
import { STEPS } from "./content.ts";
import {
  closedSteps,
  type Ending,
  hasScoredAll,
  type Interview,
  LAST_STEP,
  LEVELS,
  LOBBY_MINUTES,
  SCORING_MINUTES,
  type Seat,
  type StepRecord,
  scorersOf,
  seatOf,
  stepAt,
  turnOf,
} from "./interview_state.ts";
import { type Instant, MINUTE } from "./place.ts";
import { type Refusal, refuse } from "./refusal.ts";

export type Move =
  | { readonly kind: "take"; readonly who: string; readonly seat: Seat }
  | { readonly kind: "leave"; readonly who: string }
  | { readonly kind: "begin"; readonly who: string }
  | { readonly kind: "answer"; readonly who: string; readonly text: string; readonly turn: number | undefined }
  | { readonly kind: "next"; readonly who: string; readonly turn: number | undefined }
  | {
      readonly kind: "score";
      readonly who: string;
      readonly step: number;
      readonly level: number;
      readonly worked?: string | undefined;
      readonly change?: string | undefined;
    }
  | { readonly kind: "cancel"; readonly who: string; readonly organizer: boolean }
  /** A deadline may have passed. */
  | { readonly kind: "time" }
  /** The platform has the thread, or the prompt of a step, or never will have what the round needs. */
  | { readonly kind: "threaded"; readonly thread: string }
  | { readonly kind: "prompted"; readonly step: number }
  | { readonly kind: "undeliverable" };

/** What the round wants said; interview_voice.ts finds the words and the places. */
export type Say =
  | { readonly say: "lobby" }
  | { readonly say: "seats" }
  | { readonly say: "prompt"; readonly step: number }
  | { readonly say: "answer"; readonly step: number; readonly nth: number }
  | { readonly say: "scoring" }
  | { readonly say: "ended"; readonly how: Ending };

export type Verdict =
  | { readonly ok: true; readonly state: Interview; readonly says: readonly Say[] }
  | { readonly ok: false; readonly refusal: Refusal };

/** Opens a lobby; whoever starts it sits down at once. */
export function openLobby(
  round: Pick<Interview, "id" | "group" | "place" | "case" | "host" | "minutes">,
  seat: Seat,
  now: Instant,
): { readonly state: Interview; readonly says: readonly Say[] } {
  const empty: Interview = {
    ...round,
    phase: { name: "lobby", until: now + LOBBY_MINUTES * MINUTE },
    thread: undefined,
    candidate: undefined,
    interviewer: undefined,
    scorers: [],
    steps: STEPS.map(() => ({ openedAt: undefined, closedAt: undefined, answers: [] })),
    scores: [],
  };
  return { state: seated(empty, round.host, seat), says: [{ say: "lobby" }] };
}

/** Applies one move. Total: every phase and move gives a next round or a refusal. */
export function advance(round: Interview, move: Move, now: Instant): Verdict {
  if (round.phase.name === "ended" && move.kind !== "threaded")
    return refuse("This round is over", "Start another one with `/mock start`.");
  switch (move.kind) {
    case "take":
      return take(round, move.who, move.seat);
    case "leave":
      return leave(round, move.who);
    case "begin":
      return begin(round, move.who);
    case "answer":
      return answer(round, move.who, move.text, move.turn, now);
    case "next":
      return next(round, move.who, move.turn, now);
    case "score":
      return score(round, move);
    case "cancel":
      return cancel(round, move.who, move.organizer);
    case "time":
      return time(round, now);
    case "threaded":
      return { ok: true, state: { ...round, thread: move.thread }, says: [] };
    case "prompted":
      return prompted(round, move.step, now);
    case "undeliverable":
      return end(round, "undeliverable");
  }
}

function take(round: Interview, who: string, seat: Seat): Verdict {
  if (seatOf(round, who) === seat) return { ok: true, state: round, says: [] };
  const running = round.phase.name !== "lobby";
  if (running && (seat !== "scorer" || seatOf(round, who) !== undefined))
    return refuse("The round has begun", "Seats are fixed once it runs. You can still join as a scorer if you have no seat.");
  if (closedSteps(round) > 0) return refuse("The first step has closed", "Who scores has to be there while the candidate answers.");
  const holder = seat === "scorer" ? undefined : round[seat];
  if (holder !== undefined) return refuse(`The ${seat}'s seat is taken`, "Take another seat, or ask them to leave it.");
  return { ok: true, state: seated(round, who, seat), says: [{ say: "seats" }] };
}

function leave(round: Interview, who: string): Verdict {
  if (seatOf(round, who) === undefined) return refuse("You have no seat in this round", "Take one with the buttons of the lobby.");
  if (round.phase.name !== "lobby") return refuse("The round has begun", "Finish it, or let its host cancel it with `/mock cancel`.");
  return { ok: true, state: unseated(round, who), says: [{ say: "seats" }] };
}

function begin(round: Interview, who: string): Verdict {
  if (round.phase.name !== "lobby") return refuse("The round has begun already", "Its next step is in the thread.");
  if (seatOf(round, who) === undefined) return refuse("Only somebody with a seat can begin", "Take a seat first.");
  const missing = (["candidate", "interviewer"] as const).filter((seat) => round[seat] === undefined);
  if (missing.length > 0) return refuse(`There is no ${missing.join(" and no ")} yet`, "A round needs a candidate and an interviewer.");
  return { ok: true, ...opened(round, 0), says: [{ say: "seats" }, { say: "prompt", step: 0 }] };
}

function answer(round: Interview, who: string, text: string, turn: number | undefined, now: Instant): Verdict {
  if (who !== round.candidate) return refuse("Only the candidate answers", "As interviewer or scorer, keep your thoughts for the scores.");
  if (round.phase.name === "lobby") return refuse("The round has not begun", "Press *Begin* when the seats are taken.");
  const current = turnOf(round) - 1;
  const step = stepAt(round, turn);
  const record = round.steps[step];
  if (record === undefined || step > current) return refuse("That step has not come yet", "Answer the newest prompt in the thread.");
  // Said twice is said once: whoever saw no reply, because we died before it, says it again.
  if (record.answers.at(-1)?.text === text) return { ok: true, state: round, says: [] };
  const late = round.phase.name !== "step" || step < current;
  const state = withStep(round, step, { ...record, answers: [...record.answers, { text, at: now, late }] });
  return { ok: true, state, says: late ? [] : [{ say: "answer", step, nth: record.answers.length + 1 }] };
}

function next(round: Interview, who: string, turn: number | undefined, now: Instant): Verdict {
  if (round.phase.name !== "step") return refuse("No step is open", "There is nothing to move on from.");
  if (who !== round.interviewer) return refuse("Only the interviewer moves on", "The step also closes by itself when its time is up.");
  if (turn !== undefined && turn !== turnOf(round)) return refuse("That step has closed already", "Use the buttons of the newest prompt.");
  return closeStep(round, round.phase.step, now);
}

function score(round: Interview, move: Extract<Move, { kind: "score" }>): Verdict {
  if (!scorersOf(round).includes(move.who))
    return refuse("Only the interviewer and scorers score", "Nobody scores themselves. Take a scorer's seat in the lobby.");
  if (!(move.step >= 0 && move.step < closedSteps(round)))
    return refuse("That step is not closed yet", "It can be scored when the round has moved on.");
  if (!LEVELS.some((level) => level === move.level)) return refuse("That is not a level", "Choose 1, 2, 3 or 4.");
  const { who: by, step, level, worked, change } = move;
  const others = round.scores.filter((given) => given.by !== by || given.step !== step);
  const state = { ...round, scores: [...others, { by, step, level, worked, change }] };
  const complete = state.phase.name === "scoring" && scorersOf(state).every((scorer) => hasScoredAll(state, scorer));
  return complete ? end(state, "finished") : { ok: true, state, says: [] };
}

function cancel(round: Interview, who: string, organizer: boolean): Verdict {
  if (who !== round.host && !organizer)
    return refuse("Only its host or an organizer can cancel a round", "Ask them, or let the time boxes run out.");
  return end(round, "cancelled");
}

function time(round: Interview, now: Instant): Verdict {
  const { phase } = round;
  if (phase.name === "ended" || phase.until === undefined || now < phase.until)
    return refuse("Nothing is due", "The deadline has not passed.");
  if (phase.name === "lobby") return end(round, "expired");
  return phase.name === "step" ? closeStep(round, phase.step, now) : end(round, "finished");
}

function prompted(round: Interview, step: number, now: Instant): Verdict {
  const { phase } = round;
  const record = round.steps[step];
  const minutes = round.minutes[step];
  if (phase.name !== "step" || phase.step !== step || phase.until !== undefined || record === undefined || minutes === undefined)
    return refuse("That prompt is not awaited", "The round has moved on.");
  const state = withStep(round, step, { ...record, openedAt: now });
  return { ok: true, state: { ...state, phase: { ...phase, until: now + minutes * MINUTE } }, says: [] };
}

function closeStep(round: Interview, step: number, now: Instant): Verdict {
  const record = round.steps[step];
  const closed = record === undefined ? round : withStep(round, step, { ...record, closedAt: now });
  if (step < LAST_STEP) return { ok: true, ...opened(closed, step + 1), says: [{ say: "prompt", step: step + 1 }] };
  const state: Interview = { ...closed, phase: { name: "scoring", until: now + SCORING_MINUTES * MINUTE } };
  return { ok: true, state, says: [{ say: "scoring" }] };
}

const opened = (round: Interview, step: number): { state: Interview } => ({
  state: { ...round, phase: { name: "step", step, until: undefined } },
});

const end = (round: Interview, how: Ending): Verdict => ({
  ok: true,
  state: { ...round, phase: { name: "ended", how } },
  says: [{ say: "ended", how }],
});

function seated(round: Interview, who: string, seat: Seat): Interview {
  const free = unseated(round, who);
  return seat === "scorer" ? { ...free, scorers: [...free.scorers, who] } : { ...free, [seat]: who };
}

const unseated = (round: Interview, who: string): Interview => ({
  ...round,
  candidate: round.candidate === who ? undefined : round.candidate,
  interviewer: round.interviewer === who ? undefined : round.interviewer,
  scorers: round.scorers.filter((scorer) => scorer !== who),
});

const withStep = (round: Interview, step: number, record: StepRecord): Interview => ({
  ...round,
  steps: round.steps.map((old, at) => (at === step ? record : old)),
});
