/** What the receivers' contracts need of a platform, and what stands behind it instead of the product. */
import { z } from "zod";
import type { Press } from "../../src/app/button.ts";
import { type Choice, type Command, command, type Invocation } from "../../src/app/command.ts";
import type { Dispatcher } from "../../src/app/dispatch.ts";
import type { Messenger } from "../../src/app/messenger.ts";
import type { Words } from "../../src/app/talk.ts";
import type { Place } from "../../src/core/place.ts";
import type { Form, View } from "../../src/core/view.ts";

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly manager: boolean;
}

/** What a person sees right after doing something: a form, or a private reply. */
export type Seen =
  | { readonly kind: "form"; readonly title: string; readonly labels: readonly string[]; readonly token: unknown }
  | { readonly kind: "reply"; readonly text: string; readonly buttons: readonly string[]; readonly token: unknown };

export interface ReceiverHarness {
  readonly messenger: Messenger;
  readonly channel: Place;
  /** Types a slash command in the channel, or in another one. */
  slash(who: Person, path: string, input: Readonly<Record<string, string | number | boolean>>, where?: Place): Promise<Seen>;
  /** Presses a button of a posted message (by the remote id) or of a private reply (by its token). */
  press(who: Person, on: { readonly remote: string } | { readonly token: unknown }, label: string, where?: Place): Promise<Seen>;
  /** The words of a private reply's pictures, once they are there: they may come after its own. */
  pictured(token: unknown): Promise<readonly string[]>;
  /** The files that a private reply brought this person, and nobody else, by name. */
  files(who: Person, token: unknown): Promise<ReadonlyMap<string, string>>;
  submit(who: Person, form: unknown, values: Readonly<Record<string, string>>): Promise<Seen>;
  /** Delivers the last interaction once more, as a platform's retry does; undefined where there is none. */
  redeliver?(): Promise<void>;
  complete?(who: Person, path: string, field: string, typed: string): Promise<readonly string[]>;
  readonly talk: TalkHarness;
  stop(): Promise<void>;
}

/** How a message comes to the bot. */
export interface Writing {
  /** Whether it calls the bot by its name; when left out, where it must to be heard. */
  readonly calling?: boolean;
  /** How often it is delivered. */
  readonly times?: number;
  /** Delivered so long after it was written, in ms. */
  readonly ageMs?: number;
  /** With a file; its words may be empty. */
  readonly file?: true;
  /** Whether its author then changes it: that is another event about the same message. */
  readonly edited?: true;
  /** Written by another bot, or by ours, instead of a person. */
  readonly by?: "bot" | "self";
}

/** People who write, and what they get to see of it. */
export interface TalkHarness {
  /** A new thread that the bot started. */
  thread(): Promise<Place>;
  /** Writes; the id of the message comes back as soon as it is sent. Without a channel: to the bot alone. */
  write(who: Person, text: string, where: Place, how?: Writing): Promise<string>;
  /** Signs of the bot beside a message. */
  signs(message: string, where: Place): Promise<readonly string[]>;
  /** What the bot said to somebody in words, privately or as a reply to their message, oldest first. */
  told(who: Person, where: Place): Promise<readonly string[]>;
  /** The same words with this platform's markup and in plain text; the person is called and her channel named. */
  markup(called: Person): { readonly written: string; readonly plain: string };
  /** What this platform shows instead of words, where it does, for somebody who is not on turn. */
  readonly hushSign: string | undefined;
  /** Whether messages can come late, be changed, or be a bot's. */
  readonly unreliable: boolean;
  /** Undefined where nobody is called by name, or writes to the bot alone. */
  readonly direct: Place | undefined;
}

const unused = () => Promise.reject(new Error("the double dispatches by itself"));

