/** Whose turn it is: who has not been candidate for longest is offered the seat first. */
import { MODE_RULES, type Mode } from "./interview_modes.ts";
import type { Interview, Seat } from "./interview_state.ts";
import { mention, moment } from "./markup.ts";
import type { Instant } from "./place.ts";

/** When members were candidate in a finished round of the group last; who never was is absent. */
export type LastCandidate = ReadonlyMap<string, Instant>;

export interface Seated {
  readonly who: string;
  readonly seat: Seat;
}

/** The seat that somebody would like; "any" leaves it to the ledger. */
export const WISHES = ["any", "candidate", "interviewer", "scorer"] as const;
export type Wish = (typeof WISHES)[number];

/** Longest without the candidate's seat first; of equals, whoever came first. */
export const byTurn = (members: readonly string[], last: LastCandidate): readonly string[] =>
  [...members].sort((a, b) => (last.get(a) ?? 0) - (last.get(b) ?? 0));

/**
 * Seats for those who come. Who asked for a seat gets it before who would take any, the ledger decides
 * among several, and whom their wish leaves without one sits where somebody is needed.
 */
export function proposeSeats(
  coming: readonly { readonly who: string; readonly as: Wish }[],
  last: LastCandidate,
  mode: Mode = "peer",
): readonly Seated[] {
  const order = byTurn(
    coming.map(({ who }) => who),
    last,
  );
  const wishOf = new Map(coming.map(({ who, as }) => [who, as]));
  const wishing = (people: readonly string[], ...wishes: readonly Wish[]) =>
    wishes.flatMap((wish) => people.filter((who) => wishOf.get(who) === wish));
  const { candidates, interviewers: mayInterview } = MODE_RULES[mode];
  // Where the bot interviews, all answer who do not only watch.
  if (mayInterview === 0) {
    const answer = wishing(order, "candidate", "any").slice(0, candidates);
    return order.map((who) => ({ who, seat: answer.includes(who) ? "candidate" : "scorer" }));
  }
  const [candidate] = wishing(order, "candidate", "any");
  // Who was candidate lately interviews: they know best what it is like.
  const rest = order.filter((who) => who !== candidate).reverse();
  const asked = wishing(rest, "interviewer").slice(0, mayInterview);
  const interviewers = asked.length > 0 ? asked : wishing(rest, "any", "candidate").slice(0, 1);
  return [
    ...(candidate === undefined ? [] : [{ who: candidate, seat: "candidate" } as const]),
    ...interviewers.map((who) => ({ who, seat: "interviewer" }) as const),
    ...rest.filter((who) => !interviewers.includes(who)).map((who) => ({ who, seat: "scorer" }) as const),
  ];
}

/**
 * The round with its people in the order in which seats are turned (interview_seats.ts): the ledger's next
 * in the place of the interviewer, who answers next; then who watched, before who asked just now.
 */
export function inTurn(round: Interview, last: LastCandidate): Interview {
  const { interviewers, scorers } = round;
  const next = byTurn([...interviewers, ...scorers], last).slice(0, 1);
  return { ...round, interviewers: next, scorers: [...scorers, ...interviewers].filter((who) => !next.includes(who)) };
}

/** "@ben, last on 3 November", "@ben, for the first time". */
export function turnWords(who: string, last: LastCandidate): string {
  const at = last.get(who);
  return `${mention(who)}, ${at === undefined ? "for the first time" : `last on ${moment(at, "date")}`}`;
}
