/**
 * Puts the commands where Discord's app offers them: in one server, or everywhere. What is there is
 * compared first, and everything is written in one request: nothing is ever missing in between, ids
 * and the permissions that a server's owner gave to a command stay, and several processes that do
 * it at once write the same.
 */
import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type REST,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody,
  Routes,
} from "discord.js";
import type { Command } from "../../app/command.ts";
import { applicationCommands, type CommandJson } from "./commands.ts";

/** `guild` undefined means everywhere. */
const routeOf = (application: string, guild: string | undefined) =>
  guild === undefined ? Routes.applicationCommands(application) : Routes.applicationGuildCommands(application, guild);

type MenuJson = RESTPostAPIContextMenuApplicationCommandsJSONBody;

/** In the menu of every message; it carries the message's words without any intent. */
const MESSAGE_MENU: MenuJson = { type: ApplicationCommandType.Message, name: "Answer with this message" };

/** What needs a channel is not offered in direct messages, and nothing to who adds the app for themselves alone. */
const offered = (anywhere: boolean) => ({
  contexts: [InteractionContextType.Guild, ...(anywhere ? [InteractionContextType.BotDM] : [])],
  integration_types: [ApplicationIntegrationType.GuildInstall],
});

/** Writes only when something differs: creating is limited to 200 commands a day and server. True when it wrote. */
export async function register(rest: REST, application: string, guild: string | undefined, commands: readonly Command[]): Promise<boolean> {
  if (await isRegistered(rest, application, guild, commands)) return false;
  await rest.put(routeOf(application, guild), { body: wanted(guild, commands) });
  return true;
}

export async function isRegistered(
  rest: REST,
  application: string,
  guild: string | undefined,
  commands: readonly Command[],
): Promise<boolean> {
  const there = (await rest.get(routeOf(application, guild))) as readonly CommandJson[];
  // Of a server's own commands Discord says contexts and installations too, which cannot be written there.
  const comparable = guild === undefined ? there : there.map(({ contexts: _c, integration_types: _i, ...rest }) => rest);
  return inOrder(wanted(guild, commands)) === inOrder(comparable);
}

// A guild's own commands work there alone, and Discord keeps no contexts for them.
function wanted(guild: string | undefined, commands: readonly Command[]): readonly (CommandJson | MenuJson)[] {
  const all = [...applicationCommands(commands), MESSAGE_MENU];
  if (guild !== undefined) return all;
  const offering = Map.groupBy(
    commands.filter(({ hidden }) => !hidden),
    ({ path }) => path.split(" ")[0],
  );
  // Discord knows no contexts of a subcommand: all of them work there, or none is offered.
  return all.map((command) => ({ ...command, ...offered(offering.get(command.name)?.every(({ anywhere }) => anywhere) ?? false) }));
}

/** Servers looked at for commands of their own: who is in more than that is past trying them out in one. */
const LOOKED_AT = 25;

/**
 * Takes away the commands that were registered in single servers before, where each would be offered
 * twice beside those for all. Answers the servers that had some.
 */
export async function removeStale(rest: REST, application: string, guilds: readonly string[]): Promise<readonly string[]> {
  const stale: string[] = [];
  if (guilds.length > LOOKED_AT) return stale;
  for (const guild of guilds) {
    const there = (await rest.get(routeOf(application, guild))) as readonly CommandJson[];
    if (there.length === 0) continue;
    await rest.put(routeOf(application, guild), { body: [] });
    stale.push(guild);
  }
  return stale;
}

const COMPARED = [
  "type",
  "name",
  "description",
  "required",
  "autocomplete",
  "choices",
  "value",
  "options",
  "contexts",
  "integration_types",
  "min_value",
  "max_value",
  "max_length",
  "default_member_permissions",
] as const;

/** One text for what means the same: Discord answers with more fields than it was sent, and in its own order. */
const inOrder = (commands: readonly (CommandJson | MenuJson)[]): string =>
  JSON.stringify([...commands].sort((a, b) => (a.name < b.name ? -1 : 1)).map(essence));

function essence(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(essence);
  if (typeof value !== "object" || value === null) return value;
  const fields = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(COMPARED.flatMap((name) => (isSaid(fields[name]) ? [[name, essence(fields[name])]] : [])));
}

const isSaid = (value: unknown): boolean =>
  value !== undefined && value !== null && value !== false && value !== "" && !(Array.isArray(value) && value.length === 0);
