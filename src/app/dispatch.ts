import type { Invocation, Command, Choice } from "./command.ts";
import type { Form, View } from "../core/view.ts";
import type { Member, Place } from "../core/place.ts";

/** What a platform's receiver hands its invocations to. None of these throws. */
export interface Dispatcher {
  /** In the order of the help page, hidden ones included. */
  readonly commands: readonly Command[];
  /**
   * Whether this invocation must be answered with a form first. Pure and immediate: it looks
   * only at the command and at which input is present, so a receiver can decide how to acknowledge.
   */
  wantsForm(path: string, input: Readonly<Record<string, unknown>>): boolean;
  /** The form to open, or a private reply that says why there is none. */
  open(invocation: Invocation): Promise<{ readonly form: Form } | { readonly reply: View }>;
  /** Runs it once; a repeated id gets the same reply. */
  dispatch(invocation: Invocation): Promise<View>;
  complete(path: string, field: string, typed: string, who: Member, place: Place): Promise<readonly Choice[]>;
}
