/** A member's recall session: what to ask next, and what their own judgement does to a card. */

import type { Drill } from "../core/drill.ts";
import { caseOf } from "../core/drill_choice.ts";
import { type Group, zoneOf } from "../core/group.ts";
import { ownDrill, questionOf } from "../core/own_question.ts";
import { HOUR, type Instant } from "../core/place.ts";
import { RECALL_CARDS, recallPoints } from "../core/points.ts";
import { type Rating, reviewed } from "../core/recall.ts";
import { faceOf } from "../core/recall_card.ts";
import { deckOf, type Face } from "../core/recall_deck.ts";
import { roomForNew, type Session, sessionOf } from "../core/recall_session.ts";
import { type Asked, alreadyRated, dayDoneView, HELD_BACK, type Lead, questionView, staleView, WELCOME } from "../core/recall_views.ts";
import type { View } from "../core/view.ts";
import { award } from "./awards.ts";
import type { SceneBase } from "./command.ts";
import type { Home } from "./home_group.ts";
import type { Library } from "./library.ts";
import { lockMember } from "./member_lock.ts";
import type { Reads, RecallCard, Tx } from "./ports.ts";
import { cardsFor } from "./recall_cards.ts";

/** Later than the end of any local day that began at 0 and earlier than the end of the next. */
const INTO_NEXT_DAY = 36 * HOUR;

export type Student = Pick<SceneBase, "who" | "place" | "library" | "now"> & { readonly home: Home };

/** What a member has before them. */
export interface Desk {
  /** Those that can be asked now: kept, still in the bank, and of no case that is being asked in this space. */
  readonly cards: readonly RecallCard[];
  readonly removed: readonly Asked[];
  /** How many of them wait because their case is being asked. */
  readonly held: number;
  readonly faces: ReadonlyMap<number, Face>;
  readonly session: Session<RecallCard>;
  /** Since the member's day began. */
  readonly today: { readonly cards: number; readonly introduced: number };
  readonly dayEnds: Instant;
  /** Refs of all cards that the member ever had. */
  readonly known: ReadonlySet<string>;
  /** Whether the member ever rated one. */
  readonly begun: boolean;
}

const homeGroup = ({ home }: Student): Group | undefined => (home.kind === "group" ? home.group : undefined);
const zoneIn = (student: Student): string => {
  const group = homeGroup(student);
  return group ? zoneOf(group) : "UTC";
};

export async function deskOf(reads: Reads, student: Student): Promise<Desk> {
  const { who, now, library } = student;
  const all = await reads.recall.cards(who);
  const drills = await drillsFor(reads, library, all);
  const faces = new Map(
    all.flatMap((card) => {
      const face = faceOf(card.ref, library.bank, drills);
      return face ? [[card.id, face] as const] : [];
    }),
  );
  const asked = await casesAsked(reads, student);
  const kept = all.filter(({ id, removedAt }) => removedAt === undefined && faces.has(id));
  const cards = kept.filter(({ id }) => !asked.has(faces.get(id)?.case ?? ""));
  const removed = all
    .filter(({ removedAt }) => removedAt !== undefined)
    .sort((a, b) => (b.removedAt ?? 0) - (a.removedAt ?? 0))
    .flatMap((card): readonly Asked[] => {
      const face = faces.get(card.id);
      return face ? [{ card, face }] : [];
    });
  const zone = zoneIn(student);
  const dayBegan = await reads.calendar.startOf("day", zone, now);
  const dayEnds = await reads.calendar.startOf("day", zone, dayBegan + INTO_NEXT_DAY);
  const today = await reads.recall.since(who, dayBegan);
  const known = new Set(all.map(({ ref }) => ref));
  const deckLeft = deckOf(library.bank).filter((ref) => !known.has(ref)).length;
  const session = sessionOf(cards, today.introduced, deckLeft, { now, dayEnds });
  return {
    cards,
    removed,
    held: kept.length - cards.length,
    faces,
    session,
    today,
    dayEnds,
    known,
    begun: all.some(({ memory }) => memory),
  };
}