/** Commands that stand in for the product's, so that the contract tests carriage alone. */
export const contractCommands: readonly Command[] = [
  command({
    path: "echo",
    summary: "Say it back",
    access: "anyone",
    input: z.object({
      words: z.string().max(200).describe("What to say").meta({ completes: true }),
      times: z.int().min(1).max(9).default(1).describe("How often"),
      loud: z.boolean().default(false).describe("In capitals"),
      tone: z.enum(["calm", "keen"]).default("calm").describe("How"),
    }),
    complete: unused,
    run: unused,
  }),
  command({ path: "round start", summary: "Start it", access: "anyone", input: z.object({}), run: unused }),
  command({
    path: "round answer",
    summary: "Answer it",
    access: "anyone",
    hidden: true,
    input: z.object({ round: z.string(), text: z.string().max(3000), level: z.string().optional() }),
    form: unused,
    run: unused,
  }),
];

const form: Form = {
  title: "Your answer to step one of seven",
  intro: "What would you **ask** first?",
  submit: "Send",
  fields: [
    {
      name: "text",
      label: "Your answer",
      hint: "Speak as you would to an interviewer",
      required: true,
      kind: "paragraph",
      maxLength: 3000,
      value: "a draft",
    },
    {
      name: "level",
      label: "How sure are you?",
      required: false,
      kind: "choice",
      options: [
        { label: "Sure", value: "sure", hint: "I would say it aloud" },
        { label: "Guess", value: "guess" },
      ],
    },
  ],
};

/** A dispatcher that records what arrives. `slowMs` delays its replies past a platform's deadline. */
export class RecordingDispatcher implements Dispatcher {
  readonly commands = contractCommands;
  readonly invocations: Invocation[] = [];
  slowMs = 0;
  reply: View | undefined;
  readonly heard: Words[] = [];
  /** The most messages that were dealt with at once. */
  sideBySide = 0;
  #hearing = 0;
  /** What comes of words in a thread; undefined: they are no round's. */
  hearing: Awaited<ReturnType<Dispatcher["hear"]>> = undefined;
  /** Said afterwards in the place of the reply, as by a slower reader. */
  amendment: View | undefined;

  wantsForm(path: string, input: Readonly<Record<string, unknown>>): boolean {
    return path === "round answer" && input.text === undefined;
  }
  async open(invocation: Invocation) {
    await this.#wait();
    if (invocation.input.round === "gone") return { reply: { title: "That round is over", blocks: [] } };
    const { path: command, input, revision } = invocation;
    return { form, press: { command, input: { ...(input as Press["input"]), carried: "by the form" }, revision } };
  }
  async dispatch(invocation: Invocation, amend?: (view: View) => Promise<void>): Promise<View> {
    this.invocations.push(invocation);
    await this.#wait();
    const { amendment } = this;
    if (amendment) setTimeout(() => void amend?.(amendment), 100);
    return (
      this.reply ?? {
        title: "Heard",
        blocks: [
          { kind: "text", markdown: `by \`${invocation.path}\`` },
          { kind: "buttons", buttons: [{ label: "Again", command: "echo", input: { words: "again" } }] },
        ],
      }
    );
  }
  async hear(words: Words) {
    this.heard.push(words);
    this.sideBySide = Math.max(this.sideBySide, ++this.#hearing);
    await this.#wait();
    this.#hearing -= 1;
    return this.hearing;
  }
  /** Suggested instead of what was typed. */
  choices: readonly Choice[] | undefined;
  async complete(_path: string, field: string, typed: string): Promise<readonly Choice[]> {
    if (this.choices) return this.choices;
    return [
      { label: `${field}: ${typed}1`, value: `${typed}1` },
      { label: `${field}: ${typed}2`, value: `${typed}2` },
    ];
  }
  #wait() {
    return new Promise((done) => setTimeout(done, this.slowMs));
  }
}

export const ada: Person = { id: "1001", name: "Ada Lovelace", manager: true };
export const ben: Person = { id: "1002", name: "Ben <!here> **B**", manager: false };
