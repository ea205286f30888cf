/** Slack in: slash commands, buttons and forms become invocations; what is asked for is shown. */
import type { App } from "@slack/bolt";
import type { Logger } from "pino";
import type { Invocation } from "../../app/command.ts";
import type { Dispatcher } from "../../app/dispatch.ts";
import { typed } from "../../app/input.ts";
import { within } from "../../app/within.ts";
import { filesIn } from "../../core/file.ts";
import type { View } from "../../core/view.ts";
import { slackFailure } from "./errors.ts";
import { readSlash } from "./grammar.ts";
import { FORM_WAIT_MS, SUBMIT_WAIT_MS } from "./limits.ts";
import { type Act, metadata, readPressPayload, readSlashPayload, readSubmissionPayload, type Submission } from "./payload.ts";
import { drawForm, drawReply, FORM_CALLBACK, PRESS_ACTION, WAITING_MODAL } from "./render.ts";
import { MENTION, type Surface, type Surfaces } from "./surface.ts";
import { goneView, slowView } from "./trouble_views.ts";
import { memberOf } from "./who.ts";
import { NotInstalled, type Workspaces } from "./workspaces.ts";

interface Parts {
  readonly dispatcher: Dispatcher;
  readonly workspaces: Workspaces;
  readonly surfaces: Surfaces;
  readonly prefix: string;
  /** Where the app can be installed, when it can be by everybody. */
  readonly installUrl: string | undefined;
  /** Called when somebody did something, whatever came of it. */
  readonly acted: (act: Act) => void;
  readonly log: Logger;
}

/** What all that comes in has in common. */
export interface Taking {
  /** False while stopping, and when it failed: it is not done. */
  take<A extends Act>(act: A, work: (act: A) => Promise<void>): Promise<boolean>;
  invocation(act: Act, asked: Asked): Promise<Invocation>;
  /** Shows the form that a command asks for, or runs it and shows the reply. */
  answer(act: Act, asked: Asked): Promise<void>;
}

export interface Receiver extends Taking {
  /** Takes nothing new and waits for what is under way, at most `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

type Asked = Pick<Invocation, "path" | "input"> & { readonly revision?: number | undefined };

const OLD_BUTTON: View = {
  title: "This button is from an older version",
  tone: "warn",
  blocks: [{ kind: "text", markdown: "Nothing was changed. Use the newest message, or type the command again." }],
};
const brokenView = ({ id }: Act): View => ({
  title: "Something went wrong on our side",
  tone: "warn",
  blocks: [{ kind: "text", markdown: `Try again. If it happens again, tell your organizer this number: \`${id}\`` }],
});

export function receive(app: App, { dispatcher, workspaces, surfaces, prefix, installUrl, acted, log }: Parts): Receiver {
  const running = new Set<Promise<boolean>>();
  let stopped = false;

  /** What arrives while stopping is not acknowledged: Slack says so to the person, who tries again. */
  async function take<A extends Act>(act: A, work: (act: A) => Promise<void>): Promise<boolean> {
    if (stopped) return false;
    const done = work(act).then(yes, (err) => failed(act, err));
    running.add(done);
    await done;
    running.delete(done);
    acted(act);
    return done;
  }

  async function failed(act: Act, err: unknown): Promise<boolean> {
    if (err instanceof NotInstalled) {
      await surfaces.of(act).reply(goneView(installUrl)).catch(noop);
      return true;
    }
    log.error({ err, invocation: act.id }, "an interaction in Slack could not be answered");
    await surfaces.of(act).reply(brokenView(act)).catch(noop);
    return false;
  }

  async function invocation({ id, user, place }: Act, { path, input, revision }: Asked): Promise<Invocation> {
    const who = await memberOf(workspaces, place, user);
    return { id, path, input, who, place, ...(revision === undefined ? {} : { revision }) };
  }

