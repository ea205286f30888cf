/** The registry as Discord's application commands: first word the command, second the subcommand. */
import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  PermissionFlagsBits,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from "discord.js";
import type { Command } from "../../app/command.ts";
import { fieldsOf, type InputField } from "../../app/input.ts";
import { clip } from "../../core/markup.ts";
import { COMMAND_DESCRIPTION, OPTION_CHOICES } from "./limits.ts";

export type CommandJson = RESTPostAPIChatInputApplicationCommandsJSONBody;

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
  if (field.choices && field.choices.length > OPTION_CHOICES)
    throw new Error(`The option "${field.name}" has ${field.choices.length} choices; Discord shows ${OPTION_CHOICES}.`);
  const shared = { name: field.name, description: clip(field.description, COMMAND_DESCRIPTION), ...(required ? { required } : {}) };
  if (field.type === "boolean") return { ...shared, type: ApplicationCommandOptionType.Boolean };
  const range = given({ min_value: field.minimum, max_value: field.maximum });
  if (field.type === "integer") return { ...shared, type: ApplicationCommandOptionType.Integer, ...range };
  if (field.type === "number") return { ...shared, type: ApplicationCommandOptionType.Number, ...range };
  // Discord's own list of people: it gives an id, and cannot be completed by us.
  if (field.member) return { ...shared, type: ApplicationCommandOptionType.User };
  if (field.completes)
    return { ...shared, type: ApplicationCommandOptionType.String, autocomplete: true, ...given({ max_length: field.maxLength }) };
  return {
    ...shared,
    type: ApplicationCommandOptionType.String,
    ...(field.choices ? { choices: field.choices.map((value) => ({ name: value, value })) } : given({ max_length: field.maxLength })),
  };
}

function given<T extends Record<string, number | undefined>>(values: T): { [K in keyof T]?: number } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: number };
}
