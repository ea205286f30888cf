/** Shortcuts in: one in every message's menu, one beside the message box. https://docs.slack.dev/interactivity/implementing-shortcuts */
import type { App, types } from "@slack/bolt";
import { z } from "zod";
import type { Dispatcher } from "../../app/dispatch.ts";
import { SAY, TODAY } from "../../app/talk.ts";
import { within } from "../../app/within.ts";
import { refusalView } from "../../core/refusal.ts";
import { SUBMIT_WAIT_MS } from "./limits.ts";
import { type Act, from, metadata, named, personOf, placeOf, spaceOf } from "./payload.ts";
import { inWords, mentionedIn, unescaped } from "./plain.ts";
import { acknowledge, type Taking } from "./receive.ts";
import { drawForm, drawReply, FIELD_ACTION, WAITING_MODAL } from "./render.ts";
import { MENTION, type Surfaces } from "./surface.ts";
import type { Workspaces } from "./workspaces.ts";

/** As the manifest declares them; a name has 24 characters at most. */
export const SHORTCUTS = [
  {
    name: "Answer with this message",
    type: "message",
    callback_id: "answer_with_message",
    description: "Makes it your answer in the mock round here",
  },
  { name: "Answer today's drill", type: "global", callback_id: "answer_drill", description: "Opens the form of your group's drill" },
] as const;
const [MESSAGE, GLOBAL] = SHORTCUTS;

const CHOICE_CALLBACK = "choose_channel";
const CHANNEL_FIELD = "channel";

interface Parts {
  readonly dispatcher: Dispatcher;
  readonly surfaces: Surfaces;
  readonly workspaces: Workspaces;
  readonly taking: Taking;
}

export function receiveShortcuts(app: App, { dispatcher, surfaces, workspaces, taking }: Parts): void {
  app.shortcut({ type: "message_action", callback_id: MESSAGE.callback_id }, async ({ ack, body, context }) => {
    const { message, ...act } = readMessageShortcut(body);
    await taking.take(act, async () => {
      await acknowledge(ack);
      if (message.user !== act.user.id) return surfaces.of(act).reply(NOT_YOURS);
      const { people } = await workspaces.of(act.place.space);
      const text = unescaped(inWords(message.text, context.botUserId ?? "", await people.names(mentionedIn(message.text))));
      await taking.answer(act, { path: SAY, input: { text } });
    });
  });

  /** It is used beside any conversation, and says of none. */
  app.shortcut({ type: "shortcut", callback_id: GLOBAL.callback_id }, async ({ ack, body }) => {
    await taking.take(readGlobalShortcut(body), async (act) => {
      await acknowledge(ack);
      await surfaces.of(act).show(WHICH_CHANNEL);
    });
  });

  app.view({ type: "view_submission", callback_id: CHOICE_CALLBACK }, async ({ ack, body }) => {
    await taking.take(readChoice(body), async (act) => {
      const drawing = drillIn(act);
      const inTime = await within(drawing, SUBMIT_WAIT_MS);
      const acknowledged = await acknowledge(() => ack({ response_action: "update", view: inTime ?? WAITING_MODAL }));
      if (!inTime || !acknowledged) await surfaces.of(act).show(await drawing);
    });
  });

  async function drillIn(act: Act): Promise<types.ModalView> {
    const opened = await dispatcher.open(await taking.invocation(act, { path: TODAY, input: {} }));
    if ("reply" in opened) return drawReply(opened.reply, metadata(act.place), MENTION);
    return drawForm(opened.form, metadata(act.place, opened.press), MENTION);
  }
}

const NOT_YOURS = refusalView({
  title: "That is somebody else's message",
  advice: "Everybody answers with their own words. Nothing was changed.",
});

const plain = (text: string): types.PlainTextElement => ({ type: "plain_text", text });

/** Slack offers the channels that its reader sees, the one they are in first. */
const WHICH_CHANNEL: types.ModalView = {
  type: "modal",
  callback_id: CHOICE_CALLBACK,
  title: plain("Today's drill"),
  submit: plain("Open it"),
  close: plain("Cancel"),
  blocks: [
    {
      type: "input",
      block_id: CHANNEL_FIELD,
      label: plain("In which channel does your group meet?"),
      element: {
        type: "conversations_select",
        action_id: FIELD_ACTION,
        default_to_current_conversation: true,
        filter: { include: ["public", "private"], exclude_bot_users: true },
      },
    },
  ],
};

const shortcut = z.object({
  ...from,
  trigger_id: z.string(),
  response_url: z.string(),
  channel: z.object({ id: z.string() }),
  message: z.object({ user: z.string().optional(), text: z.string().default(""), ts: z.string(), thread_ts: z.string().optional() }),
});

function readMessageShortcut(body: unknown): Act & { readonly message: z.output<typeof shortcut>["message"] } {
  const { user, team, trigger_id: trigger, response_url: responseUrl, channel, message } = shortcut.parse(body);
  const thread = message.thread_ts === message.ts ? undefined : message.thread_ts;
  const place = placeOf(spaceOf(team?.id, user), channel.id, thread);
  return { id: named(place.space, trigger), user: personOf(user), place, trigger, responseUrl, message };
}

function readGlobalShortcut(body: unknown): Act {
  const { user, team, trigger_id: trigger } = z.object({ ...from, trigger_id: z.string() }).parse(body);
  const space = spaceOf(team?.id, user);
  return { id: named(space, trigger), user: personOf(user), place: placeOf(space, undefined, undefined), trigger };
}

const choice = z.object({
  ...from,
  trigger_id: z.string(),
  view: z.object({
    id: z.string(),
    state: z.object({
      values: z.object({ [CHANNEL_FIELD]: z.object({ [FIELD_ACTION]: z.object({ selected_conversation: z.string() }) }) }),
    }),
  }),
});

function readChoice(body: unknown): Act {
  const { user, team, trigger_id: trigger, view } = choice.parse(body);
  const channel = view.state.values[CHANNEL_FIELD][FIELD_ACTION].selected_conversation;
  const space = spaceOf(team?.id, user);
  return {
    id: named(space, trigger),
    user: personOf(user),
    place: placeOf(space, channel, undefined),
    trigger,
    viewId: view.id,
  };
}
