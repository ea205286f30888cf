/** Rounds that an older version wrote, as this one knows them. What they could not have, they did not have. */
import { NOBODY } from "../core/interview_move.ts";
import { type Interview, type Phase, type StepAnswer, type StepRecord, TURN_HOURS } from "../core/interview_state.ts";

/** Before paces, questions and curveballs there was one interviewer, and only the candidate answered. */
interface FirstRound extends Pick<Interview, "id" | "group" | "place" | "case" | "host" | "minutes" | "scorers" | "scores"> {
  readonly thread?: string;
  readonly candidate?: string;
  readonly interviewer?: string;
  readonly phase: Exclude<Phase, { name: "step" | "vacant" }> | { readonly name: "step"; readonly step: number; readonly until?: number };
  readonly steps: readonly (Partial<Pick<StepRecord, "openedAt" | "closedAt">> & { readonly answers: readonly Omit<StepAnswer, "by">[] })[];
}

/** Before modes all rounds were of peers, with one candidate. */
type PeerRound = Omit<Interview, "mode" | "line">;

export type StoredRound = Interview | PeerRound | FirstRound;

export function revived(stored: StoredRound): Interview {
  if ("mode" in stored) return stored;
  if ("pace" in stored) return { ...stored, mode: "peer", line: [] };
  const { interviewer, thread, candidate, phase, steps, ...rest } = stored;
  return {
    ...rest,
    thread,
    candidate,
    interviewers: interviewer === undefined ? [] : [interviewer],
    mode: "peer",
    line: [],
    pace: "live",
    turnHours: TURN_HOURS,
    waiting: NOBODY,
    curveballs: [],
    phase: phase.name === "step" ? { name: "step", step: phase.step, prompt: 1, until: phase.until, warnAt: undefined } : phase,
    steps: steps.map(({ openedAt, closedAt, answers }) => ({
      openedAt,
      closedAt,
      extended: false,
      asks: [],
      answers: answers.map((answer) => ({ ...answer, by: candidate ?? rest.host })),
    })),
  };
}
