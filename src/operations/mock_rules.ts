/** The rules of a mock round as tables, read off the reducer itself: what each move comes to in each phase. */
import { STEPS } from "../core/content.ts";
import { advance, openLobby } from "../core/interview.ts";
import { span } from "../core/interview_material.ts";
import { BOT, MODE_RULES, MODES, type Mode } from "../core/interview_modes.ts";
import type { Move, Verdict } from "../core/interview_move.ts";
import {
  botInterviews,
  EXTENSION_MINUTES,
  type Interview,
  LAST_STEP,
  MAX_CURVEBALLS,
  type Pace,
  SCORING_MINUTES,
  TURN_HOURS,
  WAITS,
  WARNING_MINUTES,
} from "../core/interview_state.ts";

export const RULES_FILE = new URL("../../docs/mock-rules.md", import.meta.url);

const FAR = 1e15;
const place = { platform: "web", space: "s", channel: "c" } as const;
const people = {
  candidate: "the candidate",
  "next in line": "who is next",
  interviewer: "the interviewer",
  scorer: "a scorer",
  "no seat": "somebody",
} as const;
type Person = keyof typeof people;
const HOST = people.candidate;

/** Who is there in a mode. */
const castOf = (mode: Mode): readonly Person[] => [
  "candidate",
  ...(MODE_RULES[mode].candidates > 1 ? (["next in line"] as const) : []),
  ...(MODE_RULES[mode].interviewers > 0 ? (["interviewer"] as const) : []),
  "scorer",
  "no seat",
];

const lobby = (mode: Mode): Interview => {
  const seats = castOf(mode).flatMap((person) =>
    person === "no seat" ? [] : [{ who: people[person], seat: person === "next in line" ? "candidate" : person } as const],
  );
  const plan = {
    id: "r",
    group: "g",
    place,
    case: "c",
    host: HOST,
    mode,
    pace: "live",
    minutes: STEPS.map(() => 8),
    turnHours: TURN_HOURS,
  } as const;
  return openLobby(plan, seats, 0).state;
};

/** Plays moves that the rules allow; a rule that has changed stops the page from being written. */
function after(round: Interview, ...moves: readonly Move[]): Interview {
  return moves.reduce((state, move) => {
    const verdict = advance(state, move, 0);
    if (!verdict.ok) throw new Error(`The page's own ${move.kind} is refused: ${verdict.refusal.title}`);
    return verdict.state;
  }, round);
}

const lead = (round: Interview): string => (botInterviews(round) ? BOT : people.interviewer);
const next = (round: Interview): Interview => after(round, { kind: "next", who: lead(round), turn: undefined });
const arrived = (round: Interview): Interview =>
  round.phase.name === "step" ? after(round, { kind: "prompted", step: round.phase.step, prompt: round.phase.prompt }) : round;
/** The lot and the turns change who is on turn; on the page it is the candidate. */
const cast = (round: Interview): Interview => ({
  ...round,
  candidate: people.candidate,
  line: round.line.length === 0 ? [] : [people["next in line"]],
});

function phasesOf(mode: Mode) {
  const waiting = lobby(mode);
  const begun = cast(waiting.phase.name === "lobby" ? after(waiting, { kind: "begin", who: HOST }) : waiting);
  const open = arrived(begun);
  const last = cast(arrived(Array.from({ length: LAST_STEP }).reduce<Interview>(next, begun)));
  const vacant: Interview = { ...open, candidate: undefined, line: [], phase: { name: "vacant", step: 0, prompt: 1, until: FAR } };
  return { waiting, begun, open, last, vacant, scoring: next(last), ended: after(open, { kind: "cancel", who: HOST, organizer: false }) };
}

const columnsOf = (mode: Mode): readonly (readonly [string, Interview])[] => {
  const { waiting, begun, open, last, vacant, scoring, ended } = phasesOf(mode);
  return [
    ...(waiting.phase.name === "lobby" ? [["lobby", waiting] as const] : []),
    ["asked: the prompt is on its way", begun],
    ["step", open],
    ["last step", last],
    ["vacant: the candidate is gone", vacant],
    ["scoring", scoring],
    ["ended", ended],
  ];
};

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

/** A move by whoever it is made for; where the bot interviews, what an interviewer does is its own. */
const maker = (round: Interview, person: Person | undefined): string =>
  person === undefined ? HOST : person === "interviewer" ? lead(round) : people[person];

