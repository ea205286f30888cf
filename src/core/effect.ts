/**
 * What the core wants said in public. Effects are put in the outbox in the transaction of the
 * state they belong to; their `key` is ours, unique for ever, and makes each happen once.
 */
import { isFormer } from "./former.ts";
import type { Place } from "./place.ts";
import type { View } from "./view.ts";

interface Keyed {
  readonly key: string;
  /**
   * The aggregate that is told when this was delivered, or that it never will be:
   * "interview/<id>", "plan/<id>", "post/<id of the post>" or "reveal/<id of the post>".
   */
  readonly tell?: string;
}

export type Effect =
  /** A message in a channel, or in the thread that the effect with key `thread` created. */
  | (Keyed & { readonly kind: "post"; readonly to: Place; readonly thread?: string; readonly view: View })
  /** A new content for the message that the effect with key `post` sent. */
  | (Keyed & { readonly kind: "edit"; readonly to: Place; readonly post: string; readonly view: View })
  /** A thread that starts from the message that the effect with key `root` sent. */
  | (Keyed & { readonly kind: "thread"; readonly to: Place; readonly root: string; readonly title: string })
  /** A direct message to one member, for what the product must tell an organizer unasked. */
  | (Keyed & { readonly kind: "notice"; readonly to: Place; readonly member: string; readonly view: View });

/** What can be said of it when members have left: a stand-in is neither called nor written to. Undefined: nothing. */
export function reachable(effect: Effect): Effect | undefined {
  if (effect.kind === "notice" && isFormer(effect.member)) return undefined;
  if (effect.kind === "thread" || !effect.view.notify?.some(isFormer)) return effect;
  return { ...effect, view: { ...effect.view, notify: effect.view.notify.filter((id) => !isFormer(id)) } };
}
