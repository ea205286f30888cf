/** The REST API, as far as the bot uses it. https://discord.com/developers/docs/reference */
import {
  ApplicationCommandUpdateRequestSchema,
  CreatePrivateChannelRequestSchema,
  CreateTextThreadWithMessageRequestSchema,
  MessageCreateRequestSchema,
  MessageEditRequestPartialSchema,
} from "discord-api-spec/zod";
import type { RequestKind } from "./faults.ts";
import type { Gateway } from "./gateway.ts";
import type { Interactions } from "./interactions.ts";
import { channelJson, messageJson } from "./payloads.ts";
import { Refusal } from "./refusal.ts";
import { commandProblems, isEmpty, messageProblems } from "./rules.ts";
import { strictly } from "./strict.ts";
import { attached, type SentFile, uploadProblems } from "./upload.ts";
import type { Channel, Json, Message, Permission, World } from "./world.ts";

export interface Route {
  readonly kind: RequestKind;
  readonly method: "GET" | "POST" | "PATCH" | "PUT";
  readonly path: RegExp;
  /** Its token stands in the path. */
  readonly open?: true;
  /** Undefined answers 204. */
  run(parts: readonly string[], body: Json, files: readonly SentFile[]): unknown;
}

export function routes(world: World, gateway: Gateway, interactions: Interactions): readonly Route[] {
  const channelOf = (id: string | undefined, need: Permission = "view"): Channel => {
    const channel = world.channels.get(id ?? "");
    if (!channel) throw new Refusal(404, 10_003, "Unknown Channel");
    if (channel.denied.has("view")) throw new Refusal(403, 50_001, "Missing Access");
    if (channel.denied.has(need)) throw new Refusal(403, 50_013, "Missing Permissions");
    return channel;
  };
  const messageOf = (channel: Channel, id: string | undefined): Message => {
    const message = channel.messages.find((one) => one.id === id);
    if (!message) throw new Refusal(404, 10_008, "Unknown Message");
    return message;
  };
  const checkApplication = (id: string | undefined) => {
    if (id !== world.application) throw new Refusal(403, 20_012, "You are not authorized to perform this action on this application");
  };

  const create: Route = {
    kind: "create",
    method: "POST",
    path: /^\/channels\/(\d+)\/messages$/,
    run([id], body, files) {
      const channel = channelOf(id, "send");
      if (files.length > 0) channelOf(id, "attach");
      if (channel.locked) throw new Refusal(400, 50_083, "Thread is archived");
      if (isEmpty(body)) throw new Refusal(400, 50_006, "Cannot send an empty message");
      Refusal.ifAny([...strictly(MessageCreateRequestSchema, body), ...messageProblems(body), ...uploadProblems(body, files, [])]);
      return messageJson(world, world.send(channel, body, attached(body, files, [])));
    },
  };

  const edit: Route = {
    kind: "edit",
    method: "PATCH",
    path: /^\/channels\/(\d+)\/messages\/(\d+)$/,
    run([id, messageId], body, files) {
      const message = messageOf(channelOf(id), messageId);
      if (files.length > 0) channelOf(id, "attach");
      const wasV2 = (Number(message.body.flags ?? 0) & (1 << 15)) !== 0;
      const problems = [...messageProblems(body, wasV2), ...uploadProblems(body, files, message.attachments)];
      Refusal.ifAny([...strictly(MessageEditRequestPartialSchema, body), ...problems]);
      message.body = { ...message.body, ...body };
      message.attachments = attached(body, files, message.attachments);
      message.edited = Date.now();
      return messageJson(world, message);
    },
  };

  const thread: Route = {
    kind: "thread",
    method: "POST",
    path: /^\/channels\/(\d+)\/messages\/(\d+)\/threads$/,
    run([id, messageId], body) {
      const parent = channelOf(id, "create threads");
      const root = messageOf(parent, messageId);
      Refusal.ifAny(strictly(CreateTextThreadWithMessageRequestSchema, body));
      if (world.channels.has(root.id)) throw new Refusal(400, 160_004, "A thread has already been created for this message");
      const started = world.addChannel("thread", String(body.name), { id: root.id, parent: parent.id });
      const json = channelJson(world, started);
      gateway.tell("THREAD_CREATE", { ...json, newly_created: true });
      return json;
    },
  };

  const direct: Route = {
    kind: "direct",
    method: "POST",
    path: /^\/users\/@me\/channels$/,
    run(_parts, body) {
      Refusal.ifAny(strictly(CreatePrivateChannelRequestSchema, body));
      const recipient = String(body.recipient_id);
      if (!world.people.some(({ id }) => id === recipient)) throw new Refusal(404, 10_013, "Unknown User");
      return channelJson(world, world.directWith(recipient));
    },
  };

  const commandRoutes = (["global", "guild"] as const).flatMap((scope): Route[] => {
    const path = scope === "global" ? /^\/applications\/(\d+)\/commands$/ : /^\/applications\/(\d+)\/guilds\/(\d+)\/commands$/;
    const check = ([application, guild]: readonly string[]) => {
      checkApplication(application);
      if (scope === "guild" && guild !== world.guild) throw new Refusal(403, 50_001, "Missing Access");
    };
    return [
      {
        kind: "commands",
        method: "GET",
        path,
        run(parts) {
          check(parts);
          return world.commands[scope];
        },
      },
      {
        kind: "commands",
        method: "PUT",
        path,
        run(parts, body) {
          check(parts);
          const list = body as unknown as readonly Json[];
          const problems = list.flatMap((command) => strictly(ApplicationCommandUpdateRequestSchema, withNumber(command)));
          Refusal.ifAny([...problems, ...commandProblems(list, scope === "guild")]);
          world.commands[scope] = list.map((command) => registered(world, command, scope === "guild"));
          return world.commands[scope];
        },
      },
    ];
  });

  return [
    { kind: "gateway", method: "GET", path: /^\/gateway\/bot$/, run: () => gateway.information },
    ...commandRoutes,
    create,
    edit,
    thread,
    direct,
    {
      kind: "reaction",
      method: "PUT",
      path: /^\/channels\/(\d+)\/messages\/(\d+)\/reactions\/([^/]+)\/@me$/,
      run([id, messageId, sign = ""]) {
        const message = messageOf(channelOf(id, "react"), messageId);
        if (!/^\p{Emoji}/u.test(sign)) throw new Refusal(400, 10_014, "Unknown Emoji");
        message.signs?.add(sign);
      },
    },
    {
      kind: "other",
      method: "GET",
      path: /^\/channels\/(\d+)\/messages\/(\d+)$/,
      run: ([id, messageId]) => messageJson(world, messageOf(channelOf(id), messageId)),
    },
    {
      kind: "callback",
      method: "POST",
      path: /^\/interactions\/(\d+)\/([^/]+)\/callback$/,
      open: true,
      run: ([id = "", token = ""], body) => interactions.callback(id, token, body),
    },
    {
      kind: "follow-up",
      method: "PATCH",
      path: /^\/webhooks\/(\d+)\/([^/]+)\/messages\/@original$/,
      open: true,
      run([application, token = ""], body, files) {
        checkApplication(application);
        return messageJson(world, interactions.edit(interactions.byToken(token), body, files));
      },
    },
  ];
}

const MESSAGE_MENU = 3;

/** Permissions are a text in Discord's documents and a number in its schema; it takes both. */
const withNumber = (command: Json): Json =>
  typeof command.default_member_permissions === "string"
    ? { ...command, default_member_permissions: Number(command.default_member_permissions) }
    : command;

/** Discord answers with more than it was sent, and leaves out what is said by default. */
function registered(world: World, command: Json, guild: boolean): Json {
  return {
    id: world.snowflake(),
    application_id: world.application,
    version: world.snowflake(),
    default_member_permissions: null,
    name_localizations: null,
    description_localizations: null,
    nsfw: false,
    integration_types: [0],
    ...command,
    contexts: guild ? null : (command.contexts ?? null),
    ...(command.type === MESSAGE_MENU ? { description: "" } : {}),
    ...(guild ? { guild_id: world.guild } : { dm_permission: false }),
    options: options(command.options),
  };
}

function options(sent: unknown): unknown {
  if (!Array.isArray(sent)) return [];
  return sent.map(({ required, autocomplete, ...option }: Json) => ({
    ...option,
    ...(required === true ? { required } : {}),
    ...(autocomplete === true ? { autocomplete } : {}),
    ...(option.options === undefined ? {} : { options: options(option.options) }),
  }));
}
