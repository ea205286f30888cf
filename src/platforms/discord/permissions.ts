/**
 * What the bot needs in a channel, and whether it has it; and whether it is in a server at all. Asked of Discord each time, not read from what
 * the gateway has told: that works from any process, whichever shards it runs, and without a gateway at all.
 */
import {
  type APIGuild,
  type APIGuildMember,
  type APIOverwrite,
  type APITextChannel,
  type APIUser,
  OverwriteType,
  PermissionFlagsBits,
  type REST,
  RESTJSONErrorCodes,
  Routes,
} from "discord.js";
import type { Place } from "../../core/place.ts";
import type { Permission } from "../../core/setup_views.ts";
import { hasCode } from "./errors.ts";

/** The least that works, each with its reason; the invite link asks for these. */
export const NEEDED = [
  { flag: PermissionFlagsBits.ViewChannel, name: "View Channel", why: "to see the channel at all" },
  { flag: PermissionFlagsBits.SendMessages, name: "Send Messages", why: "to post the drill" },
  { flag: PermissionFlagsBits.CreatePublicThreads, name: "Create Public Threads", why: "to open the thread of a reveal or a round" },
  { flag: PermissionFlagsBits.SendMessagesInThreads, name: "Send Messages in Threads", why: "to post in it" },
  { flag: PermissionFlagsBits.AddReactions, name: "Add Reactions", why: "to mark an answer that was written as taken" },
  { flag: PermissionFlagsBits.AttachFiles, name: "Attach Files", why: "to show diagrams and scorecards" },
  { flag: PermissionFlagsBits.ReadMessageHistory, name: "Read Message History", why: "to start a thread from its own message" },
] as const;

export const PERMISSIONS = NEEDED.reduce((bits, { flag }) => bits | flag, 0n);

/** Where an organizer invites the bot: it and its commands, with the least permissions. */
export const inviteUrl = (application: string): string =>
  `https://discord.com/oauth2/authorize?client_id=${application}&scope=bot+applications.commands&permissions=${PERMISSIONS}`;

export type Inspector = (place: Place) => Promise<readonly Permission[]>;

/** `fix` is a sentence that goes on from the permission's name. The inspector throws when Discord cannot be asked. */
export function createInspector(rest: REST): Inspector {
  let self: Promise<string> | undefined;
  const own = () => {
    self ??= (rest.get(Routes.user()) as Promise<APIUser>).then(({ id }) => id);
    // A failure is not kept: the next one asks again.
    self.catch(() => (self = undefined));
    return self;
  };
  return async ({ space, channel }) => {
    const held = channel === undefined ? 0n : await permissionsIn(rest, await own(), space, channel);
    return NEEDED.map(({ flag, name, why }) => ({
      name,
      granted: (held & flag) === flag,
      fix: `${why}. Channel settings → Permissions → Drillroom → allow ${name}.`,
    }));
  };
}

/** 0 in a channel that is gone, and in one that the bot may not see: Discord does not tell which. */
async function permissionsIn(rest: REST, self: string, space: string, channelId: string): Promise<bigint> {
  try {
    const [channel, guild, member] = (await Promise.all([
      rest.get(Routes.channel(channelId)),
      rest.get(Routes.guild(space)),
      rest.get(Routes.guildMember(space, self)),
    ])) as [APITextChannel, APIGuild, APIGuildMember];
    return channel.guild_id === space ? computed(guild, { ...member, id: self }, channel.permission_overwrites ?? []) : 0n;
  } catch (error) {
    if (hasCode(error, RESTJSONErrorCodes.MissingAccess, RESTJSONErrorCodes.UnknownChannel, RESTJSONErrorCodes.UnknownGuild)) return 0n;
    throw error;
  }
}

/** Discord names either code to who is not in the server. An outage of the server throws, as any other failure. */
export async function isIn(rest: REST, guild: string): Promise<boolean> {
  try {
    await rest.get(Routes.guild(guild));
    return true;
  } catch (error) {
    if (hasCode(error, RESTJSONErrorCodes.MissingAccess, RESTJSONErrorCodes.UnknownGuild)) return false;
    throw error;
  }
}

const ALL = ~0n;

/** Roles add up; then a channel's exceptions, from the most general to the member's own. https://discord.com/developers/docs/topics/permissions#permission-overwrites */
export function computed(
  { id: everyone, owner_id, roles }: Pick<APIGuild, "id" | "owner_id" | "roles">,
  member: Pick<APIGuildMember, "roles"> & { readonly id: string },
  overwrites: readonly APIOverwrite[],
): bigint {
  if (owner_id === member.id) return ALL;
  const mine = new Set([everyone, ...member.roles]);
  const base = roles.filter(({ id }) => mine.has(id)).reduce((bits, { permissions }) => bits | BigInt(permissions), 0n);
  if ((base & PermissionFlagsBits.Administrator) !== 0n) return ALL;
  const applied = (bits: bigint, those: readonly APIOverwrite[]) => {
    const sum = (of: "allow" | "deny") => those.reduce((all, overwrite) => all | BigInt(overwrite[of]), 0n);
    return (bits & ~sum("deny")) | sum("allow");
  };
  const roleOverwrites = overwrites.filter(({ type }) => type === OverwriteType.Role);
  return [
    roleOverwrites.filter(({ id }) => id === everyone),
    roleOverwrites.filter(({ id }) => id !== everyone && mine.has(id)),
    overwrites.filter(({ type, id }) => type === OverwriteType.Member && id === member.id),
  ].reduce(applied, base);
}
