/** The words of a planned round: its announcement, reminders, and how it ended. */
import { span } from "./interview_material.ts";
import { MODE_RULES } from "./interview_modes.ts";
import { mention, moment } from "./markup.ts";
import { AT_LEAST, type Comer, LATEST_MS, type MockPlan, type PlanEnd, REMINDERS } from "./mock_plan.ts";
import { HOUR } from "./place.ts";
import { type LastCandidate, proposeSeats, turnWords, type Wish } from "./seat_ledger.ts";
import type { Block, Button, Fact, View } from "./view.ts";

const WISH_WORDS: { readonly [W in Wish]: string } = {
  any: "",
  candidate: " as candidate",
  interviewer: " as interviewer",
  scorer: " as scorer",
};

const comes = ({ who, as }: Comer): string => `${mention(who)}${WISH_WORDS[as]}`;
const members = (ids: readonly string[]): string => ids.map(mention).join(", ");

const come = (plan: MockPlan, label: string, as: Wish | "no", style?: "primary"): Button => ({
  label,
  command: "mock come",
  input: { plan: plan.id, as },
  ...(style ? { style } : {}),
});

const cancelButton = (plan: MockPlan): Button => ({
  label: "Cancel the round",
  command: "mock unplan",
  input: { plan: plan.id },
  style: "danger",
});

const planButtons = (plan: MockPlan): readonly Block[] => [
  {
    kind: "buttons",
    buttons: [
      come(plan, "I come", "any", "primary"),
      ...(inTurns(plan) ? [] : [come(plan, "As candidate", "candidate"), come(plan, "As interviewer", "interviewer")]),
      come(plan, "As scorer", "scorer"),
      come(plan, "I cannot", "no"),
    ],
  },
  { kind: "buttons", buttons: [cancelButton(plan)] },
];

const paceWords = ({ pace, turnHours }: MockPlan): string =>
  pace === "live" ? "live, about an hour with the scores" : `${span(turnHours * HOUR)} for each turn, across time zones`;

/** All answer, and nobody is asked for a seat but who only watches. */
const inTurns = ({ mode }: MockPlan): boolean => MODE_RULES[mode].candidates > 1;

/** Whom the ledger and the wishes would seat, as it stands. */
function seatWords(plan: MockPlan, last: LastCandidate): string {
  const seats = proposeSeats(plan.coming, last, plan.mode);
  if (inTurns(plan)) return `${members(seats.flatMap(({ who, seat }) => (seat === "candidate" ? [who] : [])))} answer in turn`;
  const candidate = seats.find(({ seat }) => seat === "candidate");
  const interviewers = seats.filter(({ seat }) => seat === "interviewer").map(({ who }) => who);
  return [
    candidate ? `candidate ${turnWords(candidate.who, last)}` : "no candidate yet",
    interviewers.length > 0 ? `interviewer ${members(interviewers)}` : "no interviewer yet",
  ].join("; ");
}

export function planFacts(plan: MockPlan, last: LastCandidate): readonly Fact[] {
  return [
    { name: "When", value: `${moment(plan.at)}, ${moment(plan.at, "relative")}` },
    { name: "Mode", value: `${plan.mode}: ${MODE_RULES[plan.mode].about}` },
    { name: "Pace", value: paceWords(plan) },
    {
      name: "Case",
      value:
        plan.case === undefined
          ? "one that is new to those who come; the lobby shows it"
          : `chosen by ${mention(plan.host)}; the lobby shows it`,
    },
    { name: "Coming", value: plan.coming.length > 0 ? plan.coming.map(comes).join(", ") : "_nobody yet_" },
    ...(plan.notComing.length > 0 ? [{ name: "Cannot", value: members(plan.notComing) }] : []),
    ...(plan.coming.length >= AT_LEAST ? [{ name: "Seats so far", value: seatWords(plan, last) }] : []),
  ];
}

