/** The rules of a mock round as tables, read off the reducer itself: what each move comes to in each phase. */
import { STEPS } from "../core/content.ts";
import { advance, openLobby } from "../core/interview.ts";
import { span } from "../core/interview_material.ts";
import type { Move, Verdict } from "../core/interview_move.ts";
import {
  EXTENSION_MINUTES,
  type Interview,
  LAST_STEP,
  MAX_CURVEBALLS,
  MAX_INTERVIEWERS,
  type Pace,
  SCORING_MINUTES,
  TURN_HOURS,
  WAITS,
  WARNING_MINUTES,
} from "../core/interview_state.ts";

export const RULES_FILE = new URL("../../docs/mock-rules.md", import.meta.url);

const FAR = 1e15;
const place = { platform: "web", space: "s", channel: "c" } as const;
const people = { candidate: "the candidate", interviewer: "the interviewer", scorer: "a scorer", "no seat": "somebody" } as const;
type Person = keyof typeof people;

const lobby = (pace: Pace = "live"): Interview =>
  openLobby(
    { id: "r", group: "g", place, case: "c", host: "the host", pace, minutes: STEPS.map(() => 8), turnHours: TURN_HOURS },
    [
      { who: people.candidate, seat: "candidate" },
      { who: people.interviewer, seat: "interviewer" },
      { who: people.scorer, seat: "scorer" },
    ],
    0,
  ).state;

/** Plays moves that the rules allow; a rule that has changed stops the page from being written. */
function after(round: Interview, ...moves: readonly Move[]): Interview {
  return moves.reduce((state, move) => {
    const verdict = advance(state, move, 0);
    if (!verdict.ok) throw new Error(`The page's own ${move.kind} is refused: ${verdict.refusal.title}`);
    return verdict.state;
  }, round);
}

const next: Move = { kind: "next", who: people.interviewer, turn: undefined };
const begun = after(lobby(), { kind: "begin", who: people.candidate });
const arrived = (round: Interview): Interview =>
  round.phase.name === "step" ? after(round, { kind: "prompted", step: round.phase.step, prompt: round.phase.prompt }) : round;
const open = arrived(begun);
const last = arrived(Array.from({ length: LAST_STEP }).reduce<Interview>((round) => after(round, next), begun));
const vacant: Interview = { ...open, candidate: undefined, phase: { name: "vacant", step: 0, prompt: 1, until: FAR } };

const PHASES: readonly (readonly [string, Interview])[] = [
  ["lobby", lobby()],
  ["asked: the prompt is on its way", begun],
  ["step", open],
  ["last step", last],
  ["vacant: the candidate is gone", vacant],
  ["scoring", after(last, next)],
  ["ended", after(lobby(), { kind: "cancel", who: "the host", organizer: false })],
];

/** One of each kind, by whoever it is made for. */
const MOVES: readonly (readonly [string, Person | undefined, (who: string, round: Interview) => Move])[] = [
  ["take the candidate's seat", "no seat", (who) => ({ kind: "take", who, seat: "candidate" })],
  ["take an interviewer's seat", "no seat", (who) => ({ kind: "take", who, seat: "interviewer" })],
  ["take a scorer's seat", "no seat", (who) => ({ kind: "take", who, seat: "scorer" })],
  ["leave", "scorer", (who) => ({ kind: "leave", who })],
  ["begin", "candidate", (who) => ({ kind: "begin", who })],
  ["answer", "candidate", (who) => ({ kind: "answer", who, text: "…", turn: undefined })],
  ["ask", "interviewer", (who) => ({ kind: "ask", who, text: "…", probe: 0, turn: undefined })],
  ["throw a curveball", "interviewer", (who) => ({ kind: "curveball", who, id: "…", change: "…", turn: undefined })],
  ["take more time", "candidate", (who) => ({ kind: "extend", who, turn: undefined })],
  ["next", "interviewer", (who) => ({ kind: "next", who, turn: undefined })],
  ["read the brief", "interviewer", (who) => ({ kind: "here", who })],
  ["score step 1", "scorer", (who) => ({ kind: "score", who, step: 0, level: 3 })],
  ["cancel, as host or organizer", undefined, (who) => ({ kind: "cancel", who, organizer: true })],
  ["the prompt arrives", undefined, (_, { phase }) => ({ kind: "prompted", step: "step" in phase ? phase.step : 0, prompt: 1 })],
  ["the thread arrives", undefined, () => ({ kind: "threaded", thread: "…" })],
  ["a needed message is given up", undefined, () => ({ kind: "undeliverable" })],
  ["the time is up", undefined, () => ({ kind: "time" })],
];

