/** Interactions in: each becomes an Invocation, and gets a form or a private reply. */
import { setTimeout as pause } from "node:timers/promises";
import {
  type AutocompleteInteraction,
  type BaseInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type MessageContextMenuCommandInteraction,
  type ModalSubmitInteraction,
  PermissionFlagsBits,
} from "discord.js";
import type { Logger } from "pino";
import { decodePress } from "../../app/button.ts";
import type { Invocation } from "../../app/command.ts";
import type { Dispatcher } from "../../app/dispatch.ts";
import { typed } from "../../app/input.ts";
import { SAY } from "../../app/talk.ts";
import type { Member, Place } from "../../core/place.ts";
import { refusalView } from "../../core/refusal.ts";
import type { Answers } from "./answer.ts";
import { harmless } from "./errors.ts";
import { renderForm } from "./form.ts";
import { ACKNOWLEDGE_MS, CHOICE_TEXT, CHOICES } from "./limits.ts";
import { DIRECT, homeOf } from "./place.ts";
import { textOf } from "./plain.ts";

/** What a form may take to be made: the rest of Discord's time is for the way there and back. */
const FORM_MS = ACKNOWLEDGE_MS - 800;

type Asking = ChatInputCommandInteraction | ButtonInteraction | ModalSubmitInteraction | MessageContextMenuCommandInteraction;
type What = Pick<Invocation, "path" | "input" | "revision">;

/** Takes one interaction in; never rejects. */
export function createReceiver(dispatcher: Dispatcher, answers: Answers, log: Logger): (interaction: BaseInteraction) => Promise<void> {
  async function answer(interaction: BaseInteraction): Promise<void> {
    if (interaction.isAutocomplete()) return complete(interaction);
    if (!isAsking(interaction)) return;
    if (interaction.guildId !== null && !interaction.inCachedGuild()) return answers.reply(interaction, OUTSIDE);
    if (interaction.isMessageContextMenuCommand() && interaction.targetMessage.author.id !== interaction.user.id)
      return answers.reply(interaction, NOT_YOURS);
    const what = whatOf(interaction);
    if (!what) return answers.reply(interaction, OLD);
    const invocation = { ...what, id: interaction.id, who: whoOf(interaction), place: placeOf(interaction) };
    // A submitted form cannot be answered with another one.
    if (!interaction.isModalSubmit() && dispatcher.wantsForm(what.path, what.input)) return openForm(interaction, invocation);
    await answers.acknowledge(interaction);
    await answers.finish(interaction, await dispatcher.dispatch(invocation, (view) => answers.finish(interaction, view)));
  }

  /** A form must be the first answer, so there is no asking for more time. */
  async function openForm(interaction: Asking, invocation: Invocation): Promise<void> {
    const opened = await Promise.race([dispatcher.open(invocation), pause(FORM_MS, undefined, { ref: false })]);
    if (!opened) return answers.reply(interaction, SLOW);
    if ("reply" in opened) return answers.reply(interaction, opened.reply);
    const modal = renderForm(opened.form, opened.press);
    return modal ? answers.openModal(interaction, modal) : answers.reply(interaction, LONG);
  }

  async function complete(interaction: AutocompleteInteraction): Promise<void> {
    if (interaction.guildId !== null && !interaction.inCachedGuild()) return answers.suggest(interaction, []);
    const { name, value } = interaction.options.getFocused(true);
    const found = await dispatcher.complete(pathOf(interaction), name, String(value), whoOf(interaction), placeOf(interaction));
    const fitting = found.filter((choice) => choice.value.length <= CHOICE_TEXT).slice(0, CHOICES);
    return answers.suggest(
      interaction,
      fitting.map((choice) => ({ name: choice.label.slice(0, CHOICE_TEXT), value: choice.value })),
    );
  }

  function whatOf(interaction: Asking): What | undefined {
    if (interaction.isChatInputCommand()) return { path: pathOf(interaction), input: optionsOf(interaction) };
    if (interaction.isMessageContextMenuCommand()) return { path: SAY, input: { text: textOf(interaction.targetMessage) } };
    const press = decodePress(interaction.customId);
    if (!press) return undefined;
    const { command: path, revision } = press;
    const input = interaction.isModalSubmit() ? { ...press.input, ...filled(path, interaction) } : press.input;
    return { path, input, ...(revision === undefined ? {} : { revision }) };
  }

  /** What was filled in, with the types that the command declares: a form carries strings alone. */
  function filled(path: string, { fields }: ModalSubmitInteraction): Invocation["input"] {
    const texts: Record<string, string> = {};
    for (const [name, field] of fields.fields) {
      const text = "values" in field ? field.values[0] : "value" in field ? field.value : undefined;
      if (typeof text === "string" && text.trim() !== "") texts[name] = text;
    }
    const command = dispatcher.commands.find((one) => one.path === path);
    return command ? typed(command, texts) : texts;
  }

  return (interaction) =>
    answer(interaction).catch((error: unknown) => {
      log.error({ err: harmless(error), invocation: interaction.id }, "an interaction could not be answered");
    });
}

const pathOf = ({ commandName, options }: ChatInputCommandInteraction | AutocompleteInteraction): string =>
  [commandName, options.getSubcommand(false)].filter((word) => word !== null).join(" ");

function optionsOf({ options }: ChatInputCommandInteraction): Invocation["input"] {
  const chosen = options.getSubcommand(false) === null ? options.data : (options.data[0]?.options ?? []);
  return Object.fromEntries(chosen.map(({ name, value }) => [name, value]));
}

const isAsking = (interaction: BaseInteraction): interaction is Asking =>
  interaction.isChatInputCommand() || interaction.isButton() || interaction.isModalSubmit() || interaction.isMessageContextMenuCommand();

function whoOf(interaction: Asking | AutocompleteInteraction): Member {
  const { user, memberPermissions } = interaction;
  const name = interaction.inCachedGuild() ? interaction.member.displayName : user.displayName;
  const manager = memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false;
  return { platform: "discord", space: interaction.guildId ?? DIRECT.space, id: user.id, name, manager };
}

const placeOf = ({ guildId, channelId, channel }: Asking | AutocompleteInteraction): Place =>
  guildId === null ? DIRECT : homeOf(guildId, channelId, channel);

const OUTSIDE = refusalView({
  title: "This works in a server's channel",
  advice: "Use Drillroom in the channel where your group meets. If you are in it now, ask who manages the server to add Drillroom to it.",
});
const NOT_YOURS = refusalView({
  title: "That is somebody else's message",
  advice: "Everybody answers with their own words. Nothing was changed.",
});
const OLD = refusalView({
  title: "This is from an older version",
  advice: "Nothing was changed. Use the newest message, or a command: `/help` lists them.",
});
const SLOW = refusalView({ title: "The form took too long to open", advice: "Nothing was changed. Please try again." });
const LONG = refusalView({
  title: "That is too much to carry into the form",
  advice: "Nothing was changed. Use the command again without what the form will ask for.",
});
