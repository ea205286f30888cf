/** Who and what the playground holds: one space, two channels, and anybody one wants to be. */
import { FORMER_NAME, isFormer } from "../../core/former.ts";

export const SPACE = "playground";

export const CHANNELS = [
  { id: "ml-design-drills", topic: "A daily drill, mock rounds in threads, a leaderboard" },
  { id: "random", topic: "A second group, with a schedule and a board of its own" },
] as const;

export type ChannelId = (typeof CHANNELS)[number]["id"];
export const CHANNEL_IDS = CHANNELS.map(({ id }) => id);

export interface Person {
  readonly id: string;
  readonly name: string;
  /** Whether they manage the playground, as the owner of a server or workspace does. */
  readonly manager: boolean;
}

const FIRST: readonly Person[] = [
  { id: "ada", name: "Ada", manager: true },
  { id: "ben", name: "Ben", manager: false },
  { id: "chen", name: "Chen", manager: false },
  { id: "dina", name: "Dina", manager: false },
];

/** A guard against a page that invents people without end. */
const MOST_PEOPLE = 200;

/**
 * Names by id. Whom a page adds is learned from what that page asks. After a restart a name
 * nobody has asked with yet is read off its id, which the page makes from the name.
 */
export class Directory {
  readonly #people = new Map(FIRST.map((person) => [person.id, person]));

  learn(person: Person): void {
    if (this.#people.has(person.id) || this.#people.size < MOST_PEOPLE) this.#people.set(person.id, person);
  }

  nameOf = (id: string): string =>
    this.#people.get(id)?.name ??
    (isFormer(id) ? FORMER_NAME : undefined) ??
    id.replace(/(^|-)(\p{L})/gu, (_, dash: string, letter: string) => (dash ? " " : "") + letter.toUpperCase());

  all(): readonly Person[] {
    return [...this.#people.values()];
  }
}
