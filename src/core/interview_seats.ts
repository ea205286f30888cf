/** The rules of seats: the lobby, and who steps in when a seat falls free in the middle of a round. */
import { allowed, type MoveOf, NOBODY, opened, seated, unseated, type Verdict } from "./interview_move.ts";
import { closedSteps, freeSeats, type Interview, MAX_INTERVIEWERS, type NeededSeat, type Seat, seatOf, WAITS } from "./interview_state.ts";
import type { Instant } from "./place.ts";
import { refuse } from "./refusal.ts";

export function take(round: Interview, { who, seat }: MoveOf<"take">): Verdict {
  const own = seatOf(round, who);
  if (own === seat) return allowed(round);
  if (round.phase.name === "vacant" && freeSeats(round).some((free) => free === seat)) return stepIn(round, who, seat, own);
  const running = round.phase.name !== "lobby";
  if (running && (seat !== "scorer" || own !== undefined))
    return refuse("The round has begun", "Seats are fixed once it runs. You can still join as a scorer if you have no seat.");
  if (closedSteps(round) > 0) return refuse("The first step has closed", "Who scores has to be there while the candidate answers.");
  if (isTaken(round, seat)) return refuse(`The ${seat}'s seat is taken`, "Take another seat, or ask them to leave it.");
  return allowed(seated(round, who, seat), { say: "seats" });
}

const isTaken = (round: Interview, seat: Seat): boolean =>
  (seat === "candidate" && round.candidate !== undefined) || (seat === "interviewer" && round.interviewers.length >= MAX_INTERVIEWERS);

/** The step is asked again, with a whole time box, so that whoever took the seat can use it. */
function stepIn(round: Interview, who: string, seat: Seat, own: Seat | undefined): Verdict {
  const { phase } = round;
  const state = seated(round, who, seat);
  if (phase.name !== "vacant" || freeSeats(state).length > 0)
    return refuse("You are needed where you sit", `Somebody else has to take the ${seat}'s seat: the ${own}'s would fall free.`);
  const prompt = phase.prompt + 1;
  return allowed(opened(state, phase.step, prompt), { say: "seats" }, { say: "prompt", step: phase.step, prompt });
}

export function leave(round: Interview, { who }: MoveOf<"leave">): Verdict {
  if (seatOf(round, who) === undefined) return refuse("You have no seat in this round", "Take one with the buttons of the lobby.");
  if (round.phase.name !== "lobby") return refuse("The round has begun", "Finish it, or let its host cancel it with `/mock cancel`.");
  return allowed(unseated(round, who), { say: "seats" });
}

export function begin(round: Interview, { who }: MoveOf<"begin">): Verdict {
  if (round.phase.name !== "lobby") return refuse("The round has begun already", "Its next step is in the thread.");
  if (seatOf(round, who) === undefined) return refuse("Only somebody with a seat can begin", "Take a seat first.");
  const missing = freeSeats(round);
  if (missing.length > 0) return refuse(`There is no ${missing.join(" and no ")} yet`, "A round needs a candidate and an interviewer.");
  return allowed(opened(round, 0, 1), { say: "seats" }, { say: "prompt", step: 0, prompt: 1 });
}

/** Frees a seat of who did nothing for too long, and stops the step until somebody takes it. */
export function vacate(round: Interview, seat: NeededSeat, now: Instant): Verdict {
  const { phase } = round;
  if (phase.name !== "step") return refuse("No step is open", "Nobody is waited for.");
  const { step, prompt } = phase;
  const lost = seat === "candidate" ? [round.candidate].filter((who) => who !== undefined) : round.interviewers;
  const state: Interview = {
    ...lost.reduce(unseated, round),
    waiting: NOBODY,
    phase: { name: "vacant", step, prompt, until: now + WAITS[round.pace].vacancy },
  };
  return allowed(state, { say: "seats" }, { say: "vacant", step, prompt, seat, lost });
}

/**
 * The seats of the next round for the people of this one: the interviewer answers, somebody who
 * watched asks, and the candidate watches; of two people each takes the other's seat.
 */
export function turnedSeats({ candidate, interviewers, scorers }: Interview): readonly { readonly who: string; readonly seat: Seat }[] {
  const [first, second, ...rest] = [...interviewers, ...scorers, ...(candidate === undefined ? [] : [candidate])];
  return [
    ...(first === undefined ? [] : [{ who: first, seat: "candidate" } as const]),
    ...(second === undefined ? [] : [{ who: second, seat: "interviewer" } as const]),
    ...rest.map((who) => ({ who, seat: "scorer" }) as const),
  ];
}
