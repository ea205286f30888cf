/** The words around a mock round: its lobby, what runs in the channel, how it ended. */
import { everyone, interviewers, type RoundMaterial, span, stepTitle, who } from "./interview_material.ts";
import { MODE_RULES } from "./interview_modes.ts";
import {
  answerersOf,
  botInterviews,
  type Ending,
  freeSeats,
  type Interview,
  type NeededSeat,
  noShowMs,
  type Seat,
  scorersOf,
  seatsIn,
  takesTurns,
  WAITS,
} from "./interview_state.ts";
import { answerButton, briefButton } from "./interview_step_views.ts";
import { writingWords } from "./interview_talk.ts";
import { mention, moment } from "./markup.ts";
import { HOUR, MINUTE } from "./place.ts";
import type { Block, Button, Fact, View } from "./view.ts";

const seatFacts = (round: Interview): readonly Fact[] => [
  takesTurns(round) ? { name: "Answer in turn", value: everyone(answerersOf(round)) } : { name: "Candidate", value: who(round.candidate) },
  { name: round.interviewers.length > 1 ? "Interviewers" : "Interviewer", value: interviewers(round) },
];

function seats(round: Interview): Block {
  const scorers = round.scorers.length > 0 ? round.scorers.map(mention).join(", ") : "_nobody yet_";
  return { kind: "facts", facts: [...seatFacts(round), { name: "Scorers", value: scorers }] };
}

/** "45 minutes over seven steps", or the pace of a round across time zones. */
function paceWords({ pace, minutes, turnHours }: Interview): string {
  if (pace === "async") return `Seven steps with ${span(turnHours * HOUR)} each`;
  return `${span(minutes.reduce((sum, step) => sum + step, 0) * MINUTE)} over seven steps`;
}

const seatNames: { readonly [S in Seat]: string } = { candidate: "Candidate", interviewer: "Interviewer", scorer: "Scorer" };

const seatButton = (round: Interview, seat: Seat, label = seatNames[seat]): Button => ({
  label,
  command: "mock take",
  input: { round: round.id, seat },
});

const leaveButton = (round: Interview): Button => ({ label: "Leave", command: "mock leave", input: { round: round.id } });

export const freeSeatButtons = (round: Interview): Block => ({
  kind: "buttons",
  buttons: freeSeats(round).map((seat) => seatButton(round, seat, `Take the ${seat}'s seat`)),
});

/** What can be done in the channel while it runs in the thread. */
function runningBlocks(round: Interview): readonly Block[] {
  const late = takesTurns(round) ? "Whoever comes late can answer after the others. " : "";
  return [
    {
      kind: "text",
      markdown: `Running in the thread. ${late}Whoever watches can take a scorer's seat until the first step closes.`,
    },
    {
      kind: "buttons",
      buttons: [
        ...(takesTurns(round) ? [seatButton(round, "candidate", "Answer too")] : []),
        seatButton(round, "scorer", "Become a scorer"),
        ...(takesTurns(round) ? [leaveButton(round)] : []),
      ],
    },
  ];
}

/** How many each seat has room for, where that is not plain. */
function roomWords({ mode }: Interview): string {
  const { about, candidates, enough, interviewers } = MODE_RULES[mode];
  if (interviewers > 0) return `Take a seat; there is room for ${interviewers} interviewers.`;
  return `${about[0]?.toUpperCase()}${about.slice(1)}. It takes ${enough}, and there is room for ${candidates}; a lot decides who begins.`;
}

