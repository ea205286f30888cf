/** The rules of seats: the lobby, whose turn it is, and who steps in when a seat falls free in the middle of a round. */
import { hash } from "./hash.ts";
import { BOT, MODE_RULES } from "./interview_modes.ts";
import { allowed, type MoveOf, NOBODY, opened, seated, unseated, type Verdict } from "./interview_move.ts";
import {
  answerersOf,
  botInterviews,
  closedSteps,
  freeSeats,
  type Interview,
  type NeededSeat,
  type Seat,
  type StepPhase,
  seatOf,
  takesTurns,
  WAITS,
} from "./interview_state.ts";
import type { Instant } from "./place.ts";
import { refuse } from "./refusal.ts";

export function take(round: Interview, { who, seat }: MoveOf<"take">): Verdict {
  if (who === BOT) return refuse("The bot takes no seat", "It interviews where nobody else does.");
  const own = seatOf(round, who);
  if (own === seat) return allowed(round);
  if (seat === "interviewer" && botInterviews(round))
    return refuse("The bot interviews in this round", "Take a scorer's seat, or start a round with `mode:peer` to interview.");
  if (round.phase.name === "vacant" && freeSeats(round).some((free) => free === seat)) return stepIn(round, who, seat, own);
  const running = round.phase.name !== "lobby";
  if (running && own !== undefined) return refuse("The round has begun", "Seats are fixed once it runs, and you have one.");
  // Whoever comes late to a round in turns answers after the others.
  const open = seat === "candidate" ? takesTurns(round) && round.phase.name === "step" : seat === "scorer";
  if (running && !open)
    return refuse("The round has begun", "Seats are fixed once it runs. You can still join as a scorer if you have no seat.");
  if (seat === "scorer" && closedSteps(round) > 0)
    return refuse("The first step has closed", "Who scores has to be there while the candidate answers.");
  if (isTaken(round, seat)) return refuse(`The ${seat}'s seat is taken`, "Take another seat, or ask them to leave it.");
  return allowed(seated(round, who, seat), { say: "seats" });
}

const isTaken = (round: Interview, seat: Seat): boolean =>
  (seat === "candidate" && answerersOf(round).length >= MODE_RULES[round.mode].candidates) ||
  (seat === "interviewer" && round.interviewers.length >= MODE_RULES[round.mode].interviewers);

/** The step is asked again, with a whole time box, so that whoever took the seat can use it. */
function stepIn(round: Interview, who: string, seat: Seat, own: Seat | undefined): Verdict {
  const { phase } = round;
  const state = seated(round, who, seat);
  if (phase.name !== "vacant" || freeSeats(state).length > 0)
    return refuse("You are needed where you sit", `Somebody else has to take the ${seat}'s seat: the ${own}'s would fall free.`);
  return askedAgain(state, phase);
}

function askedAgain(round: Interview, phase: { readonly step: number; readonly prompt: number }, lost?: string): Verdict {
  const { step, prompt } = { step: phase.step, prompt: phase.prompt + 1 };
  const state = opened({ ...round, waiting: NOBODY }, step, prompt);
  return allowed(state, { say: "seats" }, { say: "prompt", step, prompt, ...(lost === undefined ? {} : { lost }) });
}

export function leave(round: Interview, { who }: MoveOf<"leave">): Verdict {
  const seat = seatOf(round, who);
  if (seat === undefined) return refuse("You have no seat in this round", "Take one with the buttons of the lobby.");
  if (round.phase.name === "lobby") return allowed(unseated(round, who), { say: "seats" });
  // Where others answer too, nobody is held.
  if (round.phase.name !== "step" || seat !== "candidate" || round.line.length === 0)
    return refuse("The round has begun", "Finish it, or let its host cancel it with `/mock cancel`.");
  return who === round.candidate ? passOn(round, round.phase, who) : allowed(unseated(round, who), { say: "seats" });
}

/** The step goes to the next in line, and whose turn it was is out of it. */
export const passOn = (round: Interview, phase: StepPhase, lost: string): Verdict => askedAgain(unseated(round, lost), phase, lost);

export function begin(round: Interview, { who }: MoveOf<"begin">): Verdict {
  if (round.phase.name !== "lobby") return refuse("The round has begun already", "Its next step is in the thread.");
  if (seatOf(round, who) === undefined) return refuse("Only somebody with a seat can begin", "Take a seat first.");
  const missing = freeSeats(round);
  if (missing.length > 0) return refuse(`There is no ${missing.join(" and no ")} yet`, "A round needs a candidate and an interviewer.");
  const { enough } = MODE_RULES[round.mode];
  if (answerersOf(round).length < enough)
    return refuse(`It takes ${enough} to answer in turn`, "Wait for another one, or play alone with `/mock start mode:solo`.");
  return allowed(opened(inFairOrder(round), 0, 1), { say: "seats" }, { say: "prompt", step: 0, prompt: 1 });
}

/** By lot, which the round's id draws: else who opens the lobby would answer first, and most often, every time. */
function inFairOrder(round: Interview): Interview {
  const lot = (who: string) => hash(`${round.id}/${who}`);
  const [candidate, ...line] = [...answerersOf(round)].sort((a, b) => lot(a) - lot(b) || (a < b ? -1 : 1));
  return { ...round, candidate, line };
}

/** After a step it is the next one's turn; of one alone it stays theirs. */
export function turned(round: Interview): Interview {
  const [candidate, ...line] = round.line;
  if (candidate === undefined || round.candidate === undefined) return round;
  return { ...round, candidate, line: [...line, round.candidate], waiting: NOBODY };
}

/** Frees a seat of who did nothing for too long. The next in line goes on; where nobody is, the step stops until somebody takes the seat. */
export function vacate(round: Interview, seat: NeededSeat, now: Instant): Verdict {
  const { phase, candidate } = round;
  if (phase.name !== "step") return refuse("No step is open", "Nobody is waited for.");
  if (seat === "candidate" && candidate !== undefined && round.line.length > 0) return passOn(round, phase, candidate);
  const { step, prompt } = phase;
  const lost = seat === "candidate" ? [candidate].filter((who) => who !== undefined) : round.interviewers;
  const state: Interview = {
    ...lost.reduce(unseated, round),
    waiting: NOBODY,
    phase: { name: "vacant", step, prompt, until: now + WAITS[round.pace].vacancy },
  };
  return allowed(state, { say: "seats" }, { say: "vacant", step, prompt, seat, lost });
}

/**
 * The seats of the next round for the people of this one. The interviewer answers, somebody who
 * watched asks, and the candidate watches; of two people each takes the other's seat. In turns all
 * answer, as far as there is room. Whoever asks for another round with the bot has it alone: it begins at once.
 */
export function turnedSeats(round: Interview, by: string): readonly { readonly who: string; readonly seat: Seat }[] {
  const people = [...round.interviewers, ...round.scorers, ...answerersOf(round)];
  if (!MODE_RULES[round.mode].lobby) return [{ who: by, seat: "candidate" }];
  const { candidates } = MODE_RULES[round.mode];
  return people.map((who, nth) => {
    if (nth < candidates) return { who, seat: "candidate" };
    return { who, seat: nth === 1 ? "interviewer" : "scorer" };
  });
}
