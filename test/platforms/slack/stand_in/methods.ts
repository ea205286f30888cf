/** The Web API methods that the bot may call, with Slack's own errors. https://docs.slack.dev/reference/methods */
import { z } from "zod";
import { homeView, MESSAGE_BYTES, messageBlocks, metadata, modalView, type StandInBlock, text, timestamp } from "./blocks.ts";
import { namedFiles } from "./files.ts";
import { directOf, type StandInMessage, type Workspace } from "./workspace.ts";

export type Answer =
  | { readonly ok: true; readonly [key: string]: unknown }
  | { readonly ok: false; readonly error: string; readonly errors?: readonly string[] };

interface Method<S extends z.ZodType = z.ZodType> {
  readonly args: S;
  /** What Slack answers when the arguments do not fit. */
  readonly misfit: string;
  run(args: z.output<S>, workspace: Workspace): Answer;
}

const method = <S extends z.ZodType>(misfit: string, args: S, run: Method<S>["run"]): Method =>
  ({ misfit, args, run }) as unknown as Method;
const refuse = (error: string): Answer => ({ ok: false, error });

/** WebClient sends a form: whatever is not a string is JSON in a string. */
const json = <S extends z.ZodType>(schema: S) => z.preprocess((value) => (typeof value === "string" ? JSON.parse(value) : value), schema);
const flag = z.enum(["true", "false"]);

/** What every message says, whichever way it goes. */
export const content = { text, blocks: json(z.union([z.tuple([]), messageBlocks])) };
/** What Slack says of blocks with a file that it does not show: the same for one that is looked over and one that is not there. */
export const UNSHOWN_FILE = "invalid slack file";
const unshown = (blocks: readonly StandInBlock[], { files }: Workspace): boolean =>
  blocks.some((block) => block.type === "image" && files.shows(block.slack_file.id) !== "yes");
const refuseFile = (error: string): Answer => ({ ...refuse(error), errors: [UNSHOWN_FILE] });
const tooLong = (blocks: unknown): boolean => Buffer.byteLength(JSON.stringify(blocks)) > MESSAGE_BYTES;

const within = {
  channel: z.string(),
  include_all_metadata: flag.default("false"),
  oldest: z.coerce.number().default(0),
  limit: z.coerce.number().int().min(1).max(999).default(100),
};

/** A message as history shows it. */
function historic(message: StandInMessage, withMetadata: boolean) {
  const { ts, thread, text, blocks } = message;
  return {
    type: "message",
    ts,
    text,
    blocks,
    ...(thread ? { thread_ts: thread } : {}),
    ...(withMetadata && { metadata: message.metadata }),
  };
}

