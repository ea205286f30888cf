/** A member leaves for good: their seat falls free, and the round goes on or keeps its numbers without them. */
import { REMOVED, unmentioned } from "./forget_view.ts";
import { type Say, unseated } from "./interview_move.ts";
import { vacate } from "./interview_seats.ts";
import { answerersOf, type Interview, seatOf } from "./interview_state.ts";
import type { Instant } from "./place.ts";

/**
 * Frees the seat of who leaves, as the rules do with who is absent. From the blind scores on nothing is
 * freed: what was played is played, and the stand-in keeps the seat.
 */
export function departed(round: Interview, who: string, now: Instant): { readonly round: Interview; readonly says: readonly Say[] } {
  const seat = seatOf(round, who);
  const { phase } = round;
  if (seat === undefined || phase.name === "scoring" || phase.name === "ended") return { round, says: [] };
  const others = unseated(round, who);
  const goesOn = phase.name !== "step" || seat === "scorer" || (seat === "interviewer" && others.interviewers.length > 0);
  if (goesOn) return { round: others, says: [{ say: "seats" }] };
  const free = vacate(others, seat, now);
  return free.ok ? { round: free.state, says: free.says } : { round: others, says: [{ say: "seats" }] };
}

/** Whether a round knows them: by a seat, or by something they did in it. */
export const knows = (round: Interview, who: string): boolean =>
  [round.host, ...answerersOf(round), ...round.interviewers, ...round.scorers].includes(who) || writersOf(round).includes(who);

const writersOf = ({ steps, curveballs, scores }: Interview): readonly string[] =>
  [...steps.flatMap(({ answers, asks }) => [...answers, ...asks]), ...curveballs, ...scores].map(({ by }) => by);

/** What somebody wrote in a round. */
export const wordsIn = ({ steps, scores }: Interview, who: string): readonly string[] => [
  ...steps.flatMap(({ answers, asks }) => [
    ...answers.filter(({ by }) => by === who).map(({ text }) => text),
    // A probe of the brief is the bank's.
    ...asks.filter(({ by, probe }) => by === who && probe === undefined).map(({ text }) => text),
  ]),
  ...scores.filter(({ by }) => by === who).flatMap(({ worked, change }) => [worked, change].filter((text) => text !== undefined)),
];

/**
 * The round with `as` in the place of a member, and without their words. Levels, times, seats and the words
 * of all others stay as they are, so every median does; rubric coverage does unless it was their answer.
 */
export function pseudonymised(round: Interview, who: string, as: string): Interview {
  const name = (id: string) => (id === who ? as : id);
  const stand = <T extends string | undefined>(id: T) => (id === who ? as : id);
  const own = <T extends { readonly by: string }>(said: T, without: Partial<T>): T =>
    said.by === who ? { ...said, ...without, by: as } : said;
  const words = <T extends { readonly by: string; readonly text: string }>(said: T): T => {
    const bare = own(said, {});
    return { ...bare, text: said.by === who ? REMOVED : unmentioned(said.text, who) };
  };
  return {
    ...round,
    host: name(round.host),
    candidate: stand(round.candidate),
    line: round.line.map(name),
    interviewers: round.interviewers.map(name),
    scorers: round.scorers.map(name),
    steps: round.steps.map((step) => ({
      ...step,
      answers: step.answers.map(words),
      asks: step.asks.map((ask) => (ask.probe === undefined ? words(ask) : own(ask, {}))),
    })),
    curveballs: round.curveballs.map((thrown) => own(thrown, {})),
    scores: round.scores.map((score) =>
      score.by === who
        ? { ...score, by: as, worked: undefined, change: undefined }
        : {
            ...score,
            worked: score.worked && unmentioned(score.worked, who),
            change: score.change && unmentioned(score.change, who),
          },
    ),
  };
}

interface Comment {
  readonly step: number;
  readonly level: number;
  readonly worked?: string | undefined;
  readonly change?: string | undefined;
}

interface Words {
  readonly step: number;
  /** UTC, ISO 8601. */
  readonly at: string;
  readonly text: string;
}

interface OwnPart {
  readonly round: string;
  readonly case: string;
  readonly seat: string;
  readonly said: readonly Words[];
  readonly asked: readonly Words[];
  readonly curveballs: readonly { readonly step: number; readonly change: string }[];
  readonly given: readonly Comment[];
  /** What others scored them as the candidate, without names. */
  readonly received: readonly Comment[];
}

/** What a round keeps about one member. Blind scores stay blind until all are shown. `iso` writes an instant in UTC. */
export function ownPart(round: Interview, who: string, iso: (at: Instant) => string): OwnPart {
  const { phase } = round;
  const shown = phase.name === "ended" && phase.how === "finished" && round.candidate === who;
  const mine = <T extends { readonly by: string }>(all: readonly T[]) => all.filter(({ by }) => by === who);
  const comment = ({ step, level, worked, change }: Interview["scores"][number]) => ({ step: step + 1, level, worked, change });
  return {
    round: round.id,
    case: round.case,
    seat: seatOf(round, who) ?? (round.host === who ? "host" : "left before the end"),
    said: round.steps.flatMap(({ answers }, at) => mine(answers).map(({ text, at: when }) => ({ step: at + 1, at: iso(when), text }))),
    asked: round.steps.flatMap(({ asks }, at) => mine(asks).map(({ text, at: when }) => ({ step: at + 1, at: iso(when), text }))),
    curveballs: mine(round.curveballs).map(({ step, change }) => ({ step: step + 1, change })),
    given: mine(round.scores).map(comment),
    received: shown ? round.scores.filter(({ by }) => by !== who).map(comment) : [],
  };
}