/** The bank's drills, and the questions of groups that cards are about. */
async function drillsFor(reads: Reads, { drills }: Library, cards: readonly RecallCard[]): Promise<ReadonlyMap<string, Drill>> {
  const own: (readonly [string, Drill])[] = [];
  for (const { ref } of cards) {
    const id = questionOf(ref);
    const question = id === undefined ? undefined : await reads.questions.find(id);
    if (question?.state === "approved") own.push([ref, ownDrill(question.id, question.author, question.body)]);
  }
  return own.length === 0 ? drills : new Map([...drills, ...own]);
}

/** What is being asked in this space is not answered here: a drill until its reveal, a round until its end. */
async function casesAsked(reads: Reads, student: Student): Promise<ReadonlySet<string>> {
  const { open } = await reads.plans.casesInPlay(student.place);
  const drills = await reads.posts.openDrills(student.place);
  return new Set([...drills.flatMap((drill) => caseOf(drill) ?? []), ...open]);
}

/** Shows the next card, or that the day is done. The deck grows by what today has room for. */
export async function openSession(tx: Tx, student: Student, lead?: Lead): Promise<View> {
  const { who, library, now } = student;
  await lockMember(tx, who);
  const desk = await deskOf(tx, student);
  const room = roomForNew(desk.cards, desk.today.introduced);
  const said = lead ?? (desk.begun ? undefined : { words: WELCOME });
  if (room === 0) return sessionView(student, desk, said);
  const deck = cardsFor(deckOf(library.bank), "deck").filter(({ ref }) => !desk.known.has(ref));
  if (deck.length === 0) return sessionView(student, desk, said);
  await tx.recall.add(who, deck.slice(0, room), now);
  return sessionView(student, await deskOf(tx, student), said);
}

function sessionView(student: Student, { session, faces, today, dayEnds, removed, held }: Desk, lead: Lead | undefined): View {
  const { home } = student;
  const face = session.next && faces.get(session.next.id);
  if (session.next && face) return questionView({ card: session.next, face }, session, lead);
  const channel = homeGroup(student)?.place.channel;
  const day = { ...today, dayEnds, removed: removed.length, held, channel, choice: home.kind === "group" && home.others };
  return dayDoneView(session, day, lead);
}

/** The card that a button is about, if nothing has happened to it since; otherwise what to say. */
export async function cardAt(
  tx: Tx,
  student: Student,
  id: number,
  revision: number | undefined,
): Promise<{ readonly asked: Asked & { readonly card: RecallCard } } | { readonly stale: View }> {
  const { who, library } = student;
  await lockMember(tx, who);
  const card = await tx.recall.find(who, id);
  const face = card && faceOf(card.ref, library.bank, await drillsFor(tx, library, [card]));
  if (face?.case !== undefined && (await casesAsked(tx, student)).has(face.case)) return { stale: staleView(HELD_BACK) };
  if (card && face && card.revision === revision) return { asked: { card, face } };
  const last = await tx.recall.lastReview(who);
  const rated = card?.memory && last?.card === card.id ? alreadyRated(card, last.rating, card.memory) : undefined;
  return { stale: staleView(rated) };
}

/** Keeps what the member said of a card, and pays for every fifth different one of the day. */
export async function rate(tx: Tx, student: Student, card: RecallCard, rating: Rating): Promise<RecallCard> {
  const { who, now } = student;
  const memory = reviewed(card.memory, rating, now);
  await tx.recall.review(who, card, memory, rating, now);
  await pay(tx, student);
  return { ...card, memory, revision: card.revision + 1 };
}

async function pay(tx: Tx, student: Student): Promise<void> {
  const { who, now } = student;
  const group = homeGroup(student);
  if (!group) return;
  const zone = zoneIn(student);
  const { cards } = await tx.recall.since(who, await tx.calendar.startOf("day", zone, now));
  if (recallPoints(cards) * RECALL_CARDS !== cards) return;
  // The member's day, whatever the group: who changes channels, or undoes and rates again, is not paid twice.
  const key = `recall/${who.platform}/${who.space}/${who.id}/${await tx.calendar.localDate(zone, now)}/${recallPoints(cards)}`;
  await award(tx, group, [{ key, member: who.id, kind: "recall", points: 1, at: now }]);
}
