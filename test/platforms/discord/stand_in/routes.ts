/** The REST API, as far as the bot uses it. https://discord.com/developers/docs/reference */
import {
  ApplicationCommandUpdateRequestSchema,
  CreatePrivateChannelRequestSchema,
  CreateTextThreadWithMessageRequestSchema,
  MessageCreateRequestSchema,
  MessageEditRequestPartialSchema,
  UpdateThreadRequestPartialSchema,
} from "discord-api-spec/zod";
import type { RequestKind } from "./faults.ts";
import type { Gateway } from "./gateway.ts";
import type { Interactions } from "./interactions.ts";
import { applicationJson, botJson, botMemberJson, channelJson, guildJson, messageJson } from "./payloads.ts";
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
    if (world.denies(channel, "view") || !isIn(channel)) throw new Refusal(403, 50_001, "Missing Access");
    if (world.denies(channel, need)) throw new Refusal(403, 50_013, "Missing Permissions");
    return channel;
  };
  const isIn = ({ kind, guild }: Channel): boolean => kind === "direct" || world.guilds.some(({ id }) => id === guild);
  const guildOf = (id: string | undefined): string => {
    if (!world.guilds.some((guild) => guild.id === id)) throw new Refusal(404, 10_004, "Unknown Guild");
    return id ?? "";
  };
  /** The bot may not manage threads: where one is locked it can do nothing. */
  const openOf = (channel: Channel): Channel => {
    if (channel.locked && channel.archived) throw new Refusal(400, 50_083, "Thread is archived");
    if (channel.locked) throw new Refusal(400, 160_005, "Thread is locked");
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
      const channel = openOf(channelOf(id, world.channels.get(id ?? "")?.parent === undefined ? "send" : "send in threads"));
      if (files.length > 0) channelOf(id, "attach");
      if (channel.kind === "forum") throw new Refusal(400, 50_008, "Cannot send messages in a non-text channel");
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
      const channel = openOf(channelOf(id));
      if (channel.archived) throw new Refusal(400, 50_083, "Thread is archived");
      const message = messageOf(channel, messageId);
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
      if (parent.kind !== "text" && parent.kind !== "announcement")
        throw new Refusal(400, 50_024, "Cannot execute action on this channel type");
      const root = messageOf(parent, messageId);
      Refusal.ifAny(strictly(CreateTextThreadWithMessageRequestSchema, body));
      if (world.channels.has(root.id)) throw new Refusal(400, 160_004, "A thread has already been created for this message");
      if (world.threadsFull) throw new Refusal(400, 160_006, "Maximum number of active threads reached");
      const started = world.addChannel(parent.kind === "text" ? "thread" : "announcement thread", String(body.name), {
        id: root.id,
        guild: parent.guild,
        parent: parent.id,
        archiveAfter: Number(body.auto_archive_duration ?? 4_320),
      });
      const json = channelJson(world, started);
      gateway.tell("THREAD_CREATE", { ...json, newly_created: true });
      return json;
    },
  };

  const unarchive: Route = {
    kind: "other",
    method: "PATCH",
    path: /^\/channels\/(\d+)$/,
    run([id], body) {
      const channel = openOf(channelOf(id, "send in threads"));
      Refusal.ifAny(strictly(UpdateThreadRequestPartialSchema, body));
      if (typeof body.archived === "boolean") channel.archived = body.archived;
      return channelJson(world, channel);
    },
  };

  const about = (path: RegExp, run: Route["run"], kind: RequestKind = "other"): Route => ({ kind, method: "GET", path, run });

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
      if (scope === "guild" && !world.guilds.some(({ id }) => id === guild)) throw new Refusal(403, 50_001, "Missing Access");
    };
    return [
      {
        kind: "commands",
        method: "GET",
        path,
        run(parts) {
          check(parts);
          return world.commands[scope].filter(({ guild_id }) => scope === "global" || guild_id === parts[1]);
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
          const others = world.commands[scope].filter(({ guild_id }) => scope === "guild" && guild_id !== parts[1]);
          const own = list.map((command) => registered(world, command, scope === "guild" ? parts[1] : undefined));
          world.commands[scope] = [...others, ...own];
          return own;
        },
      },
    ];
  });

  return [
    about(/^\/gateway\/bot$/, () => gateway.information, "gateway"),
    about(/^\/users\/@me$/, () => botJson(world), "self"),
    about(/^\/applications\/@me$/, () => applicationJson(world)),
    about(/^\/users\/@me\/guilds$/, () =>
      world.guilds.map(({ id }) => ({ id, name: "Study group", owner: false, permissions: "0", features: [] })),
    ),
    about(/^\/guilds\/(\d+)$/, ([id]) => guildJson(world, guildOf(id))),
    about(/^\/guilds\/(\d+)\/members\/(\d+)$/, ([id]) => {
      guildOf(id);
      return botMemberJson(world);
    }),
    about(/^\/channels\/(\d+)$/, ([id]) => channelJson(world, channelOf(id))),
    unarchive,
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
function registered(world: World, command: Json, guild: string | undefined): Json {
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
    contexts: guild === undefined ? (command.contexts ?? null) : null,
    ...(command.type === MESSAGE_MENU ? { description: "" } : {}),
    ...(guild === undefined ? { dm_permission: false } : { guild_id: guild }),
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
