/** The rules of an open step: answering, asking, curveballs, more time, moving on. */
import { BOT } from "./interview_modes.ts";
import { allowed, end, type MoveOf, NOBODY, opened, type Verdict, withStep } from "./interview_move.ts";
import { turned } from "./interview_seats.ts";
import {
  botInterviews,
  EXTENSION_MINUTES,
  hasAnswered,
  hasScoredAll,
  type Interview,
  LAST_STEP,
  MAX_CURVEBALLS,
  type StepPhase,
  scorersOf,
  scoringMs,
  seatOf,
  stepAt,
  stepMs,
  turnOf,
  WARNING_MINUTES,
} from "./interview_state.ts";
import { type Instant, MINUTE } from "./place.ts";
import { type Refusal, refuse } from "./refusal.ts";

export function answer(round: Interview, { who, text, turn, heard }: MoveOf<"answer">, now: Instant): Verdict {
  if (seatOf(round, who) !== "candidate")
    return refuse("Only the candidate answers", "As interviewer or scorer, keep your thoughts for the scores.");
  if (round.phase.name === "lobby") return refuse("The round has not begun", "Press **Begin** when the seats are taken.");
  const current = turnOf(round) - 1;
  const step = stepAt(round, turn);
  const record = round.steps[step];
  if (record === undefined || step > current) return refuse("That step has not come yet", "Answer the newest prompt in the thread.");
  const late = step < current;
  if (!late && who !== round.candidate) return NOT_THEIR_TURN;
  if (isSaid(round, step, who, text)) return allowed(round);
  const answered = withStep(round, step, { answers: [...record.answers, { by: who, text, at: now, late }] });
  if (late) return allowed(answered);
  // While a seat is free nobody is waited for: the step is asked again when it is taken.
  const awaited = round.phase.name === "step" ? { candidate: undefined, interviewer: round.waiting.interviewer ?? now } : round.waiting;
  const state = { ...answered, waiting: awaited };
  return heard ? allowed(state) : allowed(state, { say: "answer", step, nth: record.answers.length + 1 });
}

/** What is said again so shortly is meant: "no idea", to the next question as well. Characters. */
const SHORT = 24;

/** Said twice is said once: whoever saw no reply, because we died before it, says it again. */
function isSaid(round: Interview, step: number, who: string, text: string): boolean {
  const { answers = [], asks = [] } = round.steps[step] ?? {};
  const last = answers.at(-1);
  if (last?.text !== text || last.by !== who) return false;
  const asked = [...asks, ...round.curveballs.filter((thrown) => thrown.step === step)].some(({ at }) => at >= last.at);
  return !(asked && text.length <= SHORT);
}

export function ask(round: Interview, { who, text, probe, turn, heard }: MoveOf<"ask">, now: Instant): Verdict {
  const open = openTo(round, who, turn, ONLY_INTERVIEWERS.ask);
  if (!open.ok) return open;
  const { step } = open.phase;
  const asks = round.steps[step]?.asks ?? [];
  const last = asks.at(-1);
  if (last?.by === who && last.text === text && last.probe === probe) return allowed(round);
  if (probe !== undefined && asks.some((asked) => asked.probe === probe))
    return refuse("That was asked already", "A probe is asked once. Choose another one, or use your own words.");
  const asked = withStep(round, step, { asks: [...asks, { by: who, text, probe, at: now }] });
  const state = handedOver(asked, now);
  return heard ? allowed(state) : allowed(state, { say: "ask", step, nth: asks.length + 1 });
}

export function curveball(round: Interview, { who, id, change, turn }: MoveOf<"curveball">, now: Instant): Verdict {
  const open = openTo(round, who, turn, ONLY_INTERVIEWERS.curveball);
  if (!open.ok) return open;
  if (round.curveballs.length >= MAX_CURVEBALLS) return refuse("The curveball is thrown", "There is one in a round; it is in the thread.");
  const thrown = { ...round, curveballs: [...round.curveballs, { id, change, step: open.phase.step, by: who, at: now }] };
  return allowed(handedOver(thrown, now), { say: "curveball", nth: thrown.curveballs.length });
}

/** The interviewer has acted; now it is for the candidate to say something. */
const handedOver = (round: Interview, now: Instant): Interview => ({
  ...round,
  waiting: { candidate: round.waiting.candidate ?? now, interviewer: undefined },
});

export function extend(round: Interview, { who, turn }: MoveOf<"extend">, now: Instant): Verdict {
  const open = openTo(round, who, turn, undefined);
  if (!open.ok) return open;
  const { phase } = open;
  if (round.pace === "async") return refuse("An async turn has hours", "More time is for live rounds, whose steps have minutes.");
  if (round.steps[phase.step]?.extended)
    return refuse("This step was extended already", "Once is all there is; what is missing can come late.");
  if (phase.until === undefined) return refuse("The clock has not started", "It starts when the prompt is in the thread.");
  const until = phase.until + EXTENSION_MINUTES * MINUTE;
  const seat = seatOf(round, who);
  const state: Interview = {
    ...withStep(round, phase.step, { extended: true }),
    phase: { ...phase, until, warnAt: warningBefore(until, now) },
    // Who asks for time is there: if they were waited for, that begins anew.
    waiting: {
      candidate: seat === "candidate" && round.waiting.candidate !== undefined ? now : round.waiting.candidate,
      interviewer: seat === "interviewer" ? undefined : round.waiting.interviewer,
    },
  };
  return allowed(state, { say: "extended", step: phase.step, prompt: phase.prompt, by: who });
}