const phaseTable = (mode: Mode): string => {
  const columns = columnsOf(mode);
  return table(
    ["move", ...columns.map(([name]) => name)],
    [
      ...MOVES.map(([name, person, make]) => [
        name,
        ...columns.map(([, round]) => outcome(round, advance(silent(round), make(maker(round, person), round), FAR))),
      ]),
      ["the candidate is silent for too long", ...columns.map(([, round]) => missed(round))],
    ],
  );
};

function missed(round: Interview): string {
  const { noShow } = WAITS[round.pace];
  if (round.phase.name !== "step") return "_Nobody is waited for_";
  const waited: Interview = { ...round, waiting: { candidate: -noShow, interviewer: undefined } };
  return outcome(round, advance(waited, { kind: "time" }, 0));
}

/** Each move in the phase that it is meant for. */
function meantFor(name: string, mode: Mode): Interview {
  const { waiting, open, vacant } = phasesOf(mode);
  if (name === "take the candidate's seat") return vacant;
  if (name === "score step 1") return cast(next(open));
  return name === "begin" || name === "leave" || name.startsWith("take a") ? waiting : open;
}

const personTable = (mode: Mode): string =>
  table(
    ["move", "in", ...castOf(mode)],
    MOVES.filter(([, person]) => person !== undefined).map(([name, , make]) => {
      const round = meantFor(name, mode);
      return [name, phaseName(round), ...castOf(mode).map((person) => outcome(round, advance(round, make(people[person], round), 0)))];
    }),
  );

const waits = (pace: Pace): readonly string[] => [span(WAITS[pace].lobby), span(WAITS[pace].noShow), span(WAITS[pace].vacancy)];

const chapter = (mode: Mode): string => `## ${mode}: ${MODE_RULES[mode].about}

### What a move comes to

${phaseTable(mode)}

### Who may

${personTable(mode)}
`;

const yesNo = (yes: boolean): string => (yes ? "yes" : "no");

/** The whole page. `npm run docs:rules` writes it, a test compares it. */
export const rulesPage = (): string => `# The rules of a mock round

Generated from \`src/core/interview.ts\` by \`npm run docs:rules\`; a test checks that it is current.

The clock of a step stands still while its prompt is on its way. A \`live\` step has a time box, a warning ${WARNING_MINUTES} minutes before its end, and one extension of ${EXTENSION_MINUTES} minutes; scorers have ${SCORING_MINUTES} minutes at the end. An \`async\` turn has ${TURN_HOURS} hours unless its host says otherwise, and so have the scorers. Who is silent keeps their seat at least as long as that. There is ${MAX_CURVEBALLS} curveball in a round. Where nobody scores, a round ends with its last step.

## The modes

${table(
  ["mode", "what it is", "candidates", "begins with", "interviewers", "follow-ups of the bot in a step", "lobby"],
  MODES.map((mode) => {
    const { about, candidates, enough, interviewers, followUps, lobby } = MODE_RULES[mode];
    return [
      mode,
      about,
      String(candidates),
      String(enough),
      interviewers === 0 ? "the bot" : `1 or ${interviewers}`,
      String(followUps),
      yesNo(lobby),
    ];
  }),
)}

Where several answer, each step is one person's; a lot decides who begins, and after each step it is the next one's turn. Who leaves, or is silent in their step, is out of the line, and the next one has the step with its whole time. Everybody scores the steps of the others.

Where the bot interviews, it makes the interviewer's moves at once after an answer: a follow-up on the heaviest point that is still open, then the curveball from a step on that a lot decides, then the next step. No probe comes twice. It hears the answers in turns without a follow-up, and leaves moving on to who answers.

## How long a round waits

${table(
  ["pace", "lobby", "for who is on turn", "for who takes a free seat"],
  (["live", "async"] as const).map((pace) => [pace, ...waits(pace)]),
)}

The candidate is waited for from the delivery of a prompt, or from a question, until they answer; the interviewer from an answer until they ask, move on, score, take time or read their brief. In turns, a step that ends without a word is an absence too. What was due while the bot was down for more than a minute is no absence: the wait begins anew.

In the tables below moves are made by whoever may make them, with all time passed: **→** names the next phase, _slanted_ words are the refusal, "yes" leaves the phase as it is.

${MODES.map(chapter).join("\n")}`;
