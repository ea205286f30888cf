/** Discord's JSON for what the world holds. */
import {
  type Author,
  CHANNEL_TYPES,
  type Channel,
  type Json,
  type Message,
  type Permission,
  type StandInPerson,
  type World,
} from "./world.ts";

/** Add Reactions, View Channel, Send Messages, Embed Links, Send Messages in Threads, Create Public Threads, Use Application Commands. */
const EVERYONE = (1n << 6n) | (1n << 10n) | (1n << 11n) | (1n << 14n) | (1n << 38n) | (1n << 35n) | (1n << 31n) | (1n << 15n) | (1n << 16n);
const MANAGE_GUILD = 1n << 5n;
const JOINED = "2026-01-05T09:00:00.000000+00:00";

export const userJson = (id: string, name: string, bot = false): Json => ({
  id,
  username:
    name
      .toLowerCase()
      .replace(/[^a-z0-9._]+/g, "_")
      .slice(0, 32) || "member",
  global_name: name,
  discriminator: "0",
  avatar: null,
  bot,
  public_flags: 0,
  flags: 0,
  primary_guild: null,
});

export const botJson = (world: World): Json => userJson(world.application, "Drillroom", true);

/** https://discord.com/developers/docs/resources/application#application-object */
export const applicationJson = (world: World): Json => ({
  id: world.application,
  name: "Drillroom",
  icon: null,
  description: "",
  bot_public: true,
  bot_require_code_grant: false,
  verify_key: "0",
  flags: world.applicationFlags,
  integration_types_config: { "0": {} },
  ...world.applicationSettings,
});

export const memberJson = ({ id, name, manager }: StandInPerson): Json => ({
  user: userJson(id, `${name} elsewhere`),
  nick: name,
  roles: [],
  joined_at: JOINED,
  premium_since: null,
  deaf: false,
  mute: false,
  pending: false,
  flags: 0,
  avatar: null,
  banner: null,
  communication_disabled_until: null,
  permissions: String(manager ? EVERYONE | MANAGE_GUILD : EVERYONE),
});

export const botMemberJson = (world: World): Json => ({
  ...memberJson({ id: world.application, name: "Drillroom", manager: false }),
  user: botJson(world),
});

export function channelJson(world: World, channel: Channel): Json {
  const { id, kind, name, guild, parent, recipient, archived, locked, archiveAfter = 4_320 } = channel;
  const shared = { id, type: CHANNEL_TYPES[kind], last_message_id: channel.messages.at(-1)?.id ?? null, flags: 0 };
  if (kind === "direct") return { ...shared, recipients: [userJson(recipient ?? "", world.person(recipient ?? "").name)] };
  const inGuild = { ...shared, guild_id: guild, name, parent_id: parent ?? null, rate_limit_per_user: 0, nsfw: false };
  if (parent === undefined) return { ...inGuild, position: 0, topic: null, permission_overwrites: overwrites(channel) };
  return {
    ...inGuild,
    owner_id: world.application,
    message_count: channel.messages.length,
    member_count: 1,
    total_message_sent: channel.messages.length,
    thread_metadata: { archived, locked, auto_archive_duration: archiveAfter, archive_timestamp: JOINED, create_timestamp: JOINED },
  };
}

/** https://discord.com/developers/docs/topics/permissions */
const BITS: Readonly<Record<Permission, bigint>> = {
  view: 1n << 10n,
  send: 1n << 11n,
  react: 1n << 6n,
  attach: 1n << 15n,
  history: 1n << 16n,
  "create threads": 1n << 35n,
  "send in threads": 1n << 38n,
};

/** What everybody is denied in a channel, the bot too. */
function overwrites({ denied, guild }: Channel): Json[] {
  const deny = [...denied].reduce((bits, permission) => bits | BITS[permission], 0n);
  return deny === 0n ? [] : [{ id: guild, type: 0, allow: "0", deny: String(deny) }];
}

const ofGuild = (world: World, id: string): Channel[] =>
  [...world.channels.values()].filter(({ guild, kind }) => guild === id && kind !== "direct");