export function next(round: Interview, { who, turn }: MoveOf<"next">, now: Instant): Verdict {
  const theirs = botInterviews(round) && seatOf(round, who) === "candidate";
  const open = openTo(round, who, turn, theirs ? undefined : botInterviews(round) ? ONLY_CANDIDATES : ONLY_INTERVIEWERS.next);
  if (!open.ok) return open;
  return closeStep({ ...round, waiting: { ...round.waiting, interviewer: undefined } }, open.phase.step, now, who === BOT);
}

export function here(round: Interview, { who }: MoveOf<"here">): Verdict {
  const open = openTo(round, who, undefined, ONLY_INTERVIEWERS.here);
  return open.ok ? allowed({ ...round, waiting: { ...round.waiting, interviewer: undefined } }) : open;
}

export function prompted(round: Interview, { step, prompt }: MoveOf<"prompted">, now: Instant): Verdict {
  const { phase } = round;
  if (phase.name !== "step" || phase.step !== step || phase.prompt !== prompt || phase.until !== undefined)
    return refuse("That prompt is not awaited", "The round has moved on.");
  const until = now + stepMs(round, step);
  const state = withStep(round, step, { openedAt: now, extended: false });
  // We may have died between saying it and noting that, and an answer came first.
  const answered = prompt === 1 && round.candidate !== undefined && hasAnswered(round, round.candidate, step);
  return allowed({
    ...state,
    phase: { ...phase, until, warnAt: round.pace === "live" ? warningBefore(until, now) : undefined },
    waiting: answered ? round.waiting : { ...round.waiting, candidate: round.waiting.candidate ?? now },
  });
}

/** None when the end is so near that all have just been told of it. */
const warningBefore = (until: Instant, now: Instant): Instant | undefined =>
  until - WARNING_MINUTES * MINUTE > now ? until - WARNING_MINUTES * MINUTE : undefined;

/** `heard`: by the bot, after an answer. */
export function closeStep(round: Interview, step: number, now: Instant, heard = false): Verdict {
  const closed = withStep(round, step, { closedAt: now });
  if (step < LAST_STEP)
    return allowed(opened(turned(closed), step + 1, 1), { say: "prompt", step: step + 1, prompt: 1, ...(heard ? { heard } : {}) });
  // Alone with the bot nobody scores.
  if (scorersOf(closed).every((scorer) => hasScoredAll(closed, scorer))) return end(closed, "finished");
  const phase = { name: "scoring", until: now + scoringMs(round) } as const;
  return allowed({ ...closed, phase, waiting: NOBODY }, { say: "scoring" });
}

const ONLY_INTERVIEWERS = {
  ask: { title: "Only the interviewer asks", advice: "As scorer, keep your questions for the comments." },
  curveball: { title: "Only the interviewer throws curveballs", advice: "The candidate has to adapt to one when it comes." },
  here: { title: "The brief is for the interviewer", advice: "It would give the answers away." },
  next: { title: "Only the interviewer moves on", advice: "The step also closes by itself when its time is up." },
} as const satisfies Record<string, Refusal>;

/** Where the bot interviews, whoever is on turn says when it is enough. */
const ONLY_CANDIDATES: Refusal = { ...ONLY_INTERVIEWERS.next, title: "Only the candidate moves on" };

const NOT_THEIR_TURN = refuse("It is not your turn", "Each step is one person's; the thread says when one is yours.");

/** The open step, if this person may act in it at that turn; `only` refuses whoever is no interviewer. */
function openTo(
  round: Interview,
  who: string,
  turn: number | undefined,
  only: Refusal | undefined,
): { ok: true; phase: StepPhase } | Extract<Verdict, { ok: false }> {
  const { phase } = round;
  const seat = seatOf(round, who);
  if (phase.name === "vacant") return refuse("A seat is free", "The round goes on when somebody takes it.");
  if (phase.name !== "step") return refuse("No step is open", "There is nothing to do in one now.");
  if (only !== undefined && seat !== "interviewer") return { ok: false, refusal: only };
  if (seat !== "interviewer" && seat !== "candidate")
    return refuse("Only candidate and interviewer ask for time", "As scorer you can score a step as soon as it closes.");
  if (seat === "candidate" && who !== round.candidate) return NOT_THEIR_TURN;
  if (turn !== undefined && turn !== turnOf(round)) return refuse("That step has closed already", "Use the buttons of the newest prompt.");
  return { ok: true, phase };
}