function phaseName({ phase }: Interview): string {
  if (phase.name === "ended") return `ended: ${phase.how}`;
  return phase.name === "step" || phase.name === "vacant" ? `${phase.name} ${phase.step + 1}` : phase.name;
}

const outcome = (before: Interview, verdict: Verdict): string => {
  if (!verdict.ok) return `_${verdict.refusal.title}_`;
  const name = phaseName(verdict.state);
  return name === phaseName(before) ? "yes" : `**→ ${name}**`;
};

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");

/** A step that somebody is missed in may end otherwise than by its time: that is a row of its own. */
const silent = (round: Interview): Interview => ({ ...round, waiting: { candidate: undefined, interviewer: undefined } });

const phaseTable = (): string =>
  table(
    ["move", ...PHASES.map(([name]) => name)],
    [
      ...MOVES.map(([name, person, make]) => [
        name,
        ...PHASES.map(([, round]) => outcome(round, advance(silent(round), make(person ? people[person] : "the host", round), FAR))),
      ]),
      ["the candidate is silent for too long", ...PHASES.map(([, round]) => missed(round))],
    ],
  );

function missed(round: Interview): string {
  const { noShow } = WAITS[round.pace];
  if (round.phase.name !== "step") return "_Nobody is waited for_";
  const waited: Interview = { ...round, waiting: { candidate: -noShow, interviewer: undefined } };
  return outcome(round, advance(waited, { kind: "time" }, 0));
}

/** Each move in the phase that it is meant for. */
const MEANT_FOR: Readonly<Record<string, Interview>> = {
  "take the candidate's seat": vacant,
  leave: lobby(),
  begin: lobby(),
  "score step 1": after(open, next),
};

const personTable = (): string =>
  table(
    ["move", "in", ...Object.keys(people)],
    MOVES.filter(([, person]) => person !== undefined).map(([name, , make]) => {
      const round = MEANT_FOR[name] ?? (name.startsWith("take a") ? lobby() : open);
      return [name, phaseName(round), ...Object.values(people).map((who) => outcome(round, advance(round, make(who, round), 0)))];
    }),
  );

const waits = (pace: Pace): readonly string[] => [span(WAITS[pace].lobby), span(WAITS[pace].noShow), span(WAITS[pace].vacancy)];

/** The whole page. `npm run docs:rules` writes it, a test compares it. */
export const rulesPage = (): string => `# The rules of a mock round

Generated from \`src/core/interview.ts\` by \`npm run docs:rules\`; a test checks that it is current.

A round has one candidate, one or ${MAX_INTERVIEWERS} interviewers, and scorers who watch. Its clock stands still while a prompt is on its way. A \`live\` step has a time box, a warning ${WARNING_MINUTES} minutes before its end, and one extension of ${EXTENSION_MINUTES} minutes; scorers have ${SCORING_MINUTES} minutes at the end. An \`async\` turn has ${TURN_HOURS} hours unless its host says otherwise, and so have the scorers. There is ${MAX_CURVEBALLS} curveball in a round.

## How long a round waits

${table(
  ["pace", "lobby", "for who is on turn", "for who takes a free seat"],
  (["live", "async"] as const).map((pace) => [pace, ...waits(pace)]),
)}

The candidate is waited for from the delivery of a prompt, or from a question, until they answer; the interviewer from an answer until they ask, move on, score, take time or read their brief. What was due while the bot was down for more than a minute is no absence: the wait begins anew.

## What a move comes to

By whoever may make it, with all time passed. **→** names the next phase, _slanted_ words are the refusal, "yes" leaves the phase as it is.

${phaseTable()}

## Who may

${personTable()}
`;
