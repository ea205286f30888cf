/** The words of the weekly pairing: the form, what one has joined, the match of the week. */
import { mention, moment } from "./markup.ts";
import { type Free, freeInWords, typedDays } from "./pair_times.ts";
import { PAIR_LEVELS, type PairLevel } from "./pairing.ts";
import type { Instant } from "./place.ts";
import { type LastCandidate, turnWords } from "./seat_ledger.ts";
import type { Block, Button, Form, View } from "./view.ts";

/** Every week, in the zone of the group. */
export const PAIRING_DAY = { weekday: 6, name: "Sunday", time: "18:00" } as const;

export interface PairMember {
  readonly member: string;
  readonly level: PairLevel;
  readonly free: Free;
}

/** A match of the week, as it is kept. */
export interface PairMatch {
  readonly id: string;
  readonly group: string;
  readonly at: Instant;
  /** In the order of the seats: candidate, interviewer, scorer. */
  readonly members: readonly string[];
  /** Starts that fit all of them, with their local day and time in words; empty when there is none. */
  readonly times: readonly { readonly at: Instant; readonly label: string }[];
  /** The plan that one of the times became. */
  readonly plan: { readonly id: string; readonly at: Instant } | undefined;
}

const LEVEL_WORDS: { readonly [L in PairLevel]: { readonly label: string; readonly hint: string } } = {
  starting: { label: "Starting", hint: "The framework is new, or rounds are" },
  practising: { label: "Practising", hint: "Some rounds are behind you" },
  interviewing: { label: "Interviewing", hint: "Real interviews are near, or running" },
};

/** Opens the form. */
export const joinButton = (label: string): Button => ({ label, command: "mock pair", input: {}, style: "primary" });
const leaveButton: Button = { label: "Leave the pairing", command: "mock pair", input: { action: "leave" } };

export function pairForm(zone: string, own: PairMember | undefined, typed: { readonly level?: PairLevel | undefined }): Form {
  const level = typed.level ?? own?.level;
  return {
    title: "Weekly mock partner",
    intro: `Every ${PAIRING_DAY.name} at ${PAIRING_DAY.time} you get a partner for a mock round, and times that fit you both. Times are in **${zone}**.`,
    submit: own ? "Change" : "Join",
    carry: { action: "join" },
    fields: [
      {
        name: "level",
        label: "Where are you?",
        required: true,
        kind: "choice",
        options: PAIR_LEVELS.map((value) => ({ value, ...LEVEL_WORDS[value] })),
        ...(level ? { value: level } : {}),
      },
      {
        name: "days",
        label: "On which days can you play?",
        hint: "daily, mon-fri, or days such as mon,wed,sun",
        required: true,
        kind: "line",
        maxLength: 60,
        ...(own ? { value: typedDays(own.free) } : {}),
      },
      {
        name: "times",
        label: "From when to when?",
        hint: "18:00-21:00, or several with commas; a round takes an hour",
        required: true,
        kind: "line",
        maxLength: 80,
        ...(own ? { value: own.free.times } : {}),
      },
    ],
  };
}

export const joinedView = (own: PairMember, zone: string, next: Instant, others: number): View => ({
  title: "You are in the weekly pairing",
  tone: "good",
  blocks: [
    {
      kind: "facts",
      facts: [
        { name: "Level", value: LEVEL_WORDS[own.level].label },
        { name: "Times", value: `${freeInWords(own.free)}, in ${zone}` },
        { name: "Next pairing", value: `${moment(next)}, ${moment(next, "relative")}` },
        {
          name: "With you",
          value: others === 0 ? "nobody yet: tell the others of `/mock pair`" : `${others} ${others === 1 ? "other" : "others"}`,
        },
      ],
    },
    { kind: "buttons", buttons: [{ ...joinButton("Change"), style: "plain" }, leaveButton] },
  ],
});

/** For whoever said neither level nor times. */
export const askFormView: View = {
  title: "When can you play?",
  blocks: [
    { kind: "text", markdown: "A partner is found by level and by the times that fit you." },
    { kind: "buttons", buttons: [joinButton("Choose level and times")] },
  ],
};

const SEAT_NAMES = ["Candidate", "Interviewer", "Scorer"] as const;

export function matchView(match: PairMatch, last: LastCandidate): View {
  const seats: Block = {
    kind: "facts",
    facts: match.members.map((who, at) => ({
      name: SEAT_NAMES[at] ?? SEAT_NAMES[2],
      value: at === 0 ? turnWords(who, last) : mention(who),
    })),
  };
  const title = match.members.length > 2 ? "Mock partners of the week" : "Mock pair of the week";
  if (match.plan)
    return {
      title,
      tone: "good",
      blocks: [seats, { kind: "text", markdown: `Planned for ${moment(match.plan.at)}: see the announcement below.` }],
    };
  if (match.times.length === 0)
    return {
      title,
      notify: match.members,
      blocks: [seats, { kind: "text", markdown: "You ticked no time in common. Agree on one here, then `/mock plan` it." }],
    };
  return {
    title,
    notify: match.members,
    blocks: [
      seats,
      {
        kind: "text",
        markdown: `These times fit all of you; a press plans the round. On your own clock:\n${match.times.map(({ at }) => `- ${moment(at)}`).join("\n")}`,
      },
      {
        kind: "buttons",
        buttons: match.times.map(({ label }, nth) => ({ label, command: "mock agree", input: { match: match.id, nth } })),
      },
    ],
  };
}

/** One alone wants to play. */
export const aloneView = (who: string): View => ({
  title: "Somebody looks for a mock partner",
  blocks: [
    { kind: "text", markdown: `${mention(who)} is alone in this week's pairing. Who joins is matched next ${PAIRING_DAY.name}.` },
    { kind: "buttons", buttons: [joinButton("Join the pairing")] },
  ],
});
