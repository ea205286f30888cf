/** Uses Discord like a person: types commands, presses buttons, fills in modals. */
import type { Gateway } from "./gateway.ts";
import { type Interactions, KIND, type Sight } from "./interactions.ts";
import { channelJson, memberJson, messageJson, writtenJson } from "./payloads.ts";
import { buttonsOf } from "./reading.ts";
import type { Json, Message, World } from "./world.ts";

export type Reply = Extract<Sight, { kind: "reply" }>;
export type Modal = Extract<Sight, { kind: "modal" }>;
export type OptionValue = string | number | boolean;

interface Option {
  readonly type: number;
  readonly name: string;
  readonly required?: boolean;
  readonly autocomplete?: boolean;
  readonly choices?: readonly { readonly value: unknown }[];
  readonly options?: readonly Option[];
  readonly min_value?: number;
  readonly max_value?: number;
  readonly max_length?: number;
}

const OPTION_TYPES = { string: [3, 6], boolean: [5], number: [4, 10] } as const;
/** An option that is a choice of people; its value is an id. */
const USER = 6;
const SUBCOMMAND = 1;
const APP_PERMISSIONS = "2252178984896000";

export class Driver {
  /** How long people wait for words after "thinking", in ms. */
  patience = 15_000;
  /** How long Discord takes to tell the bot what somebody did. */
  delayMs = 0;
  readonly #world: World;
  readonly #gateway: Gateway;
  readonly #interactions: Interactions;
  #last: Json | undefined;

  constructor(world: World, gateway: Gateway, interactions: Interactions) {
    this.#world = world;
    this.#gateway = gateway;
    this.#interactions = interactions;
  }

