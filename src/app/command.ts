/**
 * What a command is, and what happens to it. Slash command, button, menu, form and web click all
 * become the same `Invocation`, go through one registry and one dispatch.
 */
import type { z } from "zod";
import type { Effect } from "../core/effect.ts";
import type { Group } from "../core/group.ts";
import type { Instant, Member, Place } from "../core/place.ts";
import type { Refusal } from "../core/refusal.ts";
import type { Permission } from "../core/setup_views.ts";
import type { Form, View } from "../core/view.ts";
import type { Library } from "./library.ts";
import type { Reads, Tx } from "./ports.ts";
import type { ToRead } from "./second_reader.ts";

export interface Command<I extends z.ZodObject = z.ZodObject> {
  /** "daily answer": the unit that has its own input and access. */
  readonly path: string;
  /** At most 100 characters, without a full stop: it stands in the platforms' menus. */
  readonly summary: string;
  readonly access: "anyone" | "organizer";
  /** Flat: strings, numbers, booleans and enums, with `.describe()` for the person who fills it in. */
  readonly input: I;
  /** Reached by a button only; not offered as a slash command. */
  readonly hidden?: true;
  /** Works in a direct message and on a home page too, where there is no channel. */
  readonly anywhere?: true;
  /** Its scene says what the bot may do in the channel; that is asked of the platform, before the transaction. */
  readonly inspects?: true;
  /**
   * Asked for when required input is missing. It is opened before anything else; what it
   * collects joins the input. One read is allowed, for prefilling.
   */
  form?(input: Partial<z.output<I>>, scene: ReadScene): Promise<Form | Refused>;
  /** Up to 25 suggestions for one field while it is being typed. Read-only. */
  complete?(field: string, typed: string, scene: ReadScene): Promise<readonly Choice[]>;
  /** Decides first and writes after: when it refuses, it has written nothing. */
  run(input: z.output<I>, scene: Scene): Promise<Outcome>;
}

export type Refused = { readonly ok: false; readonly refusal: Refusal };
export type Outcome =
  | {
      readonly ok: true;
      readonly reply: View;
      readonly effects?: readonly Effect[];
      /** An answer that the operator's language model reads once this is committed. */
      readonly toRead?: ToRead;
    }
  | Refused;

export interface Choice {
  readonly label: string;
  readonly value: string;
}

/** Keeps a command's own input type while it is written; the registry holds the wide type. */
export const command = <I extends z.ZodObject>(definition: Command<I>): Command => definition as unknown as Command;

export interface Invocation {
  /** Unique per interaction and stable over the platform's own retries. */
  readonly id: string;
  readonly path: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly who: Member;
  readonly place: Place;
  /** The turn that the pressed button was drawn for. */
  readonly revision?: number;
}

export interface SceneBase {
  readonly now: Instant;
  readonly who: Member;
  readonly place: Place;
  readonly library: Library;
  readonly commands: readonly Command[];
  /** The group of this channel, when it has been set up. */
  readonly group: Group | undefined;
  /** Whether `who` may do what needs `access: "organizer"`. */
  readonly organizer: boolean;
  readonly revision: number | undefined;
}

export interface ReadScene extends SceneBase {
  readonly read: Reads;
}

export interface Scene extends SceneBase {
  readonly tx: Tx;
  /** Empty unless the command inspects, or when the platform could not say in time. */
  readonly permissions: readonly Permission[];
  /** The invocation's id: unique, for keys of what it causes. */
  readonly invocation: string;
  /** A new short id: 12 characters a-z and 0-9. */
  newId(): string;
}
