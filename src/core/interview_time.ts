/** What a round does by itself, and when. All of it is read off the round: there are no timers. */
import { allowed, end, type Verdict } from "./interview_move.ts";
import { passOn, vacate } from "./interview_seats.ts";
import { botInterviews, hasAnswered, type Interview, type NeededSeat, noShowMs } from "./interview_state.ts";
import { closeStep } from "./interview_step.ts";
import { type Instant, MINUTE } from "./place.ts";
import { refuse } from "./refusal.ts";

type Due =
  | { readonly what: "end" | "warning"; readonly at: Instant }
  | { readonly what: "no-show"; readonly at: Instant; readonly seat: NeededSeat };

/** Noticed later than this, an absence is our own: we were down, and nobody could act. */
const NOTICED_MS = MINUTE;

/** The next thing that is due in a round; undefined when it waits for a delivery, or is over. */
export function dueOf(round: Interview): Due | undefined {
  const { phase, waiting } = round;
  if (phase.name === "ended") return undefined;
  if (phase.name !== "step") return { what: "end", at: phase.until };
  if (phase.until === undefined) return undefined;
  const absent = (seat: NeededSeat): readonly Due[] => {
    const since = waiting[seat];
    return since === undefined ? [] : [{ what: "no-show", seat, at: since + noShowMs(round) }];
  };
  // Of two at once the first counts: a step does not close over an empty seat.
  const all: readonly Due[] = [
    ...absent("candidate"),
    ...(botInterviews(round) ? [] : absent("interviewer")),
    ...(phase.warnAt === undefined ? [] : [{ what: "warning", at: phase.warnAt } as const]),
    { what: "end", at: phase.until },
  ];
  return all.reduce((first, other) => (other.at < first.at ? other : first));
}

/** Does the one thing that is due first. After downtime there may be more: each has its own move. */
export function time(round: Interview, now: Instant): Verdict {
  const due = dueOf(round);
  if (due === undefined || now < due.at) return refuse("Nothing is due", "The deadline has not passed.");
  const wasDown = now - due.at > NOTICED_MS;
  if (due.what !== "no-show") return due.what === "end" ? timeUp(round, now, wasDown) : warn(round, now);
  if (wasDown) return allowed({ ...round, waiting: { ...round.waiting, [due.seat]: now } });
  return vacate(round, due.seat, now);
}

function timeUp(round: Interview, now: Instant, wasDown: boolean): Verdict {
  const { phase, candidate, line } = round;
  switch (phase.name) {
    case "lobby":
      return end(round, "expired");
    case "vacant":
      return end(round, "deserted");
    case "step":
      // A step is often shorter than the wait for a no-show; where others can answer, its silence is one.
      return candidate !== undefined && line.length > 0 && !wasDown && !hasAnswered(round, candidate, phase.step)
        ? passOn(round, phase, candidate)
        : closeStep(round, phase.step, now);
    default:
      return end(round, "finished");
  }
}

function warn(round: Interview, now: Instant): Verdict {
  const { phase } = round;
  if (phase.name !== "step" || phase.until === undefined || now >= phase.until) return timeUp(round, now, true);
  const { step, prompt } = phase;
  const extended = round.steps[step]?.extended ?? false;
  return allowed({ ...round, phase: { ...phase, warnAt: undefined } }, { say: "warning", step, prompt, extended });
}
