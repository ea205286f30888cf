/** Messages in: words in a round's thread, calls by name, direct messages. https://docs.slack.dev/reference/events/message */
import type { App, Context } from "@slack/bolt";
import type { Logger } from "pino";
import { z } from "zod";
import { BUTTON_CHARACTERS } from "../../app/button.ts";
import type { Dispatcher } from "../../app/dispatch.ts";
import { createOrder } from "../../app/in_order.ts";
import { HELLO } from "../../app/talk.ts";
import type { Mark, View } from "../../core/view.ts";
import { slackFailure } from "./errors.ts";
import { type Asked, readMention } from "./grammar.ts";
import { type Act, placeOf } from "./payload.ts";
import { calls, inWords, mentionedIn, unescaped } from "./plain.ts";
import type { Taking } from "./receive.ts";
import type { Surfaces } from "./surface.ts";
import type { Workspaces } from "./workspaces.ts";

interface Parts {
  readonly dispatcher: Dispatcher;
  readonly surfaces: Surfaces;
  readonly workspaces: Workspaces;
  readonly prefix: string;
  readonly taking: Taking;
  readonly log: Logger;
}

const envelope = z.object({
  team_id: z.string(),
  /** The installation that hears it: in a channel shared with another company the first id may be theirs. */
  authorizations: z.array(z.object({ team_id: z.string().nullish() })).default([]),
  event: z.object({
    type: z.enum(["message", "app_mention"]),
    subtype: z.string().optional(),
    bot_id: z.string().optional(),
    channel: z.string(),
    user: z.string().optional(),
    text: z.string().default(""),
    ts: z.string(),
    thread_ts: z.string().optional(),
    parent_user_id: z.string().optional(),
  }),
});

interface Spoken extends Act {
  /** As Slack sends it, with its markup. */
  readonly text: string;
  readonly ts: string;
  readonly channel: string;
  readonly addressed: boolean;
}

/** A message with a file, and a reply that is shown in the channel too, are words; edits, joins and the like are not. */
const SPEECH = new Set([undefined, "file_share", "thread_broadcast"]);
/** Reactions by their names in Slack; other signs are words, which reach the person alone here. */
const SIGNS: Readonly<Partial<Record<Mark, string>>> = { said: "writing_hand", asked: "question" };

export function hear(app: App, { dispatcher, surfaces, workspaces, prefix, taking, log }: Parts): void {
  const inOrder = createOrder();
  /** Payloads that were not dealt with: Slack is to deliver them again. */
  const left = new WeakSet<object>();
  acknowledgeLate(app, left);

  async function take(body: object, { botUserId: bot = "", unsure }: Context): Promise<void> {
    // Without our own id a thread of ours looks like somebody else's.
    if (unsure) return void left.add(body);
    const spoken = read(body, bot);
    if (!spoken) return;
    const taken = await taking.take(spoken, (act) => inOrder(`${act.channel}/${act.place.thread}`, () => answer(act, bot)));
    if (!taken) left.add(body);
  }

  async function answer(act: Spoken, bot: string): Promise<void> {
    const named = mentionedIn(act.text).filter((id) => id !== bot);
    const text = inWords(act.text, bot, await namesIn(act, named));
    const reading = act.addressed ? readMention(dispatcher.commands, text, act.place.thread !== undefined, prefix) : undefined;
    if (reading && "path" in reading) return show(act, await run(act, reading));
    const { who } = await taking.invocation(act, { path: HELLO, input: {} });
    const ageMs = Date.now() - Number(act.ts) * 1_000;
    const inThread = act.place.thread !== undefined;
    const heard = inThread ? await dispatcher.hear({ id: act.id, text: unescaped(text), who, place: act.place, ageMs }) : undefined;
    if (heard?.reply) await show(act, heard.reply);
    else if (!heard && act.addressed) await show(act, reading?.problem ?? (await run(act, { path: HELLO, input: {} })));
  }

  /** A message opens no form: Slack wants a trigger for that, which a button has. */
  async function run(act: Spoken, asked: Asked): Promise<View> {
    return dispatcher.wantsForm(asked.path, asked.input) ? formButton(asked) : dispatcher.dispatch(await taking.invocation(act, asked));
  }

  async function show(act: Spoken, view: View): Promise<void> {
    const name = view.mark && SIGNS[view.mark];
    const signed = name !== undefined && (await react(act, name));
    if (!signed) await surfaces.of(act).reply(view);
  }

  async function namesIn({ place }: Act, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return ids.length === 0 ? new Map() : (await workspaces.of(place.space)).people.names(ids);
  }

  async function react({ channel, ts, id, place }: Spoken, name: string): Promise<boolean> {
    try {
      const { client } = await workspaces.of(place.space);
      await client.reactions.add({ channel, timestamp: ts, name });
      return true;
    } catch (err) {
      // Delivered twice, or its first answer was lost.
      if (slackFailure(err)?.code === "already_reacted") return true;
      log.warn({ err, invocation: id }, "a reaction could not be added in Slack");
      return false;
    }
  }

  app.event("message", ({ body, context }) => take(body, context));
  app.event("app_mention", ({ body, context }) => take(body, context));
}

/** Undefined for what is nobody's words, or not for us: nothing of it is looked at further. */
function read(body: object, bot: string): Spoken | undefined {
  const parsed = envelope.safeParse(body);
  if (!parsed.success) return undefined;
  const { team_id, authorizations, event } = parsed.data;
  const team = authorizations[0]?.team_id ?? team_id;
  const { type, subtype, bot_id: byBot, channel, user, text, ts, thread_ts: root, parent_user_id: started } = event;
  if (!SPEECH.has(subtype) || byBot !== undefined || user === undefined || user === bot) return undefined;
  const thread = root === ts ? undefined : root;
  const place = placeOf(team, channel, thread);
  const direct = place.channel === undefined;
  const addressed = direct || type === "app_mention";
  // A call by name in a channel comes as an event of its own beside this one.
  if (!addressed && calls(text, bot)) return undefined;
  // A round's thread starts from a message of ours: other threads, and channels, need not be looked up.
  if (!addressed && (thread === undefined || (started !== undefined && started !== bot))) return undefined;
  return {
    id: `${team}/${channel}:${ts}`,
    user: { id: user, name: user },
    place,
    trigger: "",
    text,
    ts,
    channel,
    addressed,
  };
}

/**
 * bolt acknowledges an event before anybody has looked at it, and Slack never sends an acknowledged one again.
 * Here it is acknowledged when its words are committed: what a killed process leaves is delivered to the next one.
 */
function acknowledgeLate(app: App, left: WeakSet<object>): void {
  const process = app.processEvent.bind(app);
  app.processEvent = async (event) => {
    if (!("event" in event.body)) return process(event);
    await process({ ...event, ack: async () => undefined });
    if (!left.has(event.body)) await event.ack();
  };
}

function formButton({ path, input }: Asked): View {
  const fits = JSON.stringify([path, input]).length <= BUTTON_CHARACTERS;
  return {
    title: "There is a form for that",
    blocks: [{ kind: "buttons", buttons: [{ label: "Open the form", style: "primary", command: path, input: fits ? input : {} }] }],
  };
}
