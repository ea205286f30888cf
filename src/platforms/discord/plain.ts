/** What somebody wrote, without Discord's markup: as they would have typed it into a form. */
import type { Message } from "discord.js";

/** Names of what a message mentions; undefined where Discord does not tell. */
export interface Names {
  member(id: string): string | undefined;
  channel(id: string): string | undefined;
  role(id: string): string | undefined;
}

/** Without any mention of `bot`. https://discord.com/developers/docs/reference#message-formatting */
export const plain = (content: string, bot: string, names: Names): string =>
  content
    .replaceAll(new RegExp(`<@!?${bot}>`, "g"), "")
    .replace(/<@!?(\d+)>/g, (_whole, id: string) => `@${names.member(id) ?? "somebody"}`)
    .replace(/<@&(\d+)>/g, (_whole, id: string) => `@${names.role(id) ?? "a role"}`)
    .replace(/<#(\d+)>/g, (_whole, id: string) => `#${names.channel(id) ?? "a channel"}`)
    .replace(/<a?:(\w+):\d+>/g, ":$1:")
    .replace(/<t:(-?\d+)(?::\w)?>/g, (whole, seconds: string) => stamp(Number(seconds)) ?? whole)
    .replace(/<\/([^:>]+):\d+>/g, "/$1")
    .replace(/<(https?:\/\/[^\s>]+)>/g, "$1")
    .trim();

/** Undefined for what no calendar has. */
function stamp(seconds: number): string | undefined {
  const date = new Date(seconds * 1_000);
  return Number.isNaN(date.getTime()) ? undefined : `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** The bot's own name is a call, and no part of what is said. */
export const textOf = ({ content, client, mentions }: Message): string =>
  plain(content, client.user.id, {
    member: (id) => mentions.members?.get(id)?.displayName ?? mentions.users.get(id)?.displayName,
    role: (id) => mentions.roles.get(id)?.name,
    channel(id) {
      const found = mentions.channels.get(id) ?? client.channels.cache.get(id);
      return found && "name" in found ? (found.name ?? undefined) : undefined;
    },
  });
