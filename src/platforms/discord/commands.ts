/** The registry as Discord's application commands: first word the command, second the subcommand. */
import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  InteractionContextType,
  PermissionFlagsBits,
  type REST,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody,
  Routes,
} from "discord.js";
import type { Command } from "../../app/command.ts";
import { fieldsOf, type InputField } from "../../app/input.ts";
import { clip } from "../../core/markup.ts";
import { COMMAND_DESCRIPTION } from "./limits.ts";

type CommandJson = RESTPostAPIChatInputApplicationCommandsJSONBody;
type MenuJson = RESTPostAPIContextMenuApplicationCommandsJSONBody;

/** In the menu of every message; it carries the message's words without any intent. */
const MESSAGE_MENU: MenuJson = { type: ApplicationCommandType.Message, name: "Answer with this message" };

/** Throws an Error that names the command which Discord could not express. */
export function applicationCommands(commands: readonly Command[]): readonly CommandJson[] {
  const named = new Map<string, Command[]>();
  for (const command of commands.filter(({ hidden }) => !hidden)) {
    const [name = "", ...rest] = command.path.split(" ");
    if (rest.length > 1) throw new Error(`The command "${command.path}" has more than two words.`);
    named.set(name, [...(named.get(name) ?? []), command]);
  }
  return [...named].map(([name, units]) => topLevel(name, units));
}

function topLevel(name: string, units: readonly Command[]): CommandJson {
  const [only] = units;
  const alone = units.length === 1 && only?.path === name ? only : undefined;
  if (!alone && units.some(({ path }) => path === name))
    throw new Error(`The command "${name}" has subcommands: on Discord it cannot be used by itself.`);
  return {
    type: ApplicationCommandType.ChatInput,
    name,
    description: clip(alone?.summary ?? `${name}: ${units.map(subName).join(", ")}`, COMMAND_DESCRIPTION),
    options: alone
      ? optionsOf(alone)
      : units.map((unit) => ({
          type: ApplicationCommandOptionType.Subcommand,
          name: subName(unit),
          description: clip(unit.summary, COMMAND_DESCRIPTION),
          options: optionsOf(unit),
        })),
    // Applies to the whole command, and a server's owner may change it: dispatch checks by itself.
    ...(units.every(({ access }) => access === "organizer") ? { default_member_permissions: String(PermissionFlagsBits.ManageGuild) } : {}),
  };
}

const subName = ({ path }: Command): string => path.slice(path.indexOf(" ") + 1);

/** Discord sends no command without its required options, so a form would never open: with one, all are optional. */
const optionsOf = (command: Command): APIApplicationCommandBasicOption[] =>
  fieldsOf(command).map((field) => option(field, field.required && command.form === undefined));

function option(field: InputField, required: boolean): APIApplicationCommandBasicOption {
  const shared = { name: field.name, description: clip(field.description, COMMAND_DESCRIPTION), ...(required ? { required } : {}) };
  if (field.type === "boolean") return { ...shared, type: ApplicationCommandOptionType.Boolean };
  const range = given({ min_value: field.minimum, max_value: field.maximum });
  if (field.type === "integer") return { ...shared, type: ApplicationCommandOptionType.Integer, ...range };
  if (field.type === "number") return { ...shared, type: ApplicationCommandOptionType.Number, ...range };
  if (field.completes)
    return { ...shared, type: ApplicationCommandOptionType.String, autocomplete: true, ...given({ max_length: field.maxLength }) };
  return {
    ...shared,
    type: ApplicationCommandOptionType.String,
    ...(field.choices ? { choices: field.choices.map((value) => ({ name: value, value })) } : given({ max_length: field.maxLength })),
  };
}

/** Writes only when something differs: writing is limited to 200 commands a day and guild. True when it wrote. */
export async function register(rest: REST, application: string, guild: string | undefined, commands: readonly Command[]): Promise<boolean> {
  const route = guild === undefined ? Routes.applicationCommands(application) : Routes.applicationGuildCommands(application, guild);
  const anywhere = new Set(commands.flatMap((command) => (command.anywhere && !command.hidden ? [command.path] : [])));
  // A guild's own commands work there alone, and Discord keeps no contexts for them.
  const where = (name: string) =>
    guild === undefined ? { contexts: [InteractionContextType.Guild, ...(anywhere.has(name) ? [InteractionContextType.BotDM] : [])] } : {};
  const wanted = [...applicationCommands(commands), MESSAGE_MENU].map((command) => ({ ...command, ...where(command.name) }));
  const there = (await rest.get(route)) as readonly (CommandJson | MenuJson)[];
  if (inOrder(wanted) === inOrder(there)) return false;
  await rest.put(route, { body: wanted });
  return true;
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

function given<T extends Record<string, number | undefined>>(values: T): { [K in keyof T]?: number } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: number };
}
