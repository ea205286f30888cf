/** Where somebody who did something sees the answer: privately, beside the message or in the modal. */
import type { types, webApi } from "@slack/bolt";
import type { View } from "../../core/view.ts";
import type { Naming } from "./markup.ts";
import { type Act, metadata } from "./payload.ts";
import { drawMessage, drawReply } from "./render.ts";

/** Private surfaces reach one person alone, so every member can be a real mention. */
export const MENTION: Naming = () => undefined;

export interface Surface {
  reply(view: View): Promise<void>;
  /** Shows a modal and returns the surface that can replace it. */
  show(modal: types.ModalView): Promise<Surface>;
}

export interface Surfaces {
  of(act: Act): Surface;
}

/** A `response_url` or a method did not do what it should. */
class Unshown extends Error {
  override readonly name = "Unshown";
}

export function createSurfaces(client: webApi.WebClient): Surfaces {
  /** Seen by one member, not updatable, gone after a reload: nothing important lives only here. */
  async function ephemeral({ user, place }: Act, view: View): Promise<void> {
    if (place.channel === undefined) throw new Unshown("there is no channel to reply in");
    await client.chat.postEphemeral({
      channel: place.channel,
      user: user.id,
      ...(place.thread === undefined ? {} : { thread_ts: place.thread }),
      ...drawMessage(view, MENTION),
    });
  }

  async function respond({ responseUrl, place }: Act, view: View): Promise<void> {
    if (responseUrl === undefined) throw new Unshown("there is no response_url");
    const response = await fetch(responseUrl, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        response_type: "ephemeral",
        replace_original: false,
        ...(place.thread === undefined ? {} : { thread_ts: place.thread }),
        ...drawMessage(view, MENTION),
      }),
      signal: AbortSignal.timeout(RESPOND_MS),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Unshown(`response_url answered ${response.status}`);
  }

  const beside = (act: Act): Surface => ({
    // Needs no permission and no membership, but lives 30 minutes: a method is the second way.
    reply: (view) => respond(act, view).catch(() => ephemeral(act, view)),
    async show(modal) {
      const { view } = await client.views.open({ trigger_id: act.trigger, view: modal });
      if (view?.id === undefined) throw new Unshown("views.open named no view");
      return inModal(act, view.id);
    },
  });

  const inModal = (act: Act, viewId: string): Surface => {
    const update = (modal: types.ModalView) => client.views.update({ view_id: viewId, view: modal });
    const surface: Surface = {
      // Whoever closed the modal meanwhile is told in the channel.
      reply: (view) => update(drawReply(view, metadata(act.place), MENTION)).then(noop, () => ephemeral(act, view)),
      async show(modal) {
        await update(modal);
        return surface;
      },
    };
    return surface;
  };

  return { of: (act) => (act.viewId === undefined ? beside(act) : inModal(act, act.viewId)) };
}

const RESPOND_MS = 6_000;
const noop = () => undefined;
