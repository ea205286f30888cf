/** Interactions in: each becomes an Invocation, and gets a form or a private reply. */
import { setTimeout as pause } from "node:timers/promises";
import {
  ApplicationCommandOptionType,
  type AutocompleteInteraction,
  type BaseInteraction,
  type ButtonInteraction,
  ChannelType,
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
import { within } from "../../app/within.ts";
import { filesIn } from "../../core/file.ts";
import { clip } from "../../core/markup.ts";
import { picturesIn } from "../../core/picture.ts";
import type { Member, Place } from "../../core/place.ts";
import { refusalView } from "../../core/refusal.ts";
import type { View } from "../../core/view.ts";
import type { Answers } from "./answer.ts";
import { harmless, tooLate } from "./errors.ts";
import { renderForm } from "./form.ts";
import { ACKNOWLEDGE_MS, CHOICE_TEXT, CHOICES } from "./limits.ts";
import { DIRECT, homeOf } from "./place.ts";
import { textOf } from "./plain.ts";

/** What a form may take to be made: the rest of Discord's time is for the way there and back. */
const FORM_MS = ACKNOWLEDGE_MS - 800;
/** A reply of words alone that is there so soon is the first answer; for others "thinking" holds its place. */
const AT_ONCE_MS = 150;

type Asking = ChatInputCommandInteraction | ButtonInteraction | ModalSubmitInteraction | MessageContextMenuCommandInteraction;
type What = Pick<Invocation, "path" | "input" | "revision" | "named">;

/** Takes one interaction in; never rejects. */
export function createReceiver(dispatcher: Dispatcher, answers: Answers, log: Logger): (interaction: BaseInteraction) => Promise<void> {
  async function answer(interaction: BaseInteraction): Promise<unknown> {
    if (interaction.isAutocomplete()) return complete(interaction);
    if (!isAsking(interaction)) return;
    if (interaction.guildId !== null && !interaction.inCachedGuild()) return answers.reply(interaction, OUTSIDE);
    if (interaction.isMessageContextMenuCommand() && interaction.targetMessage.author.id !== interaction.user.id)
      return answers.reply(interaction, NOT_YOURS);
    const what = whatOf(interaction);
    if (!what) return answers.reply(interaction, OLD);
    const threadless = threadlessOf(interaction);
    const invocation = {
      ...what,
      id: interaction.id,
      who: whoOf(interaction),
      place: placeOf(interaction),
      ...(threadless === undefined ? {} : { threadless }),
    };
    // A submitted form cannot be answered with another one.
    if (!interaction.isModalSubmit() && dispatcher.wantsForm(what.path, what.input)) return openForm(interaction, invocation);
    await run(interaction, invocation);
  }

  async function run(interaction: Asking, invocation: Invocation): Promise<void> {
    const { promise: shown, resolve: done } = Promise.withResolvers<void>();
    // What is said later never comes before the reply that it replaces.
    const replying = dispatcher.dispatch(invocation, (view) => shown.then(() => answers.finish(interaction, view)));
    await show(interaction, replying)
      .catch((error: unknown) => unanswered(interaction, error))
      .finally(done);
    // What somebody did or wrote counts although Discord no longer waits for an answer: only the reply is lost.
    await replying;
  }

  /** In one request where the reply is there at once, and in its place after "thinking" otherwise. */
  async function show(interaction: Asking, replying: Promise<View>): Promise<void> {
    const soon = await within(replying, AT_ONCE_MS);
    const direct = soon !== undefined && picturesIn(soon).length === 0 && filesIn(soon).length === 0;
    if (!direct) await answers.acknowledge(interaction);
    // It may have been answered before: with "thinking", by a process that died; or by this very try, whose answer was lost.
    else if (await answers.reply(interaction, soon)) return;
    await answers.finish(interaction, await replying);
  }

  /** A form must be the first answer, so there is no asking for more time. */
  async function openForm(interaction: Asking, invocation: Invocation): Promise<unknown> {
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
      fitting.map(({ label, value }) => ({ name: clip(label.trim(), CHOICE_TEXT) || "…", value })),
    );
  }

  function whatOf(interaction: Asking): What | undefined {
    if (interaction.isChatInputCommand()) return { path: pathOf(interaction), input: optionsOf(interaction), ...namedIn(interaction) };
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

  function unanswered({ id: invocation }: BaseInteraction, error: unknown): void {
    const why = tooLate(error);
    if (why === undefined) log.error({ err: harmless(error), invocation }, "an interaction could not be answered");
    else log.warn({ err: harmless(error), invocation }, why);
  }

  return async (interaction) => {
    await answer(interaction).catch((error: unknown) => unanswered(interaction, error));
  };
}

const pathOf = ({ commandName, options }: ChatInputCommandInteraction | AutocompleteInteraction): string =>
  [commandName, options.getSubcommand(false)].filter((word) => word !== null).join(" ");

const chosen = ({ options }: ChatInputCommandInteraction) =>
  options.getSubcommand(false) === null ? options.data : (options.data[0]?.options ?? []);

const optionsOf = (interaction: ChatInputCommandInteraction): Invocation["input"] =>
  Object.fromEntries(chosen(interaction).map(({ name, value }) => [name, value]));

/** People whom a command names: they may never have used the bot, which is itself nobody to name. */
function namedIn(interaction: ChatInputCommandInteraction): Pick<Invocation, "named"> {
  const space = interaction.guildId ?? DIRECT.space;
  const named = chosen(interaction).flatMap(({ type, user, member }) =>
    type === ApplicationCommandOptionType.User && user && !user.bot
      ? [memberHere(space, user.id, member && "displayName" in member ? member.displayName : user.displayName)]
      : [],
  );
  return named.length > 0 ? { named } : {};
}

const memberHere = (space: string, id: string, name: string): Member => ({ platform: "discord", space, id, name, manager: false });

const isAsking = (interaction: BaseInteraction): interaction is Asking =>
  interaction.isChatInputCommand() || interaction.isButton() || interaction.isModalSubmit() || interaction.isMessageContextMenuCommand();

function whoOf(interaction: Asking | AutocompleteInteraction): Member {
  const { user, memberPermissions } = interaction;
  const name = interaction.inCachedGuild() ? interaction.member.displayName : user.displayName;
  const manager = memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false;
  return { ...memberHere(interaction.guildId ?? DIRECT.space, user.id, name), manager };
}

const placeOf = ({ guildId, channelId, channel }: Asking | AutocompleteInteraction): Place =>
  guildId === null ? DIRECT : homeOf(guildId, channelId, channel);

/** What takes no thread that starts from a message; a forum's posts count as the forum. */
const THREADLESS: Partial<Record<ChannelType, string>> = {
  [ChannelType.GuildVoice]: "a voice channel",
  [ChannelType.GuildStageVoice]: "a stage channel",
  [ChannelType.GuildForum]: "a forum",
  [ChannelType.GuildMedia]: "a media channel",
};

function threadlessOf({ channel }: Asking): string | undefined {
  const home = channel?.isThread() ? channel.parent : channel;
  return home ? THREADLESS[home.type] : undefined;
}

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