export function lobbyView(round: Interview, material: RoundMaterial): View {
  const title = `Mock round · ${material.case.title}`;
  const prompt: Block = { kind: "text", markdown: `“${material.case.prompt}”` };
  const { phase } = round;
  if (phase.name === "ended") return { title, blocks: [prompt, seats(round), { kind: "text", markdown: endingWords(phase.how, round) }] };
  if (phase.name === "vacant")
    return { title, blocks: [prompt, seats(round), { kind: "text", markdown: vacantWords(round) }, freeSeatButtons(round)] };
  if (phase.name !== "lobby") return { title, blocks: [prompt, seats(round), ...runningBlocks(round)] };
  return {
    title,
    ...(material.lobby ? { notify: material.lobby.notify } : {}),
    blocks: [
      prompt,
      {
        kind: "text",
        markdown: `${paceWords(round)}, in the thread. ${roomWords(round)} The lobby closes ${moment(phase.until, "relative")}.`,
      },
      { kind: "text", markdown: writingWords(round) },
      seats(round),
      ...(material.lobby?.blocks ?? []),
      {
        kind: "buttons",
        buttons: [
          ...seatsIn(round.mode).map((seat) =>
            seatButton(round, seat, takesTurns(round) && seat === "candidate" ? "Take a turn" : undefined),
          ),
          leaveButton(round),
          { label: "Begin", command: "mock begin", input: { round: round.id }, style: "primary" },
        ],
      },
    ],
  };
}

function vacantWords(round: Interview): string {
  const { phase } = round;
  const closes = phase.name === "vacant" ? ` If nobody does, the round closes ${moment(phase.until, "relative")}.` : "";
  return `The ${freeSeats(round).join("'s and the ")}'s seat is free. Whoever takes it goes on from this step.${closes}`;
}

/** Says in the thread who lost a seat, and how the round goes on. */
export function vacantView(round: Interview, seat: NeededSeat, lost: readonly string[]): View {
  const silence = lost.length === 0 ? "Who had it has left." : `${everyone(lost)} did nothing for ${span(noShowMs(round))}.`;
  return {
    title: `The ${seat}'s seat is free`,
    tone: "warn",
    notify: [...new Set([...lost, ...scorersOf(round)])],
    blocks: [{ kind: "text", markdown: `${silence} No harm done. ${vacantWords(round)}` }, freeSeatButtons(round)],
  };
}

/** For whoever asks where a round is. */
export function statusView(round: Interview, material: RoundMaterial): View {
  const { phase } = round;
  const until = "until" in phase ? phase.until : undefined;
  const now =
    phase.name === "step" || phase.name === "vacant" ? `step ${phase.step + 1} of 7, ${stepTitle(material, phase.step)}` : phase.name;
  const facts: Fact[] = [
    { name: "Now", value: phase.name === "ended" ? endingWords(phase.how, round) : now },
    ...(phase.name === "ended"
      ? []
      : [{ name: "Until", value: until === undefined ? "not started" : `${moment(until, "time")}, ${moment(until, "relative")}` }]),
    ...(takesTurns(round) ? [{ name: "On turn", value: who(round.candidate) }] : []),
    ...seatFacts(round),
  ];
  const notes: Readonly<Partial<Record<Interview["phase"]["name"], readonly Block[]>>> = {
    step: [{ kind: "buttons", buttons: [answerButton(round), ...(botInterviews(round) ? [] : [briefButton(round)])] }],
    vacant: [{ kind: "text", markdown: vacantWords(round) }, freeSeatButtons(round)],
  };
  return { title: `Mock round · ${material.case.title}`, blocks: [{ kind: "facts", facts }, ...(notes[phase.name] ?? [])] };
}

export const overView = (round: Interview, how: Exclude<Ending, "finished">, material: RoundMaterial): View => ({
  title: `Mock round over · ${material.case.title}`,
  tone: "warn",
  blocks: [{ kind: "text", markdown: endingWords(how, round) }],
});

function endingWords(how: Ending, { pace }: Interview): string {
  const waits = WAITS[pace];
  if (how === "finished") return "Finished. The scorecard is in the thread.";
  if (how === "cancelled") return "Cancelled. What was answered is kept; nobody earns or loses points.";
  if (how === "expired") return `The lobby closed by itself: nobody began within ${span(waits.lobby)}. Start again with \`/mock start\`.`;
  if (how === "deserted")
    return `The round closed by itself: nobody took the free seat within ${span(waits.vacancy)}. What was answered is kept; nobody earns or loses points.`;
  return "A message could not be delivered, so the round stopped. What was answered is kept; its host was told the reason.";
}
