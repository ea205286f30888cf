/**
 * What Discord refuses although its published schemas let it pass.
 * https://discord.com/developers/docs/components/reference
 * https://discord.com/developers/docs/resources/message#embed-object-embed-limits
 */
type Json = Readonly<Record<string, unknown>>;

const V2 = 1 << 15;
const TEXT_DISPLAY = 10;
const BUTTON = 2;
const LINK_STYLE = 5;

const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** A component and all in it, itself first. */
function* inside(component: Json): Generator<Json> {
  yield component;
  for (const child of [...list(component.components), ...[component.component, component.accessory].filter(Boolean)])
    yield* inside(child as Json);
}

const twice = (ids: readonly string[]): readonly string[] => [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))];

/** `components` of a message that already has the V2 flag follow its rules without saying it again. */
export function messageProblems(body: Json, alreadyV2 = false): readonly string[] {
  const problems: string[] = [];
  const content = text(body.content);
  if (content.length > 2_000) problems.push(`content: ${content.length} characters, 2000 fit`);
  const embeds = list(body.embeds);
  if (embedCharacters(embeds) > 6_000) problems.push(`embeds: ${embedCharacters(embeds)} characters, 6000 fit`);
  if (!("allowed_mentions" in body) && (content !== "" || embeds.length > 0 || list(body.components).length > 0))
    problems.push("allowed_mentions: not said, so that everything in the text would ping");
  const v2 = alreadyV2 || (Number(body.flags ?? 0) & V2) !== 0;
  problems.push(...componentProblems(list(body.components), v2));
  if (v2 && (content !== "" || embeds.length > 0)) problems.push("content and embeds cannot stand beside Components V2");
  if (text(body.nonce).length > 25) problems.push("nonce: longer than 25 characters");
  return problems;
}

export const isEmpty = (body: Json): boolean =>
  text(body.content) === "" && list(body.embeds).length === 0 && list(body.components).length === 0;

function componentProblems(top: readonly Json[], v2: boolean): readonly string[] {
  const problems: string[] = [];
  const all = top.flatMap((component) => [...inside(component)]);
  if (!v2 && all.some(({ type }) => Number(type) >= 9)) problems.push("components: V2 components without the flag IS_COMPONENTS_V2");
  if (!v2 && top.length > 5) problems.push(`components: ${top.length} rows, 5 fit`);
  if (v2 && all.length > 40) problems.push(`components: ${all.length}, 40 fit`);
  const characters = all.reduce((sum, component) => sum + text(component.content).length + text(component.label).length, 0);
  if (v2 && characters > 4_000) problems.push(`components: ${characters} characters of text, 4000 fit`);
  for (const id of twice(all.map((component) => text(component.custom_id)).filter(Boolean)))
    problems.push(`components: custom_id ${id} is there twice`);
  for (const component of all) {
    if (component.type === TEXT_DISPLAY && text(component.content).trim() === "") problems.push("components: an empty text display");
    if (component.type === BUTTON && !text(component.label).trim() && !component.emoji)
      problems.push("components: a button without a label");
    if (component.type === BUTTON && component.style !== LINK_STYLE && !component.custom_id)
      problems.push("components: a button without a custom_id");
  }
  return problems;
}

function embedCharacters(embeds: readonly Json[]): number {
  const texts = embeds.flatMap((embed) => [
    embed.title,
    embed.description,
    (embed.footer as Json | undefined)?.text,
    (embed.author as Json | undefined)?.name,
    ...list(embed.fields).flatMap(({ name, value }) => [name, value]),
  ]);
  return texts.reduce((sum: number, one) => sum + text(one).length, 0);
}

/** https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal */
export function modalProblems({ components }: Json): readonly string[] {
  const problems: string[] = [];
  const top = list(components);
  const all = top.flatMap((component) => [...inside(component)]);
  if (top.length > 5) problems.push(`modal: ${top.length} components, 5 fit`);
  if (top.some(({ type }) => type === 1)) problems.push("modal: action rows are out of date, inputs sit in labels");
  for (const id of twice(all.map(({ custom_id }) => text(custom_id)).filter(Boolean)))
    problems.push(`modal: custom_id ${id} is there twice`);
  for (const component of all) {
    const { value, max_length: most, label, type, options } = component;
    if (type === 4 && label !== undefined) problems.push("modal: a text input in a label has no label of its own");
    if (typeof most === "number" && text(value).length > most) problems.push("modal: a value longer than its max_length");
    const values = list(options).map((option) => text(option.value));
    if (twice(values).length > 0) problems.push(`modal: option ${twice(values)[0]} is there twice`);
    if (list(options).filter((option) => option.default === true).length > 1) problems.push("modal: two options are chosen by default");
  }
  return problems;
}

const COMMAND_NAME = /^[-_\p{Ll}\p{Lm}\p{Lo}\p{N}]{1,32}$/u;
const MESSAGE_MENU = 3;
const SUBCOMMAND = 1;
const SUBCOMMAND_GROUP = 2;

/** https://discord.com/developers/docs/interactions/application-commands */
export function commandProblems(commands: readonly Json[], guild: boolean): readonly string[] {
  const problems = twice(commands.map(({ name }) => text(name))).map((name) => `/${name} is there twice`);
  if (commands.length > 100) problems.push(`${commands.length} commands, 100 fit`);
  for (const command of commands) {
    const path = `/${text(command.name)}`;
    if (command.type === MESSAGE_MENU) {
      // https://discord.com/developers/docs/interactions/application-commands#user-commands
      if (text(command.name).length > 32 || command.description || command.options) problems.push(`${path}: a menu has a name alone`);
      continue;
    }
    if (!text(command.description)) problems.push(`${path}: no description`);
    if (characters(command) > 8_000) problems.push(`${path}: ${characters(command)} characters, 8000 fit`);
    if (guild && (command.contexts || command.integration_types)) problems.push(`${path}: contexts are for global commands`);
    problems.push(...optionProblems(command, path));
  }
  return problems;
}

function optionProblems(command: Json, path: string): readonly string[] {
  const options = list(command.options);
  const problems = COMMAND_NAME.test(text(command.name)) ? [] : [`${path}: not a name Discord takes`];
  for (const name of twice(options.map((option) => text(option.name)))) problems.push(`${path}: option ${name} is there twice`);
  if (options.length > 25) problems.push(`${path}: ${options.length} options, 25 fit`);
  const subs = options.filter(({ type }) => type === SUBCOMMAND || type === SUBCOMMAND_GROUP);
  if (subs.length > 0 && subs.length < options.length) problems.push(`${path}: subcommands and options side by side`);
  if (options.some((option, at) => option.required === true && at > 0 && options[at - 1]?.required !== true))
    problems.push(`${path}: a required option after an optional one`);
  for (const option of options) {
    const at = `${path} ${text(option.name)}`;
    if (option.autocomplete === true && list(option.choices).length > 0) problems.push(`${at}: choices and autocomplete`);
    if (list(option.choices).length > 25) problems.push(`${at}: ${list(option.choices).length} choices, 25 fit`);
    problems.push(...optionProblems(option, at));
  }
  return problems;
}

function characters(command: Json): number {
  const own = [command.name, command.description, command.value].reduce((sum: number, one) => sum + text(one).length, 0);
  return [...list(command.options), ...list(command.choices)].reduce((sum, one) => sum + characters(one), own);
}