export const METHODS: Readonly<Record<string, Method>> = {
  "chat.postMessage": method(
    "invalid_blocks",
    z.strictObject({
      channel: z.string(),
      thread_ts: timestamp.optional(),
      ...content,
      metadata: json(metadata).optional(),
      unfurl_links: flag.optional(),
      unfurl_media: flag.optional(),
    }),
    ({ channel: to, thread_ts: thread, text, blocks, metadata }, workspace) => {
      // This method alone takes a person for their direct messages.
      const channel = workspace.users.has(to) ? directOf(to) : to;
      const found = workspace.channel(channel);
      if (!found || found.trouble) return refuse(found?.trouble ?? "channel_not_found");
      if (tooLong(blocks)) return refuse("msg_blocks_too_long");
      if (unshown(blocks, workspace)) return refuseFile("invalid_blocks");
      if (thread && !workspace.messages(channel).some(({ ts }) => ts === thread)) return refuse("thread_not_found");
      const { ts } = workspace.post({ channel, thread, text, blocks, metadata });
      return { ok: true, channel, ts };
    },
  ),
  "chat.update": method(
    "invalid_blocks",
    z.strictObject({ channel: z.string(), ts: z.string(), ...content }),
    ({ channel, ts, text, blocks }, workspace) => {
      const found = workspace.channel(channel);
      if (!found || found.trouble) return refuse(found?.trouble ?? "channel_not_found");
      if (tooLong(blocks)) return refuse("msg_blocks_too_long");
      if (unshown(blocks, workspace)) return refuseFile("invalid_blocks");
      const message = found.messages.find((one) => one.ts === ts);
      if (!message) return refuse("message_not_found");
      Object.assign(message, { text, blocks });
      workspace.changed();
      return { ok: true, channel, ts };
    },
  ),
  "chat.postEphemeral": method(
    "invalid_blocks",
    z.strictObject({ channel: z.string(), user: z.string(), thread_ts: timestamp.optional(), ...content }),
    ({ channel, user, thread_ts: thread, text, blocks }, workspace) => {
      const found = workspace.channel(channel);
      if (!found || found.trouble) return refuse(found?.trouble ?? "channel_not_found");
      if (!workspace.users.has(user)) return refuse("user_not_in_channel");
      if (unshown(blocks, workspace)) return refuseFile("invalid_blocks");
      const ts = workspace.timestamp();
      workspace.show(user, { kind: "private", message: { ts, channel, thread, text, blocks, metadata: undefined } });
      return { ok: true, message_ts: ts };
    },
  ),
  "reactions.add": method(
    "invalid_arguments",
    z.strictObject({ channel: z.string(), timestamp, name: z.string().regex(/^[a-z0-9_+-]+$/) }),
    ({ channel, timestamp: ts, name }, workspace) => {
      const message = workspace.channel(channel)?.messages.find((one) => one.ts === ts);
      if (!message) return refuse("message_not_found");
      if (message.reactions?.has(name)) return refuse("already_reacted");
      message.reactions?.add(name);
      workspace.changed();
      return { ok: true };
    },
  ),
  "conversations.history": method("invalid_arguments", z.strictObject(within), (args, workspace) => {
    const found = workspace.channel(args.channel);
    if (!found || found.trouble) return refuse(found?.trouble ?? "channel_not_found");
    const messages = workspace.messages(args.channel).filter(({ ts }) => Number(ts) > args.oldest);
    const newest = messages.toReversed().slice(0, args.limit);
    return { ok: true, messages: newest.map((message) => historic(message, args.include_all_metadata === "true")), has_more: false };
  }),
  "conversations.replies": method("invalid_arguments", z.strictObject({ ...within, ts: timestamp }), (args, workspace) => {
    const found = workspace.channel(args.channel);
    if (!found || found.trouble) return refuse(found?.trouble ?? "channel_not_found");
    const messages = workspace.messages(args.channel, args.ts);
    if (messages.length === 0) return refuse("thread_not_found");
    const shown = messages.filter(({ ts }) => ts === args.ts || Number(ts) > args.oldest).slice(0, args.limit);
    return { ok: true, messages: shown.map((message) => historic(message, args.include_all_metadata === "true")), has_more: false };
  }),
  "conversations.open": method("invalid_arguments", z.strictObject({ users: z.string() }), ({ users }, workspace) =>
    workspace.users.has(users) ? { ok: true, channel: { id: directOf(users) } } : refuse("user_not_found"),
  ),
  "users.info": method("invalid_arguments", z.strictObject({ user: z.string() }), ({ user }, workspace) => {
    const found = workspace.users.get(user);
    if (!found) return refuse("user_not_found");
    const { id, name, manager, from } = found;
    const home = from === undefined ? {} : { team_id: from, is_stranger: true };
    const profile = { display_name: name };
    return { ok: true, user: { id, name: `handle${id}`, real_name: name, is_admin: manager, is_owner: false, profile, ...home } };
  }),
  "files.getUploadURLExternal": method(
    "invalid_arguments",
    z.strictObject({ filename: z.string().min(1).max(255), length: z.coerce.number().int().min(1) }),
    ({ filename, length }, workspace) => {
      const { id } = workspace.files.ask(filename, length);
      return { ok: true, upload_url: workspace.uploadUrl(id), file_id: id };
    },
  ),
  "files.completeUploadExternal": method(
    "invalid_arguments",
    z.strictObject({ files: json(namedFiles), channel_id: z.string().optional() }),
    ({ files, channel_id: channel }, workspace) => {
      if (channel !== undefined && !workspace.channel(channel)) return refuse("channel_not_found");
      return files.every(({ id }) => workspace.files.complete(id, channel)) ? { ok: true, files } : refuse("file_not_found");
    },
  ),
  "views.open": method(
    "invalid_arguments",
    z.strictObject({ trigger_id: z.string(), view: json(modalView) }),
    ({ trigger_id: trigger, view }, workspace) => {
      if (unshown(view.blocks, workspace)) return refuseFile("invalid_arguments");
      const redeemed = workspace.redeem(trigger);
      if ("error" in redeemed) return refuse(redeemed.error);
      const { id, hash } = workspace.openView(redeemed.user, view);
      return { ok: true, view: { id, hash, ...view } };
    },
  ),
  "views.publish": method(
    "invalid_arguments",
    z.strictObject({ user_id: z.string(), view: json(homeView) }),
    ({ user_id, view }, workspace) => {
      if (!workspace.users.has(user_id)) return refuse("user_not_found");
      if (unshown(view.blocks, workspace)) return refuseFile("invalid_arguments");
      workspace.publish(user_id, view);
      return { ok: true, view: { id: `H${user_id}`, hash: "h", ...view } };
    },
  ),
  "views.update": method(
    "invalid_arguments",
    z.strictObject({ view_id: z.string(), hash: z.string().optional(), view: json(modalView) }),
    ({ view_id: id, hash, view }, workspace) => {
      const open = workspace.views.get(id);
      if (!open || open.closed) return refuse("not_found");
      if (hash !== undefined && hash !== open.hash) return refuse("hash_conflict");
      if (unshown(view.blocks, workspace)) return refuseFile("invalid_arguments");
      workspace.updateView(open, view);
      return { ok: true, view: { id, hash: open.hash, ...view } };
    },
  ),
};
