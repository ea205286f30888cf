/** What Slack sends when somebody does something, checked and in our words. https://docs.slack.dev/reference/interaction-payloads */
import { createHash } from "node:crypto";
import { z } from "zod";
import { decodePress, encodePress, type Press } from "../../app/button.ts";
import type { Place } from "../../core/place.ts";
import { FIELD_ACTION } from "./render.ts";

/** Something somebody did, whatever it was. */
export interface Act {
  /** The same for every delivery of this act, and for no other. */
  readonly id: string;
  readonly user: { readonly id: string; readonly name: string };
  readonly place: Place;
  /** Opens one modal, once, within 3 s. */
  readonly trigger: string;
  /** Where private replies go; absent in modals. */
  readonly responseUrl?: string | undefined;
  /** The modal that it was done in. */
  readonly viewId?: string | undefined;
  /** It was done in the home tab. */
  readonly home?: boolean;
}

/** Direct messages have no channel in our sense. https://docs.slack.dev/reference/objects/conversation-object */
const isDirect = (channel: string): boolean => channel.startsWith("D");

export const placeOf = (space: string, channel: string | undefined, thread: string | undefined): Place => ({
  platform: "slack",
  space,
  ...(channel === undefined || isDirect(channel) ? {} : { channel, ...(thread === undefined ? {} : { thread }) }),
});

/** Slack makes one trigger per interaction, so it names the interaction. With its space in front it goes when the space does. */
export const named = (space: string, trigger: string): string => `${space}/${trigger}`;

const slash = z.object({
  command: z.string(),
  text: z.string().default(""),
  trigger_id: z.string(),
  response_url: z.string(),
  user_id: z.string(),
  user_name: z.string(),
  team_id: z.string(),
  channel_id: z.string(),
});

/** Slash commands cannot be typed in threads. https://docs.slack.dev/interactivity/implementing-slash-commands */
export function readSlashPayload(body: unknown): Act & { readonly command: string; readonly text: string } {
  const { command, text, ...by } = slash.parse(body);
  return {
    id: named(by.team_id, by.trigger_id),
    user: { id: by.user_id, name: by.user_name },
    place: placeOf(by.team_id, by.channel_id, undefined),
    trigger: by.trigger_id,
    responseUrl: by.response_url,
    command,
    text,
  };
}

/** Who did it, and in which workspace, as every interaction says. */
export const from = {
  user: z.object({ id: z.string(), name: z.string().optional(), username: z.string().optional(), team_id: z.string().optional() }),
  team: z.object({ id: z.string() }).nullish(),
};

export const personOf = ({ id, name, username }: z.output<typeof from.user>): Act["user"] => ({ id, name: name ?? username ?? id });

const press = z.object({
  actions: z.tuple([z.object({ value: z.string() })]).rest(z.unknown()),
  ...from,
  trigger_id: z.string(),
  response_url: z.string().optional(),
  channel: z.object({ id: z.string() }).optional(),
  container: z.object({ message_ts: z.string().optional(), thread_ts: z.string().optional() }),
  message: z.object({ thread_ts: z.string().optional() }).optional(),
  view: z.object({ id: z.string(), type: z.string(), private_metadata: z.string(), team_id: z.string().optional() }).optional(),
});

export function readPressPayload(body: unknown): Act & { readonly press: Press | undefined } {
  const { actions, user, team, container, message, view, channel, trigger_id, response_url } = press.parse(body);
  const space = spaceOf(team?.id ?? view?.team_id, user, view?.private_metadata);
  const home = view?.type === "home";
  // The root of a thread carries its own timestamp as thread_ts once somebody replies; it stands in the channel all the same.
  const thread = container.thread_ts ?? message?.thread_ts;
  const inThread = thread === container.message_ts ? undefined : thread;
  return {
    id: named(space, trigger_id),
    user: personOf(user),
    place: view ? carriedPlace(view.private_metadata, space) : placeOf(space, channel?.id, inThread),
    trigger: trigger_id,
    responseUrl: response_url,
    viewId: home ? undefined : view?.id,
    home,
    press: decodePress(actions[0].value),
  };
}

const fieldState = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
});

const submission = z.object({
  ...from,
  trigger_id: z.string(),
  view: z.object({
    id: z.string(),
    hash: z.string(),
    private_metadata: z.string(),
    state: z.object({ values: z.record(z.string(), z.object({ [FIELD_ACTION]: fieldState })) }),
  }),
});

export interface Submission extends Act {
  /** What the form completes; undefined when it is not ours. */
  readonly press: Press | undefined;
  readonly values: Readonly<Record<string, string>>;
}

export function readSubmissionPayload(body: unknown): Submission {
  const { user, team, trigger_id, view } = submission.parse(body);
  const values = filled(view.state.values);
  const space = spaceOf(team?.id, user, view.private_metadata);
  return {
    // After a lost acknowledgement Slack offers the form again, and each press of its button has a trigger of its own:
    // the same view with the same words is the same submission. Other words are another one, so that no correction is lost.
    id: named(space, `${view.id}:${view.hash}:${digest(values)}`),
    user: personOf(user),
    place: carriedPlace(view.private_metadata, space),
    trigger: trigger_id,
    viewId: view.id,
    press: decodePress(carried(view.private_metadata).press ?? ""),
    values,
  };
}

/**
 * The workspace whose place it is. Somebody of another company, in a channel shared with it, submits a
 * form under their own workspace's id, and in an organization's installation there may be none at all:
 * what the modal carries is ours. https://docs.slack.dev/apis/slack-connect/using-slack-connect-channels
 */
export const spaceOf = (team: string | undefined, user: z.output<typeof from.user>, metadata?: string): string =>
  (metadata === undefined ? undefined : carried(metadata).space) ?? team ?? user.team_id ?? "";

/** What was filled in; empty fields are left out. */
function filled(state: z.output<typeof submission>["view"]["state"]["values"]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(state).flatMap(([name, { [FIELD_ACTION]: field }]) => {
      const value = field.selected_option?.value ?? field.value ?? "";
      return value.trim() === "" ? [] : [[name, value]];
    }),
  );
}

const digest = (values: object): string => createHash("sha256").update(JSON.stringify(values)).digest("base64url").slice(0, 16);

const cargo = z.object({
  space: z.string().optional(),
  channel: z.string().optional(),
  thread: z.string().optional(),
  press: z.string().optional(),
});

/** What a modal carries: where its answer belongs, and for a form the invocation that it completes. */
export const metadata = ({ space, channel, thread }: Place, press?: Press): string =>
  JSON.stringify({ space, channel, thread, press: press && encodePress(press) });

function carried(metadata: string): z.output<typeof cargo> {
  try {
    return cargo.parse(JSON.parse(metadata));
  } catch {
    return {};
  }
}

function carriedPlace(metadata: string, space: string): Place {
  const { channel, thread } = carried(metadata);
  return placeOf(space, channel, thread);
}
