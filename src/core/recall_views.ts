/** A recall session as a member sees it: a question, its answer, how well it went; and the end of the day. */
import { channelLink, moment } from "./markup.ts";
import type { Instant } from "./place.ts";
import { RECALL_CARDS, RECALL_POINTS, recallPoints } from "./points.ts";
import { intervalInWords, isShortTerm, type Memory, previewed, RATINGS, type Rating } from "./recall.ts";
import type { Origin } from "./recall_card.ts";
import type { Face } from "./recall_deck.ts";
import { NEW_A_DAY, type Session, type SessionCard } from "./recall_session.ts";
import { type Block, type Button, done, type View } from "./view.ts";

export interface Asked {
  readonly card: SessionCard;
  readonly face: Face;
}

/** What just happened, and how to take it back. */
export interface Lead {
  readonly words: string;
  readonly back?: Button;
}

const ORIGIN_WORDS: Readonly<Record<Origin, string>> = {
  deck: "",
  drill: "missed in a drill · ",
  round: "missed in a mock round · ",
  drawing: "missing in a drawing · ",
};
const RATING_LABELS: Readonly<Record<Rating, string>> = { again: "Again", hard: "Hard", good: "Good", easy: "Easy" };

const text = (markdown: string): Block => ({ kind: "text", markdown });
const buttons = (...all: readonly Button[]): Block => ({ kind: "buttons", buttons: all });
const press = (label: string, command: string, card: SessionCard, style?: Button["style"]): Button => ({
  label,
  command,
  input: { card: card.id },
  revision: card.revision,
  ...(style ? { style } : {}),
});

const goOn: Button = { label: "Go on", command: "recall", input: {}, style: "primary" };
const about = ({ card, face }: Asked): Block => text(`_${ORIGIN_WORDS[card.origin]}${face.about}_`);
const notUseful = (card: SessionCard): Button => press("Not useful", "recall remove", card);
const leadWords = (lead: Lead | undefined): readonly Block[] => (lead ? [text(lead.words)] : []);
const takeBack = (lead: Lead | undefined): readonly Button[] => (lead?.back ? [lead.back] : []);

/** Said once, to who begins. */
export const WELCOME = [
  "Your deck begins with the framework and the trade-offs; what you miss in drills, drawings and mock rounds joins it.",
  `At most **${NEW_A_DAY} new cards a day**. Answer aloud or on paper first, then press **Show answer** and say honestly how it went: that decides when the card comes back.`,
].join("\n");

/** The question alone. */
export function questionView(asked: Asked, { due, fresh }: Session<SessionCard>, lead: Lead | undefined): View {
  const left = [...(due > 0 ? [`${due} due`] : []), ...(fresh > 0 ? [`${fresh} new`] : [])];
  return {
    title: `Recall · ${left.join(", ")}`,
    blocks: [
      ...leadWords(lead),
      about(asked),
      text(asked.face.front),
      buttons(press("Show answer", "recall show", asked.card, "primary"), ...takeBack(lead), notUseful(asked.card)),
    ],
  };
}

/** Question and answer, and for each rating when the card would come back. */
export function answerView(asked: Asked, now: Instant): View {
  const next = previewed(asked.card.memory, now);
  const rate = (rating: Rating): Button => ({
    ...press(`${RATING_LABELS[rating]} · ${intervalInWords(next[rating] - now)}`, "recall rate", asked.card),
    input: { card: asked.card.id, rating },
    ...(rating === "good" ? { style: "primary" } : {}),
  });
  return {
    title: "Recall · compare",
    blocks: [about(asked), text(asked.face.front), text(asked.face.back), buttons(...RATINGS.map(rate)), buttons(notUseful(asked.card))],
  };
}

/** "Good: back on 24 Nov." with the button that undoes it. `card` is the card as it is now. */
export const ratedLead = (card: SessionCard, rating: Rating, memory: Memory): Lead => ({
  words: `**${RATING_LABELS[rating]}**: it comes back ${comesBack(memory)}.`,
  back: press("Undo", "recall undo", card),
});

export const comesBack = (memory: Memory): string =>
  isShortTerm(memory) ? `in ${intervalInWords(memory.due - (memory.reviewedAt ?? memory.due))}` : moment(memory.due, "date");

export const removedLead = (card: SessionCard): Lead => ({
  words: "Taken out: you are not asked this any more.",
  back: press("Bring it back", "recall keep", card),
});

export const undoneLead: Lead = { words: "Taken back: the card is as it was before." };
export const keptLead: Lead = { words: "It is back in your deck." };

export interface Today {
  /** Different cards reviewed today. */
  readonly cards: number;
  readonly introduced: number;
  readonly dayEnds: Instant;
  /** Cards that the member took out. */
  readonly removed: number;
  /** Cards of a case that is being asked in this space. */
  readonly held: number;
  /** The channel of the group that gets the points. */
  readonly channel: string | undefined;
  /** Whether the member can choose another one. */
  readonly choice: boolean;
}