  async function submit(act: Submission): Promise<View> {
    const { press } = act;
    if (!press) return OLD_BUTTON;
    const command = dispatcher.commands.find(({ path }) => path === press.command);
    const values = command ? typed(command, act.values) : act.values;
    const asked = { path: press.command, input: { ...press.input, ...values }, revision: press.revision };
    return dispatcher.dispatch(await invocation(act, asked), (view) => surfaces.of(act).reply(view));
  }

  /** A manifest from before the prefix was set still calls commands by their own names. */
  const wordOf = (command: string): string => command.slice(command.startsWith(`/${prefix}`) ? prefix.length + 1 : 1);

  async function answer(act: Act, asked: Asked): Promise<void> {
    const surface = surfaces.of(act);
    if (dispatcher.wantsForm(asked.path, asked.input)) return openForm(act, asked, surface);
    let shown = surface;
    const replying = invocation(act, asked).then((one) => dispatcher.dispatch(one, (view) => shown.reply(view)));
    // At home a reply is a modal, and there is none once the trigger is spent.
    if (act.home && !(await within(replying, FORM_WAIT_MS))) shown = await surface.show(WAITING_MODAL).catch(() => surface);
    await shown.reply(await replying);
  }

  /** A trigger lives 3 s: a form that takes longer is filled into a modal that says "one moment". */
  async function openForm(act: Act, asked: Asked, surface: Surface): Promise<void> {
    const opening = invocation(act, asked).then((invocation) => dispatcher.open(invocation));
    try {
      const inTime = await within(opening, FORM_WAIT_MS);
      const shown = inTime ? surface : await surface.show(WAITING_MODAL);
      const opened = inTime ?? (await opening);
      if ("form" in opened) await shown.show(drawForm(opened.form, metadata(act.place, opened.press), MENTION));
      else await shown.reply(opened.reply);
    } catch (error) {
      const code = slackFailure(error)?.code;
      // A redelivery finds that its trigger has opened the form already.
      if (code === "exchanged_trigger_id") return;
      if (code !== "expired_trigger_id") throw error;
      await surface.reply(slowView(asked));
    }
  }

  app.command(/.*/, async ({ ack, body }) => {
    await take(readSlashPayload(body), async (act) => {
      await acknowledge(ack);
      const reading = readSlash(dispatcher.commands, wordOf(act.command), act.text, prefix);
      if ("problem" in reading) await surfaces.of(act).reply(reading.problem);
      else await answer(act, reading);
    });
  });

  app.action({ type: "block_actions", action_id: new RegExp(`^${PRESS_ACTION}`) }, async ({ ack, body }) => {
    await take(readPressPayload(body), async (act) => {
      await acknowledge(ack);
      if (act.press) await answer(act, { ...act.press, path: act.press.command });
      else await surfaces.of(act).reply(OLD_BUTTON);
    });
  });

  app.view({ type: "view_submission", callback_id: FORM_CALLBACK }, async ({ ack, body }) => {
    await take(readSubmissionPayload(body), async (act) => {
      const replying = submit(act);
      const inTime = await within(replying, SUBMIT_WAIT_MS);
      const whole = inTime && filesIn(inTime).length === 0;
      const view = whole ? drawReply(inTime, metadata(act.place), MENTION) : WAITING_MODAL;
      const acknowledged = await acknowledge(() => ack({ response_action: "update", view }));
      // Otherwise the reply takes the other way. Pictures always do: an acknowledgement with a file that
      // Slack does not show yet would be refused whole.
      if (!whole || !acknowledged) await surfaces.of(act).reply(await replying);
      else await surfaces.of(act).illustrate(inTime);
    });
  });

  return {
    take,
    invocation,
    answer,
    async stop(graceMs) {
      stopped = true;
      await within(Promise.all(running), graceMs);
    },
  };
}

/**
 * Whether it could be said that it was heard. The socket may drop just now: what was asked for is done all the same,
 * and when Slack brings it again, it is known by its id.
 */
export const acknowledge = (ack: () => Promise<void>): Promise<boolean> => ack().then(yes, no);

const yes = () => true;
const no = () => false;
const noop = () => undefined;
