/** Where a member's points come from, what was voided and why, and what the scores of rounds hint at. */
import { clip, literal, mention } from "./markup.ts";
import { DAILY_CAP } from "./points.ts";
import { excess, LEAST_SCORES, MARKEDLY, type Ring } from "./rings.ts";
import { type Block, type Button, type Form, VIEW_CHARACTERS, type View } from "./view.ts";

export const REASON_CHARACTERS = 200;

/** A line of the ledger as it is shown. */
export interface EntryWords {
  readonly id: number;
  readonly kind: string;
  readonly points: number;
  /** Local date. */
  readonly day: string;
  readonly voided: Word | undefined;
  readonly restored: Word | undefined;
}

interface Word {
  /** Hostile text. */
  readonly reason: string;
  readonly by: string;
}

/** A kind that is not here is shown by its name. */
const KINDS: Readonly<Record<string, string>> = {
  drill: "Drill",
  question: "Own question approved",
  candidate: "Candidate of a mock round",
  interviewer: "Interviewer of a mock round",
  scorer: "Scorer of a mock round",
  recall: "Recall",
};

const pointsWords = (points: number): string => `${points} ${points === 1 ? "point" : "points"}`;

const kindWords = (kind: string): string => KINDS[kind] ?? literal(kind);

const line = (entry: EntryWords, nth: number): string => {
  const { points, day, voided, restored } = entry;
  const said = voided ?? restored;
  const why = said ? ` · ${voided ? "voided" : "counts again"} by ${mention(said.by)}: “${literal(said.reason)}”` : "";
  return `- ${nth}. ${voided ? `${pointsWords(points)} that do not count` : pointsWords(points)} · ${kindWords(entry.kind)} · ${day}${why}`;
};

const lines = (entries: readonly EntryWords[]): Block => ({
  kind: "text",
  markdown: entries.map((entry, at) => line(entry, at + 1)).join("\n"),
});

/** Some of a member's entries, newest first: a reason stays visible however much is earned after it. */
export interface EntriesPage {
  readonly entries: readonly EntryWords[];
  /** From 1. */
  readonly page: number;
  readonly older: boolean;
}

const turns = ({ page, older }: EntriesPage, command: string, input: Button["input"]): readonly Button[] => [
  ...(page > 1 ? [{ label: "Newer", command, input: { ...input, page: page - 1 } }] : []),
  ...(older ? [{ label: "Older", command, input: { ...input, page: page + 1 } }] : []),
];

/** A member's own. */
export function ownEntriesView(shown: EntriesPage, total: number, hidden: boolean): View {
  const { entries } = shown;
  return {
    title: "Where your points come from",
    blocks: [
      {
        kind: "text",
        markdown: `**${total}** points in this channel, of all time. At most ${DAILY_CAP} count a day.${hidden ? " You are hidden from the boards: `/points show` undoes it." : ""}`,
      },
      entries.length === 0 ? { kind: "text", markdown: "None yet: `/daily answer` earns the first." } : lines(entries),
      { kind: "buttons", buttons: [{ label: "Leaderboard", command: "leaderboard", input: {} }, ...turns(shown, "points mine", {})] },
    ],
  };
}

/** A member's, for the organizer who wants to void one. */
export function entriesView(member: string, shown: EntriesPage): View {
  const { entries, page } = shown;
  const buttons = entries.map(
    (entry, at): Button => ({
      label: `${entry.voided ? "Count again" : "Void"} ${at + 1}`,
      command: "points strike",
      input: { entry: entry.id, voided: entry.voided === undefined },
    }),
  );
  return {
    title: "Entries of the ledger",
    blocks: [
      {
        kind: "text",
        markdown: `${page === 1 ? "The newest" : "Older ones"} of ${mention(member)} in this channel. A voided entry stays here with its reason, and the member is told.`,
      },
      entries.length === 0 ? { kind: "text", markdown: "There is none." } : lines(entries),
      ...[buttons.slice(0, 5), buttons.slice(5), turns(shown, "points void", { member })].flatMap((row) =>
        row.length === 0 ? [] : [{ kind: "buttons", buttons: row } as const],
      ),
    ],
  };
}

export const strikeForm = ({ points, kind, day }: EntryWords, voided: boolean): Form => ({
  title: voided ? "Void an entry" : "Count it again",
  intro: `${pointsWords(points)} · ${kindWords(kind)} · ${day}. The member is told the reason, and it stays beside the entry.`,
  submit: voided ? "Void" : "Count again",
  fields: [{ name: "reason", label: "Reason", required: true, kind: "line", maxLength: REASON_CHARACTERS }],
});

export function struckNotice({ points, kind, day }: EntryWords, voided: boolean, reason: string, by: string): View {
  const what = `${pointsWords(points)} · ${kindWords(kind)} · ${day}`;
  return {
    title: voided ? "An entry of yours was voided" : "An entry of yours counts again",
    tone: voided ? "warn" : "good",
    blocks: [
      { kind: "text", markdown: `${what}. ${mention(by)} gave the reason:` },
      { kind: "quote", text: clip(reason, REASON_CHARACTERS) },
      {
        kind: "text",
        markdown: "`/points mine` in the channel shows all your entries. Talk to the organizer if you think that it is wrong.",
      },
    ],
  };
}

/** Of the characters of a view: what stands above takes the rest. */
const RINGS_ROOM = VIEW_CHARACTERS - 700;

/** The first ones, as many as there is room for. */
function withinRoom(told: readonly string[]): string {
  const overflow = told.findIndex((_, at) => told.slice(0, at + 1).join("\n").length > RINGS_ROOM);
  return overflow < 0 ? told.join("\n") : [...told.slice(0, overflow), `And ${told.length - overflow} more.`].join("\n");
}

function ringLine(ring: Ring): string {
  const told = (value: number) => value.toFixed(1);
  const favours = ring.favours
    .slice(0, 6)
    .map(
      ({ by, to, given, others, scores }) =>
        `${mention(by)} gave ${mention(to)} ${told(given)} where others gave ${told(others)} (${scores} scores)`,
    );
  return `- ${ring.members.slice(0, 8).map(mention).join(", ")}: ${told(excess(ring))} levels above others. ${favours.join("; ")}.`;
}

export function ringsView(rings: readonly Ring[], rounds: number): View {
  return {
    title: "Who scores whom markedly higher",
    blocks: [
      {
        kind: "text",
        markdown: `From the scores of ${rounds === 1 ? "one round" : `${rounds} rounds`}: who gave each other at least ${MARKEDLY} levels more than others gave them, over ${LEAST_SCORES} scores or more each way. It is a hint and no verdict: people who practise together know each other's strengths. Sit in on a round, or mix the seats, before you void anything.`,
      },
      rings.length === 0 ? { kind: "text", markdown: "Nothing stands out." } : { kind: "text", markdown: withinRoom(rings.map(ringLine)) },
    ],
  };
}