export const guildJson = (world: World, id: string): Json => ({
  id,
  name: "Study group",
  icon: null,
  description: null,
  splash: null,
  discovery_splash: null,
  banner: null,
  owner_id: world.people[0]?.id ?? world.application,
  application_id: null,
  region: "",
  afk_channel_id: null,
  afk_timeout: 300,
  system_channel_id: null,
  system_channel_flags: 0,
  rules_channel_id: null,
  public_updates_channel_id: null,
  safety_alerts_channel_id: null,
  widget_enabled: false,
  widget_channel_id: null,
  verification_level: 1,
  default_message_notifications: 1,
  explicit_content_filter: 2,
  mfa_level: 0,
  nsfw_level: 0,
  nsfw: false,
  premium_tier: 0,
  premium_subscription_count: 0,
  premium_progress_bar_enabled: false,
  preferred_locale: "en-US",
  vanity_url_code: null,
  max_members: 500_000,
  member_count: world.people.length + 1,
  large: false,
  unavailable: false,
  joined_at: JOINED,
  features: [],
  emojis: [],
  stickers: [],
  roles: [
    {
      id,
      name: "@everyone",
      permissions: String(EVERYONE),
      position: 0,
      color: 0,
      hoist: false,
      managed: false,
      mentionable: false,
      flags: 0,
    },
  ],
  members: [botMemberJson(world)],
  channels: ofGuild(world, id)
    .filter(({ parent }) => parent === undefined)
    .map((channel) => channelJson(world, channel)),
  // Archived threads are not told: who needs one has it from the interaction.
  threads: ofGuild(world, id)
    .filter(({ parent, archived }) => parent !== undefined && !archived)
    .map((channel) => channelJson(world, channel)),
  voice_states: [],
  presences: [],
  stage_instances: [],
  guild_scheduled_events: [],
  soundboard_sounds: [],
});

const authorJson = (world: World, { id, bot }: Author): Json =>
  id === world.application ? botJson(world) : userJson(id, bot ? "Another bot" : `${world.person(id).name} elsewhere`, bot);

/** A person's message as the gateway tells of it, without its words for whom they are not meant. */
export function writtenJson(world: World, message: Message, withContent: boolean): Json {
  const content = String(message.body.content ?? "");
  const called = [...new Set([...content.matchAll(/<@!?(\d+)>/g)].map(([, id]) => id ?? ""))];
  const mentions = called.flatMap((id) => {
    if (id === world.application) return [botJson(world)];
    const person = world.people.find((one) => one.id === id);
    return person ? [{ ...userJson(id, `${person.name} elsewhere`), member: memberOnly(person) }] : [];
  });
  const channel = world.channels.get(message.channel);
  const author = world.people.find(({ id }) => id === message.author?.id);
  const told = withContent || channel?.kind === "direct" || called.includes(world.application);
  const inGuild = channel?.kind === "direct" ? {} : { guild_id: channel?.guild, ...(author && { member: memberOnly(author) }) };
  const json = messageJson(world, message);
  return {
    ...json,
    ...inGuild,
    channel_type: CHANNEL_TYPES[channel?.kind ?? "text"],
    mentions,
    content: told ? content : "",
    attachments: told ? json.attachments : [],
  };
}

function memberOnly(person: StandInPerson): Json {
  const { user: _user, ...member } = memberJson(person);
  return member;
}

/** Components as Discord gives them back: each has an id. */
function numbered(components: unknown, next: { id: number }): unknown {
  if (!Array.isArray(components)) return [];
  return components.map((component: Json) => {
    next.id += 1;
    const own = { ...component, id: next.id };
    return "components" in component ? { ...own, components: numbered(component.components, next) } : own;
  });
}

export function messageJson(world: World, message: Message): Json {
  const { id, channel, body, attachments, nonce, at, edited, onlyFor, author } = message;
  return {
    id,
    type: 0,
    channel_id: channel,
    author: author === undefined ? botJson(world) : authorJson(world, author),
    content: body.content ?? "",
    timestamp: new Date(at).toISOString(),
    edited_timestamp: edited === undefined ? null : new Date(edited).toISOString(),
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: attachments.map(({ id: file, filename, description, bytes }) => ({
      id: file,
      filename,
      description,
      size: bytes.length,
      content_type: "image/png",
      url: `https://cdn.example/${file}/${filename}`,
      proxy_url: `https://media.example/${file}/${filename}`,
    })),
    embeds: body.embeds ?? [],
    pinned: false,
    flags: Number(body.flags ?? 0) | (onlyFor === undefined ? 0 : 64),
    components: numbered(body.components, { id: 0 }),
    ...(nonce === undefined ? {} : { nonce }),
  };
}