  /** Types a command that is registered, with options that its definition takes. */
  slash(user: string, path: string, input: Readonly<Record<string, OptionValue>> = {}, channel = this.#world.home): Promise<Reply | Modal> {
    const { command, definition, sub } = this.#definition(path);
    const options = Object.entries(input).map(([name, value]) => chosen(definition, path, name, value));
    const missing = definition.find(({ name, required }) => required && input[name] === undefined);
    if (missing) throw new Error(`Discord does not send /${path} without ${missing.name}.`);
    const people = options.flatMap(({ type, value }) => (type === USER ? [memberJson(this.#world.person(String(value)))] : []));
    return this.#answered(user, channel, KIND.command, { ...commandData(command, sub, options), ...resolved(people) });
  }

  /** Chooses an entry of a message's menu. */
  menu(user: string, name: string, messageId: string): Promise<Reply | Modal> {
    const message = this.#world.find(messageId, user);
    const command = [...this.#world.commands.guild, ...this.#world.commands.global].find((one) => one.name === name && one.type === 3);
    if (!message || !command) throw new Error(`${user} sees no "${name}" on message ${messageId}.`);
    const resolved = { messages: { [messageId]: writtenJson(this.#world, message, true) } };
    return this.#answered(user, message.channel, KIND.command, { id: command.id, name, type: 3, target_id: messageId, resolved });
  }

  /** What is suggested while a field is typed. */
  async autocomplete(user: string, path: string, field: string, typed: string): Promise<Extract<Sight, { kind: "choices" }>["choices"]> {
    const { command, definition, sub } = this.#definition(path);
    if (!definition.some(({ name, autocomplete }) => name === field && autocomplete))
      throw new Error(`/${path} ${field} has no completion.`);
    const options = [{ name: field, type: 3, value: typed, focused: true }];
    const sight = await this.#act(user, this.#world.home, KIND.autocomplete, commandData(command, sub, options));
    if (sight.kind !== "choices") throw new Error(`/${path} ${field} was answered with a ${sight.kind}.`);
    return sight.choices;
  }

  /** Presses a button of a message that this person sees. */
  press(user: string, messageId: string, label: string): Promise<Reply | Modal> {
    const message = this.#world.find(messageId, user);
    const button = message && buttonsOf(message.body).find((one) => one.label === label);
    if (!message || !button) throw new Error(`${user} sees no button "${label}" on message ${messageId}.`);
    return this.pressId(user, message, button.customId);
  }

  /** Presses a button of which only the `custom_id` is known, as on a message of an older version. */
  pressId(user: string, message: Message, customId: string): Promise<Reply | Modal> {
    const data = { component_type: 2, custom_id: customId, id: 1 };
    return this.#answered(user, message.channel, KIND.component, data, { message: messageJson(this.#world, message) });
  }

  /** Submits a modal; what is not named stays empty, or as it was filled in before. */
  submitModal({ user, modal, interaction }: Modal, values: Readonly<Record<string, string>>): Promise<Reply | Modal> {
    const components = (modal.components as readonly Json[]).map((component, at) => submitted(component, at + 1, values));
    const message = interaction.message === undefined ? {} : { message: interaction.message as Json };
    return this.#answered(user, String(interaction.channel_id), KIND.modal, { custom_id: modal.custom_id, components }, message);
  }

  /** Where the last interaction is answered. */
  get last(): { readonly id: string; readonly token: string } {
    return { id: String(this.#last?.id), token: String(this.#last?.token) };
  }

  /** The last interaction once more, as Discord repeats an event after a reconnection. */
  redeliver(): void {
    this.#gateway.tell("INTERACTION_CREATE", this.#last);
  }

  /** Private replies that a person has been shown, oldest first. */
  seenBy(user: string): readonly Message[] {
    return this.#world.private.filter(({ onlyFor }) => onlyFor === user);
  }

  /** A slash command in the bot's direct messages. */
  async slashDirectly(user: string, path: string): Promise<Reply | Modal> {
    const { command, sub } = this.#definition(path);
    return this.#answered(user, this.#world.directWith(user).id, KIND.command, commandData(command, sub, []));
  }

  #definition(path: string): { command: Json; definition: readonly Option[]; sub: string | undefined } {
    const [name, sub] = path.split(" ");
    const command = [...this.#world.commands.guild, ...this.#world.commands.global].find((one) => one.name === name);
    const options = (command?.options ?? []) as readonly Option[];
    const definition = sub === undefined ? options : options.find((one) => one.type === SUBCOMMAND && one.name === sub)?.options;
    if (!command || !definition) throw new Error(`/${path} is not registered.`);
    return { command, definition, sub };
  }

  async #answered(user: string, channel: string, type: number, data: Json, more: Json = {}): Promise<Reply | Modal> {
    const sight = await this.#act(user, channel, type, data, more);
    if (sight.kind === "choices") throw new Error("Suggestions answer no command.");
    return sight;
  }

  #act(user: string, channel: string, type: number, data: Json, more: Json = {}): Promise<Sight> {
    const pending = this.#interactions.begin(user, { ...this.#base(user, channel), type, data, ...more }, this.patience);
    this.#last = pending.payload;
    const tell = () => this.#gateway.tell("INTERACTION_CREATE", pending.payload);
    if (this.delayMs === 0) tell();
    else setTimeout(tell, this.delayMs);
    return pending.sight;
  }

  #base(user: string, channelId: string): Json {
    const world = this.#world;
    const channel = world.channels.get(channelId);
    if (!channel) throw new Error(`There is no channel ${channelId}.`);
    const member = memberJson(world.person(user));
    const shared = {
      application_id: world.application,
      version: 1,
      channel_id: channelId,
      channel: channelJson(world, channel),
      locale: "en-US",
      entitlements: [],
      authorizing_integration_owners: { "0": channel.kind === "direct" ? "0" : channel.guild },
      app_permissions: APP_PERMISSIONS,
      attachment_size_limit: 10_485_760,
    };
    if (channel.kind === "direct") return { ...shared, context: 1, user: member.user };
    return {
      ...shared,
      context: 0,
      guild_id: channel.guild,
      guild_locale: "en-US",
      guild: { id: channel.guild, locale: "en-US", features: [] },
      member,
    };
  }
}

/** People named by a command, as Discord sends them along: a member without its user, and the user beside it. */
const resolved = (people: readonly Json[]): Json => {
  const users = people.map(({ user }) => user as Json);
  const members = people.map(({ user: _user, deaf: _deaf, mute: _mute, ...member }) => member);
  const byId = (those: readonly Json[]) => Object.fromEntries(users.map(({ id }, at) => [id, those[at]]));
  return people.length === 0 ? {} : { resolved: { users: byId(users), members: byId(members) } };
};

const commandData = (command: Json, sub: string | undefined, options: readonly Json[]): Json => ({
  id: command.id,
  name: command.name,
  type: 1,
  ...(command.guild_id === undefined ? {} : { guild_id: command.guild_id }),
  options: sub === undefined ? options : [{ type: SUBCOMMAND, name: sub, options }],
});

/** What Discord's app lets a person choose for an option. */
function chosen(definition: readonly Option[], path: string, name: string, value: OptionValue): Json {
  const option = definition.find((one) => one.name === name);
  const types: readonly number[] = OPTION_TYPES[typeof value as keyof typeof OPTION_TYPES];
  if (!option || !types.includes(option.type)) throw new Error(`/${path} takes no ${typeof value} ${name}.`);
  if (option.choices && !option.choices.some((choice) => choice.value === value))
    throw new Error(`${value} is no choice of /${path} ${name}.`);
  const size = typeof value === "string" ? value.length : Number(value);
  const most = typeof value === "string" ? (option.max_length ?? 6_000) : (option.max_value ?? Number.POSITIVE_INFINITY);
  if (size > most || (typeof value === "number" && size < (option.min_value ?? size)))
    throw new Error(`${name} of /${path} is out of range.`);
  return { name, type: option.type, value };
}

/** A top-level component of a modal, as Discord sends it back. */
function submitted(component: Json, id: number, values: Readonly<Record<string, string>>): Json {
  const field = component.component as Json | undefined;
  if (!field) return { type: component.type, id };
  const name = String(field.custom_id);
  const options = (field.options ?? []) as readonly { readonly value: string; readonly default?: boolean }[];
  const before = options.find((option) => option.default)?.value ?? String(field.value ?? "");
  const value = values[name] ?? before;
  if (field.required !== false && value === "") throw new Error(`Discord does not submit the form without ${name}.`);
  if (options.length > 0 && value !== "" && !options.some((option) => option.value === value))
    throw new Error(`${value} is no option of ${name}.`);
  if (value.length > Number(field.max_length ?? 4_000)) throw new Error(`Discord does not take ${value.length} characters in ${name}.`);
  const own = { type: field.type, id: id + 100, custom_id: name };
  if (field.type === 3) return { type: component.type, id, component: { ...own, values: value === "" ? [] : [value] } };
  return { type: component.type, id, component: { ...own, value: value === "" && field.type !== 4 ? null : value } };
}
