/** What the playground keeps: the chat that Discord or Slack would keep for us, and its clock. */
import type { Instant, Place } from "../core/place.ts";
import type { Mark, View } from "../core/view.ts";

export interface ChatMessage {
  /** Grows; also the order of the chat. */
  readonly id: number;
  readonly channel: string;
  /** The id of the thread it stands in. */
  readonly thread: string | undefined;
  /** A member's id, or undefined for the bot. */
  readonly author: string | undefined;
  /** Set for a direct message from the bot to one member. */
  readonly recipient: string | undefined;
  /** The bot's view, or a person's plain words (hostile text). */
  readonly body: { readonly view: View } | { readonly text: string; readonly mark?: Mark };
  /** The thread that starts from this message. */
  readonly starts: { readonly thread: string; readonly title: string } | undefined;
  readonly at: Instant;
  readonly edited: boolean;
}

export interface ChatLog {
  /** `key` makes it happen once: said again, the first message's id comes back. */
  post(message: { key: string; to: Place; view: View; recipient?: string; at: Instant }): Promise<number>;
  /** A person's plain words; `key` makes them happen once, too. */
  say(message: { key: string; to: Place; author: string; text: string; at: Instant }): Promise<number>;
  /** Puts the bot's sign beside somebody's words. */
  mark(id: number, mark: Mark): Promise<void>;
  /** False when there is no such message. */
  edit(id: number, view: View): Promise<boolean>;
  /** Starts a thread from a message; said again, the same thread comes back. Undefined: no such message. */
  thread(id: number, title: string): Promise<string | undefined>;
  /** Messages of a channel and all its threads, oldest first, after `since` by change (posted or edited). */
  changes(space: string, channel: string, since: number): Promise<{ readonly messages: readonly ChatMessage[]; readonly cursor: number }>;
  /** How far the playground's clock is ahead of the machine's, in ms. */
  clockOffset(): Promise<number>;
  moveClock(offset: number): Promise<void>;
}