export function announcementView(plan: MockPlan, last: LastCandidate): View {
  if (plan.ended)
    return {
      title: "Mock round planned · over",
      blocks: [
        { kind: "facts", facts: planFacts(plan, last).filter(({ name }) => ["When", "Coming"].includes(name)) },
        { kind: "text", markdown: endWords(plan.ended) },
      ],
    };
  const [first, second] = REMINDERS.map(span);
  return {
    title: "A mock round is planned",
    blocks: [
      { kind: "facts", facts: planFacts(plan, last) },
      {
        kind: "text",
        markdown: `Who comes is reminded ${first} before and ${second} before; the lobby opens here at the hour.${inTurns(plan) ? "" : " Wishes come first, then whoever has not been candidate for longest."} With fewer than ${AT_LEAST} it is called off. ${mention(plan.host)} or an organizer can cancel it.`,
      },
      ...planButtons(plan),
    ],
  };
}

export function reminderView(plan: MockPlan): View {
  const few = plan.coming.length < AT_LEAST ? " Nobody else comes yet: with one alone it is called off at the hour. Ask somebody?" : "";
  return {
    title: "Your mock round is near",
    notify: plan.coming.map(({ who }) => who),
    blocks: [
      {
        kind: "text",
        markdown: `It begins ${moment(plan.at, "relative")}, at ${moment(plan.at)}. The lobby opens here.${few} Something came up? Say so, that the others know.`,
      },
      { kind: "buttons", buttons: [come(plan, "I cannot", "no")] },
    ],
  };
}

const END_TITLES: { readonly [H in PlanEnd["how"]]: string } = {
  opened: "The lobby is open",
  alone: "The planned round is called off",
  missed: "The planned round was missed",
  undeliverable: "The planned round could not be announced",
  cancelled: "The planned round is cancelled",
  refused: "The lobby could not be opened",
};

function endWords(end: PlanEnd): string {
  switch (end.how) {
    case "opened":
      return "The lobby is open below.";
    case "alone":
      return `Fewer than ${AT_LEAST} came together. Plan another hour with \`/mock plan\`, or let \`/mock pair\` find a partner.`;
    case "missed":
      return `The bot was down at the hour, for more than ${span(LATEST_MS)}. Open a lobby with \`/mock start\`, or plan another hour.`;
    case "undeliverable":
      return "Its announcement could not be posted.";
    case "cancelled":
      return `Cancelled by ${mention(end.by)}.`;
    case "refused":
      return `The lobby could not be opened. ${end.reason}`;
  }
}

/** Tells those who meant to come that it is over without a lobby. */
export const planOverView = (plan: MockPlan, end: PlanEnd): View => ({
  title: END_TITLES[end.how],
  tone: "warn",
  notify: plan.coming.map(({ who }) => who),
  blocks: [{ kind: "text", markdown: `The round of ${moment(plan.at)}: ${endWords(end)}` }],
});

/** All that is planned, for whoever asks. */
export const plansView = (plans: readonly MockPlan[]): View => ({
  title: plans.length === 1 ? "1 mock round is planned" : `${plans.length} mock rounds are planned`,
  blocks: plans.flatMap((plan): readonly Block[] => [
    {
      kind: "text",
      markdown: `${moment(plan.at)}, ${moment(plan.at, "relative")}. Host ${mention(plan.host)}; ${plan.coming.length > 0 ? `coming: ${plan.coming.map(comes).join(", ")}` : "nobody comes yet"}.`,
    },
    { kind: "buttons", buttons: [come(plan, "I come", "any"), come(plan, "I cannot", "no"), cancelButton(plan)] },
  ]),
});

/** What the host, or whoever said that they come, is told privately. */
export function comingView(plan: MockPlan, who: string, met: boolean): View {
  const own = plan.coming.find((one) => one.who === who);
  if (!own)
    return { title: "You cannot come", blocks: [{ kind: "text", markdown: "The announcement says so. Changed your mind? Press again." }] };
  const asCandidate = own.as === "any" || own.as === "candidate";
  return {
    title: own.as === "any" ? "You come" : `You come${WISH_WORDS[own.as]}`,
    tone: met && asCandidate ? "warn" : "good",
    blocks: [
      {
        kind: "text",
        markdown: `${moment(plan.at)}, ${moment(plan.at, "relative")}. You are reminded before, and called when the lobby opens.`,
      },
      ...(met && asCandidate
        ? [{ kind: "text", markdown: "The case that its host chose is not new to you. Rather come as interviewer or scorer." } as const]
        : []),
    ],
  };
}
