/** Words that people write in chats: whether they are a round's business, and then what they do there. */
import { hash } from "../core/hash.ts";
import { hushView, partIn } from "../core/interview_talk.ts";
import { type Instant, type Member, type Place, SECOND } from "../core/place.ts";
import type { View } from "../core/view.ts";
import type { Invocation } from "./command.ts";
import type { Store } from "./ports.ts";

/** What an adapter runs by itself, without anybody having typed its name. */
export const HELLO = "hello";
export const SAY = "mock say";
export const TODAY = "daily answer";

export interface Words {
  /** The message's own id, the same for every time that the platform delivers it. */
  readonly id: string;
  /** Plain text, without the platform's markup; empty when there is only a picture or a file. */
  readonly text: string;
  readonly who: Member;
  readonly place: Place;
  /** How long ago they were written, in ms, by the platform's clock: a platform may deliver late. */
  readonly ageMs: number;
}

/** What is to be done about words, or the reply there already is, if there is any. */
export type Meant = { readonly invocation: Invocation } | { readonly reply?: View };

/** So long a message is on its way, and clocks differ: what is no older was written just now. */
const ON_TIME_MS = 2 * SECOND;

/** Of words that are no round's it keeps nothing, and answers undefined. */
export async function hearken(store: Store, words: Words, now: Instant): Promise<Meant | undefined> {
  const { id, text, who, place, ageMs } = words;
  const round = await store.read.rounds.inThread(place);
  const part = round && partIn(round, who.id, ageMs > ON_TIME_MS ? now - ageMs : now);
  if (!round || !part) return undefined;
  if (part.part === "speaker") return { invocation: { id, path: SAY, input: { text, round: round.id }, who, place, revision: part.turn } };
  // Once a step and person; of that a key is kept, which names nobody, and no word.
  const key = `hush/${round.id}/${part.turn}/${hash(`${round.id} ${who.id}`)}`;
  const first = await store.transaction((tx) => tx.invocations.first(key, who, now));
  return first ? { reply: hushView(round, who.id) } : {};
}