/** Nothing is left for today. */
export function dayDoneView({ nextAt }: Session<SessionCard>, today: Today, lead: Lead | undefined): View {
  const next =
    nextAt === undefined
      ? "Nothing waits. What you miss in drills and mock rounds comes here."
      : `Next ${nextAt < today.dayEnds ? `at ${moment(nextAt, "time")}` : `on ${moment(nextAt, "date")}`}.`;
  return {
    title: "Recall · done for today",
    tone: "good",
    blocks: [
      ...leadWords(lead),
      text([next, ...heldWords(today), todayWords(today)].join("\n")),
      buttons(
        { label: "My progress", command: "progress", input: {} },
        ...takeBack(lead),
        ...(today.removed > 0 ? [{ label: `Taken out (${today.removed})`, command: "recall removed", input: {} }] : []),
        ...(today.choice ? [{ label: "Another group", command: "recall group", input: {} }] : []),
      ),
    ],
  };
}

const heldWords = ({ held }: Today): readonly string[] =>
  held === 0 ? [] : [`${held} more ${held === 1 ? "waits" : "wait"} until the drill or the round on their case is over.`];

function todayWords({ cards, introduced, channel }: Today): string {
  const earned = recallPoints(cards);
  const points =
    channel === undefined
      ? "Points go to a group: answer a drill in its channel, and they will go there."
      : `**${earned}** of ${RECALL_POINTS} points, one for every ${RECALL_CARDS} cards, to ${channelLink(channel)}.`;
  return `Today: ${cards} ${cards === 1 ? "card" : "cards"}, ${introduced} of at most ${NEW_A_DAY} new ones. ${points}`;
}

/** A button of an earlier state was pressed: a second click, or an old message. */
export const staleView = (last: { readonly words: string; readonly undo?: Button | undefined } | undefined): View => ({
  title: "This card has moved on",
  tone: "warn",
  blocks: [text(`${last ? `${last.words} ` : ""}Nothing was counted twice.`), buttons(goOn, ...(last?.undo ? [last.undo] : []))],
});

/** A drill or a round has come since the card was shown. */
export const HELD_BACK = { words: "Its case is being asked here now; the card waits until that is over." };

/** What the last review of this card was, for who presses again. */
export const alreadyRated = (card: SessionCard, rating: Rating, memory: Memory) => ({
  words: `You said **${RATING_LABELS[rating]}** already; it comes back ${comesBack(memory)}.`,
  undo: press("Undo", "recall undo", card),
});

const IN_A_PAGE = 5;

/** What was taken out, newest first, to bring back. */
export function removedView(removed: readonly Asked[], page: number): View {
  if (removed.length === 0) return done("Nothing is taken out", "**Not useful** under a card takes it out of your deck.");
  const pages = Math.ceil(removed.length / IN_A_PAGE);
  const at = Math.min(Math.max(1, page), pages);
  const shown = removed.slice((at - 1) * IN_A_PAGE, at * IN_A_PAGE);
  const turn = (label: string, to: number): Button => ({ label, command: "recall removed", input: { page: to } });
  return {
    title: `Taken out · ${removed.length} ${removed.length === 1 ? "card" : "cards"}`,
    blocks: [
      text(shown.map(({ face }, index) => `**${index + 1}.** _${face.about}_`).join("\n")),
      buttons(...shown.map(({ card }, index) => press(`Bring back ${index + 1}`, "recall keep", card))),
      buttons(...(at > 1 ? [turn("Newer", at - 1)] : []), ...(at < pages ? [turn("Older", at + 1)] : []), goOn),
    ],
  };
}

/** No block of buttons takes more. */
const IN_A_ROW = 5;
/** A message has room for five rows. */
const MOST_GROUPS = 5 * IN_A_ROW;

/** What asks outside a channel for the group that counts. */
export const HOME_PAGES = ["recall", "progress", "leaderboard"] as const;
export type HomePage = (typeof HOME_PAGES)[number];

/** Where there is no channel: asked once, and changed whenever one likes. */
export function chooseGroupView(groups: readonly { readonly id: string; readonly channel: string }[], to: HomePage): View {
  const shown = groups.slice(0, MOST_GROUPS);
  const rows = Array.from({ length: Math.ceil(shown.length / IN_A_ROW) }, (_, nth) => shown.slice(nth * IN_A_ROW, (nth + 1) * IN_A_ROW));
  return {
    title: "Which group is yours?",
    blocks: [
      text(
        "Outside a channel your recall points go to one group, and its leaderboard and your progress there are shown. You can change it later.",
      ),
      text(shown.map(({ channel }, at) => `**${at + 1}.** ${channelLink(channel)}`).join("\n")),
      ...rows.map((row, nth) =>
        buttons(
          ...row.map(({ id }, at) => ({ label: `Group ${nth * IN_A_ROW + at + 1}`, command: "recall group", input: { group: id, to } })),
        ),
      ),
    ],
  };
}
