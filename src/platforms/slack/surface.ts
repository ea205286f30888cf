/** Where somebody who did something sees the answer: privately, beside the message or in the modal. */
import type { types } from "@slack/bolt";
import type { Logger } from "pino";
import { type FileBlock, filesIn, withoutFiles } from "../../core/file.ts";
import { picturesIn, withoutPictures } from "../../core/picture.ts";
import { SECOND } from "../../core/place.ts";
import type { View } from "../../core/view.ts";
import { slackFailure } from "./errors.ts";
import { sendFitting } from "./fallback.ts";
import type { Naming } from "./markup.ts";
import { type Act, metadata } from "./payload.ts";
import { type Files, NO_FILES } from "./pictures.ts";
import { inviteLine } from "./refusals.ts";
import { drawMessage, drawReply } from "./render.ts";
import type { Workspaces } from "./workspaces.ts";

/** Private surfaces reach one person alone, so every member can be a real mention. */
export const MENTION: Naming = () => undefined;

export interface Surface {
  /** In a modal the words stand at once, and the pictures come to them. */
  reply(view: View): Promise<void>;
  /** Adds the pictures to a reply whose words are shown already. Never rejects. */
  illustrate(view: View): Promise<void>;
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

export function createSurfaces(workspaces: Workspaces, log: Logger): Surfaces {
  const at = ({ place }: Act) => workspaces.of(place.space);

  /** Seen by one member, not updatable, gone after a reload: nothing important lives only here. */
  async function ephemeral(act: Act, view: View, files: Files = NO_FILES): Promise<void> {
    const { channel, thread } = act.place;
    const { client } = await at(act);
    // At home there is no message to stand beside: the conversation with the bot is as private.
    if (channel === undefined)
      return void (await sendFitting(view, MENTION, files, (drawn) => client.chat.postMessage({ channel: act.user.id, ...drawn })));
    const where = { channel, user: act.user.id, ...(thread === undefined ? {} : { thread_ts: thread }) };
    await sendFitting(view, MENTION, files, (drawn) => client.chat.postEphemeral({ ...where, ...drawn }));
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

  /** Needs no permission, no membership and no token, but lives 30 minutes: a method is the second way. */
  const words = (act: Act, view: View) => respond(act, view).catch(() => ephemeral(act, view));

  const beside = (act: Act): Surface => ({
    async reply(view) {
      if (picturesIn(view).length === 0) return words(act, view);
      // A file shows only in what is posted by whoever may see it: the bot's own method, not the response_url.
      // https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object
      try {
        const { uploads } = await at(act);
        await uploads.send({ view, ms: PICTURE_MS, send: (files) => ephemeral(act, view, files) });
      } catch (error) {
        const { bot } = await at(act);
        await words(act, explained(withoutPictures(view), inviteLine(error, bot.name)));
      }
    },
    illustrate: async () => undefined,
    async show(modal) {
      const { client } = await at(act);
      const { view } = await client.views.open({ trigger_id: act.trigger, view: modal });
      if (view?.id === undefined) throw new Unshown("views.open named no view");
      return inModal(act, view.id);
    },
  });

  /** In the home tab a reply opens above it; when the trigger is spent it comes as a direct message. */
  const atHome = (act: Act): Surface => {
    const { show, illustrate } = beside(act);
    return {
      show,
      illustrate,
      async reply(view) {
        const shown = await show(drawReply(view, metadata(act.place), MENTION)).catch(() => undefined);
        await (shown ? shown.illustrate(view) : beside(act).reply(view));
      },
    };
  };

  const inModal = (act: Act, viewId: string): Surface => {
    const update = async (modal: types.ModalView) => (await at(act)).client.views.update({ view_id: viewId, view: modal });
    const surface: Surface = {
      async reply(view) {
        const shown = await update(drawReply(view, metadata(act.place), MENTION)).then(yes, no);
        // Whoever closed the modal meanwhile is told in the channel.
        return shown ? surface.illustrate(view) : beside(act).reply(view);
      },
      async illustrate(view) {
        if (picturesIn(view).length === 0) return;
        const send = (files: Files) => update(drawReply(view, metadata(act.place), MENTION, files));
        const { uploads } = await at(act);
        await uploads.send({ view, ms: PICTURE_MS, send }).catch((err: unknown) => {
          // Closed after its words were read: there is nothing left to show them in.
          if (slackFailure(err)?.code !== "not_found") log.warn({ err, invocation: act.id }, "pictures could not be put into a modal");
        });
      },
      async show(modal) {
        await update(modal);
        return surface;
      },
    };
    return surface;
  };

  /** Neither an ephemeral message nor a modal can hold a file: it goes by direct message, and the reply says so. */
  async function filed(act: Act, view: View): Promise<View> {
    const lost = new Set<FileBlock>();
    const files = filesIn(view);
    if (files.length === 0) return view;
    const { uploads } = await at(act);
    for (const file of files)
      await uploads.sendFile(act.user.id, file).catch((err: unknown) => {
        log.warn({ err, invocation: act.id }, "a file could not be sent in Slack");
        lost.add(file);
      });
    return withoutFiles(view, (file) =>
      lost.has(file)
        ? `\`${file.name}\` could not be sent to you. Please try again.`
        : `\`${file.name}\` is in your direct messages with Drillroom.`,
    );
  }

  return {
    of(act) {
      const surface = act.viewId !== undefined ? inModal(act, act.viewId) : act.home ? atHome(act) : beside(act);
      return { ...surface, reply: async (view) => surface.reply(await filed(act, view)) };
    },
  };
}

/** A reply without its pictures says why they are missing, where somebody in the channel can mend it. */
function explained(view: View, why: string | undefined): View {
  return why === undefined
    ? view
    : { ...view, blocks: [...view.blocks, { kind: "text", markdown: `Its picture cannot be shown here. ${why}` }] };
}

const RESPOND_MS = 6 * SECOND;
/** How long somebody who was acknowledged waits for the pictures of a reply. */
const PICTURE_MS = 8 * SECOND;
const yes = () => true;
const no = () => false;
